"""Diary: numbers and builds the documents of one session."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from rehabgames.adapt.advice import Advice
from rehabgames.core.delay import MotionToPhoton
from rehabgames.core.document import Document, DocumentKind, StopStatus
from rehabgames.core.exercise import Exercise
from rehabgames.core.inputs import Answer
from rehabgames.core.limits import Limits
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.pose import PoseFrame
from rehabgames.core.trial import Learnt, Outcome, TrialSpec
from rehabgames.core.units import UNITS, axis_unit
from rehabgames.safety import Done, Ruling
from rehabgames.session import chunks
from rehabgames.session.profiles import number, profile_body
from rehabgames.session.setup import Setup
from rehabgames.session.tally import Ledger
from rehabgames.signals import CONTROLS
from rehabgames.signals.noise import NoiseFloor

CHUNK_FRAMES = 30  # a second: more of them at once hold up the game for too long


class Diary:
    """Collects documents until `take`; times are seconds since the session's start. The stop is the last one:
    what is said after it is not written."""

    def __init__(self, session_id: str) -> None:
        self._session_id = session_id
        self._number = 0
        self._written: list[Document] = []
        self._frames: list[PoseFrame] = []
        self._t_s = 0.0
        self._stopped = False

    def at(self, t_s: float) -> None:
        """Documents from now on carry this time."""
        self._t_s = t_s

    def take(self) -> tuple[Document, ...]:
        taken, self._written = tuple(self._written), []
        return taken

    def start(self, setup: Setup, clock_s: float) -> None:
        """clock_s: what the clock of pictures and steps showed when the session's own time was 0."""
        protocol = setup.protocol
        self._add(
            "start",
            {
                "patient": setup.patient,
                "protocol": {"id": protocol.id, "title": protocol.title, "sha256": protocol.sha256},
                "side": setup.side,
                "posture": protocol.posture if setup.exercise is None else setup.exercise.posture,
                **({} if setup.exercise is None else _exercise(setup.exercise)),
                "seed": setup.seed,
                "clock_s": clock_s,
                "started_utc": setup.started_utc,
                "zone": setup.zone,
                "limits": _limits(setup.limits),
                "aim": setup.aim,
                "learnt": None if setup.learnt is None else asdict(setup.learnt),
                "prescription": None if setup.prescription is None else asdict(setup.prescription),
                "profile": None if setup.profile is None else profile_body(setup.profile),
                "previous": None if setup.previous is None else profile_body(setup.previous),
                "source": setup.source,
                "versions": setup.versions,
                "units": _units(setup.exercise),
            },
        )

    def profile(self, profile: Profile) -> None:
        self._add("profile", profile_body(profile))

    def trial(self, spec: TrialSpec, outcome: Outcome, seen_s: float) -> int:
        """seen_s: session time of the first scene with it; NaN where nobody told. Returns the document's
        number, to wait for its Recorded."""
        return self._add("trial", _trial(spec, outcome, seen_s))

    def abandoned(self, spec: TrialSpec, outcome: Outcome, seen_s: float) -> None:
        """A trial that was cut short: kept whole, as an event, because nothing is to be judged of it."""
        self.event("trial_abandoned", **_trial(spec, outcome, seen_s))

    def practised(self, spec: TrialSpec, outcome: Outcome) -> None:
        """A try that does not count: kept whole, as an event, because it is none of the trials."""
        self.event("practised", **_trial(spec, outcome, math.nan))

    def event(self, name: str, **said: Any) -> None:
        self._add("event", {"name": name, **said})

    def answered(self, answer: Answer, ruling: Ruling) -> None:
        """What was said, and what followed from it."""
        said = {"what": answer.what, "value": number(answer.value), "ago_s": number(answer.ago_s)}
        self.event("answer", **said, state=ruling.state.name.lower(), code=ruling.code, flag=ruling.flag)

    def limits(self, limits: Limits) -> None:
        """What holds from now on."""
        self.event("limits", **_limits(limits))

    def dose(self, less: Advice) -> None:
        """From now on less is done, and why."""
        self.event("dose_lowered", share=less.share, rest_s=less.rest_s, why=_said(less.why))

    def noise_floor(self, floor: NoiseFloor) -> None:
        """How much the landmarks tremble at rest, before a block: RMS per axis in px, by landmark."""
        self.event("noise_floor", seconds=floor.seconds, sigma_px=[number(float(s)) for s in floor.sigma_px])

    def motion_to_photon(self, found: MotionToPhoton) -> None:
        """How late a movement is seen, as far as it is known by now."""
        self.event("motion_to_photon", **found.body())

    def frame(self, frame: PoseFrame) -> None:
        self._frames.append(frame)
        if len(self._frames) >= CHUNK_FRAMES:
            self.flush()

    def flush(self) -> None:
        """Write the landmarks collected so far."""
        if not self._frames:
            return
        body = {"t0_s": self._frames[0].t_s, "frames": len(self._frames), "format": chunks.FORMAT}
        self._add("landmarks", body, chunks.pack(self._frames))
        self._frames = []

    def stop(
        self,
        status: StopStatus,
        reason: str,
        counts: dict[str, int],
        done: Done,
        *,
        learnt: Learnt | None = None,
        ledger: Ledger | None = None,
    ) -> None:
        """done: how much was played, for the caps of the next session; learnt: what it begins with;
        ledger: of what kind the practice was."""
        self.flush()
        amount = {name: number(value) for name, value in asdict(done).items()}
        found = None if learnt is None else asdict(learnt)
        kept = None if ledger is None else {name: number(value) for name, value in asdict(ledger).items()}
        self._add(
            "stop",
            {"status": status, "reason": reason, **counts, "done": amount, "learnt": found, "ledger": kept},
        )
        self._stopped = True

    def _add(self, kind: DocumentKind, body: dict[str, Any], payload: bytes = b"") -> int:
        number = self._number
        if self._stopped:
            return number
        self._number += 1
        self._written.append(Document(self._session_id, number, kind, round(self._t_s, 6), body, payload))
        return number


