"""The reaching exercise at one distance that stays: the real session with landmarks, and whole tries."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rehabgames.app.wiring import Request, setup_of
from rehabgames.bench.sitting import spec_of
from rehabgames.core.document import Document
from rehabgames.core.exercise import Axis, Dose
from rehabgames.core.inputs import Recorded
from rehabgames.core.limits import Limits
from rehabgames.core.person import Profile
from rehabgames.core.trial import Outcome, TrialSpec
from rehabgames.core.view import View
from rehabgames.games import ReachGame
from rehabgames.patients import Kind, Patient, Tracked, Traits
from rehabgames.patients.landmarks import PX_PER_M
from rehabgames.patients.motor import WHOLE
from rehabgames.patients.trials import TrialPatient, chances
from rehabgames.session import Session, Setup

TICK_S = 1 / 30
DIRECTIONS = (-40.0, 25.0, 45.0, 65.0, 85.0)
LOOSE = Limits(repetitions_block=500, minutes_work=60.0, minutes_session=120.0, minutes_day=240.0)
PROFILE = Profile(
    "reach_quick",
    "right",
    arm_px=PX_PER_M * WHOLE.arm,
    reach=dict.fromkeys(DIRECTIONS, 1.0),  # so that a level is a distance in arm lengths
    noise=0.003,
    rest_xy=(0.18, -0.71),
)


@functools.cache
def _asked() -> Setup:
    return setup_of(Request("orchard_reach", "virtual", "right", 0, limits=LOOSE))


def setup_at(distance: float, tries: int, seed: int) -> Setup:
    """The exercise with all its fruit at this distance, arm lengths."""
    made = _asked()
    assert made.exercise is not None
    exercise = replace(
        made.exercise, axes=(Axis("distance", distance, distance, distance, 0.0),), dose=Dose(tries, 120.0)
    )
    return replace(made, exercise=exercise, profile=PROFILE, seed=seed, session_id=f"at-{seed}")


def game() -> ReachGame:
    exercise = _asked().exercise
    assert exercise is not None
    return ReachGame(exercise.settings, PROFILE, "right")


def asks(levels: Mapping[str, float]) -> list[TrialSpec]:
    return [game().propose(0, dict(levels), direction) for direction in DIRECTIONS]


@dataclass
class Played:
    """What a session left: bodies of its trials, the patient as each of them began, and at the end."""

    trials: list[dict[str, Any]]
    as_were: list[Kind]
    patient: Patient
    events: list[str]
    seconds: float
    seed: int

    def expected(self) -> list[float]:
        """What whole tries say of each: probability of success."""
        return [
            chance
            for body, as_was in zip(self.trials, self.as_were, strict=True)
            for chance in chances(as_was, "right", [spec_of(body)], seed=self.seed)
        ]

    @property
    def success(self) -> float:
        return float(np.mean([each["success"] for each in self.trials]))


def played(
    kind: str | Kind,
    distance: float,
    tries: int,
    seed: int = 1,
    *,
    traits: Traits | None = None,
    longest_s: float = 900.0,
) -> Played:
    """A real session at landmark level, to its end."""
    session, patient = Session(setup_at(distance, tries, seed)), Patient(kind, "right", seed, traits=traits)
    tracked = Tracked("right", seed, dropouts=patient.traits.dropouts)
    view: View | None = None
    fresh: list[Document] = []
    documents: list[Document] = []
    now_s, picking, as_was = 0.0, -1, patient.condition.now()
    as_were: list[Kind] = []
    for tick in range(int(longest_s / TICK_S)):
        now_s = tick * TICK_S
        frame = tracked.frame(patient.step(view, now_s), now_s, tick)
        step = session.step(frame, [Recorded(fresh[-1].number)] if fresh else [], now_s)
        fresh, view = list(step.documents), step.view
        documents += fresh
        if view.target is not None and view.target.kind == "pick" and view.target.number != picking:
            picking, as_was = view.target.number, patient.condition.now()
        as_were += [as_was for each in fresh if each.kind == "trial"]
        if session.closed:
            break
    trials = [each.body for each in documents if each.kind == "trial"]
    events = [str(each.body["name"]) for each in documents if each.kind == "event"]
    return Played(trials, as_were, patient, events, now_s, seed)


def tried(patient: TrialPatient, distance: float, tries: int, seed: int = 1) -> list[Outcome]:
    """As many whole tries, in directions that come by chance."""
    rng, it = np.random.default_rng(seed), game()
    return [
        patient.play(it.propose(i, {"distance": distance}, float(rng.choice(DIRECTIONS))))
        for i in range(tries)
    ]


def rate(outcomes: list[Outcome]) -> float:
    return float(np.mean([each.success is True for each in outcomes]))


def median(values: list[float | None]) -> float:
    known = [v for v in values if v is not None and math.isfinite(v)]
    return float(np.median(known)) if known else math.nan
