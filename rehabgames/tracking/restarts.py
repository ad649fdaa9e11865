"""Restarts: how often a child that fails is replaced, before its tracker gives up."""

from __future__ import annotations

from collections import deque
from typing import Final

MOST_RESTARTS: Final = 3
WITHIN_S: Final = 300.0


class Restarts:
    """Asked before each; a new one where the tracking begins anew."""

    def __init__(self) -> None:
        self._at_s: deque[float] = deque()

    def allowed(self, now_s: float) -> bool:
        """Another one is; it counts as made."""
        while self._at_s and now_s - self._at_s[0] > WITHIN_S:
            self._at_s.popleft()
        if len(self._at_s) >= MOST_RESTARTS:
            return False
        self._at_s.append(now_s)
        return True
