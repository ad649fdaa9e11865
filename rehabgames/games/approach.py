"""Approach: how near the hand came to a goal, how far, how soon and how straight."""

from __future__ import annotations

import itertools
import math
from typing import Final

from rehabgames.core.trial import Goal
from rehabgames.games.game import Point

STEP: Final = 0.02  # of the space's unit, between two places of the way: what trembles in place is no way
NEAR: Final = 0.1  # a shorter approach has no path to speak of
NOWHERE: Final = Goal(0.0, 0.0, 0.0, 0.0)  # before there is a goal


class Approach:
    """`step` it with every picture until the goal is done with. All numbers are in the unit of the goal's
    space.

    margin   radius less the nearest distance to the goal's middle; NaN before the first step
    reached  furthest it came along the goal's direction; NaN where a goal in the origin has none
    reach_s  when it first was inside; NaN where it never was
    """

    def __init__(self, goal: Goal, outward: float) -> None:
        self._goal = goal
        self._at = goal.xy(outward)
        self._way: list[Point] = []
        self.margin = self.reached = self.reach_s = math.nan

    def away(self, hand: Point) -> float:
        """Distance from the goal's middle."""
        return math.dist(hand, self._at)

    def inside(self, hand: Point, share: float = 1.0) -> bool:
        """Inside so many of its radii."""
        return self.away(hand) <= share * self._goal.radius

    def step(self, hand: Point, clock_s: float) -> None:
        """clock_s: since the goal appeared; hand: finite."""
        x, y = self._at
        far = math.hypot(x, y)
        margin = self._goal.radius - self.away(hand)
        self.margin = margin if math.isnan(self.margin) else max(self.margin, margin)
        if far > 0:
            along = (hand[0] * x + hand[1] * y) / far
            self.reached = along if math.isnan(self.reached) else max(self.reached, along)
        if not math.isnan(self.reach_s):
            return
        if not self._way or math.dist(hand, self._way[-1]) >= STEP:
            self._way.append(hand)
        if margin >= 0:
            self.reach_s = clock_s

    def path_ratio(self) -> float:
        """Way of the hand to the goal over the straight line; NaN where it never came or hardly moved."""
        if math.isnan(self.reach_s) or len(self._way) < 2:
            return math.nan
        straight = math.dist(self._way[0], self._way[-1])
        way = sum(math.dist(a, b) for a, b in itertools.pairwise(self._way))
        return max(1.0, way / straight) if straight >= NEAR else math.nan

    def measures(self) -> dict[str, float]:
        """What an outcome says of it, by its names there."""
        return {
            "margin": self.margin,
            "reached": self.reached,
            "reach_s": self.reach_s,
            "path_ratio": self.path_ratio(),
        }
