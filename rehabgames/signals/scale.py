"""BodyScale: how long this body's segments look in this camera, so that signals have body units.

A segment looks shorter when it points at the camera, never longer: so its length is a high
percentile of what was seen (MEASURES 0.4), or what a calibration measured.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from rehabgames.core.landmarks import SIDES, Side
from rehabgames.core.pose import Array, Recording
from rehabgames.signals.geometry import length, middle, point

ARM_PER_TRUNK = 1.12  # shoulder → wrist over mid-shoulder → mid-hip; Winter 2009, table 4.1
HIGH_PERCENTILE = 95.0


@dataclass(frozen=True, slots=True)
class BodyScale:
    """Apparent lengths in px: shoulder → elbow → wrist, mid-hip → knee → ankle, trunk. NaN unknown."""

    left_arm_px: float = math.nan
    right_arm_px: float = math.nan
    leg_px: float = math.nan
    trunk_px: float = math.nan

    def arm_px(self, side: Side) -> float:
        return self.left_arm_px if side == "left" else self.right_arm_px

    @staticmethod
    @np.errstate(all="ignore")  # a landmark at infinity has no length
    def of(rec: Recording) -> BodyScale:
        """From a recording: the 95th percentile of each apparent length, NaN where never seen."""
        return BodyScale(
            left_arm_px=_high(apparent_arm_px(rec, "left")),
            right_arm_px=_high(apparent_arm_px(rec, "right")),
            leg_px=_high(np.concatenate([_apparent_leg_px(rec, side) for side in SIDES])),
            trunk_px=_high(apparent_trunk_px(rec)),
        )

    @staticmethod
    def of_trunk(trunk_px: float) -> BodyScale:
        """First guess before an arm was seen stretched."""
        arm = trunk_px * ARM_PER_TRUNK
        return BodyScale(left_arm_px=arm, right_arm_px=arm, trunk_px=trunk_px)


def apparent_arm_px(rec: Recording, side: Side) -> Array:
    """(n,) shoulder → elbow → wrist, px."""
    shoulder, elbow, wrist = (point(rec, f"{side}_{j}") for j in ("shoulder", "elbow", "wrist"))
    return length(shoulder, elbow) + length(elbow, wrist)


def apparent_trunk_px(rec: Recording) -> Array:
    """(n,) mid-shoulder → mid-hip, px."""
    return length(middle(rec, "shoulder"), middle(rec, "hip"))


def _apparent_leg_px(rec: Recording, side: Side) -> Array:
    hip, knee, ankle = (point(rec, f"{side}_{j}") for j in ("hip", "knee", "ankle"))
    return length(hip, knee) + length(knee, ankle)


def _high(values: Array) -> float:
    seen = values[np.isfinite(values)]
    return float(np.percentile(seen, HIGH_PERCENTILE)) if len(seen) else math.nan
