"""Confirming: who plays is asked to raise a hand, the one that is not trained: an affected arm may not be
able to.

Who cannot raise it, or does not understand, is not locked out: who stays alone in the picture for 20 s
without it is taken for the one who plays. No key does that instead. Who goes to a keyboard stands before
the camera, so that a key would confirm the helper just when it matters; and it needs nobody.
After a confirmation, when somebody is seen of whom it cannot be told that it is the one who was confirmed, it
is asked again. Then staying is enough for those alone who were confirmed by staying, and nothing but the
raised hand for who is told to be somebody else: in doubt it stays a pause (SAFETY H7).
"""

from __future__ import annotations

import math
from typing import Final, Literal

from rehabgames.calibrate.calibration import LONGEST_GAP_S
from rehabgames.calibrate.prompts import guided
from rehabgames.calibrate.raising import Raising
from rehabgames.core.landmarks import Side, other_side
from rehabgames.core.message import Message
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import Guide, Shows
from rehabgames.session.diary import Diary

HELD_S: Final = 0.6
STAYS_S: Final = 20.0
TOLD_S: Final = 8.0  # then it is said that staying is enough, too
How = Literal["", "hand", "stayed"]


class Confirming:
    """Told of every picture, as it was tracked. It alone looks at somebody who is not the patient, and only
    while it asks.

    confirmed  how often somebody was; confirmed_s: when, by the pictures' time, -inf where nobody was
    asks       a hand is asked to rise, or to come down again
    """

    def __init__(self, side: Side, shows: Shows, diary: Diary) -> None:
        self._hand = other_side(side)
        self._shows: Shows = shows
        self._diary = diary
        self.confirmed, self.confirmed_s = 0, -math.inf
        self._how: How = ""  # of the first time
        self._raising: Raising | None = None
        self._held = False  # it was held up, and is to come down
        self._last_s = math.nan
        self._asked_s = self._alone_s = 0.0
        self._wrong = 0
        self._asked = 0  # how often it was asked before this time

    @property
    def asks(self) -> bool:
        return self._raising is not None

    def want(self, *, wanted: bool) -> None:
        """Ask, or leave it. A hand that was held up is still asked to come down."""
        if wanted and self._raising is None:
            self._raising = Raising(HELD_S, self._hand)
            self._asked_s = self._alone_s = 0.0
            self._wrong = 0
        elif not wanted and not self._held:
            self._leave()

    def picture(self, frame: PoseFrame, *, present: bool) -> None:
        """present: a person is there, whoever it is. Pictures that are not newer than the last one say
        nothing."""
        gap_s = frame.t_s - self._last_s
        if gap_s <= 0:
            return
        self._last_s = frame.t_s
        raising, dt_s = self._raising, min(gap_s, LONGEST_GAP_S) if gap_s > 0 else 0.0
        if raising is None:
            return
        self._asked_s += dt_s
        came = raising.step(frame, dt_s) if present or self._held else ""
        if self._held:
            if not raising.back:
                self._held = False
                self._leave()
        elif came == "right":
            self._confirm("hand")
            self._held = True
            raising.lower(self._hand)
        elif came == "wrong":
            self._wrong += 1
            raising.lower(self._hand)
        elif self._stayed(frame, dt_s, present=present):
            self._confirm("stayed")
            self._leave()

    def _leave(self) -> None:
        if self._raising is not None:
            self._asked += self._raising.tries
            self._raising = None

    def _stayed(self, frame: PoseFrame, dt_s: float, *, present: bool) -> bool:
        """Alone for so long without a break; in a picture in which nobody counted, nobody is alone."""
        alone = present and 0 <= frame.people <= 1
        enough = self.confirmed == 0 or (self._how == "stayed" and frame.whose != "other")
        self._alone_s = self._alone_s + dt_s if alone and enough else 0.0
        return self._alone_s >= STAYS_S

    def _confirm(self, how: How) -> None:
        self.confirmed += 1
        self.confirmed_s = self._last_s
        self._how = self._how or how
        self._diary.event(
            "confirmed", how=how, hand=self._hand, after_s=round(self._asked_s, 3), wrong=self._wrong
        )

    def guide(self) -> Guide | None:
        """The movement that is asked for; None where none is."""
        if self._raising is None:
            return None
        raising, number = self._raising, self._asked + self._raising.tries - 1
        return Guide("raise_hand", self._hand, raising.back, raising.share, 0, 0, number, shows=self._shows)

    def prompt(self) -> Message | None:
        """None where nothing is asked."""
        raising = self._raising
        if raising is None:
            return None
        if self._alone_s >= TOLD_S and raising.share <= 0 and not raising.back:
            return Message("confirm.or_stay")
        if self._wrong and not raising.back:
            return guided("raise_hand_again", self._hand)
        return guided("raise_hand", self._hand, back=raising.back)
