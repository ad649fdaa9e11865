"""TrialSpec: what one try asks. Outcome: what came of it. Both are plain values."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

from rehabgames.core.message import Message

OutcomeReason = Literal[
    "placed",
    "reached",
    "not_reached",
    "not_placed",
    "wrong",
    "missed",
    "left_way",
    "not_held",
    "dropped",
    "too_little",
    "too_much",
    "out_of_time",
    "stopped",
    "lost",
]
Space = Literal["arm", "shift", "picture", "grip"]


@dataclass(frozen=True, slots=True)
class Goal:
    """A place that is asked for, in polar coordinates of the space in which the game is steered.

    space          "arm": from the working shoulder, arm lengths;
                   "shift": weight or trunk from the middle, shares of the own calibrated shift to that
                   side, so directions are 90 (to the person's right) and -90 (left);
                   "picture": of a hand close to the camera, from the middle of the mirrored picture, half
                   picture widths;
                   "grip": how far the hand is closed, share of the own range, 0 open .. 1 closed
    direction_deg  in "arm" 0 = straight down, 90 = straight out to the working side, 180 = straight up,
                   negative = across the body; so |direction_deg| is the elevation of the line
                   shoulder → goal over gravity's vertical. Elsewhere 90 = to the person's right.
    distance       from there, in the unit of the space
    radius         in the same unit
    hold_s         how long it is to be stayed inside
    """

    direction_deg: float
    distance: float
    radius: float
    hold_s: float
    space: Space = "arm"

    def xy(self, outward: float) -> tuple[float, float]:
        """Play coordinates; `outward` is +1 for the right arm, -1 for the left, and of the arm alone."""
        angle = math.radians(self.direction_deg)
        side = outward if self.space == "arm" else 1.0
        return side * self.distance * math.sin(angle), -self.distance * math.cos(angle)


@dataclass(frozen=True, slots=True)
class TrialSpec:
    """One trial as the adapter asks it and the envelope allows it.

    levels     difficulty per axis, in the axis's own unit (see Axis), after clamping
    asked      the same as the adapter asked them, before any limit; empty where nobody asked
    goal       what to reach; `place` where to carry it, or None
    limit_s    time for the whole trial
    way        what is to be passed before the goal, in order
    grip       how far the hand is to close, share of the own range; 0 where nothing is to be gripped
    clamped    names of the rules that moved something, empty where nothing was moved
    why        the adapter's reason for these levels, or None
    probe      a retention probe: no feedback, and nothing adapts to it
    others     what stands there as well and is not to be reached
    """

    number: int
    levels: dict[str, float]
    goal: Goal
    place: Goal | None
    limit_s: float
    clamped: tuple[str, ...] = ()
    why: Message | None = None
    probe: bool = False
    others: tuple[Goal, ...] = ()
    asked: dict[str, float] = field(default_factory=dict)
    way: tuple[Goal, ...] = ()
    grip: float = 0.0

    @property
    def goals(self) -> tuple[Goal, ...]:
        """Every place that this trial asks for."""
        return (*self.way, self.goal, *(() if self.place is None else (self.place,)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a trial.

    success      True, False, or None where it could not be judged (lost, stopped): such a trial
                 never changes difficulty
    reason       "wrong": something else than what was asked for was chosen; nothing is then said of the
                 movement, so margin, reached, reach_s and path_ratio are NaN
    margin       graded result in the unit of the goal's space: how far inside (+) or short (-) the best
                 moment was of touching the goal's rim; NaN where unknown
    reached      furthest it came along the goal's direction, in the same unit; NaN where unknown
    reach_s      from appearance until the hold at the goal began; NaN where it never began
    duration_s   from appearance to the end
    path_ratio   way of the hand to the goal over the straight (or the asked) line, 1 or more; NaN where
                 unknown
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
