"""Every measure of events takes milliseconds for ten minutes, and no more per minute for an hour."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest

from rehabgames.measures.chair import measure_sit_to_stand
from rehabgames.measures.cycles import find_cycles
from rehabgames.measures.ends_of_range import held_maximum
from rehabgames.measures.finger_taps import measure_tapping
from rehabgames.measures.hand import HandRange, measure_grasp
from rehabgames.measures.range_of_motion import measure_range
from rehabgames.measures.rhythm import measure_rhythm
from rehabgames.measures.sit_to_stand import Levels
from rehabgames.measures.steps import measure_stepping
from rehabgames.signals.trace import Trace

Run = Callable[[Trace, Trace], object]
RUNS: dict[str, Run] = {
    "cycles": lambda a, b: find_cycles(a.t_s, a.x, rising=0.6, falling=0.4, interpolate=True),
    "sit-to-stand": lambda a, b: measure_sit_to_stand(a, Levels(0.0, 1.0), go_s=0.0, hands=[b]),
    "stepping": measure_stepping,
    "grasp": lambda a, b: measure_grasp(a, HandRange(0.0, 1.0)),
    "tapping": lambda a, b: measure_tapping(a),
    "range": lambda a, b: measure_range(a),
    "held": lambda a, b: held_maximum(a.t_s, a.x),
    "rhythm": lambda a, b: measure_rhythm(a.t_s[::15], a.t_s[::30], 1.0),
}


def recording(minutes: float) -> tuple[Trace, Trace]:
    """A movement a second, which is as many events as people make."""
    t = np.arange(int(minutes * 1800)) / 30
    x = 0.5 - 0.5 * np.cos(2 * np.pi * t / 1.5) + np.random.default_rng(1).normal(0, 0.01, len(t))
    why = np.zeros(len(t), dtype=np.uint8)
    return Trace("a.left", "leg lengths", t, x, why), Trace("a.right", "leg lengths", t, 1 - x, why)


def seconds(run: Run, traces: tuple[Trace, Trace]) -> float:
    took = []
    for _ in range(3):
        start = time.perf_counter()
        run(*traces)
        took.append(time.perf_counter() - start)
    return min(took)


@pytest.mark.parametrize("name", RUNS)
def test_cost_grows_with_the_recording_and_no_faster(name: str) -> None:
    ten = seconds(RUNS[name], recording(10))
    assert ten < 0.4
    assert seconds(RUNS[name], recording(40)) < 4 * 2.5 * ten + 0.01
