"""Times, speed, straightness and ends of reaches whose truth is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rehabgames.core.delay import Delay
from rehabgames.core.measured import Measured, Validity
from rehabgames.measures.reach import (
    endpoint_errors,
    endpoints_measured,
    measured,
    path_ratio,
    perpendicular_deviation,
    reaction_time,
)
from rehabgames.measures.reaching import find_reach

FS = 30.0


def curved(seconds: float, length: float, bend: float, fs_hz: float = FS) -> tuple[np.ndarray, np.ndarray]:
    """A minimum-jerk reach along half a sine wave of height bend·length, begun at 1.5 s."""
    t = np.arange(round((seconds + 3) * fs_hz)) / fs_hz
    u = np.clip((t - 1.5) / seconds, 0, 1)
    s = 10 * u**3 - 15 * u**4 + 6 * u**5
    return t, np.stack([length * s, bend * length * np.sin(np.pi * s)], axis=1)


def true_ratio(bend: float) -> float:
    s = np.linspace(0, 1, 20_001)
    return float(np.hypot(np.diff(s), np.diff(bend * np.sin(np.pi * s))).sum())


def by_name(results: list[Measured]) -> dict[str, Measured]:
    return {one.name: one for one in results}


def test_path_ratio_of_known_paths() -> None:
    assert path_ratio(np.array([[0, 0], [3, 4], [6, 8.0]])) == 1.0
    assert path_ratio(np.array([[0, 0], [3, 0], [3, 4.0]])) == pytest.approx(7 / 5)
    half = np.linspace(0, np.pi, 10_001)
    assert path_ratio(np.stack([np.cos(half), np.sin(half)], axis=1)) == pytest.approx(np.pi / 2, rel=1e-6)
    assert path_ratio(np.array([[0, 0, 0], [0, 0, 2.0], [0, 2, 2]])) == pytest.approx(math.sqrt(2))


def test_perpendicular_deviation_of_known_paths() -> None:
    half = np.linspace(0, np.pi, 10_001)
    assert perpendicular_deviation(np.stack([np.cos(half), np.sin(half)], axis=1)) == pytest.approx(
        50, rel=1e-6
    )
    assert perpendicular_deviation(np.array([[0, 0, 0], [1, 0, 1], [2, 0, 0.0]])) == pytest.approx(50)
    assert perpendicular_deviation(np.array([[0, 0], [1, 1], [2, 2.0]])) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("points", [[], [[1, 2]], [[1, 2], [3, 4], [1, 2]], [[1, 2], [math.nan, 0], [5, 6]]])
def test_a_path_without_ends_has_no_ratio(points: list[list[float]]) -> None:
    path = np.array(points, dtype=float).reshape(-1, 2)
    assert math.isnan(path_ratio(path))
    assert math.isnan(perpendicular_deviation(path))


def test_a_path_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        path_ratio(np.zeros(5))
    with pytest.raises(ValueError, match="shape"):
        perpendicular_deviation(np.zeros((5, 4)))


@pytest.mark.parametrize("seconds", [0.6, 1.0, 2.0])
@pytest.mark.parametrize("bend", [0.0, 0.2])
def test_a_clean_reach(seconds: float, bend: float) -> None:
    t, xy = curved(seconds, 0.5, bend)
    found = find_reach(t, xy, noise=0.0, cue_s=1.2)
    got = by_name(measured(found, of="right", cue_s=1.2, delay=Delay(0.1)))
    assert all(one.good and one.of == "right" and one.coverage == 1.0 for one in got.values())
    ratio = true_ratio(bend)
    assert got["path_ratio"].value == pytest.approx(ratio, abs=0.02)
    assert got["perpendicular_deviation"].value == pytest.approx(100 * bend, abs=1.5)
    if bend == 0:
        assert got["movement_time"].value == pytest.approx(0.881 * seconds, abs=0.025)
        assert got["peak_velocity"].value == pytest.approx(1.875 * 0.5 / seconds, rel=0.03)
        assert got["time_to_peak"].value == pytest.approx(50, abs=1.5)
        assert got["reaction_time"].value == pytest.approx(0.2 + 0.059 * seconds, abs=0.025)
    assert [one.unit for one in got.values()] == ["s", "arm lengths/s", "%", "", "%", "s"]


def test_an_early_peak_is_read_as_early() -> None:
    t, xy = curved(2.0, 0.5, 0.0)
    u = np.clip((t - 1.5) / 2.0, 0, 1) ** 0.7  # hurries at first, brakes for long
    xy = np.stack([0.5 * (10 * u**3 - 15 * u**4 + 6 * u**5), 0 * u], axis=1)
    got = by_name(measured(find_reach(t, xy, noise=0.0)))
    speed = np.gradient(xy[:, 0], 1 / FS)
    inside = np.flatnonzero(speed > 0.05 * speed.max())
    expected = 100 * (speed.argmax() - inside[0]) / (inside[-1] - inside[0])
    assert expected < 45
    assert got["time_to_peak"].value == pytest.approx(expected, abs=2)


def test_path_ratio_is_within_its_bound_wherever_it_is_shown() -> None:
    rng = np.random.default_rng(11)
    errors, refused = [], 0
    for seconds in (0.6, 1.0, 2.0, 3.0):
        for mm in (0, 2, 5):
            for length in (0.05, 0.15, 0.3):
                for bend in (0.0, 0.2):
                    t, xy = curved(seconds, length, bend)
                    xy = xy + rng.normal(0, mm / 1000, xy.shape)
                    one = by_name(measured(find_reach(t, xy, noise=mm / 1000)))["path_ratio"]
                    refused += one.validity is Validity.NOISE
                    errors += [one.value - true_ratio(bend)] if one.good else []
    assert np.abs(errors).max() <= 0.08
    assert len(errors) >= 40
    assert refused >= 15


def test_what_noise_would_decide_is_refused() -> None:
    t, xy = curved(2.0, 0.3, 0.0)
    noisy = xy + np.random.default_rng(12).normal(0, 0.005, xy.shape)
    results = measured(find_reach(t, noisy, noise=0.005), cue_s=1.2, delay=Delay(0.1))
    assert {one.validity for one in results} == {Validity.NOISE}
    assert all(one.how.params["clearance"] < one.how.params["needed"] for one in results)


def test_reaction_time_needs_the_latency_and_discards_what_is_no_answer() -> None:
    assert reaction_time(1.5, 1.0, Delay(0.1)) == pytest.approx(0.4)
    assert math.isnan(reaction_time(1.5, 1.0, None))
    assert math.isnan(reaction_time(1.15, 1.0, Delay(0.1)))
    assert math.isnan(reaction_time(4.2, 1.0, Delay(0.1)))
    t, xy = curved(1.0, 0.3, 0.0)
    found = find_reach(t, xy, noise=0.0, cue_s=1.2)
    assert by_name(measured(found, cue_s=1.2))["reaction_time"].validity is Validity.NO_LATENCY
    assert (
        by_name(measured(found, cue_s=1.2, delay=Delay(math.nan)))["reaction_time"].validity
        is Validity.NO_LATENCY
    )
    early = find_reach(t, xy, noise=0.0, cue_s=1.5)
    assert (
        by_name(measured(early, cue_s=1.5, delay=Delay(0.1)))["reaction_time"].validity is Validity.BAD_NUMBER
    )


def test_a_camera_that_is_too_slow_times_nothing() -> None:
    t, xy = curved(2.0, 0.3, 0.0, fs_hz=5.0)
    got = by_name(measured(find_reach(t, xy, noise=0.0), cue_s=1.2, delay=Delay(0.1)))
    assert got["movement_time"].validity is Validity.TOO_SLOW
    assert got["reaction_time"].validity is Validity.TOO_SLOW


def test_endpoint_errors_split_along_and_across_the_way() -> None:
    rng = np.random.default_rng(13)
    n = 4000
    turn = rng.uniform(0, 2 * np.pi, n)
    along = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    across = np.stack([-np.sin(turn), np.cos(turn)], axis=1)
    start = rng.normal(0, 1, (n, 2))
    target = start + 3 * along
    ends = target + rng.normal(0.2, 0.1, (n, 1)) * along + rng.normal(-0.1, 0.05, (n, 1)) * across
    got = endpoint_errors(ends, target, start, size=0.5)
    assert got.constant_along == pytest.approx(40, abs=1)
    assert got.constant_across == pytest.approx(-20, abs=1)
    assert got.variable_along == pytest.approx(20, abs=1)
    assert got.variable_across == pytest.approx(10, abs=0.5)


def test_endpoint_errors_by_hand() -> None:
    ends = np.array([[1.0, 0], [3, 0], [math.nan, 0]])
    got = endpoint_errors(ends, np.zeros((3, 2)))
    assert got.constant == pytest.approx(2)
    assert got.variable == pytest.approx(math.sqrt(2))
    assert got.absolute == pytest.approx(2)
    assert math.isnan(got.constant_along)
    assert all(math.isnan(x) for x in endpoint_errors(ends[:0], ends[:0]))
    with pytest.raises(ValueError, match="as many"):
        endpoint_errors(ends, ends[:2])


def test_endpoints_as_results() -> None:
    start, target = np.zeros((3, 2)), np.tile([1.0, 0.0], (3, 1))
    ends = np.array([[1.1, 0.0], [1.3, 0.0], [math.nan, 0.0]])
    constant, variable, absolute = endpoints_measured(ends, target, start, 0.2, of="left")
    assert (constant.value, absolute.value) == pytest.approx((100, 100))
    assert variable.value == pytest.approx(100 * math.sqrt(0.5))
    assert constant.coverage == pytest.approx(2 / 3)
    few = endpoints_measured(ends[:1], target[:1], start[:1], 0.2)
    assert {one.validity for one in few} == {Validity.TOO_FEW}


ANY = st.floats(allow_nan=True, allow_infinity=True) | st.sampled_from([0.0, 1e9, -1e9])


@given(st.integers(0, 12).flatmap(lambda n: arrays(np.float64, (n, 6), elements=ANY)), ANY)
def test_no_number_breaks_a_measure_of_reaching(rows: np.ndarray, size: float) -> None:
    ratio, off = path_ratio(rows[:, :2]), perpendicular_deviation(rows[:, :3])
    assert math.isnan(ratio) or ratio >= 1
    assert math.isnan(off) or off >= 0
    errors = endpoint_errors(rows[:, :2], rows[:, 2:4], rows[:, 4:], size=size)
    assert not any(math.isinf(x) for x in errors)
    assert len(endpoints_measured(rows[:, :2], rows[:, 2:4], rows[:, 4:], size)) == 3
