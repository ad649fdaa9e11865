"""Filters of the measurement stream: they look both ways in time, so nothing is delayed.

Never for control: a filter that needs the future cannot steer a game. Sources: Winter 2009 (double
pass), Savitzky & Golay 1964. One rule for all: what is not finite splits the series, every stretch
between is filtered on its own, and a stretch too short to be filtered becomes NaN, because noise that
went through unfiltered would look like movement.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import scipy  # loads scipy.signal at its first use: half a second that a look at the names need not wait

from rehabgames.core.pose import Array

_HALF_POWER = math.sqrt(2.0) - 1.0


@np.errstate(all="ignore")
def low_pass(x: Array, fs_hz: float, cutoff_hz: float, *, order: int = 2, true_cutoff: bool = True) -> Array:
    """Butterworth low-pass run forward and backward over x (n,) or (n, k), sampled at fs_hz.

    true_cutoff  True: -3 dB of both passes together lies at cutoff_hz. Each pass is designed at
                 cutoff / (√2 - 1)^(1 / (2·order)), 1.247 times for order 2, applied to the warped
                 frequency as Winter does, so that it also holds near half the sampling rate.
                 False: each pass is designed at cutoff_hz, the nominal cutoff of many programs.

    A cutoff at or above half the sampling rate has nothing to remove: x comes back as it is.
    Stretches of fewer than 3·(order + 1) + 1 samples (order 2: 10) become NaN.
    Raises ValueError for a rate, cutoff or order that is not positive.
    """
    _positive("sampling rate", fs_hz)
    _positive("cutoff", cutoff_hz)
    if order < 1:
        raise ValueError("the order of a filter must be 1 or more")
    if cutoff_hz >= fs_hz / 2:
        return _by_stretch(x, 1, lambda part: part)
    sections = _sections(round(fs_hz, 6), cutoff_hz, order, true_cutoff)  # measured rates differ by nothing
    edge = 3 * (order + 1)
    return _by_stretch(x, edge + 1, lambda part: scipy.signal.sosfiltfilt(sections, part, axis=0))


def response(
    f_hz: Array, fs_hz: float, cutoff_hz: float, *, order: int = 2, true_cutoff: bool = True
) -> Array:
    """Gain 0..1 of `low_pass` at frequencies f_hz: both passes together."""
    _positive("sampling rate", fs_hz)
    _positive("cutoff", cutoff_hz)
    if cutoff_hz >= fs_hz / 2:
        return np.ones_like(f_hz)
    design_hz = _design_hz(fs_hz, cutoff_hz, order) if true_cutoff else cutoff_hz
    with np.errstate(all="ignore"):
        ratio = np.tan(np.pi * np.minimum(f_hz / fs_hz, 0.5)) / math.tan(math.pi * design_hz / fs_hz)
        gain: Array = 1.0 / (1.0 + np.abs(ratio) ** (2 * order))
    return gain


@np.errstate(all="ignore")
def savitzky_golay(x: Array, fs_hz: float, *, window: int = 7, poly: int = 2, deriv: int = 0) -> Array:
    """Savitzky-Golay smoothing of x (n,) or (n, k), or its deriv-th derivative per second.

    Stretches shorter than the window become NaN. Raises ValueError for a rate that is not positive,
    an even window, or a polynomial that does not fit into the window.
    """
    _positive("sampling rate", fs_hz)
    if window < 1 or window % 2 == 0 or not 0 <= poly < window or deriv < 0:
        raise ValueError("a Savitzky-Golay filter needs an odd window that is longer than its polynomial")
    delta = 1.0 / fs_hz
    return _by_stretch(
        x,
        window,
        lambda part: scipy.signal.savgol_filter(part, window, poly, deriv=deriv, delta=delta, axis=0),
    )


@np.errstate(all="ignore")
def derivative(x: Array, fs_hz: float) -> Array:
    """Central difference of x (n,) or (n, k) per second, one-sided at the ends of a stretch.

    It is low by sin(a)/a with a = 2π·f/fs: 3 % for 2 Hz at 30 Hz. A stretch of one sample is NaN.
    Raises ValueError for a rate that is not positive.
    """
    _positive("sampling rate", fs_hz)
    return _by_stretch(x, 2, lambda part: np.gradient(part, 1.0 / fs_hz, axis=0))


@np.errstate(all="ignore")
def first_difference(x: Array, fs_hz: float) -> Array:
    """(n - 1, ...) difference of neighbours per second, valid half way between them; NaN passes.

    Raises ValueError for a rate that is not positive.
    """
    _positive("sampling rate", fs_hz)
    x = np.asarray(x, dtype=np.float64)
    slope = np.diff(x, axis=0) * fs_hz
    return np.where(np.isfinite(slope), slope, np.nan)


@lru_cache(maxsize=64)
def _sections(fs_hz: float, cutoff_hz: float, order: int, true_cutoff: bool) -> Array:
    design_hz = _design_hz(fs_hz, cutoff_hz, order) if true_cutoff else cutoff_hz
    sections: Array = scipy.signal.butter(order, design_hz, fs=fs_hz, output="sos")
    return sections


def _design_hz(fs_hz: float, cutoff_hz: float, order: int) -> float:
    warped = math.tan(math.pi * cutoff_hz / fs_hz) / _HALF_POWER ** (1.0 / (2 * order))
    return math.atan(warped) * fs_hz / math.pi


def _positive(what: str, value: float) -> None:
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"the {what} must be a positive number of hertz, not {value}")


def _by_stretch(x: Array, shortest: int, apply: Callable[[Array], Array]) -> Array:
    """`apply` to every stretch of rows that are finite; NaN everywhere else."""
    x = np.asarray(x, dtype=np.float64)
    if x.ndim not in {1, 2}:
        raise ValueError(f"a series has the shape (n,) or (n, k), not {x.shape}")
    whole = np.isfinite(x) if x.ndim == 1 else np.isfinite(x).all(axis=1)
    result = np.full(x.shape, np.nan)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], whole, [False]]).astype(np.int8)))
    for first, stop in zip(edges[::2], edges[1::2], strict=True):
        if stop - first >= shortest:
            result[first:stop] = apply(x[first:stop])
    return np.where(np.isfinite(result), result, np.nan)
