"""Graded: how far inside or short a try was, in typical spreads of this person.

Where distance, shift, amplitude or size is adapted, by distance: how deep inside the goal's rim the hand
was at its best, or how short of it. A hand that gets there stays near the middle, however much farther it
could have gone: beyond SATURATED of the radius it was so far inside at least. Where time is adapted, by the
time left over.
Where load is adapted (other things to choose from) a try is a success or not: the time to choose cannot be
told from the time to move, which has reasons of its own. A wrong choice says nothing of distance or time.

The spread is the person's own: how much from try to try the hand falls short by more or less, at goals it
does not reach the middle of, as a share of the calibrated reach.
"""

from __future__ import annotations

import math
import statistics
from collections import deque
from collections.abc import Iterable
from typing import Final, NamedTuple

from rehabgames.core.trial import Outcome, TrialSpec

BY_MARGIN: Final = frozenset({"distance", "shift", "amplitude", "size"})
SATURATED: Final = 0.6  # of the goal's radius
FIRST_SPREAD: Final = 0.06  # arm lengths, until the person's own is known
LEAST_SPREAD: Final = 0.02
FIRST_WEIGHT: Final = 4.0  # so many tries is the first one worth
REMEMBERED: Final = 12
TIME_SPREAD: Final = 0.25  # of the time that the try took
SLOWER: Final = -0.5  # it was reached, but not in time


class Spread:
    """The spread of one person, arm lengths. `told` every judged try; `value` says what is believed now."""

    def __init__(self, short: Iterable[float] = ()) -> None:
        self.short: deque[float] = deque(short, maxlen=REMEMBERED)

    def told(self, spec: TrialSpec, outcome: Outcome) -> None:
        if math.isfinite(outcome.margin) and outcome.margin < SATURATED * spec.goal.radius:
            self.short.append(outcome.margin + spec.goal.distance - spec.goal.radius)

    @property
    def value(self) -> float:
        """Half the width of the middle half over 0.6745, drawn towards FIRST_SPREAD while few are known."""
        n = len(self.short)
        if n < 3:
            return FIRST_SPREAD
        middle = statistics.median(self.short)
        own = statistics.median(abs(x - middle) for x in self.short) / 0.6745
        return max(LEAST_SPREAD, (FIRST_WEIGHT * FIRST_SPREAD + n * own) / (FIRST_WEIGHT + n))


class Grade(NamedTuple):
    """margin in spreads, None where it is not known; at_least: it was that or more."""

    margin: float | None
    at_least: bool = False


UNKNOWN: Final = Grade(None)


def graded(spec: TrialSpec, outcome: Outcome, axis: str | None, spread: float) -> Grade:
    """How far inside or short a judged try was where this axis is adapted."""
    if outcome.success is None:
        return UNKNOWN
    if axis == "time":
        return Grade(_by_time(spec, outcome))
    if axis not in BY_MARGIN or not math.isfinite(outcome.margin):
        return UNKNOWN
    if (outcome.margin > 0) != outcome.success:
        return UNKNOWN  # reached, and then not held or brought home: not a matter of distance
    most = SATURATED * spec.goal.radius
    return Grade(min(outcome.margin, most) / spread, at_least=outcome.margin >= most)


def _by_time(spec: TrialSpec, outcome: Outcome) -> float | None:
    if not outcome.success:
        return SLOWER if math.isfinite(outcome.reach_s) else None
    if not (math.isfinite(outcome.duration_s) and outcome.duration_s > 0 and math.isfinite(spec.limit_s)):
        return None
    left_s = spec.limit_s - outcome.duration_s
    return left_s / (TIME_SPREAD * outcome.duration_s) if left_s > 0 else None
