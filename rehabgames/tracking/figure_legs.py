"""The legs of the drawn figure: hanging, or with a thigh that points at the camera."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from rehabgames.core.landmarks import SIDES, Side
from rehabgames.patients.body import Body
from rehabgames.tracking.figure_brush import Joint, Material, Picture, Place, capsule

_SEATED_SHARE = 0.75
_LEVEL_SHARE = 0.3  # a thigh that looks so short lies level
_BEFORE, _BEHIND = 0.45, 0.65  # apparent share of a thigh: the shirt hangs behind it, or over it


def _apparent(body: Body, side: Side) -> float:
    """Length of the thigh in the picture, as a share of its length."""
    hip, knee = body.joints[f"{side}_hip"], body.joints[f"{side}_knee"]
    return math.hypot(knee[0] - hip[0], knee[1] - hip[1]) / body.build.thigh


def is_seated(body: Body) -> bool:
    """True where both thighs point to the camera more than down."""
    return all(_apparent(body, side) < _SEATED_SHARE for side in SIDES)


def level_of(body: Body) -> dict[Side, float]:
    """Per thigh, 0 hanging .. 1 level towards the camera."""
    return {side: min(1.0, max(0.0, (1.0 - _apparent(body, side)) / (1.0 - _LEVEL_SHARE))) for side in SIDES}


def before_shirt(body: Body) -> dict[Side, float]:
    """Per leg, how much of it is seen before the shirt: 0 the shirt hangs over it .. 1 all."""
    shares: dict[Side, float] = {}
    for side in SIDES:
        share = min(1.0, max(0.0, (_BEHIND - _apparent(body, side)) / (_BEHIND - _BEFORE)))
        shares[side] = share * share * (3 - 2 * share)
    return shares


def draw_legs(
    picture: Picture,
    px: Mapping[str, Place],
    level: Mapping[Side, float],
    sides: Sequence[Side],
    *,
    before: bool,
    px_per_m: float,
    limb: float,
    trousers: Material,
    shoe: Material,
) -> None:
    """Paint the legs of these sides; before: in front of the shirt, where one alone has no pelvis.

    limb is how thick they are, 1 = average.
    """
    s, k = px_per_m, px_per_m * limb
    hips = px["left_hip"], px["right_hip"]
    middle = (hips[0][0] + hips[1][0]) / 2
    if not before or len(sides) == len(SIDES):
        capsule(picture, *hips, (0.066 * k, 0.066 * k), trousers)
    if before and len(sides) == len(SIDES):
        flat = min(level.values())
        lap = [_between(px[f"{side}_hip"], px[f"{side}_knee"], 0.55 * flat * flat) for side in SIDES]
        thick = (0.060 + 0.014 * flat) * k
        capsule(picture, lap[0], lap[1], (thick, thick), trousers)
    for side in sides:
        hip, knee, ankle = px[f"{side}_hip"], px[f"{side}_knee"], px[f"{side}_ankle"]
        outward = math.copysign(1.0, hip[0] - middle)
        toe = ankle[0] + 0.02 * s * outward, ankle[1] + 0.055 * s
        capsule(picture, ankle, toe, (0.040 * s, 0.048 * s), shoe)
        shin = 0.058 * k, 0.046 * k
        capsule(picture, knee, ankle, shin, trousers, bulge=0.006 * k, flat_end=True, joined="both")
        flat = level[side]
        thigh = (0.084 - 0.012 * flat) * k, (0.060 + 0.018 * flat) * k
        joined: Joint = "start" if flat > 0.5 else "both"
        capsule(picture, hip, knee, thigh, trousers, bulge=0.004 * k * (1 - flat), joined=joined)


def _between(a: Place, b: Place, share: float) -> Place:
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
