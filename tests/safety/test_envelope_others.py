"""What hangs beside the goal is inside the limits, too: hazards H1 and H4 of things to choose from."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.exercise import Axis
from rehabgames.core.limits import Limits, Sector
from rehabgames.core.trial import Goal, TrialSpec
from rehabgames.safety import Envelope, Guard, Refusal
from rehabgames.safety.plain import plain_trial

GOAL, PLACE = Goal(60.0, 0.8, 0.1, 0.6), Goal(-5.0, 0.6, 0.15, 0.3)
GOOD = Goal(20.0, 0.7, 0.1, 0.6)
SPEC = TrialSpec(
    0, {"distance": 1.0, "load": 2.4}, GOAL, PLACE, 8.0, others=(GOOD, Goal(85.0, 0.4, 0.1, 0.6))
)

anything = st.floats(allow_nan=True, allow_infinity=True)
goals = st.builds(Goal, anything, anything, anything, anything)
near = st.builds(Goal, st.floats(-90, 90), st.floats(0.1, 1.2), st.floats(0.01, 0.3), st.floats(0, 6))
limits = st.builds(Limits, st.floats(0, 180), st.floats(0, 180), st.floats(0.15, 1.5))


@given(st.lists(goals | near, max_size=8), near, limits)
def test_hazard_h1_no_other_leaves_the_envelope(others: list[Goal], goal: Goal, limit: Limits) -> None:
    envelope = Envelope(limit)
    spec = envelope.trial(TrialSpec(0, {"load": 5.0}, goal, PLACE, 8.0, others=tuple(others)))
    for other in spec.others:
        assert envelope.allows(other)
        assert other.distance <= spec.goal.distance
        for each in (spec.goal, spec.place):
            assert math.dist(other.xy(-1.0), each.xy(-1.0)) >= other.radius + each.radius - 1e-9
    assert len(spec.others) <= 5
    assert (spec.levels["load"] == 5.0) == (len(spec.others) >= min(5, len(others)))
    assert envelope.trial(spec) == spec


def test_what_is_allowed_stays() -> None:
    assert Envelope(Limits()).trial(SPEC) == SPEC


@pytest.mark.parametrize(
    "bad",
    [
        Goal(86.0, 0.4, 0.1, 0.6),  # higher than a goal may be
        Goal(20.0, 0.81, 0.1, 0.6),  # farther than this goal
        Goal(20.0, 0.14, 0.1, 0.6),  # inside the own shoulder
        Goal(62.0, 0.7, 0.1, 0.6),  # in the goal
        Goal(-5.0, 0.5, 0.1, 0.6),  # in the basket
        Goal(math.nan, 0.5, 0.1, 0.6),
        Goal(20.0, math.inf, 0.1, 0.6),
    ],
)
def test_one_that_may_not_stand_there_is_dropped_and_the_level_says_so(bad: Goal) -> None:
    got = Envelope(Limits()).trial(replace(SPEC, others=(GOOD, bad)))
    assert got.others == (GOOD,)
    assert got.clamped == ("others",)
    assert got.levels == {"distance": 1.0, "load": 1.0}


def test_a_level_that_asks_for_fewer_is_never_raised_h5() -> None:
    got = Envelope(Limits()).trial(replace(SPEC, levels={"load": 0.5}, others=(GOOD, GOAL)))
    assert (got.levels, len(got.others)) == ({"load": 0.5}, 1)
    unnamed = Envelope(Limits()).trial(replace(SPEC, levels={}, others=(GOAL,)))
    assert (unnamed.levels, unnamed.others) == ({}, ())


def test_size_and_hold_are_clamped_like_the_goal_s() -> None:
    got = Envelope(Limits(hold_s=0.4)).trial(replace(SPEC, others=(replace(GOOD, radius=0.001),)))
    assert got.others == (replace(GOOD, radius=0.03, hold_s=0.4),)
    assert got.clamped == ("hold", "others")
    assert got.levels["load"] == 2.4


def test_a_goal_that_is_drawn_nearer_leaves_out_what_is_farther_now_h1() -> None:
    got = Envelope(Limits(sectors=(Sector(50.0, 70.0, 0.5),))).trial(SPEC)
    assert got.goal.distance == 0.5
    assert [other.direction_deg for other in got.others] == [85.0]


def test_a_closed_sector_has_no_others_h1() -> None:
    envelope = Envelope(Limits(sectors=(Sector(10.0, 30.0, 0.1), Sector(-90.0, -60.0, 0.6))))
    assert GOOD not in envelope.trial(SPEC).others
    closed = Envelope(Limits(sectors=(Sector(-180.0, 180.0, 0.1),)))
    got = closed.trial(replace(SPEC, others=(Goal(80.0, 0.15, 0.03, 0.0),)))
    assert got.others == ()


def test_limits_that_tighten_end_a_trial_whose_other_is_out_h18() -> None:
    envelope = Envelope(Limits())
    assert envelope.still_allows(SPEC)
    assert not envelope.tightened(Limits(shoulder_elevation_deg=89.0)).still_allows(SPEC)
    assert envelope.tightened(Limits(shoulder_elevation_deg=89.0)).still_allows(replace(SPEC, others=(GOOD,)))
    assert not envelope.tightened(Limits(sectors=(Sector(15.0, 25.0, 0.6),))).still_allows(SPEC)


def test_a_guard_keeps_what_is_allowed_and_drops_what_is_not() -> None:
    axes = (Axis("distance", 0.4, 1.2, 0.7, 0.05), Axis("load", 0.0, 4.0, 2.4, 0.5))
    kept = Guard(Limits(), axes).trial(SPEC, 0.0)
    assert not isinstance(kept, Refusal)
    assert kept.others == SPEC.others
    fewer = Guard(Limits(shoulder_elevation_deg=80.0), axes).trial(SPEC, 0.0)
    assert not isinstance(fewer, Refusal)
    assert (fewer.others, fewer.levels["load"]) == ((GOOD,), 1.0)


class Endless:
    def __iter__(self):
        while True:
            yield GOOD


@pytest.mark.parametrize("others", [None, [GOOD], GOOD, (GOOD, 3), ("far",), Endless(), {GOOD: 1}])
def test_a_stranger_s_others_that_are_none_make_no_trial(others: object) -> None:
    assert plain_trial(replace(SPEC, others=others)) is None  # type: ignore[arg-type]


def test_a_stranger_s_numbers_are_read_and_too_many_are_cut_off() -> None:
    odd = Goal("20", 0.7, True, 0.6)  # type: ignore[arg-type]
    got = plain_trial(replace(SPEC, others=(odd,) * 1000))
    assert got is not None
    assert len(got.others) == 5
    assert math.isnan(got.others[0].direction_deg)
    assert Envelope(Limits()).trial(got).others == ()


def test_as_far_as_the_goal_and_touching_is_far_enough() -> None:
    low = Goal(0.0, 0.5, 0.125, 0.6)
    others = (Goal(0.0, 0.25, 0.125, 0.6), Goal(60.0, 0.5, 0.125, 0.6))
    spec = replace(SPEC, goal=low, place=Goal(-80.0, 0.6, 0.15, 0.3), others=others)
    assert Envelope(Limits()).trial(spec) == spec
