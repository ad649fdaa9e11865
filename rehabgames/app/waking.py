"""Waking: whether everything stood still since the last tick, because the machine slept or this program was
stopped. The steady clock of some systems stands still while the machine sleeps; the wall's does not."""

from __future__ import annotations

from typing import Final

STOOD_S: Final = 1.0  # a wall clock that is set forward by more costs a countdown and does no other harm


class Waking:
    """Asked at every tick."""

    def __init__(self) -> None:
        self._last_s: tuple[float, float] | None = None

    def woke(self, steady_s: float, wall_s: float) -> float:
        """For how long everything stood still, seconds; 0 where it did not. steady_s, wall_s: what the two
        clocks show now, seconds."""
        before, self._last_s = self._last_s, (steady_s, wall_s)
        stood_s = 0.0 if before is None else max(steady_s - before[0], wall_s - before[1])
        return stood_s if stood_s > STOOD_S else 0.0
