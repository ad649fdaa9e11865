"""n-down-1-up staircase: harder after n successes in a row, easier after each miss.

Levitt 1971, J. Acoust. Soc. Am. 49, 467–477: it settles where pⁿ = 1/2, at .707 for n = 2, .794 for 3,
.841 for 4. n is the one that comes nearest to the target; other targets cannot be had. Deviations: see
Staircase.
"""

from __future__ import annotations

from typing import Final

from rehabgames.adapt.rule import Start
from rehabgames.adapt.staircase import Staircase
from rehabgames.adapt.stored import clamped

MOST: Final = 8


class NDownOneUp(Staircase):
    FORMAT = "n_down_one_up/1"
    EXTRA = ("row",)

    def __init__(self, start: Start) -> None:
        super().__init__(start)
        self.n = min(range(1, MOST + 1), key=lambda n: abs(0.5 ** (1 / n) - start.target_success))
        self.row = 0  # successes since the last step

    def tell(
        self, difficulty: float, success: bool, margin: float | None = None, *, at_least: bool = False
    ) -> None:
        difficulty = clamped(difficulty)
        self.row = self.row + 1 if success else 0
        if not success:
            self._move(difficulty, -self._start.step)
        elif self.row >= self.n:
            self.row = 0
            self._move(difficulty, self._start.step)
        else:
            self._move(difficulty, 0.0)
