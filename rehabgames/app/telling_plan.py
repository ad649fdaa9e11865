"""Telling of plans: what is prescribed and which limits hold, in plain words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from rehabgames.app.plan import Seen
from rehabgames.app.repertoire import library
from rehabgames.app.telling import pairs, say
from rehabgames.content.plan_checks import DEFAULTS, loosened
from rehabgames.core.exercise import Exercise
from rehabgames.core.limits import Limits
from rehabgames.core.plan import Plan, Prescription
from rehabgames.safety import gated, tightest
from rehabgames.safety.onset import EARLY_DAYS, FIRST_DAYS
from rehabgames.safety.walls import WALLS

_AIMS: Final = {
    "restitution": "restitution: the arm is to do it as it once did; help from the trunk does not count",
    "compensation": "compensation: it is to be done, however; help from the trunk is allowed and reported",
}
_LIMITS: Final = {
    "shoulder_elevation_deg": ("Arm lifted to the working side", "at most {:g} degrees"),
    "across_deg": ("Arm lifted across the body", "at most {:g} degrees"),
    "reach": ("Reach in any direction", "at most {:g} arm lengths"),
    "speed": ("Asked speed of the hand", "at most {:g} arm lengths a second"),
    "hold_s": ("Holding still", "at most {:g} s"),
    "shift": ("Shift of weight", "at most {:g} of the calibrated one"),
    "repetitions_block": ("Tries in one set", "at most {:g}"),
    "repetitions_day": ("Tries a day", "at most {:g}"),
    "minutes_work": ("Play without a rest", "at most {:g} minutes"),
    "rest_s": ("That rest, and between sets", "at least {:g} s"),
    "minutes_session": ("Play without a break", "at most {:g} minutes"),
    "break_minutes": ("That break", "at least {:g} minutes"),
    "minutes_day": ("Play a day", "at most {:g} minutes"),
    "pain_ease": ("Pain: ease and rest", "from {:g} of 10"),
    "pain_end": ("Pain: the exercise ends", "from {:g} of 10"),
    "pain_stop": ("Pain: the session ends", "from {:g} of 10"),
    "pain_rise": ("Pain rises: the exercise ends", "from {:g} over today's first answer"),
    "effort_hold": ("Effort: nothing gets harder", "from {:g} of 10"),
    "effort_rest": ("Effort: rest and step down", "from {:g} of 10"),
    "effort_end": ("Effort: the exercise ends", "from {:g} of 10"),
}


def tell_plan(seen: Seen | None, patient: str) -> None:
    """What `plan show` prints; None: there is no plan, and the defaults hold."""
    if seen is None:
        whose = "" if patient == "patient" else f" --patient {patient}"
        say(f"There is no plan for {patient}, so the defaults hold. Begin one: rehabgames plan new{whose}")
        _tell_limits(DEFAULTS)
        return
    plan, shelf = seen.plan, library()
    rows = [("Plan of", plan.patient), ("Version", _version(seen))]
    rows += [(name, said) for name, said in (("By", plan.by), ("Reason", plan.reason)) if said]
    rows += [("Began", _began(plan))] if plan.onset else []
    rows += [("To be called", plan.contact)] if plan.contact else []
    pairs([*rows, ("File", str(seen.path)), ("Aim", _AIMS[plan.aim])])
    say("")
    say("Prescribed" if plan.prescriptions else "No exercise is prescribed; any may be played.")
    for prescription in plan.prescriptions:
        asked = "; ".join(_asked(prescription, shelf.exercise(prescription.exercise)))
        say(f"  {prescription.exercise}, {prescription.side} arm: {asked}")
    say("")
    _tell_limits(today(plan))


def today(plan: Plan) -> Limits:
    """The limits that hold today."""
    return gated(
        plan.limits, plan.onset, datetime.now().astimezone().date().isoformat(), cleared=plan.early_dose
    )


def _began(plan: Plan) -> str:
    if plan.early_dose:
        return f"{plan.onset}; the whole dose is allowed in the first days"
    return f"{plan.onset}; nothing for {FIRST_DAYS} days, less until the {EARLY_DAYS}th"


def plan_json(seen: Seen | None, patient: str) -> dict[str, Any]:
    """The same as JSON values. limits: those that hold. version 0: there is no plan."""
    if seen is None:
        return {"patient": patient, "version": 0, "limits": asdict(tightest(DEFAULTS)), "prescriptions": []}
    plan = seen.plan
    return asdict(plan) | {
        "limits": asdict(today(plan)),
        "loosened": list(loosened(plan.limits)),
        "file": str(seen.path),
        "kept": seen.kept,
    }


def _version(seen: Seen) -> str:
    plan = seen.plan
    if not seen.kept:
        return "edited, and not yet checked in: rehabgames plan check, or playing, makes it the next version"
    return f"{plan.version}, made {plan.made_utc.removesuffix('+00:00').replace('T', ' ')} UTC"


def _asked(each: Prescription, exercise: Exercise) -> Iterator[str]:
    tries = each.repetitions or exercise.dose.repetitions
    yield f"{tries} tries" if each.sets == 1 else f"{each.sets} sets of {tries} tries"
    if each.rest_s is not None:
        yield f"{each.rest_s:g} s rest between sets"
    yield f"at most {each.minutes or exercise.dose.minutes:g} minutes"
    yield f"{each.target_success or exercise.target_success:.0%} of tries ought to succeed"
    if each.adapter is not None:
        yield f"difficulty by {each.adapter}"
    if each.order:
        yield f"what gets harder: {', then '.join(each.order)}"
    for name, level in each.locked.items():
        yield f"{name} stays at {level:g}"
    if each.probe_every:
        at = ", ".join(f"{name} {level:g}" for name, level in each.probe_levels.items())
        yield f"one try in {each.probe_every} is a probe{f' at {at}' if at else ''}"


def _tell_limits(limits: Limits) -> None:
    held, rows = tightest(limits), list[tuple[str, str]]()
    loose = loosened(held)
    for name, (what, form) in _LIMITS.items():
        rows.append((what, form.format(getattr(held, name)) + _beside_default(held, name, loose)))
    standing = "allowed, where a support in reach is confirmed" if held.standing else "locked"
    rows.append(("Standing exercises", standing + (" (looser than by default)" if held.standing else "")))
    for sector in held.sectors:
        where = f"From {sector.from_deg:g} to {sector.to_deg:g} degrees"
        rows.append((where, f"reach at most {sector.reach:g} arm lengths" if sector.reach else "nothing"))
    for signal, (lowest, highest) in held.angles_deg.items():
        rows.append((signal.replace("_", " ").capitalize(), f"{lowest:g} to {highest:g} degrees"))
    say("Limits that hold today")
    pairs([(f"  {what}", value) for what, value in rows])


def _beside_default(limits: Limits, name: str, loose: tuple[str, ...]) -> str:
    value, default = getattr(limits, name), getattr(DEFAULTS, name)
    if value == default or name not in WALLS:
        return ""
    return f" ({'looser' if name in loose else 'tighter'} than {default:g} by default)"
