"""Clock: time for whatever only decorates a scene."""

from __future__ import annotations

from rehabgames.core.view import View
from rehabgames.stage.easel import Easel


class Clock:
    """It stands while the play is paused, and on a calm easel altogether, where it is 0.

    begins_s  what it shows first; None: the time of the first picture
    dt_s      from the picture before to this one, whatever the phase
    """

    def __init__(self, begins_s: float | None = None) -> None:
        self._s, self._last_s = begins_s, 0.0
        self._begun = False
        self.dt_s = 0.0

    def at(self, easel: Easel, view: View) -> float:
        self.dt_s = max(0.0, easel.now_s - self._last_s) if self._begun else 0.0
        self._begun, self._last_s = True, easel.now_s
        if self._s is None:
            self._s = easel.now_s
        elif view.phase != "paused":
            self._s += self.dt_s
        return 0.0 if easel.calm else self._s
