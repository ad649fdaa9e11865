"""Everybody finishes every exercise, and succeeds about as often as the exercise wants."""

import numpy as np
import pytest

from rehabgames.app.repertoire import library
from rehabgames.testing import Act, Acted, act, setup_for
from rehabgames.testing.acting import FPS

KINDS = ("healthy", "moderate", "severe", "tremor", "neglect")
EXERCISES = tuple(sorted(exercise.id for exercise in library().exercises()))
SEEDS = range(10)
TRIES = 40
OFF = 0.10
LEAST_TRIALS = 10
LAPTOP_FPS = 20.0  # while a game is played


def played(exercise: str, kind: str, seed: int, tries: int = TRIES, fps: float = FPS) -> Acted:
    return act(Act(setup_for(exercise, seed), kind, seed, tries=tries, fps=fps))


@pytest.mark.parametrize("exercise", EXERCISES)
def test_somebody_plays_each_exercise_on(exercise: str) -> None:
    """A sample: another kind of patient for each, seen by a laptop's camera."""
    kind = KINDS[EXERCISES.index(exercise) % len(KINDS)]
    assert len(played(exercise, kind, 1, 12, LAPTOP_FPS).trials) >= LEAST_TRIALS


@pytest.mark.endurance
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("exercise", EXERCISES)
def test_trials_11_to_40_succeed_as_often_as_wanted(exercise: str, kind: str) -> None:
    rates = []
    for seed in SEEDS:
        done = played(exercise, kind, seed)
        assert len(done.trials) >= LEAST_TRIALS
        if len(done.trials) < TRIES:
            assert done.session.closed == "completed", "ended by dose or a rule, with its reason"
            assert done.session.reason
        rates.append(done.success(11, TRIES))
    wanted = setup_for(exercise).exercise.target_success  # type: ignore[union-attr]
    assert abs(float(np.nanmean(rates)) - wanted) <= OFF
