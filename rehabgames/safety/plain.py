"""Plain values from anywhere: what a stranger gave, taken apart and built anew. Nothing here raises."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, get_args

from rehabgames.core.message import Message
from rehabgames.core.trial import Goal, Space, TrialSpec
from rehabgames.safety.walls import LONGEST_WAY, MOST_OTHERS, number

SPACES: Final = get_args(Space)


def plain_trial(asked: object) -> TrialSpec | None:
    """A copy of a TrialSpec whose parts have the types they ought to have, else None."""
    try:
        return _copied(asked) if isinstance(asked, TrialSpec) else None
    except Exception:  # whatever a stranger's objects raise when they are looked at
        return None


def plain_levels(asked: object) -> dict[str, float] | None:
    """A mapping's names and numbers, NaN for what is none; None for what is no mapping."""
    try:
        return {str(k): number(v) for k, v in asked.items()} if isinstance(asked, Mapping) else None
    except Exception:  # as above
        return None


def _copied(asked: TrialSpec) -> TrialSpec | None:
    levels = {str(name): number(level) for name, level in dict(asked.levels).items()}
    named = type(asked.number) is int and all(type(rule) is str for rule in asked.clamped)
    judged = type(asked.probe) is bool and isinstance(asked.why, Message | None)
    judged = judged and type(asked.others) is tuple and type(asked.way) is tuple
    if not named or not judged or not all(map(math.isfinite, levels.values())):
        return None
    copy = TrialSpec(
        number=asked.number,
        levels=levels,
        goal=_goal(asked.goal),
        place=None if asked.place is None else _goal(asked.place),
        limit_s=number(asked.limit_s),
        clamped=tuple(asked.clamped),
        why=asked.why,
        probe=asked.probe,
        others=tuple(map(_goal, asked.others[:MOST_OTHERS])),
        way=tuple(map(_goal, asked.way[:LONGEST_WAY])),
        grip=number(asked.grip),
    )
    one_space = len({goal.space for goal in (*copy.goals, *copy.others)}) == 1
    return copy if one_space else None


def _goal(goal: Goal) -> Goal:
    """The envelope makes numbers of what is none; what has no such parts raises AttributeError."""
    if goal.space not in SPACES:
        raise ValueError(goal.space)
    return Goal(
        number(goal.direction_deg),
        number(goal.distance),
        number(goal.radius),
        number(goal.hold_s),
        str(goal.space),  # type: ignore[arg-type]  # one of SPACES
    )
