"""Saying: a sentence stays long enough to be read, also for a hand that trembles at the edge of two."""

from __future__ import annotations

import math
from typing import Final

from rehabgames.core.message import Message

READ_S: Final = 1.0  # a sentence that was there for so long gives way at once
STEADY_S: Final = 0.35  # before, another has to be meant for so long


class Saying:
    """Ask it in every step what to show of what is meant.

    about: what the sentence is about; another matter (the next target, the end of a try) never waits.
    """

    def __init__(self) -> None:
        self._shown: Message | None = None
        self._about: object = None
        self._since_s = self._differs_s = -math.inf

    def of(self, meant: Message | None, about: object, now_s: float) -> Message | None:
        """now_s: any monotonic clock."""
        if meant == self._shown and about == self._about:
            self._differs_s = now_s
            return self._shown
        read = self._shown is None or now_s - self._since_s >= READ_S
        if about != self._about or read or now_s - self._differs_s >= STEADY_S:
            self._since_s = self._since_s if meant == self._shown else now_s
            self._shown, self._about, self._differs_s = meant, about, now_s
        return self._shown
