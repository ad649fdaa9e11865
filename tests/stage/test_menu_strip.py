"""What whoever is not seen well is told: beside the signs of STOP, under what can be chosen, whole in every
language and size, and on the half that is seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pygame
import pytest
from menu_views import SCREENS, view_of
from screen import brightness, flashes, pixels

from rehabgames.core.message import Message
from rehabgames.core.player import Comfort
from rehabgames.stage.layout import Layout
from rehabgames.words import languages

SIZE = (1280, 720)
TOLD = {
    "look.come_into_picture": "looking_sitting",
    "guide.step_aside": "lacks_alone",
    "guide.more_light": "lacks_light",
    "guide.come_closer": "lacks_closer",
    "guide.step_back": "lacks_back",
    "guide.camera_starts": "lacks_camera",
    "pause.tracker": "lacks_camera",
    "look.tipped": "lacks_upright",
}
NOTES = ("note.sound", "note.voice", "note.language", "note.settings")


def settled(stage, view, at_s):
    for i in range(8):
        stage.paint(view, at_s + i / 10)
    return pixels()


def strip_of(stage, menu, more, comfort, at_s=20.0):
    """(left, top, right, bottom) px of what the strip paints."""
    without = settled(stage, view_of(menu, comfort=comfort), at_s)
    told = replace(menu, number=menu.number + 1, **more)
    changed = np.abs(settled(stage, view_of(told, comfort=comfort), at_s + 5.0) - without).max(axis=2) > 40
    where = np.argwhere(changed[:, 600:])
    (left, top), (right, bottom) = where.min(axis=0), where.max(axis=0)
    assert not changed[:, :600].any()
    return int(left), int(top) + 600, int(right), int(bottom) + 600


@pytest.mark.parametrize("letters", [1.0, 2.0])
@pytest.mark.parametrize("language", languages())
def test_it_is_whole_beside_stop_and_under_the_choices_in_every_language(make_spoken, language, letters):
    comfort = Comfort(language=language, letters=letters, calm=True)
    stage = make_spoken(language=language, letters=letters, calm=True)
    layout = Layout.of(SIZE, "right", text_scale=letters)
    menu = SCREENS["stopped"].menu(3, comfort)
    lowest = max(each.box[1] + each.box[3] for each in menu.choices) * SIZE[1]
    told = [{"guidance": Message(name), "sign": sign} for name, sign in TOLD.items()]
    for i, more in enumerate([*told, *({"note": Message(name)} for name in NOTES)]):
        left, top, right, bottom = strip_of(stage, menu, more, comfort, 20.0 + 20 * i)
        area = pygame.Rect(left, top, right - left, bottom - top)
        assert area.collidelist([pygame.Rect(sign) for sign in layout.stops]) == -1
        assert top >= lowest
        assert bottom < SIZE[1]
        assert left < SIZE[0] / 2 < right


@pytest.mark.parametrize("name", SCREENS)
def test_it_covers_no_choice_of_any_screen(name):
    for letters in (1.0, 1.5, 2.0):
        for choice in SCREENS[name].menu(0, Comfort(letters=letters)).choices:
            if name != "shown":  # what is beside the movement is beside the strip
                assert (choice.box[1] + choice.box[3]) * SIZE[1] <= 630


@pytest.mark.parametrize("neglects", ["left", "right"])
def test_whoever_misses_one_half_is_told_on_the_other(make_spoken, neglects):
    comfort = Comfort(neglects=neglects, calm=True)
    stage = make_spoken(neglects=neglects, calm=True)
    menu = SCREENS["stopped"].menu(3, comfort)
    more = {"guidance": Message("look.come_into_picture"), "sign": "looking_sitting"}
    left, _, right, _ = strip_of(stage, menu, more, comfort)
    assert (left >= SIZE[0] / 2) if neglects == "left" else (right <= SIZE[0] / 2)


def test_what_comes_and_goes_quickly_does_not_flash_h6(make_spoken):
    stage = make_spoken()
    menu, frames = SCREENS["stopped"].menu(3), []
    for i in range(120):
        told = Message("look.come_into_picture") if i // 4 % 2 else None
        stage.paint(view_of(replace(menu, guidance=told, sign="looking_sitting")), 50.0 + i / 60)
        frames.append(brightness())
    assert not flashes(frames, 60)
