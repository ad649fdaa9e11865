"""The stage keeps pictures, and not more and more of them."""

from __future__ import annotations

from dataclasses import replace

import psutil
import pytest

from rehabgames.app.repertoire import library
from rehabgames.core.document import Document
from rehabgames.core.inputs import Input, Recorded
from rehabgames.core.view import View
from rehabgames.session import Session
from rehabgames.testing import Act, setup_for
from rehabgames.testing.acting import eyes_of
from rehabgames.testing.showing import stage

EXERCISES = tuple(sorted(exercise.id for exercise in library().exercises()))
TICK_S = 1 / 60
MOST_MB = 12.0


def grown_mb(exercise: str, minutes: float, warm_minutes: float, every: int) -> float:
    """By how much a process grew that played block after block of an exercise on one stage, after the warm
    minutes; every so many ticks are painted."""
    process, left_s, first, seed = psutil.Process(), minutes * 60, 0.0, 0
    warm_s = left_s - warm_minutes * 60
    with stage((1280, 720)) as painted:
        while left_s > 0:
            seed += 1
            setup = replace(setup_for(exercise, seed), seed=7)  # another patient, the same evening
            session, eyes = Session(setup), eyes_of(Act(setup, seed=seed))
            assert setup.exercise is not None
            painted.prepare(setup.exercise.place, setup.seed, setup.side)
            fresh: list[Document] = []
            view: View | None = None
            tick = 0
            while left_s > 0 and session.closed is None:
                now_s = tick * TICK_S
                frame = eyes.frame(view, now_s, tick // 2) if tick % 2 == 0 else None
                inputs: list[Input] = [Recorded(fresh[-1].number)] if fresh else []
                step = session.step(frame, inputs, now_s)
                fresh, view = list(step.documents), step.view
                for cue in step.cues:
                    painted.cue(cue, now_s)
                if tick % every == 0 or session.closed is not None:  # every block's end is seen, too
                    painted.paint(view, now_s, None)
                tick, left_s = tick + 1, left_s - TICK_S
                if not first and left_s <= warm_s:
                    first = process.memory_info().rss
        return (process.memory_info().rss - first) / 1e6


def test_memory_stays_flat_for_a_while() -> None:
    assert grown_mb("star_shift", 1.5, 1, 6) < MOST_MB


@pytest.mark.endurance
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("exercise", EXERCISES)
def test_memory_stays_flat_for_half_an_hour(exercise: str) -> None:
    assert grown_mb(exercise, 30, 10, 2) < MOST_MB
