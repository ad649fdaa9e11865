"""Today: what is told at the end of a visit: what was done, what is better than this person's own spread,
what stayed, and what comes next.

A day without practice is no fault and is never told as one; what got worse is left to the ledger, for whoever
treats. Better is told only where chance would say so once in twenty days at most, whatever was looked at.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.menu import Menu, News, Planned, Sums, WeekDay
from rehabgames.core.message import Message
from rehabgames.measures.gains import Gains
from rehabgames.measures.reliability import Z95, chance_of
from rehabgames.visit.day import Day

FEWEST: Final = 4  # earlier sessions of an exercise: with fewer nobody knows how much somebody varies
BASELINES: Final = 5  # the first ones, that today is compared with
CHANCE: Final = 0.05  # that anything of a day is told as better and is not
MOST_NEWS: Final = 2  # beside what comes next
WEEK, FORTNIGHT = 7, 14
TELLS: Final = frozenset({"home", "summary"})  # screens
GOAL_MIN: Final = 0.5  # less of the goal than this is not missing


@dataclass(frozen=True, slots=True)
class Looked:
    """What may be told of a measure. name: in the words; way: 1 where more of it is better, else -1; end: of
    what it is of, "" for any; but: verdicts with which it is no gain; stays: it is told, too, where it is as
    it was."""

    name: str
    measure: str
    way: int
    end: str = ""
    but: Collection[str] = ()
    stays: bool = True


ARM: Final = (
    Looked("arm", "arm_displacement", 1, but=("compensated", "lost", "unknown")),
    Looked("trunk", "trunk_share", -1, but=("compensated", "lost", "unknown"), stays=False),
    Looked("smooth", "sparc", 1, but=("lost",)),
)
SHIFT: Final = (
    Looked("lean_left", "range_of_motion", 1, ".left", ("uneven",)),
    Looked("lean_right", "range_of_motion", 1, ".right", ("uneven",)),
)
TAPS: Final = (Looked("taps", "tap_decrement", -1),)
# In the other games more of it is not better: where a figure is traced its size says how far the hand goes,
# and where the water pushes, who leans less is better.
LOOKED: Final[Mapping[str, tuple[Looked, ...]]] = {
    "reach": ARM,
    "catch": ARM,
    "grasp": ARM,
    "stars": SHIFT,
    "steer": SHIFT,
    "taps": TAPS,
}


@dataclass(frozen=True, slots=True)
class Practised:
    """A session in which something was practised. day: by the wall of whoever practised."""

    day: date
    exercise: str
    place: str
    minutes: float
    count: int


@dataclass(frozen=True, slots=True)
class Compared:
    """The newest session of an exercise with the first ones. earlier: how many there were before it; gains:
    None where these are too few to compare."""

    game: str
    earlier: int
    gains: Gains | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """week, sums and news as of a Menu; places: where was practised today. whole: all that was practised
    today is compared."""

    week: tuple[WeekDay, ...]
    sums: Sums
    places: tuple[Planned, ...]
    news: tuple[News, ...]
    whole: bool = True


def told(
    day: Day, today: date, practised: Sequence[Practised], compared: Sequence[Compared], *, whole: bool = True
) -> Told:
    """day: as it is after the practice; today: the day on which the visit began, also where it goes on past
    midnight."""
    mine = [replace(each, day=_seen_from(today, each.day)) for each in practised]
    days = {each.day for each in mine}
    done = [each for each in mine if each.day == today]
    minutes = sum(each.minutes for each in done)
    left = day.minutes if day.minutes >= GOAL_MIN else 0.0
    sums = Sums(
        minutes,
        minutes + left,
        sum(each.count for each in done),
        sum(today - timedelta(days=ago) in days for ago in range(FORTNIGHT)),
        FORTNIGHT,
    )
    return Told(_week(today, days), sums, _places(day, done), (*news(compared), *_next(day)), whole)


def news(compared: Sequence[Compared]) -> tuple[News, ...]:
    """Two things at most: what is better, else one that stayed; or that too little is known yet."""
    judged = [(looked, change) for each in compared for looked, change in _judged(each)]
    better = [looked.name for looked, change in judged if sure(change, looked.way, len(judged))]
    same = [looked.name for looked, change in judged if looked.stays and not change.good]
    found = [News("better", Message(f"told.better.{name}")) for name in dict.fromkeys(better)]
    stayed = next((name for name in same if name not in better), "")
    if stayed:
        found.append(News("same", Message(f"told.same.{stayed}")))
    if not found and any(_unknown(each) for each in compared):
        found.append(News("knowing", Message("told.knowing")))
    return tuple(found[:MOST_NEWS])


def sure(change: Measured, way: int, many: int) -> bool:
    """Whether a change is one for the better: beyond the own MDC, and no chance, though so many were looked
    at. change: as of measured_change."""
    sessions, mdc = int(change.how.params["sessions"]), float(change.how.params["mdc"])
    if not _known(change) or not change.good or change.value * way <= 0:
        return False
    return chance_of(change.value, mdc / (Z95 * math.sqrt(2.0)), sessions) * many <= CHANCE


def with_told(menu: Menu, known: Told | None) -> Menu:
    """The same screen with what is told on it, as far as that is known."""
    if known is None:
        return menu
    if menu.screen != "summary":
        return replace(menu, week=known.week) if menu.screen in TELLS else menu
    said = known.news if known.whole else ()
    return replace(menu, planned=known.places, week=known.week, sums=known.sums, news=said)


def _judged(each: Compared) -> Iterator[tuple[Looked, Measured]]:
    """What can be told of an exercise at all, whichever way it went."""
    if each.gains is None:
        return
    for looked in LOOKED.get(each.game, ()):
        for change in each.gains.changes:
            name, _, part = change.of.partition(".")
            meant = name == looked.measure and part.endswith(looked.end)
            if meant and _known(change) and each.gains.verdict not in looked.but:
                yield looked, change


def _known(change: Measured) -> bool:
    """It could be compared, and with enough: NOISE then says that it is within the own spread."""
    compared = change.validity in (Validity.GOOD, Validity.NOISE)
    enough = int(change.how.params["sessions"]) >= FEWEST
    return compared and enough and math.isfinite(float(change.how.params["mdc"]))


def _unknown(each: Compared) -> bool:
    return each.earlier < FEWEST and each.game in LOOKED


def _seen_from(today: date, day: date) -> date:
    """What was practised past midnight, or before a clock was set back, was practised on the day of this
    visit."""
    return today if day == today + timedelta(days=1) else day


def _week(today: date, days: Collection[date]) -> tuple[WeekDay, ...]:
    shown = [today - timedelta(days=ago) for ago in reversed(range(WEEK))]
    return tuple(WeekDay(each.weekday(), each in days, each == today) for each in shown)


def _places(day: Day, done: Sequence[Practised]) -> tuple[Planned, ...]:
    """Each exercise of today once, with all of its minutes."""
    over = {block.exercise for block in day.blocks if block.done}
    minutes: dict[tuple[str, str], float] = {}
    for each in done:
        key = each.exercise, each.place
        minutes[key] = minutes.get(key, 0.0) + each.minutes
    return tuple(
        Planned(
            Message(f"exercise.{exercise}"),
            Message("menu.minutes", {"minutes": round(spent, 1)}),
            place,
            exercise in over,
        )
        for (exercise, place), spent in minutes.items()
    )


def _next(day: Day) -> tuple[News, ...]:
    """What is left of today, or what tomorrow begins with."""
    if not day.blocks:
        return ()
    first = day.blocks[day.left[0] if day.left else 0]
    return (News("next", Message("told.next", {"exercise": f"exercise.{first.exercise}"})),)
