"""A drawn patient before a camera and a screen that are late by known times, on virtual time.

The real network tracks what was drawn; the patient sees a scene when its light is there, and a picture is
stamped some time after its own. When the hand truly set out is known, so is every reaction time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from rehabgames.app.measure import material_of
from rehabgames.core.delay import Delay
from rehabgames.core.document import Document
from rehabgames.core.inputs import Flipped, Input, Recorded
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import View
from rehabgames.measures import reach
from rehabgames.measures.of_arm import reaches
from rehabgames.records.store import Store
from rehabgames.session import Session, Setup
from rehabgames.testing.acting import calibrated, setup_for
from rehabgames.tracking.detector import Detector
from rehabgames.tracking.sources import VirtualSpec
from rehabgames.tracking.virtual import VirtualCamera

TICK_S = 1 / 60
ONSET = (
    0.0594  # share of a minimum-jerk movement at which it has 5 % of its peak speed, the onset of a measure
)


@dataclass(frozen=True)
class Late:
    """camera_s from the light of a movement to the stamp of its picture, tracked_s from there to its
    landmarks, painted_s from a step to its flip, display_s from there to the light."""

    camera_s: float = 0.070
    tracked_s: float = 0.018
    painted_s: float = 0.010
    display_s: float = 0.020

    @property
    def outside_s(self) -> float:
        return self.camera_s + self.display_s


@dataclass
class Delayed:
    """true_s: number of a trial → reaction time, from the light of its target to the onset of the hand.
    asked_s: number of a trial → the step that began it."""

    session_id: str
    documents: list[Document]
    true_s: dict[int, float] = field(default_factory=dict)
    asked_s: dict[int, float] = field(default_factory=dict)

    def errors(self, folder: Path, given: Delay | None = None, *, by_step: bool = False) -> list[float]:
        """Measured less true, s. given None: by what the session says itself; by_step: as if a target were
        seen when it is asked for."""
        with Store.open(folder) as store:
            for each in self.documents:
                store.add(each)
            material = material_of(store, store.session(self.session_id), given)
        found = []
        for i, made in enumerate(reaches(material, "right")):
            assert made.asked is not None
            cue_s = self.asked_s[i] if by_step else made.asked.cue_s
            told = reach.measured(made.found, cue_s=cue_s, delay=material.delay)
            (one,) = (each for each in told if each.name == "reaction_time")
            if one.good:
                found.append(one.value - self.true_s[i])
        return found


def play_delayed(
    model: Path, late: Late, seconds: float, *, filmed: bool, look: int = 0, kind: str = "healthy"
) -> Delayed:
    """filmed: somebody filmed motion to photon, and gave it; else it is assumed."""
    made = calibrated(setup_for("orchard_reach", 1))
    setup = replace(made, onlooker="camera", filmed_s=_filmed_s(late) if filmed else None)
    camera = VirtualCamera(VirtualSpec(kind, "right", 1, look))
    with Detector(model) as detector:
        return _played(setup, camera, late, int(seconds / TICK_S), detector.detect)


def _filmed_s(late: Late) -> float:
    """A picture of every other tick is stepped at the first tick after it is tracked."""
    ready_s = late.camera_s + late.tracked_s
    waits_s = -ready_s % TICK_S
    return ready_s + waits_s + late.painted_s + late.display_s


def _played(
    setup: Setup, camera: VirtualCamera, late: Late, ticks: int, detect: Callable[..., PoseFrame]
) -> Delayed:
    session = Session(setup)
    played = Delayed(setup.session_id, [])
    lights: list[tuple[float, View]] = []  # when each scene is there to be seen
    waiting: list[tuple[float, PoseFrame]] = []  # when each picture is tracked
    fresh: list[Document] = []
    seen_of: dict[int, float] = {}  # number of a target → its light
    trials = 0
    for tick in range(ticks):
        now_s = tick * TICK_S
        if tick % 2 == 0:
            there = [view for light_s, view in lights if light_s <= now_s]
            lights = [each for each in lights if each[0] > now_s - 3 * TICK_S]
            picture = camera.picture_at(now_s, there[-1] if there else None)
            frame = detect(picture.bgr, now_s + late.camera_s, picture.index)
            waiting.append((frame.t_s + late.tracked_s, frame))
        due = waiting.pop(0)[1] if waiting and waiting[0][0] <= now_s + 1e-9 else None
        inputs: list[Input] = [Recorded(fresh[-1].number)] if fresh else []
        inputs += [Flipped((tick - 1) * TICK_S + late.painted_s)] if tick else []
        step = session.step(due, inputs, now_s)
        fresh = list(step.documents)
        played.documents += fresh
        light_s = now_s + late.painted_s + late.display_s
        lights.append((light_s, step.view))
        target = step.view.target
        if target is not None and target.number not in seen_of:
            seen_of[target.number] = light_s
            if target.kind == "pick":
                played.asked_s[trials] = now_s
                trials += 1
        begun = camera.patient.answer_to
        if begun is not None and trials - 1 not in played.true_s and begun.number in seen_of:
            onset_s = begun.begin_s + ONSET * begun.takes_s
            played.true_s[trials - 1] = onset_s - seen_of[begun.number]
    played.documents += session.close("stopped", "watched")
    return played
