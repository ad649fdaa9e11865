"""Ranges and repetitions of drawn people, through the real MediaPipe, against the script they moved by."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from scripted_exercises import Exercise, arm_raise, counted_runs, elbow_bend

from rehabgames.core.landmarks import SIDES
from rehabgames.measures.range_of_motion import measure_range
from rehabgames.measures.repetitions import count
from rehabgames.measures.stepping import step_events
from rehabgames.signals import SIGNALS, compute, examine
from rehabgames.tracking.film import Filmed, tracked
from rehabgames.tracking.looks import LOOKS

pytestmark = pytest.mark.camera

FPS = 15.0
GOAL_MEDIAN_DEG, GOAL_P95_DEG = 5.0, 10.0
GOAL_GOOD_FRAMES = 0.9


class Found(NamedTuple):
    """error_deg of the range, NaN where it is not measured; good: share of the frames that are."""

    exercise: Exercise
    error_deg: float
    good: float
    counted: int

    def __str__(self) -> str:
        return f"{self.exercise}: off by {self.error_deg:.1f}, {self.good:.0%} good, {self.counted} counted"


def film_of(exercise: Exercise, model: Path) -> Filmed:
    return tracked(exercise.script, exercise.look, model, fps=FPS, seed=1)


def found_in(exercise: Exercise, filmed: Filmed) -> Found:
    trace = examine(filmed.rec, [exercise.signal])[exercise.signal]
    measured = {each.name: each for each in measure_range(trace)}["range_of_motion"]
    error = measured.value - (exercise.end - exercise.rest) if measured.good else math.nan
    return Found(exercise, error, trace.coverage, counted_in(exercise, filmed))


def counted_in(exercise: Exercise, filmed: Filmed) -> int:
    """As a session counts: by what moved, without the gates that ask how many degrees it was."""
    x = compute(filmed.rec, [exercise.signal], gated=False)[exercise.signal]
    if exercise.signal.startswith("step_height"):
        return len(step_events(filmed.rec.t_s, x, floor=0.0).at_s)
    return len(count(filmed.rec.t_s, x, SIGNALS[exercise.signal.partition(".")[0]].swing))


def range_films(looks: Iterable[int], model: Path, *, both_sides: bool) -> list[Found]:
    found = []
    for index in looks:
        for side in SIDES if both_sides else [SIDES[index % 2]]:
            rng = np.random.default_rng([index, SIDES.index(side)])
            for make in (arm_raise, elbow_bend):
                exercise = make(rng, LOOKS[index], side, 3)
                found.append(found_in(exercise, film_of(exercise, model)))
    return found


def errors_of(found: Iterable[Found], signal: str) -> np.ndarray:
    errors = np.abs([one.error_deg for one in found if one.exercise.signal.startswith(signal)])
    return errors[np.isfinite(errors)]


def table(found: Iterable[Found]) -> str:
    lines = [str(one) for one in found]
    for signal in ("shoulder_abduction", "elbow_flexion"):
        errors = errors_of(found, signal)
        lines.append(
            f"{signal}: {len(errors)} ranges, median {np.median(errors):.1f},"
            f" 95th percentile {np.percentile(errors, 95):.1f}, worst {errors.max():.1f} deg"
        )
    return "\n".join(lines)


def check_ranges(found: list[Found]) -> None:
    told = table(found)
    for signal in ("shoulder_abduction", "elbow_flexion"):
        errors = errors_of(found, signal)
        assert len(errors) >= 0.4 * len(found), told
        assert np.median(errors) <= GOAL_MEDIAN_DEG, told
        assert np.percentile(errors, 95) <= GOAL_P95_DEG, told
    assert np.mean([one.good for one in found]) >= GOAL_GOOD_FRAMES, told


@pytest.fixture(scope="module")
def sample(models) -> list[Found]:
    """One look in six, about 30 s."""
    return range_films(range(1, len(LOOKS), 6), models["pose"], both_sides=False)


def test_ranges_of_a_sample_of_looks(sample):
    check_ranges(sample)


def test_repetitions_of_a_sample_of_looks(sample):
    big_enough = [
        one
        for one in sample
        if one.exercise.end - one.exercise.rest
        > 1.3 * SIGNALS[one.exercise.signal.partition(".")[0]].swing.size
    ]
    assert len(big_enough) >= 4
    assert all(one.counted == one.exercise.times for one in big_enough), table(sample)


@pytest.mark.endurance
@pytest.mark.timeout(3600)
def test_ranges_of_every_look_and_both_sides(models):
    found = range_films(range(len(LOOKS)), models["pose"], both_sides=True)
    print("\n" + table(found))
    check_ranges(found)


@pytest.mark.endurance
@pytest.mark.timeout(3600)
def test_repetitions_are_exact_in_fifty_of_fifty_runs(models):
    wrong = []
    for exercise in counted_runs(50, seed=0):
        counted = counted_in(exercise, film_of(exercise, models["pose"]))
        if counted != exercise.times:
            wrong.append(f"{exercise}: {counted} counted")
    assert not wrong, "\n".join(wrong)


@pytest.mark.endurance
@pytest.mark.timeout(3600)
def test_a_shoulder_that_stays_down_costs_accuracy_and_how_much(models):
    """The network lifts the shoulder of a raised arm, because people do. An arm that is raised without
    (a drawn one, or an ankylosed shoulder girdle) is measured too low, the more the higher it goes."""
    errors = []
    for index in range(0, len(LOOKS), 3):
        rng = np.random.default_rng([index, 7])
        exercise = arm_raise(rng, LOOKS[index], SIDES[index % 2], 3, 110.0, stiff=True)
        errors.append(found_in(exercise, film_of(exercise, models["pose"])).error_deg)
    told = ", ".join(f"{error:.1f}" for error in errors)
    assert -12.0 < np.nanmedian(errors) < 0.0, told
