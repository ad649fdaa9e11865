"""Waking: whether everything stood still since the last tick, because the machine slept or this program was
stopped. The steady clock of some systems stands still while the machine sleeps; the wall's does not."""

from __future__ import annotations

from typing import Final

STOOD_S: Final = 1.0  # a wall clock that is set forward by more costs a countdown and does no other harm


class Waking:
    """Asked at every tick."""

    def __init__(self) -> None:
        self._last_s: tuple[float, float] | None = None

    def woke(self, steady_s: float, wall_s: float) -> bool:
        """steady_s, wall_s: what the two clocks show now, seconds."""
        before, self._last_s = self._last_s, (steady_s, wall_s)
        return before is not None and max(steady_s - before[0], wall_s - before[1]) > STOOD_S
