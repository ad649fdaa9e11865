"""Seen: how a virtual patient comes before a session, as landmarks or as pictures that MediaPipe tracks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from rehabgames.core.landmarks import Side
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import View
from rehabgames.patients import Patient, Tracked
from rehabgames.patients.landmarks import PX_PER_M

FPS = 30.0


class Seen(Protocol):
    """Somebody in front of a tracker. Ask for frames in order of time."""

    @property
    def patient(self) -> Patient: ...

    @property
    def arm_px(self) -> float:
        """How long the arm really is, in px of the frames."""

    def frame(self, view: View | None, t_s: float, index: int) -> PoseFrame:
        """What is tracked of a patient who sees this view."""


# kind with its traits, side, seed
Seeing = Callable[[str, Side, int], AbstractContextManager[Seen]]


class _AsLandmarks:
    def __init__(self, kind: str, side: Side, seed: int) -> None:
        self.patient = Patient(kind, side, seed)
        self.arm_px = PX_PER_M * self.patient.build.arm
        self._tracked = Tracked(side, seed, dropouts=self.patient.traits.dropouts)

    def frame(self, view: View | None, t_s: float, index: int) -> PoseFrame:
        return self._tracked.frame(self.patient.step(view, t_s), t_s, index)


@contextmanager
def as_landmarks(kind: str, side: Side, seed: int) -> Iterator[Seen]:
    """With the noise of a webcam's landmarks, and no camera."""
    yield _AsLandmarks(kind, side, seed)


@contextmanager
def drawn(model: Path, kind: str, side: Side, seed: int) -> Iterator[Seen]:
    """Drawn into pictures and tracked in them by the real MediaPipe; model: its pose bundle."""
    from rehabgames.tracking.detector import Detector  # noqa: PLC0415 - for these sessions alone
    from rehabgames.tracking.sources import VirtualSpec  # noqa: PLC0415
    from rehabgames.tracking.virtual import VirtualCamera, look_named  # noqa: PLC0415

    camera = VirtualCamera(VirtualSpec(kind, side, seed, look=0, fps=FPS))

    class Drawn:
        patient = camera.patient
        arm_px = look_named(0).px_per_m(camera.size[0]) * patient.build.arm

        def frame(self, view: View | None, t_s: float, index: int) -> PoseFrame:
            picture = camera.picture_at(t_s, view)
            return detector.detect(picture.bgr, picture.t_s, index)

    with Detector(model) as detector:
        yield Drawn()
