"""The ends of a range of motion, for cameras of any speed. The results are in `range_of_motion`.

Source: MEASURES section 1: robust maximum (95th percentile, or the highest value held for 250 ms)
minus neutral, best of three slow repetitions. Deviations, so that it holds for slow cameras: the
percentiles are of time, not of samples, over one repetition: the 95th from where it has left a tenth
of its rise to where it has come back to it, so that a rest between repetitions does not lower it;
neutral is the 5th from the top before to this one. An end that was not held, with fewer than 4
pictures in its tenth of the way, is followed along a cubic spline, which may pass the outermost
picture by 2.5 % of the range. A repetition with fewer than 4.4 pictures in the upper or the lower half
of its way may have turned far from any picture: TOO_SLOW. At 5 pictures a second those are movements
of over 0.57 Hz that are not held.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

import numpy as np
import scipy

from rehabgames.core.pose import Array, Mask
from rehabgames.measures.repetitions import Repetition, count
from rehabgames.measures.samples import bridge_s, in_order, spacing_s, whole
from rehabgames.signals.signal import Swing

HOLD_S: Final = 0.25
END_PERCENT: Final = 95.0
NEUTRAL_PERCENT: Final = 5.0
AWAY_SHARE: Final = 0.1
TIP_SHARE: Final = 0.1
FEWEST_PICTURES: Final = 4.4
FEWEST_AT_TIP: Final = 1.0
STRAIGHT_PICTURES: Final = 4.0
HELD_SHARE: Final = 0.6  # of the half's time, spent in the tenth: 0.41 for a raised cosine
SPIKE_FREE_PICTURES: Final = 6.0  # from where on a median of three takes a spike and leaves the movement
BEYOND_SHARE: Final = 0.025  # of a raised cosine's range, that 10 pictures a cycle can miss
OWN_SHARE: Final = 0.2  # of the person's own range: less is no repetition (MEASURES section 10)
LOOKED_ROUND_S: Final = 2.0  # before and after a repetition, or twice the time to its top
FINE: Final = 300
ROUNDS: Final = 60
COARSE_ROUNDS: Final = 8

Statistic = Literal["percentile", "held"]


class RangeRepetition(NamedTuple):
    """One repetition.

    onset_s, top_s    when it left neutral, and when it was at its top
    neutral, end      in the signal's unit
    pictures          in the upper or the lower half of its way, whichever has fewer
    pictures_at_tip   the same of the tenth at each end
    seen              no gap of over 100 ms lay within
    """

    onset_s: float
    top_s: float
    neutral: float
    end: float
    pictures: float
    pictures_at_tip: float
    seen: bool

    @property
    def range(self) -> float:
        return self.end - self.neutral

    @property
    def slow_enough(self) -> bool:
        return self.pictures >= FEWEST_PICTURES and self.pictures_at_tip >= FEWEST_AT_TIP


@np.errstate(all="ignore")
def robust_maximum(t_s: Array, x: Array, percent: float = END_PERCENT) -> float:
    """The value that x (n,) at times (n,) is under for `percent` of the time; NaN for no samples.

    Along straight lines between samples, so that uneven times count by how long they last.
    Raises ValueError where percent is not within 0 and 100.
    """
    if not 0 <= percent <= 100:
        raise ValueError(f"a percentile lies within 0 and 100, not at {percent}")
    times, values = in_order(t_s, x)
    if len(times) < 2:
        return float(values[0]) if len(values) else math.nan
    even = np.linspace(times[0], times[-1], max(FINE, 4 * len(times)))
    return float(np.percentile(np.interp(even, times, values), percent))


@np.errstate(all="ignore")
def held_maximum(t_s: Array, x: Array, hold_s: float = HOLD_S) -> float:
    """The greatest v such that x (n,) at times (n,) stays at v or higher for hold_s without a break.

    Along straight lines between samples; a gap of over 100 ms (or 1.5 usual steps) is a break. NaN
    where no stretch lasts that long. Raises ValueError where hold_s is not positive.
    """
    if not hold_s > 0:
        raise ValueError(f"the time to hold must be positive, not {hold_s}")
    times, values = in_order(t_s, x)
    if len(times) < 2:
        return math.nan
    low, high = float(values.min()), float(values.max())
    unbroken = np.diff(times) <= bridge_s(times)
    if _longest_over(times, values, unbroken, low) < hold_s:
        return math.nan
    if _longest_over(times, values, unbroken, high) >= hold_s:
        return high
    for round_ in range(ROUNDS):
        v = (low + high) / 2
        if v in {low, high}:
            break
        if _longest_over(times, values, unbroken, v) >= hold_s:
            low = v
        else:
            high = v
        if round_ == COARSE_ROUNDS:  # the rest of the search is about what rises that high
            near = values >= low
            near = near | np.append(near[1:], False) | np.append(False, near[:-1])
            left = np.flatnonzero(near)
            unbroken = (np.diff(left) == 1) & unbroken[left[:-1]]
            times, values = times[left], values[left]
    return low


def _longest_over(t_s: Array, x: Array, unbroken: Mask, v: float) -> float:
    """Seconds of the longest unbroken stretch at v or higher."""
    over = x >= v
    inside = over[:-1] & over[1:] & unbroken
    step_s, step = np.diff(t_s), np.diff(x)
    share = np.divide(v - x[:-1], step, out=np.zeros(len(step)), where=step != 0)
    # what a stretch gains before its first sample, and after its last one
    before = np.append(0.0, np.where(~over[:-1] & over[1:] & unbroken, (1 - share) * step_s, 0.0))
    after = np.append(np.where(over[:-1] & ~over[1:] & unbroken, share * step_s, 0.0), 0.0)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(np.int8)))
    first, last = edges[::2], edges[1::2]
    runs = t_s[last] - t_s[first] + before[first] + after[last]
    alone = np.where(over, before + after, 0.0)
    return float(max(alone.max(), runs.max() if len(runs) else 0.0))


def own_swing(x: Array, least: float) -> Swing:
    """What a repetition is for this person: a fifth of the own range (2nd to 98th percentile), or `least`."""
    seen = np.asarray(x, dtype=np.float64)
    seen = seen[np.isfinite(seen)]
    way = float(np.subtract(*np.percentile(seen, [98.0, 2.0]))) if len(seen) else 0.0
    return Swing(max(least, OWN_SHARE * way))


@np.errstate(all="ignore")
def range_repetitions(
    t_s: Array, x: Array, *, least: float = 5.0, statistic: Statistic = "percentile", hold_s: float = HOLD_S
) -> list[RangeRepetition]:
    """Repetitions of a rising signal (n,) at times (n,), each with its neutral and its end of range.

    least      smallest movement that counts, in the signal's unit
    statistic  "percentile": the 95th; "held": the highest value held for hold_s, which is lower than
               the peak of a movement that is not held (by 3.8 % of its range at 0.5 Hz)

    For a signal that falls, give -x. Raises ValueError for another statistic.
    """
    if statistic not in {"percentile", "held"}:
        raise ValueError(f'the statistic of a range is "percentile" or "held", not "{statistic}"')
    times, values = in_order(t_s, x)
    if len(times) < 4:
        return []
    swing = own_swing(values, least)
    found = count(times, values, swing)
    if not found:
        return []
    hold = hold_s if statistic == "held" else None
    made = _examined(times, _without_spikes(values), found, hold_s=hold)
    rough = [k for k, one in enumerate(made) if one.pictures_at_tip < SPIKE_FREE_PICTURES]
    if rough:
        again = _examined(times, values, found, rough, hold_s=hold)
        for k, one in zip(rough, again, strict=True):
            made[k] = one
    return [one for one in made if not one.range <= swing.size / 2]


def _examined(
    t_s: Array,
    x: Array,
    found: Sequence[Repetition],
    which: Sequence[int] | None = None,
    *,
    hold_s: float | None,
) -> list[RangeRepetition]:
    """The k repetitions, each laid on an even grid of its own: from the top before it to the onset after."""
    even, onset_s, top_s = _grids(t_s, found, list(range(len(found))) if which is None else list(which))
    straight = np.interp(even, t_s, x)
    up, after = even <= top_s, even >= onset_s
    low = np.where(up, straight, np.inf).min(axis=1, keepdims=True)
    high = np.where(after, straight, -np.inf).max(axis=1, keepdims=True)
    way = high - low
    per_sample = (even[:, 1] - even[:, 0]) / spacing_s(t_s)
    below, above = _Ends(straight - low, up, way, per_sample), _Ends(high - straight, after, way, per_sample)
    bent = straight.copy()
    curved = ~(below.even_enough & above.even_enough)
    if curved.any():
        beyond = BEYOND_SHARE * way[curved]
        spline = scipy.interpolate.CubicSpline(t_s, x)(even[curved])
        bent[curved] = np.clip(spline, low[curved] - beyond, high[curved] + beyond)
    neutral = _percentiles(np.where(below.even_enough[:, None], straight, bent), up, NEUTRAL_PERCENT)
    upper = np.where(above.even_enough[:, None], straight, bent)
    away = _around(straight >= low + AWAY_SHARE * way, even, top_s)
    end = _percentiles(upper, away, END_PERCENT)
    if hold_s is not None:
        rows = zip(even, upper, away, strict=True)
        end = np.array([held_maximum(t[inside], v[inside], hold_s) for t, v, inside in rows])
    first = np.where(away, even, np.inf).min(axis=1)
    last = np.where(away, even, -np.inf).max(axis=1)
    seen = whole(t_s, first, last, bridge_s(t_s))
    fewest = np.minimum(below.pictures, above.pictures)
    columns = (onset_s[:, 0], top_s[:, 0], neutral, end, fewest, np.minimum(below.at_tip, above.at_tip), seen)
    return [RangeRepetition(*row) for row in zip(*(c.tolist() for c in columns), strict=True)]


def _grids(t_s: Array, found: Sequence[Repetition], which: Sequence[int]) -> tuple[Array, Array, Array]:
    """(k, FINE) times, even in each row; (k, 1) onsets and (k, 1) tops."""
    onsets, tops = np.array([r.onset_s for r in found]), np.array([r.top_s for r in found])
    round_s = np.maximum(LOOKED_ROUND_S, 2 * (tops - onsets))
    starts = np.maximum(onsets - round_s, np.concatenate([t_s[:1], tops[:-1]]))
    ends = np.minimum(tops + round_s, np.concatenate([onsets[1:], t_s[-1:]]))
    even = np.linspace(starts[which], ends[which], FINE, axis=1)
    return even, onsets[which, None], tops[which, None]


class _Ends:
    """How many pictures each repetition has in the half of its way, and in the tenth, at one of its ends.

    away (k, m) from that end on even grids, of which `inside` counts, and whose steps are
    `per_sample` (k,) pictures long; way (k, 1).
    """

    def __init__(self, away: Array, inside: Mask, way: Array, per_sample: Array) -> None:
        self.pictures = per_sample * ((away <= 0.5 * way) & inside).sum(axis=1)
        self.at_tip = per_sample * ((away <= TIP_SHARE * way) & inside).sum(axis=1)

    @property
    def even_enough(self) -> Mask:
        """Straight lines between pictures follow this end."""
        return np.asarray((self.at_tip >= STRAIGHT_PICTURES) | (self.at_tip > HELD_SHARE * self.pictures))


def _percentiles(x: Array, inside: Mask, percent: float) -> Array:
    """(k,) of the values of each row of (k, m) that are inside."""
    ordered = np.sort(np.where(inside, x, np.inf), axis=1)
    place = np.maximum(inside.sum(axis=1) - 1, 0) * percent / 100
    below = np.floor(place).astype(np.intp)
    above = np.ceil(place).astype(np.intp)
    low, high = (np.take_along_axis(ordered, at[:, None], axis=1)[:, 0] for at in (below, above))
    return np.asarray(low + (place - below) * (high - low))


def _without_spikes(x: Array) -> Array:
    middle = np.median(np.stack([x[:-2], x[1:-1], x[2:]]), axis=0)
    return np.concatenate([x[:1], middle, x[-1:]])


def _around(inside: Mask, t_s: Array, top_s: Array) -> Mask:
    """(k, m) of each row, the unbroken stretch of True around its top (k, 1), and the sample there."""
    m = t_s.shape[1]
    at = np.minimum((t_s < top_s).sum(axis=1, keepdims=True), m - 1)
    column = np.arange(m)
    before = np.where(~inside & (column < at), column, -1).max(axis=1, keepdims=True)
    behind = np.where(~inside & (column > at), column, m).min(axis=1, keepdims=True)
    return np.asarray((column > before) & (column < behind))
