"""The ledger of one patient: what was practised day by day, and what it won: `rehabgames ledger`.

An arm that reaches, a shift of weight and a hand alone are counted apart: one cannot be added to another.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from rehabgames.app.measure import material_of, measured_json, practice_of
from rehabgames.core.errors import StoreError, UseError
from rehabgames.core.measured import Measured
from rehabgames.measures.battery import battery
from rehabgames.measures.gains import GAINS_OF, Gains, Key
from rehabgames.measures.material import Practice
from rehabgames.records.folder import data_folder
from rehabgames.records.rows import SessionRow
from rehabgames.records.store import Store
from rehabgames.session.tally import Ledger

FIRST_SESSIONS: Final = 3  # that a gain is told from
MOST: Final = 10_000  # in one session: more is damage
COUNTS: Final = tuple(each.name for each in fields(Ledger) if each.name != "active_minutes")


@dataclass(frozen=True, slots=True)
class Day:
    """One day of one practice, by the clock on the patient's wall; "" where the record says no day.

    minutes: of play; active_minutes: in which what is practised moved; unknown: sessions that kept no ledger,
    which are in `sessions` alone.
    """

    day: str
    practice: Practice
    sessions: int
    minutes: float
    ledger: Ledger
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Won:
    """What one exercise with one arm, one hand or the weight has won, from its first sessions to its newest
    one."""

    exercise: str
    gains: Gains


@dataclass(frozen=True, slots=True)
class Account:
    patient: str
    days: tuple[Day, ...]
    won: tuple[Won, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "patient": self.patient,
            "days": [asdict(day) for day in self.days],
            "gains": [
                {
                    "exercise": each.exercise,
                    "practice": each.gains.practice,
                    "side": None if each.gains.practice == "shift" else each.gains.side,
                    "verdict": each.gains.verdict,
                    "baselines": each.gains.sessions,
                    "changes": [measured_json(change) for change in each.gains.changes],
                }
                for each in self.won
            ],
        }


def account(patient: str) -> Account:
    """Raises UseError where this patient has played nothing, StoreError."""
    with Store.open(data_folder()) as store:
        rows = [row for row in store.sessions() if row.patient == patient and row.exercise_id]
        if not rows:
            raise UseError(f"{patient} has not played anything yet.", "Play first: rehabgames play")
        in_order = [row for row in rows if row.started_utc is not None]
        in_order.sort(key=lambda row: (str(row.started_utc), row.id))
        return Account(patient, tuple(_days(rows)), tuple(_won(store, in_order)))


def _days(rows: Iterable[SessionRow]) -> list[Day]:
    days: dict[tuple[str, Practice], list[SessionRow]] = {}
    for row in rows:
        days.setdefault((day_of_row(row), practice_of(row)), []).append(row)
    return [_day(*key, days[key]) for key in sorted(days)]


def day_of_row(row: SessionRow) -> str:
    """As the session's stop says, or else by its start; "" where neither does."""
    day = table_of(table_of(row.stop).get("done")).get("day")
    if isinstance(day, str) and day:
        return day
    return "" if row.started_utc is None else row.started_utc.astimezone().date().isoformat()


def _day(day: str, practice: Practice, rows: list[SessionRow]) -> Day:
    stops = [table_of(row.stop) for row in rows]
    kept = [ledger for stop in stops if (ledger := _ledger(stop.get("ledger"))) is not None]
    minutes = sum(amount_of(table_of(stop.get("done")).get("minutes")) for stop in stops)
    counts = {name: sum(getattr(each, name) for each in kept) for name in COUNTS}
    active = sum(each.active_minutes for each in kept)
    ledger = Ledger(**counts, active_minutes=active)
    return Day(day, practice, len(rows), minutes, ledger, len(rows) - len(kept))


def _ledger(told: Any) -> Ledger | None:
    """None where there is none, or it is damaged: nothing is counted that was not written down."""
    try:
        counts = {name: int(told[name]) for name in COUNTS}
        active = float(told["active_minutes"])
    except (TypeError, KeyError, ValueError, OverflowError):
        return None
    sound = all(0 <= number <= MOST for number in (*counts.values(), active))
    return Ledger(**counts, active_minutes=active) if sound else None


def alike(rows: Iterable[SessionRow]) -> dict[tuple[str, str, Practice], list[SessionRow]]:
    """Completed sessions of one exercise with one arm, one hand or the weight, whose side is "", together and
    in the order of the rows."""
    same: dict[tuple[str, str, Practice], list[SessionRow]] = {}
    for row in rows:
        if row.status == "completed":
            practice = practice_of(row)
            side = "" if practice == "shift" else str(row.start.get("side"))
            same.setdefault((str(row.exercise_id), side, practice), []).append(row)
    return same


def _won(store: Store, rows: list[SessionRow]) -> Iterable[Won]:
    for (exercise, side, practice), sessions in alike(rows).items():
        if len(sessions) < 2:
            continue
        first = [measured(store, row) for row in sessions[:-1][:FIRST_SESSIONS]]
        now = measured(store, sessions[-1])
        usable = [each for each in first if each]
        yield Won(exercise, GAINS_OF[practice](usable, now, "left" if side == "left" else "right"))


def measured(store: Store, row: SessionRow) -> Mapping[Key, Measured]:
    """The battery of a session; empty where it cannot be measured."""
    with contextlib.suppress(StoreError, UseError):
        return {(each.name, each.of): each for each in battery(material_of(store, row))}
    return {}


def table_of(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def amount_of(value: Any) -> float:
    """A number that can be one of a session, else 0."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if number and 0 <= value <= MOST else 0.0
