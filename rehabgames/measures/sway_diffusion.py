"""Stabilogram diffusion: how far sway has wandered after a time, seen on two scales of time.

Collins & De Luca 1993, in the form of Quijoux 2021: a straight line each in the doubly logarithmic
plot of the mean squared displacement for short and for long intervals; the lines end where they fit
best, between 0.3 and 2.5 s. Deviation: displacements come from one correlation by FFT instead of one
mean per interval, which gives the same numbers at linear cost.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import scipy

from rehabgames.core.pose import Array
from rehabgames.signals.windows import Index

BREAK_S: Final = (0.3, 2.5)
LONGEST: Final = 1 / 3  # of the recording


class Diffusion(NamedTuple):
    """Diffusion in unit², times in s, displacement in unit², scaling exponents without unit."""

    short_time_diffusion: float = math.nan
    long_time_diffusion: float = math.nan
    critical_time: float = math.nan
    critical_displacement: float = math.nan
    short_time_scaling: float = math.nan
    long_time_scaling: float = math.nan


@np.errstate(all="ignore")
def displacement(x: Array, longest: int) -> Array:
    """(longest,) mean of (x[i + k] - x[i])² for k = 1 .. longest < n, of x (n,)."""
    n = len(x)
    x = x - x.mean()
    size = scipy.fft.next_fast_len(2 * n, real=True)
    spectrum = scipy.fft.rfft(x, size)
    product = scipy.fft.irfft(np.abs(spectrum) ** 2, size)[1 : longest + 1]
    squares = np.concatenate([[0.0], np.cumsum(x**2)])
    k = np.arange(1, longest + 1)
    mean: Array = (squares[n] - squares[k] + squares[n - k] - 2 * product) / (n - k)
    return mean


@np.errstate(all="ignore")
def diffusion(x: Array, fs_hz: float) -> Diffusion:
    """Of one axis (n,), any unit, evenly sampled.

    NaN for less than about 8 s, at a rate under 7 Hz, and where it does not move.
    Raises ValueError for a rate that is not positive.
    """
    if not (math.isfinite(fs_hz) and fs_hz > 0):
        raise ValueError(f"the sampling rate must be a positive number of hertz, not {fs_hz}")
    longest = int(len(x) * LONGEST)
    first_break, last_break = int(BREAK_S[0] * fs_hz) + 1, int(BREAK_S[1] * fs_hz)
    if first_break < 3 or longest < last_break + 2 or not np.isfinite(x).all():
        return Diffusion()
    log_t, wandered = np.log(np.arange(1, longest + 1) / fs_hz), displacement(x, longest)
    if not (np.isfinite(wandered).all() and (wandered > 1e-14 * np.ptp(x) ** 2).all()):
        return Diffusion()
    log_d = np.log(wandered)
    breaks = np.arange(first_break, last_break + 1, dtype=np.intp)
    short_end = _last_least(breaks, _misfit(log_t, log_d, breaks))
    # the same from behind: everything from the break on
    long_start = _last_least(breaks, _misfit(log_t[::-1], log_d[::-1], longest - (breaks - 1)))
    a_short, b_short = _line(log_t[:short_end], log_d[:short_end])
    a_long, b_long = _line(log_t[long_start - 1 :], log_d[long_start - 1 :])
    log_critical = min((a_long - a_short) / (b_short - b_long), float(log_t[-1]))
    found = Diffusion(
        short_time_diffusion=float(np.exp(a_short)),
        long_time_diffusion=float(np.exp(a_long)),
        critical_time=float(np.exp(log_critical)),
        critical_displacement=float(np.exp(a_short + b_short * log_critical)),
        short_time_scaling=float(b_short / 2),
        long_time_scaling=float(b_long / 2),
    )
    return found if np.isfinite(found).all() else Diffusion()


def _last_least(breaks: Index, misfit: Array) -> int:
    return int(breaks[np.flatnonzero(misfit == misfit.min())[-1]])


def _misfit(x: Array, y: Array, counts: Index) -> Array:
    """Mean squared distance of the first `count` points from their own straight line, per count."""
    x, y = x - x.mean(), y - y.mean()
    last = counts - 1
    sums = [np.cumsum(each)[last] / counts for each in (x, y, x * x, y * y, x * y)]
    mx, my, mxx, myy, mxy = sums
    within, across = mxx - mx**2, mxy - mx * my
    misfit: Array = myy - my**2 - across**2 / within
    return misfit


def _line(x: Array, y: Array) -> tuple[float, float]:
    middle = x.mean()
    slope = float(((x - middle) * (y - y.mean())).sum() / ((x - middle) ** 2).sum())
    return float(y.mean() - slope * middle), slope
