"""Hands that open and close a known number of times, as a seed says."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from rehabgames.core.landmarks import SIDES, Side
from rehabgames.core.pose import Array
from rehabgames.tracking.looks import LOOKS, Look

RATES = (15.0, 24.0, 30.0)


@dataclass(frozen=True)
class ScriptedGrasps:
    """A hand that begins open, closes and opens `cycles` times, and rests at both ends.

    t_s, open_share  (n,) what is drawn: 0 fist .. 1 flat hand
    Now and then it rests, gives way a little while it is open, or opens a little while it is closed;
    it trembles, and is neither closed nor opened all the way.
    """

    seed: int
    look: Look
    side: Side
    cycles: int
    t_s: Array
    open_share: Array

    @staticmethod
    def of(seed: int) -> ScriptedGrasps:
        rng = np.random.default_rng([2024, seed])
        cycles, cycle_s = int(rng.integers(3, 9)), rng.uniform(0.8, 3.0)
        path = _Path(rng)
        path.go(path.opened(), 0.6)
        for _ in range(cycles):
            way_s = cycle_s * rng.uniform(0.85, 1.15) / 2
            path.go(path.closed(), way_s)
            path.maybe_rest()
            path.maybe(rng.uniform(0.10, 0.25))
            path.go(path.opened(), way_s)
            path.maybe_rest()
            path.maybe(rng.uniform(0.75, 0.90))
        path.go(path.at, 0.6)
        t_s = np.arange(0.0, path.t_s, 1.0 / rng.choice(RATES))
        trembling = rng.uniform(0.0, 0.03) * np.sin(2 * math.pi * rng.uniform(4, 8) * t_s)
        share = path.at_times(t_s) + trembling
        look = LOOKS[int(rng.integers(len(LOOKS)))]
        return ScriptedGrasps(seed, look, SIDES[int(rng.integers(2))], cycles, t_s, np.clip(share, 0.0, 1.0))


class _Path:
    """Places in the order of time; between two of them the hand starts and stops gently."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._places = [(0.0, self.opened())]

    @property
    def t_s(self) -> float:
        return self._places[-1][0]

    @property
    def at(self) -> float:
        return self._places[-1][1]

    def opened(self) -> float:
        return float(self._rng.uniform(0.88, 1.0))

    def closed(self) -> float:
        return float(self._rng.uniform(0.0, 0.08))

    def go(self, to: float, during_s: float) -> None:
        self._places.append((self.t_s + during_s, to))

    def maybe_rest(self) -> None:
        if self._rng.random() < 0.3:
            self.go(self.at, float(self._rng.uniform(0.3, 1.5)))

    def maybe(self, share: float) -> None:
        """Some of the way to the other end and back, which is no grasp and no release."""
        if self._rng.random() < 0.2:
            back = self.at
            self.go(share, 0.35)
            self.go(back, 0.35)

    def at_times(self, t_s: Array) -> Array:
        times, places = (np.array(column) for column in zip(*self._places, strict=True))
        i = np.clip(np.searchsorted(times, t_s, side="right") - 1, 0, len(times) - 2)
        way = np.clip((t_s - times[i]) / (times[i + 1] - times[i]), 0.0, 1.0)
        gentle = way * way * (3 - 2 * way)
        return np.asarray(places[i] + (places[i + 1] - places[i]) * gentle)
