"""People who do what each movement protocol asks, as far as they can, and what the machine found."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from people import Course, Pose, one, protocol

from rehabgames.calibrate import MovementCalibration, calibration_of
from rehabgames.core.landmarks import Side
from rehabgames.core.limits import Limits
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import Guide
from rehabgames.safety import Envelope

MOST, BENT, STRAIGHT = 135.0, 128.0, 8.0
LEFT_M, RIGHT_M = 0.06, 0.08
Spoils = Callable[[float, PoseFrame], PoseFrame | None]
HIGH = 170.0  # a limit that asks for nothing to be cut


def arm(guide: Guide | None) -> Pose:
    rest = Pose()
    if guide is None or guide.back:
        return rest
    side = guide.side
    if guide.name == "arm_out":
        return replace(rest, abduction=one(rest.abduction, side, MOST), flexion=one(rest.flexion, side, 20))
    if guide.name == "elbow_bend":
        return replace(rest, flexion=one(rest.flexion, side, BENT))
    if guide.name == "elbow_straight":
        return replace(rest, flexion=one(rest.flexion, side, STRAIGHT))
    if guide.name == "lean":
        return replace(rest, lean_deg=20.0 if side == "right" else -14.0)
    return rest


def standing(guide: Guide | None) -> Pose:
    rest = Pose(up=1.0)
    if guide is None:
        return rest
    if guide.name in ("stand_up", "sit_down"):
        return replace(rest, up=1.0 if (guide.name == "stand_up") != guide.back else 0.0)
    if guide.back:
        return rest
    if guide.name == "shift_weight":
        return replace(rest, shift_m=RIGHT_M if guide.side == "right" else -LEFT_M)
    if guide.name == "step":
        return replace(rest, knee_m=one(rest.knee_m, guide.side, 0.15 if guide.side == "left" else 0.1))
    return rest


def hand(guide: Guide | None) -> Pose:
    if guide is None or guide.back or guide.name == "rest":
        return Pose(hand=1.2)
    return Pose(hand=1.7 if guide.name in ("hand_open", "pinch_open") else 0.9)


def machine(name: str, limit: float = HIGH, side: Side = "right") -> MovementCalibration:
    made = calibration_of(protocol(name), Envelope(Limits(limit)), side, math.nan)
    assert isinstance(made, MovementCalibration)
    return made


def found(course: Course) -> dict[str, float]:
    assert course.machine.part == "done"
    assert course.machine.profile().refused == {}
    return course.machine.profile().found
