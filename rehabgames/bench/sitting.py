"""A sitting: a virtual patient is calibrated and plays a real session, and what its documents say of that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from rehabgames.bench.movement import TRIALS, Played, with_step
from rehabgames.bench.seen import FPS, Seeing, Seen
from rehabgames.core.document import Document
from rehabgames.core.exercise import Axis, Dose, Exercise
from rehabgames.core.inputs import Answer, Input, Recorded, Stop
from rehabgames.core.limits import Limits
from rehabgames.core.person import Profile
from rehabgames.core.plan import Prescription
from rehabgames.core.trial import Goal, TrialSpec
from rehabgames.core.view import View
from rehabgames.games import GAMES
from rehabgames.patients import Kind
from rehabgames.patients.trials import chances
from rehabgames.safety import Envelope
from rehabgames.safety.stop_rules import State
from rehabgames.session import Session, Setup
from rehabgames.session.profiles import profile_of

DRAWS: Final = 100  # for each direction
LONGEST_S: Final = 3000.0
MINUTES: Final = 20.0  # enough for TRIALS of eight seconds, and as long as a session may be
PRESCRIBED: Final = 4 * TRIALS  # so that TRIALS are left where the dose goes down with fatigue
ANSWERED: Final = 10  # tries, after each of which people are asked how they feel
NARROW: Final = Limits(shoulder_elevation_deg=75.0, across_deg=50.0, reach=0.85)  # where they are asked


@dataclass(slots=True)
class Sitting:
    """chances: (trials, directions) probability by the formulas of whole tries at the levels played, and
    expected: of each try itself; success: what came of it. outside, rises: see `outside` and `rises`.
    held: tries before which something held."""

    chances: list[list[float]] = field(default_factory=list)
    expected: list[float] = field(default_factory=list)
    success: list[bool] = field(default_factory=list)
    outside: int = 0
    rises: int = 0
    held: int = 0


def sat(
    setup: Setup,
    seeing: Seeing,
    kind: str,
    seed: int,
    played: Played,
    *,
    asked: bool = False,
    tries: int = TRIALS,
) -> Sitting:
    """setup: any of this exercise, for its protocol and limits. asked: people are asked again and again how
    they feel, and narrow limits hold; else nothing but movements counts.

    Raises ValueError where there is no exercise, and where the calibration does not come to an end.
    """
    if setup.exercise is None:
        raise ValueError("there is no exercise to play")
    exercise = replace(with_step(setup.exercise, played[1]), dose=Dose(PRESCRIBED, MINUTES))
    limits = NARROW if asked else replace(setup.limits, repetitions_block=PRESCRIBED)
    setup = replace(setup, seed=seed, session_id=f"{kind} {seed}", aim="compensation", limits=limits)
    with seeing(kind, setup.side, seed) as seen:
        profile = _profile(_Run(replace(setup, exercise=None), seen))
    ordered = Prescription(exercise.id, setup.side, PRESCRIBED, minutes=MINUTES, adapter=played[0])
    setup = replace(setup, exercise=exercise, prescription=ordered, profile=profile)
    with seeing(kind, setup.side, seed) as seen:
        run = _Run(setup, seen, tries, ANSWERED if asked else 0)
    return _sitting(run, setup, exercise, profile)


class _Run:
    """A session, begun and played to its end, or until so many tries are done.

    documents: of it; as_was: the patient, when each of its trials began
    """

    def __init__(self, setup: Setup, seen: Seen, tries: int = TRIALS, answers_every: int = 0) -> None:
        session = Session(setup)
        self._seen, self._every = seen, answers_every
        self.arm_px = seen.arm_px
        self.documents: list[Document] = []
        self.as_was: list[Kind] = []
        self._trials = 0
        self._picking = -1
        self._now = seen.patient.condition.now()
        view: View | None = None
        said: list[Input] = []
        for tick in range(int(LONGEST_S * FPS)):
            now_s = tick / FPS
            step = session.step(seen.frame(view, now_s, tick), said, now_s)
            view = step.view
            self._look(view)
            self._keep(step.documents)
            said = [Recorded(step.documents[-1].number)] if step.documents else []
            said += self._answers(step.documents)
            if self._trials >= tries:
                said.append(Stop("source"))
            if session.closed is not None:
                break

    def _look(self, view: View) -> None:
        """The patient as it is before it begins to reach for a new thing."""
        target = view.target
        if target is not None and target.kind == "pick" and target.number != self._picking:
            self._picking, self._now = target.number, self._seen.patient.condition.now()

    def _keep(self, documents: Iterable[Document]) -> None:
        for each in documents:
            if each.kind != "landmarks":
                self.documents.append(each)
            if each.kind == "trial":
                self.as_was.append(self._now)

    def _answers(self, fresh: Iterable[Document]) -> list[Answer]:
        """Between two tries: how much pain, how much effort."""
        judged = sum(each.kind == "trial" for each in fresh)
        self._trials += judged
        if not (judged and self._every and self._trials % self._every == 0):
            return []
        patient = self._seen.patient
        return [Answer("pain", patient.answer("pain")), Answer("effort", patient.answer("effort"))]


def _profile(run: _Run) -> Profile:
    found = [each.body for each in run.documents if each.kind == "profile"]
    if not found:
        raise ValueError("the calibration did not come to an end")
    return profile_of(found[-1])


def _sitting(run: _Run, setup: Setup, exercise: Exercise, profile: Profile) -> Sitting:
    trials = [each.body for each in run.documents if each.kind == "trial"]
    envelope = Envelope(setup.limits)
    game = GAMES[exercise.game].make(exercise.settings, profile, setup.side)
    made = Sitting(outside=outside(run.documents, setup.limits))
    made.rises, made.held = rises(run.documents, exercise.axes)
    longer = profile.arm_px / run.arm_px  # an arm length of the session, in those of the patient
    for number, (body, kind) in enumerate(zip(trials, run.as_was, strict=True)):
        if body["success"] is None or body["probe"]:
            continue
        asks = [
            envelope.trial(game.propose(number, dict(body["levels"]), direction))
            for direction in exercise.directions_deg
        ]
        each = chances(
            kind, setup.side, [_longer(spec, longer) for spec in (*asks, spec_of(body))], DRAWS, setup.seed
        )
        made.chances.append(each[:-1])
        made.expected.append(each[-1])
        made.success.append(bool(body["success"]))
    return made


def spec_of(body: Mapping[str, Any]) -> TrialSpec:
    """What the document of a trial says was asked."""
    return TrialSpec(
        body["number"], body["levels"], Goal(**body["goal"]), Goal(**body["place"]), body["limit_s"]
    )


def _longer(spec: TrialSpec, times: float) -> TrialSpec:
    goals = {name: getattr(spec, name) for name in ("goal", "place")}
    return replace(
        spec,
        **{
            name: replace(goal, distance=times * goal.distance, radius=times * goal.radius)
            for name, goal in goals.items()
        },
    )


def outside(documents: Sequence[Document], limits: Limits) -> int:
    """Goals of the record that lie outside these limits, whatever came of them."""
    envelope = Envelope(limits)
    goals = [
        Goal(**each.body[name]) for each in documents if "goal" in each.body for name in ("goal", "place")
    ]
    return sum(not envelope.allows(goal) for goal in goals)


def rises(documents: Sequence[Document], axes: Sequence[Axis]) -> tuple[int, int]:
    """Tries of the record that were harder than the easiest since something held, though it did; and
    how many were played while it did.

    An answer that rules more than "go" holds for the whole block; a success that the other hand made, or the
    trunk where the plan does not let it help, until the next purposeful one.
    """
    trunk_helps = any(each.kind == "start" and each.body.get("aim") == "compensation" for each in documents)
    caps = {axis.name: axis.start for axis in axes}
    felt = by_trunk = False
    rose = held = 0
    for each in documents:
        body = each.body
        if each.kind == "event" and body["name"] == "answer":
            felt |= body["state"] != State.GO.name.lower()
        if each.kind != "trial" or body["success"] is None:
            continue
        holds, levels = felt or by_trunk, body["levels"]
        held += holds
        rose += holds and any(_harder(axis, levels[axis.name], caps[axis.name]) for axis in axes)
        for axis in axes:
            if not holds or _harder(axis, caps[axis.name], levels[axis.name]):
                caps[axis.name] = levels[axis.name]
        if body["success"] and not body["probe"]:
            by_trunk = body["assisted"] or (body["compensated"] and not trunk_helps)
    return rose, held


def _harder(axis: Axis, one: float, other: float) -> bool:
    sign = 1.0 if axis.hardest >= axis.easiest else -1.0
    return bool(sign * (one - other) > 1e-9)


def padded(rows: Sequence[Sequence[float]]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """(rows, TRIALS), NaN where a session ended before its time."""
    whole = np.full((len(rows), TRIALS), np.nan)
    for row, values in zip(whole, rows, strict=True):
        row[: len(values)] = values[:TRIALS]
    return whole
