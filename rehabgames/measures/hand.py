"""Grasping: is the hand open or closed, how often does it close and open again, and how far.

Source: MEASURES section 8: closed under 60 %, open over 90 % of the calibrated range, and between
the two as before. The count is the game's own. It has no blocks and no norms of the Box & Block Test,
and must not be compared with them.
"""

from __future__ import annotations

import math
from enum import IntEnum
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Array, Mask
from rehabgames.measures.cycles import changes
from rehabgames.measures.peaks import robust_range
from rehabgames.measures.repetitions import without_spikes
from rehabgames.measures.samples import (
    Index,
    bridge_s,
    crossing_s,
    in_order,
    median,
    of_trace,
    spacing_s,
    whole,
)
from rehabgames.signals.trace import Trace

CLOSE_BELOW: Final = 0.6
OPEN_ABOVE: Final = 0.9
FORGET_S: Final = 1.0  # after so long unseen, nobody knows whether the hand is still closed
SLOWEST_STEP_S: Final = 0.2


class Grasp(IntEnum):
    UNKNOWN = -1
    OPEN = 0
    CLOSED = 1


class HandRange(NamedTuple):
    """The signal with this hand closed, and open, as far as it can; e.g. of `hand_open`."""

    closed: float
    open: float

    @property
    def known(self) -> bool:
        return self.open > self.closed and math.isfinite(self.open - self.closed)


class GraspRelease(NamedTuple):
    """One closing and the opening after it (s). closing_s and opening_s last from one threshold to the
    other; NaN where a gap lay within."""

    closed_at_s: float
    opened_at_s: float
    closing_s: float
    opening_s: float


@np.errstate(all="ignore")
def grasp_state(t_s: Array, x: Array, hand: HandRange) -> npt.NDArray[np.int8]:
    """(n,) Grasp of a hand's signal (n,) at times (n,).

    UNKNOWN where the sample is NaN or out of order, before the hand was clearly open or closed, and
    after a gap of over a second until it is so again. A range that is not known gives UNKNOWN only.
    """
    state = np.full(len(x), Grasp.UNKNOWN, dtype=np.int8)
    times, values = in_order(t_s, x)
    if not hand.known or not len(times):
        return state
    share = (values - hand.closed) / (hand.open - hand.closed)
    clear = np.where(
        share < CLOSE_BELOW, Grasp.CLOSED, np.where(share > OPEN_ABOVE, Grasp.OPEN, Grasp.UNKNOWN)
    )
    index = np.arange(len(times))
    last = np.maximum.accumulate(np.where(clear != Grasp.UNKNOWN, index, -1))
    fresh = np.concatenate([[True], np.diff(times) > FORGET_S])
    begun = np.maximum.accumulate(np.where(fresh, index, 0))
    held = np.where(last >= begun, clear[np.maximum(last, 0)], Grasp.UNKNOWN)
    # the samples in order, put back among the others
    where = np.searchsorted(times, np.nan_to_num(np.asarray(t_s, dtype=np.float64)))
    where = np.minimum(where, len(times) - 1)
    same = (times[where] == t_s) & np.isfinite(x)
    state[same] = held[where[same]]
    return state


@np.errstate(all="ignore")
def grasp_releases(t_s: Array, x: Array, hand: HandRange) -> list[GraspRelease]:
    """Closings that began with an open hand and ended with an open one, in order; between two gaps of
    over a second each. One wild picture is neither; a range that is not known gives none."""
    times, values = in_order(t_s, x)
    if not hand.known or len(times) < 2:
        return []
    share = (values - hand.closed) / (hand.open - hand.closed)
    found: list[GraspRelease] = []
    starts = np.flatnonzero(np.diff(times) > FORGET_S) + 1
    longest_s = bridge_s(times)
    for part_t, part_x in zip(np.split(times, starts), np.split(share, starts), strict=True):
        found += _in_stretch(part_t, without_spikes(part_x), longest_s)
    return found


