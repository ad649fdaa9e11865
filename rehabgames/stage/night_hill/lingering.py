"""Lingering: what comes fades in, what goes fades out, however often it comes and goes (hazard H6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from rehabgames.stage.motion import approach, ease

T = TypeVar("T")


class Lingering(Generic[T]):
    """Remembers what was shown for as long as it takes to fade."""

    def __init__(self, fade_s: float) -> None:
        self._fade_s = fade_s
        self._known: dict[str, tuple[T, float]] = {}
        self._last_s: float | None = None

    def step(self, there: Mapping[str, T], now_s: float) -> list[tuple[T, float]]:
        """What is to be painted, each with how much of it is seen, 0..1: all that is there, and what left
        lately as it was last."""
        dt_s = 0.0 if self._last_s is None else now_s - self._last_s
        if dt_s < 0.0 or dt_s > 10 * self._fade_s:
            dt_s = self._fade_s
        self._last_s = now_s
        for key, what in there.items():
            self._known[key] = what, self._known.get(key, (what, 0.0))[1]
        moved = {}
        for key, (what, seen) in self._known.items():
            new = approach(seen, float(key in there), dt_s, self._fade_s)
            if key in there or new > 0.0:
                moved[key] = what, new
        self._known = moved
        return [(what, ease(seen)) for what, seen in moved.values()]
