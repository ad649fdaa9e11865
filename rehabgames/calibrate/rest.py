"""RestWatch: where every signal is while the person rests, and how much it trembles by itself."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from rehabgames.calibrate.hold import Rest
from rehabgames.signals.noise import detrended_rms

STILL: Final = 0.12  # share of a repetition's size: RMS under which somebody is at rest
LONGEST_S: Final = 6.0  # then it is taken as it is
LEAST_MEASURED: Final = 0.5


class RestWatch:
    """`step` until `over`; then `rests` holds every signal. sizes: signal → size of a repetition of it."""

    def __init__(self, sizes: dict[str, float], rest_s: float) -> None:
        self._sizes = sizes
        self._rest_s = rest_s
        self._began_s: float | None = None
        self._seen: list[tuple[float, dict[str, float]]] = []
        self.over = False
        self.share = 0.0
        self.rests: dict[str, Rest] = {name: Rest() for name in sizes}

    def step(self, now_s: float, values: dict[str, float]) -> None:
        """now_s: a clock that stands still while nobody is asked."""
        if self._began_s is None:
            self._began_s = now_s
        self._seen.append((now_s, values))
        elapsed_s = now_s - self._began_s
        self.share = min(1.0, elapsed_s / self._rest_s)
        if elapsed_s < self._rest_s:
            return
        recent = [(t, v) for t, v in self._seen if t >= now_s - self._rest_s]
        rests = {name: _rest_of([(t, v.get(name, math.nan)) for t, v in recent]) for name in self._sizes}
        noises = [rest.noise / self._sizes[name] for name, rest in rests.items() if rest.noise >= 0]
        if (noises and max(noises) <= STILL) or elapsed_s >= max(LONGEST_S, self._rest_s):
            self.rests, self.over = rests, True


def _rest_of(seen: list[tuple[float, float]]) -> Rest:
    good = [(t, x) for t, x in seen if math.isfinite(x)]
    if len(good) < max(3, LEAST_MEASURED * len(seen)):
        return Rest()
    t_s, x = np.array(good).T
    return Rest(float(np.median(x)), float(detrended_rms(t_s, x[:, None])[0]))
