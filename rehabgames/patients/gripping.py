"""Gripping: opening and closing a hand to what the screen asks for, as shares 0 fist .. 1 flat hand."""

from __future__ import annotations

from typing import Final

import numpy as np

from rehabgames.core.view import Target
from rehabgames.patients.kinds import Kind
from rehabgames.patients.motor import minimum_jerk

AT_REST: Final = 0.8
CLOSING: Final = 0.3  # of a movement's time: the fingers are lighter than the arm
THERE: Final = 0.97  # of a target's radius: near enough to close the hand
TIMING_S: Final = (0.03, 0.5)  # spread of the moment: of everybody, and so much more per endpoint noise
SCREEN_S: Final = 0.06  # what is seen is so old
KEEPS: Final = 0.05  # spread of how far a hand closes, share of its range


def opened(kind: Kind) -> float:
    """As far as this hand opens."""
    return AT_REST + (1.0 - AT_REST) * kind.grip


def closed(kind: Kind) -> float:
    """As far as it closes."""
    return AT_REST * (1.0 - kind.grip)


class Gripping:
    """Told what is seen, it says how open the hand is. Movements follow each other: a new one begins where
    the last one is."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._start = self._end = AT_REST
        self._begin_s, self._duration_s = 0.0, 1.0
        self._then: tuple[float, float, float] | None = None  # when, how open, how long it takes
        self._seen: tuple[int, float, float] | None = None  # number, share, time of the last look
        self._tapped: int | None = None
        self._error_s = 0.0
        self._number: int | None = None

    def at(self, t_s: float) -> float:
        if self._then is not None and t_s >= self._then[0]:
            when, end, duration_s = self._then
            self._then = None
            self._aim(end, when, duration_s)
        share = min(1.0, max(0.0, (t_s - self._begin_s) / self._duration_s))
        return self._start + (self._end - self._start) * minimum_jerk(share)

    def to(self, end: float, t_s: float, duration_s: float) -> None:
        """Go there now, unless that is where it goes already."""
        if abs(self._end - end) > 1e-6 or self._then is not None:
            self.at(t_s)
            self._then = None
            self._aim(end, t_s, duration_s)

    def look(self, target: Target, off: float, kind: Kind, t_s: float) -> None:
        """off: how far the hand is from the target's middle, in its unit."""
        if target.number != self._number:
            self._number = target.number
            self._error_s = float(self._rng.normal(0.0, TIMING_S[0] + TIMING_S[1] * kind.noise))
        slow_s = CLOSING * kind.movement_s
        near = off <= THERE * target.radius
        if target.kind == "tap":
            self._tap(target, kind, t_s)
        elif target.kind == "grasp":
            self.to(self._closing(kind) if near else opened(kind), t_s, slow_s)
        elif target.kind == "release":
            if near:
                self.to(opened(kind), t_s, slow_s)
        elif target.kind == "pinch":
            self._pinch(target, near=near, kind=kind, t_s=t_s)
        self._seen = (target.number, target.hold, t_s)

    def rest(self, t_s: float) -> None:
        self.to(AT_REST, t_s, 0.4)

    def _closing(self, kind: Kind) -> float:
        """Today's fist: the end stays the same while it goes on."""
        if self._end < AT_REST * 0.9 and self._end < opened(kind) - 0.05:
            return self._end
        least = closed(kind)
        return least + abs(float(self._rng.normal(0.0, KEEPS))) * (opened(kind) - least)

    def _left_s(self, target: Target, t_s: float) -> float:
        """Until the target's share is whole, as it looks now; inf where it does not go on."""
        if self._seen is None or self._seen[0] != target.number or t_s <= self._seen[2]:
            return float("inf")
        rate = (target.hold - self._seen[1]) / (t_s - self._seen[2])
        return (1.0 - target.hold) / rate - SCREEN_S if rate > 1e-6 else float("inf")

    def _tap(self, target: Target, kind: Kind, t_s: float) -> None:
        """Close to the beat and open at once; one tap for each number."""
        closing_s = CLOSING * kind.movement_s
        if self._tapped == target.number:
            return
        if self._left_s(target, t_s) <= 0.6 * closing_s + self._error_s:
            self._tapped = target.number
            self.to(self._closing(kind), t_s, closing_s)
            self._then = (t_s + closing_s, opened(kind), closing_s)

    def _pinch(self, target: Target, *, near: bool, kind: Kind, t_s: float) -> None:
        """Keep it closed until what is seen to go on will be enough when the fingers are open."""
        slow_s = CLOSING * kind.movement_s
        enough = target.hold >= 1.0 or self._left_s(target, t_s) <= 0.4 * slow_s + self._error_s
        if enough and self._seen is not None and self._seen[0] == target.number:
            self._tapped = target.number
        if self._tapped == target.number or not near:
            self.to(opened(kind), t_s, slow_s)
        else:
            self.to(self._closing(kind), t_s, slow_s)

    def _aim(self, end: float, t_s: float, duration_s: float) -> None:
        share = min(1.0, max(0.0, (t_s - self._begin_s) / self._duration_s))
        self._start += (self._end - self._start) * minimum_jerk(share)
        self._end, self._begin_s, self._duration_s = end, t_s, max(0.05, duration_s)
