"""Raising: one hand is asked to rise, the camera says which one did, and it is asked to come down again.

The named wrist has to rise over its own shoulder while the other one stays low, on a body whose left
is on the picture's right, as it is for somebody who faces a camera that mirrors nothing. The other hand,
or a body that is turned about, is wrong.
"""

from __future__ import annotations

import math
from typing import Final, Literal

import numpy as np

from rehabgames.calibrate.room_checks import whole
from rehabgames.core.landmarks import POSE, SIDES, Side, other_side
from rehabgames.core.pose import PoseFrame
from rehabgames.signals.scale import SEEN

RAISED: Final = 0.05  # trunk lengths over the shoulder
LOWERED: Final = 0.2  # and under it, before a hand is asked
LONGEST_BACK_S: Final = 6.0
_AT: Final = {side: [POSE[f"{side}_{name}"] for name in ("wrist", "shoulder", "hip")] for side in SIDES}


class Raising:
    """`step` says when the hand that is asked, or another one, was held up for steady_s; what follows from
    that, whoever asks decides: with `lower` both are to come down before the next one is asked.

    asked      the hand that is to rise; back: it is to come down again
    share      0..1 of the hold; tries: askings so far
    elapsed_s  since it was asked; judged: both hands were seen up or low since then
    """

    def __init__(self, steady_s: float, asked: Side) -> None:
        self._steady_s = steady_s
        self.asked: Side = asked
        self.back = False
        self.tries = 1
        self._next: Side = asked
        self.elapsed_s = self._right_s = self._wrong_s = 0.0
        self.judged = self._were_low = False

    @property
    def share(self) -> float:
        return min(1.0, self._right_s / self._steady_s)

    def step(self, frame: PoseFrame, dt_s: float) -> Literal["", "right", "wrong"]:
        """What was held up with this frame, dt_s seconds after the last one; "" while nothing was."""
        self.elapsed_s += dt_s
        above = over_shoulder(frame)
        lowered = all(each < -LOWERED for each in above.values())
        if self.back:
            if lowered or self.elapsed_s >= LONGEST_BACK_S:
                self._begin(were_low=lowered)
            return ""
        up = {side: above[side] > RAISED for side in SIDES}
        low = {side: above[side] < 0 for side in SIDES}
        self.judged = self.judged or all(up[side] or low[side] for side in SIDES)
        # a hand that was up before it was asked says nothing
        self._were_low = self._were_low or lowered
        other = other_side(self.asked)
        one = self._were_low and up[self.asked] and low[other]
        another = self._were_low and up[other] and low[self.asked]
        about = _turned_about(frame)
        self._right_s = self._right_s + dt_s if one and not about else 0.0
        self._wrong_s = self._wrong_s + dt_s if another or (one and about) else 0.0
        if self._right_s >= self._steady_s:
            return "right"
        return "wrong" if self._wrong_s >= self._steady_s else ""

    def lower(self, then: Side) -> None:
        """Both are to come down; then this hand is asked."""
        self._again()
        self.back = True
        self._next = then

    def _begin(self, *, were_low: bool) -> None:
        self.asked = self._next
        self.tries += 1
        self.back = False
        self._again(were_low=were_low)

    def _again(self, *, were_low: bool = False) -> None:
        self.elapsed_s = self._right_s = self._wrong_s = 0.0
        self.judged = self._were_low = were_low


def over_shoulder(frame: PoseFrame) -> dict[Side, float]:
    """Per hand: trunk lengths over its own shoulder. NaN for one that is up but not well seen; one that
    is hidden in the lap is where the network takes it to be."""
    result: dict[Side, float] = dict.fromkeys(SIDES, math.nan)
    if not whole(frame):
        return result
    down, visibility = frame.points_px[:, 1].tolist(), frame.visibility.tolist()
    trunk = sum(down[_AT[side][2]] - down[_AT[side][1]] for side in SIDES) / len(SIDES)
    for side in SIDES:
        wrist, shoulder, _ = _AT[side]
        above = (down[shoulder] - down[wrist]) / trunk if trunk > 0 else math.nan
        seen = visibility[wrist] >= SEEN and visibility[shoulder] >= SEEN
        result[side] = above if seen or above < 0 else math.nan
    return result


@np.errstate(all="ignore")
def _turned_about(frame: PoseFrame) -> bool:
    """The left shoulder is on the picture's left: a back, or a picture that was turned about."""
    if not whole(frame):
        return False
    left, right = (float(frame.points_px[POSE[f"{s}_shoulder"], 0]) for s in SIDES)
    return left <= right
