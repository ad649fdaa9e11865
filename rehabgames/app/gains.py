"""Gains: what the record knows of one patient that may be told at the end of a visit, or to the family."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from rehabgames.app.day import day_of
from rehabgames.app.ledger import alike, amount_of, day_of_row, measured, table_of
from rehabgames.app.repertoire import library
from rehabgames.core.measured import Measured
from rehabgames.core.player import Player
from rehabgames.measures.gains import GAINS_OF, Key
from rehabgames.records.rows import SessionRow
from rehabgames.records.store import Store
from rehabgames.visit.today import BASELINES, FEWEST, Compared, Practised, Told, told


@dataclass(slots=True)
class Past:
    """Reads the record of `store`; a session is measured once. That takes about a second for each two minutes
    of play."""

    store: Store
    _measured: dict[str, Mapping[Key, Measured]] = field(default_factory=dict)

    def told(self, player: Player, now: datetime, days: int = 1) -> Iterator[Told]:
        """What is known at once, and again each time that one exercise of so many days up to today is
        compared; the last one is whole. now: when the visit began, with its zone. Raises as `day_of` does."""
        today = now.date()
        first, last = (str(today + timedelta(days=off)) for off in (1 - days, 1))
        rows = [row for row in self.rows(player.id) if day_of_row(row) <= last]  # or a clock was wrong
        day, done = day_of(player, (player,), self.store, now), practised(rows)
        waiting = [each for each in alike(rows).values() if day_of_row(each[-1]) >= first]
        yield told(day, today, done, (), whole=not waiting)
        compared: list[Compared] = []
        for number, sessions in enumerate(waiting, start=1):
            compared.append(self.compared(sessions))
            yield told(day, today, done, compared, whole=number == len(waiting))

    def rows(self, patient: str) -> list[SessionRow]:
        """What this patient has played, the oldest first; what nobody knows the time of is left out."""
        return [
            row
            for row in reversed(self.store.sessions())
            if row.patient == patient and row.exercise_id and row.started_utc is not None
        ]

    def compared(self, sessions: Sequence[SessionRow]) -> Compared:
        """The newest one of sessions that are alike with the first ones."""
        *earlier, newest = sessions
        game = str(newest.start.get("game"))
        if len(earlier) < FEWEST:
            return Compared(game, len(earlier))
        ((_, side, practice),) = alike([newest])
        first = [taken for row in earlier[:BASELINES] if (taken := self.taken(row))]
        found = GAINS_OF[practice](first, self.taken(newest), "left" if side == "left" else "right")
        return Compared(game, len(earlier), found)

    def ahead(self, player: Player, now: datetime) -> Iterator[None]:
        """Measures what today is going to be compared with, one session at a step."""
        day = day_of(player, (player,), self.store, now)
        planned = {block.exercise for block in day.blocks}
        for sessions in alike(self.rows(player.id)).values():
            if sessions[0].exercise_id in planned and len(sessions) >= FEWEST:
                for row in sessions[:BASELINES]:
                    self.taken(row)
                    yield

    def taken(self, row: SessionRow) -> Mapping[Key, Measured]:
        """As `measured`."""
        if row.id not in self._measured:
            self._measured[row.id] = measured(self.store, row)
        return self._measured[row.id]


def practised(rows: Sequence[SessionRow]) -> list[Practised]:
    """What was really done: of what was cut off only the tries are sure."""
    places = {each.id: each.place for each in library().readable()[0]}
    return [each for row in rows if (each := _practised(row, places)) is not None]


def _practised(row: SessionRow, places: Mapping[str, str]) -> Practised | None:
    stop = table_of(row.stop)
    done, exercise = table_of(stop.get("done")), str(row.exercise_id)
    minutes = amount_of(done.get("minutes"))
    count = int(amount_of(done.get("repetitions", stop.get("trials"))))
    try:
        day = date.fromisoformat(day_of_row(row))
    except ValueError:
        return None
    return Practised(day, exercise, places.get(exercise, ""), minutes, count) if minutes or count else None
