"""TrialSpec: what one try asks. Outcome: what came of it. Both are plain values."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

from rehabgames.core.message import Message

OutcomeReason = Literal["placed", "not_reached", "not_placed", "wrong", "stopped", "lost"]


@dataclass(frozen=True, slots=True)
class Goal:
    """A place that the working hand is asked to reach, seen from the working shoulder.

    direction_deg  0 = straight down, 90 = straight out to the working side, 180 = straight up,
                   negative = across the body; so |direction_deg| is the elevation of the line
                   shoulder → goal over gravity's vertical
    distance       from the shoulder, in arm lengths
    radius         in arm lengths
    hold_s         how long the hand must stay inside
    """

    direction_deg: float
    distance: float
    radius: float
    hold_s: float

    def xy(self, outward: float) -> tuple[float, float]:
        """Play coordinates; `outward` is +1 for the right arm, -1 for the left."""
        angle = math.radians(self.direction_deg)
        return outward * self.distance * math.sin(angle), -self.distance * math.cos(angle)


@dataclass(frozen=True, slots=True)
class TrialSpec:
    """One trial as the adapter asks it and the envelope allows it.

    levels     difficulty per axis, in the axis's own unit (see Axis), after clamping
    asked      the same as the adapter asked them, before any limit; empty where nobody asked
    goal       what to reach; `place` where to carry it
    limit_s    time for the whole trial
    clamped    names of the rules that moved something, empty where nothing was moved
    why        the adapter's reason for these levels, or None
    probe      a retention probe: no feedback, and nothing adapts to it
    others     what stands there as well and is not to be reached
    """

    number: int
    levels: dict[str, float]
    goal: Goal
    place: Goal
    limit_s: float
    clamped: tuple[str, ...] = ()
    why: Message | None = None
    probe: bool = False
    others: tuple[Goal, ...] = ()
    asked: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a trial.

    success      True, False, or None where it could not be judged (lost, stopped): such a trial
                 never changes difficulty
    reason       "wrong": something else than what was asked for was chosen; nothing is then said of the
                 movement, so margin, reached, reach_s and path_ratio are NaN
    margin       graded result in arm lengths: how far inside (+) or short (-) the best moment of
                 the hand was of touching the goal's rim; NaN where unknown
    reached      furthest the hand came from the shoulder along the goal's direction, arm lengths;
                 NaN where unknown
    reach_s      from appearance until the hold at the goal began; NaN where it never began
    duration_s   from appearance to the end
    path_ratio   way of the hand to the goal over the straight line, 1 or more; NaN where unknown
    compensated  the trunk or another part did what the arm was to do
    tolerated    what helped the arm was no more than is let pass now; if not, and the arm is to be
                 restored, the repetition does not count
    assisted     another hand helped
    """

    number: int
    success: bool | None
    reason: OutcomeReason
    margin: float = field(default=math.nan)
    reached: float = field(default=math.nan)
    reach_s: float = field(default=math.nan)
    duration_s: float = field(default=math.nan)
    path_ratio: float = field(default=math.nan)
    compensated: bool = False
    tolerated: bool = True
    assisted: bool = False


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a session found out about the difficulty that suits this person.

    levels  per axis, where success is as wanted; sd: of the difficulty from 0 to 1 that these stand for
    """

    levels: dict[str, float]
    sd: float
