"""What the keys of a plan must be to each other, to the exercises, and to the defaults of SAFETY."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehabgames.content.finding import not_known, shown
from rehabgames.content.library import Library
from rehabgames.core.errors import ContentError, UnknownNameError
from rehabgames.core.exercise import Exercise
from rehabgames.core.limits import Limits
from rehabgames.core.plan import Plan, Prescription
from rehabgames.safety.merge import contradictions
from rehabgames.safety.walls import WALLS
from rehabgames.signals.catalogue import SIGNALS

Wrong = Iterator[tuple[str, str]]  # key, what

DEFAULTS = Limits()
# the first must not be more than the second. A default gives way to what is written below it.
_ORDERED = (
    ("repetitions_block", "repetitions_day"),
    ("minutes_work", "minutes_session"),
    ("minutes_session", "minutes_day"),
    ("pain_ease", "pain_end"),
    ("pain_end", "pain_stop"),
    ("effort_hold", "effort_rest"),
    ("effort_rest", "effort_end"),
)


def loosened(limits: Limits, than: Limits = DEFAULTS) -> tuple[str, ...]:
    """Names of the fields that are looser than in `than` and looser than the defaults of SAFETY."""
    found = []
    for name, wall in WALLS.items():
        value = getattr(limits, name)
        others = [getattr(than, name), getattr(DEFAULTS, name)]
        if value > max(others) if wall.less_is_stricter else value < min(others):
            found.append(name)
    if limits.standing and not than.standing:
        found.append("standing")
    return tuple(found)


def wrong_in_limits(plan: Plan, written: frozenset[str], library: Library) -> Wrong:
    """written: the limits that the file itself gives a value."""
    limits = plan.limits
    for lower, higher in _ORDERED:
        value, most = getattr(limits, lower), getattr(limits, higher)
        if lower in written and value > most:
            yield f"limits.{lower}", f"must be at most limits.{higher} ({most:g}), got {value:g}"
    for name in contradictions(limits):
        if name == "sectors":
            yield "limits.sectors", "must leave a direction in which something can be asked, all are closed"
    yield from _wrong_angles(limits, library)
    missing = [key for key in ("reason", "by") if not getattr(plan, key)]
    if missing:
        if plan.early_dose:
            yield "early_dose", f"lets more be done in the first days, which needs {' and '.join(missing)}"
        for name in loosened(limits):
            yield f"limits.{name}", f"{is_looser(limits, name)}, which needs {' and '.join(missing)}"


def is_looser(limits: Limits, name: str) -> str:
    """ "120 is looser than the default 90"."""
    value, default = getattr(limits, name), getattr(DEFAULTS, name)
    if name == "standing":
        value, default = shown(value), shown(default)
    else:
        value, default = f"{value:g}", f"{default:g}"
    return f"{value} is looser than the default {default}"


def _wrong_angles(limits: Limits, library: Library) -> Wrong:
    names = library.known.names("signal")
    for name in limits.angles_deg:
        signal = SIGNALS.get(name.partition(".")[0])
        if name not in names:
            yield f"limits.angles_deg.{name}", not_known("signal", name, names)
        elif signal is not None and signal.unit != "deg":
            yield (
                f"limits.angles_deg.{name}",
                f"is measured in {signal.unit}, only angles can be limited here",
            )


def wrong_in_exercises(plan: Plan, library: Library) -> Wrong:
    seen: dict[tuple[str, str], int] = {}
    for i, prescription in enumerate(plan.prescriptions):
        key = f"exercise[{i}]"
        first = seen.setdefault((prescription.exercise, prescription.side), i)
        if first != i:
            what = f"is prescribed for the {prescription.side} side already, in exercise[{first}]"
            yield f"{key}.exercise", f"{shown(prescription.exercise)} {what}"
        yield from _wrong_amounts(prescription, plan.limits, key)
        try:
            exercise = library.exercise(prescription.exercise)
        except UnknownNameError:
            names = library.exercise_files.files
            yield f"{key}.exercise", not_known("exercise", prescription.exercise, names)
        except ContentError as error:
            yield f"{key}.exercise", f"the file of this exercise is broken: {error.what.splitlines()[0]}"
        else:
            yield from _wrong_with(exercise, prescription, plan.limits, key)
    yield from _wrong_sums(plan)


def _wrong_amounts(prescription: Prescription, limits: Limits, key: str) -> Wrong:
    repetitions, minutes, rest_s = prescription.repetitions, prescription.minutes, prescription.rest_s
    if repetitions is not None and repetitions > limits.repetitions_block:
        most = f"limits.repetitions_block ({limits.repetitions_block})"
        yield f"{key}.repetitions", f"must be at most {most}, got {repetitions}"
    if minutes is not None and minutes > limits.minutes_session:
        most = f"limits.minutes_session ({limits.minutes_session:g})"
        yield f"{key}.minutes", f"must be at most {most}, got {minutes:g}"
    if rest_s is not None and rest_s < limits.rest_s:
        yield f"{key}.rest_s", f"must be at least limits.rest_s ({limits.rest_s:g}), got {rest_s:g}"
    if prescription.probe_every == 1:
        yield f"{key}.probe_every", "must be 0 (no probes) or 2..100, for with 1 nothing is practised, got 1"


def _wrong_with(exercise: Exercise, prescription: Prescription, limits: Limits, key: str) -> Wrong:
    if exercise.posture == "standing" and not limits.standing:
        yield f"{key}.exercise", f"{shown(exercise.id)} is done standing, and limits.standing is false"
    axes = {axis.name: axis for axis in exercise.axes}
    for i, name in enumerate(prescription.order):
        if name not in axes:
            yield f"{key}.order[{i}]", not_known(f"axis of {exercise.id}", name, axes)
        elif name in prescription.locked:
            yield f"{key}.order[{i}]", f"{shown(name)} is locked, so it cannot move; take one of them out"
    tables: Mapping[str, Mapping[str, float]] = {
        "locked": prescription.locked,
        "probe_levels": prescription.probe_levels,
    }
    for table, levels in tables.items():
        for name, level in levels.items():
            axis = axes.get(name)
            if axis is None:
                yield f"{key}.{table}.{name}", not_known(f"axis of {exercise.id}", name, axes)
            elif not axis.lowest <= level <= axis.highest:
                allowed = f"{axis.lowest:g}..{axis.highest:g}"
                yield f"{key}.{table}.{name}", f"must be {allowed}, as the exercise has it, got {level:g}"


def _wrong_sums(plan: Plan) -> Wrong:
    """What is left to the exercise files counts nothing here: the limits cut it while playing."""
    limits = plan.limits
    minutes = sum(each.minutes or 0 for each in plan.prescriptions)
    if minutes > limits.minutes_day:
        yield (
            "exercise",
            f"minutes add up to {minutes:g}, more than limits.minutes_day ({limits.minutes_day:g})",
        )
    repetitions = sum((each.repetitions or 0) * each.sets for each in plan.prescriptions)
    if repetitions > limits.repetitions_day:
        most = f"more than limits.repetitions_day ({limits.repetitions_day:g})"
        yield "exercise", f"repetitions of all sets add up to {repetitions}, {most}"
