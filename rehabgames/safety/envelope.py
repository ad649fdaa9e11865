"""Envelope: clamps every goal, level and trial to the therapist's limits. Hazards H1 and H4.

Source: SAFETY "Range": targets stay 5° inside the limit. A line shoulder → goal at the limit is
the highest the upper arm can get for that goal when the elbow hangs, so the clamp is on the safe
side for a bent arm.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from rehabgames.core.exercise import Axis
from rehabgames.core.limits import Limits
from rehabgames.core.trial import Goal, Space, TrialSpec
from rehabgames.safety import spaces
from rehabgames.safety.merge import tightest
from rehabgames.safety.room import nearest_open, room, span_deg
from rehabgames.safety.walls import (
    LONGEST_TRIAL_S,
    MARGIN_DEG,
    MOST_OF_RANGE,
    MOST_OTHERS,
    NEAREST,
    SLOWEST,
    SMALLEST_RADIUS,
    inside,
    number,
)

_BY_TIME = {"time": 1, "tempo": -1}  # axes whose level is the time for a trial, or a rate

SLACK = 0.05  # of the unit of a space, by which what is shown may be beside what was asked

Levels = dict[str, float]
Rules = tuple[str, ...]


class Envelope:
    """limits: what the therapist allows. Values that are not finite become the strictest ones."""

    def __init__(self, limits: Limits) -> None:
        self.limits = tightest(limits)
        self._span_deg = span_deg(self.limits)

    @property
    def steepest_deg(self) -> float:
        """Highest elevation that is ever asked for."""
        return self._span_deg[1]

    @property
    def farthest(self) -> float:
        """Longest distance that is ever asked for, arm lengths."""
        return max(NEAREST, self.limits.reach)

    def tightened(self, limits: Limits) -> Envelope:
        """An envelope of both limits; never looser than this one."""
        return Envelope(tightest(self.limits, limits))

    def goal(self, goal: Goal) -> tuple[Goal, Rules]:
        """The nearest allowed goal, and the names of the rules that moved it.

        Where no direction has any room it is a goal at NEAREST, which `allows` refuses.
        """
        if goal.space != "arm":
            return spaces.allowed(self.limits, goal)
        rules: list[str] = []
        lowest, highest = self._span_deg
        direction = inside(goal.direction_deg, lowest, highest, 0.0)
        if direction != goal.direction_deg:
            rules.append("across" if goal.direction_deg < lowest else "shoulder_elevation")
        turned = nearest_open(self.limits, direction)
        if turned not in {None, direction}:
            rules.append("sector")
        direction = direction if turned is None else turned
        distance = inside(goal.distance, NEAREST, max(NEAREST, room(self.limits, direction)), NEAREST)
        if distance != goal.distance:
            rules.append("reach")
        radius = inside(goal.radius, SMALLEST_RADIUS, 1.0, 1.0)
        if radius != goal.radius:
            rules.append("size")
        hold_s = inside(goal.hold_s, 0.0, max(0.0, self.limits.hold_s), 0.0)
        if hold_s != goal.hold_s:
            rules.append("hold")
        return Goal(direction, distance, radius, hold_s), tuple(rules)

    def allows(self, goal: Goal) -> bool:
        """The goal stands inside as it is."""
        if self.goal(goal)[0] != goal:
            return False
        return goal.space != "arm" or room(self.limits, goal.direction_deg) >= NEAREST

    def shows(self, at: tuple[float, float], outward: float, space: Space) -> bool:
        """Whoever reaches for this place (play coordinates) stays inside the limits, but for SLACK."""
        if not all(map(math.isfinite, at)):
            return False
        asked = spaces.goal_at(at, outward, space)
        near = space == "arm" and asked.distance <= NEAREST
        return near or math.dist(self.goal(asked)[0].xy(outward), asked.xy(outward)) <= SLACK

    def trial(self, spec: TrialSpec) -> TrialSpec:
        """The same trial inside the limits; `clamped` says what was moved. A goal that was drawn nearer
        lowers the level of distance by as much, so that the record and the adapter hear what was asked; other
        things that may not stand where they are are left out, and the level of load is lowered likewise."""
        goal, goal_rules = self.goal(spec.goal)
        place, place_rules = (None, ()) if spec.place is None else self.goal(spec.place)
        way = tuple(self.goal(each)[0] for each in spec.way)
        way_rules = ("way",) if way != spec.way else ()
        grip = inside(spec.grip, 0.0, MOST_OF_RANGE, 0.0)
        grip_rules = ("grip",) if grip != spec.grip else ()
        moved = replace(spec, goal=goal, place=place, way=way, grip=grip)
        limit_s, time_rules = self._time(moved)
        moved = replace(moved, limit_s=limit_s)
        others = self._others(spec.others, goal, place)
        other_rules = ("others",) if others != spec.others else ()
        rules = (*spec.clamped, *goal_rules, *place_rules, *way_rules, *grip_rules, *time_rules, *other_rules)
        return replace(
            moved,
            levels=_lowered(spec, moved, len(others)),
            clamped=tuple(dict.fromkeys(rules)),
            others=others,
        )

    def still_allows(self, spec: TrialSpec) -> bool:
        """Nothing of this trial would be moved now. False: a running trial has to be abandoned."""
        limit_s, _ = self._time(spec)
        return all(map(self.allows, (*spec.goals, *spec.others))) and limit_s == spec.limit_s

    def levels(self, levels: Mapping[str, float], axes: Sequence[Axis]) -> tuple[Levels, Rules]:
        """One finite level for each axis, between its lowest and highest; ("level",) where that moved one.

        A level that is missing becomes the axis's start, one that is no number the easiest; names
        without an axis are dropped.
        """
        allowed = {
            axis.name: inside(
                number(levels.get(axis.name, axis.start)), axis.lowest, axis.highest, axis.easiest
            )
            for axis in axes
        }
        return allowed, () if allowed == dict(levels) else ("level",)

    def axes(
        self, axes: Sequence[Axis], reach_of: Callable[[float], float], directions: Sequence[float]
    ) -> tuple[Axis, ...]:
        """The axes, that of "distance" cut to the farthest level that some direction can be asked.

        reach_of: direction_deg → calibrated reach, arm lengths. Directions whose reach is not above 0
        are passed over; where none is left the axis stays at its lowest.
        """
        most = [self._level(direction, number(reach_of(direction))) for direction in directions]
        return tuple(_cut(axis, max(most, default=0.0)) if axis.name == "distance" else axis for axis in axes)

    def angle(self, signal: str, asked_deg: float) -> tuple[float, Rules]:
        """The nearest angle that may be asked of this signal, 5° inside its limits; (value, rules).

        A range too small for that, and an angle that is no number, give the middle of the range.
        Without limits every finite angle is allowed, and one that is not finite becomes 0.
        """
        if signal not in self.limits.angles_deg:
            return (asked_deg, ()) if math.isfinite(asked_deg) else (0.0, ("angle",))
        lowest, highest = self.limits.angles_deg[signal]
        middle = (lowest + highest) / 2
        lowest, highest = lowest + MARGIN_DEG, highest - MARGIN_DEG
        allowed = middle if lowest > highest else inside(asked_deg, lowest, highest, middle)
        return allowed, () if allowed == asked_deg else ("angle",)

    def exercise_allowed(self, posture: str, support: bool | None) -> str | None:
        """None, or why it is refused. Standing needs both the therapist's word and a support in reach."""
        if posture == "sitting":
            return None
        if posture != "standing":
            return "posture_unknown"
        if not self.limits.standing:
            return "standing_locked"
        return None if support is True else "support_unconfirmed"

    def _others(self, others: tuple[Goal, ...], goal: Goal, place: Goal | None) -> tuple[Goal, ...]:
        """Those that may stand where they are: inside the limits, no farther than the goal, clear of it and
        of the place. Their size and hold are clamped like the goal's."""
        kept = []
        for other in others[:MOST_OTHERS]:
            clamped, _ = self.goal(other)
            there = (clamped.direction_deg, clamped.distance) == (other.direction_deg, other.distance)
            clear = _apart(clamped, goal) and (place is None or _apart(clamped, place))
            if there and clear and other.distance <= goal.distance and self.allows(clamped):
                kept.append(clamped)
        return tuple(kept)

    def _time(self, spec: TrialSpec) -> tuple[float, Rules]:
        """Time enough for the whole way at the fastest mean speed, from wherever it begins."""
        needed_s = spaces.needed_s(spec.goals, max(SLOWEST, self.limits.speed))
        given_s = inside(spec.limit_s, 1.0, max(LONGEST_TRIAL_S, needed_s), LONGEST_TRIAL_S)
        return (needed_s, ("speed",)) if given_s < needed_s else (given_s, ())

    def _level(self, direction_deg: float, reach: float) -> float:
        """Level of distance that just fits in this direction; 0 where there is none."""
        asked, _ = self.goal(Goal(direction_deg, math.inf, 1.0, 0.0))
        most = room(self.limits, asked.direction_deg)
        return most / reach if most >= NEAREST and 0 < reach < math.inf else 0.0


