"""Profile: what a calibration finds about one person."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from rehabgames.core.landmarks import Side


@dataclass(frozen=True, slots=True)
class Profile:
    """What a calibration found about one person. Health data: lives in the record, not in content.

    arm_px    shoulder → elbow → wrist of the stretched arm, px of the camera picture; NaN unknown
    reach     direction_deg → furthest comfortable reach in arm lengths
    noise     RMS of the resting hand position, arm lengths (MEASURES 0.7)
    rest_xy   where the hand rests, play coordinates
    found     name of an Ask → what was found, in its signal's unit
    refused   name of an Ask → why nothing was found (Validity's name)
    version   counts the profiles of this person, protocol and side from 1
    made_utc  when, ISO 8601; both are set by who keeps the record
    """

    protocol: str
    side: Side
    arm_px: float = math.nan
    reach: dict[float, float] = field(default_factory=dict)
    noise: float = math.nan
    rest_xy: tuple[float, float] = (math.nan, math.nan)
    found: dict[str, float] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    version: int = 1
    made_utc: str = ""

    def reach_towards(self, direction_deg: float) -> float:
        """Reach in any direction: linear between the two calibrated neighbours, flat outside.

        Raises ValueError where the profile holds no direction.
        """
        if not self.reach:
            raise ValueError("a profile without directions has no reach")
        known = sorted(self.reach.items())
        below = [kv for kv in known if kv[0] <= direction_deg]
        above = [kv for kv in known if kv[0] >= direction_deg]
        if not below or not above:
            return (above or below)[0][1] if not below else below[-1][1]
        (d0, r0), (d1, r1) = below[-1], above[0]
        if d0 == d1:
            return r0
        return r0 + (r1 - r0) * (direction_deg - d0) / (d1 - d0)
