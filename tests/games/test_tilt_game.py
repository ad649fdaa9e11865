"""Tilt: where the ball goes, what each lean comes to, and that no lean loses the ball."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabgames.core.limits import Limits
from rehabgames.core.person import Profile
from rehabgames.core.trial import Goal, Outcome, TrialSpec
from rehabgames.games import GAMES
from rehabgames.games.rolling import BOWL, END, Rolling
from rehabgames.games.tilt import PIVOT_Y, SHOWN_S, TiltGame
from rehabgames.safety import Envelope

NUMBERS = {"hollow_radius": 0.2, "hold_s": 1.0, "middle_radius": 0.25, "trial_s": 12.0, "pause_s": 0.8}
PROFILE = Profile("weight_shift_sitting", "right")
DT = 1 / 60


def begun(shift: float = 0.6, direction: float = 90.0, **numbers: float) -> tuple[TiltGame, TrialSpec]:
    game = TiltGame({**NUMBERS, **numbers}, PROFILE, "right")
    spec = game.propose(0, {"shift": shift}, direction)
    game.begin(spec)
    return game, spec


def lean(game: TiltGame, x: float, seconds: float) -> Outcome | None:
    for _ in range(round(seconds / DT)):
        outcome = game.step((x, 0.0), DT)
        if outcome is not None:
            return outcome
    return None


def thing(game: TiltGame, kind: str):
    return next(t for t in game.things() if t.kind == kind)


@pytest.mark.parametrize("x", [-1.0, -0.4, 0.0, 0.25, 0.95])
def test_the_ball_rests_where_the_lean_says_and_where_the_board_is_lowest(x: float) -> None:
    rolling = Rolling()
    for _ in range(300):
        rolling.step(x, DT)
    assert rolling.along == pytest.approx(x, abs=0.01)
    # tan and angle differ a little: the board is drawn as a sheared bow
    lowest = min((i / 100 for i in range(-115, 116)), key=rolling.height)
    assert lowest == pytest.approx(x, abs=0.03)
    assert rolling.tilt_rad == pytest.approx(-x / BOWL, abs=1e-3)


def test_it_settles_within_two_seconds_and_overshoots_little() -> None:
    rolling, places = Rolling(), []
    for _ in range(180):
        rolling.step(0.8, DT)
        places.append(rolling.along)
    assert max(places) < 0.8 * 1.15
    assert all(abs(p - 0.8) < 0.05 for p in places[110:])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(-1e12, 1e12) | st.sampled_from([-1.0, 1.0]), st.sampled_from([0.0, DT, 0.1])),
        max_size=150,
    )
)
def test_no_lean_loses_the_ball(leans: list[tuple[float, float]]) -> None:
    game, _ = begun(trial_s=60.0)
    for x, dt in leans:
        game.step((x, 0.0), dt)
        assert all(math.isfinite(v) for t in game.things() for v in (t.x, t.y, t.angle_rad))
        assert abs(thing(game, "ball").x) < END + 0.02
        assert abs(thing(game, "board").angle_rad) < 0.35


@pytest.mark.parametrize("direction", [-90.0, 90.0])
def test_lean_hold_and_reach_it(direction: float) -> None:
    game, spec = begun(direction=direction)
    side = math.copysign(1.0, direction)
    assert [c.kind for c in game.cues()] == ["appear"]
    target = game.target()
    assert target is not None
    assert (target.kind, target.x, target.radius) == ("lean", pytest.approx(side * 0.6), 0.2)
    outcome = lean(game, side * 0.6, 6.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (True, "reached")
    assert 0.1 < outcome.margin <= spec.goal.radius
    assert outcome.reached >= 0.5
    assert outcome.duration_s == pytest.approx(outcome.reach_s + spec.goal.hold_s, abs=3 * DT)
    assert game.target() is None


def test_every_hollow_is_begun_from_the_middle() -> None:
    game, spec = begun()
    assert lean(game, 0.6, 6.0) is not None
    game.settle(counted=True)
    lean(game, 0.6, 2.0)
    game.cues()
    game.begin(replace(spec, number=1))
    assert lean(game, 0.6, 3.0) is None  # it lies in the hollow already, and that is no shift
    target = game.target()
    assert target is not None
    assert (target.x, target.hold) == (pytest.approx(0.0), 0.0)
    assert thing(game, "middle").radius == 0.25
    assert game.cues() == ()
    lean(game, 0.0, 1.0)
    assert [c.kind for c in game.cues()] == ["appear"]
    again = game.target()
    assert again is not None
    assert again.number == target.number + 1
    outcome = lean(game, 0.6, 6.0)
    assert outcome is not None
    assert outcome.success


@pytest.mark.parametrize("short", [0.03, 0.3])
def test_short_of_the_rim_the_margin_says_by_how_much(short: float) -> None:
    game, spec = begun(shift=0.8)
    for i in range(600):  # slowly, so that the ball does not swing over
        game.step(((0.6 - short) * min(1.0, i / 300), 0.0), DT)
    outcome = lean(game, 0.6 - short, 12.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (False, "not_reached")
    assert outcome.margin == pytest.approx(-short, abs=0.025)
    assert math.isnan(outcome.reach_s)
    assert outcome.duration_s == pytest.approx(spec.limit_s, abs=2 * DT)


def test_a_ball_that_only_passes_is_not_held() -> None:
    game, spec = begun(shift=0.4)
    outcome = lean(game, 1.0, 13.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (False, "not_held")
    assert outcome.margin > 0
    assert outcome.reached > spec.goal.distance


def test_whoever_never_comes_back_to_the_middle_is_not_told_about_a_hollow() -> None:
    game, spec = begun()
    lean(game, -0.9, 3.0)
    game.abandon()
    game.begin(spec)
    outcome = lean(game, -0.9, 13.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (False, "not_reached")
    assert math.isnan(outcome.margin)


@given(st.floats(0.2, 0.95), st.sampled_from([-90.0, 90.0]), st.floats(-1.2, 1.2))
@settings(max_examples=25, deadline=None)
def test_the_margin_and_the_success_agree_unless_it_was_not_held(
    shift: float, direction: float, x: float
) -> None:
    game, spec = begun(shift, direction, trial_s=5.0)
    outcome = lean(game, x, 6.0)
    assert outcome is not None
    assert outcome.success is not None
    if outcome.reason == "not_held":
        assert outcome.margin >= 0
    else:
        assert (outcome.margin >= 0) == outcome.success
    assert outcome.margin <= spec.goal.radius


def test_it_plays_the_trial_that_it_is_given() -> None:
    game = TiltGame(NUMBERS, PROFILE, "right")
    wish = game.propose(3, {"shift": 0.95, "hold": 3.0, "time": 1.0}, -90.0)
    given_now = Envelope(Limits(shift=0.4, hold_s=0.5)).trial(wish)
    assert (given_now.goal.distance, given_now.goal.hold_s) == (0.4, 0.5)
    assert given_now.levels["shift"] == pytest.approx(0.4)
    assert given_now.limit_s > 1.0  # at the fastest mean speed
    given_now = replace(given_now, limit_s=3.0)
    game.begin(given_now)
    target = game.target()
    assert target is not None
    assert target.x == pytest.approx(-0.4)
    outcome = lean(game, -0.4, 6.0)
    assert outcome is not None
    assert outcome.success
    assert outcome.duration_s < 3.0
    game.begin(given_now)
    outcome = lean(game, 0.4, 20.0)
    assert outcome is not None
    assert outcome.duration_s == pytest.approx(given_now.limit_s, abs=2 * DT)


def test_a_goal_without_a_way_opens_at_once() -> None:
    game = TiltGame(NUMBERS, PROFILE, "right")
    lean(game, 0.9, 3.0)
    game.begin(TrialSpec(0, {"shift": 0.9}, Goal(90.0, 0.9, 0.2, 0.5, "shift"), None, 5.0))
    outcome = lean(game, 0.9, 5.0)
    assert outcome is not None
    assert outcome.success


@pytest.mark.parametrize(
    ("axis", "level", "told"),
    [
        ("shift", 0.4, lambda spec: spec.goal.distance),
        ("size", 0.1, lambda spec: spec.goal.radius),
        ("hold", 2.5, lambda spec: spec.goal.hold_s),
        ("time", 9.0, lambda spec: spec.limit_s),
    ],
)
def test_axes_take_the_place_of_settings(axis: str, level: float, told) -> None:
    game = TiltGame({**NUMBERS, "shift": 0.7}, PROFILE, "right")
    assert axis in GAMES["tilt"].axes
    assert told(game.propose(1, {axis: level}, 90.0)) == level
    assert game.propose(1, {"hold": 1.0}, 90.0).goal.distance == 0.7


def test_the_result_is_shown_only_when_it_is_on_record_and_then_goes() -> None:
    game, _ = begun()
    lean(game, 0.6, 6.0)
    game.cues()
    assert lean(game, 0.6, 2.0) is None
    assert (game.prompt(), game.cues(), thing(game, "hollow").state) == (None, (), "held")
    game.settle(counted=True)
    assert [c.kind for c in game.cues()] == ["place"]
    assert thing(game, "hollow").state == "placed"
    prompt = game.prompt()
    assert prompt is not None
    assert prompt.id == "play.well_done"
    lean(game, 0.6, SHOWN_S + 0.1)
    assert game.prompt() is None
    assert {t.kind for t in game.things()} == {"board", "ball"}


@pytest.mark.parametrize("counted", [True, False])
def test_of_a_probe_nothing_is_said(counted: bool) -> None:
    game, spec = begun()
    game.begin(replace(spec, probe=True))
    lean(game, 0.6 if counted else 0.0, 13.0)
    game.cues()
    game.settle(counted=counted)
    assert (game.cues(), game.prompt(), thing(game, "hollow").state) == ((), None, "fading")


def test_a_trial_can_be_given_up_once_and_before_the_first_there_is_only_the_board() -> None:
    game = TiltGame(NUMBERS, PROFILE, "right")
    assert (game.target(), game.prompt(), game.cues(), game.abandon()) == (None, None, (), None)
    assert {t.kind for t in game.things()} == {"board", "ball"}
    assert thing(game, "board").y == PIVOT_Y
    game.settle(counted=True)
    game.begin(game.propose(0, {"shift": 0.5}, 90.0))
    lean(game, 0.2, 1.0)
    outcome = game.abandon()
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (None, "stopped")
    assert game.abandon() is None
    assert game.target() is None


def test_the_same_leans_give_the_same_ball_bit_for_bit() -> None:
    def rolled() -> list[float]:
        game, _ = begun()
        found = []
        for i in range(200):
            game.step((0.8 * math.sin(i / 20), 0.0), DT if i % 3 else 0.05)
            found += [v for t in game.things() for v in (t.x, t.y, t.angle_rad, t.share)]
        return found

    assert rolled() == rolled()
