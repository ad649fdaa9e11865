"""Finger tapping: taps of an aperture, and their speed, amplitude, decrement, halts and rhythm.

Source: MEASURES section 8. A tap is one opening of thumb and index: a peak that stands out by 20 % of
the range or more. How many taps a second says almost nothing about the severity of a disease
(Spearman -.07 with the experts' rating in 489 videos), so no number here is a score.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import scipy
from numpy.lib.stride_tricks import sliding_window_view

from rehabgames.core.pose import Array, Mask
from rehabgames.measures.peaks import peaks, refine, robust_range
from rehabgames.measures.samples import bridge_s, in_order, rate_hz, variation_percent, whole
from rehabgames.signals.gaps import uniform
from rehabgames.signals.zero_lag import low_pass

PROMINENCE: Final = 0.2
CUTOFF_HZ: Final = 12.0
FILTERED_FROM_HZ: Final = 54.0  # a camera of 60 pictures a second, with some lost
LOW_BY: Final = 0.10
HALT_TIMES: Final = 2.0
HESITATION_SHARE: Final = 0.5
WINDOW_TAPS: Final = 5
FEWEST: Final = 8  # taps, for what changes from tap to tap; the clinical task has 10


class Taps(NamedTuple):
    """(k,) taps in order: when each was widest, how far it opened from the closing before it, the
    highest speeds of opening and of the closing after it, units a second; (k-1,) intervals to the
    next tap, s. NaN where a gap of over 100 ms lay within."""

    at_s: Array
    amplitude: Array
    opening_speed: Array
    closing_speed: Array
    interval_s: Array


NO_TAPS: Final = Taps(*(np.zeros(0) for _ in range(5)))


@np.errstate(all="ignore")
def find_taps(t_s: Array, aperture: Array, *, least: float = 0.0) -> Taps:
    """Taps in an aperture (n,) at times (n,): an angle in degrees, or a ratio.

    Peaks and the closings between them are tops and bottoms of parabolas through the samples. Speeds
    are of a cubic spline, after a zero-lag low-pass at 12 Hz where there are 54 or more samples a
    second. A range that is not over `least` has no taps.
    """
    times, x = in_order(t_s, aperture)
    low, high = robust_range(x)
    if len(times) < 3 or not high - low > least:
        return NO_TAPS
    longest_s = bridge_s(times)
    tops = peaks(times, x, PROMINENCE * (high - low), longest_s)
    if not len(tops.at):
        return NO_TAPS
    edges = np.concatenate([[0], tops.at, [len(x) - 1]])
    lows = np.array([a + int(np.argmin(x[a : b + 1])) for a, b in pairwise(edges)])
    bottoms = refine(times, x, lows.astype(np.intp), longest_s)
    opened = whole(times, bottoms.t_s[:-1], tops.t_s, longest_s)
    closed = whole(times, tops.t_s, bottoms.t_s[1:], longest_s)
    if len(lows) > 2:  # a recording that begins or ends in the middle of a tap
        shut = low + PROMINENCE * (high - low)
        opened[0] &= lows[0] > 0 or x[0] <= shut
        closed[-1] &= lows[-1] < len(x) - 1 or x[-1] <= shut
    speed_t, speed = _speed(times, x)
    opening = _fastest(speed_t, speed, bottoms.t_s[:-1], tops.t_s)
    closing = _fastest(speed_t, -speed, tops.t_s, bottoms.t_s[1:])
    between = whole(times, tops.t_s[:-1], tops.t_s[1:], longest_s)
    return Taps(
        tops.t_s,
        np.where(opened, tops.x - bottoms.x[:-1], np.nan),
        np.where(opened, opening, np.nan),
        np.where(closed, closing, np.nan),
        np.where(between, np.diff(tops.t_s), np.nan),
    )


def frequency_hz(taps: Taps) -> float:
    """Taps a second: intervals over the time that they take; NaN for fewer than three taps."""
    lasted = taps.interval_s[np.isfinite(taps.interval_s)]
    return len(lasted) / float(lasted.sum()) if len(lasted) > 1 and lasted.sum() > 0 else math.nan


def interval_cv(taps: Taps) -> float:
    """100·SD/mean of the time between taps; NaN for fewer than 8 taps."""
    return variation_percent(taps.interval_s[np.isfinite(taps.interval_s)], FEWEST - 1)


def decrement_slope(amplitude: Array) -> float:
    """Per cent of the mean of the first three taps, that a tap is smaller than the one before (least
    squares; + is shrinking); NaN for fewer than 8 taps."""
    size = amplitude[np.isfinite(amplitude)]
    if len(size) < FEWEST or not size[:3].mean() > 0:
        return math.nan
    number = np.flatnonzero(np.isfinite(amplitude)).astype(np.float64)
    centred = number - number.mean()
    slope = float((centred * size).sum() / (centred**2).sum())
    return -100.0 * slope / float(size[:3].mean())


def decrement(amplitude: Array) -> float:
    """100·(1 - last third / first third) of the amplitudes, + is shrinking; NaN for fewer than 8 taps."""
    size = amplitude[np.isfinite(amplitude)]
    third = len(size) // 3
    if len(size) < FEWEST or not size[:third].mean() > 0:
        return math.nan
    return 100.0 * (1.0 - float(size[-third:].mean() / size[:third].mean()))


def halts(taps: Taps) -> Mask:
    """(k-1,) True for intervals of over twice the median one."""
    lasted = taps.interval_s
    usual = np.nanmedian(lasted) if np.isfinite(lasted).any() else math.nan
    return np.asarray(lasted > HALT_TIMES * usual)


def hesitations(amplitude: Array) -> Mask:
    """(k,) True for taps under half of the median of the five around them."""
    size = amplitude[np.isfinite(amplitude)]
    small = np.zeros(len(amplitude), dtype=np.bool_)
    if len(size) < WINDOW_TAPS:
        return small
    around = np.pad(size, WINDOW_TAPS // 2, mode="edge")
    usual = np.median(sliding_window_view(around, WINDOW_TAPS), axis=1)
    small[np.isfinite(amplitude)] = size < HESITATION_SHARE * usual
    return small


def fastest_hz(fs_hz: float) -> float:
    """The frequency above which a sampled peak may be over 10 % low: 1 - cos(π·f/fs) = 0.1."""
    return fs_hz * math.acos(1.0 - LOW_BY) / math.pi


def _speed(t_s: Array, x: Array) -> tuple[Array, Array]:
    """Times (m,) and the change of the aperture a second (m,), also half way between the samples."""
    if rate_hz(t_s) >= FILTERED_FROM_HZ:
        even = uniform(t_s, x)
        smooth = low_pass(even.x, even.fs_hz, CUTOFF_HZ, true_cutoff=False) if len(even.x) else even.x
        kept = np.isfinite(smooth)
        t_s, x = even.t_s[kept], smooth[kept]
    if len(t_s) < 4:
        return np.zeros(0), np.zeros(0)
    fine = np.sort(np.concatenate([t_s, (t_s[1:] + t_s[:-1]) / 2]))
    return fine, np.asarray(scipy.interpolate.CubicSpline(t_s, x)(fine, 1))


def _fastest(t_s: Array, speed: Array, starts_s: Array, ends_s: Array) -> Array:
    """(k,) highest speed between start and end; NaN where no sample lies between."""
    result = np.full(len(starts_s), np.nan)
    first, last = np.searchsorted(t_s, starts_s), np.searchsorted(t_s, ends_s, side="right")
    for i, (a, b) in enumerate(zip(first, last, strict=True)):
        if b > a:
            result[i] = speed[a:b].max()
    return result
