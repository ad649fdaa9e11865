"""Pacing: whether the camera gave pictures often enough to judge a try. Quick movements need many of them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from rehabgames.core.message import Message
from rehabgames.core.trial import Outcome

FEW: Final = Message("play.few_pictures")


class Pacing:
    """needed: pictures a second, 0 where any number will do. `begin` a try, `step` through it, and ask what
    is `judged` at its end; `message` says what was the matter until the next one begins."""

    def __init__(self, needed: float) -> None:
        self._needed = needed
        self.message: Message | None = None
        self.begin()

    def begin(self) -> None:
        self.message = None
        self._last_s = -math.inf
        self._pictures, self._played_s = 0, 0.0

    def step(self, picture_s: float, dt_s: float) -> None:
        """picture_s: when the newest picture was taken, on any clock."""
        self._pictures += picture_s != self._last_s
        self._last_s = picture_s
        self._played_s += dt_s

    def judged(self, outcome: Outcome) -> Outcome:
        """The outcome; "lost", and nothing said of the movement, where pictures were too few, won or not: to
        judge the won ones alone would flatter."""
        if outcome.success is None or self._pictures >= self._needed * self._played_s:
            return outcome
        self.message = FEW
        return replace(
            outcome,
            success=None,
            reason="lost",
            margin=math.nan,
            reached=math.nan,
            reach_s=math.nan,
            path_ratio=math.nan,
        )
