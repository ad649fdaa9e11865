"""Walls: the last bounds of every limit, and what becomes of a number that is none.

A therapist's limits move between `strictest` and `loosest`. Nothing is ever looser than `loosest`,
whatever a plan says; stricter than `strictest` is kept, and cannot be fulfilled.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from numbers import Real
from typing import Final, NamedTuple

MARGIN_DEG: Final = 5.0  # SAFETY "Range": targets stay so far inside a limit
NEAREST: Final = 0.15  # arm lengths: a goal inside the own shoulder cannot be reached
SMALLEST_RADIUS: Final = 0.03
LONGEST_TRIAL_S: Final = 60.0  # unless the limit of speed needs more
SLOWEST: Final = 0.05  # arm lengths / s
MOST_OTHERS: Final = 5  # things to choose from besides the goal
LONGEST_WAY: Final = 24  # places to pass before the goal


MOST_OF_RANGE: Final = 1.0  # share of the own range that is ever asked of a shift or a grip
IN_THE_PICTURE: Final = 0.7  # half picture widths: a hand that goes farther leaves the picture
LEAST_SHIFT: Final = 0.05  # share: less than that is no shift
# farthest shift that is ever taken for the own range, in the signal's unit: of a trunk that leans 15 degrees,
# so that what is asked stays 5 degrees under the tilt that pauses (balance.TILT_DEG)
MOST_SHIFT: Final[Mapping[str, float]] = {"seated_shift": 0.17}


class Wall(NamedTuple):
    """strictest also stands for a value that is no number."""

    strictest: float
    loosest: float

    @property
    def less_is_stricter(self) -> bool:
        return self.strictest <= self.loosest

    def tightest(self, values: list[float]) -> float:
        """The strictest of these, none looser than `loosest`."""
        clean = [value if math.isfinite(value) else self.strictest for value in values]
        pick = min if self.less_is_stricter else max
        return pick([*clean, self.loosest])

    def fulfils(self, value: float) -> bool:
        """With this value something may still be asked; False for a value that is no number."""
        if not math.isfinite(value):
            return False
        return value >= self.strictest if self.less_is_stricter else value <= self.strictest


WALLS: Final[Mapping[str, Wall]] = {
    "shoulder_elevation_deg": Wall(0.0, 180.0),
    "across_deg": Wall(0.0, 180.0),
    "reach": Wall(NEAREST, 1.5),
    "speed": Wall(SLOWEST, 3.0),
    "hold_s": Wall(0.0, 10.0),
    "shift": Wall(LEAST_SHIFT, MOST_OF_RANGE),
    "repetitions_block": Wall(1, 1000),
    "repetitions_day": Wall(1, 5000),
    "minutes_work": Wall(0.5, 20.0),
    "rest_s": Wall(1800.0, 0.0),
    "minutes_session": Wall(0.5, 60.0),
    "break_minutes": Wall(240.0, 0.0),
    "minutes_day": Wall(0.5, 240.0),
    "pain_ease": Wall(1.0, 10.0),
    "pain_end": Wall(1.0, 10.0),
    "pain_stop": Wall(1.0, 10.0),
    "pain_rise": Wall(0.0, 10.0),
    "effort_hold": Wall(1.0, 10.0),
    "effort_rest": Wall(1.0, 10.0),
    "effort_end": Wall(1.0, 10.0),
}


def number(value: object) -> float:
    """The value as a float; NaN for what is no real number or too large for one."""
    if not isinstance(value, Real):
        return math.nan
    try:
        return float(value)
    except OverflowError:
        return math.nan


def inside(value: float, lowest: float, highest: float, otherwise: float) -> float:
    """The value between lowest and highest; `otherwise` where it is not finite."""
    if not math.isfinite(value):
        return otherwise
    return min(highest, max(lowest, value))
