"""What if: a stored session told to an adapter with other settings: `rehabgames what-if`.

The adapter hears what was really played and what came of it, and is asked before each trial. So every
answer is one step away from what happened; what would have come of its own levels nobody can know.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Literal

from rehabgames.adapt import ADAPTERS
from rehabgames.app.what_if_record import Played, Settings, read_session
from rehabgames.core.errors import DamagedError, UseError, unknown_name
from rehabgames.core.exercise import Axis
from rehabgames.core.message import Message
from rehabgames.core.trial import Space
from rehabgames.core.units import axis_unit
from rehabgames.records.folder import data_folder
from rehabgames.records.store import Store
from rehabgames.reports.terms import why_words
from rehabgames.words import render, text_of

ANOTHER: Final = "Ask about another session."
TARGETS: Final = (0.5, 0.95)  # as in a plan
SAME: Final = 1e-9  # in the axis's own unit: what is nearer is the same level
MOVED: Final = frozenset({"adapt.limit", "adapt.held", "adapt.safe"})  # reasons that are not the adapter's
LOCKED: Final = Message("adapt.locked")
DAMAGE: Final = (DamagedError, ValueError, KeyError, TypeError, AttributeError, ArithmeticError)

Course = Literal["same", "easier", "harder", "mixed"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """Settings to try, as somebody types them; None and () leave what was recorded.

    locks: "AXIS=LEVEL" each, besides those recorded; order: "AXIS,AXIS", in place of the one recorded
    """

    adapter: str | None = None
    target: float | None = None
    locks: tuple[str, ...] = ()
    order: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One trial. played and asked: level per axis; why: a sentence; moved: the safety envelope had changed
    what was asked when it was played; asked_then: that, {} where the record does not keep it; as_then: what
    is asked now was asked then as well, None where unknown; compensated and assisted as in Outcome."""

    number: int
    played: dict[str, float]
    asked: dict[str, float]
    asked_then: dict[str, float]
    as_then: bool | None
    success: bool | None
    compensated: bool
    assisted: bool
    probe: bool
    moved: bool
    why: str
    why_played: str
    course: Course

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """session: its id; version: of the program that recorded it, "" where unknown; units: axis → the unit of
    its levels, "" where unknown."""

    session: str
    version: str
    recorded: Settings
    settings: Settings
    lines: tuple[Line, ...]
    units: dict[str, str] = field(default_factory=dict)

    @property
    def as_recorded(self) -> bool:
        return self.settings == self.recorded

    @property
    def compared(self) -> tuple[Line, ...]:
        """All trials but probes, which no adapter asks for."""
        return tuple(line for line in self.lines if not line.probe)

    @property
    def differing(self) -> tuple[Line, ...]:
        """Trials for which other levels were asked when they were played."""
        return tuple(line for line in self.compared if line.as_then is False)

    def difference(self, axis: str) -> float:
        """Mean of asked less asked then, or less played where that is not known, in the axis's own unit; NaN
        where nothing is compared."""
        apart = [line.asked[axis] - (line.asked_then or line.played)[axis] for line in self.compared]
        return math.fsum(apart) / len(apart) if apart else math.nan

    def share(self, course: Course) -> float:
        """Of the compared trials, 0 to 1; NaN where there are none."""
        n = len(self.compared)
        return sum(line.course == course for line in self.compared) / n if n else math.nan

    def as_json(self) -> dict[str, Any]:
        """The numbers for --json. NaN is null."""
        courses: tuple[Course, ...] = ("same", "easier", "harder", "mixed")
        return {
            "session": self.session,
            "version": self.version,
            "recorded": self.recorded.as_json(),
            "settings": self.settings.as_json(),
            "as_recorded": self.as_recorded,
            "units": self.units,
            "compared": len(self.compared),
            "mean_difference": {
                axis.name: _or_none(self.difference(axis.name)) for axis in self.settings.axes
            },
            "share": {course: _or_none(self.share(course)) for course in courses},
            "trials": [line.as_json() for line in self.lines],
        }


def what_if(session: str, wishes: Wishes) -> WhatIf:
    """session: its id, the beginning of one, or "last".

    Raises UseError (no such session, adapter or axis; an impossible setting; nothing was played; it still
    runs; what the record says of it is damaged) and StoreError.
    """
    with Store.open(data_folder()) as store:
        try:
            row = store.session(session)
            played = read_session(store, row)
        except DAMAGE as error:
            raise UseError(f"The record of {session} is damaged.", ANOTHER) from error
    if not any(shown for _, _, shown in played.trials):
        raise UseError(f"The session {row.id} has no trials.", "Choose one that went on for longer.")
    settings = _wanted(played.began, wishes, row.id)
    lines = tuple(_lines(settings, played))
    units = {axis.name: axis_unit(axis.name, played.space, played.game) for axis in settings.axes}
    return WhatIf(row.id, played.version, played.began, settings, lines, units)


