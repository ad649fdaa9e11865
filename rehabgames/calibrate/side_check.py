"""SideCheck: "raise your LEFT hand", then the right: does the camera know left from right? (SAFETY H8)

The named wrist has to rise over its own shoulder while the other one stays low, on a body whose left
is on the picture's right, as it is for somebody who faces a camera that mirrors nothing. The other hand,
or a body that is turned about, is wrong; after the first wrong both hands are asked again, after the
second it is refused. The second asking names the same hand again and never says "the other
one": on a mirrored picture that would lead to the wrong answer that looks right.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from rehabgames.calibrate.room_checks import whole
from rehabgames.core.landmarks import POSE, SIDES, Side, other_side
from rehabgames.core.measured import Validity
from rehabgames.core.pose import PoseFrame
from rehabgames.signals.scale import SEEN

RAISED: Final = 0.05  # trunk lengths over the shoulder
LOWERED: Final = 0.2  # and under it, before a hand is asked
MOST_WRONG: Final = 2
LONGEST_BACK_S: Final = 6.0


class SideCheck:
    """`step` until `over`; then `why` is GOOD, or says why it is refused.

    asked  the hand that is to rise; back: it is to come down again; share: 0..1 of the hold
    wrong  how often it was the wrong one; done: hands that were right, of 2; tries: askings so far
    """

    def __init__(self, steady_s: float, timeout_s: float) -> None:
        self._steady_s = steady_s
        self._timeout_s = timeout_s
        self.over = False
        self.why = Validity.GOOD
        self.asked: Side = SIDES[0]
        self.back = False
        self.wrong = 0
        self.done = 0
        self.tries = 1
        self._next: Side = SIDES[0]
        self._elapsed_s = self._right_s = self._wrong_s = 0.0
        self._judged = self._were_low = False

    @property
    def share(self) -> float:
        return min(1.0, self._right_s / self._steady_s)

    def step(self, frame: PoseFrame, dt_s: float) -> None:
        if self.over:
            return
        self._elapsed_s += dt_s
        above = _above(frame)
        lowered = all(each < -LOWERED for each in above.values())
        if self.back:
            if lowered or self._elapsed_s >= LONGEST_BACK_S:
                self._begin(were_low=lowered)
            return
        up = {side: above[side] > RAISED for side in SIDES}
        low = {side: above[side] < 0 for side in SIDES}
        self._judged = self._judged or all(up[side] or low[side] for side in SIDES)
        # a hand that was up before it was asked says nothing
        self._were_low = self._were_low or lowered
        other = other_side(self.asked)
        one = self._were_low and up[self.asked] and low[other]
        another = self._were_low and up[other] and low[self.asked]
        about = _turned_about(frame)
        self._right_s = self._right_s + dt_s if one and not about else 0.0
        self._wrong_s = self._wrong_s + dt_s if another or (one and about) else 0.0
        if self._right_s >= self._steady_s:
            self._was_right()
        elif self._wrong_s >= self._steady_s:
            self._was_wrong()
        elif self._elapsed_s >= self._timeout_s:
            self._end(Validity.NO_MOVEMENT if self._judged else Validity.UNSEEN)

    def _was_right(self) -> None:
        self.done += 1
        if self.done == len(SIDES):
            self._end(Validity.GOOD)
        else:
            self._lower(SIDES[self.done])

    def _was_wrong(self) -> None:
        self.wrong += 1
        self.done = 0
        if self.wrong >= MOST_WRONG:
            self._end(Validity.WRONG_SIDE)
        else:
            self._lower(SIDES[0])

    def _lower(self, then: Side) -> None:
        self._begin()
        self.back = True
        self._next = then

    def _begin(self, *, were_low: bool = False) -> None:
        if self.back:
            self.asked = self._next
            self.tries += 1
        self.back = False
        self._elapsed_s = self._right_s = self._wrong_s = 0.0
        self._judged = self._were_low = were_low

    def _end(self, why: Validity) -> None:
        self.over, self.why, self.back = True, why, False


@np.errstate(all="ignore")
def _above(frame: PoseFrame) -> dict[Side, float]:
    """Per hand: trunk lengths over its own shoulder. NaN for one that is up but not well seen; one that
    is hidden in the lap is where the network takes it to be."""
    result: dict[Side, float] = dict.fromkeys(SIDES, math.nan)
    if not whole(frame):
        return result
    down = frame.points_px[:, 1]
    trunk = float(np.mean([down[POSE[f"{s}_hip"]] - down[POSE[f"{s}_shoulder"]] for s in SIDES]))
    for side in SIDES:
        wrist, shoulder = POSE[f"{side}_wrist"], POSE[f"{side}_shoulder"]
        above = float(down[shoulder] - down[wrist]) / trunk if trunk > 0 else math.nan
        seen = frame.visibility[wrist] >= SEEN and frame.visibility[shoulder] >= SEEN
        result[side] = above if seen or above < 0 else math.nan
    return result


@np.errstate(all="ignore")
def _turned_about(frame: PoseFrame) -> bool:
    """The left shoulder is on the picture's left: a back, or a picture that was turned about."""
    if not whole(frame):
        return False
    left, right = (float(frame.points_px[POSE[f"{s}_shoulder"], 0]) for s in SIDES)
    return left <= right
