"""Reach, hold, carry, place: what each hand comes to."""

from __future__ import annotations

import itertools
import math

import pytest
from staying import ORCHARD, stay

from rehabgames.core.person import Profile
from rehabgames.core.trial import TrialSpec
from rehabgames.games import GAMES, ReachGame

PROFILE = Profile("reach_quick", "right", 200.0, {-40.0: 0.8, 25.0: 0.8, 85.0: 0.6}, 0.005, (0.15, -0.74))
DT = 1 / 60


def begun(level: float = 0.8, direction: float = 45.0, side: str = "right") -> tuple[ReachGame, TrialSpec]:
    game = ReachGame(ORCHARD, PROFILE, "left" if side == "left" else "right")
    spec = game.propose(0, {"distance": level}, direction)
    game.begin(spec)
    return game, spec


def test_the_settings_of_the_shipped_exercise_are_those_that_the_game_reads() -> None:
    assert GAMES["reach"].settings.keys() - {"carry"} == ORCHARD.keys()


@pytest.mark.parametrize(("side", "outward"), [("right", 1.0), ("left", -1.0)])
def test_reach_hold_carry_and_place(side: str, outward: float) -> None:
    game, spec = begun(side=side)
    fruit, home = spec.goal.xy(outward), spec.place.xy(outward)
    assert math.hypot(*fruit) == pytest.approx(0.8 * PROFILE.reach_towards(45.0))
    assert [c.kind for c in game.cues()] == ["appear"]
    assert stay(game, home, 1.0) is None
    assert stay(game, fruit, 0.5) is None
    target = game.target()
    assert target is not None
    assert (target.kind, round(target.hold, 1)) == ("pick", 0.8)
    assert stay(game, fruit, 0.2) is None
    assert [c.kind for c in game.cues()] == ["pick"]
    carried = game.target()
    assert carried is not None
    assert (carried.kind, carried.number) == ("place", target.number + 1)
    outcome = stay(game, home, 1.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (True, "placed")
    assert outcome.margin == pytest.approx(0.13)
    assert outcome.reached == pytest.approx(math.hypot(*fruit))
    assert outcome.reach_s == pytest.approx(1.0, abs=2 * DT)
    assert game.target() is None


def test_it_shows_as_counted_only_when_settled() -> None:
    game, spec = begun()
    stay(game, spec.goal.xy(1.0), 0.7)
    stay(game, spec.place.xy(1.0), 0.4)
    game.cues()
    stay(game, (0.0, -0.5), 1.0)
    assert game.cues() == ()
    assert not [t for t in game.things() if t.state == "placed"]
    game.settle(counted=True)
    assert [c.kind for c in game.cues()] == ["place"]
    assert len([t for t in game.things() if t.state == "placed"]) == 1


def test_a_hold_that_is_left_is_lost_twice_as_fast() -> None:
    game, spec = begun()
    stay(game, spec.goal.xy(1.0), 0.4)
    stay(game, (0.0, -0.4), 0.1)
    target = game.target()
    assert target is not None
    assert target.hold == pytest.approx(0.2 / 0.6, abs=0.06)
    stay(game, (0.0, -0.4), 0.2)
    assert game.target().hold == 0.0


@pytest.mark.parametrize("short", [0.02, 0.3])
def test_short_of_the_rim_is_not_reached_and_the_margin_says_by_how_much(short: float) -> None:
    game, spec = begun()
    x, y = spec.goal.xy(1.0)
    share = 1 - (0.13 + short) / math.hypot(x, y)
    outcome = stay(game, (x * share, y * share), 9.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (False, "not_reached")
    assert outcome.margin == pytest.approx(-short)
    assert math.isnan(outcome.reach_s)
    assert outcome.duration_s == pytest.approx(8.0, abs=2 * DT)


def test_picked_but_not_brought_home_is_not_placed() -> None:
    game, spec = begun()
    outcome = stay(game, spec.goal.xy(1.0), 9.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason, outcome.margin > 0) == (False, "not_placed", True)


def test_a_trial_can_be_given_up_once() -> None:
    game, _ = begun()
    stay(game, (0.1, -0.5), 1.0)
    outcome = game.abandon()
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (None, "stopped")
    assert game.abandon() is None
    assert game.target() is None


def test_the_basket_stays_within_a_short_reach() -> None:
    weak = Profile("p", "right", 200.0, {0.0: 0.4}, 0.0, (0, 0))
    spec = ReachGame(ORCHARD, weak, "right").propose(0, {"distance": 1.0}, 45.0)
    assert spec.place.distance == pytest.approx(0.36)


@pytest.mark.parametrize("hand", [(0.0, 0.0), (1e6, -1e6), (-3.0, 5.0)])
def test_wild_hands_leave_physics_finite(hand: tuple[float, float]) -> None:
    game, spec = begun()
    stay(game, spec.goal.xy(1.0), 0.7)
    for i in range(200):
        game.step(hand if i % 2 else (0.0, -0.5), DT)
    assert all(math.isfinite(v) for t in game.things() for v in (t.x, t.y, t.angle_rad))


def test_the_same_hands_give_the_same_swing_bit_for_bit() -> None:
    def swing() -> list[float]:
        game, spec = begun()
        stay(game, spec.goal.xy(1.0), 0.7)
        places = []
        for i in range(90):
            game.step((0.5 * math.sin(i / 9), -0.4), DT)
            places += [v for t in game.things() for v in (t.x, t.y, t.angle_rad)]
        return places

    assert swing() == swing()


@pytest.mark.parametrize("detour", [0.0, 0.2])
def test_the_path_ratio_is_the_way_over_the_straight_line(detour: float) -> None:
    game, spec = begun()
    x, y = spec.goal.xy(1.0)
    shares = [k / 100 for k in range(101)]
    way = [(s * x + detour * math.sin(math.pi * s), s * y + detour * math.sin(math.pi * s)) for s in shares]
    inside = next(i for i, at in enumerate(way) if math.dist(at, (x, y)) <= spec.goal.radius)
    true = sum(math.dist(a, b) for a, b in itertools.pairwise(way[: inside + 1])) / math.dist(
        way[0], way[inside]
    )
    for at in way:
        game.step(at, 1 / 60)
    stay(game, (x, y), 1.0)
    outcome = stay(game, spec.place.xy(1.0), 2.0)
    assert outcome is not None
    assert outcome.path_ratio == pytest.approx(true, abs=0.04)
    assert true > 1.2 or detour == 0.0


def test_a_tremble_in_place_is_no_way() -> None:
    game, spec = begun()
    x, y = spec.goal.xy(1.0)
    for k in range(120):
        game.step((0.1 + 0.008 * (k % 2), -0.5), 1 / 60)
    stay(game, (x, y), 1.0)
    outcome = stay(game, spec.place.xy(1.0), 2.0)
    assert outcome is not None
    assert outcome.path_ratio == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize(
    ("axis", "level", "told"),
    [
        ("size", 0.2, lambda spec: spec.goal.radius),
        ("hold", 1.5, lambda spec: spec.goal.hold_s),
        ("time", 5.0, lambda spec: spec.limit_s),
    ],
)
def test_other_axes_take_the_place_of_settings(axis: str, level: float, told) -> None:
    game, _ = begun()
    assert told(game.propose(1, {"distance": 0.7, axis: level}, 45.0)) == level
