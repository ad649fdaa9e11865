"""Trunk displacement of a reach, and its share of the hand's way (Cirstea & Levin 2000; MEASURES 4).

From the front a camera sees only what lies in its picture: a trunk that helps forwards is
invisible (5 cm forwards at 2 m widen the shoulders by 2.6 %), and a reach towards the camera is
refused. A side camera, or targets to the side and above, show it.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from rehabgames.core.landmarks import POSE, Side
from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Array, Mask, Recording
from rehabgames.signals.geometry import middle, point
from rehabgames.signals.noise import NoiseFloor
from rehabgames.signals.scale import SEEN, BodyScale, apparent_arm_px

ENDS_S: Final = 0.100  # places of the beginning and the end are medians over so long
SHORTEST_REACH: Final = 0.2  # arm lengths of the hand
SHORTENED: Final = 0.85  # apparent arm over its length: less points at the camera (MEASURES 0.3)
OVER_NOISE: Final = 20.0  # the hand's way over its noise, so that the share is good to a few percent
_NEEDED: Final = ("left_shoulder", "right_shoulder", "{side}_elbow", "{side}_wrist")


class TrunkShare(NamedTuple):
    """trunk, hand: displacement along the reach, in the unit of the points; share = trunk / hand."""

    trunk: float
    hand: float
    share: float


_UNKNOWN: Final = TrunkShare(math.nan, math.nan, math.nan)


@np.errstate(all="ignore")
def trunk_share(hand: Array, mid_shoulder: Array) -> TrunkShare:
    """From the first to the last point of one reach.

    hand, mid_shoulder  (n, 2) or (n, 3), one unit. The direction is the hand's, from its first to its
    last point; a trunk that moves against it is negative. NaN where a point is not finite, for
    fewer than two points and for a hand that ends where it began. Raises ValueError for other shapes.
    """
    hand, trunk = np.asarray(hand, dtype=np.float64), np.asarray(mid_shoulder, dtype=np.float64)
    if hand.ndim != 2 or hand.shape != trunk.shape:
        raise ValueError(f"hand and mid_shoulder must both be (n, 2) or (n, 3): {hand.shape}, {trunk.shape}")
    if len(hand) < 2:
        return _UNKNOWN
    way = hand[-1] - hand[0]
    distance = float(np.linalg.norm(way))
    if not (math.isfinite(distance) and distance > 0):
        return _UNKNOWN
    along = float((trunk[-1] - trunk[0]) @ (way / distance))
    share = along / distance
    return TrunkShare(along, distance, share) if math.isfinite(share) else _UNKNOWN


def trunk_of_reach(
    rec: Recording,
    side: Side,
    start_s: float,
    end_s: float,
    scale: BodyScale,
    *,
    noise: NoiseFloor | None = None,
) -> list[Measured]:
    """`arm_displacement` and `trunk_displacement` (arm lengths) and `trunk_share` (ratio) of the reach
    [start_s, end_s]. The way of the hand is the sum of the first two.

    rec    times ascend; scale holds this arm's length; noise None: nothing is asked of it

    NO_SCALE without a length; TIME where there is no such span; UNSEEN where a shoulder, the elbow
    or the wrist is hidden at one of the ends; FORESHORTENED where the arm ends pointing at the
    camera; NO_MOVEMENT under 0.2 arm lengths of the hand; NOISE under 20 times its tremble.
    """
    arm_px = scale.arm_px(side)
    found = _UNKNOWN
    reach = rec.between(start_s, end_s)
    seen = _seen(reach, side)
    why = Validity.GOOD
    if not math.isfinite(arm_px):
        why = Validity.NO_SCALE
    elif not end_s > start_s:
        why = Validity.TIME
    elif len(reach) < 2:
        why = Validity.TOO_FEW
    else:
        found, why = _found(reach, seen, side, arm_px)
    if why is Validity.GOOD and noise is not None:
        sigma_px = noise.px(f"{side}_wrist", "left_shoulder", "right_shoulder")
        if not found.hand * arm_px >= OVER_NOISE * sigma_px:
            why = Validity.NOISE
    coverage = float(seen.mean()) if len(seen) else 0.0
    about: dict[str, str | int | float] = {"hand": round(found.hand, 3) if math.isfinite(found.hand) else 0.0}
    return [
        Measured(name, side, value, unit, Message(f"how.{name}", about), why, coverage)
        for name, value, unit in (
            ("arm_displacement", found.hand - found.trunk, "arm lengths"),
            ("trunk_displacement", found.trunk, "arm lengths"),
            ("trunk_share", found.share, "ratio"),
        )
    ]


def _seen(rec: Recording, side: Side) -> Mask:
    """(n,) frames in which all that is needed is believed."""
    needed = [POSE[name.format(side=side)] for name in _NEEDED]
    believed = (rec.visibility[:, needed] >= SEEN).all(axis=1)
    return np.asarray(believed & np.isfinite(rec.points_px[:, needed]).all(axis=(1, 2)))


@np.errstate(all="ignore")
def _found(reach: Recording, seen: Mask, side: Side, arm_px: float) -> tuple[TrunkShare, Validity]:
    """In arm lengths, and whether it may be believed."""
    ends = [
        seen & (reach.t_s <= reach.t_s[0] + ENDS_S),
        seen & (reach.t_s >= reach.t_s[-1] - ENDS_S),
    ]
    if not all(end.any() for end in ends):
        return _UNKNOWN, Validity.UNSEEN
    if np.median(apparent_arm_px(reach, side)[ends[1]]) < SHORTENED * arm_px:
        return _UNKNOWN, Validity.FORESHORTENED
    hand, trunk = point(reach, f"{side}_wrist"), middle(reach, "shoulder")
    found = trunk_share(
        np.stack([np.median(hand[end], axis=0) for end in ends]) / arm_px,
        np.stack([np.median(trunk[end], axis=0) for end in ends]) / arm_px,
    )
    if not math.isfinite(found.share):
        return _UNKNOWN, Validity.BAD_NUMBER
    return found, Validity.GOOD if found.hand >= SHORTEST_REACH else Validity.NO_MOVEMENT
