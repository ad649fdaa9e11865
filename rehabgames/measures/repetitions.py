"""Repetitions of one signal, counted by its turning points.

Source: cycle detection with hysteresis (MEASURES sections 7 and 10), with the threshold taken from
the last turning point instead of a fixed level, so that it needs no calibration. Deviations: a
repetition is counted when it arrives, not when it comes back, because a movement that is held to
the end was still made; the next one needs a way back of at least RETURN of the last rise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from rehabgames.core.pose import Array
from rehabgames.signals.signal import Swing

RETURN = 0.6
RESET_GAP_S = 1.0  # after so long unseen, nobody knows where the movement was
ONSET_SHARE = 0.1
TOP_SHARE = 0.9
SPIKE_FRAMES = 3


@dataclass(frozen=True, slots=True)
class Repetition:
    """onset_s leaves the turning point by 10 % of the rise; top_s is the middle of the time spent
    above 90 % of it; rise is in the signal's unit; marked_s is the one that the signal counts by."""

    onset_s: float
    top_s: float
    rise: float
    marked_s: float


def count(t_s: Array, x: Array, swing: Swing) -> list[Repetition]:
    """Repetitions in a signal (n,) at times (n,), both in order of time.

    NaN samples are left out; a gap of over 1 s starts afresh, so that a person who comes back in
    another posture has not made a repetition. Fewer than two samples give none.
    """
    seen = np.isfinite(x) & np.isfinite(t_s)
    times, values = t_s[seen], x[seen] * swing.towards
    if len(times) < 2:
        return []
    found: list[Repetition] = []
    starts = np.flatnonzero(np.diff(times) > RESET_GAP_S) + 1
    for part_t, part_x in zip(np.split(times, starts), np.split(values, starts), strict=True):
        found += _count_stretch(part_t, without_spikes(part_x), swing)
    return found


def _count_stretch(t_s: Array, x: Array, swing: Swing) -> list[Repetition]:
    found: list[Repetition] = []
    rising = False  # True from the moment of a wide enough rise until it has come back
    low = high = 0

    def finish(end: int) -> None:
        if _gated(x[low] * swing.towards, x[high] * swing.towards, swing):
            found.append(_repetition(t_s, x, (low, high), end, swing))

    # plain floats: a loop over numpy's own takes three times as long
    lowest = highest = float(x[0])
    turned_at = -math.inf
    for i, value in enumerate(x.tolist()):
        if rising:
            if value > highest:
                high, highest = i, value
                turned_at = highest - max(swing.size, RETURN * (highest - lowest))
            elif value < turned_at:
                finish(i)
                rising, low, lowest = False, i, value
        elif value < lowest:
            low, lowest = i, value
        elif value > lowest + swing.size:
            rising, high, highest = True, i, value
            turned_at = highest - max(swing.size, RETURN * (highest - lowest))
    if rising:
        finish(len(x))
    return found


def _gated(start: float, top: float, swing: Swing) -> bool:
    from_below = math.inf if swing.from_below is None else swing.from_below
    to_above = -math.inf if swing.to_above is None else swing.to_above
    return start < from_below and top > to_above


def _repetition(t_s: Array, x: Array, rise_of: tuple[int, int], end: int, swing: Swing) -> Repetition:
    low, high = rise_of
    rise = float(x[high] - x[low])
    up = x[low : high + 1]
    onset = low + int(np.flatnonzero(up <= x[low] + ONSET_SHARE * rise)[-1])
    top = onset + np.flatnonzero(x[onset:end] >= x[low] + TOP_SHARE * rise)
    top_s = float((t_s[top[0]] + t_s[top[-1]]) / 2)
    onset_s = float(t_s[onset])
    return Repetition(onset_s, top_s, rise, onset_s if swing.mark == "onset" else top_s)


def without_spikes(x: Array) -> Array:
    """Median of three: one wild frame is not a turning point, and the first one of a hand or body that was
    just found is the wildest. The ends take their neighbours' median."""
    if len(x) < SPIKE_FRAMES:
        return x
    inner = np.median(np.stack([x[:-2], x[1:-1], x[2:]]), axis=0)
    return np.concatenate([inner[:1], inner, inner[-1:]])
