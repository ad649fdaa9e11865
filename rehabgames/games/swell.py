"""Swell: how far moving water pushes to the side, as a function of time.

Two slow sines and gusts from one side, all between SLOWEST_HZ and FASTEST_HZ. Phases, speeds and gusts are
drawn from a seed; the strongest moment of a trial pushes as far as asked, and no moment farther.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

SLOWEST_HZ, BETWEEN_HZ, FASTEST_HZ = 0.1, 0.2, 0.4
SHARES: Final = (0.5, 0.3, 0.45)  # of the slow sine, the quick one, a gust
GUST_S: Final = (1 / FASTEST_HZ, 1 / BETWEEN_HZ)  # how long one gust lasts
LULL_S: Final = (3.0, 6.0)  # between two
LOOKED_AT_S: Final = 0.05

_KEY: Final = 0x5E


@dataclass(frozen=True, slots=True)
class _Sine:
    share: float
    hz: float
    phase_rad: float

    def at(self, t_s: float) -> float:
        return self.share * math.sin(math.tau * self.hz * t_s + self.phase_rad)


@dataclass(frozen=True, slots=True)
class _Gust:
    start_s: float
    lasts_s: float
    share: float  # signed

    def at(self, t_s: float) -> float:
        k = (t_s - self.start_s) / self.lasts_s
        return self.share * 0.5 * (1.0 - math.cos(math.tau * k)) if 0.0 < k < 1.0 else 0.0


class Swell:
    """push     how far it pushes at most, in any unit; a push that is not above 0 is still water
    seed        whatever numpy takes: the same seed gives the same water
    lasts_s     time in which the strongest moment lies; after it no moment is stronger either
    side        +1 where the gusts push to the right, -1 to the left
    """

    def __init__(self, push: float, seed: Sequence[int], lasts_s: float, side: float) -> None:
        rng = np.random.default_rng([*seed, _KEY])
        ends = ((SLOWEST_HZ, BETWEEN_HZ), (BETWEEN_HZ, FASTEST_HZ))
        self._sines = [
            _Sine(share, float(rng.uniform(*hz)), float(rng.uniform(0.0, math.tau)))
            for share, hz in zip(SHARES[:2], ends, strict=True)
        ]
        self._gusts: list[_Gust] = []
        start_s = float(rng.uniform(0.5, LULL_S[0]))
        while start_s < lasts_s:
            gust = _Gust(start_s, float(rng.uniform(*GUST_S)), math.copysign(SHARES[2], side))
            self._gusts.append(gust)
            start_s += gust.lasts_s + float(rng.uniform(*LULL_S))
        self.push = push if math.isfinite(push) and push > 0.0 else 0.0
        looks = math.ceil(max(1.0, lasts_s) / LOOKED_AT_S)
        self._strongest = max(abs(self._raw(i * LOOKED_AT_S)) for i in range(looks + 1))

    def at(self, t_s: float) -> float:
        """Where the water pushes to at this time: + to the right; never farther than `push`."""
        share = self._raw(t_s) / self._strongest
        return self.push * min(1.0, max(-1.0, share))

    def _raw(self, t_s: float) -> float:
        return sum(sine.at(t_s) for sine in self._sines) + sum(gust.at(t_s) for gust in self._gusts)