def _lines(settings: Settings, played: Played) -> Iterator[Line]:
    adapter, moving = settings.adapter_now(), settings.path.stretches
    game = played.game
    for spec, outcome, shown in played.trials:
        space = spec.goal.space
        asked = adapter.ask()
        moved = bool(spec.clamped) or (spec.why is not None and spec.why.id in MOVED)
        then = spec.asked or ({} if moved else spec.levels)
        if shown:
            yield Line(
                number=spec.number,
                played=spec.levels,
                asked=asked,
                asked_then=spec.asked,
                as_then=_course(settings.axes, then, asked) == "same" if then else None,
                success=outcome.success,
                compensated=outcome.compensated,
                assisted=outcome.assisted,
                probe=spec.probe,
                moved=moved,
                why=_sentence(adapter.explain() if moving else LOCKED, space, game),
                why_played="" if spec.why is None else _sentence(spec.why, space, game),
                course=_course(settings.axes, spec.asked or spec.levels, asked),
            )
        adapter.tell(spec, outcome)


def _course(axes: Sequence[Axis], played: dict[str, float], asked: dict[str, float]) -> Course:
    ways = set()
    for axis in axes:
        apart = asked[axis.name] - played[axis.name]
        if abs(apart) > SAME:
            ways.add((apart > 0) == (axis.hardest >= axis.easiest))
    if len(ways) == 2:
        return "mixed"
    return "same" if not ways else "harder" if ways.pop() else "easier"


def _sentence(message: Message, space: Space, game: str) -> str:
    """Of an axis that the catalogue does not know: what is true of any."""
    message = why_words(message, space, game)
    if text_of(message.id) == message.id:
        message = replace(message, id=f"adapt.{message.id.rpartition('.')[2]}")
    return render(message)


def _wanted(recorded: Settings, wishes: Wishes, session: str) -> Settings:
    adapter = recorded.adapter if wishes.adapter is None else wishes.adapter
    if adapter not in ADAPTERS:
        if wishes.adapter is not None:
            raise unknown_name("adapter", adapter, ADAPTERS)
        step = f"Choose another one: --adapter {', '.join(sorted(ADAPTERS))}."
        raise UseError(f"The session {session} was played with '{adapter}', which is not here.", step)
    target = recorded.target_success if wishes.target is None else wishes.target
    if wishes.target is not None and not TARGETS[0] <= target <= TARGETS[1]:
        raise UseError(f"--target {target:g} is not possible.", f"Choose {TARGETS[0]} to {TARGETS[1]}.")
    axes = {axis.name: axis for axis in recorded.axes}
    locks = dict(_locks(wishes.locks, axes))
    order = recorded.order if wishes.order is None else _order(wishes.order, axes)
    locked = recorded.locked | locks
    for name in () if wishes.order is None else order:
        if name in locked:
            step = "Leave it out of --order." if name in locks else "It was locked when it was played."
            raise UseError(f"The axis '{name}' is locked, so it cannot move.", step)
    return replace(recorded, adapter=adapter, target_success=target, order=order, locked=locked)


def _locks(locks: Sequence[str], axes: dict[str, Axis]) -> Iterator[tuple[str, float]]:
    given: set[str] = set()
    for lock in locks:
        name, equals, text = (part.strip() for part in lock.partition("="))
        if not equals:
            raise UseError(f"--lock {lock!a} names no level.", "Write it as AXIS=LEVEL.")
        axis = _axis(name, axes)
        if name in given:
            raise UseError(f"The axis '{name}' is locked twice.", "Lock it once.")
        try:
            level = float(text)
        except ValueError:
            level = math.nan
        if not axis.lowest <= level <= axis.highest:
            step = f"Choose {axis.lowest:g} to {axis.highest:g}."
            raise UseError(f"--lock {lock!a} is not possible.", step)
        given.add(name)
        yield name, level


def _order(order: str, axes: dict[str, Axis]) -> tuple[str, ...]:
    names = tuple(name.strip() for name in order.split(","))
    for i, name in enumerate(names):
        _axis(name, axes)
        if name in names[:i]:
            raise UseError(f"--order names '{name}' twice.", "Name it once.")
    return names


def _axis(name: str, axes: dict[str, Axis]) -> Axis:
    if name not in axes:
        raise unknown_name("axis", name, axes)
    return axes[name]


def _or_none(value: float) -> float | None:
    return round(value, 6) if math.isfinite(value) else None
