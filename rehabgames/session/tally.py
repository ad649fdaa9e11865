"""Tally: the dose ledger of one block, as it happens.

A judged trial is one of four: purposeful (at least half of the way to the goal was gone, where an arm
reaches by the arm alone), compensated (the trunk helped the arm), assisted (another hand helped), or short
(it was hardly begun). Probes and trials that could not be judged stand apart. Active is the time in which
what is practised moves faster than three times its noise, pauses of under 2 s bridged (MEASURES section 10):
the hand, the weight, or of a hand close to the camera the palm or the fingers.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from rehabgames.core.trial import Goal, Outcome, Space, TrialSpec
from rehabgames.measures.dose import BRIDGED_S, NOISE_TIMES

HALF_WAY: Final = 0.5
# RMS at rest of what steers, in the space's unit, where its own was not measured. Of drawn people at rest,
# tracked by MediaPipe: shift 0.002 to 0.01 (0.03 in the worst look), picture under 0.005, grip 0.003
STILL: Final[Mapping[Space, float]] = MappingProxyType(
    {"arm": 0.02, "shift": 0.01, "picture": 0.005, "grip": 0.005}
)
OVER_S: Final = 0.2  # speed is measured over so long

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Counts of trials; active_minutes of what is practised. probes_made: how many of the probes succeeded.

    unjudged: lost or stopped, and those that were cut short are in none of these.
    """

    purposeful: int = 0
    compensated: int = 0
    assisted: int = 0
    short: int = 0
    unjudged: int = 0
    probes: int = 0
    probes_made: int = 0
    active_minutes: float = 0.0


class Tally:
    """Call `begin` with a trial's goal, `moved` at every step of play, `told` at its end.

    noise: RMS of the resting hand per axis, arm lengths; NaN where it is unknown. space: in which it is
    steered.
    """

    def __init__(self, noise: float, outward: float, space: Space = "arm") -> None:
        known = space == "arm" and math.isfinite(noise) and noise > 0
        self._place = _Quick(noise if known else STILL[space])
        # a hand that is seen large is at work, too, when it opens and closes where it is
        self._fingers = _Quick(STILL["grip"]) if space == "picture" else None
        self._outward = outward
        self._counts: dict[str, int] = {}
        self._active_s = self._pause_s = 0.0
        self._clock_s = 0.0
        self._goal: Point | None = None
        self._first = self._nearest = math.nan

    def begin(self, goal: Goal) -> None:
        self._goal = goal.xy(self._outward)
        self._first = self._nearest = math.nan

    def moved(self, at: Point, dt_s: float, grip: float = math.nan) -> None:
        """What steers is here, and the hand so far closed, after dt_s more of play."""
        self._clock_s += dt_s
        quick = self._place.moves(self._clock_s, at)
        if self._fingers is not None and math.isfinite(grip):
            quick |= self._fingers.moves(self._clock_s, (grip, 0.0))
        if quick:
            self._active_s += dt_s + (self._pause_s if self._pause_s < BRIDGED_S else 0.0)
            self._pause_s = 0.0
        else:
            # before the first movement there is no pause to bridge
            self._pause_s = self._pause_s + dt_s if self._active_s else math.inf
        if self._goal is not None:
            off = math.dist(at, self._goal)
            self._first = off if math.isnan(self._first) else self._first
            self._nearest = min(off, self._nearest if math.isfinite(self._nearest) else off)

    def paused(self) -> None:
        """It is not followed now: what comes next is no movement from here."""
        self._place.forget()
        if self._fingers is not None:
            self._fingers.forget()

    def told(self, spec: TrialSpec, outcome: Outcome) -> None:
        self._count(self._kind(spec, outcome))
        if spec.probe and outcome.success is not None:
            self._count("probes_made", int(outcome.success))
        self._goal = None

    def ledger(self) -> Ledger:
        return Ledger(**self._counts, active_minutes=self._active_s / 60)

    def _kind(self, spec: TrialSpec, outcome: Outcome) -> str:
        if outcome.success is None:
            return "unjudged"
        if spec.probe:
            return "probes"
        if outcome.assisted:
            return "assisted"
        if outcome.compensated:
            return "compensated"
        return "purposeful" if outcome.success or self._half_way(spec.goal, outcome) else "short"

    def _half_way(self, goal: Goal, outcome: Outcome) -> bool:
        if goal.space == "grip":  # where the hand is says nothing of how far it opened
            return outcome.reached >= HALF_WAY * goal.distance
        return self._first - self._nearest >= HALF_WAY * (self._first - goal.radius)

    def _count(self, name: str, more: int = 1) -> None:
        self._counts[name] = self._counts.get(name, 0) + more


class _Quick:
    """Whether something moves faster than three times its noise, a RMS per axis."""

    def __init__(self, noise: float) -> None:
        self._fastest_rest = NOISE_TIMES * _speed_of(noise)
        self._at: deque[tuple[float, Point]] = deque()

    def moves(self, clock_s: float, at: Point) -> bool:
        self._at.append((clock_s, at))
        while len(self._at) > 2 and self._at[1][0] <= clock_s - OVER_S:
            self._at.popleft()
        then_s, there = self._at[0]
        over_s = clock_s - then_s
        # two places that were seen one after the other say nothing yet but noise
        return over_s >= OVER_S / 2 and math.dist(at, there) / over_s > self._fastest_rest

    def forget(self) -> None:
        self._at.clear()


def _speed_of(noise: float) -> float:
    """Speed that noise alone gives between two places OVER_S apart: √2 per axis, two axes."""
    return 2.0 * noise / OVER_S
