"""Spectrum of sway: how its power lies between 0.15 and 5 Hz (Prieto 1996).

Welch periodogram as in the reference of Quijoux 2021 (Physiol Rep 9:e15067): Hann windows of 10 s,
half overlapping, each freed of its straight line. Deviation: the grid of frequencies is at most as
fine as that of a two-minute recording, so that the cost grows linearly. `total_power` and the
energies are sums over that grid, so compare them between recordings of one length only.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import scipy

from rehabgames.core.pose import Array

WINDOW_S: Final = 10.0
BAND_HZ: Final = (0.15, 5.0)
FINEST_S: Final = 120.0


class Spectrum(NamedTuple):
    """Powers in unit² / Hz summed over the grid, frequencies in Hz; all NaN under 10 s or without power."""

    total_power: float = math.nan
    power_frequency_50: float = math.nan
    power_frequency_95: float = math.nan
    frequency_mode: float = math.nan
    centroid_frequency: float = math.nan
    frequency_dispersion: float = math.nan
    energy_content_below_05: float = math.nan
    energy_content_05_2: float = math.nan
    energy_content_above_2: float = math.nan
    frequency_quotient: float = math.nan


@np.errstate(all="ignore")
def spectrum(x: Array, fs_hz: float) -> Spectrum:
    """Of one axis (n,), any unit, evenly sampled. Raises ValueError for a rate that is not positive."""
    if not (math.isfinite(fs_hz) and fs_hz > 0):
        raise ValueError(f"the sampling rate must be a positive number of hertz, not {fs_hz}")
    window = round(WINDOW_S * fs_hz)
    if window < 4 or len(x) < window or not np.isfinite(x).all():
        return Spectrum()
    grid = max(window, min(len(x), round(FINEST_S * fs_hz)))
    overlap = int(WINDOW_S / 2 * fs_hz)
    f_hz, power = scipy.signal.welch(
        x, fs=fs_hz, detrend=_without_line, nperseg=window, noverlap=overlap, nfft=grid
    )
    inside = (f_hz >= BAND_HZ[0]) & (f_hz <= BAND_HZ[1])
    f_hz, power = f_hz[inside], power[inside]
    total = float(power.sum())
    if not (math.isfinite(total) and total > 0):
        return Spectrum()
    first, second = float((f_hz * power).sum()), float((f_hz**2 * power).sum())
    share = np.cumsum(power) / total
    slow, fast = power[f_hz <= 2.0].sum(), power[f_hz > 2.0].sum()
    return Spectrum(
        total_power=total,
        power_frequency_50=float(f_hz[np.argmax(share >= 0.5)]),
        power_frequency_95=float(f_hz[np.argmax(share >= 0.95)]),
        frequency_mode=float(f_hz[np.argmax(power)]),
        centroid_frequency=math.sqrt(second / total),
        frequency_dispersion=math.sqrt(max(0.0, 1.0 - first**2 / (total * second))),
        energy_content_below_05=float(power[f_hz <= 0.5].sum()),
        energy_content_05_2=float(power[(f_hz > 0.5) & (f_hz <= 2.0)].sum()),
        energy_content_above_2=float(fast),
        frequency_quotient=float(fast / slow) if slow > 0 else math.nan,
    )


def _without_line(part: Array) -> Array:
    return np.asarray(scipy.signal.detrend(part, axis=-1, type="linear"), dtype=np.float64)
