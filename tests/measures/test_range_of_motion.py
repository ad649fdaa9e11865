"""Range of motion: what is held, what lies between pictures, and what a slow camera cannot see."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference_movements import abduction

from rehabgames.core.measured import Measured, Validity
from rehabgames.measures.ends_of_range import held_maximum, range_repetitions, robust_maximum
from rehabgames.measures.range_of_motion import measure_range
from rehabgames.signals.trace import Trace

RATES = (5.0, 10.0, 15.0, 30.0)
SHAPES = ("sinusoid", "raised cosine and rest", "held", "minimum jerk")


def repeated(
    shape: str, hz: float, way: float, fps: float, *, reps: int = 3, phase: float = 0.0, rest: float = 12.0
) -> tuple[np.ndarray, np.ndarray]:
    """reps repetitions from `rest` up by `way`; there and back together take 1 / hz, and holds and
    rests come on top. Pictures are late by up to a tenth of their interval, each by its own."""
    pause = {"sinusoid": 0.0, "raised cosine and rest": 1.5, "held": 1.0, "minimum jerk": 1.0}[shape]
    hold = {"held": 1.0, "minimum jerk": 0.7}.get(shape, 0.0)
    n = int((2 + reps * (1 / hz + pause + hold)) * fps)
    late = np.random.default_rng(9).uniform(0, 0.1, n)
    t = (np.arange(n) + phase + late) / fps
    x = np.full(n, rest)
    start = 1.0
    for _ in range(reps):
        up = np.clip((t - start) * 2 * hz, 0, 1)
        down = np.clip((t - start - hold) * 2 * hz - 1, 0, 1)
        if shape == "minimum jerk":
            up, down = (10 * s**3 - 15 * s**4 + 6 * s**5 for s in (up, down))
        else:
            up, down = (0.5 - 0.5 * np.cos(np.pi * s) for s in (up, down))
        x += way * (up - down)
        start += 1 / hz + pause + hold
    return t, x


def trace(t: np.ndarray, x: np.ndarray, why: Validity = Validity.FORESHORTENED) -> Trace:
    reasons = np.where(np.isfinite(x), 0, why).astype(np.uint8)
    return Trace("elbow_flexion.right", "deg", t, x, reasons)


def by_name(results: list[Measured]) -> dict[str, Measured]:
    return {m.name: m for m in results}


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("hz", [0.1, 0.25, 0.4, 0.5])
@pytest.mark.parametrize("shape", SHAPES)
def test_any_camera_gives_the_range_of_slow_movements(shape: str, hz: float, fps: float) -> None:
    for way in (20.0, 90.0, 170.0):
        for phase in (0.0, 0.3, 0.5, 0.8):
            found = by_name(measure_range(trace(*repeated(shape, hz, way, fps, phase=phase))))
            assert found["range_of_motion"].validity is Validity.GOOD
            assert found["range_of_motion"].value == pytest.approx(way, abs=3.0)
            assert found["end_of_range"].value == pytest.approx(12.0 + way, abs=2.0)
            assert found["neutral_position"].value == pytest.approx(12.0, abs=2.0)
            assert found["range_of_motion"].coverage >= 0.6


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("hz", [0.6, 0.8, 1.0, 1.5, 2.0])
@pytest.mark.parametrize("shape", SHAPES)
def test_faster_movements_are_right_or_said_to_be_too_fast(shape: str, hz: float, fps: float) -> None:
    for way in (20.0, 90.0, 170.0):
        for phase in (0.0, 0.3, 0.5, 0.8):
            found = by_name(measure_range(trace(*repeated(shape, hz, way, fps, phase=phase))))
            one = found["range_of_motion"]
            if one.good:
                assert one.value == pytest.approx(way, abs=3.0)
            else:
                assert one.validity in {Validity.TOO_SLOW, Validity.TOO_FEW, Validity.NO_MOVEMENT}
                assert one.coverage == 0.0
                assert fps / hz < 10  # a camera of ten pictures a movement sees it


def test_five_pictures_a_second_are_too_slow_for_a_movement_a_second() -> None:
    for phase in np.linspace(0, 0.9, 10):
        t, x = repeated("raised cosine and rest", 1.0, 90.0, 5.0, phase=float(phase))
        assert {m.validity for m in measure_range(trace(t, x))} == {Validity.TOO_SLOW}


def test_coverage_is_the_share_of_repetitions_that_were_slow_enough() -> None:
    slow, fast = (repeated("raised cosine and rest", hz, 90.0, 5.0, reps=2) for hz in (0.4, 1.2))
    t = np.concatenate([slow[0], fast[0] + slow[0][-1] + 0.2])
    found = by_name(measure_range(trace(t, np.concatenate([slow[1], fast[1]]))))
    assert found["range_of_motion"].coverage == pytest.approx(0.5)
    assert found["range_of_motion"].value == pytest.approx(90.0, abs=3.0)
    assert (found["range_of_motion"].how.params["n"], found["range_of_motion"].how.params["all"]) == (2, 4)


def test_the_best_of_three_counts() -> None:
    parts = [repeated("held", 0.4, way, 30.0, reps=1) for way in (60.0, 95.0, 80.0)]
    t = np.concatenate([p[0] + 6.6 * i for i, p in enumerate(parts)])
    found = by_name(measure_range(trace(t, np.concatenate([p[1] for p in parts]))))
    assert found["range_of_motion"].value == pytest.approx(95.0, abs=1.0)
    assert found["end_of_range"].value - found["neutral_position"].value == pytest.approx(
        found["range_of_motion"].value
    )


def test_two_repetitions_are_too_few_and_rest_is_no_movement() -> None:
    assert {m.validity for m in measure_range(trace(*repeated("held", 0.4, 90.0, 30.0, reps=2)))} == {
        Validity.TOO_FEW
    }
    t = np.arange(0, 10, 1 / 30)
    rest = np.random.default_rng(0).normal(10, 0.5, len(t))
    assert {m.validity for m in measure_range(trace(t, rest))} == {Validity.NO_MOVEMENT}


def test_a_neutral_of_the_calibration_is_used() -> None:
    found = by_name(measure_range(trace(*repeated("held", 0.4, 90.0, 30.0)), neutral=2.0))
    assert found["range_of_motion"].value == pytest.approx(100.0, abs=1.0)
    assert found["neutral_position"].value == 2.0


def test_a_joint_that_moves_towards_lower_numbers() -> None:
    t, x = repeated("held", 0.4, 90.0, 30.0)
    found = by_name(measure_range(trace(t, 60.0 - x), towards=-1))
    assert found["range_of_motion"].value == pytest.approx(90.0, abs=1.0)
    assert found["end_of_range"].value == pytest.approx(60.0 - 102.0, abs=1.0)
    assert found["neutral_position"].value == pytest.approx(48.0, abs=1.0)
    with pytest.raises(ValueError, match="towards"):
        measure_range(trace(t, x), towards=0)


def test_a_gap_about_the_top_hides_the_repetition() -> None:
    t, x = repeated("held", 0.4, 90.0, 30.0)
    first_top = (t > 2.4) & (t < 2.9)
    one = by_name(measure_range(trace(t, np.where(first_top, math.nan, x))))["range_of_motion"]
    assert one.good
    assert one.coverage == pytest.approx(2 / 3)
    every = np.isclose((t - 1.0) % 4.5, 1.6, atol=0.25)
    assert {m.validity for m in measure_range(trace(t, np.where(every, math.nan, x)))} == {Validity.GAP}


def test_unseen_says_why() -> None:
    t, x = repeated("held", 0.4, 90.0, 30.0)
    assert {m.validity for m in measure_range(trace(t, np.full(len(x), math.nan)))} == {
        Validity.FORESHORTENED
    }
    assert {m.validity for m in measure_range(trace(t[::20], x[::20]))} == {Validity.TOO_SLOW}
    assert {m.validity for m in measure_range(trace(np.zeros(len(t)), x))} == {Validity.TIME}


@pytest.mark.parametrize("fps", RATES)
def test_one_wild_picture_does_not_widen_the_range(fps: float) -> None:
    t, x = repeated("raised cosine and rest", 0.25, 90.0, fps)
    for at in (0.3, 2.9, 3.0, 3.1, 4.0):  # at rest, about the first top, on the way down
        wild = x.copy()
        wild[np.argmin(np.abs(t - at))] += 60.0
        found = by_name(measure_range(trace(t, wild)))["range_of_motion"]
        assert found.value == pytest.approx(90.0, abs=3.0)


@pytest.mark.parametrize("fps", [10.0, 30.0])
def test_noise_of_a_degree_costs_at_most_three(fps: float) -> None:
    for seed in range(5):
        t, x = repeated("held", 0.4, 90.0, fps)
        noisy = x + np.random.default_rng(seed).normal(0, 1.0, len(x))
        found = by_name(measure_range(trace(t, noisy)))["range_of_motion"]
        assert found.value == pytest.approx(90.0, abs=3.5)


# --- held


def test_held_is_exact_with_uneven_times() -> None:
    t = np.array([0.0, 0.08, 0.14, 0.20, 0.24, 0.33, 0.42, 0.5])
    x = np.array([0.0, 5.0, 9.0, 9.0, 9.0, 7.0, 6.0, 0.0])
    # between 6 and 7 it rises through v at 0.08 + 0.06 (v - 5)/4 and falls through it at 0.33 + 0.09 (7 - v)
    v = (0.33 + 0.09 * 7 - 0.08 + 0.06 * 5 / 4 - 0.25) / (0.06 / 4 + 0.09)
    assert 6 < v < 7
    assert held_maximum(t, x, 0.25) == pytest.approx(v, abs=1e-9)


@pytest.mark.parametrize("hz", [0.25, 0.5, 1.0])
def test_held_of_a_sinusoid_is_known(hz: float) -> None:
    t = np.arange(0, 8, 1 / 240)
    assert held_maximum(t, np.sin(2 * np.pi * hz * t)) == pytest.approx(
        math.cos(math.pi * hz * 0.25), abs=5e-4
    )


def test_what_is_not_held_long_enough_does_not_count() -> None:
    t = np.arange(0, 3, 1 / 100)
    x = np.interp(t, [0, 1.0, 1.01, 1.2, 1.21, 2.0, 2.01, 2.4, 2.41, 3], [0, 0, 9, 9, 0, 0, 4, 4, 0, 0])
    assert held_maximum(t, x, 0.25) == pytest.approx(4.0, abs=1e-9)
    assert held_maximum(t, x, 0.15) == pytest.approx(9.0, abs=1e-9)
    x[(t > 2.1) & (t < 2.3)] = math.nan  # a gap breaks the hold
    assert held_maximum(t, x, 0.25) == pytest.approx(0.0, abs=1e-9)
    assert math.isnan(held_maximum(t[:20], x[:20], 0.25))


def test_held_is_lower_than_the_percentile_of_a_movement_that_is_not_held() -> None:
    t, x = repeated("sinusoid", 0.5, 100.0, 60.0)
    percentile = max(r.range for r in range_repetitions(t, x))
    held = max(r.range for r in range_repetitions(t, x, statistic="held"))
    assert percentile == pytest.approx(100.0, abs=1.5)
    assert percentile - held == pytest.approx(3.8, abs=1.0)
    with pytest.raises(ValueError, match="statistic"):
        range_repetitions(t, x, statistic="mean")  # type: ignore[arg-type]


def test_robust_maximum_is_of_time() -> None:
    t = np.concatenate([np.arange(0, 10, 1.0), 10 + np.arange(0, 0.1, 0.001)])
    x = np.concatenate([np.zeros(10), np.full(100, 50.0)])  # many samples, but hardly any time
    assert robust_maximum(t, x, 80.0) < 1.0
    assert robust_maximum(np.arange(101.0), np.arange(101.0)) == pytest.approx(95.0)
    assert math.isnan(robust_maximum(np.array([]), np.array([])))
    with pytest.raises(ValueError, match="percentile"):
        robust_maximum(t, x, 101.0)
    with pytest.raises(ValueError, match="hold"):
        held_maximum(t, x, 0.0)


def test_a_real_persons_shoulders_at_ten_pictures_a_second(shared: Path) -> None:
    """An RGB-D recording of ten abductions of one arm: about 65 to 75 degrees of the upper arm."""
    for side, other in (("left", "right"), ("right", "left")):
        t, x = abduction(shared, side, side)
        found = by_name(measure_range(trace(t, x)))
        assert found["range_of_motion"].coverage == 1.0
        assert found["range_of_motion"].value == pytest.approx(np.max(x) - np.min(x), abs=5.0)
        # at half the rate it is the same arm
        half = by_name(measure_range(trace(t[::2], x[::2])))["range_of_motion"]
        assert half.value == pytest.approx(found["range_of_motion"].value, abs=3.0)
        resting = abduction(shared, side, other)
        assert {m.validity for m in measure_range(trace(*resting))} == {Validity.NO_MOVEMENT}


numbers = st.one_of(st.floats(-90, 90), st.sampled_from([math.nan, math.inf, -math.inf, 1e9, -1e9, 1e300]))


@settings(max_examples=80)
@given(
    st.lists(st.tuples(numbers, numbers), max_size=60),
    st.sampled_from(["percentile", "held"]),
    st.sampled_from([1, -1]),
)
def test_no_samples_make_it_fail(samples: list[tuple[float, float]], statistic: str, towards: int) -> None:
    t, x = (np.array([s[i] for s in samples], dtype=float) for i in range(2))
    t = np.where(np.abs(t) <= 90, np.arange(len(t)) / 10 + t / 1000, t)
    held_maximum(t, x)
    robust_maximum(t, x)
    for one in range_repetitions(t, x, statistic=statistic):  # type: ignore[arg-type]
        assert one.pictures >= 0
    for measured in measure_range(trace(t, np.where(np.isfinite(x), x, math.nan)), towards=towards):
        assert measured.good == math.isfinite(measured.value)
        assert 0 <= measured.coverage <= 1
