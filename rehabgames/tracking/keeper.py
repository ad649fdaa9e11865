"""Keeper: holds on to the patient while other people are in the picture.

MediaPipe follows one body, and goes over to another one who stands before it or stays when it leaves. Who is
followed, `signals.identity` judges in every picture. Where it is not surely the patient, or where something
stirs beside, the crowd is looked at; where the patient is found elsewhere, the rest of the picture is covered
for some pictures, so that MediaPipe lets go of the wrong one and finds the right one.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from rehabgames.core.pose import Array, PoseFrame
from rehabgames.signals.identity import Known, PatientLock, place_of
from rehabgames.tracking.clothing import clothing_of
from rehabgames.tracking.crowd import Body, Crowd, Look, seconds_since
from rehabgames.tracking.stirring import GRID, Stirring

AWAKE_S: Final = 3.0  # after a reason to look there are more looks for so long
LOOK_EVERY_S: Final = 0.4
SEEK_EVERY_S: Final = 0.2  # while the patient is looked for
KNOWN_S: Final = 1.5  # a count that is older is no count
SELDOM_S: Final = 0.09  # between two looks at the room, and at the clothing of somebody who is alone
ALONE_S: Final = 2.0  # without anything that stirs, and without company: nobody can have come
ASTRAY_S: Final = 0.25  # not surely the patient for so long: it is looked for elsewhere
FRESH_S: Final = 0.6  # where somebody was seen longer ago they are not there any more
APART: Final = 0.5  # trunk lengths between two who are not the same
COVERED: Final = 15  # pictures at most in which all but the patient is covered
ROUND: Final = 0.5  # of the body's size stays uncovered around it

Rgb = npt.NDArray[np.uint8]


class Keeper:
    """`cover` the picture, let it be tracked, then let `judge` say whose body it is. known, before: see
    PatientLock."""

    def __init__(self, crowd: Crowd, known: Known | None = None, *, before: bool = False) -> None:
        self._crowd = crowd
        self._lock = PatientLock(known, before=before)
        self._stirring = Stirring()
        self._awake_s = math.nan  # until when the crowd is looked at; from the first picture on
        self._asked_s = self._stirred_s = self._company_s = -math.inf
        self._watched_s = self._dressed_s = -math.inf
        self._clothing: Array | None = None
        self._sure_s = -math.inf
        self._only: tuple[int, int, int, int] | None = None  # left, top, right, bottom px
        self._covered = 0

    def confirm(self) -> None:
        """Whoever was judged last is the patient."""
        self._lock.confirm()

    @property
    def known(self) -> Known | None:
        return self._lock.known

    def cover(self, rgb: Rgb) -> Rgb:
        """The picture in which the body is to be looked for; the same one where all of it is."""
        if self._only is None:
            return rgb
        left, top, right, bottom = self._only
        covered = np.empty_like(rgb)
        covered[:] = 96
        covered[top:bottom, left:right] = rgb[top:bottom, left:right]
        return covered

    def judge(self, frame: PoseFrame, rgb: Rgb) -> PoseFrame:
        """The frame with `whose` and `people`; rgb is the whole picture."""
        alone = self._alone(frame.t_s)
        if not alone or not 0 <= frame.t_s - self._dressed_s < SELDOM_S:
            self._dressed_s = frame.t_s
            seen = frame.has_body and self._lock.confirmed
            self._clothing = clothing_of(rgb, frame.points_px) if seen else None
        if not 0 <= frame.t_s - self._watched_s < SELDOM_S:
            self._watched_s = frame.t_s
            self._watch(frame, rgb)
        whose = self._lock.update(frame, self._clothing, alone=alone)
        if whose in ("", "patient"):
            self._sure_s = frame.t_s
        if self._stirred_s == frame.t_s or whose in ("unsure", "other") or math.isnan(self._awake_s):
            self._awake_s = frame.t_s + AWAKE_S
        look = self._look(frame, rgb)
        self._seek(frame, look)
        return replace(frame, whose=whose, people=self._count(look, frame.t_s))

    def close(self) -> None:
        self._crowd.close()

    def _watch(self, frame: PoseFrame, rgb: Rgb) -> None:
        small = cv2.cvtColor(cv2.resize(rgb, GRID, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
        cells = frame.points_px[np.isfinite(frame.points_px).all(axis=1)] * GRID / frame.size
        if self._stirring.update(np.asarray(small, np.float32), frame.t_s, cells if len(cells) else None):
            self._stirred_s = frame.t_s

    def _alone(self, t_s: float) -> bool:
        """The crowd was looked at since anything stirred, and for some seconds there was nobody else."""
        look, since_s = self._crowd.newest(), t_s - ALONE_S
        return look is not None and self._stirred_s < min(since_s, look.t_s) and self._company_s < since_s

    def _look(self, frame: PoseFrame, rgb: Rgb) -> Look | None:
        look = self._crowd.newest()
        if look is not None and len(look.bodies) > 1:  # somebody who stands still is there all the same
            self._awake_s = max(self._awake_s, look.t_s + AWAKE_S)
            self._company_s = look.t_s
        astray = self._lock.confirmed and frame.t_s - self._sure_s >= ASTRAY_S
        every_s = SEEK_EVERY_S if astray else LOOK_EVERY_S
        if frame.t_s < self._awake_s and frame.t_s - self._asked_s >= every_s:
            self._asked_s = frame.t_s
            self._crowd.ask(frame.t_s, rgb)
        return look

    def _count(self, look: Look | None, t_s: float) -> int:
        if look is None:
            return -1
        if seconds_since(look, t_s) <= KNOWN_S or t_s < self._awake_s:
            return len(look.bodies)
        return min(1, len(look.bodies))  # nothing stirred since then

    def _seek(self, frame: PoseFrame, look: Look | None) -> None:
        """Cover all but the patient, where somebody else is followed."""
        if self._only is not None:
            self._covered += 1
            if self._covered > COVERED or self._sure_s == frame.t_s:
                self._only = None
            return
        if not self._lock.confirmed or frame.t_s - self._sure_s < ASTRAY_S:
            return
        if look is None or seconds_since(look, frame.t_s) > FRESH_S:
            return
        theirs = [body for body in look.bodies if self._lock.wears(body.clothing)]
        if len(theirs) == 1 and not _same_place(frame, theirs[0]):
            self._only, self._covered = _box(theirs[0].points_px, frame.size), 0


def _same_place(frame: PoseFrame, body: Body) -> bool:
    """Is it the body that is followed already?"""
    followed, seen = place_of(frame), place_of(replace(frame, points_px=body.points_px))
    if followed is None or seen is None:
        return False
    return math.hypot(followed[0] - seen[0], followed[1] - seen[1]) < APART * max(followed[2], seen[2])


def _box(points_px: Array, size: tuple[int, int]) -> tuple[int, int, int, int]:
    low, high = points_px.min(axis=0), points_px.max(axis=0)
    more = ROUND * float((high - low).min())
    left, top = np.clip(np.floor(low - more), 0, size).astype(int).tolist()
    right, bottom = np.clip(np.ceil(high + more), 0, size).astype(int).tolist()
    return left, top, right, bottom
