"""The guard against an adversary: levels, goals, others, limits, answers, clocks, dates and restarts of any
kind, before and after onset, where the trunk may help and where not. What is counted stands in `reckoning`.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from reckoning import DAYS, LIMITS, QUESTIONS, TODAY, Counted, Reckoning

from rehabgames.core.limits import Limits, Sector
from rehabgames.core.trial import Goal, TrialSpec
from rehabgames.safety import Done, gated

STRANGE = [math.nan, math.inf, -math.inf, -1e9, 1e9, None, "x", True]
WIDE = replace(
    LIMITS, repetitions_day=900, minutes_work=2, minutes_session=60, minutes_day=120, standing=True
)
HOW = ["levels", "levels", "levels", "plug_in", "plug_in", "raw", "raw", "raises", "no_clock"]


def person(since_onset: int | None, *, trunk_helps: bool, much: bool, counted: Counted) -> Reckoning:
    """since_onset: days; None: unknown. much: nearly all that the early days allow is done already."""
    if since_onset is None:
        return Reckoning(trunk_helps=trunk_helps, counted=counted)
    onset = (date.fromisoformat(TODAY) - timedelta(days=since_onset)).isoformat()
    given, limits, kind = gated(WIDE, onset, TODAY), WIDE, "late"
    if since_onset < 14:
        kind = "early" if since_onset >= 2 else "none"
        limits = replace(
            WIDE,
            minutes_day=min(WIDE.minutes_day, 30.0) if kind == "early" else 0.0,
            minutes_session=min(WIDE.minutes_session, 15.0),
            repetitions_day=min(WIDE.repetitions_day, 300),
        )
    before = [Done(-800.0, 28.0, 285, TODAY, 900.0)] if much else []
    return Reckoning(limits, given, kind, trunk_helps, before=before, counted=counted)


floats = st.floats(allow_nan=True, allow_infinity=True)
strange = floats | st.sampled_from(STRANGE)
near = st.builds(Goal, st.floats(-90, 90), st.floats(0.1, 1.2), st.floats(0, 0.3), st.floats(0, 6))
goals = (
    st.builds(Goal, strange, strange, strange, strange)
    | st.builds(Goal, st.floats(-180, 180), st.floats(0, 3), st.floats(0, 1), st.floats(0, 9))
    | near
)
levels = st.fixed_dictionaries(
    {},
    optional={
        "distance": st.floats(0, 2) | strange,
        "time": st.floats(0, 10) | strange,
        "load": st.floats(0, 5) | strange,
        "moon": strange,
    },
)
specs = st.builds(
    TrialSpec,
    st.integers(0, 9),
    levels | st.none(),
    goals,
    goals,
    strange,
    probe=st.sampled_from([False, False, True]),
    others=st.lists(goals, max_size=7).map(tuple) | st.sampled_from([None, (3,), [Goal(0, 1, 1, 0)]]),
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
    hold_s=st.floats(0, 6),
    repetitions_day=st.integers(10, 50),
    pain_ease=st.floats(2, 9),
    effort_hold=st.floats(2, 9),
)


class Adversary(RuleBasedStateMachine):
    @initialize(
        days=st.none() | st.integers(-1, 20),
        trunk_helps=st.booleans(),
        much=st.booleans(),
        posture=st.booleans(),
    )
    def begins(self, days: int | None, trunk_helps: bool, much: bool, posture: bool) -> None:
        self.reckoning = person(days, trunk_helps=trunk_helps, much=much, counted=Counted())
        if posture:
            self.reckoning.next_block("standing")

    @rule(spec=specs, how=st.sampled_from(HOW))
    def asks(self, spec: TrialSpec, how: str) -> None:
        self.reckoning.ask(spec, how)

    @rule(success=st.sampled_from([True, False, None]), helped=st.booleans(), assisted=st.booleans())
    def tells(self, success: bool | None, helped: bool, assisted: bool) -> None:
        self.reckoning.tell(success, compensated=helped, assisted=assisted)

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

    @rule(posture=st.sampled_from(["sitting", "sitting", "standing"]))
    def next_block(self, posture: str) -> None:
        self.reckoning.next_block(posture)

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
@pytest.mark.timeout(3600)
class TestLongAdversary(Adversary.TestCase):  # type: ignore[misc, name-defined]
    settings = settings(max_examples=2000, stateful_step_count=100, deadline=None)


def pick(rng: np.random.Generator, usual: float) -> Any:
    return STRANGE[rng.integers(len(STRANGE))] if rng.random() < 0.03 else usual


def one_of(rng: np.random.Generator, things: list[Any]) -> Any:
    return things[rng.integers(len(things))]


def some_limits(rng: np.random.Generator) -> Limits:
    start = float(rng.uniform(-90, 80))
    sector = Sector(start, start + float(rng.uniform(0, 30)), float(rng.uniform(0.1, 1.2)))
    return Limits(
        pick(rng, float(rng.uniform(40, 120))),
        pick(rng, float(rng.uniform(40, 120))),
        pick(rng, float(rng.uniform(0.4, 1.5))),
        sectors=(sector,) if rng.random() < 0.5 else (),
        angles_deg={"shoulder_flexion": (0.0, float(rng.uniform(30, 120)))} if rng.random() < 0.2 else {},
        standing=bool(rng.random() < 0.9),
        speed=float(rng.uniform(0.2, 3)),
        hold_s=float(rng.uniform(0.5, 5)),
        pain_ease=float(rng.uniform(2, 5)),
        effort_hold=float(rng.uniform(3, 7)),
        minutes_day=one_of(rng, [60.0, 60.0, 60.0, 20.0, 0.0]),
    )


def some_goal(rng: np.random.Generator) -> Goal:
    direction, distance, radius, hold = rng.uniform([-180, 0, 0, 0], [180, 3, 1, 9])
    if rng.random() < 0.6:
        direction, distance, radius, hold = rng.uniform([-80, 0.2, 0.04, 0], [80, 1, 0.2, 1])
    return Goal(*(pick(rng, float(v)) for v in (direction, distance, radius, hold)))


def some_trial(rng: np.random.Generator, number: int) -> TrialSpec:
    levels = {name: pick(rng, float(rng.uniform(0, most))) for name, most in (("distance", 2), ("time", 10))}
    return TrialSpec(
        number,
        levels | {"load": pick(rng, float(rng.uniform(0, 5)))},
        some_goal(rng),
        some_goal(rng),
        pick(rng, 8.0),
        probe=bool(rng.random() < 0.05),
        others=tuple(some_goal(rng) for _ in range(rng.integers(7))) if rng.random() < 0.5 else (),
    )


def somebody(rng: np.random.Generator, counted: Counted) -> Reckoning:
    days = None if rng.random() < 0.5 else int(rng.integers(-1, 20))
    much, helps = rng.random() < 0.3, rng.random() < 0.5
    return person(days, trunk_helps=bool(helps), much=bool(much), counted=counted)


def one_step(rng: np.random.Generator, r: Reckoning) -> Reckoning:
    r.counted.steps += 1
    what = rng.random()
    if what < 0.45:
        r.ask(some_trial(rng, r.counted.steps), one_of(rng, HOW))
    elif what < 0.8:
        helped, assisted = rng.random(2) < 0.1
        r.tell(one_of(rng, [True, True, False, None]), compensated=bool(helped), assisted=bool(assisted))
    elif what < 0.92:
        jump = one_of(rng, [0.0, 0.0, 0.0, 0.0, -1e4, math.nan])
        r.time(float(rng.integers(0, 30)), one_of(rng, DAYS), jump)
    elif what < 0.96:
        r.hear(one_of(rng, ["pain", "effort"]), pick(rng, float(rng.integers(0, 7))))
    elif what < 0.97:
        r.hear(one_of(rng, QUESTIONS), pick(rng, float(rng.integers(0, 3))))
    elif what < 0.98:
        r.tighten(some_limits(rng))
    elif what < 0.985:
        r.next_block(one_of(rng, ["sitting", "sitting", "standing"]))
        for question in ("pain", "effort", "support"):
            r.hear(question, 1.0)
    elif what < 0.99:
        r.restart()
    elif what < 0.991:
        r.stop()
    elif what > 0.992:
        return somebody(rng, r.counted)
    return r


def run(seed: int, steps: int) -> Counted:
    rng = np.random.default_rng(seed)
    r = somebody(rng, Counted())
    for _ in range(steps):
        r = one_step(rng, r)
        r.check()
    return r.counted


def all_kinds(counted: Counted) -> None:
    kinds = {f"{kind}{helps}" for kind in ("early", "late") for helps in ("", " trunk helps")}
    assert set(counted.trials_of) == kinds, "and none in the first days"


@pytest.mark.parametrize("seed", range(3))
def test_hazards_h1_h3_h5_random_steps_find_no_way_out(seed: int) -> None:
    counted = run(seed, 10_000)
    assert counted.trials > 700, "an adversary that is always refused shows nothing"
    assert counted.with_others > 100
    assert counted.abandoned > 3
    assert counted.refused > 200
    all_kinds(counted)


@pytest.mark.endurance
@pytest.mark.timeout(3600)
def test_hazards_h1_h3_h5_a_million_random_steps_find_no_way_out() -> None:
    counted = run(2026, 1_000_000)
    print(counted)
    assert counted.trials > 70_000
    assert counted.with_others > 10_000
    all_kinds(counted)
