"""Pacing: a camera that is drawn or replayed gives its pictures when a real one of its rate would, and of one
that gives too many some are passed over."""

from __future__ import annotations

import math
import time
from typing import Final

_EARLY: Final = 0.2  # of a gap: no camera keeps its time to the millisecond


class CameraClock:
    """fps: pictures a second, over 0."""

    def __init__(self, fps: float) -> None:
        self._fps = fps
        self._due_s: float | None = None

    def wait(self) -> int:
        """Waits until the next picture is due. How many were due before, for which nobody asked in time."""
        now_s = time.monotonic()
        due_s = now_s if self._due_s is None else self._due_s
        if due_s > now_s:
            time.sleep(due_s - now_s)
        missed = max(0, math.floor((now_s - due_s) * self._fps))
        self._due_s = due_s + (missed + 1) / self._fps
        return missed


class Rate:
    """Which pictures of a camera are tracked where it gives more than are wanted: as evenly as they come.

    fps: at most so many a second; None: all of them.
    """

    def __init__(self, fps: float | None) -> None:
        self._gap_s = 0.0 if fps is None else 1.0 / fps
        self._due_s = -math.inf

    def wanted(self, t_s: float) -> bool:
        """t_s: when the picture was taken. What cannot be told from its time is wanted."""
        if t_s < self._due_s - _EARLY * self._gap_s:
            return False
        self._due_s = max(self._due_s, t_s - self._gap_s / 2) + self._gap_s
        return True
