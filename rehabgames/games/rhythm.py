"""Rhythm: the beats of a bar that counts in and a bar that is played, and what was tapped on them.

Time runs from the beginning of the trial. Beat k is in the middle of the k-th interval, so that half an
interval of quiet lies before the first and after the last. Beats 0 .. beats-1 count in.
"""

from __future__ import annotations

import math

from rehabgames.games.tapping import Tap


class Rhythm:
    """beats: of one bar; tolerance: share of the interval by which a tap may be off."""

    def __init__(self, beats: int, interval_s: float, tolerance: float) -> None:
        self.beats, self.interval_s, self.tolerance = beats, interval_s, tolerance
        self.hit: set[int] = set()  # beats of the bar, from 0, tapped in time and wide enough
        self.taps = self._between = 0
        self._seen_s = 0.0
        self._widest = [-math.inf] * beats
        self._in_time: dict[int, float] = {}

    def beat_at(self, now_s: float) -> int:
        """How many beats have sounded, the last one at 2 * beats."""
        return max(0, min(2 * self.beats, math.floor(now_s / self.interval_s + 0.5)))

    def next_beat(self, now_s: float) -> int:
        """The beat that comes next; the last one when none comes any more."""
        return min(2 * self.beats - 1, self.beat_at(now_s))

    def beat_of(self, now_s: float) -> int:
        """The beat in whose interval this moment lies; below 0 and over the last for moments outside."""
        return math.floor(now_s / self.interval_s)

    def to_go(self, k: int, now_s: float) -> float:
        """Intervals until beat k, negative after it."""
        return k + 0.5 - now_s / self.interval_s

    def saw(self, now_s: float, dt_s: float, grip: float) -> None:
        """The fingers were so far closed for dt_s, in the bar that is played."""
        k = self.beat_of(now_s) - self.beats
        if 0 <= k < self.beats and math.isfinite(grip):
            self._seen_s += dt_s
            self._widest[k] = max(self._widest[k], 1.0 - grip)

    def tapped(self, tap: Tap, *, wide: bool) -> bool:
        """True where this tap is the first that hits a beat of the bar."""
        whole = self.beat_of(tap.at_s)
        k = whole - self.beats
        if not 0 <= k < self.beats:
            return False
        self.taps += 1
        if abs(self.to_go(whole, tap.at_s)) > self.tolerance:
            self._between += 1
            return False
        self._in_time[k] = max(tap.opening, self._in_time.get(k, -math.inf))
        new = wide and k not in self.hit
        self.hit |= {k} if wide else set()
        return new

    @property
    def seen(self) -> bool:
        """The fingers were seen for half of the bar at least."""
        return self._seen_s >= self.beats * self.interval_s / 2

    def in_time(self, needed: int) -> bool:
        """So many beats were tapped, and it was not tapped between them all as well."""
        return len(self._in_time) >= needed and self._between < self.beats

    def opened_in_time(self, needed: int) -> float:
        """How wide it was opened, or wider, for so many of the beats that were tapped in time."""
        return sorted(self._in_time.values(), reverse=True)[needed - 1]

    def opened(self, needed: int) -> float:
        """The same for the intervals of all beats, tapped or not; 0 where too few were seen."""
        return max(0.0, sorted(self._widest, reverse=True)[needed - 1])
