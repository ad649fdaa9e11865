"""Pace: what a running loop did, as numbers for people and for benchmarks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

STAGES: Final = ("tracked", "taken", "stepped", "drawn", "flipped")  # of a frame, in their order
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


@dataclass(slots=True)
class Pace:
    """rendered   newly painted scenes
    since        after the capture of each newly tracked frame, until each of STAGES was done
    scenes       from the begin of one scene to its end, with or without a new frame
    """

    rendered: int = 0
    began_s: float = 0.0
    ended_s: float = 0.0
    since: dict[str, Spread] = field(default_factory=lambda: {stage: Spread() for stage in STAGES})
    scenes: Spread = field(default_factory=Spread)

    @property
    def seconds(self) -> float:
        return max(1e-9, self.ended_s - self.began_s)

    @property
    def render_fps(self) -> float:
        return self.rendered / self.seconds

    def frame(self, captured_s: float, done_s: tuple[float, ...]) -> None:
        """A newly tracked frame was shown; done_s: when each of STAGES was done, NaN where not known."""
        for stage, at_s in zip(STAGES, done_s, strict=True):
            self.since[stage].add(1000 * (at_s - captured_s))

    def scene(self, began_s: float, ended_s: float) -> None:
        """A scene was painted."""
        self.rendered += 1
        self.ended_s = ended_s
        self.scenes.add(1000 * (ended_s - began_s))

    def capture_to_flip_ms(self) -> dict[str, float | None]:
        """Percentiles, None where no frame was shown."""
        return self.since["flipped"].told()
