"""VirtualCamera: a camera in front of a person who does not exist, but who looks at the screen."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np

from rehabgames.core.errors import UseError, unknown_name
from rehabgames.core.view import View
from rehabgames.patients import CloseUpPatient, Patient
from rehabgames.tracking.closeup import CloseUpHand
from rehabgames.tracking.figure import WHOLE_M, Figure
from rehabgames.tracking.looks import LOOKS, Look
from rehabgames.tracking.pacing import CameraClock
from rehabgames.tracking.sources import CameraPicture, VirtualSpec

STANDING_AT_M = 3.0  # from the camera, as the exercises and calibrations say that are done standing
COMPANY = next(look for look in LOOKS if look.name == "plaid")


class VirtualCamera:
    """See Source: in real time by `read`, or lock-step on any clock by `picture_at`.

    Raises UnknownNameError for an unknown kind of patient or look, UseError for a size or rate that
    cannot be drawn.
    """

    def __init__(self, spec: VirtualSpec) -> None:
        width, height = spec.size
        if not (16 <= width <= 4096 and 16 <= height <= 4096):
            raise UseError(
                f"A camera picture of {width} x {height} cannot be drawn.",
                "Choose 16 to 4096 px, such as 640 x 480.",
            )
        if not (math.isfinite(spec.fps) and 1 <= spec.fps <= 240):
            raise UseError(f"A camera does not give {spec.fps} pictures a second.", "Choose 1 to 240.")
        self._spec = spec
        self._look = look_named(spec.look)
        if spec.distance_m is not None:
            self._look = replace(self._look, distance_m=spec.distance_m)
        if spec.sitting is False:
            self._look = from_afar(self._look, spec.size)
        self._patient = self._person()
        company = replace(COMPANY, offset_m=beside(self._look, spec.size[0])) if spec.company else None
        self._figure = Figure(self._look, spec.size, spec.seed, company=company)
        # the first picture paints the room and takes ten times as long: no camera starts that late
        self._figure.draw(self._person().step(None, 0.0), 0.0)
        self._hand = CloseUpHand(spec.seed, self._look, spec.side, spec.size) if spec.close_up else None
        self._holds_up = CloseUpPatient(self._patient.kind, spec.side, spec.seed)
        self._view: View | None = None
        self._next_index = 0
        self._clock = CameraClock(spec.fps)
        self._open = True
        self.truth_px: dict[str, tuple[float, float]] = {}

    def _person(self) -> Patient:
        sitting = self._look.sitting if self._spec.sitting is None else self._spec.sitting
        return Patient(self._spec.kind, self._spec.side, self._spec.seed, sitting=sitting)

    @property
    def name(self) -> str:
        return f"virtual {self._spec.kind} ({self._look.name})"

    @property
    def patient(self) -> Patient:
        """Who is drawn; what it can tell a game is where it moves, and what it answers."""
        return self._patient

    @property
    def size(self) -> tuple[int, int]:
        return self._spec.size

    @property
    def fps(self) -> float:
        return self._spec.fps

    @property
    def total(self) -> int | None:
        return None

    @property
    def live(self) -> bool:
        return True

    def picture_at(self, t_s: float, view: View | None) -> CameraPicture:
        """The picture of the patient, who sees `view`, at t_s; times must not go backwards.

        `truth_px` then holds where each joint was drawn, px, maybe outside the picture.
        """
        if self._hand is not None:
            held = self._holds_up.step(view, t_s)
            bgr = self._hand.draw(held.open_share, t_s, held.palm)
        else:
            body = self._patient.step(view, t_s)
            drawn = self._figure.draw(body, t_s)
            self.truth_px, bgr = dict(drawn.joints_px), drawn.picture
        picture = CameraPicture(np.asarray(bgr, np.uint8), t_s, self._next_index)
        self._next_index += 1
        return picture

    def read(self) -> CameraPicture | None:
        """Waits until the next picture is due; those that nobody asked for in time are left out."""
        if not self._open:
            return None
        self._next_index += self._clock.wait()
        return self.picture_at(time.monotonic(), self._view)

    def skip(self) -> bool:
        self._next_index += 1
        return True

    def see(self, view: View) -> None:
        self._view = view

    def close(self) -> None:
        self._open = False


def from_afar(look: Look, size: tuple[int, int]) -> Look:
    """As far away as what is done standing asks for, and so far that head and feet are in the picture."""
    nearest_m = look.distance_m * look.px_per_m(size[0]) * WHOLE_M / size[1]
    return replace(look, distance_m=max(look.distance_m, STANDING_AT_M, nearest_m))


def beside(look: Look, width_px: int) -> float:
    """Where somebody else has room in the picture, metres from its middle."""
    half_m = width_px / look.px_per_m(width_px) / 2
    return math.copysign(min(0.85, 0.66 * half_m), -look.offset_m or 1.0)


def look_named(look: int | str) -> Look:
    """Raises UnknownNameError with the nearest name."""
    names = [each.name for each in LOOKS]
    if isinstance(look, int) and 0 <= look < len(LOOKS):
        return LOOKS[look]
    if str(look) not in names:
        raise unknown_name("look", str(look), names)
    return LOOKS[names.index(str(look))]
