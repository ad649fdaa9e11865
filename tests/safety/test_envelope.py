"""Hazards H1 (reach too far) and H4 (over-range): nothing gets out, and going over is noticed."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.limits import Limits
from rehabgames.core.trial import Goal, TrialSpec
from rehabgames.safety import Envelope, OverRange

anything = st.floats(allow_nan=True, allow_infinity=True)
goals = st.builds(Goal, anything, anything, anything, anything)
limits = st.builds(Limits, st.floats(0, 180), st.floats(0.1, 1.5))


@given(goals, goals, limits, anything)
def test_no_goal_leaves_the_envelope_h1(goal: Goal, place: Goal, limit: Limits, limit_s: float) -> None:
    spec = Envelope(limit).trial(TrialSpec(0, {"distance": 1.0}, goal, place, limit_s))
    for each in (spec.goal, spec.place):
        assert abs(each.direction_deg) <= max(0.0, limit.shoulder_elevation_deg - 5)
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
    assert rules == ("shoulder_elevation", "reach", "size")


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
