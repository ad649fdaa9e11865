"""Before the play: the arm that reaches is seen and how far it came, and nothing is shown as counted."""

import math
from dataclasses import replace

import numpy as np
import pytest
from screen import shown
from stage_views import base, playing

from rehabgames.core.view import Guide, Hand
from rehabgames.stage.frame import Frame
from rehabgames.stage.layout import Layout
from rehabgames.stage.palette import ORANGE, rgb

SIZE = (1280, 720)
BARE = {"things": (), "count": 0, "score": 0, "seconds_left": None, "goal": 0}


def reaching(at, side="right", **more):
    """The hand so far on the way to the farthest place, and so far beside it."""
    view = replace(playing("farthest", side), phase="calibrate", **(BARE | more))
    away = math.hypot(view.target.x, view.target.y)
    ux, uy = view.target.x / away, view.target.y / away
    along, beside = at
    return replace(view, hand=Hand(along * ux - beside * uy, along * uy + beside * ux, 0.99))


def spot(view):
    return Frame(SIZE, view.window, Layout.of(SIZE, view.side).play).to_screen(view.hand.x, view.hand.y)


def cut(shot, place, half=26):
    x, y = (round(v) for v in place)
    return shot[x - half : x + half, y - half : y + half]


def changed(a, b):
    return int((np.abs(a - b).max(axis=2) > 40).sum())


@pytest.mark.parametrize("side", ["left", "right"])
def test_no_bar_hangs_in_the_air_where_a_hand_reaches(make_stage, side):
    shot = shown(make_stage(SIZE), reaching((0.6, 0.0), side), seconds=1.5)
    middle = cut(shot, spot(reaching((0.3, 0.0), side)), 40)
    assert (np.abs(middle - rgb(ORANGE)).max(axis=2) < 60).sum() == 0


def test_the_arm_that_reaches_is_seen(make_stage):
    one, other = make_stage(SIZE), make_stage(SIZE)
    view = reaching((0.6, 0.0), body_px=None)
    there, away = shown(one, view), shown(other, replace(view, hand=None))
    assert changed(cut(there, spot(reaching((0.45, 0.0)))), cut(away, spot(reaching((0.45, 0.0))))) > 300


def test_how_far_a_hand_came_on_the_way_stays_to_be_seen_and_what_was_beside_it_does_not(make_stage):
    mark = spot(reaching((0.6, 0.17)))  # beside the hand, on the bow that it pushes
    lap = reaching((0.2, -0.6))
    never = shown(make_stage(SIZE), lap, seconds=4.0)
    for far, beside, seen in ((0.6, 0.0, True), (0.6, 0.3, False), (0.3, 0.0, False)):
        stage = make_stage(SIZE)
        shown(stage, reaching((far, beside)), seconds=1.0)
        after = shown(stage, lap, 21.0, seconds=3.0)
        assert (changed(cut(after, mark, 14), cut(never, mark, 14)) > 40) == seen, (far, beside)


@pytest.mark.parametrize("phase", ["looking", "rest", "calibrate"])
def test_nothing_is_shown_as_counted_before_the_play(make_stage, phase):
    view = replace(reaching((0.3, 0.0)), phase=phase, target=None)
    left, top, width, height = Layout.of(SIZE, "right").board
    board = np.s_[left : left + width, top : top + height]
    one, other = shown(make_stage(SIZE), view), shown(make_stage(SIZE), replace(view, goal=40, score=900))
    assert np.array_equal(one[board], other[board])
    further = shown(make_stage(SIZE), replace(view, progress=0.8))
    assert changed(one[board], further[board]) > 500


def test_the_sign_of_a_movement_goes_with_what_is_said_of_it(make_stage):
    """The movement itself fades more slowly."""
    asked = Guide("arm_out", "right", False, 0.0, 0, 2, 0)
    stage, other = make_stage(SIZE), make_stage(SIZE)
    for each in (stage, other):
        each._calm, each._follows_head = True, False
    shown(stage, base("calibrate", guide=asked), 20.0)
    left, top, width, height = Layout.of(SIZE, "right").prompt
    said = np.s_[left : left + width, top : top + height - 4]
    shots = [shown(each, base("play"), 21.0, 0.1) for each in (stage, other)]
    assert changed(shots[0][said], shots[1][said]) < 100


@pytest.mark.parametrize("phase", ["rest", "play", "paused", "done"])
def test_what_was_counted_stays_to_be_seen(make_stage, phase):
    """A rest between two blocks, a pause."""
    left, top, width, height = Layout.of(SIZE, "right").board
    board = np.s_[left : left + width, top : top + height]
    few, more = (shown(make_stage(SIZE), base(phase, goal=goal)) for goal in (12, 40))
    assert changed(few[board], more[board]) > 100


def test_an_end_without_a_play_shows_no_number(make_stage):
    view = base("done", **(BARE | {"prompt": None}))
    played = replace(view, seconds_left=0.0)
    none, nought = (shown(make_stage(SIZE), each, seconds=2.0) for each in (view, played))
    left, top, width, _ = Layout.of(SIZE, "right").play
    plate = np.s_[left + width // 2 - 60 : left + width // 2 + 60, top + 60 : top + 180]
    assert changed(none[plate], nought[plate]) > 2000
