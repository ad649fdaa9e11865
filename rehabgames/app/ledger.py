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
from rehabgames.measures.gains import Gains, Key, gains, gains_of_hand, gains_of_shift
from rehabgames.measures.material import Practice
from rehabgames.records.folder import data_folder
from rehabgames.records.rows import SessionRow
from rehabgames.records.store import Store
from rehabgames.session.tally import Ledger

FIRST_SESSIONS: Final = 3  # that a gain is told from
MOST: Final = 10_000  # in one session: more is damage
GAINS: Final = {"arm": gains, "shift": gains_of_shift, "hand": gains_of_hand}
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
        days.setdefault((_day_of(row), practice_of(row)), []).append(row)
    return [_day(*key, days[key]) for key in sorted(days)]


def _day_of(row: SessionRow) -> str:
    """As the session's stop says, or else by its start; "" where neither does."""
    day = _table(_table(row.stop).get("done")).get("day")
    if isinstance(day, str) and day:
        return day
    return "" if row.started_utc is None else row.started_utc.astimezone().date().isoformat()


def _day(day: str, practice: Practice, rows: list[SessionRow]) -> Day:
    stops = [_table(row.stop) for row in rows]
    kept = [ledger for stop in stops if (ledger := _ledger(stop.get("ledger"))) is not None]
    minutes = sum(_amount(_table(stop.get("done")).get("minutes")) for stop in stops)
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


def _won(store: Store, rows: list[SessionRow]) -> Iterable[Won]:
    same: dict[tuple[str, str, Practice], list[SessionRow]] = {}
    for row in rows:
        if row.status == "completed":
            practice = practice_of(row)
            side = "" if practice == "shift" else str(row.start.get("side"))
            same.setdefault((str(row.exercise_id), side, practice), []).append(row)
    for (exercise, side, practice), sessions in same.items():
        if len(sessions) < 2:
            continue
        first = [_measured(store, row) for row in sessions[:-1][:FIRST_SESSIONS]]
        now = _measured(store, sessions[-1])
        usable = [each for each in first if each]
        yield Won(exercise, GAINS[practice](usable, now, "left" if side == "left" else "right"))


def _measured(store: Store, row: SessionRow) -> Mapping[Key, Measured]:
    """Empty where it cannot be measured."""
    with contextlib.suppress(StoreError, UseError):
        return {(each.name, each.of): each for each in battery(material_of(store, row))}
    return {}


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _amount(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and 0 <= value <= MOST else 0.0
