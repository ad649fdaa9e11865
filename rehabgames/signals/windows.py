"""Mean and median of a series over a window of time around each of its samples.

Times ascend, but need not be even. Cost grows linearly with the samples.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rehabgames.core.pose import Array

Index = npt.NDArray[np.intp]
_ROWS = 4096  # windows that are laid out at once, so that an hour does not fill the memory


def bounds(t_s: Array, width_s: float) -> tuple[Index, Index]:
    """First sample, and the one after the last, of [t - width/2, t + width/2] around each t."""
    return (
        np.searchsorted(t_s, t_s - width_s / 2, side="left"),
        np.searchsorted(t_s, t_s + width_s / 2, side="right"),
    )


def mean_around(x: Array, t_s: Array, width_s: float) -> Array:
    """(n,) mean of x (n,) over the window; a NaN spoils every window that comes after it."""
    low, high = bounds(t_s, width_s)
    total = np.concatenate([[0.0], np.cumsum(x)])
    mean: Array = (total[high] - total[low]) / (high - low)
    return mean


def median_around(x: Array, t_s: Array, width_s: float) -> Array:
    """(n,) median of the samples of x (n,) in the window that are not NaN; NaN where all are."""
    low, high = bounds(t_s, width_s)
    result = np.full(len(x), np.nan)
    width = high - low
    for size in np.unique(width):
        which = np.flatnonzero(width == size)
        for rows in np.array_split(which, max(1, len(which) // _ROWS)):
            block = x[low[rows, None] + np.arange(size)]
            result[rows] = _median(block)
    return result


def _median(block: Array) -> Array:
    """(k,) of a (k, m) block, without the NaN in it."""
    ordered = np.sort(block, axis=1)  # NaN sort to the end
    seen = np.isfinite(ordered).sum(axis=1)
    rows = np.arange(len(block))
    last = np.maximum(seen - 1, 0)
    middle = (ordered[rows, last // 2] + ordered[rows, (last + 1) // 2]) / 2
    return np.where(seen > 0, middle, np.nan)
