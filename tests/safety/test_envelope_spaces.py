"""The envelope where no arm reaches: shifts of weight, hands in the picture, grips. Hazards H1 and H4.

What may be asked is reckoned here anew, from the limits alone.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.limits import Limits
from rehabgames.core.trial import Goal, Space, TrialSpec
from rehabgames.safety import Envelope

SPACES: tuple[Space, ...] = ("shift", "picture", "grip")
STRANGE = [math.nan, math.inf, -math.inf, -1e9, 1e9, -0.0, 5e-324]
FASTEST = {"shift": 2.0, "picture": 2.0, "grip": 8.0}

floats = st.floats(allow_nan=True, allow_infinity=True) | st.floats(-3, 3) | st.sampled_from(STRANGE)


def goals(space: Space) -> st.SearchStrategy[Goal]:
    return st.builds(Goal, floats, floats, floats, floats, st.just(space))


specs = st.sampled_from(SPACES).flatmap(
    lambda space: st.builds(
        TrialSpec,
        st.just(0),
        st.dictionaries(
            st.sampled_from(["shift", "push", "distance", "grip", "time", "tempo"]), st.floats(0, 2)
        ),
        goals(space),
        goals(space) | st.none(),
        floats,
        way=st.lists(goals(space), max_size=4).map(tuple),
        grip=floats,
    )
)


def most(space: Space, limits: Limits) -> float:
    shift = limits.shift if math.isfinite(limits.shift) else 0.05  # what is no number allows the least
    return {"shift": min(1.0, max(0.0, shift)), "picture": 0.7, "grip": 1.0}[space]


def check(made: TrialSpec, limits: Limits) -> None:
    goals = [made.goal, *([made.place] if made.place else []), *made.way]
    space = made.goal.space
    for goal in goals:
        assert goal.space == space
        assert 0 <= goal.distance <= most(space, limits)
        assert 0.03 <= goal.radius <= 1
        assert 0 <= goal.hold_s <= max(0.0, limits.hold_s)
        assert math.isfinite(goal.direction_deg)
        if space == "shift":
            assert abs(goal.direction_deg) == 90
    assert 0 <= made.grip <= 1
    way = made.goal.distance + sum(goal.hold_s for goal in goals) * FASTEST[space]
    assert way / FASTEST[space] <= made.limit_s + 1e-9
    assert math.isfinite(made.limit_s)


@given(spec=specs, shift=floats, hold_s=st.floats(0, 6))
def test_hazard_h1_nothing_beyond_the_own_range_is_asked(
    spec: TrialSpec, shift: float, hold_s: float
) -> None:
    limits = replace(Limits(), shift=shift, hold_s=hold_s)
    envelope = Envelope(limits)
    made = envelope.trial(spec)
    check(made, limits)
    assert envelope.still_allows(made)
    again = envelope.trial(made)
    assert replace(again, clamped=()) == replace(made, clamped=()), "what is inside stays as it is"


@given(spec=specs, shift=st.floats(0.05, 0.95), other=st.floats(0.05, 0.95))
def test_limits_that_are_tightened_in_mid_trial_end_what_they_no_longer_allow(
    spec: TrialSpec, shift: float, other: float
) -> None:
    wide = Envelope(replace(Limits(), shift=shift))
    narrow = wide.tightened(replace(Limits(), shift=other))
    made = wide.trial(spec)
    if narrow.still_allows(made):
        check(made, narrow.limits)
    check(narrow.trial(made), narrow.limits)


def shifted(levels: dict[str, float], limit_s: float = 9.0, push: float = 0.0) -> TrialSpec:
    goal = Goal(90.0, levels.get("shift", 0.0), 0.2, 0.5, "shift")
    way = tuple(Goal(side, push, 0.2, 0.0, "shift") for side in (90.0, -90.0)) if push else ()
    return TrialSpec(0, levels, goal, None, limit_s, way=way)


def test_levels_say_what_is_asked_after_all() -> None:
    envelope = Envelope(replace(Limits(), shift=0.6))
    assert envelope.trial(shifted({"shift": 0.9})).levels == pytest.approx({"shift": 0.6})
    pushed = envelope.trial(shifted({"push": 0.8}, push=0.8))
    assert pushed.levels == pytest.approx({"push": 0.6})
    hurried = envelope.trial(shifted({"shift": 0.6, "time": 1.0}, limit_s=1.0))
    assert hurried.levels["time"] == hurried.limit_s > 1.0
    fast = envelope.trial(shifted({"tempo": 4.0}, limit_s=0.5))
    assert fast.levels["tempo"] == pytest.approx(4.0 * 0.5 / fast.limit_s)


def strange_spec(rng: np.random.Generator) -> TrialSpec:
    space = SPACES[int(rng.integers(3))]

    def number(scale: float) -> float:
        return float(rng.choice(STRANGE)) if rng.random() < 0.2 else float(rng.normal(0, scale))

    def goal() -> Goal:
        return Goal(number(120), number(1), number(0.3), number(3), space)

    way = tuple(goal() for _ in range(int(rng.integers(4))))
    place = goal() if rng.random() < 0.5 else None
    return TrialSpec(0, {"shift": 0.7, "push": 0.5}, goal(), place, number(8), way=way, grip=number(1))


def million(trials: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    envelope, limits = Envelope(Limits()), Limits()
    for number in range(trials):
        if number % 50 == 0:
            limits = replace(Limits(), shift=float(rng.choice([*rng.uniform(0, 1, 3), *STRANGE])))
            envelope = Envelope(limits)
        check(envelope.trial(strange_spec(rng)), limits)


def test_strange_trials_stay_inside() -> None:
    million(3000, 1)


@pytest.mark.endurance
def test_a_million_strange_trials_stay_inside() -> None:
    million(1_000_000, 2)
