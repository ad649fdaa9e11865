"""Hazards H1 (reach too far) and H4 (over-range): nothing gets out, and going over is noticed."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.exercise import Axis
from rehabgames.core.limits import Limits, Sector
from rehabgames.core.trial import Goal, TrialSpec
from rehabgames.safety import Envelope, OverRange

anything = st.floats(allow_nan=True, allow_infinity=True)
goals = st.builds(Goal, anything, anything, anything, anything)
limits = st.builds(Limits, st.floats(0, 180), st.floats(0, 180), st.floats(0.15, 1.5))


@given(goals, goals, limits, anything)
def test_hazard_h1_no_goal_leaves_the_envelope(
    goal: Goal, place: Goal, limit: Limits, limit_s: float
) -> None:
    spec = Envelope(limit).trial(TrialSpec(0, {"distance": 1.0}, goal, place, limit_s))
    for each in (spec.goal, spec.place):
        assert each.direction_deg <= max(0.0, limit.shoulder_elevation_deg - 5)
        assert -each.direction_deg <= max(0.0, limit.across_deg - 5)
        assert 0.15 <= each.distance <= max(0.15, limit.reach)
        assert 0.03 <= each.radius <= 1
        assert 0 <= each.hold_s <= 5
    assert 1 <= spec.limit_s <= 60
    assert Envelope(limit).trial(spec) == spec


def test_what_is_allowed_stays_and_what_is_moved_is_named() -> None:
    envelope = Envelope(Limits())
    goal = Goal(60.0, 0.8, 0.13, 0.6)
    assert envelope.goal(goal) == (goal, ())
    moved, rules = envelope.goal(Goal(120.0, 2.0, 0.001, 99.0))
    assert moved == Goal(85.0, 1.1, 0.03, 5.0)
    assert rules == ("shoulder_elevation", "reach", "size", "hold")
    assert envelope.goal(Goal(-120.0, 0.8, 1.01, 0.6)) == (Goal(-85.0, 0.8, 1.0, 0.6), ("across", "size"))


def test_over_the_limit_for_300_ms_eases_back_until_under_it_h4() -> None:
    watch = OverRange(90.0)
    assert watch.update(94.9, 0.0) == "fine"
    assert watch.update(96.0, 1.0) == "fine"
    assert watch.update(96.0, 1.29) == "fine"
    assert watch.update(96.0, 1.3) == "ease_back"
    assert watch.update(92.0, 1.5) == "ease_back"
    assert watch.update(math.nan, 1.6) == "ease_back"
    assert watch.update(89.0, 1.7) == "fine"


def test_a_short_peak_or_nothing_seen_is_fine_h4() -> None:
    watch = OverRange(90.0)
    for i in range(100):
        assert watch.update(120.0 if i % 4 else 80.0, i * 0.1) == "fine"
        assert watch.update(math.nan, i * 0.1 + 0.05) == "fine"


def test_the_third_time_ends_h4() -> None:
    watch, t = OverRange(60.0), 0.0
    seen = []
    for _ in range(3):
        for angle in (70.0, 70.0, 70.0, 50.0):
            t += 0.2
            seen.append(watch.update(angle, t))
    assert seen.index("end") == 10
    assert seen[-1] == "end"


@pytest.mark.parametrize("seed", range(5))
def test_noisy_landmarks_are_noticed_within_half_a_second_h4(seed: int) -> None:
    rng = np.random.default_rng(seed)
    watch = OverRange(90.0)
    told = [watch.update(104 + rng.normal(0, 2.5), i / 30) for i in range(30)]
    assert "ease_back" in told[:15]


def test_across_the_body_has_a_limit_of_its_own_and_never_more_than_outwards() -> None:
    far = Goal(-175.0, 0.5, 0.1, 0.0)
    assert Envelope(Limits(across_deg=40.0)).goal(far)[0].direction_deg == -35.0
    assert Envelope(Limits(60.0, across_deg=90.0)).goal(far)[0].direction_deg == -55.0
    assert Envelope(Limits(60.0, across_deg=3.0)).goal(far)[0].direction_deg == 0.0
    assert Envelope(Limits(across_deg=40.0)).steepest_deg == 85.0


@pytest.mark.parametrize("signal", ["shoulder_elevation", "shoulder_abduction", "shoulder_flexion"])
def test_a_limit_of_the_shoulder_s_angle_lowers_goals_on_both_sides_h4(signal: str) -> None:
    envelope = Envelope(Limits(angles_deg={signal: (0.0, 50.0), "elbow_flexion": (0.0, 20.0)}))
    assert envelope.steepest_deg == 45.0
    assert envelope.goal(Goal(80.0, 0.5, 0.1, 0.0))[0].direction_deg == 45.0
    assert envelope.goal(Goal(-80.0, 0.5, 0.1, 0.0))[0].direction_deg == -45.0


@pytest.mark.parametrize("distance", [0.05, 0.0, -1.0, math.nan])
def test_a_goal_that_was_too_near_raises_no_level_h5(distance: float) -> None:
    near, place = Goal(45.0, distance, 0.13, 0.6), Goal(-5.0, 0.6, 0.17, 0.3)
    got = Envelope(Limits()).trial(TrialSpec(0, {"distance": 0.8}, near, place, 8.0))
    assert (got.goal.distance, got.levels, got.clamped) == (0.15, {"distance": 0.8}, ("reach",))


def test_a_level_below_zero_is_not_raised_by_a_nearer_goal_h5() -> None:
    far, place = Goal(45.0, 2.2, 0.13, 0.6), Goal(-5.0, 0.6, 0.17, 0.3)
    for level, lowered in ((-2.0, -2.0), (0.0, 0.0), (2.0, pytest.approx(1.0))):
        got = Envelope(Limits()).trial(TrialSpec(0, {"distance": level}, far, place, 8.0))
        assert got.levels == {"distance": lowered}


def test_in_a_sector_goals_are_nearer_with_both_edges_h1() -> None:
    envelope = Envelope(Limits(sectors=(Sector(20.0, 40.0, 0.5), Sector(30.0, 60.0, 0.4))))
    for direction, most in ((19.9, 1.1), (20.0, 0.5), (30.0, 0.4), (60.0, 0.4), (60.1, 1.1)):
        got, rules = envelope.goal(Goal(direction, 3.0, 0.1, 0.0))
        assert (got.direction_deg, got.distance, rules) == (direction, most, ("reach",))
    assert envelope.farthest == 1.1
    assert Envelope(Limits(reach=0.05)).farthest == 0.15


def test_a_closed_sector_turns_a_goal_to_the_nearest_open_direction_h1() -> None:
    envelope = Envelope(Limits(sectors=(Sector(20.0, 60.0, 0.0), Sector(61.0, 100.0, 0.1))))
    asked = Goal(58.0, 0.5, 0.1, 0.0)
    assert not envelope.allows(asked)
    got, rules = envelope.goal(asked)
    assert (got, rules) == (Goal(19.0, 0.5, 0.1, 0.0), ("sector",))
    assert envelope.allows(got)
    assert Envelope(Limits(sectors=(Sector(20.0, 50.0, 0.0),))).goal(asked) == (asked, ())
    assert Envelope(Limits(sectors=(Sector(20.0, 59.0, 0.0),))).goal(asked)[0].direction_deg == 60.0


def test_room_for_the_nearest_goal_is_room_h1() -> None:
    envelope = Envelope(Limits(sectors=(Sector(20.0, 60.0, 0.15),)))
    assert envelope.allows(Goal(30.0, 0.15, 0.1, 0.0))
    at_the_edge = Envelope(Limits(sectors=(Sector(20.0, 84.0, 0.1), Sector(10.0, 19.5, 0.15))))
    assert at_the_edge.goal(Goal(30.0, 0.5, 0.1, 0.0))[0] == Goal(19.0, 0.15, 0.1, 0.0)
    assert at_the_edge.goal(Goal(80.0, 0.5, 0.1, 0.0))[0] == Goal(85.0, 0.5, 0.1, 0.0)


@pytest.mark.parametrize("radius", [math.nan, math.inf])
def test_a_size_that_is_no_number_is_the_largest(radius: float) -> None:
    assert Envelope(Limits()).goal(Goal(30.0, 0.5, radius, 0.0))[0].radius == 1.0


def test_a_trial_lasts_a_second_at_least() -> None:
    near = Goal(0.0, 0.15, 0.1, 0.0)
    assert Envelope(Limits(speed=3.0)).trial(TrialSpec(0, {}, near, near, 0.0)).limit_s == 1.0


def test_where_nothing_has_room_nothing_is_allowed_h1() -> None:
    envelope = Envelope(Limits(sectors=(Sector(-180.0, 180.0, 0.14),)))
    got, _ = envelope.goal(Goal(30.0, 0.5, 0.1, 0.0))
    assert got == Goal(30.0, 0.15, 0.1, 0.0)
    assert not envelope.allows(got)
    assert Envelope(Limits(sectors=(Sector(-180.0, 180.0, 0.15),))).allows(got)


def test_a_limit_of_speed_gives_a_trial_the_time_it_needs() -> None:
    goal, place = Goal(90.0 - 5.0, 1.0, 0.1, 0.5), Goal(85.0, 0.5, 0.1, 0.25)
    spec = TrialSpec(0, {}, goal, place, 2.0)
    # the hanging hand 1, to the goal 1, to the place 0.5: 2.5 arm lengths
    assert Envelope(Limits(speed=2.0)).trial(spec).limit_s == 2.0
    slow = Envelope(Limits(speed=0.5)).trial(spec)
    assert slow.limit_s == pytest.approx(2.5 / 0.5 + 0.75)
    assert slow.clamped == ("speed",)
    assert Envelope(Limits(speed=0.5)).trial(slow) == slow
    assert Envelope(Limits(speed=0.001)).trial(spec).limit_s == pytest.approx(2.5 / 0.05 + 0.75)
    long = TrialSpec(0, {}, goal, place, math.inf)
    assert Envelope(Limits(speed=1e-9)).trial(long).limit_s == 60.0
    out = TrialSpec(0, {}, Goal(85.0, 1.1, 0.1, 0.0), Goal(-85.0, 1.1, 0.1, 0.0), math.nan)
    needed = (1 + 1.1 + 2 * 1.1 * math.sin(math.radians(85))) / 0.05
    assert Envelope(Limits(speed=0.05)).trial(out).limit_s == pytest.approx(needed)


@given(goals, goals, st.floats(0.05, 3.0), anything)
def test_no_trial_asks_for_a_faster_mean_speed_h3(
    goal: Goal, place: Goal, speed: float, limit_s: float
) -> None:
    spec = Envelope(Limits(speed=speed)).trial(TrialSpec(0, {}, goal, place, limit_s))
    (x, y), (px, py) = spec.goal.xy(1.0), spec.place.xy(1.0)
    for start in (0.0, 120.0, -90.0):
        hx, hy = math.sin(math.radians(start)), -math.cos(math.radians(start))
        way = math.hypot(x - hx, y - hy) + math.hypot(px - x, py - y)
        assert way <= speed * (spec.limit_s - spec.goal.hold_s - spec.place.hold_s) + 1e-9


def test_a_trial_that_was_allowed_may_not_be_any_more_when_limits_tighten_h18() -> None:
    wide = Envelope(Limits())
    spec = wide.trial(TrialSpec(0, {}, Goal(80.0, 1.0, 0.1, 1.0), Goal(0.0, 0.5, 0.1, 0.0), 6.0))
    assert wide.still_allows(spec)
    assert wide.tightened(Limits(reach=1.05)).still_allows(spec)
    for tighter in (
        Limits(shoulder_elevation_deg=84.0),
        Limits(reach=0.9),
        Limits(hold_s=0.5),
        Limits(speed=0.3),
        Limits(sectors=(Sector(70.0, 90.0, 0.9),)),
        Limits(sectors=(Sector(-5.0, 5.0, 0.4),)),
    ):
        assert not wide.tightened(tighter).still_allows(spec)
    assert wide.tightened(Limits(150.0, reach=1.5)).limits == wide.limits


AXES = (Axis("distance", 0.4, 1.2, 0.7, 0.05), Axis("time", 9.0, 3.0, 8.0, 0.5))


def test_levels_are_clamped_completed_and_stripped_of_strangers() -> None:
    envelope = Envelope(Limits())
    fine = {"distance": 1.2, "time": 3.0}
    assert envelope.levels(fine, AXES) == (fine, ())
    assert envelope.levels({"distance": 1.3, "time": 9.5}, AXES) == (
        {"distance": 1.2, "time": 9.0},
        ("level",),
    )
    assert envelope.levels({"distance": math.nan, "time": math.inf}, AXES) == (
        {"distance": 0.4, "time": 9.0},
        ("level",),
    )
    assert envelope.levels({"moon": 1.0}, AXES) == ({"distance": 0.7, "time": 8.0}, ("level",))


def test_an_axis_of_distance_is_cut_to_what_some_direction_allows_h1() -> None:
    envelope = Envelope(Limits(reach=0.8, sectors=(Sector(20.0, 90.0, 0.4), Sector(-90.0, -20.0, 0.1))))
    reach = {0.0: 1.0, 30.0: 0.8, 45.0: 0.4, -60.0: 0.2, 50.0: 0.0, 55.0: math.nan, 65.0: math.inf}
    distance, time = envelope.axes(AXES, reach.__getitem__, [0.0, 30.0])
    assert distance == Axis("distance", 0.4, 0.8, 0.7, 0.05)
    assert time == AXES[1]
    assert envelope.axes(AXES, reach.__getitem__, [30.0])[0] == Axis("distance", 0.4, 0.5, 0.5, 0.05)
    assert envelope.axes(AXES, reach.__getitem__, [30.0, 45.0])[0] == Axis("distance", 0.4, 1.0, 0.7, 0.05)
    # -60 is closed and turns to -19, where there is room: 0.8 of a reach of 0.2
    assert envelope.axes(AXES, reach.__getitem__, [-60.0])[0] == AXES[0]
    tiny = Envelope(Limits(reach=0.2))
    assert tiny.axes(AXES, reach.__getitem__, [0.0])[0] == Axis("distance", 0.2, 0.2, 0.2, 0.05)
    for useless in ([], [50.0], [55.0], [65.0]):
        assert envelope.axes(AXES, reach.__getitem__, useless)[0] == Axis("distance", 0.4, 0.4, 0.4, 0.05)
    closed = Envelope(Limits(sectors=(Sector(-180.0, 180.0, 0.1),)))
    assert closed.axes(AXES, reach.__getitem__, [0.0])[0] == Axis("distance", 0.4, 0.4, 0.4, 0.05)


def test_an_angle_is_asked_5_degrees_inside_its_limits_h4() -> None:
    envelope = Envelope(Limits(angles_deg={"elbow_flexion": (10.0, 90.0), "tight": (10.0, 18.0)}))
    assert envelope.angle("elbow_flexion", 50.0) == (50.0, ())
    assert envelope.angle("elbow_flexion", 120.0) == (85.0, ("angle",))
    assert envelope.angle("elbow_flexion", 0.0) == (15.0, ("angle",))
    assert envelope.angle("elbow_flexion", math.nan) == (50.0, ("angle",))
    assert envelope.angle("tight", 17.0) == (14.0, ("angle",))
    assert envelope.angle("knee_flexion", 200.0) == (200.0, ())
    assert envelope.angle("knee_flexion", math.inf) == (0.0, ("angle",))
    even = Envelope(Limits(angles_deg={"tight": (10.0, 20.0)}))
    assert even.angle("tight", 15.0) == (15.0, ())


def test_hazard_h1_standing_stays_locked_until_it_is_enabled_and_a_support_is_there() -> None:
    sitting, standing = Envelope(Limits()), Envelope(Limits(standing=True))
    for support in (None, False, True):
        assert sitting.exercise_allowed("sitting", support) is None
        assert sitting.exercise_allowed("standing", support) == "standing_locked"
    assert standing.exercise_allowed("standing", None) == "support_unconfirmed"
    assert standing.exercise_allowed("standing", False) == "support_unconfirmed"
    assert standing.exercise_allowed("standing", True) is None
    assert standing.exercise_allowed("flying", True) == "posture_unknown"


def test_noise_around_the_line_counts_down_what_it_counted_up_h4() -> None:
    """Two pictures over, one under, again and again: over for two thirds of the time."""
    watch, t = OverRange(90.0), 0.0
    for i in range(60):
        t = i / 30
        if watch.update(94.0 if i % 3 == 2 else 97.0, t) == "ease_back":
            break
    assert watch.times == 0, "what is over for no longer than under adds up to nothing"
    for i in range(60):
        t += 1 / 30
        if watch.update(94.0 if i % 5 == 4 else 97.0, t) == "ease_back":
            break
    assert 0.3 <= (i + 1) / 30 <= 1.0


def test_an_arm_that_is_hidden_in_between_is_still_over_h4() -> None:
    watch = OverRange(90.0)
    told = [watch.update(100.0 if i % 2 else math.nan, i / 10) for i in range(8)]
    assert told.index("ease_back") == 5


def test_back_at_the_limit_itself_is_not_yet_under_it_h4() -> None:
    watch = OverRange(90.0)
    assert [watch.update(100.0, t) for t in (0.0, 0.3)] == ["fine", "ease_back"]
    assert watch.update(90.0, 0.4) == "ease_back"
    assert watch.update(89.9, 0.5) == "fine"
    assert [watch.update(95.0, 1 + t) for t in (0.0, 0.3, 0.6)] == ["fine"] * 3


def test_a_watch_is_only_ever_tightened_h18() -> None:
    watch = OverRange(90.0)
    for limit, left in ((120.0, 90.0), (70.0, 70.0), (math.nan, 0.0)):
        watch.tighten(limit)
        assert watch.limit_deg == left


def test_a_short_level_is_lowered_with_its_goal_too() -> None:
    goal, place = Goal(45.0, 1.0, 0.13, 0.6), Goal(-5.0, 0.4, 0.17, 0.3)
    got = Envelope(Limits(reach=0.5)).trial(TrialSpec(0, {"distance": 0.9}, goal, place, 8.0))
    assert got.levels == {"distance": pytest.approx(0.45)}


def test_just_time_enough_is_not_said_to_be_too_fast() -> None:
    down = Goal(0.0, 1.0, 0.1, 0.5)  # the hanging hand 1, to the goal 1: 2 arm lengths
    spec = TrialSpec(0, {}, down, down, 2.0)
    assert Envelope(Limits(speed=2.0)).trial(spec) == spec


def test_a_direction_with_just_room_enough_keeps_its_level() -> None:
    distance, _ = Envelope(Limits(reach=0.15)).axes(AXES, lambda _: 0.25, [0.0])
    assert distance.hardest == distance.highest == pytest.approx(0.6)


def test_all_that_is_seen_under_the_line_counts_off_what_was_over_h4() -> None:
    watch = OverRange(90.0)
    over = [watch.update(97.0, i / 100) for i in range(26)]  # 0.25 s
    under = [watch.update(94.0, 0.25 + i / 100) for i in range(1, 21)]  # 0.2 s
    again = [watch.update(97.0, 0.45 + i / 100) for i in range(1, 20)]
    assert {*over, *under, *again} == {"fine"}
