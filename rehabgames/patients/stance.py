"""Stance: the true posture of a body in clinical terms, and the Body that it is.

All of it lies in the frontal plane, as Body does; what points at the camera looks shorter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields

from rehabgames.core.landmarks import SIDES, Side
from rehabgames.patients.body import Body, Build, Point, elbow_of

SEAT_M, SEATED_KNEE_M, FLOOR_M = 0.47, 0.41, 0.05  # heights of hips, knees and ankles on a chair
LAP: Point = (0.10, -0.40)  # of a resting hand from its shoulder: outward, up; metres
NOSE_OF_HEAD = 0.33  # share of the head's height from the neck up to the tip of the nose


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm, and its shoulder.

    upper_deg    of the upper arm from trunk-down, + outward: the abduction
    flexion_deg  of the elbow, 0 = straight
    bend         +1 the forearm turns outward and up from the line of the upper arm, -1 inward
    hand         wrist from the shoulder, metres: (outward, up) in the picture. Where it is given the
                 arm's angles follow from it.
    hike         how far the shoulder is lifted along the trunk, shoulder widths
    hand_open    0 fist .. 1 flat hand
    """

    upper_deg: float = 8.0
    flexion_deg: float = 12.0
    bend: float = -1.0
    hand: Point | None = None
    hike: float = 0.0
    hand_open: float = 0.8


@dataclass(frozen=True, slots=True)
class Stance:
    """lean_deg       of the trunk, + to the person's right
    head_tilt_deg  of the head from the trunk, + right ear down
    shift_m        of the pelvis from over the middle of the feet, + to the person's right
    stand          0 sitting .. 1 standing
    lift_left, lift_right  how far the thigh is lifted towards the camera, 0 hanging .. 1 level
    """

    left: Arm = field(default_factory=Arm)
    right: Arm = field(default_factory=Arm)
    lean_deg: float = 0.0
    head_tilt_deg: float = 0.0
    shift_m: float = 0.0
    stand: float = 0.0
    lift_left: float = 0.0
    lift_right: float = 0.0

    def arm(self, side: Side) -> Arm:
        return self.left if side == "left" else self.right


def resting(outward: float = LAP[0], up: float = LAP[1]) -> Arm:
    """An arm whose hand lies in the lap."""
    return Arm(hand=(outward, up))


def between(a: Stance, b: Stance, share: float) -> Stance:
    """share 0 is a, 1 is b; every number goes straight, a hand that both have on a straight line."""
    numbers = {
        each.name: _mix(getattr(a, each.name), getattr(b, each.name), share)
        for each in fields(Stance)
        if each.name not in SIDES
    }
    return Stance(_arm_between(a.left, b.left, share), _arm_between(a.right, b.right, share), **numbers)


def _arm_between(a: Arm, b: Arm, share: float) -> Arm:
    if (a.hand is None) != (b.hand is None):
        raise ValueError("a hand cannot go from a place to an angle: give both arms a hand, or neither")
    hand = None
    if a.hand is not None and b.hand is not None:
        hand = _mix(a.hand[0], b.hand[0], share), _mix(a.hand[1], b.hand[1], share)
    return Arm(
        _mix(a.upper_deg, b.upper_deg, share),
        _mix(a.flexion_deg, b.flexion_deg, share),
        _mix(a.bend, b.bend, share),
        hand,
        _mix(a.hike, b.hike, share),
        _mix(a.hand_open, b.hand_open, share),
    )


def _mix(a: float, b: float, share: float) -> float:
    return a + share * (b - a)


def body_of(stance: Stance, build: Build | None = None) -> Body:
    """The whole body of a stance; angles and places are exact."""
    build = build or Build()
    lean = math.radians(stance.lean_deg)
    # +x of the picture is the person's left, so what goes to the right goes to -x
    up, across = (-math.sin(lean), math.cos(lean)), (math.cos(lean), math.sin(lean))
    standing_y = build.thigh + build.shank + FLOOR_M
    hips = (-stance.shift_m, _mix(SEAT_M, standing_y, stance.stand))
    chest = (hips[0] + build.trunk * up[0], hips[1] + build.trunk * up[1])
    joints: dict[str, Point] = {}
    for side, arm, sign in (("left", stance.left, 1.0), ("right", stance.right, -1.0)):
        half, raised = sign * build.shoulder_width / 2, arm.hike * build.shoulder_width
        shoulder = (
            chest[0] + half * across[0] + raised * up[0],
            chest[1] + half * across[1] + raised * up[1],
        )
        joints[f"{side}_shoulder"] = shoulder
        joints[f"{side}_elbow"], joints[f"{side}_wrist"] = _arm_joints(arm, shoulder, build, sign, lean)
        joints |= _leg_joints(side, hips, build, stance)
    tilt = lean + math.radians(stance.head_tilt_deg)
    neck = build.neck + NOSE_OF_HEAD * build.head
    joints["nose"] = (chest[0] - neck * math.sin(tilt), chest[1] + neck * math.cos(tilt))
    opened: dict[Side, float] = {side: stance.arm(side).hand_open for side in SIDES}
    return Body(joints, opened, lean, build)


def _arm_joints(arm: Arm, shoulder: Point, build: Build, sign: float, lean: float) -> tuple[Point, Point]:
    if arm.hand is not None:
        wrist = shoulder[0] + sign * arm.hand[0], shoulder[1] + arm.hand[1]
        return elbow_of(shoulder, wrist, build, sign), wrist
    upper = math.radians(arm.upper_deg)
    fore = upper + math.copysign(1.0, arm.bend) * math.radians(arm.flexion_deg)
    elbow = _along(shoulder, build.upper_arm, upper, sign, lean)
    return elbow, _along(elbow, build.forearm, fore, sign, lean)


def _along(start: Point, length: float, angle: float, sign: float, lean: float) -> Point:
    """From start in the direction that is `angle` outward of trunk-down."""
    out, down = sign * length * math.sin(angle), -length * math.cos(angle)
    c, s = math.cos(lean), math.sin(lean)
    return start[0] + out * c - down * s, start[1] + out * s + down * c


def _leg_joints(side: str, hips: Point, build: Build, stance: Stance) -> dict[str, Point]:
    """Feet stay where they are, but for a lifted one; the thigh of a seated body points at the camera."""
    sign, lift = (1.0, stance.lift_left) if side == "left" else (-1.0, stance.lift_right)
    knee_x, ankle_x = sign * _mix(0.18, 0.10, stance.stand), sign * _mix(0.17, 0.09, stance.stand)
    knee_y = _mix(SEATED_KNEE_M, build.shank + FLOOR_M, stance.stand)
    risen = lift * (hips[1] - knee_y)
    return {
        f"{side}_hip": (hips[0] + sign * build.hip_width / 2, hips[1]),
        f"{side}_knee": (knee_x + hips[0] / 2, knee_y + risen),
        f"{side}_ankle": (ankle_x, FLOOR_M + risen),
    }


def posture(build: Build, side: Side, hand: Point, lean_rad: float, *, sitting: bool = True) -> Body:
    """The whole body for a working hand (from its shoulder, metres) and a lean of the trunk.

    lean_rad is + to the person's right. The other hand rests. Sitting, the thighs point at the camera.
    """
    outward = 1.0 if side == "left" else -1.0  # +x of the picture is the person's left
    working, other = Arm(hand=(outward * hand[0], hand[1])), resting()
    left, right = (working, other) if side == "left" else (other, working)
    stance = Stance(left, right, math.degrees(lean_rad), stand=0.0 if sitting else 1.0)
    return body_of(stance, build)
