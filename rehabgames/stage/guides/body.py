"""Body: a grown-up person as joints in space, from the angles of a posture; and how they are looked at.

Metres: x to the right of the screen, y up, z towards the viewer, whom the person faces. The limb that
a guide is about (the own one) is at x > 0; the other one carries a 2 in the name of its joints.
"""

from __future__ import annotations

import math
from typing import NamedTuple

Point = tuple[float, float, float]
Joints = dict[str, Point]

UPPER_ARM, FOREARM, HAND = 0.285, 0.25, 0.085
THIGH, SHANK, ANKLE, FOOT = 0.43, 0.41, 0.08, 0.16
TRUNK, HALF_SHOULDERS, HALF_HIPS = 0.50, 0.185, 0.095
STANDING, SITTING = 0.915, 0.52  # height of the hips


class Arm(NamedTuple):
    """Degrees. lift: of the upper arm from hanging; plane: 0 out to the side, 90 to the front; fore and
    fore_plane: the same of the forearm; spread: 0 fingers together, 1 wide open."""

    lift: float = 7.0
    plane: float = 25.0
    fore: float = 12.0
    fore_plane: float = 70.0
    spread: float = 0.0


class Foot(NamedTuple):
    """Where the ankle is, over the place where the person stands."""

    x: float = 0.11
    y: float = ANKLE
    z: float = 0.0


class Pose(NamedTuple):
    """hips: their height; x, z: where they are; lean: degrees of the trunk to +x; bow: to the front;
    turn: of all the body about the vertical, positive towards +x; where: the place on the ground;
    near: size, for who comes nearer; chair: whether they sit on one."""

    hips: float = STANDING
    x: float = 0.0
    z: float = 0.0
    lean: float = 0.0
    bow: float = 0.0
    turn: float = 0.0
    where: float = 0.0
    near: float = 1.0
    own: Arm = Arm()
    other: Arm = Arm()
    foot: Foot = Foot()
    foot2: Foot = Foot(-0.11)


def mix(a: Pose, b: Pose, share: float) -> Pose:
    """Between two postures; outside of 0..1 beyond them."""
    return Pose(*(_mixed(u, v, share) for u, v in zip(a, b, strict=True)))  # type: ignore[arg-type]


def _mixed(u: object, v: object, share: float) -> object:
    if isinstance(u, tuple) and isinstance(v, tuple):
        parts = [_mixed(p, q, share) for p, q in zip(u, v, strict=True)]
        return type(u)(*parts)  # type: ignore[arg-type]
    assert isinstance(u, float | int)
    assert isinstance(v, float | int)
    return u + (v - u) * share


def joints(pose: Pose) -> Joints:
    """Places of all joints."""
    found: Joints = {}
    up = _spine(pose.lean, pose.bow)
    across = (math.cos(math.radians(pose.lean)), -math.sin(math.radians(pose.lean)), 0.0)
    pelvis = (pose.x, pose.hips, pose.z)
    found["pelvis"] = pelvis
    for name, share in (("waist", 0.36), ("chest", 0.72), ("neck", 1.0)):
        found[name] = _along(pelvis, up, TRUNK * share)
    upright = _spine(pose.lean * 0.45, pose.bow * 0.5)
    found["head"] = _along(found["neck"], upright, 0.19)
    for tail, way, arm, foot in (("", 1.0, pose.own, pose.foot), ("2", -1.0, pose.other, pose.foot2)):
        shoulder = _along(_along(found["neck"], across, way * HALF_SHOULDERS), up, -0.055)
        elbow = _along(shoulder, _lifted(arm.lift, arm.plane, way), UPPER_ARM)
        fore = _lifted(arm.fore, arm.fore_plane, way)
        wrist = _along(elbow, fore, FOREARM)
        hip = (pelvis[0] + way * HALF_HIPS, pelvis[1], pelvis[2])
        ankle = (foot.x, foot.y, foot.z)
        knee, ankle = _leg(hip, ankle, way)
        flat = max(0.0, min(1.0, 1.0 - (foot.y - ANKLE) * 2.0))
        toe = (ankle[0] + way * 0.035, ankle[1] - 0.035 - 0.04 * (1 - flat), ankle[2] + FOOT)
        found |= {
            f"shoulder{tail}": shoulder,
            f"elbow{tail}": elbow,
            f"wrist{tail}": wrist,
            f"hand{tail}": _along(wrist, fore, HAND),
            f"hip{tail}": hip,
            f"knee{tail}": knee,
            f"ankle{tail}": ankle,
            f"toe{tail}": toe,
        }
    return {name: _placed(point, pose) for name, point in found.items()}


def _spine(lean_deg: float, bow_deg: float) -> Point:
    lean, bow = math.radians(lean_deg), math.radians(bow_deg)
    return math.sin(lean) * math.cos(bow), math.cos(lean) * math.cos(bow), math.sin(bow)


def _lifted(lift_deg: float, plane_deg: float, way: float) -> Point:
    lift, plane = math.radians(lift_deg), math.radians(plane_deg)
    return way * math.sin(lift) * math.cos(plane), -math.cos(lift), math.sin(lift) * math.sin(plane)


def _along(point: Point, direction: Point, length: float) -> Point:
    return (
        point[0] + direction[0] * length,
        point[1] + direction[1] * length,
        point[2] + direction[2] * length,
    )


def _leg(hip: Point, ankle: Point, way: float) -> tuple[Point, Point]:
    """(knee, ankle): the knee bends to the front and a little outwards; the leg is never too long."""
    dx, dy, dz = (a - h for a, h in zip(ankle, hip, strict=True))
    away = max(1e-6, math.sqrt(dx * dx + dy * dy + dz * dz))
    reach = min(away, (THIGH + SHANK) * 0.999)
    u = (dx / away, dy / away, dz / away)
    along = (THIGH**2 - SHANK**2 + reach**2) / (2 * reach)
    out = math.sqrt(max(0.0, THIGH**2 - along**2))
    pole = (way * 0.16, 0.1, 1.0)
    dot = sum(p * q for p, q in zip(pole, u, strict=True))
    side = [p - dot * q for p, q in zip(pole, u, strict=True)]
    size = math.sqrt(sum(s * s for s in side)) or 1.0
    knee = _along(_along(hip, u, along), (side[0] / size, side[1] / size, side[2] / size), out)
    return knee, _along(hip, u, reach)


def _placed(point: Point, pose: Pose) -> Point:
    x, y, z = turned(point, pose.turn)
    # who is farther away stands higher on the screen
    return x * pose.near + pose.where, y * pose.near + 0.5 * (1.0 - pose.near), z * pose.near


def turned(point: Point, degrees: float) -> Point:
    """About the vertical; positive: what is in front moves to the right of the screen."""
    a = math.radians(degrees)
    x, y, z = point
    return x * math.cos(a) + z * math.sin(a), y, z * math.cos(a) - x * math.sin(a)


def seen(point: Point, yaw_deg: float, pitch_deg: float = 8.0) -> Point:
    """A place as it is looked at from a little above: across, up, and nearness."""
    x, y, z = turned(point, yaw_deg)
    p = math.radians(pitch_deg)
    return x, y * math.cos(p) - z * math.sin(p), z * math.cos(p) + y * math.sin(p)
