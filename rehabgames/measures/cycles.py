"""Cycles of a signal between two thresholds: up through one, down through the other, up again.

Source: the dual-threshold detection of the Kinetics Toolkit (F. Chénier), MEASURES sections 7 and
10. A signal is up from the first sample at or over `rising` until the first at or under `falling`;
what lies between the two changes nothing. Deviations: a cycle whose end was not seen is none;
crossing times may be interpolated.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from rehabgames.core.pose import Array, Mask
from rehabgames.measures.samples import Index, bridge_s, crossing_s, in_order


class Cycle(NamedTuple):
    """When it went up, when it went down, and when it went up again, which ends it."""

    start_s: float
    turn_s: float
    end_s: float


class Changes(NamedTuple):
    """(k,) first samples of each state, and (k,) whether it is up; the first is what was seen first."""

    at: Index
    up: Mask


def changes(x: Array, rising: float, falling: float) -> Changes:
    """When a signal (n,) without NaN changes between up and down; empty where it never was either."""
    state = np.where(x >= rising, 1, np.where(x <= falling, 0, -1))
    known = np.flatnonzero(state >= 0)
    up = state[known] == 1
    new = np.concatenate([[True], up[1:] != up[:-1]]) if len(up) else np.zeros(0, dtype=np.bool_)
    return Changes(known[new], up[new])


@np.errstate(all="ignore")
def find_cycles(
    t_s: Array,
    x: Array,
    *,
    rising: float,
    falling: float,
    min_s: float = 0.0,
    max_s: float = math.inf,
    interpolate: bool = False,
) -> list[Cycle]:
    """Cycles of a signal (n,) at times (n,) that start by rising.

    rising, falling  the thresholds, in the signal's unit; for cycles that start by falling, give
                     -x and the thresholds with the other sign
    min_s, max_s     least and longest time of each of the two phases
    interpolate      False: the time of the first sample beyond a threshold; True: when the straight
                     line from the sample before crossed it, unless more than 100 ms lie between

    Samples that are NaN or out of order are left out. A signal that begins beyond `rising` has not
    been seen to rise. Raises ValueError where falling > rising or a duration is negative or NaN.
    """
    if not (falling <= rising):
        raise ValueError(f"the falling threshold {falling} must not be over the rising one {rising}")
    if not (min_s >= 0 and max_s >= 0):
        raise ValueError(f"durations must not be negative: {min_s}, {max_s}")
    times, values = in_order(t_s, x)
    at, up = changes(values, rising, falling)
    seen = at > 0
    at, up = at[seen], up[seen]
    if len(up) and not up[0]:
        at, up = at[1:], up[1:]
    when = times[at]
    if interpolate:
        longest_s = bridge_s(times)
        over = crossing_s(times, values, at, rising, longest_s)
        under = crossing_s(times, values, at, falling, longest_s)
        when = np.where(up, over, under)
    starts, turns, ends = when[:-2:2], when[1:-1:2], when[2::2]
    first, second = turns - starts, ends - turns
    long_enough = (first >= min_s) & (second >= min_s) & (first <= max_s) & (second <= max_s)
    rows = np.stack([starts, turns, ends], axis=1)[long_enough]
    return [Cycle(*row) for row in rows.tolist()]
