"""Graded: how far inside or short a try was, in typical spreads of this person.

Where distance, shift, amplitude or size is adapted, by distance: how deep inside the goal's rim
the hand was at its best, or how short of it. Beyond SATURATED of the radius it was so far inside at least: a
hand that gets there stays near the middle, however much farther it could have gone. Less deep inside it may
have stopped where it was enough: that is a success and no more, unless the margin is of the `whole` course of
a try, as of a boat in its gate. Who misses more than now and then for another reason than distance (not
held, dropped, out of time) is no surer for having come near: then all successes are no more than that.
Where time is adapted, by the time left over; where a try lasts as long as it lasts, by distance too.
Where load is adapted (other things to choose from) a try is a success or not: the time to choose cannot be
told from the time to move, which has reasons of its own. A wrong choice says nothing of distance or time.

The spread is the person's own: how much farther or less far the hand comes from try to try, as a share of
what was found in that direction; and by what ratio successes differ in the time they take.
"""

from __future__ import annotations

import math
import statistics
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from rehabgames.core.trial import Outcome, TrialSpec

BY_MARGIN: Final = frozenset({"distance", "shift", "amplitude", "size"})
FAR: Final = ("distance", "shift", "amplitude")
SATURATED: Final = 0.6  # of the goal's radius
FIRST_SPREAD: Final = 0.06  # of a level, until the person's own is known
LEAST_SPREAD: Final = 0.008
FIRST_WEIGHT: Final = 2.0  # so many tries is the first one worth
REMEMBERED: Final = 12
LEAST_KNOWN: Final = 3
TAILS: Final = 4.0  # degrees of freedom: of twelve tries one may be a lapse
ROUNDS: Final = 15
NARROWEST: Final = 0.1  # of the first spread
FIRST_PACE: Final = 0.25  # spread of the logarithm of the time that tries take, until the own is known
LEAST_PACE: Final = 0.04
CLOCK: Final = 0.02  # seconds: a trial that ended so near its limit was ended by it
OTHER_REASONS: Final = 2  # so many misses of the remembered tries that were not for distance are no chance


class Reached(NamedTuple):
    """How far a try came, as a level (a share of what was found in that direction), or how long it took, as
    a logarithm. at_least: or more."""

    level: float
    at_least: bool


class Spread:
    """The spreads of one person. `told` every judged try.

    reached how far the last tries came
    paces   logarithms of the seconds that the last tries took, at least where their time was over
    astray  of the last tries, whether it missed though it came there
    """

    def __init__(
        self, reached: Iterable[Reached] = (), paces: Iterable[Reached] = (), astray: Iterable[bool] = ()
    ) -> None:
        self.reached: deque[Reached] = deque(reached, maxlen=REMEMBERED)
        self.paces: deque[Reached] = deque(paces, maxlen=REMEMBERED)
        self.astray: deque[bool] = deque(astray, maxlen=REMEMBERED)

    def told(self, spec: TrialSpec, outcome: Outcome) -> None:
        if math.isfinite(outcome.margin):
            inside = min(outcome.margin, SATURATED * spec.goal.radius)
            came = (inside + spec.goal.distance - spec.goal.radius) / _scale(spec)
            self.reached.append(Reached(came, inside < outcome.margin))
            self.astray.append(outcome.success is False and outcome.margin > 0)
        over = outcome.success is False and outcome.duration_s >= spec.limit_s - CLOCK
        if (outcome.success or over) and 0 < outcome.duration_s < math.inf:
            self.paces.append(Reached(math.log(outcome.duration_s), over))

    @property
    def by_reach(self) -> bool:
        """Whether this person misses for distance, and hardly ever for another reason."""
        return sum(self.astray) < OTHER_REASONS

    def of_margin(self, spec: TrialSpec) -> float:
        """Of how far tries come, in the unit of this goal."""
        return max(LEAST_SPREAD, _spread(self.reached, FIRST_SPREAD)) * _scale(spec)

    @property
    def of_time(self) -> float:
        """Of how long tries take, as a logarithm."""
        return max(LEAST_PACE, _spread(self.paces, FIRST_PACE))


def _spread(values: Sequence[Reached], first: float) -> float:
    """Scale of Student's t through these values, some of which are only known to be that or more; drawn
    towards the first one while few are known. By expectation and maximisation; lapses hardly count."""
    if sum(not value.at_least for value in values) < LEAST_KNOWN:
        return first
    middle, spread = statistics.median(value.level for value in values), first
    for _ in range(ROUNDS):
        weights = total = squares = 0.0
        for level, at_least in values:
            z = (level - middle) / spread
            if at_least:
                beyond = _beyond(z)
                weight, expected, square = 1.0, middle + spread * beyond, spread**2 * (1 + z * beyond)
            else:
                weight = (TAILS + 1) / (TAILS + z * z)
                expected, square = level, weight * (level - middle) ** 2
            weights, total, squares = weights + weight, total + weight * expected, squares + square
        middle = total / weights
        spread = max(first * NARROWEST, math.sqrt(squares / len(values)))
    return math.exp(
        (FIRST_WEIGHT * math.log(first) + len(values) * math.log(spread)) / (FIRST_WEIGHT + len(values))
    )


def _beyond(z: float) -> float:
    """Mean of what lies beyond z in a standard normal distribution."""
    if z > 6:
        return z + 1 / z
    return math.sqrt(2 / math.pi) * math.exp(-z * z / 2) / math.erfc(z / math.sqrt(2))


def _scale(spec: TrialSpec) -> float:
    """One of the level that says how far the goal is, in the unit of the goal."""
    level = next((spec.levels[name] for name in FAR if name in spec.levels), math.nan)
    scale = spec.goal.distance / level if level > 0 else math.nan
    return scale if 0 < scale < math.inf else 1.0


class Grade(NamedTuple):
    """margin in spreads, None where it is not known; at_least: it was that or more."""

    margin: float | None
    at_least: bool = False


UNKNOWN: Final = Grade(None)


def graded(
    spec: TrialSpec, outcome: Outcome, axis: str | None, spread: Spread, *, whole: bool = False
) -> Grade:
    """How far inside or short a judged try was where this axis is adapted. whole: its margin is of all of
    its course, not of the best moment."""
    if outcome.success is None:
        return UNKNOWN
    if axis == "time" and not (whole and _clocked(spec, outcome)):
        return Grade(_by_time(spec, outcome, spread.of_time))
    if axis not in {*BY_MARGIN, "time"} or not math.isfinite(outcome.margin):
        return UNKNOWN
    if (outcome.margin > 0) != outcome.success:
        return UNKNOWN  # reached, and then not held or brought home: not a matter of distance
    most = SATURATED * spec.goal.radius
    if outcome.success and not whole and (outcome.margin < most or not spread.by_reach):
        return UNKNOWN
    return Grade(min(outcome.margin, most) / spread.of_margin(spec), at_least=outcome.margin >= most)


def _by_time(spec: TrialSpec, outcome: Outcome, spread: float) -> float | None:
    """Of a success; how far a miss was from being in time nobody saw."""
    if not (outcome.success and 0 < outcome.duration_s < math.inf and 0 < spec.limit_s < math.inf):
        return None
    left = spec.limit_s / outcome.duration_s
    return math.log(left) / spread if left > 1 else None


def _clocked(spec: TrialSpec, outcome: Outcome) -> bool:
    """Whether this try lasted as long as it had to, because something came when it came and was met or
    missed: no time is left over then, and how well it was met says whether the time was enough."""
    return outcome.reason == "missed" or bool(outcome.success and outcome.duration_s >= spec.limit_s - CLOCK)
