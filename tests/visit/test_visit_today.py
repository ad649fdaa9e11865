"""What is told at the end of a day: never a gain within a person's own spread, never a gap as a fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.player import Player
from rehabgames.measures.gains import GAINS_OF, LEAST_SEM, LEAST_SEM_SHIFT
from rehabgames.measures.reliability import mdc95
from rehabgames.visit.day import Block, Day
from rehabgames.visit.flow import Flow
from rehabgames.visit.screens import screen_of
from rehabgames.visit.today import BASELINES, FEWEST, LOOKED, Compared, Practised, news, told, with_told
from rehabgames.words import catalogue

TODAY = date(2026, 11, 12)
ARM, TRUNK, SHARE, SPARC = (
    ("arm_displacement", "right"),
    ("trunk_displacement", "right"),
    ("trunk_share", "right"),
    ("sparc", "right"),
)
LEFT, RIGHT = (("range_of_motion", f"seated_shift.{side}") for side in ("left", "right"))
TAPS = ("tap_decrement", "tap_angle.right")
USUAL = {ARM: 0.8, TRUNK: 0.1, SHARE: 0.12, SPARC: -1.8, LEFT: 0.3, RIGHT: 0.35, TAPS: 20.0}
OF_GAME = {
    "reach": ("arm", (ARM, TRUNK, SHARE, SPARC)),
    "stars": ("shift", (LEFT, RIGHT)),
    "taps": ("hand", (TAPS,)),
}
finite = st.floats(-5.0, 5.0)


def one(key, value) -> Measured:
    return Measured(*key, value, "", Message("how.x"))


def compared(game: str, sessions: list[dict], now: dict) -> Compared:
    """As from sessions that gave these values, and now."""
    practice, _ = OF_GAME[game]
    batteries = [{key: one(key, value) for key, value in each.items()} for each in (*sessions, now)]
    return Compared(
        game, len(sessions), GAINS_OF[practice](batteries[:-1][:BASELINES], batteries[-1], "right")
    )


def alike(game: str, many: int = BASELINES, seed: int = 0, spread: float = 0.05) -> list[dict]:
    """Sessions of somebody who does not change."""
    made = np.random.default_rng(seed)
    return [{key: USUAL[key] * (1 + spread * made.normal()) for key in OF_GAME[game][1]} for _ in range(many)]


def mdc_of(sessions: list[dict], key) -> float:
    least = (LEAST_SEM | LEAST_SEM_SHIFT | {"tap_decrement": 2.0})[key[0]]
    return mdc95(max(float(np.std([each[key] for each in sessions], ddof=1)), least))


def moved(sessions: list[dict], **by) -> dict:
    """The mean of the sessions, and more by so many own MDCs: arm=3 and so on."""
    keys = {"arm": ARM, "trunk": SHARE, "smooth": SPARC, "left": LEFT, "right": RIGHT, "taps": TAPS}
    mean = {key: float(np.mean([each[key] for each in sessions])) for key in sessions[0]}
    for name, mdcs in by.items():
        mean[keys[name]] += mdcs * mdc_of(sessions, keys[name])
    return mean


def kinds(found) -> list[str]:
    return [each.text.id.removeprefix("told.") for each in found]


# --- what is better


@given(
    st.sampled_from(sorted(OF_GAME)),
    st.integers(0, 10_000),
    st.lists(st.floats(-1.0, 1.0), min_size=4, max_size=4),
    st.integers(2, 9),
)
def test_within_the_own_mdc_nothing_is_better(game: str, seed: int, off: list[float], many: int) -> None:
    sessions = alike(game, many, seed)
    first = sessions[:BASELINES]
    now = moved(first)
    for key, by in zip(OF_GAME[game][1], off, strict=False):
        if key != TRUNK:
            now[key] += by * mdc_of(first, key)
    assert not [each for each in news([compared(game, sessions, now)]) if each.kind == "better"]


@pytest.mark.parametrize(
    ("game", "by", "told_of"),
    [
        ("reach", {"arm": 3}, "better.arm"),
        ("reach", {"trunk": -3}, "better.trunk"),
        ("reach", {"smooth": 3}, "better.smooth"),
        ("stars", {"left": 3}, "better.lean_left"),
        ("stars", {"right": 3}, "better.lean_right"),
        ("taps", {"taps": -3}, "better.taps"),
    ],
)
@pytest.mark.parametrize("many", [FEWEST, BASELINES, 9])
def test_a_gain_of_three_mdc_is_told(game: str, by: dict, told_of: str, many: int) -> None:
    sessions = alike(game, many)
    found = news([compared(game, sessions, moved(sessions[:BASELINES], **by))])
    assert told_of in kinds(found)
    assert found[0].kind == "better"


@pytest.mark.parametrize(
    ("game", "by"),
    [
        ("reach", {"arm": -3}),
        ("reach", {"trunk": 3}),
        ("reach", {"smooth": -3}),
        ("stars", {"left": -3}),
        ("stars", {"left": 3, "right": -3}),
        ("taps", {"taps": 3}),
    ],
)
def test_what_got_worse_is_neither_told_nor_called_as_before(game: str, by: dict) -> None:
    sessions = alike(game)
    found = kinds(news([compared(game, sessions, moved(sessions, **by))]))
    lost = {"arm": "arm", "trunk": "trunk", "smooth": "smooth", "left": "lean_left", "taps": "taps"}
    assert not [each for each in found if each.startswith("better.")]
    assert not {f"same.{lost[name]}" for name in by if name in lost} & set(found)


def test_somebody_who_does_not_change_is_told_of_a_gain_on_one_day_in_twenty_at_most() -> None:
    days, wrong = 600, 0
    for day in range(days):
        played = [compared(game, alike(game, seed=day), alike(game, 1, day + days)[0]) for game in OF_GAME]
        wrong += any(each.kind == "better" for each in news(played))
    assert wrong <= 0.06 * days


@pytest.mark.parametrize("game", OF_GAME)
def test_with_few_sessions_it_is_said_that_nothing_is_known_yet(game: str) -> None:
    for many in range(FEWEST):
        assert kinds(news([Compared(game, many)])) == ["knowing"]


def test_of_games_in_which_more_is_not_better_nothing_is_told() -> None:
    sessions = alike("reach")
    strong = compared("reach", sessions, moved(sessions, arm=5))
    for game in ("trace", "centre", "tilt", "pour", "somebody_elses"):
        assert news([replace(strong, game=game), Compared(game, 0)]) == ()


def test_what_could_not_be_measured_today_is_not_called_as_before() -> None:
    sessions = [{key: one(key, value) for key, value in each.items()} for each in alike("reach")]
    unseen = {
        key: replace(each, value=float("nan"), validity=Validity.NOISE) for key, each in sessions[0].items()
    }
    assert news([Compared("reach", 5, GAINS_OF["arm"](sessions, unseen, "right"))]) == ()


@given(st.lists(st.sampled_from(sorted(OF_GAME)), max_size=6), st.integers(0, 100), finite)
def test_two_things_are_told_at_most_and_each_has_its_words(games: list[str], seed: int, by: float) -> None:
    played = []
    for game in games:
        sessions = alike(game, seed=seed)
        played.append(compared(game, sessions, moved(sessions, **{"reach": {"arm": by}}.get(game, {}))))
    found = news(played)
    assert len(found) <= 2
    assert {each.text.id for each in found} <= set(catalogue("en"))


def test_all_that_may_be_told_has_its_words() -> None:
    looked = {each for several in LOOKED.values() for each in several}
    wanted = {f"told.better.{each.name}" for each in looked}
    wanted |= {f"told.same.{each.name}" for each in looked if each.stays}
    assert wanted <= set(catalogue("en"))


# --- days


PLAYER = Player("p-1", "Ada", "bird")


def block(name: str = "orchard_reach", minutes: float = 5.0, *, done: bool = False) -> Block:
    return Block(name, Message(f"exercise.{name}"), "orchard", "right", "sitting", minutes, "arm_out", done)


def done_on(*ago: int, minutes: float = 5.0) -> list[Practised]:
    return [Practised(TODAY - timedelta(days=each), "orchard_reach", "orchard", minutes, 20) for each in ago]


def day(*blocks: Block) -> Day:
    return Day((PLAYER,), PLAYER, blocks or (block(done=True),))


@pytest.mark.parametrize(
    ("ago", "week", "fortnight"),
    [
        ((), "-------", 0),
        ((0,), "------x", 1),
        ((0, 0, 1), "-----xx", 2),
        ((6, 4, 2), "x-x-x--", 3),
        ((7, 13, 0), "------x", 3),
        ((14, 40), "-------", 0),
        (range(30), "xxxxxxx", 14),
    ],
)
def test_a_week_with_gaps(ago, week: str, fortnight: int) -> None:
    known = told(day(), TODAY, done_on(*ago), ())
    assert "".join("x" if each.practised else "-" for each in known.week) == week
    assert [each.today for each in known.week] == [False] * 6 + [True]
    assert known.week[-1].weekday == TODAY.weekday()
    assert (known.sums.days, known.sums.of_days) == (fortnight, 14)


def test_what_goes_on_past_midnight_belongs_to_the_day_of_the_visit() -> None:
    known = told(day(), TODAY, done_on(0, -1), ())
    assert (known.sums.minutes, known.sums.count, known.sums.days) == (10.0, 40, 1)
    assert known.week[-1].practised


def test_a_clock_set_back_loses_nothing_and_a_year_ahead_is_not_today() -> None:
    assert told(day(), TODAY, done_on(-1), ()).sums.minutes == 5.0
    ahead = told(day(), TODAY, done_on(-365), ())
    assert (ahead.sums.minutes, ahead.sums.days) == (0.0, 0)
    assert not any(each.practised for each in ahead.week)


def test_the_goal_is_what_was_done_and_what_is_left() -> None:
    whole = told(day(block(done=True)), TODAY, done_on(0, 0), ())
    assert (whole.sums.minutes, whole.sums.of_minutes, whole.sums.share) == (10.0, 10.0, 1.0)
    half = told(day(block(done=True), block("star_shift")), TODAY, done_on(0), ())
    assert (half.sums.minutes, half.sums.of_minutes, half.sums.share) == (5.0, 10.0, 0.5)
    little = told(day(block(minutes=0.3)), TODAY, done_on(0), ())
    assert little.sums.share == 1.0


def test_next_is_what_is_left_or_what_a_day_begins_with() -> None:
    def comes(*blocks: Block) -> list[object]:
        said = told(day(*blocks), TODAY, (), ()).news
        return [each.text.params["exercise"] for each in said if each.kind == "next"]

    assert comes(block(done=True), block("star_shift")) == ["exercise.star_shift"]
    assert comes(block(done=True), block("star_shift", done=True)) == ["exercise.orchard_reach"]
    assert told(Day((PLAYER,), PLAYER), TODAY, (), ()).news == ()


def test_places_are_those_of_today_each_once() -> None:
    other = Practised(TODAY, "star_shift", "night_hill", 2.0, 9)
    known = told(day(block(done=True), block("star_shift")), TODAY, [*done_on(0, 0, 1), other], ())
    assert [(each.place, each.done) for each in known.places] == [("orchard", True), ("night_hill", False)]
    assert known.places[0].minutes.params == {"minutes": 10.0}


def test_nothing_that_is_told_scolds() -> None:
    """Whatever is missing, no sentence speaks of it."""
    for ago in ((), (13,), (3, 9)):
        for left in (day(), day(block()), day(block(), block("star_shift", done=True))):
            said = told(left, TODAY, done_on(*ago), [Compared("reach", 1)]).news
            assert {each.kind for each in said} <= {"knowing", "next"}


# --- on the screens


def menu_at(where: str):
    flow = Flow(day(block()))
    flow.at = where
    return screen_of(flow).menu(0)


def test_the_summary_tells_it_as_soon_as_it_is_known_and_what_can_be_chosen_stays() -> None:
    known = told(day(), TODAY, done_on(0, 2), ())
    menu = menu_at("summary")
    shown, early = with_told(menu, known), with_told(menu, replace(known, whole=False))
    assert menu.sums is not None
    assert not menu.sums.known
    assert (shown.week, shown.sums, shown.planned, shown.news) == (
        known.week,
        known.sums,
        known.places,
        known.news,
    )
    assert (early.sums, early.news) == (known.sums, ())
    assert shown.choices == early.choices == menu.choices
    assert with_told(menu, None) == menu


def test_home_has_the_week_and_other_screens_nothing() -> None:
    known = told(day(), TODAY, done_on(0), ())
    home = with_told(menu_at("home"), known)
    assert home == replace(menu_at("home"), week=known.week)
    assert with_told(menu_at("rest"), known) == menu_at("rest")
