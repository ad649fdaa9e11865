"""Tapping: when thumb and index meet, and how wide they were open before, out of a grip that comes in bits.

A tap is the moment at which the grip rises over a closing line after it fell under an opening line a
little lower (hysteresis), both near the closed end, so that a tap that opened less than asked still is a
tap. Pictures come slower than steps: a grip that has not changed is the last picture's, and the crossing
is found on the line between two pictures.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

CLOSES_AT: Final = 0.35  # of the asked opening: so far from closed is the closing line
GAP, LEAST_GAP = 0.15, 0.05  # of the asked opening, and of the own range: between the two lines
FRESH_S: Final = 0.05  # a picture is at least believed to hold for so long


class Tap(NamedTuple):
    """at_s: as `watch` was told; opening: widest since the tap before, share of the own range."""

    at_s: float
    opening: float


class Tapping:
    """amplitude: the asked opening, share of the own range."""

    def __init__(self, amplitude: float) -> None:
        self._closing = 1.0 - CLOSES_AT * amplitude
        self._opening = self._closing - max(LEAST_GAP, GAP * amplitude)
        self._closed: bool | None = None
        self._lowest = math.nan
        self._last = (math.nan, math.nan)  # when the newest value came, and the value
        self._stepped_s = math.nan

    @property
    def opened(self) -> float:
        """Widest since the last tap; 0 where nothing is known."""
        return 0.0 if math.isnan(self._lowest) else max(0.0, 1.0 - self._lowest)

    def watch(self, now_s: float, grip: float) -> Tap | None:
        """grip: 0 open .. 1 closed; NaN is passed over, and no tap is found across it."""
        came_s, before = self._last
        stepped_s, self._stepped_s = self._stepped_s, now_s
        if not math.isfinite(grip):
            self._last = (math.nan, math.nan)
            return None
        if grip != before:
            self._last = (now_s, grip)
        self._lowest = grip if math.isnan(self._lowest) else min(self._lowest, grip)
        if self._closed is None:
            self._closed = grip >= self._closing
        elif self._closed:
            self._closed = grip >= self._opening
        elif grip >= self._closing:
            self._closed = True
            opened, self._lowest = self.opened, grip
            if math.isnan(before):
                return None
            # how long the value before still held is not known: until the last step, or a little less
            held_s = max(came_s, min(stepped_s, now_s - FRESH_S))
            share = (self._closing - before) / (grip - before)
            return Tap(held_s + share * (now_s - held_s), opened)
        return None
