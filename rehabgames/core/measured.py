"""Measured: one number that a measure found, or why there is none. Validity: the reasons.

The rule of the whole project: a number that cannot be trusted is NaN and says why. Nothing that
reads a Measured has to guess, and nothing that makes one may.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import IntEnum

from rehabgames.core.message import Message


class Validity(IntEnum):
    """Why there is no number. Small enough for one byte per frame; GOOD is 0."""

    GOOD = 0
    NOBODY = 1  # no person in the picture
    UNSEEN = 2  # a landmark that is needed is hidden: its visibility is too low
    FORESHORTENED = 3  # a segment points at the camera: under 85 % of its calibrated length
    VIEW = 4  # the camera does not stand where this can be seen (front, or side)
    NO_SCALE = 5  # no length to measure by: a body length was never seen
    NO_HAND = 6  # the hand's own landmarks were not found, or not asked for
    BAD_NUMBER = 7  # not finite, or impossible
    TIME = 8  # timestamps are equal or go backwards
    GAP = 9  # unseen for more than 100 ms inside a movement
    NOISE = 10  # the noise of the landmarks would decide the value
    TOO_FEW = 11  # too few samples, movements, repetitions or trials
    TOO_SLOW = 12  # too few pictures a second for it
    NO_MOVEMENT = 13  # nothing moved
    NO_BASELINE = 14  # needs earlier sessions (two baselines), or a rest, to compare with
    NO_LATENCY = 15  # the delay of camera and screen is not known
    UNCALIBRATED = 16  # needs a calibration of this person
    DARK = 17  # too little light in the picture
    CROWD = 18  # more than one person in the picture
    WRONG_SIDE = 19  # the other hand rose: the picture is mirrored, or sides are mixed up


@dataclass(frozen=True, slots=True)
class Measured:
    """One result.

    name      what was measured, a key of the catalogue such as "sparc" or "range"
    of        of what: a side ("right"), a signal ("elbow_flexion.right"), or "" where there is one
    value     in `unit`; NaN unless `validity` is GOOD
    coverage  0..1: share of the frames, movements or trials it is about that could be measured
    how       how it was computed, for people; its parameters are the numbers it depends on
    plus_minus  in `unit`: how far off it may be by what it was measured with, however often it is repeated;
              NaN where nobody says
    """

    name: str
    of: str
    value: float
    unit: str
    how: Message
    validity: Validity = Validity.GOOD
    coverage: float = field(default=1.0)
    plus_minus: float = field(default=math.nan)

    def __post_init__(self) -> None:
        """A value that is not finite is never GOOD, and one that is not GOOD is NaN."""
        if self.validity is Validity.GOOD and not math.isfinite(self.value):
            object.__setattr__(self, "validity", Validity.BAD_NUMBER)
        if self.validity is not Validity.GOOD:
            object.__setattr__(self, "value", math.nan)

    @property
    def good(self) -> bool:
        return self.validity is Validity.GOOD
