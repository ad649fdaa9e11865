"""Crowd: everybody in a picture. The network for it takes 100 MB and 30 to 100 ms a look, so it is loaded
when it is first needed, looks beside the tracking, and is given back when it is not needed any more."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rehabgames.core.landmarks import N_POSE, POSE, SIDES
from rehabgames.core.pose import Array
from rehabgames.tracking.clothing import clothing_of
from rehabgames.tracking.processors import elsewhere_from_now_on

MOST_PEOPLE: Final = 3
BELIEVED: Final = 0.6  # visibility of both shoulders of somebody who counts: a sleeve at the edge is nobody
IDLE_S: Final = 5.0  # nobody asked for so long: the network is given back
_SHOULDERS = [POSE[f"{side}_shoulder"] for side in SIDES]

Rgb = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """Somebody in a picture: points_px (33, 2), and what they wear, see clothing_of."""

    points_px: Array
    clothing: Array | None


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """Everybody who was seen in the picture of t_s."""

    t_s: float
    bodies: tuple[Body, ...] = ()


class Crowd:
    """load makes the landmarker, see Detector; beside False: `ask` waits for the answer, on the thread of
    who asks, so that the same pictures give the same answers."""

    def __init__(self, load: Callable[[], Any], *, beside: bool = True) -> None:
        self._load = load
        self._beside = beside
        self._task: Any = None
        self._newest: Look | None = None
        self._asked: tuple[float, Rgb] | None = None
        self._change = threading.Condition()
        self._thread: threading.Thread | None = None
        self._over = False

    def ask(self, t_s: float, rgb: Rgb) -> None:
        """Look at this picture, as soon as the last look is over; a newer one takes its place."""
        if not self._beside:
            self._newest = self._look(t_s, rgb)
            return
        with self._change:
            self._asked = t_s, rgb
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="crowd", daemon=True)
                self._thread.start()
            self._change.notify_all()

    def newest(self) -> Look | None:
        """The last look, None before the first."""
        with self._change:
            return self._newest

    def close(self) -> None:
        """Free the network; may be called twice."""
        with self._change:
            self._over = True
            self._change.notify_all()
        if self._thread is not None:
            self._thread.join(2.0)
        self._free()

    def _work(self) -> None:
        elsewhere_from_now_on()
        while True:
            with self._change:
                if self._asked is None and not self._over:
                    self._change.wait(IDLE_S)
                if self._asked is None or self._over:
                    self._thread = None
                    break
                (t_s, rgb), self._asked = self._asked, None
            found = self._look(t_s, rgb)
            with self._change:
                self._newest = found
        self._free()

    def _look(self, t_s: float, rgb: Rgb) -> Look:
        import mediapipe as mp  # noqa: PLC0415 - takes a second

        if self._task is None:
            self._task = self._load()
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)
        size = rgb.shape[1], rgb.shape[0]
        found = []
        for landmarks in self._task.detect(image).pose_landmarks:
            if len(landmarks) == N_POSE and _is_somebody(landmarks):
                points_px = np.array([(p.x, p.y) for p in landmarks], dtype=np.float64) * size
                found.append(Body(points_px, clothing_of(rgb, points_px)))
        return Look(t_s, tuple(found))

    def _free(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.close()


def _is_somebody(landmarks: Any) -> bool:
    return min(landmarks[i].visibility or 0.0 for i in _SHOULDERS) > BELIEVED


def seconds_since(look: Look | None, t_s: float) -> float:
    return math.inf if look is None else t_s - look.t_s
