"""Limits of stability: leaning to stars and coming back, and what each of it comes to."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from staying import thing_of

from rehabgames.core.person import Profile
from rehabgames.core.trial import Goal, Outcome, TrialSpec
from rehabgames.games import GAMES
from rehabgames.games.constellations import FIGURES, Constellations
from rehabgames.games.stars import SHOWN_S, StarsGame

NUMBERS = {
    "shift": 0.6,
    "star_radius": 0.14,
    "hold_s": 1.0,
    "home_radius": 0.15,
    "home_hold_s": 0.4,
    "trial_s": 8.0,
    "pause_s": 0.6,
}
PROFILE = Profile(
    "weight_shift_sitting", "right", found={"seated_shift.left": -0.1, "seated_shift.right": 0.1}
)
DT = 1 / 60


def begun(direction: float = 90.0, level: float = 0.6, seed: int = 4) -> tuple[StarsGame, TrialSpec]:
    game = StarsGame(NUMBERS, PROFILE, "right", seed=seed)
    spec = game.propose(0, {"shift": level}, direction)
    game.begin(spec)
    return game, spec


def stay(game: StarsGame, x: float, seconds: float) -> Outcome | None:
    for _ in range(round(seconds / DT)):
        outcome = game.step((x, 0.0), DT)
        if outcome is not None:
            return outcome
    return None


def light(game: StarsGame, number: int, direction: float = 90.0) -> None:
    spec = game.propose(number, {"shift": 0.6}, direction)
    game.begin(spec)
    stay(game, spec.goal.xy(1.0)[0], 1.1)
    outcome = stay(game, 0.0, 0.6)
    assert outcome is not None
    assert outcome.success
    game.settle(counted=True)
    stay(game, 0.0, SHOWN_S + 0.1)


def test_the_settings_are_those_that_the_game_reads() -> None:
    assert GAMES["stars"].settings.keys() == NUMBERS.keys()


@pytest.mark.parametrize("direction", [90.0, -90.0])
def test_lean_hold_and_come_back(direction: float) -> None:
    game, spec = begun(direction)
    x = math.copysign(0.6, direction)
    assert spec.goal.xy(1.0)[0] == pytest.approx(x)
    assert [cue.kind for cue in game.cues()] == ["appear"]
    assert stay(game, 0.0, 1.0) is None
    assert stay(game, x, 0.8) is None
    star = game.target()
    assert star is not None
    assert (star.kind, star.x, star.y) == ("lean", pytest.approx(x), 0.0)
    assert star.hold == pytest.approx(0.8, abs=0.03)
    assert game.prompt().id == "play.hold"
    assert stay(game, x, 0.3) is None
    home = game.target()
    assert home is not None
    assert (home.kind, home.x, home.radius, home.number) == ("lean", 0.0, 0.15, star.number + 1)
    assert [cue.kind for cue in game.cues()] == ["pick"]
    assert (game.prompt().id, thing_of(game, "home").state) == ("play.star_home", "wanted")
    assert thing_of(game, "star").state == "held"
    outcome = stay(game, 0.0, 1.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (True, "reached")
    assert outcome.margin == pytest.approx(0.14)
    assert outcome.reached == pytest.approx(0.6)
    assert outcome.reach_s == pytest.approx(1.0, abs=2 * DT)
    assert game.target() is None


@pytest.mark.parametrize("short", [0.02, 0.4])
def test_short_of_the_star_is_not_reached(short: float) -> None:
    game, _ = begun()
    outcome = stay(game, 0.6 - 0.14 - short, 9.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (False, "not_reached")
    assert outcome.margin == pytest.approx(-short)
    assert outcome.duration_s == pytest.approx(8.0, abs=2 * DT)
    assert math.isnan(outcome.reach_s)


def test_touched_but_not_held_and_held_but_not_back() -> None:
    game, _ = begun()
    stay(game, 0.6, 0.5)
    outcome = stay(game, 0.0, 9.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason, outcome.margin > 0) == (False, "not_held", True)
    game.begin(game.propose(1, {"shift": 0.6}, 90.0))
    outcome = stay(game, 0.6, 9.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason, outcome.margin > 0) == (False, "out_of_time", True)


@given(st.floats(-1.5, 1.5), st.floats(0.1, 1.0), st.sampled_from([-90.0, 90.0]))
def test_the_margin_is_how_far_inside_the_star_it_was(x: float, level: float, direction: float) -> None:
    game, spec = begun(direction, level)
    game.step((x, 0.0), DT)
    outcome = game.abandon()
    assert outcome is not None
    assert outcome.margin == pytest.approx(0.14 - abs(x - spec.goal.xy(1.0)[0]))
    assert outcome.reached == pytest.approx(x * math.copysign(1.0, direction))
    assert (outcome.margin >= 0) == (not math.isnan(outcome.reach_s))


def test_a_hold_that_is_left_is_lost_twice_as_fast() -> None:
    game, _ = begun()
    stay(game, 0.6, 0.8)
    stay(game, 0.0, 0.2)
    assert game.target().hold == pytest.approx(0.4, abs=0.05)
    stay(game, 0.0, 0.5)
    assert game.target().hold == 0.0


def test_the_given_trial_is_played_and_not_the_proposed_one() -> None:
    game, spec = begun()
    place = Goal(90.0, 0.0, 0.2, 0.0, "shift")
    game.begin(replace(spec, goal=replace(spec.goal, distance=0.3, hold_s=0.2), place=place, limit_s=5.0))
    assert game.target().x == pytest.approx(0.3)
    stay(game, 0.3, 0.25)
    assert game.target().radius == 0.2
    assert stay(game, 0.15, DT).success
    game.begin(replace(spec, number=1, limit_s=3.0))
    assert stay(game, 0.0, 9.0).duration_s == pytest.approx(3.0, abs=2 * DT)


@pytest.mark.parametrize("straight", [True, False])
def test_the_path_ratio_is_the_way_over_the_straight_line(straight: bool) -> None:
    game, _ = begun(level=0.8)
    there = [i / 60 for i in range(49)]
    course = there if straight else [*(-i / 60 for i in range(13)), *(i / 60 - 0.2 for i in range(61))]
    for x in course:
        game.step((x, 0.0), DT)
    outcome = game.abandon()
    assert outcome is not None
    true = 1.0 if straight else (0.2 + 0.86) / 0.66
    assert outcome.path_ratio == pytest.approx(true, abs=0.05)


def test_a_trial_can_be_given_up_once_and_nothing_is_there_before_the_first() -> None:
    game, _ = begun()
    stay(game, 0.1, 0.5)
    assert game.abandon().reason == "stopped"
    assert (game.abandon(), game.target()) == (None, None)
    fresh = StarsGame(NUMBERS, PROFILE, "left")
    assert (fresh.step((0.1, 0.0), DT), fresh.target(), fresh.prompt(), fresh.cues()) == (
        None,
        None,
        None,
        (),
    )
    assert (fresh.things(), fresh.abandon()) == ((), None)
    fresh.settle(counted=True)


def test_a_lit_star_rises_to_its_constellation_only_when_it_is_on_record() -> None:
    game, _ = begun(seed=9)
    stay(game, 0.6, 1.1)
    stay(game, 0.0, 0.6)
    game.cues()
    low = thing_of(game, "star")
    assert stay(game, 0.0, 1.0) is None
    assert (thing_of(game, "star"), game.cues()) == (low, ())
    game.settle(counted=True)
    game.settle(counted=True)
    to = Constellations(9, 1.0).place(0)
    assert [(cue.kind, cue.x, cue.y) for cue in game.cues()] == [("place", *to)]
    heights = []
    for _ in range(round((SHOWN_S - 0.05) / DT)):
        game.step((0.0, 0.0), DT)
        heights.append(thing_of(game, "star").y)
    assert heights == sorted(heights)
    assert heights[-1] == pytest.approx(to[1], abs=0.02)
    stay(game, 0.0, 0.2)
    assert [thing.kind for thing in game.things() if thing.kind == "star"] == []
    assert thing_of(game, "constellation").way == (to,)


def test_a_session_of_stars_draws_figures_that_grow_and_stay() -> None:
    game, _ = begun(seed=2)
    game.abandon()
    whole = 0
    for number in range(18):
        light(game, number, 90.0 if number % 2 else -90.0)
        figures = [thing for thing in game.things() if thing.kind == "constellation"]
        whole = sum(figure.state == "placed" for figure in figures)
        assert len(figures) <= 3
        assert all(0 < figure.share <= 1 for figure in figures)
    assert whole == 2


@pytest.mark.parametrize("success", [True, False])
def test_a_probe_says_nothing_of_how_it_went(success: bool) -> None:
    game, spec = begun()
    game.begin(replace(spec, probe=True))
    stay(game, 0.6 if success else 0.0, 1.1)
    assert stay(game, 0.0, 9.0) is not None
    game.cues()
    game.settle(counted=False)
    assert (game.cues(), game.prompt()) == ((), None)
    assert thing_of(game, "star").state == "fading"


def test_the_same_leans_give_the_same_floats_whatever_the_grip() -> None:
    def course(grip: float) -> list[float]:
        game, _ = begun(-90.0)
        floats = []
        for i in range(300):
            game.step((-0.7 * math.sin(i / 90), 0.0), DT, grip)
            floats += [v for t in game.things() for v in (t.x, t.y, t.share)]
        return floats

    assert course(math.nan) == course(0.3)


def test_whoever_stands_is_asked_to_shift_the_weight() -> None:
    standing = Profile("weight_shift_standing", "right", found={"weight_shift.left": 0.3})
    for profile, said in ((PROFILE, "play.star"), (standing, "play.star_standing")):
        game = StarsGame(NUMBERS, profile, "right")
        game.begin(game.propose(0, {}, 90.0))
        assert game.prompt().id == said


@pytest.mark.parametrize(
    ("axis", "level", "told"),
    [
        ("shift", 0.9, lambda spec: spec.goal.distance),
        ("size", 0.3, lambda spec: spec.goal.radius),
        ("hold", 1.5, lambda spec: spec.goal.hold_s),
        ("time", 6.0, lambda spec: spec.limit_s),
    ],
)
def test_axes_take_the_place_of_settings(axis: str, level: float, told) -> None:
    game, _ = begun()
    assert told(game.propose(1, {axis: level}, -90.0)) == level


@pytest.mark.parametrize("seed", range(12))
def test_every_star_of_the_sky_stands_on_the_screen_and_has_a_place_of_its_own(seed: int) -> None:
    for outward in (1.0, -1.0):
        sky = Constellations(seed, outward)
        places = [sky.place(star) for star in range(20)]
        assert len(set(places)) == 20
        assert all(abs(x) <= 1.25 and 0.4 <= y <= 0.8 for x, y in places)
        lit = [point for figure in sky.shown(20) for point in figure.way]
        assert set(lit) <= set(places)


def test_every_session_has_constellations_of_its_own() -> None:
    first = {Constellations(seed, 1.0).shown(8)[0].name for seed in range(40)}
    assert first == set(FIGURES)
    stars = [len(dict.fromkeys(points)) for points in FIGURES.values()]
    assert min(stars) >= 6
