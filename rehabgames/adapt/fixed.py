"""Fixed: the difficulty stays where it was set."""

from __future__ import annotations

from rehabgames.adapt.staircase import Staircase
from rehabgames.adapt.stored import clamped


class Fixed(Staircase):
    FORMAT = "fixed/1"

    def tell(
        self, difficulty: float, success: bool, margin: float | None = None, *, at_least: bool = False
    ) -> None:
        clamped(difficulty)
        self._move(self._start.difficulty, 0.0)
