"""Is this the patient? Judged by the clothing, the place and the build that were seen as the patient was
confirmed in this session. No face is looked at, and nothing of it outlives the session.

Clothing tells most: how the colours of a shirt are spread. Its distance from itself stays under .25 (arms
before it, folds, light); between two of 24 drawn people it is .4 and more in 99 of 100 pairs. Where people
wear the same, a leap from one place to another, and a different build after it, are what is left. Of six real
people who come one after another two wear grey and three wear black, so clothing is believed for a moment
alone: whoever comes back later, while somebody else can have come, has to be confirmed again.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np

from rehabgames.core.landmarks import POSE, SIDES
from rehabgames.core.pose import Array, PoseFrame, Whose

LEARN_S: Final = 1.0  # after a confirmation whoever is in this place is learnt
NEAREST, FARTHEST = (
    0.25,
    0.4,
)  # limits of a distance that still is the patient's; which, their own spread tells
SPREAD: Final = 1.5  # times the patient's own largest distance
LEAP: Final = 0.45  # trunk lengths from one frame to the next: nobody moves so fast
GROWTH: Final = 1.35  # nor grows so much
GAP_S: Final = 0.3  # nobody in view for so long: whoever comes then has to be known again
PROOF_S: Final = 0.25  # of likeness after that, before it is the patient; half as much more for each s away
CLEAR_S: Final = 0.1  # of likeness beyond doubt; the same
AWAY_S: Final = 5.0  # not surely seen for so long: likeness is no proof any more
OTHER_S: Final = 0.6  # of unlikeness, before it is somebody else
BUILD: Final = 0.3  # share by which the proportions of the same person may look different after a gap
ADAPT_S: Final = 20.0  # time in which the light of the day is followed
MOST_WORN: Final = 8  # looks of the same clothing: from the side, bent, with an arm before it
NEW_S: Final = 0.3  # of an unlike look of somebody who did not go away, before it is one more of them
SURE: Final = 0.6  # of the limit: what is so near is beyond doubt, and is learnt from
_SHOULDERS = [POSE[f"{side}_shoulder"] for side in SIDES]
_HIPS = [POSE[f"{side}_hip"] for side in SIDES]
_EARS = [POSE[f"{side}_ear"] for side in SIDES]


def apart(one: Array, other: Array) -> float:
    """0..1: how different two spreads of colours (n,), each of sum 1, are (Bhattacharyya: one minus the sum
    of the roots of their products)."""
    return 1.0 - float(np.sqrt(one * other).sum())


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is known of the patient: clothing (n,) as in `apart`, the limit of a distance that still is
    theirs, and build as in build_of; kept by whoever starts another tracker in the same session."""

    clothing: Array
    limit: float
    build: Array


