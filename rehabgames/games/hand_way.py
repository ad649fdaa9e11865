"""HandWay: what is taken note of while a hand is on its way to a goal. NaN stands for what is not known."""

from __future__ import annotations

import itertools
import math
from typing import Final

from rehabgames.games.game import Point

STEP: Final = 0.02  # between two places of the way: what trembles in place is no way
NEAR: Final = 0.1  # a shorter way has no path to speak of


class HandWay:
    """goal: the place that is asked for; radius: of its rim.

    nearest  least distance of the hand to the goal's middle
    reached  furthest along the line from the origin to the goal
    came_s   when the hand first was inside the rim
    way      places of the hand until then, at least STEP apart
    """

    def __init__(self, goal: Point, radius: float) -> None:
        self._goal, self._radius = goal, radius
        self._away = math.hypot(*goal)
        self.nearest = self.reached = self.came_s = math.nan
        self.way: list[Point] = []

    def watch(self, hand: Point, clock_s: float) -> float:
        """The hand is here now; its distance to the goal's middle."""
        off = math.dist(hand, self._goal)
        self.nearest = off if math.isnan(self.nearest) else min(off, self.nearest)
        if self._away > 0:
            along = (hand[0] * self._goal[0] + hand[1] * self._goal[1]) / self._away
            self.reached = along if math.isnan(self.reached) else max(along, self.reached)
        if math.isnan(self.came_s):
            if not self.way or math.dist(hand, self.way[-1]) >= STEP:
                self.way.append(hand)
            if off <= self._radius:
                self.came_s = clock_s
        return off

    @property
    def ratio(self) -> float:
        """Way of the hand to the rim over the straight line; NaN where it never came or hardly moved."""
        if math.isnan(self.came_s) or len(self.way) < 2:
            return math.nan
        straight = math.dist(self.way[0], self.way[-1])
        return max(1.0, long(self.way) / straight) if straight >= NEAR else math.nan


def long(way: list[Point] | tuple[Point, ...]) -> float:
    """Length of a way through these places."""
    return sum(math.dist(a, b) for a, b in itertools.pairwise(way))
