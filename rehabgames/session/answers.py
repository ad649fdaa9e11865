"""Answers: whether what a stranger's game says can be shown and written down. Nothing here raises."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, Final, get_args

import numpy as np

from rehabgames.core.message import Message
from rehabgames.core.trial import Outcome, OutcomeReason
from rehabgames.core.view import Cue, Target, TargetKind, Thing, ThingState

FARTHEST: Final = 20.0  # play coordinates: what is farther away is on no screen
WIDEST: Final = 1.0  # radius of anything, play coordinates; large pictures take seconds to draw
MOST_AREA: Final = 40.0  # of all that is shown at once, radii squared
LARGEST: Final = 1e12  # of a number that is said
LONGEST_WAY: Final = 200  # points of a line
LONGEST_TEXT: Final = 200

_NUMBERS: Final = ("margin", "reached", "reach_s", "duration_s", "path_ratio")
_FLAGS: Final = ("compensated", "tolerated", "assisted")


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
            shown = _at(answer.x, answer.y, answer.radius) and _number(answer.hold)
            return known and shown and 0.0 <= answer.hold <= 1.0
        case Thing():
            known = _text(answer.key) and _text(answer.kind) and answer.state in get_args(ThingState)
            turned = _number(answer.angle_rad) and _number(answer.share)
            return known and turned and _at(answer.x, answer.y, answer.radius) and _way(answer.way)
        case Cue():
            return _text(answer.kind) and _at(answer.x, answer.y)
        case Message():
            return _text(answer.id) and all(_text(name) and _said(it) for name, it in answer.params.items())
        case Outcome():
            return _outcome(answer)
    return False


def _outcome(outcome: Outcome) -> bool:
    numbers = [getattr(outcome, name) for name in _NUMBERS]
    flags = [getattr(outcome, name) for name in _FLAGS]
    judged = outcome.success is None or isinstance(outcome.success, bool | np.bool_)
    named = type(outcome.number) is int and outcome.reason in get_args(OutcomeReason)
    # NaN is unknown; there is no infinite way
    known = all(isinstance(it, int | float | np.number) and not math.isinf(it) for it in numbers)
    return judged and named and known and all(isinstance(it, bool | np.bool_) for it in flags)


def plain_outcome(outcome: Outcome) -> Outcome:
    """The same of Python's own types, as the record wants them. The outcome is sound."""
    parts: dict[str, Any] = {name: float(getattr(outcome, name)) for name in _NUMBERS}
    parts |= {name: bool(getattr(outcome, name)) for name in _FLAGS}
    return replace(outcome, success=None if outcome.success is None else bool(outcome.success), **parts)


def too_large(shown: tuple[object, ...]) -> bool:
    """Things that together would take long to draw. They are sound."""
    return sum(each.radius**2 for each in shown if isinstance(each, Thing)) > MOST_AREA


def _way(way: object) -> bool:
    if type(way) is not tuple or len(way) > LONGEST_WAY:
        return False
    return all(len(point) == 2 and _at(*point) for point in way)


def _at(x: object, y: object, radius: object = 0.0) -> bool:
    near = all(_number(it) and abs(it) <= FARTHEST for it in (x, y))  # type: ignore[arg-type]  # a number
    return near and _number(radius) and 0.0 <= radius <= WIDEST  # type: ignore[operator]  # a number


def _number(value: object) -> bool:
    """numpy's own among them."""
    return isinstance(value, int | float | np.number) and math.isfinite(value)


def _text(value: object) -> bool:
    """No letters that no font and no terminal has: controls, halves of pairs."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT and value.isprintable()


def _said(value: object) -> bool:
    return _text(value) or value == "" or (_number(value) and abs(value) <= LARGEST)  # type: ignore[arg-type]
