"""Before the play: the arm that reaches is seen and how far it came, and nothing is shown as counted."""

import math
from dataclasses import replace

import numpy as np
import pytest
from screen import shown
from stage_views import base, playing

from rehabgames.calibrate.reach import ASKED_AT, SHOWN_RADIUS
from rehabgames.core.limits import Limits
from rehabgames.core.trial import Goal
from rehabgames.core.view import Guide, Hand, Target
from rehabgames.session.shown import window_of
from rehabgames.stage.canvas import fitted
from rehabgames.stage.easel import Easel
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
    stage, other = (make_stage(SIZE, calm=True, follows_head=False) for _ in range(2))
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


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (640, 900)])
@pytest.mark.parametrize("where", [("orchard", "right"), ("kitchen", "right"), ("garden", "left")])
@pytest.mark.parametrize("direction", [-40.0, 45.0, 85.0, 90.0])
def test_the_lantern_is_whole_whichever_way_it_calls(make_stage, monkeypatch, size, where, direction):
    """Its disc is on the screen, on the way from the shoulder to the place that is asked."""
    place, side = where
    discs, stamped = {}, []
    disc, stamp = Easel.disc, Easel.stamp

    def drawn(easel, radius_px, *args, **more):
        picture = disc(easel, radius_px, *args, **more)
        discs[id(picture)] = radius_px
        return picture

    def put(easel, surface, centre, alpha=1.0):
        stamped.append((discs.get(id(surface), 0.0), centre))
        stamp(easel, surface, centre, alpha)

    monkeypatch.setattr(Easel, "disc", drawn)
    monkeypatch.setattr(Easel, "stamp", put)
    x, y = Goal(direction, ASKED_AT, SHOWN_RADIUS, 0.0).xy(1.0 if side == "right" else -1.0)
    asked = Target("farthest", x, y, SHOWN_RADIUS, 0.0, 1)
    window = window_of("arm", side, Limits())
    view = base("calibrate", side, place=place, window=window, target=asked, hand=None, prompt=None, **BARE)
    shown(make_stage(size), view, seconds=0.1)
    size = fitted(size)  # of what is painted in a window of that size
    radius, (at_x, at_y) = max(stamped)
    frame = Frame(size, window, Layout.of(size, side).play)
    assert radius == pytest.approx(1.5 * frame.length(SHOWN_RADIUS), rel=0.01)
    assert radius + 4 <= at_x <= size[0] - radius - 4
    assert radius + 4 <= at_y <= size[1] - radius - 4
    (x0, y0), (x1, y1) = frame.origin_px, frame.to_screen(x, y)
    share = math.hypot(at_x - x0, at_y - y0) / math.hypot(x1 - x0, y1 - y0)
    assert 0.85 < share < 1.001
    assert (at_x - x0, at_y - y0) == pytest.approx((share * (x1 - x0), share * (y1 - y0)), abs=0.5)
