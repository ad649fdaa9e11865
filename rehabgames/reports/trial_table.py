"""The columns of numbers in the table of trials: only those that this kind of practice has numbers for."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rehabgames.reports.drawing import degrees
from rehabgames.reports.facts import Facts, Try
from rehabgames.reports.terms import direction_words


class Column(NamedTuple):
    """heading, and the number or the words of every trial by its `shown`; None where there is none."""

    heading: str
    digits: int
    of: Callable[[Try], float | str | None]

    def cell(self, a_try: Try) -> str:
        value = self.of(a_try)
        if value is None:
            return "\N{EM DASH}"
        return value if isinstance(value, str) else f"{value:.{self.digits}f}"


class Columns(NamedTuple):
    """before and after the result of a trial."""

    before: list[Column]
    after: list[Column]


def columns(facts: Facts) -> Columns:
    middle = facts.kind == "middle"
    before = [
        Column("Direction", 0, lambda t: _towards(facts, t)),
        Column("Pushed", 2, lambda t: t.pushed if middle else None),
        Column("Asked", 2, lambda t: None if middle else t.asked),
        Column("Reached", 2, lambda t: None if middle else t.reached),
        Column("Ring", 2, lambda t: t.radius if middle else None),
        Column("Kept within", 2, lambda t: t.off if middle else None),
    ]
    after = [
        Column("Hold began" if middle else "Time to reach", 1, lambda t: t.reach_s),
        Column("Whole trial", 1, lambda t: t.duration_s),
        *(_level(name) for name in facts.axes),
    ]
    return Columns(_known(before, facts), _known(after, facts))


def _known(all_of_them: list[Column], facts: Facts) -> list[Column]:
    return [each for each in all_of_them if any(each.of(t) is not None for t in facts.tries)]


def _level(name: str) -> Column:
    return Column(f"Level of {name.replace('_', ' ')}", 2, lambda t: t.levels.get(name))


def _towards(facts: Facts, a_try: Try) -> str | None:
    if a_try.direction_deg is None or not facts.terms.towards:
        return None
    if facts.space == "shift":
        return direction_words(a_try.direction_deg, facts.space)
    return degrees(a_try.direction_deg)
