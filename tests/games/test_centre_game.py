"""Hold a centre while disturbed: what each way of leaning comes to."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from staying import thing_of

from rehabgames.core.limits import Limits
from rehabgames.core.person import Profile
from rehabgames.core.trial import Outcome, TrialSpec
from rehabgames.core.view import Thing
from rehabgames.games import GAMES
from rehabgames.games.centre import AHEAD_S, LEAST_MARGIN, RISE_S, SHOWN_S, CentreGame
from rehabgames.safety.envelope import Envelope

NUMBERS = {"ring_radius": 0.18, "hold_s": 3.0, "push": 0.5, "trial_s": 20.0, "pause_s": 1.0}
PROFILE = Profile("weight_shift_sitting", "right")
DT = 1 / 60
Leans = Callable[[CentreGame], float]


def raft_of(game: CentreGame) -> Thing:
    return next(thing for thing in game.things() if thing.kind == "raft")


def begun(
    number: int = 0, seed: int = 5, direction: float = 90.0, **changed: float
) -> tuple[CentreGame, TrialSpec]:
    game = CentreGame({**NUMBERS, **changed}, PROFILE, "right", seed=seed)
    spec = game.propose(number, {}, direction)
    game.begin(spec)
    return game, spec


class Skilled:
    """Leans against the water by how far the raft is off, with the delay of a person."""

    def __init__(self, delay_s: float = 0.25) -> None:
        self._seen = [0.0] * max(1, round(delay_s / DT))
        self._lean = 0.0

    def __call__(self, game: CentreGame) -> float:
        self._seen.append(raft_of(game).x)
        self._lean -= 2.0 * DT * self._seen.pop(0)
        return self._lean


def still(_: CentreGame) -> float:
    return 0.0


def aside(_: CentreGame) -> float:
    return 1.0


def play(game: CentreGame, leans: Leans, seconds: float = 61.0) -> Outcome | None:
    for _ in range(round(seconds / DT)):
        outcome = game.step((leans(game), 0.0), DT)
        if outcome is not None:
            return outcome
    return None


def test_the_settings_are_those_that_the_game_reads() -> None:
    assert GAMES["centre"].settings.keys() == NUMBERS.keys()


def test_whoever_leans_against_the_water_holds_the_ring() -> None:
    game, spec = begun()
    outcome = play(game, Skilled())
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (True, "reached")
    assert 0 < outcome.margin <= spec.goal.radius
    assert outcome.duration_s - outcome.reach_s >= spec.goal.hold_s - 1e-9
    assert outcome.reach_s >= RISE_S - DT
    assert game.target() is None


def test_whoever_stays_aside_does_not_and_the_margin_says_by_how_much() -> None:
    game, spec = begun(push=0.0)
    outcome = play(game, aside)
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (False, "not_held")
    assert outcome.margin == pytest.approx(spec.goal.radius - 1.0, abs=1e-3)
    assert outcome.duration_s == pytest.approx(spec.limit_s, abs=2 * DT)
    assert math.isnan(outcome.reach_s)


def test_more_water_is_harder_for_the_same_player() -> None:
    def share(push: float) -> float:
        games = [begun(number, seed=11, push=push, hold_s=4.0)[0] for number in range(16)]
        found = [play(game, still) for game in games]
        return sum(outcome is not None and outcome.success is True for outcome in found) / len(found)

    gentle, rough = share(0.1), share(0.8)
    assert gentle == 1.0
    assert rough < 0.5


def test_the_water_pushes_by_what_the_spec_allows_and_no_more() -> None:
    game = CentreGame(NUMBERS, PROFILE, "right", seed=3)
    asked = game.propose(4, {"push": 0.8}, 90.0)
    allowed = Envelope(Limits(shift=0.3)).trial(asked)
    assert [goal.distance for goal in allowed.way] == [0.3, 0.3]
    assert "way" in allowed.clamped
    game.begin(allowed)
    far = []
    for _ in range(600):
        game.step((0.0, 0.0), DT)
        far.append(abs(raft_of(game).x))
    assert 0.1 < max(far) <= 0.3


def test_the_given_trial_is_played_and_not_the_proposed_one() -> None:
    game, spec = begun()
    given = replace(spec, limit_s=4.0, goal=replace(spec.goal, radius=0.07, hold_s=1.0), way=())
    game.begin(given)
    target = game.target()
    assert target is not None
    assert (target.kind, target.x, target.y, target.radius) == ("lean", 0.0, 0.0, 0.07)
    outcome = play(game, still)
    assert outcome is not None
    assert (outcome.success, outcome.duration_s) == (True, pytest.approx(RISE_S + 1.0, abs=3 * DT))
    game.begin(replace(given, number=1))
    outcome = play(game, aside)
    assert outcome is not None
    assert outcome.duration_s == pytest.approx(4.0, abs=2 * DT)


def test_a_hold_that_is_left_is_lost_twice_as_fast() -> None:
    game, _ = begun(push=0.0)
    play(game, still, RISE_S + 1.5)
    assert game.target().hold == pytest.approx(0.5, abs=0.02)
    play(game, aside, 0.1)  # until the raft is out
    before = game.target().hold
    play(game, aside, 0.5)
    assert game.target().hold == pytest.approx(before - 1.0 / 3.0, abs=0.02)
    play(game, aside, 1.0)
    assert game.target().hold == 0.0


def test_nothing_is_held_while_the_water_rises() -> None:
    game, _ = begun(push=0.0)
    play(game, still, RISE_S - DT)
    assert (game.target().hold, thing_of(game, "ring").state) == (0.0, "growing")
    play(game, still, 0.5)
    assert game.target().hold > 0.0
    assert thing_of(game, "ring").state == "ready"


@settings(max_examples=25, deadline=None)
@given(
    st.floats(0.0, 0.8), st.floats(0.06, 0.4), st.floats(0.0, 5.0), st.integers(0, 999), st.floats(-0.5, 0.5)
)
def test_the_margin_agrees_with_success(
    push: float, radius: float, hold_s: float, seed: int, lean: float
) -> None:
    game, _ = begun(seed=seed, push=push, ring_radius=radius, hold_s=hold_s, trial_s=9.0)
    outcome = play(game, lambda _: lean)
    assert outcome is not None
    assert (outcome.margin > 0) == outcome.success
    assert abs(outcome.margin) >= LEAST_MARGIN
    assert outcome.margin <= radius


def test_the_wave_is_seen_as_long_ahead_as_is_said() -> None:
    game, _ = begun(seed=8, hold_s=10.0)
    seen, came = [], []
    for _ in range(900):
        game.step((0.0, 0.0), DT)
        seen.append(thing_of(game, "swell").x)
        came.append(raft_of(game).x)
    ahead = round(AHEAD_S / DT)
    late = round(0.125 / DT)  # by which the raft follows the water
    told, was = seen[: 900 - ahead - late], came[ahead + late :]
    worst = max(abs(a - b) for a, b in zip(told, was, strict=True))
    assert worst < 0.03
    assert max(map(abs, told)) > 0.3


def test_the_raft_is_never_put_anywhere_at_a_stroke() -> None:
    game, _ = begun(seed=2, push=0.8)
    places = []
    for i in range(1700):
        if game.step((0.0, 0.0), DT) is not None:
            game.settle(counted=False)
        if i == 1500:
            game.begin(game.propose(1, {}, -90.0))
        places.append(raft_of(game).x)
    assert max(abs(b - a) for a, b in itertools.pairwise(places)) < 0.04


def test_a_trial_can_be_given_up_once() -> None:
    game, _ = begun()
    play(game, still, 2.0)
    outcome = game.abandon()
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (None, "stopped")
    assert math.isfinite(outcome.margin)
    assert (game.abandon(), game.target()) == (None, None)


def test_before_the_first_trial_there_is_nothing() -> None:
    game = CentreGame(NUMBERS, PROFILE, "left")
    assert game.step((0.2, 0.0), DT) is None
    assert (game.target(), game.things(), game.prompt(), game.cues()) == (None, (), None, ())
    assert game.abandon() is None
    game.settle(counted=True)


@pytest.mark.parametrize("counted", [True, False])
def test_the_end_is_told_once_and_shown_only_when_it_is_on_record(counted: bool) -> None:
    game, _ = begun(push=0.0)
    assert play(game, still if counted else aside) is not None
    game.cues()
    assert play(game, still, 2.0) is None
    assert (game.cues(), game.prompt()) == ((), None)
    game.settle(counted=counted)
    game.settle(counted=counted)
    assert [cue.kind for cue in game.cues()] == ["place" if counted else "miss"]
    assert game.prompt().id == ("play.well_done" if counted else "play.centre_missed")
    assert thing_of(game, "ring").state == ("placed" if counted else "fading")
    play(game, still, SHOWN_S + 0.1)
    assert game.prompt() is None
    assert [thing.kind for thing in game.things()] == ["swell", "raft"]


@pytest.mark.parametrize("leans", [still, aside])
def test_a_probe_says_nothing_of_how_it_went(leans: Leans) -> None:
    game, spec = begun(push=0.0)
    game.begin(replace(spec, probe=True))
    assert play(game, leans) is not None
    game.cues()
    game.settle(counted=False)
    assert (game.cues(), game.prompt(), thing_of(game, "ring").state) == ((), None, "fading")


@pytest.mark.parametrize("grip", [math.nan, 0.0, 1.0])
def test_the_grip_says_nothing_here(grip: float) -> None:
    games = [begun()[0], begun()[0]]
    for game, given_grip in zip(games, (0.5, grip), strict=True):
        for i in range(240):
            game.step((0.3 * math.sin(i / 30), 0.0), DT, given_grip)
    assert games[0].things() == games[1].things()


def test_the_same_leans_give_the_same_floats() -> None:
    def course() -> list[float]:
        game, _ = begun(number=7, seed=21)
        floats = []
        for i in range(500):
            outcome = game.step((0.4 * math.sin(i / 40), 0.0), DT)
            floats += [v for t in game.things() for v in (t.x, t.angle_rad, t.share)]
            floats += [] if outcome is None else [outcome.margin, outcome.duration_s]
        return floats

    assert course() == course()


@pytest.mark.parametrize("dt_s", [1 / 240, 1 / 60, 1 / 5])
def test_five_pictures_a_second_are_enough(dt_s: float) -> None:
    game, _ = begun(push=0.0)
    outcome = None
    for _ in range(round(30 / dt_s)):
        outcome = outcome or game.step((0.05, 0.0), dt_s)
    assert outcome is not None
    assert (outcome.success, outcome.margin) == (True, pytest.approx(0.13, abs=0.01))


@pytest.mark.parametrize(
    ("axis", "level", "told"),
    [
        ("push", 0.4, lambda spec: spec.way[0].distance),
        ("size", 0.3, lambda spec: spec.goal.radius),
        ("hold", 1.5, lambda spec: spec.goal.hold_s),
    ],
)
def test_axes_take_the_place_of_settings(axis: str, level: float, told) -> None:
    game, _ = begun()
    assert told(game.propose(1, {axis: level}, -90.0)) == level
