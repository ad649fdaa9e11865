"""Head: where the player's head is, for a room whose perspective follows it."""

from __future__ import annotations

import numpy as np

from rehabgames.core.landmarks import POSE
from rehabgames.core.view import View

FOLLOWS = (
    0.05  # of the way in a frame: a room that is still when the head is, without a filter's delay to see
)
USUAL_Y = 0.33  # of the picture's height: where a nose is when somebody sits before the camera
_NOSE = POSE["nose"]


def drifted(before: tuple[float, float], view: View) -> tuple[float, float]:
    """The head's place, eased from where it was: right and up of the mirror's middle, -1 .. 1. Goes back to
    the middle while nobody is seen, and stays while the play is paused."""
    if view.phase == "paused":
        return before
    x, y = place_of(view)
    return before[0] + (x - before[0]) * FOLLOWS, before[1] + (y - before[1]) * FOLLOWS


def place_of(view: View) -> tuple[float, float]:
    """Of this view's picture; (0, 0) where it is unknown."""
    width, height = view.picture_size
    if view.body_px is None or width <= 0 or height <= 0 or not np.isfinite(view.body_px[_NOSE]).all():
        return 0.0, 0.0
    x, y = view.body_px[_NOSE]
    across, up = 1.0 - 2.0 * float(x) / width, (USUAL_Y - float(y) / height) / USUAL_Y
    return max(-1.0, min(1.0, across)), max(-1.0, min(1.0, up))
