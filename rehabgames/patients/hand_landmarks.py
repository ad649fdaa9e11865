"""The 21 landmarks of a virtual hand in the plane of the picture, open, closed or between.

Fingers fold towards the palm's middle as it looks to a camera before the palm; lengths are shares of the
palm's (wrist to the knuckle of the middle finger), of a hand with usual proportions.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from rehabgames.core.landmarks import N_HAND, Side
from rehabgames.core.pose import Array

Point = tuple[float, float]

# direction from the wrist, degrees from the middle finger's, + to the thumb; knuckle; tip open, tip closed
_FINGERS: Final = (
    (14.0, 1.0, 1.90, 0.80),
    (0.0, 1.0, 2.00, 0.78),
    (-13.0, 0.95, 1.88, 0.76),
    (-27.0, 0.90, 1.65, 0.74),
)
_THUMB: Final = ((62.0, 0.30), (56.0, 0.65), (52.0, 0.95), (50.0, 1.2))  # joints of the open thumb
_THUMB_CLOSED: Final = ((50.0, 0.30), (38.0, 0.55), (26.0, 0.72), (17.0, 0.82))
KNUCKLES: Final = {"pinky": _FINGERS[3][:2], "index": _FINGERS[0][:2], "thumb": _THUMB[1]}  # as _FINGERS says
PALM_MIDDLE: Final = 0.74  # of the palm's length, from the wrist: the mean of wrist and knuckles
PALM_M: Final = 0.095


def hand_px(wrist: Point, towards: Point, palm_px: float, open_share: float, side: Side) -> Array:
    """(21, 2) px of the unmirrored picture, y down.

    towards: any place in the direction of the fingers; open_share 0 fist .. 1 flat. The palm shows.
    """
    turn = math.atan2(towards[1] - wrist[1], towards[0] - wrist[0])
    # fingers up, a right hand's palm to the camera has its thumb on the picture's right
    thumbward = 1.0 if side == "right" else -1.0

    def place(deg: float, out: float) -> Point:
        angle = turn + thumbward * math.radians(deg)
        return wrist[0] + palm_px * out * math.cos(angle), wrist[1] + palm_px * out * math.sin(angle)

    points = np.empty((N_HAND, 2))
    points[0] = wrist
    for joint, (flat, fist) in enumerate(zip(_THUMB, _THUMB_CLOSED, strict=True)):
        points[1 + joint] = place(*(_mix(b, a, open_share) for a, b in zip(flat, fist, strict=True)))
    for finger, (deg, knuckle, flat_tip, fist_tip) in enumerate(_FINGERS):
        tip = _mix(fist_tip, flat_tip, open_share)
        bulge = knuckle + 0.25 * (1.0 - open_share)  # a folded finger stands out at its middle joint
        outs = (knuckle, max(bulge, _mix(knuckle, tip, 0.4)), _mix(max(bulge, knuckle), tip, 0.7), tip)
        for joint, out in enumerate(outs):
            points[5 + 4 * finger + joint] = place(deg, out)
    return points


def _mix(a: float, b: float, share: float) -> float:
    return a + share * (b - a)