class PatientLock:
    """`confirm`, then `update` with every frame. before: somebody was confirmed already; known: what is known
    of them, None where nothing is: then nobody can be told to be them before they are confirmed again.

    whose  "" before the first confirmation, then whether the newest frame's body is the patient's
    known  of the patient; None before enough was seen
    """

    def __init__(self, known: Known | None = None, *, before: bool = False) -> None:
        self.whose: Whose = "unsure" if before or known is not None else ""
        self.known = known
        self._learns_s = -math.inf  # until when
        self._t_s = -math.inf
        self._body_s = -math.inf  # when somebody was seen last
        self._place: tuple[float, float, float] | None = None  # x, y, trunk, px
        self._proven_s = self._away_s = 0.0
        self._clear = True  # all of the proof so far is beyond doubt
        self._unlike_s = 0.0
        self._sure_s = math.nan  # when it was the patient last, or when this began
        self._unwatched = False  # since then somebody can have come
        self._lapsed = before and known is None  # nothing but a confirmation is believed any more
        self._proving = self.confirmed
        self._worn: list[Array] = [] if known is None else [known.clothing, known.clothing]
        self._limit = FARTHEST if known is None else known.limit
        self._learnt: list[Array] = []
        self._builds: deque[Array] = deque([] if known is None else [known.build], maxlen=150)
        self._proof_builds: list[Array] = []

    @property
    def confirmed(self) -> bool:
        return self.whose != ""

    def confirm(self) -> None:
        """Whoever is in the newest frame is the patient, and is learnt now."""
        self._learnt, self._worn, self.known = [], [], None
        self._builds.clear()
        self._learns_s = self._t_s + LEARN_S
        self._proving, self._unlike_s = False, 0.0
        self._lapsed = False
        self.whose = "patient"

    def distance(self, clothing: Array | None) -> float:
        """From the patient's clothing; 1 where either is not known."""
        if clothing is None:
            return 1.0
        return min((apart(clothing, worn) for worn in self._worn), default=1.0)

    def wears(self, clothing: Array | None) -> bool:
        """Is this the patient's?"""
        return self.distance(clothing) < self._limit

    def update(self, frame: PoseFrame, clothing: Array | None, *, alone: bool = False) -> Whose:
        """clothing (n,) of the body in the frame, sum 1; None where it cannot be seen. alone: for some
        seconds nobody else was, or can have come, into the picture: whoever does not leap is who it was."""
        dt_s = min(1.0, max(0.0, frame.t_s - self._t_s)) if math.isfinite(self._t_s) else 0.0
        self._t_s = max(self._t_s, frame.t_s)
        place = place_of(frame)
        if self.whose == "":
            self._place = place
            return ""
        self.whose = self._update(frame, place, clothing, dt_s, alone=alone)
        if self.whose == "patient" or math.isnan(self._sure_s):
            self._sure_s, self._unwatched = self._t_s, False
        else:
            self._unwatched |= not alone
        self._lapsed |= self._unwatched and self._t_s - self._sure_s > AWAY_S
        return self.whose

    def _update(
        self,
        frame: PoseFrame,
        place: tuple[float, float, float] | None,
        clothing: Array | None,
        dt_s: float,
        *,
        alone: bool,
    ) -> Whose:
        if place is None:
            if frame.t_s - self._body_s > GAP_S:
                self._prove()
            self._place = None
            return "unsure"
        if self._place is None or frame.t_s - self._body_s > GAP_S:
            leapt = True
        else:
            leapt = _leapt(self._place, place, dt_s)
        self._place, self._body_s = place, frame.t_s
        if self._t_s <= self._learns_s and not self._worn:
            return self._learn(frame, clothing, leapt=leapt)
        self._finish_learning()
        goes_on = alone and not leapt and not self._proving
        return self._judged(frame, clothing, dt_s, leapt=leapt, goes_on=goes_on)

    def _learn(self, frame: PoseFrame, clothing: Array | None, *, leapt: bool) -> Whose:
        if leapt and self._learnt:  # somebody else came in between: what was learnt so far holds
            self._finish_learning()
            self._prove()
            return "unsure"
        if clothing is not None:
            self._learnt.append(clothing)
            self._builds.append(build_of(frame))
        return "patient"

    def _finish_learning(self) -> None:
        if self._worn or not self._learnt:
            return
        mean = np.asarray(np.mean(self._learnt, axis=0), dtype=np.float64)
        self._worn = [mean, mean]  # as it was first, and as it is in the light of now
        own = max(apart(each, mean) for each in self._learnt)
        self._limit = min(FARTHEST, max(NEAREST, SPREAD * own))
        self.known = Known(mean, self._limit, _median(self._builds))

    def _prove(self) -> None:
        self._proving, self._proven_s, self._clear = True, 0.0, True
        self._away_s = min(AWAY_S, self._t_s - self._sure_s) if math.isfinite(self._sure_s) else 0.0
        self._proof_builds = []

    def _judged(
        self, frame: PoseFrame, clothing: Array | None, dt_s: float, *, leapt: bool, goes_on: bool
    ) -> Whose:
        away = self.distance(clothing)
        like = away < self._limit
        self._unlike_s = 0.0 if like else self._unlike_s + dt_s
        if goes_on and not like:
            return self._one_more_look(clothing)
        if leapt or not like:
            self._prove()
        if not like:  # where nothing is known, nobody can be told to be somebody else either
            return "other" if self._worn and self._unlike_s >= OTHER_S else "unsure"
        build = build_of(frame)
        if not self._proving:
            self._builds.append(build)
            if away < SURE * self._limit and clothing is not None:
                share = min(1.0, dt_s / ADAPT_S)
                self._worn[1] = (1 - share) * self._worn[1] + share * clothing
            return "patient"
        self._proven_s += dt_s
        self._clear = self._clear and away < SURE * self._limit
        self._proof_builds.append(build)
        if self._proven_s < (CLEAR_S if self._clear else PROOF_S) * (1.0 + 0.5 * self._away_s):
            return "unsure"
        if not self._built_alike():
            return "other"
        self._proving = self._lapsed
        return "unsure" if self._lapsed else "patient"

    def _one_more_look(self, clothing: Array | None) -> Whose:
        """The patient, who bends, turns, or holds something before them."""
        if clothing is not None and self._unlike_s >= NEW_S:
            self._worn = [*self._worn[:2], *self._worn[2:][-(MOST_WORN - 3) :], clothing]
            self._unlike_s = 0.0
        return "patient"

    def _built_alike(self) -> bool:
        """The proportions that are known of both; where too little is known, the clothing decides."""
        off = np.abs(_median(self._builds) - _median(self._proof_builds))
        return not (off[np.isfinite(off)] > BUILD).any()


