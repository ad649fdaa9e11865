"""Answers: whether what a stranger's game says can be shown and written down. Nothing here raises."""

from __future__ import annotations

import math
from typing import Final, get_args

from rehabgames.core.message import Message
from rehabgames.core.trial import Outcome, OutcomeReason
from rehabgames.core.view import Cue, Target, TargetKind, Thing, ThingState

FARTHEST: Final = 20.0  # play coordinates: what is farther away is on no screen
WIDEST: Final = 3.0  # radius of anything, play coordinates
LONGEST_WAY: Final = 200  # points of a line
LONGEST_TEXT: Final = 200


def sound(answer: object) -> bool:
    """True for a Target, Thing, Message, Cue or Outcome all of whose parts are what they ought to be."""
    try:
        return _sound(answer)
    except Exception:  # whatever a stranger's objects raise when they are looked at
        return False


def _sound(answer: object) -> bool:
    match answer:
        case Target():
            known = answer.kind in get_args(TargetKind) and type(answer.number) is int
            return known and _at(answer.x, answer.y, answer.radius) and _number(answer.hold)
        case Thing():
            known = _text(answer.key) and _text(answer.kind) and answer.state in get_args(ThingState)
            turned = _number(answer.angle_rad) and _number(answer.share)
            return known and turned and _at(answer.x, answer.y, answer.radius) and _way(answer.way)
        case Cue():
            return _text(answer.kind) and _at(answer.x, answer.y)
        case Message():
            said = all(
                _text(name) and isinstance(it, str | int | float) for name, it in answer.params.items()
            )
            return _text(answer.id) and said
        case Outcome():
            return _outcome(answer)
    return False


def _outcome(outcome: Outcome) -> bool:
    numbers = (outcome.margin, outcome.reached, outcome.reach_s, outcome.duration_s, outcome.path_ratio)
    flags = (outcome.compensated, outcome.tolerated, outcome.assisted)
    judged = outcome.success is None or type(outcome.success) is bool
    named = type(outcome.number) is int and outcome.reason in get_args(OutcomeReason)
    # NaN is unknown; there is no infinite way
    known = all(type(it) in (int, float) and not math.isinf(it) for it in numbers)
    return judged and named and known and all(type(it) is bool for it in flags)


def _way(way: object) -> bool:
    if type(way) is not tuple or len(way) > LONGEST_WAY:
        return False
    return all(len(point) == 2 and _at(*point) for point in way)


def _at(x: object, y: object, radius: object = 0.0) -> bool:
    near = all(_number(it) and abs(it) <= FARTHEST for it in (x, y))  # type: ignore[arg-type]  # a number
    return near and _number(radius) and 0.0 <= radius <= WIDEST  # type: ignore[operator]  # a number


def _number(value: object) -> bool:
    """numpy's own floats among them."""
    return isinstance(value, int | float) and math.isfinite(value)


def _text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT
