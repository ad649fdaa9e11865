"""Cognitive load: other fruit hangs beside the wanted one, and holding the wrong one ends the try."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest
from staying import ORCHARD, stay

from rehabgames.core.limits import Limits
from rehabgames.core.person import Profile
from rehabgames.core.trial import Goal, TrialSpec
from rehabgames.core.view import FRUITS, Thing
from rehabgames.games import ReachGame
from rehabgames.games.choosing import APART, GAP, MODEL_RADIUS, NEAREST, kinds_of, load_of
from rehabgames.games.reach import SHOWN_S
from rehabgames.safety import Envelope

DIRECTIONS = (-40.0, 25.0, 45.0, 65.0, 85.0)
DT = 1 / 60
AWAY = (0.0, 0.3)
SIDES = (("right", 1.0), ("left", -1.0))


def profile(reach: float = 0.9, outward: float = 1.0) -> Profile:
    side = "right" if outward > 0 else "left"
    reaches = {-40.0: reach, 25.0: reach, 85.0: 0.85 * reach}
    return Profile("reach_quick", side, 200.0, reaches, 0.005, (0.15 * outward, -0.74))


def game_of(side: str = "right", reach: float = 0.9, seed: int = 1, **numbers: float) -> ReachGame:
    outward = 1.0 if side == "right" else -1.0
    settings = {**ORCHARD, **numbers}
    return ReachGame(settings, profile(reach, outward), "right" if outward > 0 else "left", DIRECTIONS, seed)


def begun(
    load: float = 3.0, number: int = 0, *, probe: bool = False, **how: float | str
) -> tuple[ReachGame, TrialSpec]:
    game = game_of(**how)  # type: ignore[arg-type]
    spec = replace(game.propose(number, {"distance": 0.95, "load": load}, 45.0), probe=probe)
    game.begin(spec)
    return game, spec


def hanging(game: ReachGame) -> list[Thing]:
    return [t for t in game.things() if t.kind in FRUITS and t.state not in ("wanted", "placed")]


def model(game: ReachGame) -> Thing | None:
    return next((t for t in game.things() if t.state == "wanted"), None)


def off_the_way(at: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    steps = [k / 200 for k in range(201)]
    way = [(start[0] + k * (end[0] - start[0]), start[1] + k * (end[1] - start[1])) for k in steps]
    return min(math.dist(at, each) for each in way)


# --- how many, which, where


@pytest.mark.parametrize(
    ("level", "many"), [(0.0, 0), (0.49, 0), (0.5, 1), (2.4, 2), (2.5, 3), (5.0, 5), (9.0, 5), (-1.0, 0)]
)
def test_a_level_is_rounded_to_so_many_others(level: float, many: int) -> None:
    assert load_of({"load": level}) == many
    spec = game_of(reach=1.0).propose(0, {"distance": 1.0, "load": level}, 45.0)
    assert len(spec.others) == many
    assert spec.levels == {"distance": 1.0, "load": level}


def test_without_load_nothing_is_different() -> None:
    hands = [(0.02 * k, -0.6 + 0.004 * k) for k in range(40)]
    told = []
    for levels in ({"distance": 0.9}, {"distance": 0.9, "load": 0.4}):
        game, seen = game_of(), []
        for number in range(3):
            spec = game.propose(number, levels, DIRECTIONS[number])
            assert spec.others == ()
            game.begin(spec)
            for hand in (*hands, *[spec.goal.xy(1.0)] * 45, *[spec.place.xy(1.0)] * 45):
                outcome = game.step(hand, DT)
                seen.append((outcome, game.target(), game.things(), game.prompt(), game.cues()))
                if outcome is not None:
                    game.settle(counted=outcome.success is True)
        told.append(seen)
    assert repr(told[0]) == repr(told[1])
    plain = ReachGame(ORCHARD, profile(), "right").propose(0, {"distance": 0.9}, 45.0)
    assert plain == game_of().propose(0, {"distance": 0.9}, 45.0)


@pytest.mark.parametrize("seed", range(6))
def test_every_kind_is_wanted_as_often_and_none_twice_running(seed: int) -> None:
    wanted = [kinds_of(seed, number, 5)[0] for number in range(300)]
    assert all(a != b for a, b in itertools.pairwise(wanted))
    assert all(set(wanted[i : i + 5]) == set(FRUITS) for i in range(0, 300, 5))
    assert len({tuple(wanted[i : i + 5]) for i in range(0, 300, 5)}) > 20


def test_others_are_of_other_kinds_all_different_while_there_are_enough() -> None:
    for number in range(60):
        for many in range(6):
            wanted, *others = kinds_of(3, number, many)
            assert len(others) == many
            assert wanted not in others
            assert len(set(others)) == min(many, 4)
    assert kinds_of(1, 7, 3) == kinds_of(1, 7, 3)
    assert len({kinds_of(seed, 7, 3) for seed in range(12)}) > 6


@pytest.mark.parametrize(("side", "outward"), SIDES)
@pytest.mark.parametrize("reach", [0.45, 0.7, 0.95])
@pytest.mark.parametrize("level", [0.5, 0.8, 1.1])
def test_others_hang_where_they_may(side: str, outward: float, reach: float, level: float) -> None:
    game, envelope = game_of(side, reach), Envelope(Limits())
    rest = (0.15 * outward, -0.74)
    for number, direction in itertools.product(range(8), DIRECTIONS):
        spec = game.propose(number, {"distance": level, "load": 5.0}, direction)
        goal, home = spec.goal.xy(outward), spec.place.xy(outward)
        for other in spec.others:
            at = other.xy(outward)
            assert DIRECTIONS[0] <= other.direction_deg <= DIRECTIONS[-1]
            assert NEAREST <= other.distance <= spec.goal.distance
            assert other.distance <= level * profile(reach).reach_towards(other.direction_deg) + 1e-9
            assert math.dist(at, goal) >= APART
            assert math.dist(at, home) >= 0.13 + 0.17
            assert math.dist(at, rest) >= 0.13
            assert off_the_way(at, home, goal) >= 0.13
            assert off_the_way(at, rest, goal) >= 0.13
            assert math.dist(at, (home[0], home[1] - 0.36)) >= MODEL_RADIUS + 0.13
        for one, two in itertools.combinations(spec.others, 2):
            assert math.dist(one.xy(1.0), two.xy(1.0)) >= 2 * 0.13 + GAP - 1e-9
        asked = replace(spec, levels={"distance": level, "load": float(len(spec.others))})
        if envelope.allows(spec.goal):
            assert envelope.trial(asked) == asked


def test_where_few_have_room_the_level_says_how_many_there_are() -> None:
    game = game_of(reach=0.6)
    seen = set()
    for number in range(10):
        spec = game.propose(number, {"distance": 0.8, "load": 5.0}, 45.0)
        assert spec.levels["load"] == len(spec.others) < 5
        seen.add(len(spec.others))
    assert max(seen) >= 1
    none = game_of(reach=0.26).propose(0, {"distance": 1.0, "load": 2.0}, 85.0)
    assert (none.others, none.levels["load"]) == ((), 0.0)


def test_directions_are_those_of_the_exercise_or_else_of_the_profile() -> None:
    narrow = ReachGame(ORCHARD, profile(), "right", (45.0, 85.0))
    wide = ReachGame(ORCHARD, profile(), "right")
    seen: dict[str, list[float]] = {"narrow": [], "wide": []}
    for number in range(12):
        for name, game in (("narrow", narrow), ("wide", wide)):
            spec = game.propose(number, {"distance": 1.0, "load": 3.0}, 45.0)
            seen[name] += [other.direction_deg for other in spec.others]
    assert min(seen["narrow"]) >= 45.0
    assert -40.0 <= min(seen["wide"]) < 20.0


def test_the_same_seed_and_number_give_the_same_trial_and_others_do_not() -> None:
    levels = {"distance": 1.0, "load": 4.0}
    one = game_of(seed=4).propose(9, levels, 65.0)
    assert one == game_of(seed=4).propose(9, levels, 65.0)
    assert one.others != game_of(seed=5).propose(9, levels, 65.0).others
    assert one.others != game_of(seed=4).propose(10, levels, 65.0).others


def test_a_resting_hand_that_was_never_seen_keeps_nothing_away() -> None:
    unseen = replace(profile(), rest_xy=(math.nan, math.nan))
    spec = ReachGame(ORCHARD, unseen, "right").propose(0, {"distance": 1.0, "load": 5.0}, 45.0)
    assert len(spec.others) == 5


# --- playing it


@pytest.mark.parametrize(("side", "outward"), SIDES)
def test_nothing_leads_to_the_wanted_fruit_until_a_hand_is_in_one(side: str, outward: float) -> None:
    game, spec = begun(side=side)
    (appear,) = game.cues()
    assert (appear.x, appear.y) == spec.place.xy(outward)
    assert stay(game, AWAY, 0.5) is None
    assert game.target() is None
    still = next(t for t in hanging(game) if t.key == "fruit 0")
    assert (still.x, still.y) == spec.goal.xy(outward)
    assert len({(t.state, t.radius, t.angle_rad) for t in hanging(game)}) == 1
    for goal in (spec.others[0], spec.goal):  # the wrong one is shown as held just the same
        stay(game, goal.xy(outward), 0.3)
        target = game.target()
        assert target is not None
        assert (target.kind, target.x, target.y) == ("pick", *goal.xy(outward))
        assert target.hold == pytest.approx(0.5, abs=0.05)
        prompt = game.prompt()
        assert prompt is not None
        assert prompt.id == "play.hold"


def test_what_is_wanted_is_shown_under_the_basket_and_said() -> None:
    for number in range(5):
        game, spec = begun(number=number)
        shown, prompt = model(game), game.prompt()
        assert shown is not None
        assert prompt is not None
        wanted = next(t for t in hanging(game) if t.key == f"fruit {number}")
        assert (wanted.x, wanted.y) == pytest.approx(spec.goal.xy(1.0))
        assert shown.kind == wanted.kind == kinds_of(1, number, 3)[0]
        assert (prompt.id, prompt.params) == ("play.choose", {"fruit": f"fruit.{wanted.kind}"})
        assert shown.y < spec.place.xy(1.0)[1]
        assert sorted(t.kind for t in hanging(game)).count(wanted.kind) == 1
        assert len({t.key for t in game.things()}) == len(game.things())


def test_the_wanted_fruit_is_picked_and_brought_home_as_its_kind() -> None:
    game, spec = begun()
    kind = kinds_of(1, 0, 3)[0]
    first = stay(game, spec.goal.xy(1.0), 0.3)
    assert first is None
    held = game.target()
    stay(game, spec.goal.xy(1.0), 0.4)
    carried = game.target()
    assert held is not None
    assert carried is not None
    assert carried.kind == "place"
    assert carried.number > held.number
    assert model(game) is None
    states = {t.key: t.state for t in hanging(game)}
    assert states.pop("fruit 0") == "held"
    assert set(states.values()) == {"fading"}
    # on the way home others do not matter any more
    assert stay(game, spec.others[0].xy(1.0), 1.0) is None
    outcome = stay(game, spec.place.xy(1.0), 0.5)
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (True, "placed")
    assert outcome.margin == pytest.approx(0.13)
    game.settle(counted=True)
    assert [t.kind for t in game.things() if t.state == "placed"] == [kind]


@pytest.mark.parametrize(("side", "outward"), SIDES)
def test_holding_another_fruit_is_a_wrong_choice(side: str, outward: float) -> None:
    game, spec = begun(side=side)
    stay(game, AWAY, 1.0)
    game.cues()
    outcome = stay(game, spec.others[1].xy(outward), 1.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (False, "wrong")
    assert outcome.duration_s == pytest.approx(1.6, abs=2 * DT)
    assert all(math.isnan(v) for v in (outcome.margin, outcome.reached, outcome.reach_s, outcome.path_ratio))
    assert game.target() is None
    assert stay(game, spec.others[1].xy(outward), 0.1) is None
    kind = kinds_of(1, 0, 3)[2]
    states = {t.key: (t.kind, t.state) for t in hanging(game)}
    assert states["other 0 2"] == (kind, "ready")
    assert states["fruit 0"][1] == "ready"
    assert {state for key, (_, state) in states.items() if key not in ("other 0 2", "fruit 0")} == {"fading"}
    assert game.cues() == ()
    game.settle(counted=False)
    (miss,) = game.cues()
    assert (miss.kind, miss.x, miss.y) == ("miss", *spec.others[1].xy(outward))
    prompt = game.prompt()
    assert prompt is not None
    assert (prompt.id, prompt.params) == ("play.chosen", {"fruit": f"fruit.{kind}"})
    turned = []
    for _ in range(round(SHOWN_S / DT) - 8):
        game.step(AWAY, DT)
        turned.append(next(t.angle_rad for t in hanging(game) if t.key == "other 0 2"))
    assert max(turned) > 0.05 > -0.02 > min(turned)
    assert abs(turned[-1]) < 0.5 * max(map(abs, turned))
    stay(game, AWAY, 0.5)
    assert [t.kind for t in game.things()] == ["basket"]


def test_a_hand_that_passes_through_has_not_chosen() -> None:
    game, spec = begun()
    for goal in (*spec.others, *spec.others):
        assert stay(game, goal.xy(1.0), 0.5) is None
    assert stay(game, spec.goal.xy(1.0), 0.5) is None
    assert game.target() is not None
    stay(game, spec.goal.xy(1.0), 0.2)
    carried = game.target()
    assert carried is not None
    assert carried.kind == "place"


def test_a_hold_that_is_left_is_lost_here_too() -> None:
    game, spec = begun()
    stay(game, spec.goal.xy(1.0), 0.4)
    stay(game, AWAY, 0.1)
    target = game.target()
    assert target is not None
    assert target.hold == pytest.approx(0.2 / 0.6, abs=0.06)
    stay(game, AWAY, 0.2)
    assert game.target() is None


def test_without_a_hold_the_wanted_one_is_touched_and_another_is_not_chosen_in_passing() -> None:
    game, spec = begun(hold_s=0.0)
    assert stay(game, spec.others[0].xy(1.0), 0.25) is None
    assert game.step(spec.goal.xy(1.0), DT) is None
    target = game.target()
    assert target is not None
    assert target.kind == "place"


def test_targets_of_all_fruit_have_numbers_of_their_own() -> None:
    game, numbers = game_of(), []
    for number in range(3):
        spec = game.propose(number, {"distance": 0.95, "load": 3.0}, 45.0)
        game.begin(spec)
        for goal, seconds in [(o, 0.2) for o in spec.others] + [(spec.goal, 0.2), (spec.goal, 0.7)]:
            stay(game, goal.xy(1.0), seconds)
            target = game.target()
            assert target is not None
            numbers.append(target.number)
        game.abandon()
    assert len(set(numbers)) == len(numbers) == 15
    assert [max(numbers[i : i + 5]) < min(numbers[i + 5 : i + 10]) for i in (0, 5)] == [True, True]


def test_a_probe_says_nothing_of_a_wrong_choice() -> None:
    game, spec = begun(probe=True)
    outcome = stay(game, spec.others[0].xy(1.0), 1.0)
    assert outcome is not None
    assert outcome.reason == "wrong"
    game.cues()
    game.settle(counted=False)
    stay(game, AWAY, 0.2)
    assert (game.prompt(), game.cues(), model(game)) == (None, (), None)
    others = [t for t in hanging(game) if t.key.startswith("other")]
    assert {(t.state, t.angle_rad) for t in others} == {("fading", 0.0)}


def test_not_reached_has_a_margin_and_abandoning_judges_nothing() -> None:
    game, _ = begun()
    outcome = stay(game, AWAY, 9.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (False, "not_reached")
    assert outcome.margin < 0
    game, spec = begun()
    stay(game, spec.others[0].xy(1.0), 0.3)
    given_up = game.abandon()
    assert given_up is not None
    assert (given_up.success, given_up.reason) == (None, "stopped")
    assert hanging(game) == []


def test_a_trial_without_others_after_one_with_them_is_plain_again() -> None:
    game, spec = begun()
    stay(game, spec.others[0].xy(1.0), 1.0)
    game.settle(counted=False)
    plain = game.propose(1, {"distance": 0.8, "load": 0.0}, 45.0)
    game.begin(plain)
    stay(game, AWAY, 0.5)
    target, prompt = game.target(), game.prompt()
    assert target is not None
    assert prompt is not None
    assert (target.kind, prompt.id) == ("pick", "play.reach")
    assert [(t.key, t.kind) for t in game.things()] == [("basket", "basket"), ("fruit 1", "fruit")]


def test_whatever_others_are_given_they_are_shown_where_they_are() -> None:
    """A spec may come from somewhere else than from `propose`."""
    game, spec = begun()
    there = Goal(85.0, 0.5, 0.1, 0.4)
    game.begin(replace(spec, number=7, others=(there,)))
    other = next(t for t in game.things() if t.key == "other 7 1")
    assert (other.x, other.y, other.radius) == (*there.xy(1.0), 0.1)
    outcome = stay(game, there.xy(1.0), 0.5)
    assert outcome is not None
    assert outcome.reason == "wrong"
