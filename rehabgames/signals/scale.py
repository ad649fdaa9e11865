"""BodyScale: how long this body's segments look in this camera, so that signals have body units.

A segment looks shorter when it points at the camera, never longer: so its length is a high
percentile of what was seen (MEASURES 0.4), or what a calibration measured.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

import numpy as np

from rehabgames.core.landmarks import SIDES, Side
from rehabgames.core.pose import Array, Mask, Recording
from rehabgames.signals.geometry import length, middle, point

ARM_PER_TRUNK = 1.12  # shoulder → wrist over mid-shoulder → mid-hip; Winter 2009, table 4.1
HIGH_PERCENTILE = 95.0
# visibility below which a landmark is a guess. MEASURES 1 has 0.5; a drawn wrist behind a box is then
# believed in 6 of 100 frames, with elbows up to 57 degrees wrong, and from 0.6 on in none; clean frames
# lose nothing up to 0.7 (tests/measures/test_hazard_h14.py)
SEEN = 0.65
LEAST_LEG, LEAST_THIGH = 1.2, 0.55  # of the trunk's length; stretched they are 1.68 and 0.84 (Winter 2009)
SHORTEST_PX = 8.0  # nothing can be measured on a body whose trunk is smaller than this


def apparent_arm_px(rec: Recording, side: Side) -> Array:
    """(n,) shoulder → elbow → wrist, px."""
    return _chain(rec, side, "shoulder", "elbow", "wrist")


def apparent_leg_px(rec: Recording, side: Side) -> Array:
    """(n,) hip → knee → ankle, px."""
    return _chain(rec, side, "hip", "knee", "ankle")


def apparent_trunk_px(rec: Recording) -> Array:
    """(n,) mid-shoulder → mid-hip, px."""
    return length(middle(rec, "shoulder"), middle(rec, "hip"))


def apparent_shoulders_px(rec: Recording) -> Array:
    """(n,) left to right shoulder, px."""
    return length(point(rec, "left_shoulder"), point(rec, "right_shoulder"))


def _chain(rec: Recording, side: Side, *joints: str) -> Array:
    a, b, c = (point(rec, f"{side}_{joint}") for joint in joints)
    return length(a, b) + length(b, c)


def _segment(rec: Recording, a: str, b: str) -> Array:
    return length(point(rec, a), point(rec, b))


def _of_one_side(side: Side) -> dict[str, Callable[[Recording], Array]]:
    pairs = {
        "upper_arm": ("shoulder", "elbow"),
        "forearm": ("elbow", "wrist"),
        "thigh": ("hip", "knee"),
        "shank": ("knee", "ankle"),
    }
    found: dict[str, Callable[[Recording], Array]] = {
        f"{side}_{name}": partial(_segment, a=f"{side}_{a}", b=f"{side}_{b}")
        for name, (a, b) in pairs.items()
    }
    found[f"{side}_arm"] = partial(apparent_arm_px, side=side)
    found[f"{side}_leg"] = partial(apparent_leg_px, side=side)
    return found


SEGMENTS: Final[Mapping[str, Callable[[Recording], Array]]] = {
    "trunk": apparent_trunk_px,
    "shoulders": apparent_shoulders_px,
    **_of_one_side("left"),
    **_of_one_side("right"),
}


@dataclass(frozen=True, slots=True)
class BodyScale:
    """lengths_px: name of SEGMENTS → apparent length in px when it lies in the picture plane.

    What is not in it is unknown. hand_open: the closed and the opened hand of this person, in the
    unit of the signal `hand_open`.
    """

    lengths_px: Mapping[str, float] = field(default_factory=dict)
    hand_open: tuple[float, float] = (0.85, 1.8)

    def px(self, segment: str) -> float:
        """NaN where it is not known, or too short to measure by."""
        found = self.lengths_px.get(segment, math.nan)
        return found if found >= SHORTEST_PX else math.nan

    def arm_px(self, side: Side) -> float:
        return self.px(f"{side}_arm")

    @property
    def leg_px(self) -> float:
        """Of the longer leg: the other one may have been bent or hidden all the time. NaN where no leg
        was ever seen stretched: the thighs of whoever sits point at the camera."""
        legs = [self.px(f"{side}_leg") for side in SIDES]
        longest = max((leg for leg in legs if leg > 0), default=math.nan)
        return math.nan if longest < LEAST_LEG * self.trunk_px else longest

    def thigh_px(self, side: Side) -> float:
        """NaN where it was never seen hanging, from a leg that was stretched."""
        thigh = self.px(f"{side}_thigh")
        return thigh if self.leg_px > 0 and not thigh < LEAST_THIGH * self.trunk_px else math.nan

    @property
    def trunk_px(self) -> float:
        return self.px("trunk")

    @staticmethod
    @np.errstate(all="ignore")  # a landmark at infinity has no length
    def of(rec: Recording, among: Mask | None = None) -> BodyScale:
        """From a recording: the 95th percentile of each apparent length; left out where never seen.

        among  (n,) the frames that count; None = all
        """
        believed = rec.visibility >= SEEN
        if among is not None:
            believed = believed & among[:, None]
        seen = replace(rec, points_px=np.where(believed[..., None], rec.points_px, np.nan))
        found = {}
        for name, apparent in SEGMENTS.items():
            lengths = apparent(seen)
            lengths = lengths[np.isfinite(lengths)]
            if len(lengths):
                found[name] = float(np.percentile(lengths, HIGH_PERCENTILE))
        return BodyScale(found)

    @staticmethod
    def of_arm(arm_px: float) -> BodyScale:
        """Of a calibrated arm: the unit of play coordinates, for both sides."""
        return BodyScale({"left_arm": arm_px, "right_arm": arm_px})

    @staticmethod
    def of_trunk(trunk_px: float) -> BodyScale:
        """First guess before an arm was seen stretched."""
        arm = trunk_px * ARM_PER_TRUNK
        return BodyScale({"left_arm": arm, "right_arm": arm, "trunk": trunk_px})
