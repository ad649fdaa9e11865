"""Sit-to-stand: repetitions from the height of the hips, and the two tests that are made of them.

Source: MEASURES section 7 (Rikli & Jones 1999; Bohannon 2006). Heights are shares of the person's
own way from sitting (0) to standing (1). Seat contact is where the hips have come down to 15 % of
it, because a camera does not see the chair; the trunk and the knees are not asked.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from rehabgames.core.pose import Array, Mask
from rehabgames.measures.cycles import Changes, changes
from rehabgames.measures.samples import Index, bridge_s, crossing_s, in_order, whole
from rehabgames.signals.gaps import usable

STANDING: Final = 0.85
SITTING: Final = 0.15
HALF_WAY: Final = 0.5
APART_S: Final = 0.3
TEST_S: Final = 30.0
FIVE: Final = 5
LEAST_WAY: Final = 0.15  # leg lengths between sitting and standing, under which nobody sat
ARM_PER_LEG: Final = 0.676  # shoulder–wrist over hip–ankle; Winter 2009, table 4.1
PUSH_SHARE: Final = 0.25  # of the hips' rise, that a hand moves along with it
LOW_SHARE: Final = 0.5  # of the rise, that the hand is below the hips


class Levels(NamedTuple):
    """hip_height of this person sitting and standing still, leg lengths."""

    sitting: float
    standing: float

    @property
    def known(self) -> bool:
        return self.standing - self.sitting >= LEAST_WAY and math.isfinite(self.standing - self.sitting)


class Stand(NamedTuple):
    """One repetition: off the seat, standing, leaving the stand, on the seat again (s).

    NaN where it was not seen to happen: the way up or down had a gap, or the recording ended.
    """

    rise_s: float
    stand_s: float
    leave_s: float
    seat_s: float

    @property
    def rising_s(self) -> float:
        return self.stand_s - self.rise_s

    @property
    def sitting_s(self) -> float:
        return self.seat_s - self.leave_s

    @property
    def lasting_s(self) -> float:
        return self.seat_s - self.rise_s


def observed_levels(hip_height: Array) -> Levels:
    """2nd and 98th percentile of what was seen, for want of a calibration; NaN where nobody sat or stood."""
    seen = np.asarray(hip_height, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        seen = seen[np.abs(seen) < 10]
    if not len(seen):
        return Levels(math.nan, math.nan)
    low, high = np.percentile(seen, [2.0, 98.0])
    levels = Levels(float(low), float(high))
    return levels if levels.known else Levels(math.nan, math.nan)


@np.errstate(all="ignore")
def stands(t_s: Array, hip_height: Array, levels: Levels) -> list[Stand]:
    """Repetitions in hip_height (n,) at times (n,): standing over 85 % of the way, sitting under 15 %.

    A stand counts from a seat that was seen; a posture that lasts under 300 ms is none. Times are
    interpolated. Levels that are unknown, or too near each other, give none.
    """
    times, height = in_order(t_s, hip_height)
    if not levels.known or len(times) < 2:
        return []
    share = _share(height, levels)
    at, up = _postures(times, share)
    rises = np.flatnonzero(up[1:] & ~up[:-1]) + 1
    off = [_last(share[at[k - 1] : at[k] + 1] <= SITTING) + at[k - 1] + 1 for k in rises]
    left = [_last(share[at[k] : at[k + 1] + 1] >= STANDING) + at[k] + 1 for k in rises if k + 1 < len(at)]
    longest_s = bridge_s(times)

    def crossed(which: Sequence[np.intp] | Index, level: float) -> Array:
        return crossing_s(times, share, np.array(which, dtype=np.intp), level, longest_s)

    rise_s, stand_s = crossed(off, SITTING), crossed(at[rises], STANDING)
    rise_s = np.where(whole(times, rise_s, stand_s, longest_s), rise_s, np.nan)
    leave_s, seat_s = crossed(left, STANDING), crossed(at[rises[: len(left)] + 1], SITTING)
    seen = whole(times, leave_s, seat_s, longest_s)
    open_end = [math.nan] * (len(rises) - len(left))
    leaves = [*np.where(seen, leave_s, np.nan).tolist(), *open_end]
    seats = [*seat_s.tolist(), *open_end]
    return [Stand(*row) for row in zip(rise_s.tolist(), stand_s.tolist(), leaves, seats, strict=True)]


def chair_stands(found: Sequence[Stand], t_s: Array, hip_height: Array, levels: Levels, go_s: float) -> float:
    """Full stands within 30 s of "go"; one more where the person is over half way up when time is up.

    NaN where the 30 s were not seen: the recording is shorter, or a gap of over a second, in which a
    repetition could be missed, lies within.
    """
    times, height = in_order(t_s, hip_height)
    end_s = go_s + TEST_S
    if not levels.known or not watched(times, go_s, end_s):
        return math.nan
    share = _share(height, levels)
    full = sum(1 for s in found if go_s < s.stand_s <= end_s)
    at, up = _postures(times, share)
    last = int(np.searchsorted(times[at], end_s, side="right")) - 1
    sat = last >= 0 and not up[last]
    on_the_way = sat and HALF_WAY < float(np.interp(end_s, times, share)) < STANDING
    return float(full + (1 if on_the_way else 0))


def five_times(found: Sequence[Stand], go_s: float) -> float:
    """Seconds from "go" to the seat after the fifth stand; NaN for fewer than five, or an unseen end."""
    after = [s for s in found if s.stand_s > go_s]
    return after[FIVE - 1].seat_s - go_s if len(after) >= FIVE else math.nan


def watched(t_s: Array, start_s: float, end_s: float, longest_s: float = 1.0) -> bool:
    """True where ascending times (n,) cover [start, end] with no gap over `longest_s`."""
    return bool(whole(t_s, np.array([start_s]), np.array([end_s]), longest_s)[0]) if len(t_s) > 1 else False


@np.errstate(all="ignore")
def arm_pushes(t_s: Array, hip_height: Array, hand_height: Array, found: Sequence[Stand]) -> list[bool]:
    """Of each stand, whether a hand was below the hips and moved up with them as they rose.

    hand_height (n,) is the height of the hand over the hip in arm lengths, hip_height (n,) in leg
    lengths, of the same frames. It cannot tell a push on the chair or the thigh from an arm that
    hangs down. False where the hand was not seen.
    """
    kept = usable(t_s, np.column_stack([hip_height, hand_height]))
    times, hip, hand = t_s[kept], hip_height[kept], hand_height[kept]
    starts = np.searchsorted(times, [s.rise_s for s in found], side="left")
    ends = np.searchsorted(times, [s.stand_s for s in found], side="right")
    return [_pushes(hip[a:b], hand[a:b]) for a, b in zip(starts, ends, strict=True)]


def _pushes(hip: Array, hand: Array) -> bool:
    if len(hip) < 2:
        return False
    height = hip + ARM_PER_LEG * hand
    moved = float(height[-1] - height[0]) >= PUSH_SHARE * float(hip[-1] - hip[0])
    return moved and float((hand < 0).mean()) >= LOW_SHARE


def _share(height: Array, levels: Levels) -> Array:
    return (height - levels.sitting) / (levels.standing - levels.sitting)


def _postures(t_s: Array, share: Array) -> Changes:
    """Sitting (False) and standing (True) by turns. What lasts under 300 ms is none, except the first."""
    at, up = changes(share, STANDING, SITTING)
    if not len(at):
        return Changes(at, up)
    lasting = np.append(np.diff(t_s[at]) >= APART_S, True)
    lasting[0] = True
    at, up = at[lasting], up[lasting]
    new = np.concatenate([[True], up[1:] != up[:-1]])
    return Changes(at[new], up[new])


def _last(where: Mask) -> int:
    """Index of the last True."""
    return len(where) - 1 - int(np.argmax(where[::-1]))
