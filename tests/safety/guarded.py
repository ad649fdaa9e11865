"""One guarded person for the tests of the guard: an exercise of one axis, a trial in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rehabgames.core.exercise import Axis
from rehabgames.core.limits import Limits
from rehabgames.core.trial import Goal, Outcome, TrialSpec
from rehabgames.safety import Guard, Refusal

DAY = "2026-11-23"
FAR = Axis("distance", 0.4, 1.2, 0.7, 0.1)
QUICK = Axis("time", 9.0, 3.0, 8.0, 0.5)  # hardest is the least
SUCCESS = Outcome(0, True, "placed")


def spec(distance: float = 0.8, number: int = 0, **changed: Any) -> TrialSpec:
    goal, place = Goal(45.0, distance, 0.13, 0.6), Goal(-5.0, 0.6, 0.17, 0.3)
    return replace(TrialSpec(number, {"distance": distance}, goal, place, 8.0), **changed)


def guard(limits: Limits | None = None, **more: Any) -> Guard:
    return Guard(limits or Limits(), [FAR], **more)


def code(got: TrialSpec | Refusal) -> str:
    assert isinstance(got, Refusal)
    return got.code
