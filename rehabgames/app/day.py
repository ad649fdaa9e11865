"""Day: what somebody at home has to do today, from plan and record, and the sessions that this means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, get_args

from rehabgames.app.live import session_of
from rehabgames.app.plan import load_plan
from rehabgames.app.planned import done_of, felt_today, planned, rows_since, with_earlier, with_learnt
from rehabgames.app.repertoire import library
from rehabgames.app.wiring import Request, calibration_of, setup_of, with_onlooker, with_previous
from rehabgames.core.exercise import Posture
from rehabgames.core.inputs import Answer, Question, StopBy
from rehabgames.core.landmarks import Side
from rehabgames.core.limits import Limits
from rehabgames.core.message import Message
from rehabgames.core.plan import Prescription
from rehabgames.core.player import Player
from rehabgames.records.rows import SessionRow
from rehabgames.records.store import Store
from rehabgames.safety import allows_nothing, gated
from rehabgames.session import Session, Setup
from rehabgames.signals import CONTROLS
from rehabgames.tracking.sources import SourceSpec
from rehabgames.visit.day import LEAST_MIN, Block, Day

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
    limits = Limits()
    if plan is not None:
        limits = gated(plan.limits, plan.onset, now.date().isoformat(), cleared=plan.early_dose)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    since = rows_since(now - SORE_WITHIN, player.id, store)
    today = [row for row in since if _begun(row) >= midnight]
    played = [row for row in today if row.exercise_id is not None]
    blocks = () if allows_nothing(limits) else tuple(_block(each, played) for each in prescribed)
    return Day(
        tuple(players),
        player,
        tuple(each for each in blocks if each.posture == "sitting" or limits.standing),
        sore=any(row.exercise_id is not None and _begun(row) < midnight for row in since),
        checked=any(_checks_the_room(row) and row.status == "completed" for row in today),
        limits=limits,
        contact="" if plan is None else plan.contact,
        first_pain=felt_today(player.id, store, now)[0],
        spare_min=limits.minutes_day - sum(done_of(row).minutes for row in played),
        begun=bool(played),
    )


def starter(player: Player) -> tuple[Prescription, ...]:
    """A few quiet exercises for the arm that is trained, both arms in turns where both are."""
    sides: tuple[Side, ...] = ("left", "right") if player.affected == "both" else (player.affected,)
    return tuple(
        Prescription(name, sides[i % len(sides)], minutes=STARTER_MINUTES)
        for i, name in enumerate(STARTER[player.posture])
    )


def _begun(row: SessionRow) -> datetime:
    assert row.started_utc is not None, "rows of a time that nobody knows are left out"
    return row.started_utc


def _block(ordered: Prescription, today: Sequence[SessionRow]) -> Block:
    """What somebody stopped, or what was cut off, goes on with what is left of it."""
    exercise = library().exercise(ordered.exercise)
    own = [row for row in today if (row.exercise_id, row.start.get("side")) == (exercise.id, ordered.side)]
    whole = exercise.dose.minutes if ordered.minutes is None else ordered.minutes
    left = whole - sum(done_of(row).minutes for row in own)
    done = bool(own) and (left < LEAST_MIN or any(_over(row) for row in own))
    minutes = whole if done else left
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


def _over(row: SessionRow) -> bool:
    """It came to its end, or a rule ended it: not what somebody stopped, and no fault of the machine."""
    return row.status == "completed" or (row.status == "stopped" and row.reason not in get_args(StopBy))


def _checks_the_room(row: SessionRow) -> bool:
    return row.exercise_id is None and row.start.get("protocol", {}).get("id") == ROOM


@dataclass(slots=True)
class Opener:
    """Opens the sessions of one visit, for whoever is before this source."""

    store: Store
    spec: SourceSpec
    _opened: dict[str, Session] = field(default_factory=dict)
    _patients: dict[str, str] = field(default_factory=dict)  # whose each of them is, by its id

    @property
    def ended(self) -> tuple[str, ...]:
        """Ids of those that are closed."""
        return tuple(name for name, session in self._opened.items() if session.closed is not None)

    def room(self, day: Day, said: tuple[Answer, ...]) -> Session:
        player = _player_of(day)
        side: Side = "right" if player.affected == "both" else player.affected
        return self._begun(calibration_of(Request(patient=player.id, side=side, said=said), ROOM))

    def block(self, day: Day, number: int, said: tuple[Answer, ...]) -> Session:
        """Raises as `planned` does."""
        player, each = _player_of(day), day.blocks[number]
        # hazard H12: who was confirmed as one player is not known as another
        own = (session for name, session in self._opened.items() if self._patients[name] == player.id)
        known = any(session.confirmed for session in own)
        request = Request(
            each.exercise,
            player.id,
            each.side,
            seed=self.store.count(),
            minutes=each.minutes,
            said=said,
            child=player.comfort.child,
        )
        setup = with_earlier(planned(setup_of(request)), self.store)
        setup = with_previous(with_learnt(setup, self.store), self.store)
        return self._begun(replace(setup, asks=ASKED, practice=True, known=known))

    def _begun(self, setup: Setup) -> Session:
        session = session_of(with_onlooker(setup, self.spec))
        self._opened[setup.session_id], self._patients[setup.session_id] = session, setup.patient
        return session


def _player_of(day: Day) -> Player:
    assert day.player is not None, "nobody begins a session before it is known who plays"
    return day.player
