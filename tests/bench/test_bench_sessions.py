"""Real sessions in the bench: what is played, what is taken for the truth, and what is counted."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rehabgames.bench import bench_sessions
from rehabgames.bench.seen import as_landmarks, drawn
from rehabgames.bench.sitting import NARROW, outside, rises, sat
from rehabgames.bench.truth import AS_IT_IS, fitted
from rehabgames.core.document import Document
from rehabgames.core.exercise import Axis
from rehabgames.core.limits import Limits
from rehabgames.session import Setup

DISTANCE = Axis("distance", 0.4, 1.2, 0.7, 0.03)
TIME = Axis("time", 8.0, 3.0, 6.0, 0.5)
SKILL = ("skill", None)


def trial(level: float, *, success: bool | None = True, by_trunk: bool = False) -> tuple[str, dict[str, Any]]:
    goal = {"direction_deg": 45.0, "distance": level, "radius": 0.1, "hold_s": 0.5}
    levels = {"distance": level, "time": level}
    told = {"success": success, "compensated": by_trunk, "assisted": False, "probe": False}
    return "trial", {"levels": levels, "goal": goal, "place": goal, **told}


def answer(state: str) -> tuple[str, dict[str, Any]]:
    return "event", {"name": "answer", "state": state}


def written(*told: tuple[str, dict[str, Any]]) -> list[Document]:
    return [Document("s", i, kind, float(i), body) for i, (kind, body) in enumerate(told)]  # type: ignore[arg-type]


def test_a_level_that_rises_though_something_held_is_counted() -> None:
    hold = answer("no_rise")
    assert rises(written(trial(0.7), trial(0.8), trial(0.9)), [DISTANCE]) == (0, 0)
    assert rises(written(trial(0.7), hold, trial(0.7), trial(0.6), trial(0.65)), [DISTANCE]) == (1, 3)
    assert rises(written(trial(0.7), hold, trial(0.7), answer("go"), trial(0.8)), [DISTANCE]) == (1, 2)
    assert rises(written(hold, trial(0.7), trial(0.75)), [DISTANCE]) == (1, 2)
    assert rises(written(trial(0.7, by_trunk=True), trial(0.7), trial(0.8)), [DISTANCE]) == (0, 1)
    assert rises(written(trial(0.7, by_trunk=True), trial(0.71)), [DISTANCE]) == (1, 1)
    assert rises(written(trial(0.7), hold, trial(0.9, success=None), trial(0.7)), [DISTANCE]) == (0, 1)
    assert rises(written(trial(6.0), hold, trial(6.5), trial(6.0)), [TIME]) == (1, 2)


def test_a_goal_outside_the_limits_is_counted() -> None:
    documents = written(trial(0.7), trial(0.95), ("event", {"name": "pause"}))
    assert outside(documents, Limits()) == 0
    assert outside(documents, Limits(reach=0.8)) == 2


def test_the_truth_is_found_from_hits_and_misses() -> None:
    rng = np.random.default_rng(1)
    chances = rng.uniform(0.02, 0.98, 8000)
    logit = np.log(chances / (1 - chances))
    hits = rng.uniform(size=8000) < 1 / (1 + np.exp(0.5 - 1.3 * logit))
    truth = fitted(chances, hits)
    assert truth == pytest.approx((-0.5, 1.3), abs=0.1)
    assert truth.of(np.array([0.5]))[0] == pytest.approx(1 / (1 + np.exp(0.5)), abs=0.03)
    assert fitted(chances[:0], hits[:0]) == AS_IT_IS
    assert fitted(chances[:3], hits[:3]) == pytest.approx(AS_IT_IS, abs=0.3)


def test_a_sitting_is_a_whole_session_and_the_same_again(setup: Setup) -> None:
    one, again = (sat(setup, as_landmarks, "mild", 2, SKILL, tries=30) for _ in range(2))
    assert one == again
    assert len(one.success) == len(one.chances) == len(one.expected) == 30
    assert (one.outside, one.rises) == (0, 0)
    assert np.mean(one.chances[10:]) == pytest.approx(0.75, abs=0.15)
    assert np.mean(one.success) == pytest.approx(np.mean(one.expected), abs=0.25)


def test_people_who_are_asked_how_they_feel_are_asked_for_no_more(setup: Setup) -> None:
    sitting = sat(setup, as_landmarks, "severe+pain+fatigue", 1, SKILL, asked=True, tries=24)
    assert sitting.held > 5
    assert (sitting.outside, sitting.rises) == (0, 0)
    assert NARROW.reach < setup.limits.reach


def test_rules_are_compared_in_sessions(setup: Setup) -> None:
    """One patient with two rules, 24 tries; `rehabgames bench adapter` has more of all."""
    bench = bench_sessions(setup, 1, ("tremor",), played=(("weighted_up_down", 0.04), SKILL), tries=24)
    assert bench.ratio("tremor", "skill")[1] < 1.0
    assert (bench.outside, bench.over, bench.sessions, bench.answered) == (0, 0, 2, 1)
    assert 0.5 < bench.success["tremor", "skill"] < 1.0
    json.dumps(bench.as_json(), allow_nan=False)


def test_without_an_exercise_nobody_sits_down(setup: Setup) -> None:
    with pytest.raises(ValueError, match="exercise"):
        sat(replace(setup, exercise=None), as_landmarks, "mild", 1, SKILL)


@pytest.mark.endurance
@pytest.mark.timeout(3600)
def test_a_drawn_patient_is_found_by_mediapipe_and_kept_near_the_target(
    setup: Setup, models: dict[str, Path]
) -> None:
    sitting = sat(setup, partial(drawn, models["pose"]), "mild", 1, SKILL)
    assert len(sitting.success) > 50
    assert (sitting.outside, sitting.rises) == (0, 0)
    assert 0.55 < np.mean(sitting.success[20:]) < 0.95
