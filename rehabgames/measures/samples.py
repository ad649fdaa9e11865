"""What the families of measures ask of a series of samples before they measure anything.

Samples that are not finite, that are impossible, or that are not later than the ones before them
are left out; what is left ascends in time and need not be even.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rehabgames.core.measured import Validity
from rehabgames.core.pose import Array, Mask
from rehabgames.signals.gaps import LONGEST_GAP_S, SLACK, usable
from rehabgames.signals.trace import Trace

Index = npt.NDArray[np.intp]
_IMPOSSIBLE: Final = 1e12


class Samples(NamedTuple):
    """t_s and x (n,) of what is left; coverage, the share that it is of the trace; why there is no more."""

    t_s: Array
    x: Array
    coverage: float
    why: Validity


def in_order(t_s: Array, x: Array) -> tuple[Array, Array]:
    """The samples (t_s, x) that are finite and later than all before them.

    Raises ValueError where the two are not rows of the same length.
    """
    t, v = np.asarray(t_s, dtype=np.float64), np.asarray(x, dtype=np.float64)
    if t.ndim != 1 or t.shape != v.shape:
        raise ValueError(f"times and values are not two rows of the same length: {t.shape}, {v.shape}")
    with np.errstate(invalid="ignore"):
        sane = (np.abs(t) < _IMPOSSIBLE) & (np.abs(v) < _IMPOSSIBLE)
    kept = usable(t, np.where(sane, v, np.nan))
    return t[kept], v[kept]


def of_trace(trace: Trace) -> Samples:
    """The samples of a trace that can be measured, and the commonest reason of the others.

    `why` is TIME where most of the good frames are not in order of time, and never GOOD where fewer
    than two samples are left.
    """
    t_s, x = in_order(trace.t_s, trace.x)
    good = int(np.isfinite(trace.x).sum())
    coverage = len(t_s) / len(trace) if len(trace) else 0.0
    if len(t_s) < good / 2:
        return Samples(t_s, x, coverage, Validity.TIME)
    why = trace.reason
    if why is Validity.GOOD and len(t_s) < 2:
        why = Validity.TOO_FEW
    return Samples(t_s, x, coverage, why)


def spacing_s(t_s: Array) -> float:
    """Median time between samples in order; NaN for fewer than two."""
    return float(np.median(np.diff(t_s))) if len(t_s) > 1 else math.nan


def rate_hz(t_s: Array) -> float:
    """Samples a second; NaN for fewer than two."""
    step = spacing_s(t_s)
    return 1.0 / step if step > 0 else math.nan


def bridge_s(t_s: Array) -> float:
    """The longest step of time that is no gap: 100 ms, or one and a half times the usual step."""
    step = spacing_s(t_s)
    return max(LONGEST_GAP_S, SLACK * step) if math.isfinite(step) else LONGEST_GAP_S


def whole(t_s: Array, starts_s: Array, ends_s: Array, longest_s: float) -> Mask:
    """(k,) True where no step of time over `longest_s` lies within [start, end]."""
    n = len(t_s)
    if not n:
        return np.zeros(len(starts_s), dtype=np.bool_)
    gaps = np.concatenate([[0], np.cumsum(np.diff(t_s) > longest_s)])
    first = np.clip(np.searchsorted(t_s, starts_s, side="right") - 1, 0, n - 1)
    last = np.clip(np.searchsorted(t_s, ends_s, side="left"), 0, n - 1)
    known = (starts_s >= t_s[0]) & (ends_s <= t_s[-1])  # never of NaN
    return np.asarray(known & (gaps[last] == gaps[first]))


def crossing_s(t_s: Array, x: Array, at: Index, level: float, longest_s: float) -> Array:
    """(k,) when x passed `level` on its way to samples `at` (k,), on the straight line from the sample
    before; the sample's own time where that one is missing or farther away than `longest_s`."""
    before = np.maximum(at - 1, 0)
    step_s, step = t_s[at] - t_s[before], x[at] - x[before]
    share = np.divide(level - x[before], step, out=np.ones(len(at)), where=step != 0)
    straight = (step_s <= longest_s) & (share >= 0) & (share <= 1)
    return np.where(straight, t_s[before] + share * step_s, t_s[at])


def variation_percent(values: Array, least: int) -> float:
    """100 · SD / mean (SD with n - 1); NaN for fewer than `least` values or a mean that is not positive."""
    v = np.asarray(values, dtype=np.float64)
    if len(v) < max(least, 2) or not np.isfinite(v).all():
        return math.nan
    mean = float(v.mean())
    return 100.0 * float(v.std(ddof=1)) / mean if mean > 0 else math.nan


def median(values: Array) -> float:
    """Of the values that are finite; NaN where there are none."""
    v = np.asarray(values, dtype=np.float64)
    v = v[np.isfinite(v)]
    return float(np.median(v)) if len(v) else math.nan


def share_percent(part: int, of: int) -> float:
    return 100.0 * part / of if of else math.nan
