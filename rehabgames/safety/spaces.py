"""Spaces: the limits of goals that no arm reaches for: shifts of weight, hands in the picture, grips.

What is asked is a share of what a calibration found of this person, so the own range is the wall; a
therapist may draw it nearer.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Final

from rehabgames.core.limits import Limits
from rehabgames.core.trial import Goal, Space
from rehabgames.safety.walls import IN_THE_PICTURE, MOST_OF_RANGE, SMALLEST_RADIUS, inside

# the axis that says how far a goal of this space is away
FAR: Final[dict[Space, str]] = {
    "arm": "distance",
    "shift": "shift",
    "picture": "distance",
    "grip": "amplitude",
}
# where it may be when a trial begins, and the fastest mean speed that is asked, in the space's unit (/ s);
# of the arm a therapist sets it
ELSEWHERE: Final[dict[Space, float]] = {"arm": 1.0, "shift": 1.0, "picture": 1.0, "grip": 1.0}
FASTEST: Final[dict[Space, float]] = {"shift": 2.0, "picture": 2.0, "grip": 8.0}
BESIDE: Final = 90.0


def farthest(limits: Limits, space: Space) -> float:
    """Longest distance that is asked in this space, which is not the arm's."""
    if space == "picture":
        return IN_THE_PICTURE
    return MOST_OF_RANGE if space == "grip" else inside(limits.shift, 0.0, MOST_OF_RANGE, 0.0)


def allowed(limits: Limits, goal: Goal) -> tuple[Goal, tuple[str, ...]]:
    """The nearest allowed goal, and the names of the rules that moved it. Not for the arm's space."""
    rules: list[str] = []
    direction, distance = _direction(goal), goal.distance
    if direction != goal.direction_deg:
        rules.append("direction")
        distance = distance if math.isfinite(goal.direction_deg) else 0.0
    distance = inside(distance, 0.0, farthest(limits, goal.space), 0.0)
    if distance != goal.distance:
        rules.append(goal.space)
    radius = inside(goal.radius, SMALLEST_RADIUS, 1.0, 1.0)
    if radius != goal.radius:
        rules.append("size")
    hold_s = inside(goal.hold_s, 0.0, max(0.0, limits.hold_s), 0.0)
    if hold_s != goal.hold_s:
        rules.append("hold")
    return Goal(direction, distance, radius, hold_s, goal.space), tuple(rules)


def goal_at(at: tuple[float, float], outward: float, space: Space) -> Goal:
    """The goal whose place is there (play coordinates, finite); of a shift only what is beside counts."""
    x, y = at
    if space == "shift":
        return Goal(BESIDE if x >= 0 else -BESIDE, abs(x), 1.0, 0.0, space)
    side = outward if space == "arm" else 1.0
    return Goal(math.degrees(math.atan2(side * x, -y)), math.hypot(x, y), 1.0, 0.0, space)


def _direction(goal: Goal) -> float:
    if goal.space == "grip":
        return 0.0
    if goal.space == "picture":
        return goal.direction_deg if math.isfinite(goal.direction_deg) else 0.0
    return -BESIDE if math.isfinite(goal.direction_deg) and goal.direction_deg < 0 else BESIDE


def needed_s(goals: Sequence[Goal], arm_speed: float) -> float:
    """Time for the whole way at the fastest mean speed, from wherever it begins. goals: of one space, in
    order."""
    if not goals:
        return 0.0
    space = goals[0].space
    speed = arm_speed if space == "arm" else FASTEST[space]
    places = [goal.xy(1.0) for goal in goals]
    way = ELSEWHERE[space] + goals[0].distance
    way += sum(math.dist(a, b) for a, b in itertools.pairwise(places))
    return way / speed + sum(goal.hold_s for goal in goals)
