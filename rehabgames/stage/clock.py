"""Clock: time for whatever only decorates a scene."""

from __future__ import annotations

from rehabgames.core.view import View
from rehabgames.stage.easel import Easel


class Clock:
    """It stands while the play is paused, and on a calm easel altogether.

    dt_s  from the picture before to this one, whatever the phase
    """

    def __init__(self) -> None:
        self._now_s: float | None = None
        self._last_s = 0.0
        self.dt_s = 0.0

    def at(self, easel: Easel, view: View) -> float:
        if self._now_s is None:
            self._now_s = easel.now_s
        else:
            self.dt_s = max(0.0, easel.now_s - self._last_s)
            self._now_s += self.dt_s if view.phase != "paused" else 0.0
        self._last_s = easel.now_s
        return 0.0 if easel.calm else self._now_s
