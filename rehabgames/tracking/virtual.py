"""VirtualCamera: a camera in front of a person who does not exist, but who looks at the screen."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np

from rehabgames.core.errors import UseError, unknown_name
from rehabgames.core.view import View
from rehabgames.patients import CloseUpPatient, Patient
from rehabgames.patients.body import Body, Build
from rehabgames.patients.script import hanging
from rehabgames.patients.stance import body_of
from rehabgames.tracking.closeup import CloseUpHand
from rehabgames.tracking.figure import WHOLE_M, Figure
from rehabgames.tracking.figure_brush import Picture
from rehabgames.tracking.looks import LOOKS, Look
from rehabgames.tracking.pacing import CameraClock
from rehabgames.tracking.sources import CameraPicture, Company, VirtualSpec, Way

STANDING_AT_M = 3.0  # from the camera, as the exercises and calibrations say that are done standing


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
        self._figure = Figure(self._look, spec.size, spec.seed)
        self._passer = None if spec.company is None else Passer(spec.company, self._look, spec)
        # the first picture paints the room and takes ten times as long: no camera starts that late
        self._figure.draw(self._person().step(None, 0.0), 0.0)
        self._hand = CloseUpHand(spec.seed, self._look, spec.side, spec.size) if spec.close_up else None
        self._holds_up = CloseUpPatient(self._patient.kind, spec.side, spec.seed)
        self._view: View | None = None
        self._next_index = 0
        self._clock = CameraClock(spec.fps)
        self._open = True
        self.truth_px: dict[str, tuple[float, float]] = {}
        self._since_s = math.inf

    @property
    def company_px(self) -> dict[str, tuple[float, float]]:
        """As truth_px, of somebody else; empty where nobody is."""
        return {} if self._passer is None else self._passer.joints_px

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
            bgr = self._drawn(self._patient.step(view, t_s), t_s)
        picture = CameraPicture(np.asarray(bgr, np.uint8), t_s, self._next_index)
        self._next_index += 1
        return picture

    def _drawn(self, body: Body, t_s: float) -> Picture:
        self._since_s = min(self._since_s, t_s)
        if self._spec.way:
            self._figure.offset_m = self._look.offset_m + along(self._spec.way, t_s - self._since_s)
        picture, passer = self._figure.room(body), self._passer
        if passer is not None and not passer.nearer:
            picture = passer.draw_onto(picture, self._figure, t_s - self._since_s)
        drawn = self._figure.draw_onto(picture, body, t_s)
        self.truth_px, picture = dict(drawn.joints_px), drawn.picture
        if passer is not None and passer.nearer:
            picture = passer.draw_onto(picture, self._figure, t_s - self._since_s)
        return self._figure.grained(picture, t_s)

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


class Passer:
    """Draws somebody else who stands or walks by, in the light of the patient's room."""

    def __init__(self, company: Company, room: Look, spec: VirtualSpec) -> None:
        look = look_named(company.look)
        light = {name: getattr(room, name) for name in ("side", "height", "ambient", "gain", "warmth")}
        # who passes is at another distance; who stands beside, at their own
        share = 0.85 if company.nearer else 1.15
        away_m = share * room.distance_m if company.way else look.distance_m
        self.nearer, self._way = company.nearer, company.way or ((0.0, beside(room, spec.size[0])),)
        self._figure = Figure(replace(look, distance_m=away_m, **light), spec.size, spec.seed)
        self._body = body_of(hanging(stand=1.0), Build())
        self.joints_px: dict[str, tuple[float, float]] = {}

    def draw_onto(self, picture: Picture, patient: Figure, t_s: float) -> Picture:
        """t_s: since the first picture."""
        self._figure.stand_with(patient, nearer=self.nearer)
        self._figure.offset_m = along(self._way, t_s)
        drawn = self._figure.draw_onto(picture, self._body, t_s)
        self.joints_px = dict(drawn.joints_px)
        return drawn.picture


def along(way: Way, t_s: float) -> float:
    """Metres right of the middle at a time."""
    times, places = zip(*way, strict=True)
    return float(np.interp(t_s, times, places))


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
