"""Day: what somebody at home has to do today, from plan and record, and the sessions that this means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from rehabgames.app.live import session_of
from rehabgames.app.plan import load_plan
from rehabgames.app.planned import planned, with_earlier, with_learnt
from rehabgames.app.repertoire import library
from rehabgames.app.wiring import Request, calibration_of, setup_of, with_onlooker, with_previous
from rehabgames.core.exercise import Posture
from rehabgames.core.inputs import Answer, Question
from rehabgames.core.landmarks import Side
from rehabgames.core.limits import Limits
from rehabgames.core.message import Message
from rehabgames.core.plan import Prescription
from rehabgames.core.player import Player
from rehabgames.records.rows import SessionRow
from rehabgames.records.store import Store
from rehabgames.session import Session, Setup
from rehabgames.signals import CONTROLS
from rehabgames.tracking.sources import SourceSpec
from rehabgames.visit.day import Block, Day

ROOM: Final = "room_check"
ASKED: Final[tuple[Question, ...]] = ("effort", "pain")
SORE_WITHIN: Final = timedelta(hours=48)
# until a therapist sends a plan
STARTER: Final[dict[Posture, tuple[str, ...]]] = {
    "sitting": ("orchard_reach", "star_shift", "library_trace"),
    "standing": ("orchard_reach", "star_shift", "harbour_centre"),
}
STARTER_MINUTES: Final = 5.0
# the movement that is shown before an exercise, by what steers it
SHOWN: Final = {"arm": "arm_out", "shift": "lean", "picture": "hand_open", "grip": "hand_close"}


def day_of(player: Player, players: Sequence[Player], store: Store, now: datetime | None = None) -> Day:
    """now: with its zone; None: by the wall. Raises UseError, ContentError and StoreError, as a plan or a
    record that is damaged does."""
    plan = load_plan(player.id)
    prescribed = plan.prescriptions if plan is not None and plan.prescriptions else starter(player)
    now = datetime.now().astimezone() if now is None else now
    begun = [
        (row.started_utc.astimezone(now.tzinfo), row)
        for row in store.sessions()
        if row.patient == player.id and row.started_utc is not None
    ]
    today = [row for at, row in begun if at.date() == now.date()]
    before = [at for at, row in begun if at.date() < now.date() and row.exercise_id is not None]
    return Day(
        tuple(players),
        player,
        tuple(_block(each, today) for each in prescribed),
        sore=any(now - at < SORE_WITHIN for at in before),
        checked=any(_checks_the_room(row) and row.status == "completed" for row in today),
        limits=Limits() if plan is None else plan.limits,
    )


def starter(player: Player) -> tuple[Prescription, ...]:
    """A few quiet exercises for the arm that is trained, both arms in turns where both are."""
    sides: tuple[Side, ...] = ("left", "right") if player.affected == "both" else (player.affected,)
    return tuple(
        Prescription(name, sides[i % len(sides)], minutes=STARTER_MINUTES)
        for i, name in enumerate(STARTER[player.posture])
    )


def _block(ordered: Prescription, today: Sequence[SessionRow]) -> Block:
    exercise = library().exercise(ordered.exercise)
    done = any(
        (row.exercise_id, row.start.get("side"), row.status) == (exercise.id, ordered.side, "completed")
        for row in today
    )
    minutes = exercise.dose.minutes if ordered.minutes is None else ordered.minutes
    return Block(
        exercise.id,
        Message(f"exercise.{exercise.id}"),
        exercise.place,
        ordered.side,
        exercise.posture,
        minutes,
        SHOWN[CONTROLS[exercise.control].space],
        done,
    )


def _checks_the_room(row: SessionRow) -> bool:
    return row.exercise_id is None and row.start.get("protocol", {}).get("id") == ROOM


@dataclass(slots=True)
class Opener:
    """Opens the sessions of one visit, for whoever is before this source."""

    store: Store
    spec: SourceSpec
    _opened: list[Session] = field(default_factory=list)

    def room(self, day: Day, said: tuple[Answer, ...]) -> Session:
        player = _player_of(day)
        side: Side = "right" if player.affected == "both" else player.affected
        return self._begun(calibration_of(Request(patient=player.id, side=side, said=said), ROOM))

    def block(self, day: Day, number: int, said: tuple[Answer, ...]) -> Session:
        """Raises as `planned` does."""
        player, each = _player_of(day), day.blocks[number]
        known = any(session.confirmed for session in self._opened)
        request = Request(
            each.exercise,
            player.id,
            each.side,
            seed=len(self.store.sessions()),
            minutes=each.minutes,
            said=said,
            child=player.comfort.child,
        )
        setup = with_earlier(planned(setup_of(request)), self.store)
        setup = with_previous(with_learnt(setup, self.store), self.store)
        return self._begun(replace(setup, asks=ASKED, known=known))

    def _begun(self, setup: Setup) -> Session:
        session = session_of(with_onlooker(setup, self.spec))
        self._opened.append(session)
        return session


def _player_of(day: Day) -> Player:
    assert day.player is not None, "nobody begins a session before it is known who plays"
    return day.player
