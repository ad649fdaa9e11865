"""Body: the true posture of a virtual patient at one instant, in metres.

Seen from the camera, unmirrored: x right in the picture (the person's left), y up, origin on the
floor under mid-hip. The body stands in the frontal plane.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from rehabgames.core.landmarks import Side

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Build:
    """Segment lengths in metres. Proportions: Winter 2009, table 4.1, for a stature of 1.70 m."""

    shoulder_width: float = 0.36
    hip_width: float = 0.22
    trunk: float = 0.50
    upper_arm: float = 0.30
    forearm: float = 0.26
    hand: float = 0.17
    thigh: float = 0.42
    shank: float = 0.42
    neck: float = 0.11
    head: float = 0.23

    @property
    def arm(self) -> float:
        """Shoulder to wrist of the stretched arm: the unit of play coordinates."""
        return self.upper_arm + self.forearm


@dataclass(frozen=True, slots=True)
class Body:
    """Joint places by landmark name ("left_shoulder" ... "right_ankle", "nose"), metres.

    hand_open  0 fist .. 1 flat hand, per side
    lean_rad   of the trunk, + to the person's right
    """

    joints: dict[str, Point]
    hand_open: dict[Side, float]
    lean_rad: float
    build: Build


def elbow_of(shoulder: Point, wrist: Point, build: Build, outward: float) -> Point:
    """Where the elbow is for a hand at `wrist`: the solution that hangs lower and outward.

    outward is +1 where the arm's own side is towards +x. A wrist out of reach gets a straight arm
    along the same line (the caller clamps the wrist). Raises nothing.
    """
    dx, dy = wrist[0] - shoulder[0], wrist[1] - shoulder[1]
    distance = max(1e-6, min(math.hypot(dx, dy), build.arm - 1e-6))
    a, b = build.upper_arm, build.forearm
    cos_angle = (a * a + distance * distance - b * b) / (2 * a * distance)
    spread = math.acos(max(-1.0, min(1.0, cos_angle)))
    base = math.atan2(dy, dx)
    both = [
        (shoulder[0] + a * math.cos(base + s), shoulder[1] + a * math.sin(base + s))
        for s in (spread, -spread)
    ]
    return min(both, key=lambda e: e[1] - 0.35 * outward * e[0])
