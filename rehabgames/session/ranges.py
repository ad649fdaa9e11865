"""Ranges: raw signals as shares of what a calibration found of this person, and what is not found."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from rehabgames.core.measured import Validity
from rehabgames.core.person import Profile
from rehabgames.safety import MOST_SHIFT
from rehabgames.signals.catalogue import Steering

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

    @property
    def ways(self) -> tuple[float, float]:
        """From the rest to the left end and to the right one; where that is not above 0 there is none."""
        return self.rest - self.left, self.right - self.rest

    def share(self, x: float) -> float:
        """Linear on either side of the rest, at most BEYOND; NaN for NaN."""
        way = self.ways[int(x >= self.rest)]
        if not (math.isfinite(x) and math.isfinite(way) and way > 0):
            return math.nan
        return max(-BEYOND, min(BEYOND, (x - self.rest) / way))


@dataclass(frozen=True, slots=True)
class Closing:
    """The hand: `opened` is 0, `closed` 1; the opened one has the larger value."""

    opened: float = math.nan
    closed: float = math.nan

    @property
    def way(self) -> float:
        """From open to closed; where that is not above 0 there is none."""
        return self.opened - self.closed

    def share(self, x: float) -> float:
        """-0.5 (farther open than ever) .. 1.5; NaN for NaN, and for a range that holds nothing."""
        way = self.way
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


def lacking(profile: Profile, steering: Steering) -> dict[str, str]:
    """What this profile does not hold of what steers, so that the play would not know where it is.

    Returns the name of an ask (or "reach") → why it was not found, a Validity's name; {}: it can be played.
    """
    names: list[str] = []
    if steering.space == "arm" and not profile.reach:
        names.append("reach")
    if steering.space == "shift":
        ways = zip(("left", "right"), shift_of(profile, steering.x).ways, strict=True)
        names += [f"{steering.x}.{side}" for side, way in ways if not way > 0]
    if steering.grip and not grip_of(profile, steering.grip).way > 0:
        ends = [f"{steering.grip}.{end}" for end in ("closed", "open")]
        names += [name for name in ends if name not in profile.found] or ends
    return {name: profile.refused.get(name, Validity.NO_MOVEMENT.name) for name in names}
