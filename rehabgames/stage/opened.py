"""Opened: cues whose rewards are seen for a moment."""

from __future__ import annotations

from collections.abc import Mapping

from rehabgames.core.view import Cue

GAP_S = 0.5


class Opened:
    """lasting: cue kind → seconds it is seen; what is not in it is not kept. A second one within `gap_s` is
    left out: rewards never flicker (hazard H6)."""

    def __init__(self, lasting: Mapping[str, float], gap_s: float = GAP_S) -> None:
        self._lasting, self._gap_s = lasting, gap_s
        self._open: list[tuple[float, Cue]] = []

    def add(self, cue: Cue, now_s: float) -> None:
        if cue.kind in self._lasting and not any(0 <= now_s - t < self._gap_s for t, _ in self._open):
            self._open.append((now_s, cue))

    def at(self, now_s: float) -> list[tuple[float, Cue]]:
        """(seconds since it came, the cue) of those that are seen now."""
        self._open = [(t, c) for t, c in self._open if 0 <= now_s - t < self._lasting[c.kind]]
        return [(now_s - t, cue) for t, cue in self._open]
