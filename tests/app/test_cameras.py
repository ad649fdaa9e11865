"""Which cameras there are is what the system lists; the one that was chosen is the machine's, by its name."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from rehabgames.app.cameras import FILE, Camera, candidates, keep_camera, listed, usual_camera
from rehabgames.core.errors import StoreError

LID, DESK = Camera(0, "Lid"), Camera(2, "Desk")
BOTH = (LID, DESK)


def nodes(folder: Path, **cameras: tuple[str, str]) -> Path:
    """video0=(index, name), as the system lists them."""
    for node, (index, name) in cameras.items():
        (folder / node).mkdir(parents=True)
        (folder / node / "index").write_text(f"{index}\n")
        (folder / node / "name").write_text(f"{name}\n")
    return folder


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lists them")
def test_what_the_system_lists_is_told_once_each_in_order(tmp_path: Path) -> None:
    folder = nodes(
        tmp_path / "listed",
        video10=("0", "Far"),
        video2=("0", "Desk"),
        video3=("1", "Desk"),
        other=("0", "x"),
    )
    assert listed(folder) == (DESK, Camera(10, "Far"))
    assert candidates(folder) == (2, 10)
    assert candidates(tmp_path / "nowhere") == ()


def test_the_one_that_was_kept_is_found_by_its_name_where_its_number_changed(tmp_path: Path) -> None:
    assert usual_camera(tmp_path, BOTH) == 0
    keep_camera(2, tmp_path, BOTH)
    assert usual_camera(tmp_path, BOTH) == 2
    assert usual_camera(tmp_path, (Camera(0, "Desk"), Camera(1, "Lid"))) == 0
    assert usual_camera(tmp_path, (LID, Camera(2, "Another"))) == 2  # by its number, where no name says more
    assert usual_camera(tmp_path, (Camera(5, "Another"),)) == 5
    assert usual_camera(tmp_path, ()) == 0
    assert usual_camera(tmp_path, None if not sys.platform.startswith("linux") else BOTH) == 2


@pytest.mark.parametrize(
    "damaged",
    ["", "\x00", "[]", "{}", '{"number": "two", "name": ""}', '{"number": -1, "name": ""}', "[" * 20_000,
     '{"number": true, "name": "Desk"}', '{"number": 7, "name": 3}'],
)  # fmt: skip
def test_what_cannot_be_read_keeps_nobody_from_the_first_camera(tmp_path: Path, damaged: str) -> None:
    (tmp_path / FILE).write_text(damaged, "utf-8")
    assert usual_camera(tmp_path, BOTH) == 0


def test_what_is_kept_is_small_and_says_what_it_is(tmp_path: Path) -> None:
    keep_camera(2, tmp_path / "new", BOTH)
    assert json.loads((tmp_path / "new" / FILE).read_text("utf-8")) == {"number": 2, "name": "Desk"}
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StoreError, match="is a file"):
        keep_camera(2, tmp_path / "taken", BOTH)