def _lowered(asked: TrialSpec, moved: TrialSpec, others: int) -> Levels:
    """The levels, so far lowered as what they stand for was drawn nearer, given more time, or left out."""
    levels, far = dict(asked.levels), spaces.FAR[asked.goal.space]
    if levels.get(far, 0.0) > 0 and moved.goal.distance < asked.goal.distance < math.inf:
        levels[far] *= moved.goal.distance / asked.goal.distance
    if others < len(asked.others) and "load" in levels:
        levels["load"] = min(levels["load"], float(others))
    if moved.grip < asked.grip < math.inf and "grip" in levels:
        levels["grip"] *= moved.grip / asked.grip
    farthest, was = (max((each.distance for each in spec.way), default=0.0) for spec in (moved, asked))
    if "push" in levels and farthest < was < math.inf:
        levels["push"] *= farthest / was
    if 0 < asked.limit_s < moved.limit_s:
        slower = moved.limit_s / asked.limit_s
        for name in levels.keys() & _BY_TIME.keys():
            levels[name] *= slower ** _BY_TIME[name]
    return levels


def _apart(one: Goal, other: Goal) -> bool:
    return math.dist(one.xy(1.0), other.xy(1.0)) >= one.radius + other.radius


def _cut(axis: Axis, most: float) -> Axis:
    top = most if most > 0 else axis.lowest
    return replace(
        axis, easiest=min(axis.easiest, top), hardest=min(axis.hardest, top), start=min(axis.start, top)
    )
