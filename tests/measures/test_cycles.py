"""Threshold cycles, against the Kinetics Toolkit and against sinusoids whose crossings are known."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.measures.cycles import find_cycles

REFERENCE = Path(__file__).parents[1] / "reference" / "filters_cycles" / "expected.json"


def test_cycles_of_the_kinetics_toolkit() -> None:
    golden = json.loads(REFERENCE.read_text(encoding="utf-8"))
    asked = golden["cycles"]
    found = find_cycles(
        np.array(golden["t_s"]),
        np.array(golden["x"]),
        rising=asked["thresholds"]["rising"],
        falling=asked["thresholds"]["falling"],
        min_s=asked["min_s"],
        max_s=asked["max_s"],
    )
    names = ("push", "recovery", "_")
    events = [[when, name] for cycle in found for when, name in zip(cycle, names, strict=True)]
    assert [name for _, name in events] == [name for _, name in asked["events"]]
    # the input's times are printed with 9 digits
    assert [when for when, _ in events] == pytest.approx([when for when, _ in asked["events"]], abs=1e-9)


def wave(fps: float, seconds: float = 10.0) -> tuple[np.ndarray, np.ndarray]:
    """0 at the start, period 2 s, -1..1."""
    t = np.arange(0, seconds, 1 / fps)
    return t, np.sin(np.pi * t - 0.3)


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
def test_interpolated_crossings_of_a_sinusoid(fps: float) -> None:
    found = find_cycles(*wave(fps), rising=0.5, falling=-0.5, interpolate=True)
    up, down = (math.pi / 6 + 0.3) / math.pi, (math.pi * 7 / 6 + 0.3) / math.pi
    assert [c.start_s for c in found] == pytest.approx([up + 2 * i for i in range(4)], abs=0.05 / fps)
    assert [c.turn_s for c in found] == pytest.approx([down + 2 * i for i in range(4)], abs=0.05 / fps)
    assert [c.end_s for c in found[:-1]] == [c.start_s for c in found[1:]]
    coarse = find_cycles(*wave(fps), rising=0.5, falling=-0.5)
    late = np.array([c.start_s for c in coarse]) - np.array([c.start_s for c in found])
    assert ((late >= 0) & (late <= 1 / fps)).all()


def test_a_crossing_inside_a_gap_is_not_interpolated() -> None:
    t = np.array([0.0, 0.03, 0.06, 0.5, 0.53, 0.56, 0.6, 0.63])
    x = np.array([0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0])
    (cycle,) = find_cycles(t, x, rising=0.5, falling=0.5, interpolate=True)
    assert cycle == pytest.approx((0.5, 0.545, 0.615))


def test_what_stays_between_the_thresholds_changes_nothing() -> None:
    t = np.arange(8.0)
    wobbling = np.array([0.0, 1.0, 0.45, 0.55, 0.45, 0.55, 0.0, 1.0])
    assert find_cycles(t, wobbling, rising=0.6, falling=0.4) == [(1.0, 6.0, 7.0)]
    assert len(find_cycles(t, wobbling, rising=0.5, falling=0.5)) == 3


def test_a_signal_that_begins_high_was_not_seen_to_rise() -> None:
    x = np.array([1.0, 0.0, 1.0, 0.0, 1.0])
    assert find_cycles(np.arange(5.0), x, rising=0.6, falling=0.4) == [(2.0, 3.0, 4.0)]


@pytest.mark.parametrize(("bounds", "kept"), [((0.0, 9.0), 3), ((1.5, 9.0), 1), ((0.0, 1.5), 1)])
def test_each_phase_has_its_least_and_longest_time(bounds: tuple[float, float], kept: int) -> None:
    x = np.array([0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1])  # phases of 1+1, 2+2 and 2+1 seconds
    found = find_cycles(
        np.arange(11.0), x.astype(float), rising=0.6, falling=0.4, min_s=bounds[0], max_s=bounds[1]
    )
    assert len(found) == kept


@pytest.mark.parametrize(
    "wrong", [{"falling": 0.7}, {"falling": math.nan}, {"min_s": -1.0}, {"max_s": math.nan}]
)
def test_wrong_parameters_are_errors(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"threshold|durations"):
        find_cycles(np.arange(3.0), np.zeros(3), **{"rising": 0.6, "falling": 0.4, **wrong})


numbers = st.one_of(st.floats(-2, 2), st.sampled_from([math.nan, math.inf, -math.inf, 1e9, -1e9, 1e300]))


@given(st.lists(st.tuples(numbers, numbers), max_size=60), st.booleans())
def test_no_samples_make_it_fail(samples: list[tuple[float, float]], interpolate: bool) -> None:
    t, x = (np.array([s[i] for s in samples], dtype=float) for i in (0, 1))
    for cycle in find_cycles(t, x, rising=0.5, falling=-0.5, interpolate=interpolate):
        assert cycle.start_s <= cycle.turn_s <= cycle.end_s
