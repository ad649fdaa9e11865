"""Ranges: raw signals as shares of what a calibration found of this person."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from rehabgames.core.person import Profile
from rehabgames.safety import MOST_SHIFT

# where a signal is at rest, if a calibration did not see it
AT_REST: Final = {"seated_shift": 0.0, "weight_shift": 0.5}
BEYOND: Final = 1.5  # shares: nothing steers farther than this


@dataclass(frozen=True, slots=True)
class Shift:
    """Trunk or weight: `rest` is 0, `left` -1 and `right` +1. NaN, and ends on the wrong side of the rest,
    make every share that way NaN."""

    rest: float = math.nan
    left: float = math.nan
    right: float = math.nan

    def share(self, x: float) -> float:
        """Linear on either side of the rest, at most BEYOND; NaN for NaN."""
        rightwards = x >= self.rest
        way = self.right - self.rest if rightwards else self.rest - self.left
        if not (math.isfinite(x) and math.isfinite(way) and way > 0):
            return math.nan
        return max(-BEYOND, min(BEYOND, (x - self.rest) / way))


@dataclass(frozen=True, slots=True)
class Closing:
    """The hand: `opened` is 0, `closed` 1; the opened one has the larger value."""

    opened: float = math.nan
    closed: float = math.nan

    def share(self, x: float) -> float:
        """-0.5 (farther open than ever) .. 1.5; NaN for NaN, and for a range that holds nothing."""
        way = self.opened - self.closed
        if not (math.isfinite(x) and math.isfinite(way) and way > 0):
            return math.nan
        return max(-0.5, min(BEYOND, (self.opened - x) / way))


def shift_of(profile: Profile, signal: str) -> Shift:
    """Of the trunk or the weight: from rest to the calibrated shift to the left (-1) and right (+1), none
    farther than MOST_SHIFT."""
    rest = profile.found.get(f"{signal}.rest", AT_REST[signal])
    most = MOST_SHIFT.get(signal, math.inf)
    left, right = (profile.found.get(f"{signal}.{side}", math.nan) for side in ("left", "right"))
    return Shift(rest, max(left, rest - most), min(right, rest + most))


def grip_of(profile: Profile, signal: str) -> Closing:
    """Of the hand: from as open (0) to as closed (1) as the calibration found it."""
    opened, closed = (profile.found.get(f"{signal}.{end}", math.nan) for end in ("open", "closed"))
    return Closing(opened, closed)
