"""Guides: every movement is painted, moves, has a side, stays under the arm's limit and in its time."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pygame
import pytest
from screen import pixels
from stage_views import base

from rehabgames.core.view import GUIDES, Guide
from rehabgames.stage.guides.body import joints
from rehabgames.stage.guides.moves import move_of
from rehabgames.stage.guides.sketch import HANDS, Sketch
from rehabgames.stage.guides.way import FOLLOW_S, RETURN_S, STAY_S, THERE_S, Way
from rehabgames.stage.pictures import Pictures

BODIES = [name for name in GUIDES if name not in HANDS]
AREA = (0, 0, 320, 260)


def guide(name, side="right", **more):
    shows = "hand" if name in HANDS else "sitting"
    given = {"back": False, "hold": 0.0, "done": 1, "of": 3, "number": 0, "shows": shows}
    return Guide(name, side, **(given | more))


def sketch(name, side="right", **more):
    return Sketch(guide(name, side, **more), 0, AREA, largest=900.0, light=-1, edge=1.5)


def drawn(picture):
    """(w, h, 4) of a picture on a sheet of the area's size, so that pictures can be compared."""
    surface, corner = picture
    sheet = pygame.Surface(AREA[2:], pygame.SRCALPHA)
    sheet.blit(surface, corner)
    return np.dstack([pygame.surfarray.array3d(sheet), pygame.surfarray.array_alpha(sheet)]).astype(float)


def changed(a, b):
    """How many px differ plainly."""
    return int((np.abs(a - b).max(axis=2) > 60).sum())


def show(stage, asked, seconds, since_s=100.0, fps=30):
    view = base("calibrate", guide=asked, prompt=None)
    for i in range(max(1, round(seconds * fps))):
        stage.paint(view, since_s + i / fps)
    return pixels()


@pytest.fixture(autouse=True)
def _screen():
    pygame.display.set_mode((640, 360))  # surfaces need one
    yield
    pygame.display.quit()


@pytest.mark.parametrize("name", GUIDES)
def test_start_and_end_of_every_guide_differ_and_its_sides_do(name):
    one, other = sketch(name), sketch(name, "left")
    start, early, end = (drawn(one.picture(share)) for share in (0.0, 0.12, 1.0))
    assert (start[..., 3] > 128).sum() > 1500
    assert changed(start, end) > 250
    assert changed(early, drawn(other.picture(0.12))) > 120
    middle = AREA[2] / 2
    for line, mirrored in zip(one.ways(), other.ways(), strict=True):
        for (x, y), (u, v) in zip(line, mirrored, strict=True):
            assert (x - middle, y) == pytest.approx((middle - u, v), abs=1.5)


def test_every_guide_is_seen_on_the_stage_with_its_small_picture(make_stage):
    stage = make_stage()
    nothing = show(stage, None, 0.1)
    left, _, width, _ = stage.prepare("orchard", 0, "right").layout.play
    for i, name in enumerate(GUIDES):
        shown = show(stage, guide(name, number=i), 0.9, 200.0 + 10 * i, fps=15)
        assert changed(nothing[left : left + width], shown[left : left + width]) > 15000, name
        assert changed(nothing[:left], shown[:left]) > 800, name
    assert not stage.notes


def test_no_two_guides_look_the_same():
    ends = {name: drawn(sketch(name).picture(1.0)) for name in GUIDES}
    starts = {name: drawn(sketch(name).picture(0.0)) for name in GUIDES}
    for a, b in itertools.combinations(GUIDES, 2):
        assert changed(ends[a], ends[b]) + changed(starts[a], starts[b]) > 300, (a, b)


@pytest.mark.parametrize("name", ["arm_out", "arm_forward", "raise_hand"])
@pytest.mark.parametrize("most_deg", [30.0, 55.0, 80.0, 180.0, math.nan])
def test_no_arm_is_shown_higher_than_it_may_be_asked_h4(name, most_deg):
    """Elevation of the upper arm over hanging, all along the way."""
    for shows in ("sitting", "standing"):
        move = move_of(name, shows, most_deg)
        for share in np.linspace(0, 1, 11):
            at = joints(move.at(float(share)))
            (x, y, z), (u, v, w) = at["shoulder"], at["elbow"]
            lift_deg = math.degrees(math.acos((y - v) / math.dist((x, y, z), (u, v, w))))
            assert lift_deg <= (most_deg if most_deg < 180 else 120) + 1e-6


@pytest.mark.parametrize("name", BODIES)
def test_the_own_limb_is_on_its_own_side_of_the_mirror(name):
    """The person's right is drawn right, the left one left: places are mirrored, not only colours."""
    right, left = sketch(name), sketch(name, "left")
    middle = AREA[2] / 2
    (a, _), (b, _) = right.joint("shoulder", 1.0), left.joint("shoulder", 1.0)
    assert a - middle == pytest.approx(middle - b, abs=1.5)
    assert right.joint("shoulder", 0.0)[0] - right.joint("shoulder2", 0.0)[0] > 0 or name == "face_camera"


@pytest.mark.parametrize(("name", "shows", "sits"), [("rest", "sitting", 1), ("rest", "standing", 0)])
def test_who_stands_is_not_shown_sitting(name, shows, sits):
    move = move_of(name, shows)
    assert move.chair == bool(sits)
    assert (move.end.hips < 0.7) == bool(sits)


