"""Halting: STOP by the hand that does not train, held up high as whoever wants to stop something does.

It has to have been low before, so that a hand that lies or leans somewhere high stops nothing, and it is not
listened to while a hand is asked to rise. Whoever scratches their head for so long is asked whether to go on.
"""

from __future__ import annotations

import math
from typing import Final

from rehabgames.calibrate.calibration import LONGEST_GAP_S
from rehabgames.calibrate.raising import over_shoulder
from rehabgames.core.landmarks import Side
from rehabgames.core.pose import PoseFrame

HIGH: Final = 0.3  # trunk lengths over the shoulder: as high as the head
HELD_S: Final = 1.5
FORGETS: Final = 2.0  # times as fast as it is held


class Halting:
    """Told of every picture. share: 0..1 of the time for which it is to be held."""

    def __init__(self, hand: Side) -> None:
        self._hand = hand
        self._was_low = False
        self._held_s, self._last_s = 0.0, math.nan

    @property
    def share(self) -> float:
        return min(1.0, self._held_s / HELD_S)

    def picture(self, frame: PoseFrame, *, listens: bool) -> bool:
        """True once, with the picture that completes it. A picture that is not newer says nothing."""
        gap_s = frame.t_s - self._last_s
        if gap_s <= 0:
            return False
        self._last_s = frame.t_s
        dt_s = min(gap_s, LONGEST_GAP_S) if gap_s > 0 else 0.0
        height = over_shoulder(frame)[self._hand]
        if not listens:
            self._was_low, self._held_s = False, 0.0
        elif height > HIGH and self._was_low:
            self._held_s += dt_s
        else:
            self._was_low = self._was_low or height < 0
            self._held_s = max(0.0, self._held_s - FORGETS * dt_s)
        if self._held_s < HELD_S:
            return False
        self._was_low, self._held_s = False, 0.0
        return True
