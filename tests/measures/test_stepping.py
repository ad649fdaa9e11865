"""Steps whose times, heights and sides are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabgames.core.measured import Measured, Validity
from rehabgames.measures.stepping import (
    both_sides,
    cadence,
    step_events,
    step_time_asymmetry,
    step_time_cv,
    step_times,
    walking_events,
)
from rehabgames.measures.steps import measure_stepping
from rehabgames.signals.trace import Trace

LIFTED_S = 0.4


def lifts(starts_s: np.ndarray, t: np.ndarray, height: float = 0.2) -> np.ndarray:
    """A foot that is lifted and put down as a raised cosine of 0.4 s at each start."""
    x = np.zeros(len(t))
    for start in starts_s:
        phase = (t - start) / LIFTED_S
        x += np.where((phase > 0) & (phase < 1), height * (0.5 - 0.5 * np.cos(2 * np.pi * phase)), 0.0)
    return x


RISE_S = LIFTED_S * math.acos(1 - 2 * 0.3) / (2 * math.pi)  # from the start to 30 % of the height


def march(
    left_s: np.ndarray, right_s: np.ndarray, fps: float = 30.0, noise: float = 0.0, name: str = "step_height"
) -> tuple[Trace, Trace]:
    """step_height of both feet: each against the other one."""
    t = np.arange(0, max(left_s.max(), right_s.max()) + 2, 1 / fps)
    rng = np.random.default_rng(4)
    left, right = lifts(left_s, t, 0.2), lifts(right_s, t, 0.15)
    difference = left - right + rng.normal(0, noise, len(t))
    return trace(t, difference, f"{name}.left"), trace(t, -difference, f"{name}.right")


def trace(t: np.ndarray, x: np.ndarray, name: str, why: Validity = Validity.UNSEEN) -> Trace:
    return Trace(name, "leg lengths", t, x, np.where(np.isfinite(x), 0, why).astype(np.uint8))


def by_name(results: list[Measured]) -> dict[str, Measured]:
    return {f"{m.name} {m.of}" if m.name == "step_lift" else m.name: m for m in results}


@pytest.mark.parametrize("fps", [10.0, 15.0, 30.0, 60.0])
@pytest.mark.parametrize("noise", [0.0, 0.004])
def test_even_marching(fps: float, noise: float) -> None:
    left = 1.0 + np.arange(12) * 1.1
    found = by_name(measure_stepping(*march(left, left + 0.55, fps, noise)))
    assert found["step_count"].value == 24
    assert found["cadence"].value == pytest.approx(60 / 0.55, rel=0.01)
    assert found["step_time"].value == pytest.approx(0.55, abs=0.03)
    assert found["step_time_asymmetry"].value == pytest.approx(0.0, abs=3.0)
    if fps >= 30:
        assert found["step_lift step_height.left"].value == pytest.approx(0.2, abs=0.015)
        assert found["step_lift step_height.right"].value == pytest.approx(0.15, abs=0.015)


def test_interpolated_times_are_finer_than_pictures() -> None:
    starts = 1.0 + np.arange(20) * 1.013  # out of step with the camera
    t = np.arange(0, 24, 1 / 30)
    found = step_events(t, lifts(starts, t))
    assert np.abs(found.at_s - (starts + RISE_S)).max() < 0.006
    assert np.std(np.diff(found.at_s)) < 0.005 < np.std(np.diff(np.ceil((starts + RISE_S) * 30) / 30))


def test_variability_is_the_persons_and_not_the_cameras() -> None:
    rng = np.random.default_rng(1)
    lasted = 0.55 * (1 + 0.06 * rng.standard_normal(59))
    at = 1.0 + np.concatenate([[0.0], np.cumsum(lasted)])
    true = 100 * lasted.std(ddof=1) / lasted.mean()
    found = by_name(measure_stepping(*march(at[::2], at[1::2])))["step_time_cv"]
    assert found.value == pytest.approx(true, abs=0.6)
    assert found.how.params["picture_percent"] == pytest.approx(100 / 30 / 0.55, rel=0.02)
    even = 1.0 + np.arange(60) * 0.55
    assert by_name(measure_stepping(*march(even[::2], even[1::2])))["step_time_cv"].value < 1.5


def test_a_limp_has_a_sign() -> None:
    left = 1.0 + np.arange(10) * 1.2
    late = by_name(measure_stepping(*march(left, left + 0.7)))["step_time_asymmetry"]
    # left to right 0.7 s is a right step time; right to left 0.5 s a left one
    assert late.value == pytest.approx(100 * (0.5 - 0.7) / 1.2, abs=1.0)


def test_too_few_steps_have_no_cv() -> None:
    left = 1.0 + np.arange(4) * 1.1
    found = by_name(measure_stepping(*march(left, left + 0.55)))
    assert found["step_count"].value == 8
    assert found["step_time_cv"].validity is Validity.TOO_FEW
    assert found["step_time_asymmetry"].validity is Validity.TOO_FEW
    assert found["cadence"].good
    assert math.isnan(step_time_cv(np.full(8, 0.5)))
    assert step_time_cv(np.full(9, 0.5)) == 0.0


def test_a_pause_is_no_step_time() -> None:
    left = np.concatenate([1.0 + np.arange(8) * 1.1, 25.0 + np.arange(8) * 1.1])
    found = by_name(measure_stepping(*march(left, left + 0.55)))
    assert found["step_count"].value == 32
    assert found["cadence"].value == pytest.approx(60 / 0.55, rel=0.01)
    assert found["step_time_cv"].value < 2


def test_a_gap_is_no_step_time() -> None:
    left = 1.0 + np.arange(14) * 1.1
    traces = march(left, left + 0.55)
    lost = (traces[0].t_s > 6.0) & (traces[0].t_s < 8.2)
    hidden = [trace(each.t_s, np.where(lost, math.nan, each.x), each.name) for each in traces]
    found = by_name(measure_stepping(*hidden))
    assert found["step_count"].value < 28
    assert found["cadence"].value == pytest.approx(60 / 0.55, rel=0.01)
    assert found["step_time_cv"].value < 2
    assert found["cadence"].coverage == pytest.approx(1 - lost.mean())


def test_a_trembling_foot_on_the_threshold_is_one_step() -> None:
    t = np.arange(0, 6, 1 / 30)
    x = np.interp(t, [0, 1, 1.2, 3, 3.2, 6], [0, 0, 0.3, 0.3, 1, 0]) + 0.05 * np.sin(40 * t) * (t < 3)
    assert len(step_events(t, x).at_s) == 1


def test_two_steps_of_a_foot_are_a_quarter_second_apart() -> None:
    t = np.arange(0, 6, 1 / 60)
    starts = np.array([1.0, 1.2, 3.0, 3.4])
    x = np.zeros(len(t))
    for s in starts:
        x = np.maximum(x, np.where((t > s) & (t < s + 0.1), 0.2, 0.0))
    assert step_events(t, x).at_s == pytest.approx([1.0, 3.0, 3.4], abs=0.04)


def test_somebody_who_stands_still_does_not_step() -> None:
    t = np.arange(0, 20, 1 / 30)
    still = np.random.default_rng(3).normal(0, 0.006, len(t))
    found = measure_stepping(trace(t, still, "step_height.left"), trace(t, -still, "step_height.right"))
    assert by_name(found)["step_count"].value == 0
    assert by_name(found)["cadence"].validity is Validity.NO_MOVEMENT
    # however large the noise is
    assert len(step_events(t, 20 * still).at_s) == 0


def test_knee_lift_has_its_own_floor() -> None:
    left = 1.0 + np.arange(12) * 1.1
    t = np.arange(0, 16, 1 / 30)
    found = by_name(
        measure_stepping(
            trace(t, 0.3 + lifts(left, t, 0.6), "knee_lift.left"),
            trace(t, 0.3 + lifts(left + 0.55, t, 0.6), "knee_lift.right"),
        )
    )
    assert found["step_count"].value == 24
    assert found["step_lift knee_lift.left"].value == pytest.approx(0.6, abs=0.03)


@pytest.mark.parametrize(("fps", "why"), [(5.0, Validity.TOO_SLOW), (30.0, Validity.UNSEEN)])
def test_what_cannot_be_measured_says_why(fps: float, why: Validity) -> None:
    left = 1.0 + np.arange(12) * 1.1
    traces = march(left, left + 0.55, fps)
    if why is Validity.UNSEEN:  # one leg is hidden
        traces = (traces[0], trace(traces[1].t_s, np.full(len(traces[1].t_s), math.nan), traces[1].name))
    found = by_name(measure_stepping(*traces))
    assert found.pop("step_lift step_height.left").validity in {why, Validity.GOOD}
    assert {m.validity for m in found.values()} == {why}


def test_cadence_is_its_formula() -> None:
    assert cadence(np.array([1.0, 1.5, 2.0, 3.0])) == 60 * 3 / 2
    assert math.isnan(cadence(np.array([1.0])))
    assert math.isnan(cadence(np.array([1.0, 1.0])))
    assert math.isnan(cadence(np.array([2.0, 1.0])))
    assert math.isnan(cadence(np.array([1.0, math.nan])))


def test_two_steps_of_one_side_have_one_between_them_that_was_missed() -> None:
    steps = both_sides(np.array([1.0, 2.0, 4.0]), np.array([1.5, 4.5]))
    lasted, left = step_times(steps)
    assert lasted.tolist() == [0.5, 0.5, 0.5]
    assert left.tolist() == [False, True, False]
    assert math.isnan(step_time_asymmetry(lasted, left))


@pytest.mark.parametrize("towards", [1, -1])
def test_walking_events_lie_at_the_turns_of_the_foot(towards: int) -> None:
    t = np.arange(0, 10, 1 / 30) + 0.011
    hip = towards * 1.2 * t
    foot = hip + towards * 0.35 * np.cos(2 * np.pi * (t - 0.5) / 1.1)
    found = walking_events(t, hip, foot, towards)
    assert found.heel_strikes_s == pytest.approx(0.5 + 1.1 * np.arange(9), abs=0.004)
    assert found.toe_offs_s == pytest.approx(1.05 + 1.1 * np.arange(8), abs=0.004)
    with pytest.raises(ValueError, match="direction"):
        walking_events(t, hip, foot, 0)


numbers = st.one_of(st.floats(-1, 1), st.sampled_from([math.nan, math.inf, -math.inf, 1e9, -1e9, 1e300]))


@settings(max_examples=60)
@given(
    st.lists(st.tuples(numbers, numbers, numbers), max_size=60), st.sampled_from(["step_height", "knee_lift"])
)
def test_no_samples_make_it_fail(samples: list[tuple[float, float, float]], name: str) -> None:
    t, x, y = (np.array([s[i] for s in samples], dtype=float) for i in range(3))
    t = np.where(np.abs(t) < 2, np.arange(len(t)) / 15 + t / 20, t)
    for floor in (None, 0.0):
        found = step_events(t, x, floor=floor)
        assert len(found.at_s) == len(found.lift)
        assert (np.diff(found.at_s) >= 0.25).all()
    walking_events(t, x, y, 1)
    x, y = np.where(np.isfinite(x), x, math.nan), np.where(np.isfinite(y), y, math.nan)
    for measured in measure_stepping(trace(t, x, f"{name}.left"), trace(t, y, f"{name}.right")):
        assert measured.good == math.isfinite(measured.value)
