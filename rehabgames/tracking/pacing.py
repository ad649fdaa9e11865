"""Pacing: a camera that is drawn or replayed gives its pictures when a real one of its rate would."""

from __future__ import annotations

import math
import time


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
