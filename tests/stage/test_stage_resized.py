"""A window that gets another size, or is put away, in the middle of a trial."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pygame
import pytest
from every_place import ASSETS, NAMES, difference, played, settled
from pygame._sdl2.video import Window
from screen import pixels

from rehabgames.core.inputs import Hidden
from rehabgames.stage.canvas import LEAST, MOST, SETTLED_S, fitted
from rehabgames.stage.frame import Frame
from rehabgames.stage.window import Stage

BEFORE, AFTER = (640, 360), (840, 560)


@pytest.fixture
def make_window():
    """A stage in a window, as people have it; nobody sees it, because of the dummy driver."""
    made = []

    def make(size=BEFORE):
        made.append(Stage(ASSETS, lambda m, _: f"Says {m.id}", size=size, sound=False))
        return made[-1]

    yield make
    for stage in made:
        stage.close()


def resize(size):
    Window.from_display_module().size = size
    pygame.event.pump()
    assert pygame.display.get_surface().get_size() == size


def layout(stage, view):
    return stage.prepare(view.place, view.seed, view.side).layout


@pytest.mark.parametrize("place", NAMES)
def test_it_is_drawn_anew_for_the_new_size_and_targets_stay_inside(make_window, place):
    stage, view = make_window(), played(place)
    settled(stage, view)
    resize(AFTER)
    stage.paint(view, 22.0)
    assert layout(stage, view).size == BEFORE  # as it was, stretched, for a moment
    assert np.median(pixels()) > 10
    asked = settled(stage, view, 22.0 + SETTLED_S)
    assert layout(stage, view).size == AFTER
    bare = settled(stage, replace(view, target=None, things=(), hand=None, phase="rest"), 25.0)
    area = layout(stage, view).play
    x, y = Frame(AFTER, view.window, area).to_screen(view.target.x, view.target.y)
    assert area[0] < x < area[0] + area[2] < AFTER[0]
    assert area[1] < y < area[1] + area[3] < AFTER[1]
    here = slice(round(x) - 60, round(x) + 60), slice(*area[1::2])
    assert difference(bare[here], asked[here]).contrast >= 3.0
    assert stage.notes == []


def test_while_a_size_is_still_changing_nothing_is_drawn_anew(make_window):
    stage, view = make_window(), played("harbour")
    stage.paint(view, 5.0)
    scene = stage.prepare(view.place, view.seed, view.side)
    for i in range(20):
        resize((660 + 10 * i, 400))
        stage.paint(view, 5.0 + i * SETTLED_S / 4)
        assert stage.prepare(view.place, view.seed, view.side) is scene
    resize(BEFORE)
    settled(stage, view, 9.0)
    assert stage.prepare(view.place, view.seed, view.side) is scene


@pytest.mark.parametrize("size", [(120, 90), (1500, 200), (200, 900), (2600, 1300)])
def test_a_window_of_any_shape_shows_the_whole_picture(make_window, size):
    stage, view = make_window(), played("harbour")
    stage.paint(view, 5.0)
    resize(size)
    settled(stage, view, 6.0, 12)
    painted = layout(stage, view).size
    assert painted == fitted(size)
    shown = pixels()
    assert shown.shape[:2] == size
    lit = np.argwhere(shown.max(axis=2) > 0)
    width, height = lit.max(axis=0) - lit.min(axis=0) + 1
    scale = min(size[0] / painted[0], size[1] / painted[1])
    assert width == pytest.approx(painted[0] * scale, abs=2)
    assert height == pytest.approx(painted[1] * scale, abs=2)


def test_what_is_painted_is_never_too_small_to_read_nor_too_large_to_be_quick():
    assert fitted((1280, 720)) == (1280, 720)
    assert fitted((3840, 2160)) == MOST
    assert fitted((10, 10)) == LEAST
    assert fitted((1, 5000)) == LEAST
    assert fitted((5000, 1)) == (MOST[0], LEAST[1])


@pytest.mark.parametrize("place", NAMES)
@pytest.mark.parametrize("size", [(720, 1280), (800, 1000)])
def test_in_a_tall_window_everything_stands_where_it_does_in_a_wide_one(make_stage, place, size):
    painted = fitted(size)
    assert painted == (size[0], round(size[0] / 1.5))
    for side in ("right", "left"):
        shots = []
        for each in (size, painted):
            stage = make_stage(each)
            assert layout(stage, played(place, side)).size == painted
            shots.append(settled(stage, played(place, side)))
            assert stage.notes == []
            stage.close()
        above = (size[1] - painted[1]) // 2
        assert np.array_equal(shots[0][:, above : above + painted[1]], shots[1])
        assert not shots[0][:, :above].any()
        assert not shots[0][:, above + painted[1] :].any()


@pytest.mark.parametrize("place", NAMES)
def test_a_window_that_is_put_away_in_a_trial_says_so_and_shows_the_same_afterwards(make_stage, place):
    stage, view = make_stage(BEFORE), played(place)
    stage.inputs()
    shown = settled(stage, replace(view, phase="paused"))
    window = Window.from_display_module()
    window.hide()
    stage.paint(replace(view, phase="paused"), 21.2)
    assert stage.inputs() == [Hidden(yes=True)]
    for i in range(3):
        stage.paint(replace(view, phase="paused"), 30.0 + i)
    window.show()
    assert stage.inputs() == [Hidden(yes=False)]
    again = settled(stage, replace(view, phase="paused"), 40.0)
    assert np.abs(again - shown).mean() < 1.0
    stage.paint(view, 45.0)
    assert stage.notes == []
