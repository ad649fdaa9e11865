"""Catch what falls: what each hand comes to, and where and when it passes."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from staying import stay

from rehabgames.core.limits import Limits
from rehabgames.core.person import Profile
from rehabgames.core.trial import Goal, TrialSpec
from rehabgames.games import GAMES
from rehabgames.games.catch import SHOWN_S, CatchGame
from rehabgames.safety.envelope import Envelope
from rehabgames.session.shown import window_of

NUMBERS = {"catch_radius": 0.13, "catch_s": 0.8, "trial_s": 5.0, "pause_s": 0.8}
PROFILE = Profile("reach_quick", "right", 200.0, {-40.0: 0.8, 25.0: 0.8, 85.0: 0.6}, 0.005, (0.15, -0.74))
DIRECTIONS = (-40.0, 25.0, 45.0, 65.0, 85.0)
DT = 1 / 60
LAP = (0.15, -0.74)
DRAWN = 0.9  # of its radius: from its middle to its tip, as the stage draws it
BEYOND = 0.04  # to either side a little more than the window is free
SENTENCE = 0.05  # the second line of a sentence hangs so far into the window
BEGINS_S = NUMBERS["trial_s"] - NUMBERS["catch_s"]


def game_of(side: str = "right", seed: int = 3, **numbers: float) -> CatchGame:
    return CatchGame({**NUMBERS, **numbers}, PROFILE, "left" if side == "left" else "right", DIRECTIONS, seed)


def begun(side: str = "right", level: float = 0.8, direction: float = 45.0) -> tuple[CatchGame, TrialSpec]:
    game = game_of(side)
    spec = game.propose(0, {"distance": level}, direction)
    game.begin(spec)
    return game, spec


def beside(spec: TrialSpec, off: float, outward: float = 1.0) -> tuple[float, float]:
    """A place so far towards the body from the goal's middle."""
    x, y = spec.goal.xy(outward)
    k = 1 - off / math.hypot(x, y)
    return x * k, y * k


def falling(game: CatchGame):
    return next(t for t in game.things() if t.kind == "seed" and t.state != "placed")


def test_a_file_may_set_what_the_game_reads() -> None:
    assert GAMES["catch"].settings.keys() == NUMBERS.keys()
    assert GAMES["catch"].axes == {"distance", "time", "size"}


@pytest.mark.parametrize(("side", "outward"), [("right", 1.0), ("left", -1.0)])
def test_who_waits_in_the_ring_catches_it_half_way_through(side: str, outward: float) -> None:
    game, spec = begun(side)
    goal = spec.goal.xy(outward)
    assert math.hypot(*goal) == pytest.approx(0.8 * PROFILE.reach_towards(45.0))
    assert [cue.kind for cue in game.cues()] == ["appear"]
    target = game.target()
    assert target is not None
    assert (target.kind, (target.x, target.y), target.radius, target.hold) == ("catch", goal, 0.13, 0.0)
    assert stay(game, goal, BEGINS_S / 2) is None
    assert game.target().hold == pytest.approx(0.5, abs=0.01)
    outcome = stay(game, goal)
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (True, "reached")
    assert outcome.duration_s == pytest.approx(BEGINS_S + 0.4, abs=2 * DT)
    assert outcome.margin == pytest.approx(0.13)
    assert outcome.reached == pytest.approx(math.hypot(*goal))
    assert outcome.reach_s == pytest.approx(DT, abs=DT)
    assert [cue.kind for cue in game.cues()] == ["pick"]
    assert game.target() is None


@pytest.mark.parametrize("off", [0.03, 0.129])
def test_inside_the_rim_is_caught_and_the_margin_says_how_far(off: float) -> None:
    game, spec = begun()
    outcome = stay(game, beside(spec, off))
    assert outcome is not None
    assert outcome.success
    assert outcome.margin == pytest.approx(0.13 - off)


@pytest.mark.parametrize("off", [0.131, 0.3])
def test_short_of_the_rim_is_missed_and_the_margin_says_how_far(off: float) -> None:
    game, spec = begun()
    outcome = stay(game, beside(spec, off))
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (False, "missed")
    assert outcome.margin == pytest.approx(0.13 - off)
    assert outcome.duration_s == pytest.approx(5.0, abs=2 * DT)
    assert math.isnan(outcome.reach_s)


@pytest.mark.parametrize(("late_s", "caught"), [(-0.5, True), (0.35, True), (0.45, False)])
def test_who_comes_too_late_misses_it(late_s: float, caught: bool) -> None:
    game, spec = begun()
    assert stay(game, LAP, BEGINS_S + late_s) is None
    outcome = stay(game, spec.goal.xy(1.0))
    assert outcome is not None
    assert outcome.success is caught
    assert (outcome.margin > 0) is caught
    assert outcome.reach_s == pytest.approx(BEGINS_S + late_s, abs=3 * DT)


