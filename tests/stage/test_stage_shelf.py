"""What was rasterised is kept from one start to the next, and nothing depends on it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
import pygame
import pytest

from rehabgames.stage import svg
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.shelf import Shelf, cache_folder
from rehabgames.stage.window import Stage


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shelf"


@pytest.fixture
def pictures(folder: Path, make_stage) -> Pictures:
    make_stage()  # surfaces are made in the format of a display
    return Pictures(folder.parent, [], Shelf(folder))


DISC = svg.document(40, 40, svg.tag("circle", cx=20, cy=20, r=15, fill="#d55e00"))
OTHER = svg.document(40, 40, svg.tag("circle", cx=20, cy=20, r=15, fill="#0072b2"))


def rgba(surface: pygame.Surface | None) -> np.ndarray:
    assert surface is not None
    return np.dstack([pygame.surfarray.array3d(surface), pygame.surfarray.array_alpha(surface)])


def no_rasteriser(**asked: object) -> bytes:
    raise AssertionError(f"rasterised again: {asked}")


def test_the_same_document_is_rasterised_once(pictures, folder, monkeypatch):
    first = rgba(pictures.raster(DISC))
    monkeypatch.setattr("resvg_py.svg_to_bytes", no_rasteriser)
    again = rgba(Pictures(folder.parent, [], Shelf(folder)).raster(DISC))
    assert (again == first).all()
    assert first[20, 20, 0] > 150 > first[20, 20, 2]
    with pytest.raises(AssertionError, match="rasterised again"):
        pictures.raster(OTHER)


def test_what_is_shown_once_is_not_kept(pictures, folder):
    pictures.raster(DISC, keep=False)
    assert not folder.exists()
    pictures.raster(OTHER)
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize(
    "harm", [lambda png: png[: len(png) // 2], lambda png: b"", lambda png: b"no picture"]
)
def test_a_damaged_file_is_made_anew(pictures, folder, harm):
    first = rgba(pictures.raster(DISC))
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(harm(whole))
    assert (rgba(pictures.raster(DISC)) == first).all()
    assert file.read_bytes() == whole
    assert pictures.notes == []


def test_a_folder_that_cannot_be_written_to_keeps_nothing_and_all_is_shown(tmp_path, make_stage):
    make_stage()
    (tmp_path / "file").write_text("not a folder")
    pictures = Pictures(tmp_path, [], Shelf(tmp_path / "file"))
    assert (rgba(pictures.raster(DISC)) == rgba(pictures.raster(DISC))).all()
    assert pictures.notes == []
    Shelf(tmp_path / "file").sweep()


def test_what_was_not_used_for_the_longest_goes_first(folder):
    shelf, now_s = Shelf(folder), time.time()
    for days, document in enumerate("abcd"):
        shelf.put(document, bytes(100))
        shelf_s = now_s - 86_400 * 2 * days - 86_400 * 1.5
        os.utime(max(folder.iterdir(), key=lambda file: file.stat().st_mtime), (shelf_s, shelf_s))
    assert shelf.find("d") == bytes(100)  # the oldest is used again
    shelf.sweep(250)
    assert [shelf.find(document) is not None for document in "abcd"] == [True, False, False, True]
    shelf.sweep(0)
    assert list(folder.iterdir()) == []


def test_a_second_start_of_a_place_rasterises_nothing(tmp_path, monkeypatch, make_stage):
    monkeypatch.setenv("REHABGAMES_CACHE", str(tmp_path))
    make_stage().prepare("workshop", 3, "left")
    assert cache_folder("pictures") == tmp_path / "pictures"
    assert len(list((tmp_path / "pictures").iterdir())) > 50
    monkeypatch.setattr("resvg_py.svg_to_bytes", no_rasteriser)
    second: Stage = make_stage()
    second.prepare("workshop", 3, "left")
    assert second.notes == []
