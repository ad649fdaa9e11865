"""Shown: what of the play coordinates must fit on the screen."""

from __future__ import annotations

import math
from typing import Final

from rehabgames.core.landmarks import Side
from rehabgames.core.limits import Limits
from rehabgames.core.trial import Space

Window = tuple[float, float, float, float]

ELSEWHERE: Final[dict[Space, Window]] = {
    "shift": (-1.3, -0.8, 1.3, 0.8),
    "picture": (-0.9, -0.6, 0.9, 0.6),
    "grip": (-0.9, -0.6, 0.9, 0.6),
}


def window_of(space: Space, side: Side, limits: Limits) -> Window:
    """(x_min, y_min, x_max, y_max): all that the limits allow where an arm steers, and a little more."""
    if space != "arm":
        return ELSEWHERE[space]
    top = -math.cos(math.radians(limits.shoulder_elevation_deg)) + 0.35
    out, across = 1.15, -0.9
    left, right = (across, out) if side == "right" else (-out, -across)
    return left, -1.15, right, max(0.35, top)
