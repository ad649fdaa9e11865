"""The guard against an adversary: levels, goals, limits, answers, clocks, dates and restarts of any kind.

Counted over all steps, and always 0: targets outside the limits, rises while a stop rule holds, trials or
minutes over a cap. The reckoning beside the guard is written anew here and shares no code with it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from rehabgames.core.exercise import Axis
from rehabgames.core.inputs import Answer
from rehabgames.core.limits import Limits, Sector
from rehabgames.core.trial import Goal, Outcome, TrialSpec
from rehabgames.safety import Done, Guard

AXES = (Axis("distance", 0.4, 1.3, 0.7, 0.05), Axis("time", 9.0, 2.0, 8.0, 0.5))
DAYS = ["2026-11-22", "2026-11-23", "2026-11-24", "2031-01-01", "", "today"]
QUESTIONS = ["pain", "effort", "soreness", "support", "sharp_pain", "fall", "mood"]
LIMITS = Limits(
    repetitions_block=15,
    repetitions_day=40,
    minutes_work=1,
    rest_s=20,
    minutes_session=3,
    break_minutes=1,
    minutes_day=6,
)
STRANGE = [math.nan, math.inf, -math.inf, -1e9, 1e9, None, "x", True]


@dataclass
class Reckoning:
    """One person's day, reckoned apart from the guard. Only a new guard on a really new day is a new day."""

    limits: Limits = LIMITS
    guard: Guard = field(init=False)
    before: list[Done] = field(default_factory=list)
    clock: float = 1000.0
    steps: int = 0
    trials: int = 0
    refused: int = 0
    outside: int = 0
    rises: int = 0
    breaches: int = 0
    after_end: int = 0
    day_trials: int = 0
    block_trials: int = 0
    day_s: float = 0.0
    work_s: float = 0.0
    rest_s: float = 0.0
    last: dict[str, float] = field(default_factory=dict)
    held: bool = False
    ended: bool = False
    spec: TrialSpec | None = None

    def __post_init__(self) -> None:
        self.guard = Guard(self.limits, AXES)
        self.guard.amounts.at(self.clock, DAYS[1])

    def new_person(self) -> None:
        counted = (
            self.steps,
            self.trials,
            self.refused,
            self.outside,
            self.rises,
            self.breaches,
            self.after_end,
        )
        self.__init__()  # type: ignore[misc]
        self.steps, self.trials, self.refused, self.outside, self.rises, self.breaches, self.after_end = (
            counted
        )

    def restart(self) -> None:
        """The program ends and begins again within the same day."""
        self.before.append(self.guard.amounts.done)
        self.before[-1] = Done(**{f: getattr(self.before[-1], f) for f in Done.__slots__})
        first = self.guard.stop_rules.first_pain
        self.guard = Guard(self.limits, AXES, self.before, first_pain=first, held=self.guard.held)
        self.guard.amounts.at(self.clock, DAYS[3])
        self.last, self.ended, self.spec, self.block_trials = {}, False, None, 0

    def next_block(self) -> None:
        self.before.append(self.guard.amounts.done)
        self.guard.begin_block(AXES)
        self.spec, self.block_trials = None, 0
        if not self.held:
            self.last = {}

    def tighten(self, limits: Limits) -> None:
        allowed = self.guard.tighten(limits)
        self.limits = self.guard.envelope.limits
        if self.spec is not None and not self.fits(self.spec):
            self.outside += allowed
        if not allowed and self.spec is not None:
            self.tell(None, helped=False)

    def hear(self, what: Any, value: Any) -> None:
        self.guard.hear(Answer(what, value), self.clock)
        number = float(value) if isinstance(value, int | float) else math.nan
        good = {"pain": 4.0, "effort": 6.0, "soreness": 4.0, "sharp_pain": 0.5, "fall": 0.5}
        if what in good and not 0 <= number < good[what]:
            self.held = True
        if what in {"sharp_pain", "fall"} and 0 < number < math.inf:
            self.ended = True
        if what in {"pain", "soreness"} and 8 <= number < math.inf:
            self.ended = True
        self.held = self.held and self.guard.held  # when it lets go is proven in the tests of Rise

    def stop(self) -> None:
        self.guard.stopped()
        self.ended = self.held = True

    def ask(self, levels: Any, goal: Goal, place: Goal, limit_s: Any, *, through_levels: bool) -> None:
        asked = self.guard.levels(levels)[0] if through_levels else levels
        state, left = self.guard.amounts.state, self.guard.amounts.repetitions_left
        got = self.guard.trial(TrialSpec(self.steps, asked, goal, place, limit_s), self.clock)
        if not isinstance(got, TrialSpec):
            self.refused += 1
            return
        self.trials += 1
        self.spec = got
        self.day_trials += 1
        self.block_trials += 1
        self.outside += not self.fits(got)
        self.after_end += self.ended
        over = (
            self.day_trials > self.limits.repetitions_day or self.block_trials > self.limits.repetitions_block
        )
        self.breaches += over or state != "go" or left <= 0 or self.work_s > self.limits.minutes_work * 60
        if self.held and self.last:
            self.rises += got.levels["distance"] > self.last["distance"]
            self.rises += got.levels["time"] < self.last["time"]

    def fits(self, spec: TrialSpec) -> bool:
        limits = self.limits
        ok = math.isfinite(spec.limit_s) and set(spec.levels) == {"distance", "time"}
        for goal in (spec.goal, spec.place):
            x, y = goal.xy(1.0)
            elevation, far = math.degrees(math.atan2(abs(x), -y)), math.hypot(x, y)
            most = (
                limits.shoulder_elevation_deg
                if x >= 0
                else min(limits.across_deg, limits.shoulder_elevation_deg)
            )
            ok &= elevation <= max(0.0, most - 5) + 1e-6 and far <= limits.reach + 1e-9
            ok &= 0.03 <= goal.radius <= 1 and 0 <= goal.hold_s <= limits.hold_s
            for sector in limits.sectors:
                if sector.from_deg <= goal.direction_deg <= sector.to_deg:
                    ok &= far <= sector.reach + 1e-9
        return bool(ok)

    def tell(self, success: bool | None, *, helped: bool) -> None:
        if self.spec is None:
            return
        self.guard.told(self.spec, Outcome(self.spec.number, success, "placed", compensated=helped))
        if success is not None:
            played = self.spec.levels
            self.last = dict(played)
        self.held = (self.held or (success is True and helped)) and self.guard.held
        self.spec = None

    def time(self, seconds: float, day: str, jump: float) -> None:
        """One second after the other: play where a trial runs and it says go, else rest."""
        if jump < 0 and seconds >= 1:  # a machine that is switched off in between is not this day's matter
            self.clock += jump
        for _ in range(int(seconds)):
            self.clock += 1.0
            now = self.clock if math.isfinite(jump) else jump
            if self.spec is not None and self.guard.amounts.state == "go":
                self.guard.amounts.played(1.0, now, day)
                self.day_s, self.work_s, self.rest_s = self.day_s + 1, self.work_s + 1, 0.0
            else:
                self.guard.amounts.rested(1.0, now, day)
                self.rest_s += 1
                self.work_s = 0.0 if self.rest_s >= self.limits.rest_s else self.work_s
        self.breaches += self.day_s > self.limits.minutes_day * 60
        self.breaches += self.work_s > self.limits.minutes_work * 60

    def check(self) -> None:
        assert (self.outside, self.rises, self.breaches, self.after_end) == (0, 0, 0, 0)


