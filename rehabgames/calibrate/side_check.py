"""SideCheck: "raise your LEFT hand", then the right: does the camera know left from right? (SAFETY H8)

What is right and wrong, `Raising` says; after the first wrong both hands are asked again, after the
second it is refused. The second asking names the same hand again and never says "the other
one": on a mirrored picture that would lead to the wrong answer that looks right.
"""

from __future__ import annotations

from typing import Final

from rehabgames.calibrate.raising import Raising
from rehabgames.core.landmarks import SIDES, Side
from rehabgames.core.measured import Validity
from rehabgames.core.pose import PoseFrame

MOST_WRONG: Final = 2


class SideCheck:
    """`step` until `over`; then `why` is GOOD, or says why it is refused.

    asked  the hand that is to rise; back: it is to come down again; share: 0..1 of the hold
    wrong  how often it was the wrong one; done: hands that were right, of 2; tries: askings so far
    """

    def __init__(self, steady_s: float, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._raising = Raising(steady_s, SIDES[0])
        self.over = False
        self.why = Validity.GOOD
        self.wrong = 0
        self.done = 0

    @property
    def asked(self) -> Side:
        return self._raising.asked

    @property
    def back(self) -> bool:
        return self._raising.back and not self.over

    @property
    def share(self) -> float:
        return self._raising.share

    @property
    def tries(self) -> int:
        return self._raising.tries

    def step(self, frame: PoseFrame, dt_s: float) -> None:
        if self.over:
            return
        raising = self._raising
        came = raising.step(frame, dt_s)
        if came == "right":
            self._was_right()
        elif came == "wrong":
            self._was_wrong()
        elif not raising.back and raising.elapsed_s >= self._timeout_s:
            self._end(Validity.NO_MOVEMENT if raising.judged else Validity.UNSEEN)

    def _was_right(self) -> None:
        self.done += 1
        if self.done == len(SIDES):
            self._end(Validity.GOOD)
        else:
            self._raising.lower(SIDES[self.done])

    def _was_wrong(self) -> None:
        self.wrong += 1
        self.done = 0
        if self.wrong >= MOST_WRONG:
            self._end(Validity.WRONG_SIDE)
        else:
            self._raising.lower(SIDES[0])

    def _end(self, why: Validity) -> None:
        self.over, self.why = True, why
