"""The reaching game between its trials: what is asked, shown, saved and forgotten."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from staying import ORCHARD, stay

from rehabgames.core.person import Profile
from rehabgames.core.trial import Outcome
from rehabgames.games import ReachGame
from rehabgames.games.reach import SHOWN_S

PROFILE = Profile("reach_quick", "right", 200.0, {-40.0: 0.8, 25.0: 0.8, 85.0: 0.6}, 0.005, (0.15, -0.74))
DT = 1 / 60
AWAY = (0.0, 0.3)


def game_of(**numbers: float) -> ReachGame:
    return ReachGame({**ORCHARD, **numbers}, PROFILE, "right")


def play(game: ReachGame, number: int, direction: float = 45.0, *, success: bool = True) -> Outcome:
    spec = game.propose(number, {"distance": 0.8}, direction)
    game.begin(spec)
    outcome = stay(game, spec.goal.xy(1.0) if success else AWAY, 0.7 if success else 9.0)
    outcome = outcome or stay(game, spec.place.xy(1.0), 0.5)
    assert outcome is not None
    return outcome


def test_before_the_first_trial_there_is_nothing() -> None:
    game = game_of()
    assert (game.target(), game.things(), game.prompt(), game.cues()) == (None, (), None, ())
    assert stay(game, (0.0, 0.0), 1.0) is None
    assert game.abandon() is None
    game.settle(counted=True)
    assert game.things() == ()


@pytest.mark.parametrize("direction", [-40.0, 0.0, 25.0, 85.0])
@pytest.mark.parametrize("level", [0.45, 1.0, 1.25])
def test_a_level_is_a_share_of_the_reach_in_that_direction(direction: float, level: float) -> None:
    spec = game_of().propose(3, {"distance": level}, direction)
    assert spec.goal.distance == pytest.approx(level * PROFILE.reach_towards(direction))
    assert (spec.goal.direction_deg, spec.goal.radius, spec.goal.hold_s) == (direction, 0.13, 0.6)
    assert (spec.number, spec.limit_s, spec.levels) == (3, 8.0, {"distance": level})


@given(st.floats(-1.0, 1.0), st.floats(-1.0, 1.0))
def test_the_margin_is_the_distance_inside_the_rim(x: float, y: float) -> None:
    game = game_of(trial_s=2.0)
    spec = game.propose(0, {"distance": 0.8}, 45.0)
    game.begin(spec)
    game.step((x, y), DT)
    outcome = game.abandon()
    assert outcome is not None
    assert outcome.margin == pytest.approx(0.13 - math.dist((x, y), spec.goal.xy(1.0)))
    assert outcome.reached == pytest.approx((x - y) / math.sqrt(2))
    assert (outcome.margin >= 0) == (not math.isnan(outcome.reach_s))


def test_the_margin_is_of_the_best_moment_and_of_this_trial_alone() -> None:
    game = game_of(hold_s=3.0)
    spec = game.propose(0, {"distance": 0.8}, 45.0)
    for hands, margin in (([AWAY, spec.goal.xy(1.0), AWAY], 0.13), ([AWAY], None)):
        game.begin(spec)
        for hand in hands:
            game.step(hand, DT)
        outcome = game.abandon()
        assert outcome is not None
        expected = 0.13 - math.dist(AWAY, spec.goal.xy(1.0)) if margin is None else margin
        assert outcome.margin == pytest.approx(expected)


def test_a_trial_that_was_never_looked_at_has_no_margin() -> None:
    game = game_of()
    game.begin(game.propose(0, {"distance": 0.8}, 45.0))
    outcome = game.abandon()
    assert outcome is not None
    assert math.isnan(outcome.margin)
    assert math.isnan(outcome.reached)
    assert outcome.duration_s == 0.0


def test_the_end_of_a_trial_is_told_once_and_shown_only_after_saving() -> None:
    game = game_of()
    assert play(game, 0).success
    game.cues()
    assert stay(game, AWAY, 3.0) is None
    assert (game.target(), game.prompt(), game.cues()) == (None, None, ())
    assert [t.state for t in game.things() if t.kind == "fruit"] == ["held"]
    game.settle(counted=True)
    game.settle(counted=True)
    assert [c.kind for c in game.cues()] == ["place"]
    prompt = game.prompt()
    assert prompt is not None
    assert prompt.id == "play.well_done"
    stay(game, AWAY, SHOWN_S + 0.05)
    assert game.prompt() is None
    assert [t.state for t in game.things() if t.kind == "fruit"] == ["placed"]


def test_a_miss_is_shown_without_a_fruit_in_the_basket() -> None:
    game = game_of()
    assert play(game, 0, success=False).success is False
    game.cues()
    game.settle(counted=False)
    assert [c.kind for c in game.cues()] == ["miss"]
    prompt = game.prompt()
    assert prompt is not None
    assert prompt.id == "play.missed"
    assert not [t for t in game.things() if t.state == "placed"]


def test_a_fruit_that_was_brought_goes_into_the_basket_and_never_past_it() -> None:
    game = game_of()
    play(game, 0)
    game.settle(counted=True)
    basket = next(t for t in game.things() if t.kind == "basket")
    for tick in range(int(SHOWN_S * 60) - 2):
        stay(game, AWAY, 1 / 60)
        fruit = [t for t in game.things() if t.key == "fruit 0"]
        assert all(t.y > basket.y - basket.radius for t in fruit), tick
    assert math.dist((fruit[0].x, fruit[0].y), (basket.x, basket.y)) < basket.radius


def test_a_fruit_that_is_only_picked_falls() -> None:
    game = game_of(carry=0.0)
    play(game, 0)
    before = next(t for t in game.things() if t.key == "fruit 0")
    game.settle(counted=True)
    stay(game, AWAY, 0.4)
    after = next(t for t in game.things() if t.key == "fruit 0")
    assert after.y < before.y - 0.2


def test_a_picked_fruit_follows_the_hand_after_a_swing() -> None:
    game = game_of()
    spec = game.propose(0, {"distance": 0.8}, 45.0)
    game.begin(spec)
    stay(game, spec.goal.xy(1.0), 0.7)
    stay(game, (0.4, -0.2), 0.05)
    hanging = next(t for t in game.things() if t.key == "fruit 0")
    assert abs(hanging.angle_rad) <= 0.5
    stay(game, (0.4, -0.2), 3.0)
    there = next(t for t in game.things() if t.key == "fruit 0")
    assert (there.x, there.y, there.angle_rad) == pytest.approx((0.4, -0.2, 0.0), abs=0.02)


def test_what_was_placed_and_the_numbers_of_targets_go_on_over_trials() -> None:
    game, numbers = game_of(), []
    for n, direction in enumerate((-40.0, 25.0, 85.0)):
        spec = game.propose(n, {"distance": 0.8}, direction)
        game.begin(spec)
        for place in (spec.goal, spec.place):
            target = game.target()
            assert target is not None
            numbers.append(target.number)
            stay(game, place.xy(1.0), 0.7)
        game.settle(counted=True)
    assert len([t for t in game.things() if t.state == "placed"]) == 3
    assert all(b == a + 1 for a, b in itertools.pairwise(numbers))
    assert len({t.key for t in game.things()}) == len(game.things())


def test_no_hold_means_touching_is_enough() -> None:
    game = game_of(hold_s=0.0, basket_hold_s=0.0)
    spec = game.propose(0, {"distance": 0.8}, 45.0)
    game.begin(spec)
    assert game.step(spec.goal.xy(1.0), DT) is None
    outcome = game.step(spec.place.xy(1.0), DT)
    assert outcome is not None
    assert outcome.success


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), st.sampled_from([0.0, DT, 0.1])), max_size=120
    )
)
def test_no_finite_hand_breaks_the_physics(moves: list[tuple[float, float, float]]) -> None:
    game = game_of(hold_s=0.0, trial_s=60.0)
    spec = game.propose(0, {"distance": 0.8}, 45.0)
    game.begin(spec)
    game.step(spec.goal.xy(1.0), DT)
    for x, y, dt in moves:
        outcome = game.step((x, y), dt)
        assert all(math.isfinite(v) for t in game.things() for v in (t.x, t.y, t.angle_rad))
        if outcome is not None:
            assert math.isfinite(outcome.margin + outcome.duration_s)
