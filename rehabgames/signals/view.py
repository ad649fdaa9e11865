"""From where the camera sees the person: the front, the side, or neither.

The shoulders' apparent width over the trunk's: 0.7–0.95 from the front, 0.3 at three quarters,
0.1 from the side (the reference clips). A person who faces the camera has the left shoulder on the
picture's right; the other way round is a back, or a picture that was mirrored.
"""

from __future__ import annotations

import numpy as np

from rehabgames.core.pose import Array, Mask, Recording
from rehabgames.signals.arm import trunk_up
from rehabgames.signals.geometry import point
from rehabgames.signals.scale import apparent_trunk_px
from rehabgames.signals.signal import CameraView
from rehabgames.signals.windows import median_around

FRONT_FROM = 0.50
SIDE_BELOW = 0.30
STEADIED_S = 1.0


def breadth(rec: Recording) -> Array:
    """(n,) right to left shoulder across the trunk, in trunk lengths: + facing, - from behind."""
    up = trunk_up(rec)
    apart = point(rec, "left_shoulder") - point(rec, "right_shoulder")
    across = apart[:, 1] * up[:, 0] - apart[:, 0] * up[:, 1]
    trunk = apparent_trunk_px(rec)
    return np.divide(across, trunk, out=np.full_like(across, np.nan), where=trunk > 0)


def seen_from(rec: Recording, view: CameraView) -> Mask:
    """(n,) True where the camera stands as the view wants it, judged over a second around each frame."""
    if view == "any":
        return np.ones(len(rec), dtype=np.bool_)
    steadied = median_around(breadth(rec), rec.t_s, STEADIED_S)
    with np.errstate(invalid="ignore"):
        wanted = steadied >= FRONT_FROM if view == "front" else np.abs(steadied) < SIDE_BELOW
    return np.asarray(wanted, dtype=np.bool_)
