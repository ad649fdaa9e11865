"""Ticks: when the next scene is begun. What is newly tracked is shown at once, no scene should be half
painted when it comes, and no more are painted than a screen shows: each more is time that tracking lacks."""

from __future__ import annotations

import math
from typing import Final

TICK_S: Final = 1 / 60
SPARE_S: Final = 0.002  # a frame may come so much sooner than it is expected
LATE_S: Final = 0.004  # and so much later
SLACK_S: Final = 0.003  # and so much longer, or to make up for it shorter, than a tick it may be to the next
SMOOTH_S: Final = 0.0248  # from one scene to the next: longer is seen as a stumble
LEFT_OUT: Final = 1.7  # ticks from one scene to the next, where ticks are longer than that anyway
STRETCHED: Final = 1.24  # ticks to the next one, where more than one a tick were painted before
LEARNS: Final = 0.1  # share of a newer time in what is expected
LONGEST_S: Final = 0.1  # frames that come more seldom are not waited for, nor is a longer stall made up for


class Ticks:
    """Told of every scene. Times are those of one monotonic clock, seconds; tick_s: from one to the next.

    takes_s  how long it takes until a scene that begins now is shown, as far as the last ones tell
    """

    def __init__(self, tick_s: float = TICK_S) -> None:
        self._tick_s = tick_s
        self._longest_s = SMOOTH_S if tick_s < SMOOTH_S else LEFT_OUT * tick_s
        self._began_s = self._ended_s = self._frame_s = -math.inf
        self._next_s = -math.inf  # when one a tick, on the whole, wants the next scene
        self._gap_s = math.nan  # between two frames
        self.takes_s = self._busy_s = 0.008

    def scene(self, began_s: float, flipped_s: float, ended_s: float, *, frame: bool) -> None:
        """A scene was shown, and what was to be done after it is done too. frame: with a newly tracked one,
        which had come just before it began."""
        self.takes_s += LEARNS * (min(0.05, flipped_s - began_s) - self.takes_s)
        self._busy_s += LEARNS * (min(0.05, ended_s - began_s) - self._busy_s)
        self._began_s, self._ended_s = began_s, ended_s
        next_s = self._next_s if began_s - self._next_s < LONGEST_S else began_s
        self._next_s = min(next_s, began_s + self._tick_s) + self._tick_s
        if frame:
            gap_s = began_s - self._frame_s
            if gap_s <= LONGEST_S:
                known = math.isfinite(self._gap_s)
                self._gap_s = self._gap_s + LEARNS * (gap_s - self._gap_s) if known else gap_s
            self._frame_s = began_s

    def due_s(self) -> float:
        """When the next scene is to begin if no frame comes before: a tick after the last one, later where
        more than one a tick were painted, sooner where fewer were. Where a frame is expected by then, it
        is waited for; where a scene would be in its way, the scene is sooner."""
        due_s = max(self._began_s + self._tick_s - SLACK_S, self._next_s)
        frame_s = self._frame_s + self._gap_s
        stretched_s = self._began_s + STRETCHED * self._tick_s
        if due_s > stretched_s:  # a scene is left out where the frame is there before anybody misses it
            if self._ended_s < frame_s <= self._began_s + self._longest_s:
                return frame_s + LATE_S
            due_s = stretched_s
        if not due_s - LATE_S < frame_s < due_s + self._busy_s + SPARE_S:
            return due_s
        if frame_s - due_s <= SLACK_S:
            return frame_s + LATE_S
        return max(self._ended_s + SPARE_S, frame_s - self._busy_s - SPARE_S)