def test_who_left_before_it_came_misses_it() -> None:
    game, spec = begun()
    stay(game, spec.goal.xy(1.0), BEGINS_S - 0.1)
    outcome = stay(game, LAP)
    assert outcome is not None
    assert outcome.reason == "missed"
    assert outcome.margin < 0


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.floats(0.0, 0.3), st.floats(0.05, 0.5)), min_size=1, max_size=8),
    st.sampled_from([1 / 60, 1 / 30, 1 / 5]),
)
def test_the_margin_is_above_zero_where_it_was_caught_and_nowhere_else(
    moves: list[tuple[float, float]], dt_s: float
) -> None:
    game, spec = begun()
    outcome = stay(game, LAP, BEGINS_S - 0.3, dt_s)
    for off, for_s in moves:
        outcome = outcome or stay(game, beside(spec, off), for_s, dt_s)
    outcome = outcome or stay(game, beside(spec, moves[-1][0]), 9.0, dt_s)
    assert outcome is not None
    assert (outcome.margin > 0) == outcome.success


@pytest.mark.parametrize("fps", [5, 15, 30, 60])
def test_a_slow_camera_sees_the_same_course(fps: int) -> None:
    game, spec = begun()
    outcome = stay(game, beside(spec, 0.05), dt_s=1 / fps)
    assert outcome is not None
    assert outcome.success
    assert outcome.margin == pytest.approx(0.08)
    assert outcome.duration_s == pytest.approx(BEGINS_S + 0.4, abs=2 / fps)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("limit_s", [2.5, 5.0, 12.0])
def test_it_comes_from_above_and_is_inside_the_ring_all_the_while_it_passes(
    seed: int, number: int, limit_s: float
) -> None:
    game = game_of(seed=seed)
    spec = game.propose(number, {"distance": 0.9, "time": limit_s}, DIRECTIONS[number])
    game.begin(spec)
    goal, clock_s, heights = spec.goal.xy(1.0), 0.0, []
    assert falling(game).y >= goal[1] + 0.45
    while game.step(LAP, DT) is None:
        clock_s += DT
        seed_now = falling(game)
        heights.append(seed_now.y)
        assert abs(seed_now.x - goal[0]) < 0.5
        if clock_s > limit_s - NUMBERS["catch_s"]:
            assert math.dist((seed_now.x, seed_now.y), goal) < spec.goal.radius
    assert max(b - a for a, b in itertools.pairwise(heights)) < 0.005


@pytest.mark.parametrize("side", ["right", "left"])
@pytest.mark.parametrize("highest_deg", [60.0, 90.0, 130.0, 180.0])
def test_all_of_the_fall_is_on_the_screen_whatever_the_limits(side: str, highest_deg: float) -> None:
    limits = Limits(shoulder_elevation_deg=highest_deg, across_deg=highest_deg)
    left, _, right, top = window_of("arm", side, limits)
    for seed, direction, distance in itertools.product(
        range(8), (-175.0, -95.0, -60.0, -40.0, 25.0, 65.0, 85.0, 130.0, 175.0), (0.5, 1.1)
    ):
        game = game_of(side, seed)
        spec = Envelope(limits).trial(game.propose(seed, {"distance": 1.0}, direction))
        goal = Goal(spec.goal.direction_deg, min(spec.goal.distance, distance), 0.13, 0.4)
        game.begin(TrialSpec(seed, {}, goal, None, 3.0))
        drawn, (x, _) = DRAWN * 0.13, goal.xy(1.0 if side == "right" else -1.0)
        for _ in range(90):
            seed_now = falling(game)
            assert seed_now.y + drawn < top - SENTENCE
            assert min(left, x - drawn) - BEYOND < seed_now.x - drawn
            assert seed_now.x + drawn < max(right, x + drawn) + BEYOND
            game.step(LAP, 1 / 30)


def test_what_has_little_room_to_fall_comes_from_the_side() -> None:
    for seed, direction in itertools.product(range(12), (45.0, 65.0, 85.0)):
        game = game_of(seed=seed)
        game.begin(TrialSpec(seed, {}, Goal(direction, 0.9, 0.13, 0.4), None, 5.0))
        begins = falling(game)
        assert math.dist((begins.x, begins.y), Goal(direction, 0.9, 0.13, 0.4).xy(1.0)) > 0.3


def test_it_plays_the_trial_that_it_is_given() -> None:
    game = game_of()
    asked = game.propose(0, {"distance": 1.3}, 85.0)
    given_spec = Envelope(Limits(reach=0.5, speed=0.2)).trial(asked)
    assert given_spec.goal.distance == 0.5
    assert given_spec.limit_s > asked.limit_s
    game.begin(given_spec)
    outcome = stay(game, given_spec.goal.xy(1.0))
    assert outcome is not None
    assert outcome.success
    assert outcome.duration_s == pytest.approx(given_spec.limit_s - 0.4, abs=2 * DT)