floats = st.floats(allow_nan=True, allow_infinity=True)
strange = floats | st.sampled_from(STRANGE)
goals = st.builds(Goal, strange, strange, strange, strange) | st.builds(
    Goal, st.floats(-180, 180), st.floats(0, 3), st.floats(0, 1), st.floats(0, 9)
)
levels = st.fixed_dictionaries(
    {}, optional={"distance": st.floats(0, 2) | strange, "time": st.floats(0, 10) | strange, "moon": strange}
)
sectors = st.builds(
    Sector, floats | st.floats(-90, 90), floats | st.floats(-90, 90), st.floats(0.16, 1.5) | floats
)
tighter = st.builds(
    Limits,
    st.floats(20, 120) | floats,
    st.floats(20, 120) | floats,
    st.floats(0.2, 2) | floats,
    sectors=st.lists(sectors, max_size=1).map(tuple),
    speed=st.floats(0.1, 4),
    repetitions_day=st.integers(10, 50),
    pain_ease=st.floats(2, 9),
)


class Adversary(RuleBasedStateMachine):
    @initialize()
    def begins(self) -> None:
        self.reckoning = Reckoning()

    @rule(levels=levels | st.none(), goal=goals, place=goals, limit_s=strange, through=st.booleans())
    def asks(self, levels: Any, goal: Goal, place: Goal, limit_s: Any, through: bool) -> None:
        self.reckoning.steps += 1
        self.reckoning.ask(levels, goal, place, limit_s, through_levels=through)

    @rule(success=st.sampled_from([True, False, None]), helped=st.booleans())
    def tells(self, success: bool | None, helped: bool) -> None:
        self.reckoning.tell(success, helped=helped)

    @rule(what=st.sampled_from(QUESTIONS), value=st.integers(0, 10) | strange)
    def answers(self, what: str, value: Any) -> None:
        self.reckoning.hear(what, value)

    @rule(
        seconds=st.integers(0, 70),
        day=st.sampled_from(DAYS),
        jump=st.sampled_from([0.0, 0.0, 0.0, -1e5, math.nan, math.inf]),
    )
    def waits(self, seconds: int, day: str, jump: float) -> None:
        self.reckoning.time(seconds, day, jump)

    @rule(limits=tighter)
    def tightens(self, limits: Limits) -> None:
        self.reckoning.tighten(limits)

    @rule()
    def next_block(self) -> None:
        self.reckoning.next_block()

    @rule()
    def restarts(self) -> None:
        self.reckoning.restart()

    @rule()
    def stops(self) -> None:
        self.reckoning.stop()

    @invariant()
    def nothing_got_out(self) -> None:
        if hasattr(self, "reckoning"):
            self.reckoning.check()


