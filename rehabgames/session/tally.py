"""Tally: the dose ledger of one block, as it happens.

A judged trial is one of four: purposeful (the hand went at least half of its way to the goal, by the arm
alone), compensated (the trunk helped), assisted (another hand helped), or short (it hardly went there).
Probes and trials that could not be judged stand apart. Active is the time in which the hand moves
faster than three times its noise, pauses of under 2 s bridged (MEASURES section 10).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from rehabgames.core.trial import Goal, Outcome, TrialSpec
from rehabgames.measures.dose import BRIDGED_S, NOISE_TIMES

HALF_WAY: Final = 0.5
STILL: Final = 0.02  # arm lengths: the noise of a hand whose own was not measured
OVER_S: Final = 0.2  # speed is measured over so long

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Counts of trials; active_minutes of the hand in play. probes_made: how many of the probes succeeded.

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

    noise: RMS of the resting hand per axis, arm lengths; NaN where it is unknown.
    """

    def __init__(self, noise: float, outward: float) -> None:
        self._fastest_rest = NOISE_TIMES * _speed_of(noise if math.isfinite(noise) and noise > 0 else STILL)
        self._outward = outward
        self._counts: dict[str, int] = {}
        self._active_s = self._pause_s = 0.0
        self._at: list[tuple[float, Point]] = []
        self._clock_s = 0.0
        self._goal: Point | None = None
        self._first = self._nearest = math.nan

    def begin(self, goal: Goal) -> None:
        self._goal = goal.xy(self._outward)
        self._first = self._nearest = math.nan

    def moved(self, hand: Point, dt_s: float) -> None:
        """The hand is here after dt_s more of play."""
        self._clock_s += dt_s
        self._at.append((self._clock_s, hand))
        while len(self._at) > 2 and self._at[1][0] <= self._clock_s - OVER_S:
            self._at.pop(0)
        then_s, there = self._at[0]
        over_s = self._clock_s - then_s
        if over_s > 0 and math.dist(hand, there) / over_s > self._fastest_rest:
            self._active_s += dt_s + (self._pause_s if self._pause_s < BRIDGED_S else 0.0)
            self._pause_s = 0.0
        else:
            # before the first movement there is no pause to bridge
            self._pause_s = self._pause_s + dt_s if self._active_s else math.inf
        if self._goal is not None:
            off = math.dist(hand, self._goal)
            self._first = off if math.isnan(self._first) else self._first
            self._nearest = min(off, self._nearest if math.isfinite(self._nearest) else off)

    def paused(self) -> None:
        """The hand is not followed now: what comes next is no movement from here."""
        self._at.clear()

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
        there = outcome.success or self._first - self._nearest >= HALF_WAY * (self._first - spec.goal.radius)
        return "purposeful" if there else "short"

    def _count(self, name: str, more: int = 1) -> None:
        self._counts[name] = self._counts.get(name, 0) + more


def _speed_of(noise: float) -> float:
    """Speed that noise alone gives between two places OVER_S apart: √2 per axis, two axes."""
    return 2.0 * noise / OVER_S