def test_a_hold_that_the_envelope_cut_still_is_some_time() -> None:
    game = game_of()
    game.begin(TrialSpec(0, {}, Goal(45.0, 0.5, 0.13, 0.0), None, 3.0))
    outcome = stay(game, (0.5 * math.sqrt(0.5), -0.5 * math.sqrt(0.5)))
    assert outcome is not None
    assert outcome.success
    assert 2.7 < outcome.duration_s < 3.0


@pytest.mark.parametrize("axis", ["size", "time"])
def test_other_axes_take_the_place_of_settings(axis: str) -> None:
    spec = game_of().propose(1, {"distance": 0.7, axis: 3.3}, 45.0)
    assert (spec.goal.radius if axis == "size" else spec.limit_s) == 3.3


def test_it_shows_as_caught_only_when_settled() -> None:
    game, spec = begun()
    stay(game, spec.goal.xy(1.0))
    game.cues()
    stay(game, LAP, 1.0)
    assert game.cues() == ()
    assert [t.state for t in game.things() if t.kind == "seed"] == ["held"]
    game.settle(counted=True)
    assert [cue.kind for cue in game.cues()] == ["place"]
    assert game.prompt().id == "play.well_done"
    assert [t.state for t in game.things() if t.kind == "seed"] == ["placed", "fading"]
    stay(game, LAP, SHOWN_S + 0.1)
    assert [t.state for t in game.things()] == ["placed"]
    assert game.prompt() is None


def test_what_was_caught_stays_in_the_hand() -> None:
    game, spec = begun()
    stay(game, spec.goal.xy(1.0))
    stay(game, (0.2, -0.5), 3.0)
    seed = falling(game)
    assert math.dist((seed.x, seed.y), (0.2, -0.5)) < 0.02


@pytest.mark.parametrize("counted", [True, False])
def test_a_probe_is_never_judged_aloud(counted: bool) -> None:
    game = game_of()
    spec = game.propose(0, {"distance": 0.8}, 45.0)
    game.begin(TrialSpec(0, spec.levels, spec.goal, None, 3.0, probe=True))
    stay(game, spec.goal.xy(1.0) if counted else LAP)
    game.cues()
    game.settle(counted=False)
    assert game.cues() == ()
    assert game.prompt() is None


def test_before_the_first_trial_there_is_nothing() -> None:
    game = game_of()
    assert (game.target(), game.things(), game.prompt(), game.cues()) == (None, (), None, ())
    assert stay(game, LAP, 0.5) is None
    assert game.abandon() is None
    game.settle(counted=True)
    assert game.things() == ()


def test_a_trial_can_be_given_up_once() -> None:
    game, spec = begun()
    stay(game, beside(spec, 0.2), 1.0)
    outcome = game.abandon()
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (None, "stopped")
    assert outcome.margin == pytest.approx(-0.07)
    assert game.abandon() is None
    assert (game.target(), game.things()) == (None, ())


def test_every_trial_has_a_target_of_its_own_number() -> None:
    game, spec = begun()
    first = game.target().number
    stay(game, spec.goal.xy(1.0))
    game.settle(counted=True)
    game.begin(spec)
    assert game.target().number == first + 1


@pytest.mark.parametrize("grip", [math.nan, 0.0, 1.0])
def test_how_far_the_hand_is_closed_says_nothing(grip: float) -> None:
    game, spec = begun()
    outcome = None
    while outcome is None:
        outcome = game.step(spec.goal.xy(1.0), DT, grip)
    assert outcome.success


@pytest.mark.parametrize("wild", [(0.0, 0.0), (1e6, -1e6)])
def test_wild_hands_leave_physics_finite(wild: tuple[float, float]) -> None:
    game, spec = begun()
    stay(game, spec.goal.xy(1.0))
    for i in range(120):
        game.step(wild if i % 2 else LAP, DT)
    assert all(math.isfinite(v) for t in game.things() for v in (t.x, t.y, t.angle_rad))


def test_the_same_hands_give_the_same_drift_bit_for_bit_and_another_seed_another() -> None:
    def drift(seed: int) -> list[float]:
        game = game_of(seed=seed)
        game.begin(game.propose(4, {"distance": 0.8}, 65.0))
        places = []
        for i in range(240):
            game.step((0.4 * math.sin(i / 9), -0.4), DT)
            seed_now = falling(game)
            places += [seed_now.x, seed_now.y, seed_now.angle_rad]
        return places

    assert drift(1) == drift(1)
    assert drift(1) != drift(2)