def _median(builds: Collection[Array]) -> Array:
    """(2,) of those that are known, else NaN."""
    known = np.array([build for build in builds if np.isfinite(build).all()])
    return np.median(known, axis=0) if len(known) else np.full(2, np.nan)


@np.errstate(all="ignore")
def place_of(frame: PoseFrame) -> tuple[float, float, float] | None:
    """(x, y) of the trunk's middle and the trunk's length, px; None where there is nobody."""
    neck, hips = frame.points_px[_SHOULDERS].mean(axis=0), frame.points_px[_HIPS].mean(axis=0)
    trunk_px = float(np.hypot(*(hips - neck)))
    wide_px = float(np.hypot(*(frame.points_px[_SHOULDERS[0]] - frame.points_px[_SHOULDERS[1]])))
    size_px = max(trunk_px, wide_px)
    if not (math.isfinite(size_px) and size_px > 0):
        return None
    middle = (neck + hips) / 2
    return float(middle[0]), float(middle[1]), size_px


@np.errstate(all="ignore")
def build_of(frame: PoseFrame) -> Array:
    """(2,) logs of shoulder width and of head width over trunk length as they look; NaN where not seen."""
    points = frame.points_px
    trunk_px = np.hypot(*(points[_SHOULDERS].mean(axis=0) - points[_HIPS].mean(axis=0)))
    wide_px = np.hypot(*(points[_SHOULDERS[0]] - points[_SHOULDERS[1]]))
    head_px = np.hypot(*(points[_EARS[0]] - points[_EARS[1]]))
    return np.asarray(np.log([wide_px / trunk_px, head_px / trunk_px]), dtype=np.float64)


def _leapt(before: tuple[float, float, float], now: tuple[float, float, float], dt_s: float) -> bool:
    """Further than a body moves in this time. Frames that are dropped give it more of it."""
    frames = max(1.0, 30.0 * dt_s)
    size_px = max(before[2], now[2])
    far = math.hypot(now[0] - before[0], now[1] - before[1]) > LEAP * size_px * math.sqrt(frames)
    grown = max(now[2] / before[2], before[2] / now[2]) > GROWTH
    return far or grown
