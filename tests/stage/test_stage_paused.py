"""A pause: who is told to take their time is not shown how the time goes on."""

from dataclasses import replace

import numpy as np
import pytest
from screen import shown
from stage_views import playing

from rehabgames.stage.layout import Layout

SIZE = (1280, 720)


def board_of(shot, side):
    left, top, width, height = Layout.of(SIZE, side).board
    return shot[left : left + width, top : top + height]


def differs(a, b):
    return int((np.abs(a - b).max(axis=2) > 10).sum())


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_clock_shows_no_number_in_a_pause_and_comes_back(make_stage, side):
    """The sun stands at the same place for both: each has all of its time left."""
    boards = {"play": [], "paused": [], "again": []}
    for seconds_left in (95.0, 48.0):
        stage, view = make_stage(SIZE), playing(side=side, seconds_left=seconds_left)
        paused = replace(view, phase="paused")
        for name, each, at_s in (("play", view, 20.0), ("paused", paused, 21.0), ("again", view, 23.0)):
            boards[name].append(board_of(shown(stage, each, at_s, 1.9), side))
    assert differs(*boards["play"]) > 50
    assert differs(*boards["paused"]) == 0
    assert differs(*boards["again"]) > 50


def test_the_sun_of_the_clock_stands_in_a_pause_and_goes_on_after_it(make_stage):
    stage, view = make_stage(SIZE), playing(seconds_left=90.0)
    shown(stage, view, 20.0)
    early = shown(stage, replace(view, phase="paused"), 21.0, 2.0)
    late = shown(stage, replace(view, phase="paused", seconds_left=30.0), 23.0)
    assert differs(board_of(early, "right"), board_of(late, "right")) == 0
    stood, went = (
        shown(each, replace(view, seconds_left=30.0), 24.0, 2.0) for each in (stage, make_stage(SIZE))
    )
    assert differs(board_of(stood, "right"), board_of(went, "right")) > 50  # its whole time is the longer one
