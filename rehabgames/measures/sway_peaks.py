"""Peaks of sway's velocity, and sway density: how long it stays near one place (Baratto 2002).

Both in the form of Quijoux 2021: velocity by a Savitzky-Golay filter of five samples and third
order; a peak is the fastest moment between two changes of direction. Density is the time around a
sample without leaving the circle about it, smoothed at 2.5 Hz, and its peaks are its local maxima.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import scipy

from rehabgames.core.pose import Array
from rehabgames.signals.zero_lag import low_pass, savitzky_golay

RADIUS: Final = 0.3  # unit of the points: 3 mm of points in cm
SMOOTH_HZ: Final = 2.5
_LEVELS: Final = 11


class VelocityPeaks(NamedTuple):
    """zero_crossing counts changes of direction; peaks are mean speeds, unit/s, each way and both."""

    zero_crossing: float = math.nan
    peak_velocity_pos: float = math.nan
    peak_velocity_neg: float = math.nan
    peak_velocity_all: float = math.nan


class SwayDensity(NamedTuple):
    """mean_peak in s; mean_distance_peak between one peak's place and the next, in unit."""

    mean_peak: float = math.nan
    mean_distance_peak: float = math.nan


def velocity(points: Array, fs_hz: float) -> Array:
    """(n, k) per second of points (n, k); NaN for fewer than five."""
    return savitzky_golay(points, fs_hz, window=5, poly=3, deriv=1)


@np.errstate(all="ignore")
def velocity_peaks(v: Array) -> VelocityPeaks:
    """Of the velocity of one axis (n,). What comes before the first and after the last change of
    direction is not whole and does not count; no whole movement gives NaN peaks."""
    if len(v) == 0 or not np.isfinite(v).all():
        return VelocityPeaks()
    moving = v[v != 0]
    turns = np.flatnonzero(np.diff(np.sign(moving)) != 0) + 1
    if len(turns) < 2:
        return VelocityPeaks(zero_crossing=float(len(turns)))
    peaks = np.maximum.reduceat(np.abs(moving), turns)[:-1]
    rising = moving[turns[:-1]] > 0
    means = [float(some.mean()) if len(some) else math.nan for some in (peaks[rising], peaks[~rising], peaks)]
    return VelocityPeaks(float(len(turns)), *means)


@np.errstate(all="ignore")
def sway_density(points: Array, fs_hz: float, radius: float = RADIUS) -> SwayDensity:
    """Of points (n, 2), evenly sampled; `radius` in their unit. NaN where nobody ever leaves the
    circle, where fewer than two peaks are found, and at a rate of 5 Hz or less."""
    n = len(points)
    if n <= 16 or fs_hz <= 2 * SMOOTH_HZ or not np.isfinite(points).all() or not radius > 0:
        return SwayDensity()
    if np.hypot(*np.ptp(points, axis=0)) <= radius:
        return SwayDensity()
    stay = samples_inside(points, radius) + samples_inside(points[::-1], radius)[::-1]
    stay = low_pass(stay[:-1] / fs_hz, fs_hz, SMOOTH_HZ, order=4, true_cutoff=False)
    peaks = scipy.signal.argrelmax(stay)[0]
    if len(peaks) < 2:
        return SwayDensity()
    steps = np.diff(points[peaks], axis=0)
    return SwayDensity(float(stay[peaks].mean()), float(np.hypot(steps[:, 0], steps[:, 1]).mean()))


def samples_inside(points: Array, radius: float) -> Array:
    """(n,) samples after each one until the first outside the circle about it.

    Whole stretches of 2, 4, 8 ... samples are passed over when the box around them lies inside.
    """
    n = len(points)
    low, high = [points], [points]
    while len(low) < _LEVELS and 2 ** len(low) <= n:
        half = 2 ** (len(low) - 1)
        low.append(np.minimum(low[-1][:-half], low[-1][half:]))
        high.append(np.maximum(high[-1][:-half], high[-1][half:]))
    at = np.arange(1, n + 1)
    active = np.arange(n)
    while len(active):
        before = at[active]
        for lows, highs in zip(reversed(low), reversed(high), strict=True):
            some = active[at[active] < len(lows)]
            here, box = points[some], at[some]
            far = np.maximum(np.abs(lows[box] - here), np.abs(highs[box] - here))
            some = some[np.hypot(far[:, 0], far[:, 1]) <= radius]
            at[some] += n + 1 - len(lows)
        active = active[at[active] > before]
    stay: Array = (at - np.arange(1, n + 1)).astype(np.float64)
    return stay
