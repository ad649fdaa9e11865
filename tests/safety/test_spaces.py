"""Hazards H1, H3 and H4 where no arm reaches: shifts of weight, a hand in the picture, openings of a hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.limits import Limits
from rehabgames.core.trial import Goal, Space, TrialSpec
from rehabgames.safety.envelope import Envelope
from rehabgames.safety.spaces import FASTEST, needed_s
from rehabgames.safety.walls import IN_THE_PICTURE, SMALLEST_RADIUS

numbers = st.floats(allow_nan=True, allow_infinity=True)
spaces = st.sampled_from(["shift", "picture", "grip"])
goals = st.builds(Goal, numbers, numbers, numbers, numbers, spaces)


@given(goals, st.floats(-1.0, 3.0))
def test_hazard_h1_no_goal_of_another_space_leaves_its_limits(goal: Goal, shift: float) -> None:
    limits = Limits(shift=shift)
    allowed, rules = Envelope(limits).goal(goal)
    most = {"shift": min(1.0, max(0.0, shift)), "picture": IN_THE_PICTURE, "grip": 1.0}[goal.space]
    assert allowed.space == goal.space
    assert 0.0 <= allowed.distance <= most
    assert SMALLEST_RADIUS <= allowed.radius <= 1.0
    assert 0.0 <= allowed.hold_s <= limits.hold_s
    assert math.isfinite(allowed.direction_deg)
    if goal.space == "shift":
        assert allowed.direction_deg in {-90.0, 90.0}
    assert bool(rules) == (allowed != goal)
    assert Envelope(limits).allows(allowed)


@pytest.mark.parametrize(
    ("space", "axis", "asked", "most"),
    [("shift", "shift", 1.0, 0.95), ("picture", "distance", 0.9, 0.7), ("grip", "amplitude", 1.2, 1.0)],
)
def test_hazard_h1_the_level_says_what_was_asked(space: Space, axis: str, asked: float, most: float) -> None:
    spec = TrialSpec(0, {axis: asked}, Goal(90.0, asked, 0.1, 0.5, space), None, 10.0)
    allowed = Envelope(Limits()).trial(spec)
    assert allowed.goal.distance == most
    assert allowed.levels[axis] == pytest.approx(most)
    assert space in allowed.clamped


def test_hazard_h1_what_pushes_is_held_to_the_limit_of_shifts_too() -> None:
    """The raft of the harbour asks for a lean against the water, which stands as a way."""
    way = tuple(Goal(side, 0.8, 0.2, 0.0, "shift") for side in (-90.0, 90.0))
    spec = TrialSpec(0, {"push": 0.8}, Goal(90.0, 0.0, 0.2, 3.0, "shift"), None, 20.0, way=way)
    allowed = Envelope(Limits(shift=0.5)).trial(spec)
    assert [goal.distance for goal in allowed.way] == [0.5, 0.5]
    assert "way" in allowed.clamped


def test_hazard_h4_tighter_limits_end_a_shift_that_is_too_far_h18() -> None:
    spec = TrialSpec(0, {"shift": 0.9}, Goal(90.0, 0.9, 0.1, 0.5, "shift"), None, 10.0)
    assert Envelope(Limits()).still_allows(spec)
    assert not Envelope(Limits()).tightened(Limits(shift=0.6)).still_allows(spec)


@pytest.mark.parametrize("space", ["shift", "picture", "grip"])
def test_hazard_h3_nothing_is_asked_faster_than_its_space_allows(space: Space) -> None:
    there = Goal(90.0, 0.7, 0.1, 0.5, space)
    spec = TrialSpec(0, {}, there, None, 0.1, way=(Goal(-90.0, 0.7, 0.1, 0.0, space),))
    allowed = Envelope(Limits()).trial(spec)
    way = math.dist(spec.way[0].xy(1.0), there.xy(1.0))
    assert allowed.limit_s >= 0.5 + way / FASTEST[space]
    assert allowed.limit_s == needed_s(allowed.goals, 2.0) or allowed.limit_s == 1.0
    assert "speed" in allowed.clamped or allowed.limit_s == 1.0


def test_a_grip_is_never_asked_beyond_the_own_range() -> None:
    spec = TrialSpec(0, {"grip": 1.4}, Goal(90.0, 0.3, 0.1, 0.2, "picture"), None, 10.0, grip=1.4)
    allowed = Envelope(Limits()).trial(spec)
    assert allowed.grip == 1.0
    assert allowed.levels["grip"] == pytest.approx(1.0)
    assert "grip" in allowed.clamped
