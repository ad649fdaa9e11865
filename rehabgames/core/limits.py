"""Limits: what must never be asked of one person, whatever a game, an adapter or a plug-in says.

Defaults are those of SAFETY, "Stop rules"; a therapist may tighten every one of them freely.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

DEFAULT_ELEVATION_DEG = 90.0


class Sector(NamedTuple):
    """Between these two directions (Goal.direction_deg) no goal lies farther than `reach` arm lengths."""

    from_deg: float
    to_deg: float
    reach: float


@dataclass(frozen=True, slots=True)
class Limits:
    """Range:
    shoulder_elevation_deg  highest elevation of the arm over gravity's vertical, to the working side
    across_deg              the same across the body
    reach                   furthest reach in arm lengths, in any direction
    sectors                 nearer limits in some directions; all of them hold
    angles_deg              signal → (lowest, highest) that may be asked of it
    standing                whether anything may be asked standing up
    speed                   fastest mean speed of the hand that a trial may ask, arm lengths / s
    hold_s                  longest hold of a goal
    shift                   farthest shift of weight or trunk, share of the own calibrated one

    Amount:
    repetitions_block, repetitions_day   tries
    minutes_work            play without a rest
    rest_s                  shortest rest after that, and between sets
    minutes_session         play without a longer break
    break_minutes           how long that break is
    minutes_day             play a day, over all sessions

    How it feels, on scales from 0 to 10 (SAFETY "Stop rules"):
    pain_ease, pain_end, pain_stop   from here on: ease and rest; end the exercise; end the session
    pain_rise               so much over today's first answer ends the exercise, if it is pain_ease or more
    effort_hold, effort_rest, effort_end   from here on: no rise; rest and step down; end the exercise
    """

    shoulder_elevation_deg: float = DEFAULT_ELEVATION_DEG
    across_deg: float = DEFAULT_ELEVATION_DEG
    reach: float = 1.1
    sectors: tuple[Sector, ...] = ()
    angles_deg: dict[str, tuple[float, float]] = field(default_factory=dict)
    standing: bool = False
    speed: float = 2.0
    hold_s: float = 5.0
    shift: float = 0.95

    repetitions_block: int = 100
    repetitions_day: int = 600
    minutes_work: float = 5.0
    rest_s: float = 60.0
    minutes_session: float = 20.0
    break_minutes: float = 10.0
    minutes_day: float = 60.0

    pain_ease: float = 4.0
    pain_end: float = 6.0
    pain_stop: float = 8.0
    pain_rise: float = 2.0
    effort_hold: float = 6.0
    effort_rest: float = 7.0
    effort_end: float = 9.0
