"""Cueing: mild feedback about the movement, one thing at a time and never often (restitution)."""

from __future__ import annotations

import math
from typing import Final

from rehabgames.core.message import Message
from rehabgames.core.trial import Outcome

APART_S: Final = 8.0
SHOWN_S: Final = 3.0
BY_THE_ARM: Final = Message("cue.by_the_arm")
BY_ITSELF: Final = Message("cue.by_itself")


class Cueing:
    """`told` what came of a trial, `message` says what to show now, or None."""

    def __init__(self) -> None:
        self._told_s = -math.inf
        self._message: Message | None = None

    def told(self, outcome: Outcome, now_s: float) -> None:
        """now_s: any monotonic clock. Nothing within APART_S of the last one."""
        cue = None if outcome.tolerated else BY_THE_ARM
        cue = BY_ITSELF if outcome.assisted else cue
        if cue is not None and now_s - self._told_s >= APART_S:
            self._told_s, self._message = now_s, cue

    def message(self, now_s: float) -> Message | None:
        return self._message if now_s - self._told_s < SHOWN_S else None