TestAdversary = Adversary.TestCase
TestAdversary.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


@pytest.mark.endurance
class TestLongAdversary(Adversary.TestCase):  # type: ignore[misc, name-defined]
    settings = settings(max_examples=2000, stateful_step_count=100, deadline=None)


def pick(rng: np.random.Generator, usual: float) -> Any:
    return STRANGE[rng.integers(len(STRANGE))] if rng.random() < 0.05 else usual


def some_limits(rng: np.random.Generator) -> Limits:
    start = float(rng.uniform(-90, 80))
    sector = Sector(start, start + float(rng.uniform(0, 30)), float(rng.uniform(0.1, 1.2)))
    return Limits(
        pick(rng, float(rng.uniform(40, 120))),
        pick(rng, float(rng.uniform(40, 120))),
        pick(rng, float(rng.uniform(0.4, 1.5))),
        sectors=(sector,) if rng.random() < 0.5 else (),
        speed=float(rng.uniform(0.2, 3)),
    )


def some_goal(rng: np.random.Generator) -> Goal:
    direction, distance, radius, hold = rng.uniform([-180, 0, 0, 0], [180, 3, 1, 9])
    return Goal(*(pick(rng, float(v)) for v in (direction, distance, radius, hold)))


def one_step(rng: np.random.Generator, r: Reckoning) -> None:
    r.steps += 1
    what = rng.random()
    if what < 0.45:
        levels: Any = {
            "distance": pick(rng, float(rng.uniform(0, 2))),
            "time": pick(rng, float(rng.uniform(0, 10))),
        }
        r.ask(levels, some_goal(rng), some_goal(rng), pick(rng, 8.0), through_levels=rng.random() < 0.8)
    elif what < 0.8:
        r.tell([True, True, False, None][rng.integers(4)], helped=rng.random() < 0.1)
    elif what < 0.92:
        jump = [0.0, 0.0, 0.0, 0.0, -1e4, math.nan][rng.integers(6)]
        r.time(float(rng.integers(0, 30)), DAYS[rng.integers(len(DAYS))], jump)
    elif what < 0.96:
        r.hear(["pain", "effort"][rng.integers(2)], pick(rng, float(rng.integers(0, 7))))
    elif what < 0.97:
        r.hear(QUESTIONS[rng.integers(len(QUESTIONS))], pick(rng, float(rng.integers(0, 3))))
    elif what < 0.98:
        r.tighten(some_limits(rng))
    elif what < 0.985:
        r.next_block()
    elif what < 0.99:
        r.restart()
    elif what < 0.991:
        r.stop()
    elif what > 0.992:
        r.new_person()


def run(seed: int, steps: int) -> Reckoning:
    rng, r = np.random.default_rng(seed), Reckoning()
    for _ in range(steps):
        one_step(rng, r)
        r.check()
    return r


@pytest.mark.parametrize("seed", range(3))
def test_hazards_h1_h3_h5_random_steps_find_no_way_out(seed: int) -> None:
    r = run(seed, 10_000)
    assert r.trials > 1000, "an adversary that is always refused shows nothing"
    assert r.refused > 200


@pytest.mark.endurance
@pytest.mark.timeout(3600)
def test_hazards_h1_h3_h5_a_million_random_steps_find_no_way_out() -> None:
    r = run(2026, 1_000_000)
    print(f"{r.steps} steps, {r.trials} trials, {r.refused} refused, {r.outside} outside, {r.rises} rises")
    assert r.trials > 100_000
