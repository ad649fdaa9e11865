"""What is decoded once is there for all who paint, and no more of it is kept than is allowed."""

from __future__ import annotations

import pygame
import pytest

from rehabgames.stage.originals import Originals
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.shelf import Shelf

KILO = 4 * 16 * 16  # bytes of one


def small() -> pygame.Surface:
    return pygame.Surface((16, 16), pygame.SRCALPHA)


def never() -> pygame.Surface:
    pytest.fail("it was made again")


def test_what_was_made_is_not_made_again():
    originals = Originals()
    assert originals.of("a", small) is originals.of("a", never)


def test_what_could_not_be_made_is_tried_again():
    originals = Originals()
    assert originals.of("a", lambda: None) is None
    assert originals.of("a", small) is not None


def test_what_was_not_asked_for_the_longest_goes_where_there_is_no_room():
    originals = Originals(3 * KILO)
    first = {key: originals.of(key, small) for key in "abc"}
    assert originals.of("a", never) is first["a"]
    originals.of("d", small)
    kept = {key: originals.of(key, small) is first[key] for key in "ac"}
    assert kept == {"a": True, "c": True}
    assert originals.of("b", small) is not first["b"]


def test_two_who_paint_share_them_where_they_share_a_shelf(tmp_path):
    pygame.display.set_mode((64, 64))
    (tmp_path / "disc.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="3"/></svg>'
    )
    read = []

    class Told(Shelf):
        def find(self, document):
            read.append(document)
            return super().find(document)

    for folder in ("one", "one", "two"):
        Pictures(tmp_path, [], Told(tmp_path / folder)).sprite("disc", 30)
    assert len(read) == 2
    pygame.display.quit()
