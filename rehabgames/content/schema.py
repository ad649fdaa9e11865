"""What an exercise file must say, and the Exercise that comes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, model_validator

from rehabgames.content.children import harder_for_children
from rehabgames.content.fields import Control, Directions, Sentence, Sentences, Signal, Table, Title
from rehabgames.content.finding import Finding
from rehabgames.content.known import Known
from rehabgames.content.matching import matching_findings
from rehabgames.content.numbers import axis_findings, settings_findings
from rehabgames.content.reading import Source
from rehabgames.content.rules import Between, Name, Some, Words, complete
from rehabgames.content.validate import validated
from rehabgames.content.variants import variants_of
from rehabgames.core.exercise import Axis, Cues, Dose, Exercise, Purpose


class _Axis(Table):
    easiest: float
    hardest: float
    start: float
    step: float

    @model_validator(mode="after")
    def _ordered(self) -> _Axis:
        low, high = sorted((self.easiest, self.hardest))
        if low == high:
            raise complete(f"must differ from easiest, got {high:g} for both", "hardest")
        if not low <= self.start <= high:
            raise complete(f"must be {low:g}..{high:g} (easiest to hardest), got {self.start:g}", "start")
        if not 0 < self.step <= high - low:
            raise complete(f"must be more than 0 and at most {high - low:g}, got {self.step:g}", "step")
        return self


class _Dose(Table):
    repetitions: Annotated[int, Between(1, 500)]
    # never more than 20 minutes without a longer break, says the safety document
    minutes: Annotated[float, Between(0.5, 20)]


class _Cues(Table):
    beats_per_minute: Annotated[float, Between(20, 200, or_zero=True)] = 0.0
    target_calls_s: Annotated[float, Between(0.8, 10, or_zero=True)] = 0.0


class _Purpose(Table):
    goal: Sentence
    for_whom: Sentences
    not_for: Sentences
    evidence: Annotated[str, Words(2000)]


class _Exercise(Table):
    title: Title
    game: Annotated[str, Name("game")]
    control: Control
    guards: Annotated[list[Signal], Some(0, 12)]
    calibration: Annotated[str, Name("calibration protocol")]
    place: Annotated[str, Name("place")]
    posture: Literal["sitting", "standing"]
    camera: Sentence
    target_success: Annotated[float, Between(0.5, 0.95)]
    adapter: Annotated[str, Name("adapter")]
    directions_deg: Directions
    axes: dict[str, _Axis]
    dose: _Dose
    cues: _Cues = Field(default_factory=_Cues)
    # the game's name decides what is allowed here: see numbers.settings_findings
    settings: dict[str, Any] = Field(default_factory=dict)
    purpose: _Purpose


_BEGIN = "to begin with a copy of a good one: rehabgames new my_reach --like orchard_reach"
EXERCISE_KEYS = frozenset(_Exercise.model_fields) | {"child"}


def exercise_of(
    source: Source, known: Known, *, child: bool = False
) -> tuple[Exercise | None, list[Finding]]:
    """The exercise that the file says, or None and everything that is wrong with it. child: as it is for
    children; what is wrong with that is found either way."""
    adults, childs = variants_of(source)
    if not adults.table and not source.findings:
        holds = (
            "holds only what differs for children" if source.table else "is empty, or holds notes (#) alone"
        )
        return None, [Finding(source.file, "", f"{holds}; {_BEGIN}")]
    made, findings = _exercise_of(adults, known)
    if childs is None or findings:
        return made, findings
    other, wrong = _exercise_of(childs, known)
    if made is not None and other is not None:
        harder = harder_for_children(made, other, known.axes)
        wrong = [Finding(source.file, key, what) for key, what in harder]
    if wrong:
        return None, [replace(each, key=f"child.{each.key}") for each in wrong]
    return other if child else made, []


def _exercise_of(source: Source, known: Known) -> tuple[Exercise | None, list[Finding]]:
    tables: dict[str, type[BaseModel]] = {"axes": _Axis, "dose": _Dose, "cues": _Cues, "purpose": _Purpose}
    model, findings = validated(_Exercise, tables, source, known)
    if not source.findings:
        findings += axis_findings(source, known)
        findings += settings_findings(source, known)
        findings += matching_findings(source, known)
    if model is None or findings:
        return None, findings
    exercise = Exercise(
        id=source.name,
        title=model.title,
        game=model.game,
        control=model.control,
        guards=tuple(model.guards),
        calibration=model.calibration,
        place=model.place,
        posture=model.posture,
        camera=model.camera,
        axes=tuple(_axis(name, axis) for name, axis in model.axes.items()),
        dose=Dose(model.dose.repetitions, float(model.dose.minutes)),
        target_success=float(model.target_success),
        adapter=model.adapter,
        settings={key: float(value) for key, value in model.settings.items()},
        directions_deg=tuple(map(float, model.directions_deg)),
        purpose=_purpose(model.purpose),
        sha256=source.sha256,
        cues=Cues(float(model.cues.beats_per_minute), float(model.cues.target_calls_s)),
    )
    return exercise, []


def _axis(name: str, axis: _Axis) -> Axis:
    return Axis(name, float(axis.easiest), float(axis.hardest), float(axis.start), float(axis.step))


def _purpose(purpose: _Purpose) -> Purpose:
    return Purpose(purpose.goal, tuple(purpose.for_whom), tuple(purpose.not_for), purpose.evidence)
