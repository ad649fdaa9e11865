"""Steer: what each way of leaning comes to."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabgames.core.limits import Limits
from rehabgames.core.person import Profile
from rehabgames.core.trial import Goal, Outcome, TrialSpec
from rehabgames.games import GAMES
from rehabgames.games.steer import GONE, SHOWN_S, SteerGame
from rehabgames.safety import Envelope

NUMBERS = {"gate_radius": 0.25, "hold_s": 0.5, "boat_follow_s": 0.25, "trial_s": 5.0, "pause_s": 0.4}
PROFILE = Profile(
    "weight_shift_sitting", "right", found={"seated_shift.left": -0.2, "seated_shift.right": 0.2}
)
DT = 1 / 60


def begun(direction: float = 90.0, level: float = 0.6, **numbers: float) -> tuple[SteerGame, TrialSpec]:
    game = SteerGame({**NUMBERS, **numbers}, PROFILE, "right")
    spec = game.propose(0, {"shift": level}, direction)
    game.begin(spec)
    return game, spec


def lean(game: SteerGame, x: float, seconds: float, dt_s: float = DT) -> Outcome | None:
    for _ in range(round(seconds / dt_s)):
        outcome = game.step((x, 0.0), dt_s)
        if outcome is not None:
            return outcome
    return None


def thing(game: SteerGame, kind: str):
    return next(t for t in game.things() if t.kind == kind)


def test_the_mechanic_says_what_the_game_reads() -> None:
    steer = GAMES["steer"]
    assert steer.settings.keys() == NUMBERS.keys()
    assert steer.controls == {"seated_shift", "weight_shift"}
    assert steer.places == {"river"}
    assert isinstance(
        steer.make({k: v for k, v in NUMBERS.items() if k != "boat_follow_s"}, PROFILE, "left"), SteerGame
    )


@pytest.mark.parametrize(("direction", "towards"), [(90.0, 1), (-90.0, -1), (30.0, 1), (-5.0, -1)])
def test_a_gate_is_a_share_of_the_own_shift_to_one_side(direction: float, towards: int) -> None:
    game = SteerGame(NUMBERS, PROFILE, "right")
    spec = game.propose(7, {"shift": 0.6}, direction)
    assert spec.goal == Goal(90.0 * towards, 0.6, 0.25, 0.5, "shift")
    assert (spec.number, spec.limit_s, spec.place, spec.levels) == (7, 5.0, None, {"shift": 0.6})
    every = {"shift": 0.9, "size": 0.12, "hold": 0.8, "time": 3.5}
    spec = game.propose(8, every, direction)
    assert (spec.goal.distance, spec.goal.radius, spec.goal.hold_s, spec.limit_s) == (0.9, 0.12, 0.8, 3.5)


@pytest.mark.parametrize("direction", [90.0, -90.0])
def test_to_lean_there_and_stay_is_to_pass_the_gate(direction: float) -> None:
    game, spec = begun(direction)
    x = math.copysign(0.6, direction)
    assert [(c.kind, c.x) for c in game.cues()] == [("appear", pytest.approx(x))]
    asked = game.prompt()
    assert asked is not None
    assert (asked.id, asked.params) == ("play.steer", {"side": "side.right" if x > 0 else "side.left"})
    target = game.target()
    assert target is not None
    assert (target.kind, target.x, target.y, target.radius, target.hold) == (
        "lean",
        pytest.approx(x),
        0.0,
        0.25,
        0.0,
    )
    assert lean(game, x, 4.4) is None
    assert game.prompt().id == "play.steer_stay"
    assert game.target().hold == 0.0
    assert lean(game, x, 0.4) is None
    assert game.target().hold == pytest.approx(0.3 / 0.5, abs=0.05)
    outcome = lean(game, x, 1.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (True, "reached")
    assert outcome.margin == pytest.approx(0.25, abs=1e-3)
    assert outcome.reached == pytest.approx(0.6, abs=1e-3)
    assert outcome.duration_s == pytest.approx(spec.limit_s, abs=DT)
    assert 0.1 < outcome.reach_s < 0.6
    assert outcome.path_ratio == pytest.approx(1.0)
    assert game.target() is None


@pytest.mark.parametrize("off", [-0.4, -0.26, 0.26, 0.4])
def test_beside_the_lane_is_missed_and_the_margin_says_by_how_much(off: float) -> None:
    game, _ = begun()
    outcome = lean(game, 0.6 + off, 6.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (False, "missed")
    assert outcome.margin == pytest.approx(0.25 - abs(off), abs=1e-3)
    assert outcome.reached == pytest.approx(0.6 + off, abs=1e-3)
    assert math.isnan(outcome.reach_s)  # it did not stay


@pytest.mark.parametrize(("out_s", "success"), [(0.25, True), (0.45, False)])
def test_seven_tenths_of_the_passage_are_enough(out_s: float, success: bool) -> None:
    """The boat is quick here, and leaves the lane near the end of a passage of one second."""
    game, _ = begun(boat_follow_s=0.05, hold_s=1.0)
    assert lean(game, 0.6, 5.0 - out_s) is None
    outcome = lean(game, 0.0, 1.0)
    assert outcome is not None
    assert outcome.success is success
    assert (outcome.margin > 0) == success


def test_to_come_too_late_is_missed_however_near() -> None:
    game, _ = begun()
    assert lean(game, 0.0, 4.7) is None
    outcome = lean(game, 0.6, 1.0)
    assert outcome is not None
    assert outcome.success is False
    assert outcome.margin < 0


def test_to_pass_through_and_lean_back_before_the_gate_is_missed() -> None:
    game, _ = begun()
    lean(game, 0.6, 2.0)
    assert game.prompt().id == "play.steer_stay"
    lean(game, 0.0, 1.5)
    assert game.prompt().id == "play.steer"
    outcome = lean(game, 0.0, 2.0)
    assert outcome is not None
    assert (outcome.success, math.isnan(outcome.reach_s)) == (False, True)
    assert outcome.reached == pytest.approx(0.6, abs=0.01)


def test_a_detour_is_told_by_the_path_ratio() -> None:
    game, _ = begun(boat_follow_s=0.05)
    for x in (0.3, -0.3, 0.3, -0.3):
        lean(game, x, 0.5)
    outcome = lean(game, 0.6, 5.0)
    assert outcome is not None
    assert outcome.success
    assert outcome.path_ratio > 3.0


def test_the_boat_follows_without_swinging_over_and_heels_into_the_turn() -> None:
    game, _ = begun()
    lean(game, 0.8, 0.25)
    on_its_way = thing(game, "boat")
    assert 0.3 < on_its_way.x < 0.7
    assert on_its_way.angle_rad < -0.1  # clockwise: to its right
    places = []
    for _ in range(90):
        game.step((0.8, 0.0), DT)
        places.append(thing(game, "boat").x)
    assert all(a <= b + 1e-9 for a, b in itertools.pairwise(places))
    assert max(places) <= 0.8 + 1e-6
    assert places[15] > 0.9 * 0.8  # half a second
    lean(game, 40.0, 3.0)
    assert thing(game, "boat").x < 1.31  # never on the bank


def test_the_gate_comes_evenly_and_lies_at_the_boat_in_the_passage() -> None:
    game, spec = begun()
    coming_s = spec.limit_s - spec.goal.hold_s
    gate = thing(game, "gate")
    assert (gate.state, gate.share, gate.x, gate.radius) == ("growing", 0.0, pytest.approx(0.6), 0.25)
    for at_s in (1.0, 2.0, 3.0, 4.0):
        lean(game, 0.6, 1.0)
        gate = thing(game, "gate")
        assert gate.share == pytest.approx(at_s / coming_s, abs=0.01)
        assert gate.state == "ready"
        entry, leaving = (share for _, share in gate.way)
        assert entry - leaving == pytest.approx(spec.goal.hold_s / coming_s, abs=0.01)
    assert lean(game, 0.6, 0.97) is None
    assert thing(game, "gate").way[1][1] == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("dt_s", [1 / 240, 1 / 60, 1 / 30, 0.2])
def test_the_pictures_rate_changes_nothing_but_the_moment_of_knowing(dt_s: float) -> None:
    game, _ = begun()
    outcome = lean(game, 0.7, 6.0, dt_s)
    assert outcome is not None
    assert outcome.success
    assert outcome.margin == pytest.approx(0.15, abs=1e-3)
    assert outcome.duration_s == pytest.approx(5.0, abs=1e-9)


def test_it_shows_as_passed_only_when_settled_and_then_glides_by() -> None:
    game, _ = begun()
    lean(game, 0.6, 6.0)
    game.cues()
    lean(game, 0.6, 0.1)
    assert (thing(game, "gate").state, game.cues(), game.prompt()) == ("ready", (), None)
    game.settle(counted=True)
    assert thing(game, "gate").state == "placed"
    assert [(c.kind, c.x) for c in game.cues()] == [("place", pytest.approx(0.6, abs=1e-3))]
    assert game.prompt().id == "play.well_done"
    lean(game, 0.0, SHOWN_S + 0.1)
    assert game.prompt() is None
    game.settle(counted=True)
    assert game.cues() == ()
    lean(game, 0.0, GONE * 4.5 + 0.5)
    assert [t.kind for t in game.things()] == ["river", "boat"]


def test_a_missed_gate_fades_unscolded() -> None:
    game, _ = begun()
    lean(game, 0.0, 6.0)
    game.cues()
    game.settle(counted=False)
    assert thing(game, "gate").state == "fading"
    assert [c.kind for c in game.cues()] == ["miss"]
    assert game.prompt().id == "play.steer_missed"


@pytest.mark.parametrize("x", [0.6, 0.0])
def test_a_probe_is_never_judged_aloud(x: float) -> None:
    game = SteerGame(NUMBERS, PROFILE, "right")
    game.begin(replace(game.propose(0, {"shift": 0.6}, 90.0), probe=True))
    game.cues()
    outcome = lean(game, x, 6.0)
    assert outcome is not None
    game.settle(counted=False)
    assert (game.prompt(), game.cues(), thing(game, "gate").state) == (None, (), "fading")


def test_a_trial_can_be_given_up_once_and_begun_again() -> None:
    game, spec = begun()
    lean(game, 0.3, 1.0)
    outcome = game.abandon()
    assert outcome is not None
    assert (outcome.success, outcome.reason, outcome.number) == (None, "stopped", 0)
    assert outcome.margin == pytest.approx(0.25 - 0.3, abs=0.05)
    assert outcome.duration_s == pytest.approx(1.0, abs=DT)
    assert (game.abandon(), game.target(), game.prompt()) == (None, None, None)
    game.settle(counted=True)
    assert thing(game, "gate").state == "fading"
    game.begin(spec)
    gates = [t for t in game.things() if t.kind == "gate"]
    assert [t.state for t in gates] == ["fading", "growing"]
    assert len({t.key for t in gates}) == 2
    assert game.target().number == 2
    assert lean(game, 0.6, 6.0).success


def test_before_the_first_trial_the_boat_glides_and_follows() -> None:
    game = SteerGame(NUMBERS, PROFILE, "right")
    assert (game.target(), game.prompt(), game.cues(), game.abandon()) == (None, None, (), None)
    assert lean(game, -0.5, 1.0) is None
    assert thing(game, "boat").x == pytest.approx(-0.5, abs=0.02)
    assert thing(game, "river").y == pytest.approx(1.0 / 4.5, abs=0.01)


def test_the_trial_that_is_given_is_played_and_not_the_own_wish() -> None:
    """The envelope draws a gate nearer, cuts its passage and gives time enough."""
    game = SteerGame(NUMBERS, PROFILE, "right")
    wished = game.propose(0, {"shift": 0.95, "time": 2.0, "hold": 1.0}, -90.0)
    given_spec = Envelope(replace(Limits(), shift=0.5, hold_s=0.4)).trial(wished)
    assert given_spec.goal == Goal(-90.0, 0.5, 0.25, 0.4, "shift")
    assert given_spec.levels["shift"] == pytest.approx(0.5)
    assert given_spec.limit_s >= 1.9
    game.begin(given_spec)
    assert game.target().x == pytest.approx(-0.5)
    outcome = lean(game, -0.5, 10.0)
    assert outcome is not None
    assert outcome.success
    assert outcome.duration_s == pytest.approx(given_spec.limit_s, abs=DT)


def test_no_time_to_stay_is_judged_at_the_moment_of_the_gate() -> None:
    game = SteerGame(NUMBERS, PROFILE, "right")
    spec = game.propose(0, {"shift": 0.5}, 90.0)
    game.begin(replace(spec, goal=replace(spec.goal, hold_s=0.0)))
    outcome = lean(game, 0.5, 6.0)
    assert outcome is not None
    assert outcome.success
    assert outcome.duration_s == pytest.approx(5.0, abs=DT)


@settings(max_examples=25, deadline=None)
@given(
    places=st.lists(st.floats(-3.0, 3.0), min_size=1, max_size=30),
    direction=st.sampled_from([-90.0, 90.0]),
    level=st.floats(0.1, 1.0),
    radius=st.floats(0.05, 0.4),
    times_s=st.tuples(st.floats(0.0, 3.0), st.floats(1.0, 8.0), st.sampled_from([1 / 60, 1 / 30, 0.2])),
)
def test_every_course_ends_once_and_margin_and_success_agree(
    places: list[float],
    direction: float,
    level: float,
    radius: float,
    times_s: tuple[float, float, float],
) -> None:
    hold_s, limit_s, dt_s = times_s
    told = []
    for _ in range(2):
        game = SteerGame(NUMBERS, PROFILE, "left")
        game.begin(
            TrialSpec(3, {"shift": level}, Goal(direction, level, radius, hold_s, "shift"), None, limit_s)
        )
        outcomes, seen = [], []
        for i in range(math.ceil((max(limit_s, hold_s) + 1) / dt_s)):
            outcome = game.step((places[i * len(places) // 600 % len(places)], 0.0), dt_s, math.nan)
            seen.append(game.things())
            if outcome is not None:
                outcomes.append(outcome)
        assert len(outcomes) == 1
        told.append((outcomes, seen))
        assert outcomes[0].success == (outcomes[0].margin > 0)
        assert outcomes[0].margin <= radius
        assert math.isfinite(outcomes[0].reached)
    assert repr(told[0]) == repr(told[1])


@pytest.mark.parametrize("towards", [1, -1])
def test_who_went_too_far_is_told_the_way_back(towards: int) -> None:
    game, _ = begun(90.0 * towards, 0.4, gate_radius=0.15)
    lean(game, 1.2 * towards, 2.0)
    prompt = game.prompt()
    assert prompt is not None
    assert (prompt.id, prompt.params) == (
        "play.steer",
        {"side": "side.left" if towards > 0 else "side.right"},
    )
