"""Figures: which line comes when, and that none leaves what this arm can reach."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.limits import Limits
from rehabgames.core.person import Profile
from rehabgames.core.trial import TrialSpec
from rehabgames.games.figures import FIGURES, POINTS, Figures, figure_of
from rehabgames.games.inked import Inked
from rehabgames.games.trace import TraceGame
from rehabgames.safety.envelope import Envelope
from rehabgames.safety.walls import LONGEST_WAY

NUMBERS = {"way_radius": 0.12, "start_hold_s": 0.3, "end_hold_s": 0.4, "trial_s": 22.0, "pause_s": 0.8}
PROFILE = Profile("reach_quick", "right", 200.0, {-40.0: 0.8, 25.0: 0.8, 85.0: 0.6}, 0.005, (0.15, -0.74))
DIRECTIONS = (-40.0, 25.0, 45.0, 65.0, 85.0)


def game_of(seed: int = 3, **numbers: float) -> TraceGame:
    return TraceGame({**NUMBERS, **numbers}, PROFILE, "right", DIRECTIONS, seed)


def places_of(spec: TrialSpec) -> list[tuple[float, float]]:
    return [goal.xy(1.0) for goal in (*spec.way, spec.goal)]


@pytest.mark.parametrize("level", [0.45, 1.0, 1.25])
@pytest.mark.parametrize("seed", range(6))
def test_all_of_a_line_lies_within_reach_and_between_the_directions(seed: int, level: float) -> None:
    game = game_of(seed=seed)
    for number in range(10):
        spec = game.propose(number, {"distance": level}, DIRECTIONS[number % 5])
        assert len(spec.way) == POINTS <= LONGEST_WAY
        for goal in spec.way:
            assert DIRECTIONS[0] - 1e-6 <= goal.direction_deg <= DIRECTIONS[-1] + 1e-6
            assert 0.15 <= goal.distance <= PROFILE.reach_towards(goal.direction_deg) + 1e-6
            assert (goal.space, goal.radius) == ("arm", spec.goal.radius)
        steps = [math.dist(a, b) for a, b in itertools.pairwise(places_of(spec))]
        assert max(steps[:-1]) < 0.15
        assert steps[-1] < max(0.15, (level - 0.95) * 0.8)
        assert sum(steps) > 0.2


def test_a_weak_arm_gets_small_lines_that_the_envelope_lets_be() -> None:
    weak = Profile("p", "left", 200.0, dict.fromkeys(DIRECTIONS, 0.35), 0.0, (0.1, -0.3))
    game = TraceGame(NUMBERS, weak, "left", DIRECTIONS, 1)
    for number in range(10):
        spec = game.propose(number, {"distance": 0.9}, DIRECTIONS[number % 5])
        assert Envelope(Limits()).trial(spec) == spec
        assert all(goal.distance <= 0.35 + 1e-9 for goal in spec.way)


def test_curve_0_is_a_straight_line() -> None:
    places = places_of(game_of(curve=0.0).propose(2, {"distance": 0.8}, 65.0))
    assert Inked(places, 0.1).length == pytest.approx(math.dist(places[0], places[-1]))


@pytest.mark.parametrize("seed", range(5))
def test_every_figure_comes_in_every_round_and_none_twice_running(seed: int) -> None:
    names = [figure_of(seed, n) for n in range(60)]
    for k in range(0, 60, len(FIGURES)):
        assert sorted(names[k : k + len(FIGURES)]) == sorted(FIGURES)
    assert all(a != b for a, b in itertools.pairwise(names))


@given(st.lists(st.floats(0.05, 1.0), min_size=5, max_size=5), st.floats(0.1, 1.3), st.integers(0, 20))
def test_whatever_was_calibrated_no_line_leaves_it(reach: list[float], level: float, number: int) -> None:
    profile = Profile("p", "right", 200.0, dict(zip(DIRECTIONS, reach, strict=True)))
    spec = TraceGame(NUMBERS, profile, "right", DIRECTIONS, 5).propose(
        number, {"distance": level}, DIRECTIONS[number % 5]
    )
    for goal in spec.way:
        assert goal.distance <= profile.reach_towards(goal.direction_deg) + 1e-6
        assert math.isfinite(goal.direction_deg)


def test_a_single_direction_is_a_line_outwards() -> None:
    spec = TraceGame(NUMBERS, PROFILE, "right", (45.0,), 1).propose(0, {"distance": 0.9}, 45.0)
    assert {round(goal.direction_deg, 6) for goal in spec.way} == {45.0}
    figures = Figures(1, (45.0,), PROFILE.reach_towards)
    assert figures.way(0, spec.goal, 1.0)[0].distance < spec.goal.distance