def _in_stretch(t_s: Array, share: Array, longest_s: float) -> list[GraspRelease]:
    at, up = changes(share, np.nextafter(OPEN_ABOVE, 1.0), np.nextafter(CLOSE_BELOW, 0.0))
    first = 0 if len(up) and up[0] else 1
    at = at[first:]  # open, closed, open, ...
    n = (len(at) - 1) // 2
    if n < 1:
        return []
    closed, opened = at[1 : 2 * n : 2], at[2 : 2 * n + 1 : 2]
    leaves, begins = _left(share >= OPEN_ABOVE, closed), _left(share <= CLOSE_BELOW, opened)
    closed_s = crossing_s(t_s, share, closed, CLOSE_BELOW, longest_s)
    opened_s = crossing_s(t_s, share, opened, OPEN_ABOVE, longest_s)
    leaves_s = crossing_s(t_s, share, leaves, OPEN_ABOVE, longest_s)
    begins_s = crossing_s(t_s, share, begins, CLOSE_BELOW, longest_s)
    closing = np.where(whole(t_s, leaves_s, closed_s, longest_s), closed_s - leaves_s, np.nan)
    opening = np.where(whole(t_s, begins_s, opened_s, longest_s), opened_s - begins_s, np.nan)
    rows = np.stack([closed_s, opened_s, closing, opening], axis=1)
    return [GraspRelease(*row) for row in rows.tolist()]


def _left(inside: Mask, at: Index) -> Index:
    """(k,) the sample after the last one inside, before each of `at` (k,)."""
    last = np.maximum.accumulate(np.where(inside, np.arange(len(inside)), -1))
    return np.asarray(np.minimum(last[at - 1] + 1, at))


def measure_grasp(trace: Trace, hand: HandRange | None) -> list[Measured]:
    """grasp_releases and their rate, closing and opening time, and the range that was used.

    trace of `hand_open`, or of any signal that grows as the hand opens; hand from a calibration, None
    is UNCALIBRATED. Under 5 pictures a second are TOO_SLOW.
    """
    samples = of_trace(trace)
    why = _why_not(len(samples.t_s), samples.why, hand, spacing_s(samples.t_s))
    known = hand or HandRange(math.nan, math.nan)
    found = grasp_releases(samples.t_s, samples.x, known) if why is Validity.GOOD else []
    n = len(found)
    minutes = float(samples.t_s[-1] - samples.t_s[0]) / 60.0 if len(samples.t_s) > 1 else math.nan
    low, high = robust_range(samples.x)
    used = 100.0 * (high - low) / (known.open - known.closed) if known.known else math.nan

    def one(name: str, value: float, unit: str, how: Message) -> Measured:
        none = Validity.GAP if n else Validity.NO_MOVEMENT
        bad = why if why is not Validity.GOOD else Validity.GOOD if math.isfinite(value) else none
        return Measured(name, trace.name, value, unit, how, bad, samples.coverage)

    shares = {"close_percent": 100 * CLOSE_BELOW, "open_percent": 100 * OPEN_ABOVE}
    closing = median(np.array([f.closing_s for f in found]))
    opening = median(np.array([f.opening_s for f in found]))
    return [
        one("grasp_releases", float(n), "count", Message("how.grasp_releases", {"n": n, **shares})),
        one(
            "grasp_release_rate",
            n / minutes if minutes > 0 else math.nan,
            "1/min",
            Message("how.grasp_release_rate", {"n": n, "minutes": minutes}),
        ),
        one("closing_time", closing, "s", Message("how.closing_time", {"n": n, **shares})),
        one("opening_time", opening, "s", Message("how.opening_time", {"n": n, **shares})),
        one("hand_range_used", used, "%", Message("how.hand_range_used", {"n": len(samples.t_s)})),
    ]


def _why_not(n: int, why: Validity, hand: HandRange | None, step_s: float) -> Validity:
    if n < 2:
        return why
    if hand is None or not hand.known:
        return Validity.UNCALIBRATED
    return Validity.TOO_SLOW if step_s > SLOWEST_STEP_S * 1.01 else Validity.GOOD
