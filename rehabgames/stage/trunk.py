"""The trunk: where it does what the arm is to do, the scene draws back (LOOK, "Feedback that teaches")."""

from __future__ import annotations

import math
from typing import Final

from rehabgames.core.view import View
from rehabgames.stage.motion import approach, ease

BENDS_S: Final = 1.5  # in which a scene draws back, all the way
_UNSEEN, _ALL = 0.5, 1.25  # of what is tolerated: nothing is said of less, and no more of more


def bent(view: View) -> float:
    """How far the scene is to draw back: 0 .. 1. It is knowledge of performance, and fades with it."""
    shown = view.performance and view.phase == "play" and math.isfinite(view.trunk)
    return min(1.0, max(0.0, (view.trunk - _UNSEEN) / (_ALL - _UNSEEN))) if shown else 0.0


class Bending:
    """How far the scene draws back now. It comes and goes gently, and stays while the play is paused."""

    def __init__(self) -> None:
        self._share = 0.0

    def step(self, view: View, dt_s: float) -> float:
        if view.phase != "paused":
            self._share = approach(self._share, bent(view), dt_s, BENDS_S)
        return ease(self._share)
