"""Planned: a setup with what the therapist's plan says, and with what was done earlier."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from rehabgames.app.plan import load_plan, see_plan
from rehabgames.content.plan_schema import is_patient
from rehabgames.core.errors import UseError
from rehabgames.core.inputs import Answer
from rehabgames.core.landmarks import Side
from rehabgames.core.plan import Plan, Prescription
from rehabgames.core.trial import Learnt
from rehabgames.records.rows import SessionRow
from rehabgames.records.store import Store
from rehabgames.safety import Done, allows_nothing, gated
from rehabgames.session import Setup

SUPPORTED: Final = Answer("support", 1.0)
LEARNT_WITHIN: Final = 20  # sessions: what was found longer ago says nothing of today
REMEMBERED: Final = timedelta(hours=36)  # today, and a yesterday that went on past midnight


def planned(setup: Setup) -> Setup:
    """The same setup with the limits, the aim and the prescription of this patient's plan, if there is one.

    Raises UseError, ContentError and StoreError: by a plan that says something wrong nothing is played.
    """
    plan = load_plan(setup.patient) if is_patient(setup.patient) else None
    if plan is None:
        return setup
    ordered = _prescription(plan, setup)
    minutes = setup.minutes if ordered is None or ordered.minutes is None else ordered.minutes
    if setup.minutes is not None and minutes is not None:
        minutes = min(minutes, setup.minutes)
    limits = gated(plan.limits, plan.onset, _today(), cleared=plan.early_dose)
    if allows_nothing(limits):
        raise UseError(
            f"By the plan it began on {plan.onset}: in the first days nothing is practised.",
            "A therapist may allow it: rehabgames plan set early_dose true --by NAME --reason TEXT",
        )
    return replace(setup, limits=limits, aim=plan.aim, prescription=ordered, minutes=minutes)


def prescribed_side(exercise: str, patient: str) -> Side | None:
    """The one arm for which this patient's plan prescribes the exercise; None where there is none, or both.

    Raises UseError and ContentError as `planned`.
    """
    seen = see_plan(patient) if is_patient(patient) else None
    sides = {p.side for p in seen.plan.prescriptions if p.exercise == exercise} if seen else set()
    return sides.pop() if len(sides) == 1 else None


def standing_allowed(setup: Setup, *, in_the_room: bool) -> Setup:
    """The same setup, where it asks nothing standing up or may. Raises UseError where somebody in the room is
    to stand, and that is locked or no support is confirmed. A video and a drawn patient cannot fall."""
    posture = setup.exercise.posture if setup.exercise else setup.protocol.posture
    if posture != "standing":
        return setup
    if not in_the_room:
        limits = replace(setup.limits, standing=True)
        return replace(setup, limits=limits, said=(*setup.said, SUPPORTED))
    name = setup.exercise.id if setup.exercise else setup.protocol.id
    if not setup.limits.standing:
        raise UseError(
            f"{name} is done standing, which is locked for {setup.patient}.",
            "A therapist may allow it: rehabgames plan set limits.standing true --by NAME --reason TEXT",
        )
    if SUPPORTED not in setup.said:
        raise UseError(
            f"{name} is done standing, with something to hold on to in reach.",
            "Put a table or a heavy chair in reach and say so: --support",
        )
    return setup


def with_earlier(setup: Setup, store: Store) -> Setup:
    """The same setup with today's date, the blocks that this patient did before, the oldest first, and how
    that felt."""
    now = datetime.now().astimezone()
    rows = [row for row in rows_since(now - REMEMBERED, setup.patient, store) if row.start.get("exercise")]
    first_pain, held = felt_today(setup.patient, store, now)
    before = tuple(done_of(row) for row in rows)
    return replace(setup, day=now.date().isoformat(), before=before, first_pain=first_pain, held=held)


def rows_since(since: datetime, patient: str, store: Store) -> list[SessionRow]:
    """Of this patient, the oldest first. One that nobody knows the time of is left out."""
    return store.sessions(patient=patient, since=since)[::-1]


def felt_today(patient: str, store: Store, now: datetime) -> tuple[float | None, bool]:
    """(today's first answer to how much pain there is, None where there is none; whether after what was felt
    and done today nothing may get harder). now: with its zone."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    first: float | None = None
    held = False
    for row in rows_since(midnight, patient, store):
        states = {}
        for event in store.events(row.id, "answer"):
            what, value = event.body.get("what"), _number(event.body.get("value"))
            if what == "pain" and first is None and math.isfinite(value):
                first = value
            if what in ("pain", "effort"):
                states[what] = event.body.get("state")
        if states or row.status == "stopped":
            held = row.status == "stopped" or any(state != "go" for state in states.values())
    return first, held


def with_learnt(setup: Setup, store: Store) -> Setup:
    """The same setup with what the last session of this patient, exercise and side found."""
    if setup.exercise is None:
        return setup
    for row in store.sessions_of(setup.patient, setup.exercise.id, setup.side, LEARNT_WITHIN):
        if told := (row.stop or {}).get("learnt"):
            return replace(setup, learnt=_learnt(told))
    return setup


def _today() -> str:
    return datetime.now().astimezone().date().isoformat()


def _learnt(told: Any) -> Learnt | None:
    """None where it is damaged: then the calibration is what a session begins with."""
    try:
        levels, sd = {str(name): float(level) for name, level in told["levels"].items()}, float(told["sd"])
    except (TypeError, KeyError, ValueError, AttributeError):
        return None
    good = math.isfinite(sd) and 0 < sd <= 1 and all(map(math.isfinite, levels.values()))
    return Learnt(levels, sd) if good else None


def _prescription(plan: Plan, setup: Setup) -> Prescription | None:
    """What the plan says of this exercise with this side."""
    if setup.exercise is None:
        return None
    return next(
        (p for p in plan.prescriptions if (p.exercise, p.side) == (setup.exercise.id, setup.side)), None
    )


def done_of(row: SessionRow) -> Done:
    """What a session was. One that was cut off counts with all of its time."""
    told: dict[str, Any] = (row.stop or {}).get("done") or {}
    started = row.started_utc
    day = started.astimezone().date().isoformat() if started is not None else ""
    minutes, repetitions = told.get("minutes"), told.get("repetitions")
    return Done(
        begun_s=_number(told.get("begun_s")),
        minutes=(row.ended_s or 0.0) / 60 if minutes is None else _number(minutes),
        repetitions=int((row.stop or {}).get("trials") or 0) if repetitions is None else int(repetitions),
        day=str(told.get("day") or day),
        ended_s=_number(told.get("ended_s")),
    )


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else math.nan
