"""Plans: a plan file becomes a Plan, or all that is wrong with it is said at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from rehabgames.content.finding import Finding, content_error
from rehabgames.content.library import Library
from rehabgames.content.lines import located
from rehabgames.content.plan_checks import is_looser, loosened, wrong_in_exercises, wrong_in_limits
from rehabgames.content.plan_editing import edited
from rehabgames.content.plan_schema import FORMAT, TABLES, ExerciseTable, PlanTable
from rehabgames.content.reading import Source, read_source, source_of
from rehabgames.content.root import assets_folder, damaged
from rehabgames.content.validate import modelled
from rehabgames.core.landmarks import Side
from rehabgames.core.limits import Limits, Sector
from rehabgames.core.plan import Plan, Prescription
from rehabgames.safety.merge import COUNTED

CHECK = "rehabgames plan check"
_BLOCK = re.compile(r"^(\[\[exercise\]\]|exercise = |side = )", re.MULTILINE)


def read_plan(plan: str | Path, library: Library, patient: str | None = None) -> Plan:
    """The plan of a file, or of the text of one. Raises ContentError; see `plan_of`."""
    if isinstance(plan, Path):
        source = read_source(plan)
    else:
        source = source_of(plan.encode("utf-8", "surrogatepass"), "plan", "plan")
    read, findings = plan_of(source, library, patient)
    if read is None:
        raise content_error(findings, CHECK)
    return read


def plan_of(
    source: Source, library: Library, patient: str | None = None
) -> tuple[Plan | None, list[Finding]]:
    """The plan that the file says, or None and everything that is wrong with it.

    patient: whose plan it has to be; None: that of whom it names, or of whoever its file is called after.
    """
    made = source.table.get("format")
    if isinstance(made, int) and made > FORMAT:  # what else it says may be unknown here, and not wrong
        what = f"is {made}, of a newer rehabgames; this one reads up to {FORMAT}: update it"
        return None, located([Finding(source.file, "format", what)], source)
    model, findings = modelled(PlanTable, TABLES, source, library.known)
    if model is None:
        return None, located(findings, source)
    if patient is not None and model.patient not in {None, patient}:
        what = f"must be '{patient}', as this file is called, got '{model.patient}'"
        return None, located([Finding(source.file, "patient", what)], source)
    given = model.limits.model_dump(exclude_none=True)  # type: ignore[attr-defined]
    plan = Plan(
        patient=patient or model.patient or source.name,
        aim=model.aim,
        limits=_limits(given),
        prescriptions=tuple(map(_prescription, model.exercise)),
        onset=model.onset,
        early_dose=model.early_dose,
        contact=model.contact,
        version=model.version,
        made_utc=model.made_utc,
        by=model.by,
        reason=model.reason,
        sha256=source.sha256,
    )
    wrong = [*wrong_in_limits(plan, frozenset(given), library), *wrong_in_exercises(plan, library)]
    findings = located([Finding(source.file, key, what) for key, what in wrong], source)
    return (None if findings else plan), findings


def unexplained(plan: Plan, before: Plan | None, file: str) -> list[Finding]:
    """What this plan loosens anew with the reason of the plan `before`; None: there was none."""
    if before is None or plan.reason != before.reason:
        return []
    return [
        Finding(file, f"limits.{name}", f"{is_looser(plan.limits, name)}, which needs a reason of its own")
        for name in loosened(plan.limits, before.limits)
    ]


def new_plan_text(patient: str, exercise: str | None, side: Side | None) -> str:
    """The text of a first plan, every key explained. Without an exercise its block is a note.

    Raises MachineError where the template that ships is missing or damaged.
    """
    source = read_source(assets_folder() / "plan.toml")
    if source.findings:
        raise damaged("; ".join(map(str, source.findings)))
    text = edited(source.text, ("patient",), patient)
    if exercise is None or side is None:
        return _BLOCK.sub(r"# \1", text)
    return edited(edited(text, ("exercise", 0, "exercise"), exercise), ("exercise", 0, "side"), side)


def _limits(given: dict[str, Any]) -> Limits:
    fields: dict[str, Any] = {
        name: value if name in COUNTED or isinstance(value, bool) else float(value)
        for name, value in given.items()
        if name not in {"sectors", "angles_deg"}
    }
    sectors = (Sector(**{end: float(value) for end, value in s.items()}) for s in given.get("sectors", ()))
    angles = {name: (float(low), float(high)) for name, (low, high) in given.get("angles_deg", {}).items()}
    return Limits(sectors=tuple(sectors), angles_deg=angles, **fields)


def _prescription(block: ExerciseTable) -> Prescription:
    return Prescription(
        exercise=block.exercise,
        side=block.side,
        repetitions=block.repetitions,
        sets=block.sets,
        rest_s=_number(block.rest_s),
        minutes=_number(block.minutes),
        target_success=_number(block.target_success),
        adapter=block.adapter,
        order=tuple(block.order),
        locked={name: float(level) for name, level in block.locked.items()},
        probe_every=block.probe_every,
        probe_levels={name: float(level) for name, level in block.probe_levels.items()},
    )


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)
