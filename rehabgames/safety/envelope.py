"""Envelope: clamps every goal and every trial to the therapist's limits.

Source: SAFETY "Range": targets stay 5° inside the limit. A line shoulder → goal at the limit is
the highest the upper arm can get for that goal when the elbow hangs, so the clamp is on the safe
side for a bent arm.
"""

from __future__ import annotations

import math
from dataclasses import replace

from rehabgames.core.limits import Limits
from rehabgames.core.trial import Goal, TrialSpec

MARGIN_DEG = 5.0
NEAREST = 0.15  # arm lengths: a goal inside the own shoulder cannot be reached
SMALLEST_RADIUS = 0.03
LONGEST_HOLD_S = 5.0
LONGEST_TRIAL_S = 60.0


class Envelope:
    """limits: what the therapist allows. Values that are not finite become the safest ones, also here."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits

    @property
    def steepest_deg(self) -> float:
        """Highest elevation that is ever asked for."""
        return _inside(self.limits.shoulder_elevation_deg - MARGIN_DEG, 0.0, 180.0, 0.0)

    @property
    def farthest(self) -> float:
        """Longest distance that is ever asked for, arm lengths."""
        return _inside(self.limits.reach, NEAREST, math.inf, NEAREST)

    def goal(self, goal: Goal) -> tuple[Goal, tuple[str, ...]]:
        """The nearest allowed goal, and the names of the rules that moved it."""
        rules: list[str] = []
        direction = _inside(goal.direction_deg, -self.steepest_deg, self.steepest_deg, 0.0)
        if direction != goal.direction_deg:
            rules.append("shoulder_elevation")
        distance = _inside(goal.distance, NEAREST, self.farthest, NEAREST)
        if distance != goal.distance:
            rules.append("reach")
        radius = _inside(goal.radius, SMALLEST_RADIUS, 1.0, 1.0)
        hold_s = _inside(goal.hold_s, 0.0, LONGEST_HOLD_S, 0.0)
        if (radius, hold_s) != (goal.radius, goal.hold_s):
            rules.append("size")
        return Goal(direction, distance, radius, hold_s), tuple(rules)

    def trial(self, spec: TrialSpec) -> TrialSpec:
        """The same trial inside the limits; `clamped` says what was moved. A goal that was drawn nearer
        lowers the level of distance by as much, so that the record and the adapter hear what was asked."""
        goal, goal_rules = self.goal(spec.goal)
        place, place_rules = self.goal(spec.place)
        limit_s = _inside(spec.limit_s, 1.0, LONGEST_TRIAL_S, LONGEST_TRIAL_S)
        rules = tuple(dict.fromkeys((*spec.clamped, *goal_rules, *place_rules)))
        levels = dict(spec.levels)
        if "reach" in goal_rules and "distance" in levels and 0 < spec.goal.distance < math.inf:
            levels["distance"] *= goal.distance / spec.goal.distance
        return replace(spec, levels=levels, goal=goal, place=place, limit_s=limit_s, clamped=rules)


def _inside(value: float, lowest: float, highest: float, otherwise: float) -> float:
    if not math.isfinite(value):
        return otherwise
    return min(highest, max(lowest, value))