def _trial(spec: TrialSpec, outcome: Outcome, seen_s: float) -> dict[str, Any]:
    return {
        **{name: number(value) for name, value in asdict(outcome).items()},
        "seen_s": number(round(seen_s, 6)),
        "levels": spec.levels,
        "goal": asdict(spec.goal),
        "place": None if spec.place is None else asdict(spec.place),
        **({"way": [asdict(each) for each in spec.way]} if spec.way else {}),
        **({"grip": spec.grip} if spec.grip else {}),
        **({"others": [asdict(other) for other in spec.others]} if spec.others else {}),
        "limit_s": spec.limit_s,
        "clamped": list(spec.clamped),
        "probe": spec.probe,
        "asked": spec.asked,
        "why": None if spec.why is None else _said(spec.why),
    }


def _said(message: Message) -> dict[str, Any]:
    return {"id": message.id, "params": dict(message.params)}


def _limits(limits: Limits) -> dict[str, Any]:
    return asdict(limits)


def _units(exercise: Exercise | None) -> dict[str, Any]:
    """Of the levels of every axis, of the calibrated reach, and of goals by the space that they name."""
    control = None if exercise is None else CONTROLS.get(exercise.control)
    space = "arm" if control is None else control.space
    axes = () if exercise is None else exercise.axes
    game = "" if exercise is None else exercise.game
    return {
        "axes": {axis.name: axis_unit(axis.name, space, game) for axis in axes},
        "reach": UNITS["arm"],
        "spaces": dict(UNITS),
    }


def _exercise(exercise: Exercise) -> dict[str, Any]:
    return {
        "exercise": {"id": exercise.id, "title": exercise.title, "sha256": exercise.sha256},
        "game": exercise.game,
        "control": exercise.control,
        "adapter": exercise.adapter,
        "axes": {axis.name: asdict(axis) for axis in exercise.axes},
        "target_success": exercise.target_success,
    }
