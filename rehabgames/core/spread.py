"""Spread: percentiles of how long something took, in the same memory however often it was timed."""

from __future__ import annotations

from typing import Final

import numpy as np

BIN_MS: Final = 0.5
MOST_MS: Final = 2000.0


class Spread:
    """How long something took, ms: percentiles, however many there were, in steps of BIN_MS."""

    def __init__(self) -> None:
        self._counts = np.zeros(int(MOST_MS / BIN_MS) + 1, np.int64)

    def __len__(self) -> int:
        return int(self._counts.sum())

    def add(self, ms: float) -> None:
        """What is not a number, or under 0, is left out; what is over MOST_MS counts as that."""
        if ms >= 0.0:
            self._counts[int(min(ms, MOST_MS) / BIN_MS)] += 1

    def percentile(self, percent: float) -> float | None:
        """The middle of the bin in which it lies; None where there is nothing."""
        if not len(self):
            return None
        reached = np.searchsorted(np.cumsum(self._counts), percent / 100 * len(self), side="left")
        return float((reached + 0.5) * BIN_MS)

    def told(self) -> dict[str, float | None]:
        return {f"p{percent}": self.percentile(percent) for percent in (50, 95, 99)}
