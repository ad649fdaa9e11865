"""Peaks of a sampled signal, with the height and the time that lie between its samples."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import scipy

from rehabgames.core.pose import Array
from rehabgames.measures.samples import Index

ROBUST: Final = (2.0, 98.0)


class Peaks(NamedTuple):
    """(k,) times and heights of the tops of parabolas through three samples, and the middle samples."""

    t_s: Array
    x: Array
    at: Index


def robust_range(x: Array) -> tuple[float, float]:
    """2nd and 98th percentile; NaN for nothing."""
    if not len(x):
        return float("nan"), float("nan")
    low, high = np.percentile(x, ROBUST)
    return float(low), float(high)


def peaks(t_s: Array, x: Array, prominence: float, longest_s: float) -> Peaks:
    """Peaks of x (n,) at ascending times (n,), neither with NaN, at least `prominence` high.

    A peak beside a gap of more than `longest_s` is none: its top may have been in the gap.
    """
    at: Index = scipy.signal.find_peaks(x, prominence=max(prominence, 0.0))[0]
    beside = (t_s[at] - t_s[at - 1] > longest_s) | (t_s[at + 1] - t_s[at] > longest_s)
    return refine(t_s, x, at[~beside], longest_s)


def refine(t_s: Array, x: Array, at: Index, longest_s: float) -> Peaks:
    """The tops (or bottoms) near samples `at` (k,) by parabolas through each and its two neighbours.

    Beside a gap of more than `longest_s`, and on a plateau, it is the sample itself.
    Source: MEASURES section 8 (a sampled sinusoid's peak is low by up to 1 - cos(π·f/fs)).
    """
    inner = np.clip(at, 1, max(len(t_s) - 2, 1))
    if len(t_s) < 3 or not len(at):
        return Peaks(t_s[at], x[at], at)
    before_s, after_s = t_s[inner] - t_s[inner - 1], t_s[inner + 1] - t_s[inner]
    left, right = (x[inner] - x[inner - 1]) / before_s, (x[inner + 1] - x[inner]) / after_s
    curve = (right - left) / (before_s + after_s)
    slope = left + curve * before_s
    shift = np.divide(-slope, 2 * curve, out=np.zeros(len(at)), where=curve != 0)
    turns = (left * right <= 0) & (left != right)
    fits = turns & (inner == at) & (before_s <= longest_s) & (after_s <= longest_s)
    fits &= (shift > -before_s) & (shift < after_s)
    shift = np.where(fits, shift, 0.0)
    return Peaks(t_s[at] + shift, x[at] + slope * shift + curve * shift**2, at)


def likeness(x: Array) -> float:
    """Correlation of each sample with the next, -1..1; NaN for fewer than three, or where all are equal."""
    if len(x) < 3:
        return float("nan")
    centred = x - x.mean()
    total = float((centred**2).sum())
    return float((centred[1:] * centred[:-1]).sum()) / total if total > 0 else float("nan")
