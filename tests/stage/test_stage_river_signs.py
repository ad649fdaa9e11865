"""The river says one thing at a time: nothing leads on from where to stay, nothing is under a STOP sign."""

from dataclasses import replace

import numpy as np
import pytest
from river_views import RIVER_WINDOW, river_view, steered
from screen import shown

from rehabgames.stage.frame import Frame
from rehabgames.stage.layout import Layout
from rehabgames.stage.palette import ORANGE, rgb
from rehabgames.stage.river.boat import HULL
from rehabgames.stage.river.course import ROW

SIZE = (1280, 720)


def orange(shot, box):
    left, top, width, height = box
    part = shot[left : left + width, top : top + height]
    return int((np.abs(part - rgb(ORANGE)).max(axis=2) < 24).sum())


def ahead_of(boat_x, towards):
    """Where on the screen an arrow beside the boat is."""
    layout = Layout.of(SIZE, "right")
    x, _ = Frame(SIZE, RIVER_WINDOW, layout.play).to_screen(boat_x + towards * (HULL + 0.14), 0.0)
    row = layout.play[1] + layout.play[3] / 2 + ROW
    return round(x) - 30, round(row) - 50, 60, 56


@pytest.mark.parametrize("towards", [1, -1])
def test_an_arrow_leads_to_the_lane_and_none_from_where_it_says_to_stay(make_stage, towards):
    on_the_way = steered(2.0, 0.15 * towards, shift=0.6, towards=90.0 * towards)
    arrived = steered(2.0, 0.36 * towards, shift=0.6, towards=90.0 * towards)
    assert (on_the_way.prompt().id, arrived.prompt().id) == ("play.steer", "play.steer_stay")
    for game, leads in ((on_the_way, True), (arrived, False)):
        view = river_view(game)
        shot = shown(make_stage(SIZE), view, 30.0, 1.5)
        unasked = shown(make_stage(SIZE), replace(view, target=None), 30.0, 1.5)
        boat = next(t for t in game.things() if t.kind == "boat")
        left, top, width, height = ahead_of(boat.x, towards)
        box = np.s_[left : left + width, top : top + height]
        changed = int((np.abs(shot - unasked)[box].max(axis=2) > 20).sum())
        assert changed > 150 if leads else changed == 0


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("shift", [0.6, 0.75])
def test_nothing_of_a_gate_is_seen_under_a_stop_sign(make_stage, side, shift):
    stage, outward = make_stage(SIZE), 90.0 if side == "right" else -90.0
    gate = shift if side == "right" else -shift
    bare = shown(stage, river_view(steered(0.0), side=side, prompt=None, target=None, things=()), 9.0, 0.1)
    for i in range(9):
        game = steered(3.2 + 0.3 * i, gate, shift=shift, towards=outward, size=0.2)
        shot = shown(stage, river_view(game, side=side, prompt=None), 10.0 + 2 * i, 0.7)
        for left, top, width, height in Layout.of(SIZE, side).stops:
            box = left - 8, top - 8, width + 16, height + 24
            assert orange(shot, box) <= orange(bare, box) + 4, i


def test_the_mirror_leads_nobody_on_whose_boat_is_where_it_is_to_be(make_stage):
    left, top, width, height = Layout.of(SIZE, "right").mirror
    mirror = np.s_[left : left + width, top : top + height]
    there, on_the_way = steered(3.0, 0.6, shift=0.6), steered(3.0, 0.0, shift=0.6)
    far = river_view(there).hand
    shots = [shown(make_stage(SIZE), river_view(game, hand=far))[mirror] for game in (there, on_the_way)]
    none = shown(make_stage(SIZE), replace(river_view(there), hand=None))[mirror]
    assert np.array_equal(shots[0], none)
    assert (np.abs(shots[1] - none).max(axis=2) > 40).sum() > 200