def test_bones_keep_their_length_on_the_way():
    """A leg or arm that grew would be drawn as no body can be."""
    pairs = (("shoulder", "elbow"), ("elbow", "wrist"), ("hip", "knee"), ("knee", "ankle"))
    for name in BODIES:
        move = move_of(name, "sitting")
        for tail in ("", "2"):
            for a, b in pairs:
                lengths = []
                for share in np.linspace(0, 1, 9):
                    pose = move.at(float(share))
                    at = joints(pose)
                    lengths.append(math.dist(at[a + tail], at[b + tail]) / pose.near)
                assert max(lengths) - min(lengths) < 0.012, (name, a, tail)


def test_the_way_goes_there_in_a_second_and_a_half_stays_and_comes_again():
    way, seen = Way(), {}
    way.begin(back=False)
    for i in range(600):
        seen[i] = way.step(10 + i / 60, back=False, stay=False)
    steps = np.diff(list(seen.values()))
    assert np.abs(steps).max() < 0.03
    assert seen[round(THERE_S * 60) + 2] == 1.0
    assert seen[round((THERE_S + STAY_S + RETURN_S) * 60) + 5] == pytest.approx(0.0, abs=0.01)
    assert max(list(seen.values())[300:]) == 1.0


def test_the_way_never_jumps_whatever_is_asked_and_stays_where_it_is_held():
    way = Way()
    way.begin(back=False)
    rng = np.random.default_rng(5)
    places, asked = [], (False, False)
    for i in range(900):
        if i % 20 == 0:
            asked = (bool(rng.integers(2)), bool(rng.integers(2)))
        places.append(way.step(i / 60, back=asked[0], stay=asked[1] and not asked[0]))
    assert np.abs(np.diff(places)).max() < 0.05
    for i in range(round(FOLLOW_S * 60) + 60):
        place = way.step(20 + i / 60, back=False, stay=True)
    assert place == 1.0


def test_back_shows_the_way_back():
    way = Way()
    way.begin(back=True)
    places = [way.step(i / 60, back=True, stay=False) for i in range(95)]
    assert places[0] == pytest.approx(1.0, abs=0.01)
    assert places[-1] == 0.0


def test_the_arrow_of_the_way_back_points_the_other_way(make_stage):
    stage = make_stage((1280, 720))
    there = show(stage, guide("arm_out"), 1.0)
    back = show(stage, guide("arm_out", back=True, number=1), 1.0, 200.0)
    assert changed(there, back) > 3000


def test_the_hold_fills_a_ring_and_repetitions_fill_dots(make_stage):
    stage = make_stage((1280, 720))
    half = show(stage, guide("arm_out", hold=0.5), 2.0)
    full = show(stage, guide("arm_out", hold=1.0), 2.0, 102.0)
    more = show(stage, guide("arm_out", hold=1.0, done=2), 1.0, 104.0)
    assert changed(half, full) > 400
    assert 300 < changed(full, more) < 3000


def test_counted_repetitions_are_a_number_and_the_person_goes_on(make_stage):
    stage = make_stage((1280, 720))
    asked = guide("stand_up", hold=0.4, counted=True, of=0, done=7)
    one = show(stage, asked, 1.2)
    other = show(stage, asked, 0.5, 101.2)
    many = show(stage, replace(asked, done=8), 1 / 30, 101.7)
    assert changed(one, other) > 1500
    assert changed(other, many) > 100


def test_a_guide_fades_when_nothing_is_asked_and_bad_numbers_are_painted(make_stage):
    stage, other = make_stage(), make_stage()
    odd = guide("lean", hold=math.nan, done=10**6, of=-3, most_deg=math.nan)
    shown = show(stage, odd, 1.0)
    assert changed(show(other, None, 1.0), shown) > 5000
    show(stage, replace(odd, hold=math.inf, of=10**6, number=-1), 1.0, 101.0)
    gone = show(stage, None, 2.0, 102.0)
    assert changed(show(other, None, 2.0, 102.0), gone) == 0


@pytest.mark.parametrize("name", ["pinch_close", "hand_close", "shift_weight"])
def test_no_guide_of_the_opposite_is_left_when_the_first_try_asks_for_something(make_stage, name):
    stage, other = make_stage(), make_stage()
    show(stage, guide(name), 2.0)
    show(other, None, 2.0)
    shots = []
    for each in (stage, other):
        for i in range(6):  # a fifth of a second
            each.paint(base("play", prompt=None), 102.0 + i / 30)
        shots.append(pixels())
    left, _, width, _ = stage.prepare("orchard", 0, "right").layout.play
    assert changed(*(shot[left : left + width] for shot in shots)) < 50


def test_after_its_first_round_a_guide_rasterises_nothing_more(make_stage, monkeypatch):
    """Nothing else costs as much time in a frame."""
    stage = make_stage((1280, 720))
    asked = base("calibrate", guide=guide("arm_out"), prompt=None)
    for i in range(300):
        stage.paint(asked, 10 + i / 60)
    drawn = []
    rasterise = Pictures.raster
    monkeypatch.setattr(Pictures, "raster", lambda *of, **more: drawn.append(of) or rasterise(*of, **more))
    for i in range(300):
        stage.paint(asked, 15 + i / 60)
    assert drawn == []
