"""Pointing: where on the screen the choosing hand points.

The screen is a window of play coordinates before the choosing shoulder, so small that nobody has to reach
far, and so high that a hand in the lap, or beside the body, points below the screen at nothing.
"""

from __future__ import annotations

import math
from typing import Final

from rehabgames.core.landmarks import SIDES, Side, other_side
from rehabgames.core.limits import Limits
from rehabgames.core.pose import PoseFrame
from rehabgames.core.sample import Sample
from rehabgames.session.control import Control

ACROSS, DOWN = 1.1, 0.62  # arm lengths that the screen is wide and high
MIDDLE: Final = (0.08, -0.3)  # its middle from the shoulder, + outward and up
LEAST: Final = 0.45  # share of that which is enough for somebody whose reach is limited
RESTS: Final = 1.08  # so far down the screen's height, and farther, the hand rests
CONTROL: Final = "hand_position"


class Pointing:
    """side: of the choosing hand. limits: nothing is pointed at that is farther than they allow to reach."""

    def __init__(self, side: Side, limits: Limits) -> None:
        self.side: Side = side
        self._outward = 1.0 if side == "right" else -1.0
        self._control = Control(CONTROL, (), side)
        self._share = min(1.0, max(LEAST, limits.reach / (abs(MIDDLE[1]) + math.hypot(ACROSS, DOWN) / 2)))
        self.sample = Sample(-math.inf)

    def picture(self, frame: PoseFrame) -> None:
        self.sample = self._control.update(frame)

    def at(self, shown_s: float | None) -> tuple[float, float] | None:
        """Shares of the screen; None while the hand is not seen, or rests. shown_s: carried forward to it."""
        sample = self.sample if shown_s is None else self._control.at(shown_s)
        if sample.at is None or not all(map(math.isfinite, sample.at)):
            return None
        x = 0.5 + (sample.at[0] - self._outward * MIDDLE[0]) / (ACROSS * self._share)
        y = 0.5 - (sample.at[1] - MIDDLE[1] * self._share) / (DOWN * self._share)
        return None if y > RESTS else (min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))


class EitherHand:
    """As Pointing, of whom it is not known yet which hand chooses: whichever is held up, until it rests."""

    def __init__(self, limits: Limits) -> None:
        self._hands = {side: Pointing(side, limits) for side in SIDES}
        self.side: Side = SIDES[0]

    @property
    def sample(self) -> Sample:
        return self._hands[self.side].sample

    def picture(self, frame: PoseFrame) -> None:
        for hand in self._hands.values():
            hand.picture(frame)
        if self.at(None) is None and self._hands[other_side(self.side)].at(None) is not None:
            self.side = other_side(self.side)

    def at(self, shown_s: float | None) -> tuple[float, float] | None:
        return self._hands[self.side].at(shown_s)

    def of(self, side: Side) -> Pointing:
        return self._hands[side]
