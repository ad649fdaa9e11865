"""The noise floor: how much of a hand's speed is only the landmarks' own jitter (MEASURES 0.7)."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from rehabgames.core.pose import Array
from rehabgames.signals.gaps import uniform
from rehabgames.signals.zero_lag import response

QUIET_WINDOW_S: Final = 1.0
_FREQUENCIES: Final = 256


def noise_speed(sigma: float, fs_hz: float, cutoff_hz: float) -> float:
    """Speed per axis that white noise of RMS sigma has after a low-pass at cutoff_hz, units of sigma / s.

    sigma·2π·√(2·fc³ / (3·fs)); a cutoff above half the rate counts as half the rate. It holds for the
    nominal cutoff of a double Butterworth pass within 10 % (the pass leaves 0.91 of it). NaN for a
    sigma that is not finite or negative. Raises ValueError for rates that are not positive.
    """
    if not (fs_hz > 0 and cutoff_hz > 0 and math.isfinite(fs_hz)):
        raise ValueError(f"rates must be positive numbers of hertz, not {fs_hz} and {cutoff_hz}")
    if not (math.isfinite(sigma) and sigma >= 0):
        return math.nan
    top_hz = min(cutoff_hz, fs_hz / 2)
    return sigma * 2 * math.pi * top_hz * math.sqrt(2 * top_hz / (3 * fs_hz))


@np.errstate(all="ignore")
def rest_noise(t_s: Array, xy: Array) -> float:
    """RMS per axis of a hand at rest, (n, k) at times (n,), after a straight drift is taken off.

    NaN with fewer than 5 usable samples, or with a gap of over 100 ms.
    """
    _, x, _ = uniform(t_s, xy)
    if len(x) < 5:
        return math.nan
    return _finite(float(_spread(x.reshape(1, len(x), -1))[0]))


@np.errstate(all="ignore")
def quietest_noise(t_s: Array, xy: Array, window_s: float = QUIET_WINDOW_S) -> float:
    """`rest_noise` of the quietest window of a recording: for where no rest was recorded.

    It is the floor of the floor: noise of a moving hand may be greater. NaN where no window is whole.
    """
    _, x, fs_hz = uniform(t_s, xy)
    width = max(5, round(window_s * fs_hz)) if math.isfinite(fs_hz) else 0
    if not 0 < width <= len(x):
        return math.nan
    flat = x.reshape(len(x), -1)
    windows = sliding_window_view(flat, width, axis=0)[:: max(1, width // 4)].swapaxes(1, 2)
    spread = _spread(windows)
    return _finite(float(np.nanmin(spread))) if np.isfinite(spread).any() else math.nan


@np.errstate(all="ignore")
def moving_noise(raw: Array, smooth: Array, fs_hz: float, cutoff_hz: float) -> float:
    """RMS per axis of white noise that would leave what a low-pass took off: raw - smooth, (n, k).

    More than the noise at rest means that the hand had something above the cutoff: a tremor, or
    landmarks that shake while they move. Either way the low-passed path is not the whole truth.
    `smooth` comes from `low_pass(..., true_cutoff=False)`. NaN where nothing was taken off.
    """
    f_hz = np.linspace(0.0, fs_hz / 2, _FREQUENCIES)
    share = float(np.mean((1.0 - response(f_hz, fs_hz, cutoff_hz, true_cutoff=False)) ** 2))
    left = raw - smooth
    if not (share > 0 and left.size and np.isfinite(left).all()):
        return math.nan
    return _finite(math.sqrt(float(np.mean(left**2)) / share))


def _spread(windows: Array) -> Array:
    """(m,) RMS per axis of (m, w, k) windows about their straight lines; NaN where one has a NaN."""
    _, width, axes = windows.shape
    slope = np.linspace(-1.0, 1.0, width)
    centred = windows - windows.mean(axis=1, keepdims=True)
    drift = (centred * slope[None, :, None]).sum(axis=1, keepdims=True) / (slope**2).sum()
    left = centred - drift * slope[None, :, None]
    rms: Array = np.sqrt((left**2).sum(axis=(1, 2)) / ((width - 2) * axes))
    return rms


def _finite(value: float) -> float:
    return value if math.isfinite(value) else math.nan
