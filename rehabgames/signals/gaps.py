"""From the camera's own times to an even grid, without inventing what nobody saw (MEASURES 0.5)."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from rehabgames.core.pose import Array, Mask

LONGEST_GAP_S: Final = 0.100
SLACK: Final = 1.5  # a slow camera's ordinary interval is no gap
MOST_SAMPLES: Final = 2_000_000  # 18 hours at 30 Hz; a grid longer than that comes from a broken clock
_ON_GRID: Final = 1e-6


class Uniform(NamedTuple):
    """t_s (m,) evenly spaced by 1 / fs_hz; x (m,) or (m, k), NaN inside gaps; fs_hz NaN where m = 0."""

    t_s: Array
    x: Array
    fs_hz: float


def usable(t_s: Array, x: Array) -> Mask:
    """(n,) samples that are finite and later than every sample before them.

    Its mean is the coverage: what equal or backwards timestamps and missing values have cost.
    """
    t_s, x = _checked(t_s, x)
    whole = np.isfinite(t_s) & (np.isfinite(x) if x.ndim == 1 else np.isfinite(x).all(axis=1))
    latest = np.maximum.accumulate(np.concatenate([[-np.inf], np.where(whole, t_s, -np.inf)]))[:-1]
    return np.asarray(whole & (t_s > latest))


@np.errstate(all="ignore")
def uniform(
    t_s: Array, x: Array, fs_hz: float | None = None, *, longest_gap_s: float = LONGEST_GAP_S
) -> Uniform:
    """Series x (n,) or (n, k) at times t_s (n,) on an even grid, linear between neighbours.

    The grid begins at the first usable sample. fs_hz None takes the median rate of the samples. An
    interval longer than both longest_gap_s and 1.5 median intervals is a gap and stays NaN. Samples
    that are not finite, and those whose time does not advance, are left out (see `usable`). Fewer
    than two usable samples, or a span that only a broken clock gives, have no grid: 0 samples.
    Raises ValueError for shapes that do not fit, or a rate that is not positive.
    """
    t_s, x = _checked(t_s, x)
    if fs_hz is not None and not (math.isfinite(fs_hz) and fs_hz > 0):
        raise ValueError(f"the sampling rate must be a positive number of hertz, not {fs_hz}")
    kept = usable(t_s, x)
    times, values = t_s[kept], x[kept]
    none = Uniform(np.empty(0), np.empty((0, *x.shape[1:])), math.nan)
    if len(times) < 2:
        return none
    steps = np.diff(times)
    middle = float(np.median(steps))
    rate = fs_hz if fs_hz is not None else (1.0 / middle if middle > 0 else math.inf)
    samples = (times[-1] - times[0]) * rate
    if not (math.isfinite(rate) and samples < MOST_SAMPLES):
        return none
    grid = times[0] + np.arange(math.floor(samples + _ON_GRID) + 1) / rate
    columns = values.reshape(len(values), -1).T
    laid = np.stack([np.interp(grid, times, column) for column in columns], axis=1)
    laid[_inside_a_gap(grid, times, max(longest_gap_s, SLACK * middle) + _ON_GRID / rate, rate)] = np.nan
    return Uniform(grid, np.where(np.isfinite(laid), laid, np.nan).reshape(len(grid), *x.shape[1:]), rate)


def _inside_a_gap(grid: Array, times: Array, longest_s: float, rate: float) -> Mask:
    after = np.clip(np.searchsorted(times, grid, side="left"), 1, len(times) - 1)
    low, high = times[after - 1], times[after]
    close = _ON_GRID / rate
    between = (grid > low + close) & (grid < high - close)
    return np.asarray(between & (high - low > longest_s))


def _checked(t_s: Array, x: Array) -> tuple[Array, Array]:
    t_s, x = np.asarray(t_s, dtype=np.float64), np.asarray(x, dtype=np.float64)
    if t_s.ndim != 1 or x.ndim not in {1, 2} or len(x) != len(t_s):
        raise ValueError(f"times (n,) go with values (n,) or (n, k), not {t_s.shape} with {x.shape}")
    return t_s, x
