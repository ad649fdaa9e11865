"""Trace a path: what each hand comes to, what is asked, and what is no way round."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from staying import stay

from rehabgames.core.limits import Limits, Sector
from rehabgames.core.person import Profile
from rehabgames.core.trial import Outcome, TrialSpec
from rehabgames.games import GAMES
from rehabgames.games.figures import figure_of
from rehabgames.games.inked import Inked
from rehabgames.games.trace import SHOWN_S, TraceGame
from rehabgames.safety.envelope import Envelope

NUMBERS = {
    "way_radius": 0.12,
    "start_hold_s": 0.3,
    "end_hold_s": 0.4,
    "curve": 1.0,
    "trial_s": 22.0,
    "pause_s": 0.8,
}
PROFILE = Profile("reach_quick", "right", 200.0, {-40.0: 0.8, 25.0: 0.8, 85.0: 0.6}, 0.005, (0.15, -0.74))
DIRECTIONS = (-40.0, 25.0, 45.0, 65.0, 85.0)
DT = 1 / 60
Point = tuple[float, float]


def game_of(side: str = "right", seed: int = 3, **numbers: float) -> TraceGame:
    return TraceGame({**NUMBERS, **numbers}, PROFILE, "left" if side == "left" else "right", DIRECTIONS, seed)


def begun(
    side: str = "right", number: int = 0, direction: float = 65.0, **numbers: float
) -> tuple[TraceGame, TrialSpec]:
    game = game_of(side, **numbers)
    spec = game.propose(number, {"distance": 0.8}, direction)
    game.begin(spec)
    return game, spec


def places_of(spec: TrialSpec, outward: float = 1.0) -> list[Point]:
    return [goal.xy(outward) for goal in (*spec.way, spec.goal)]


def along(places: list[Point], speed: float = 0.5, dt_s: float = DT, upto: float = 1.0) -> list[Point]:
    """Where a hand is, frame by frame, that goes through the places up to a share of the whole."""
    lengths = [math.dist(a, b) for a, b in itertools.pairwise(places)]
    whole, found, at = sum(lengths), [], 0.0
    while at <= upto * whole:
        left = at
        for (a, b), long in zip(itertools.pairwise(places), lengths, strict=True):
            if left <= long:
                k = left / long
                found.append((a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k))
                break
            left -= long
        at += speed * dt_s
    return found


def go(game: TraceGame, hands: list[Point], dt_s: float = DT) -> Outcome | None:
    for hand in hands:
        outcome = game.step(hand, dt_s)
        if outcome is not None:
            return outcome
    return None


def line(game: TraceGame):
    return next(t for t in game.things() if t.kind == "line" and t.state != "placed")


def test_a_file_may_set_what_the_game_reads() -> None:
    assert GAMES["trace"].settings.keys() == NUMBERS.keys()
    assert GAMES["trace"].axes == {"distance", "time", "size"}
    without = {key: value for key, value in NUMBERS.items() if key not in GAMES["trace"].optional}
    whole = game_of().propose(0, {"distance": 0.8}, 65.0)
    assert TraceGame(without, PROFILE, "right", DIRECTIONS, 3).propose(0, {"distance": 0.8}, 65.0) == whole


@pytest.mark.parametrize(("side", "outward"), [("right", 1.0), ("left", -1.0)])
@pytest.mark.parametrize("number", range(5))
def test_start_line_and_end(side: str, outward: float, number: int) -> None:
    game, spec = begun(side, number)
    places = places_of(spec, outward)
    assert math.hypot(*places[-1]) == pytest.approx(0.8 * PROFILE.reach_towards(65.0))
    target = game.target()
    assert (target.kind, (target.x, target.y), target.number) == ("follow", places[0], 1)
    assert stay(game, places[0], 0.25) is None
    assert game.target().hold == pytest.approx(0.25 / 0.3, abs=0.1)
    stay(game, places[0], 0.1)
    assert [cue.kind for cue in game.cues()] == ["appear", "pick"]
    assert game.target().number == 2
    assert go(game, along(places)) is None
    assert line(game).share == 1.0
    assert game.target().number == 2
    outcome = stay(game, places[-1], 1.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (True, "reached")
    assert outcome.margin == pytest.approx(0.12)
    assert outcome.path_ratio == pytest.approx(1.0, abs=0.03)
    assert outcome.reached >= math.hypot(*places[-1]) - 0.001
    assert outcome.reach_s < outcome.duration_s
    assert game.target() is None


@pytest.mark.parametrize("fps", [5, 12, 60])
@pytest.mark.parametrize("number", range(5))
def test_a_slow_camera_draws_the_same_line(fps: int, number: int) -> None:
    game, spec = begun(number=number)
    places = places_of(spec)
    stay(game, places[0], 0.5, 1 / fps)
    outcome = go(game, along(places, 0.4, 1 / fps), 1 / fps)
    outcome = outcome or stay(game, places[-1], 1.5, 1 / fps)
    assert outcome is not None
    assert outcome.success


def test_without_the_start_there_is_no_line() -> None:
    game, spec = begun()
    places = places_of(spec)
    outcome = go(game, along(places)) or stay(game, places[-1])
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (False, "not_reached")
    assert outcome.margin < 0
    assert outcome.duration_s == pytest.approx(22.0, abs=2 * DT)
    assert math.isnan(outcome.reach_s)
    assert math.isnan(outcome.path_ratio)


def test_a_shortcut_draws_nothing() -> None:
    number = next(n for n in range(5) if figure_of(3, n) == "half circles")
    game, spec = begun(number=number)
    places = places_of(spec)
    assert Inked(places, 0.05).length > 1.3 * math.dist(places[0], places[-1])
    game.begin(
        replace(
            spec, goal=replace(spec.goal, radius=0.05), way=tuple(replace(w, radius=0.05) for w in spec.way)
        )
    )
    stay(game, places[0], 0.5)
    go(game, along([places[0], places[-1]]))
    outcome = stay(game, places[-1])
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (False, "left_way")
    assert line(game).share < 0.3
    assert outcome.margin < -0.3


def test_the_ink_waits_where_the_line_was_left_and_goes_on_there() -> None:
    game, spec = begun()
    places = places_of(spec)
    stay(game, places[0], 0.5)
    half = along(places, upto=0.5)
    go(game, half)
    drawn = line(game).share
    assert drawn == pytest.approx(0.5, abs=0.03)
    assert game.prompt().id == "play.trace"
    x, y = half[-1]
    away = (x - 0.3, y + 0.35)
    go(game, [away])
    drawn = line(game).share
    stay(game, away, 1.0)
    assert line(game).share == drawn < 0.7
    pen = next(t for t in game.things() if t.kind == "pen")
    assert pen.state == "ready"
    assert game.prompt().id == "play.trace_back"
    target = game.target()
    assert (target.x, target.y) == pytest.approx((pen.x, pen.y))
    whole = along(places)
    go(game, whole[len(half) - 1 :])
    outcome = stay(game, places[-1], 1.0)
    assert outcome is not None
    assert outcome.success
    assert outcome.path_ratio > 1.3


def test_going_back_along_the_line_takes_no_ink_away() -> None:
    game, spec = begun()
    places = places_of(spec)
    stay(game, places[0], 0.5)
    half = along(places, upto=0.6)
    go(game, half)
    drawn = line(game).share
    go(game, half[::-1])
    assert line(game).share == drawn


def test_the_end_is_to_be_held() -> None:
    game, spec = begun(end_hold_s=3.0, trial_s=6.0)
    places = places_of(spec)
    stay(game, places[0], 0.5)
    go(game, along(places))
    outcome = stay(game, (0.0, 0.5))
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (False, "not_held")
    assert outcome.margin > 0


def test_a_hand_that_comes_short_of_the_end_is_short_by_what_is_missing() -> None:
    game, spec = begun()
    places = places_of(spec)
    stay(game, places[0], 0.5)
    short = along(places, upto=0.7)
    go(game, short)
    outcome = stay(game, short[-1])
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (False, "not_reached")
    whole = Inked(places, 0.12).length
    assert outcome.margin == pytest.approx(-(0.3 * whole - 0.12), abs=0.02)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(-0.2, 0.2), st.floats(0.05, 0.4)), min_size=1, max_size=6))
def test_the_sign_of_the_margin_is_that_of_the_trial(moves: list[tuple[float, float]]) -> None:
    game, spec = begun(trial_s=6.0)
    places = places_of(spec)
    outcome = stay(game, places[0], 0.5)
    hands, at = along(places), 0
    for off, for_s in moves:
        for _ in range(round(for_s / DT) * 2):
            x, y = hands[min(at, len(hands) - 1)]
            outcome = outcome or game.step((x + off, y - off), DT)
            at += 1
    outcome = outcome or stay(game, places[-1])
    assert outcome is not None
    if outcome.reason != "not_held":  # reached, and then not held: not a matter of distance
        assert (outcome.margin > 0) == outcome.success


def test_it_plays_the_line_that_it_is_given() -> None:
    game = game_of()
    asked = game.propose(1, {"distance": 1.2}, 45.0)
    spec = Envelope(Limits(sectors=(Sector(-90.0, 90.0, 0.4),), speed=0.1)).trial(asked)
    assert "way" in spec.clamped
    assert spec.limit_s > asked.limit_s or "speed" not in spec.clamped
    game.begin(spec)
    places = places_of(spec)
    assert line(game).way == tuple(places)
    assert max(math.hypot(*at) for at in places) <= 0.4 + 1e-9
    stay(game, places[0], 0.5)
    go(game, along(places))
    assert stay(game, places[-1], 1.0).success


def test_a_line_without_a_way_is_its_end() -> None:
    game = game_of()
    spec = game.propose(0, {"distance": 0.7}, 45.0)
    game.begin(replace(spec, way=()))
    outcome = stay(game, spec.goal.xy(1.0), 3.0)
    assert outcome is not None
    assert outcome.success


@pytest.mark.parametrize(
    ("axis", "told"), [("size", lambda spec: spec.goal.radius), ("time", lambda spec: spec.limit_s)]
)
def test_other_axes_take_the_place_of_settings(axis: str, told) -> None:
    assert told(game_of().propose(1, {"distance": 0.7, axis: 0.07}, 45.0)) == 0.07


def test_the_target_runs_ahead_of_the_pen_and_never_jumps() -> None:
    game, spec = begun()
    places = places_of(spec)
    stay(game, places[0], 0.32)
    before = game.target()
    for hand in along(places, 0.4):
        game.step(hand, DT)
        now = game.target()
        if now is None or now.number != before.number:
            break
        assert math.dist((before.x, before.y), (now.x, now.y)) < 0.05
        before = now
    assert before.hold > 0.7


def test_it_shows_as_kept_only_when_settled() -> None:
    game, spec = begun()
    places = places_of(spec)
    stay(game, places[0], 0.5)
    go(game, along(places))
    stay(game, places[-1], 1.0)
    game.cues()
    stay(game, places[-1], 1.0)
    assert game.cues() == ()
    assert [t.state for t in game.things() if t.kind == "line"] == ["held"]
    game.settle(counted=True)
    assert [cue.kind for cue in game.cues()] == ["place"]
    assert game.prompt().id == "play.well_done"
    assert [t.state for t in game.things() if t.kind == "line"] == ["placed", "held"]
    stay(game, places[-1], SHOWN_S + 0.1)
    assert [(t.kind, t.state) for t in game.things()] == [("line", "placed")]
    assert game.prompt() is None


def test_a_probe_is_never_judged_aloud() -> None:
    game, spec = begun(trial_s=2.0)
    game.begin(replace(spec, probe=True))
    stay(game, (0.0, -0.5))
    game.cues()
    game.settle(counted=False)
    assert (game.cues(), game.prompt()) == ((), None)


def test_before_the_first_trial_there_is_nothing() -> None:
    game = game_of()
    assert (game.target(), game.things(), game.prompt(), game.cues()) == (None, (), None, ())
    assert stay(game, (0.0, 0.0), 0.5) is None
    assert game.abandon() is None
    game.settle(counted=True)
    assert game.things() == ()


def test_a_trial_can_be_given_up_once() -> None:
    game, spec = begun()
    stay(game, places_of(spec)[0], 1.0)
    outcome = game.abandon()
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (None, "stopped")
    assert game.abandon() is None
    assert (game.target(), game.things()) == (None, ())
    unseen, _ = begun()
    assert math.isnan(unseen.abandon().margin)


@pytest.mark.parametrize("grip", [math.nan, 1.0])
@pytest.mark.parametrize("wild", [(0.0, 0.0), (1e6, -1e6)])
def test_wild_hands_and_grips_leave_it_finite(wild: Point, grip: float) -> None:
    game, spec = begun()
    stay(game, places_of(spec)[0], 0.5)
    for i in range(60):
        game.step(wild if i % 2 else (0.1, -0.5), DT, grip)
    assert all(math.isfinite(v) for t in game.things() for v in (t.x, t.y, t.share))


def test_the_same_seed_gives_the_same_lines_bit_for_bit_and_another_seed_others() -> None:
    def lines(seed: int):
        return [game_of(seed=seed).propose(n, {"distance": 0.9}, DIRECTIONS[n % 5]) for n in range(5)]

    assert lines(1) == lines(1)
    assert lines(1) != lines(2)


def test_who_comes_from_the_start_is_sent_along_the_line_at_once() -> None:
    game, spec = begun()
    said = []
    for _ in range(200):
        game.step(spec.way[0].xy(1.0), DT)
        said.append(game.prompt().id)
    assert "play.trace" in said
    assert "play.trace_back" not in said
