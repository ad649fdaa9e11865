"""A time that stands still: for whatever only decorates a scene and must not move while it pauses."""

from __future__ import annotations

from rehabgames.core.view import View
from rehabgames.stage.easel import Easel

MOST_S = 0.1  # of a frame: a scene that was not painted for longer goes on where it was


class Moved:
    """`s` seconds have passed outside of pauses; it stays 0 on a calm easel."""

    def __init__(self) -> None:
        self.s = 0.0
        self._last_s: float | None = None

    def step(self, easel: Easel, view: View) -> None:
        last_s, self._last_s = self._last_s, easel.now_s
        if last_s is not None and view.phase != "paused" and not easel.calm:
            self.s += min(MOST_S, max(0.0, easel.now_s - last_s))
