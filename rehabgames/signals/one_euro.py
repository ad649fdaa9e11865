"""One-euro filter: causal smoothing for control, never for measures.

Casiez, Roussel, Vogel 2012, doi:10.1145/2207676.2208639. Deviations: NaN passes through and
restarts the filter; a step of time that is zero or negative returns the last value.
"""

from __future__ import annotations

import math


def _alpha(cutoff_hz: float, dt_s: float) -> float:
    tau = 1.0 / (2.0 * math.pi * cutoff_hz)
    return 1.0 / (1.0 + tau / dt_s)


class OneEuroFilter:
    """Call with `(t_s, x)`; returns the filtered x.

    min_cutoff_hz  less = steadier at rest; beta  more = quicker when moving; d_cutoff_hz  cutoff of
    the speed estimate. Raises ValueError where a cutoff is not positive or beta is negative.
    """

    def __init__(self, min_cutoff_hz: float = 1.0, beta: float = 0.0, d_cutoff_hz: float = 1.0) -> None:
        if not (min_cutoff_hz > 0 and d_cutoff_hz > 0 and beta >= 0):
            raise ValueError("cutoffs must be positive and beta must not be negative")
        self.min_cutoff_hz = min_cutoff_hz
        self.beta = beta
        self.d_cutoff_hz = d_cutoff_hz
        self.reset()

    def reset(self) -> None:
        self._t_s = math.nan
        self._x = math.nan
        self._dx = 0.0

    def __call__(self, t_s: float, x: float) -> float:
        if not math.isfinite(x):
            self.reset()
            return math.nan
        if math.isnan(self._t_s):
            self._t_s, self._x, self._dx = t_s, x, 0.0
            return x
        dt_s = t_s - self._t_s
        if not dt_s > 0:
            return self._x
        # the reference takes the speed against the last *filtered* value
        dx = (x - self._x) / dt_s
        a = _alpha(self.d_cutoff_hz, dt_s)
        self._dx = a * dx + (1 - a) * self._dx
        a = _alpha(self.min_cutoff_hz + self.beta * abs(self._dx), dt_s)
        self._x = a * x + (1 - a) * self._x
        self._t_s = t_s
        return self._x
