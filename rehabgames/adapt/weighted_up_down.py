"""Weighted up-down staircase.

Kaernbach 1991, Perception & Psychophysics 49, 227–229: with step_easier · (1 − p) = step_harder · p
the success rate settles at p, whatever the player's curve. Deviations: see Staircase.
"""

from __future__ import annotations

from rehabgames.adapt.staircase import Staircase


class WeightedUpDown(Staircase):
    FORMAT = "weighted_up_down/2"

    def tell(
        self, difficulty: float, success: bool, margin: float | None = None, *, at_least: bool = False
    ) -> None:
        p = self._start.target_success
        self._move(difficulty, self._start.step if success else -self._start.step * p / (1 - p))
