"""Sway against a reference program on a real recording (tests/reference/sway_postural_control)."""

from __future__ import annotations

import json
import math
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabgames.measures.sway import Sway, sway
from rehabgames.measures.sway_peaks import samples_inside, sway_density, velocity_peaks
from rehabgames.measures.sway_spectrum import spectrum

REFERENCE = Path(__file__).parents[1] / "reference" / "sway_postural_control"
SETS = {
    "expected_on_processed_rerun_here": ("cop_processed_25hz_cm.csv", 25.0),
    "expected_on_raw_centred_100hz_no_filter": ("cop_raw_100hz_cm.csv", 100.0),
}


@pytest.fixture(scope="module")
def golden() -> Any:
    return json.loads((REFERENCE / "expected.json").read_text("utf-8"))


def recorded(name: str) -> Any:
    return np.genfromtxt(REFERENCE / name, delimiter=",", skip_header=1)[:, 1:]


@pytest.mark.parametrize("key", SETS)
def test_all_72_descriptors(golden: Any, key: str) -> None:
    file, fs_hz = SETS[key]
    found, expected = sway(recorded(file), fs_hz).flat(), dict(golden[key])
    if "raw" not in key:  # the mean of the recording before it was filtered cannot be known from this file
        del expected["mean_value_ML"], expected["mean_value_AP"]
    assert len(expected) >= 70
    assert {name: found[name] for name in expected} == pytest.approx(expected, rel=1e-9, abs=0)


def test_plain_names(golden: Any) -> None:
    key = "expected_on_processed_rerun_here"
    found, expected = sway(recorded(SETS[key][0]).tolist(), 25), golden[key]
    assert found.ellipse_area == pytest.approx(expected["confidence_ellipse_area_ML_AND_AP"], rel=1e-9)
    assert found.mean_velocity == pytest.approx(expected["mean_velocity_ML_AND_AP"], rel=1e-9)
    assert found.path_length == pytest.approx(
        golden["ellipse_and_velocity_variants_on_processed"]["path_length_cm"], rel=1e-9
    )
    assert (found.mean_distance, found.rms_distance) == (found.mean_distance_radius, found.rms_radius)
    assert (found.range, found.mean_frequency) == (found.range_ml_and_ap, found.mean_frequency_ml_and_ap)
    assert found.sway_area_per_second == found.sway_area_per_second_ml_and_ap


def test_a_circle() -> None:
    angle = 2 * np.pi * np.arange(3000) / 300
    found = sway(2.0 * np.stack([np.cos(angle), np.sin(angle)], axis=1) + [5.0, -7.0], 100.0)
    assert (found.mean_value_ml, found.mean_value_ap) == pytest.approx((5.0, -7.0))
    assert found.mean_distance == pytest.approx(2.0)
    assert found.range == pytest.approx(4.0)
    assert found.mean_velocity == pytest.approx(2 * math.pi * 2.0 / 3.0, rel=1e-3)
    assert found.mean_frequency == pytest.approx(1 / 3, rel=1e-3)
    assert found.sway_area_per_second == pytest.approx(math.pi * 4.0 / 3.0, rel=1e-3)
    assert found.spectrum_ml.frequency_mode == pytest.approx(1 / 3, abs=0.02)


def test_column_0_is_mediolateral() -> None:
    x = np.linspace(-1, 1, 2000)
    found = sway(np.stack([x, 0 * x], axis=1), 50.0)
    assert found.range_ml == pytest.approx(2.0)
    assert found.range_ap == 0.0
    assert found.range == pytest.approx(2.0)
    assert found.principal_sway_direction_ml_and_ap == pytest.approx(90.0)


def test_points_that_are_centred_already_are_left_alone() -> None:
    rng = np.random.default_rng(3)
    points = rng.normal(0, 1, (500, 2))
    points -= points.mean(axis=0)
    assert sway(points + 0.005, 25.0, centre=None).rms_ml == sway(points + 0.005, 25.0, centre=False).rms_ml
    assert sway(points + 0.5, 25.0).rms_ml == pytest.approx(sway(points, 25.0).rms_ml, rel=1e-12)
    assert sway(points + 0.005, 25.0, centre=True).mean_distance == pytest.approx(
        sway(points, 25.0, centre=True).mean_distance, rel=1e-12
    )


@pytest.mark.parametrize("step", [0.01, 0.05, 0.3, 3.0])
def test_time_in_the_circle_is_as_if_counted_one_by_one(step: float) -> None:
    points = np.cumsum(np.random.default_rng(1).normal(0, step, (400, 2)), axis=0)
    apart = np.hypot(*np.moveaxis(points[:, None] - points[None], 2, 0))
    counted = []
    for i in range(400):
        outside = np.flatnonzero(apart[i, i + 1 :] > 0.3)
        counted.append(outside[0] if len(outside) else 399 - i)
    assert samples_inside(points, 0.3).tolist() == counted


def test_density_of_a_body_that_never_leaves_is_nan() -> None:
    points = np.random.default_rng(2).normal(0, 0.01, (400, 2))
    assert sway_density(points, 25.0) == pytest.approx((math.nan, math.nan), nan_ok=True)
    assert sway_density(points, 25.0, radius=0.01).mean_peak > 0


def test_velocity_peaks_leave_out_what_is_not_whole() -> None:
    v = np.array([9.0, -1.0, -3.0, 0.0, 2.0, 5.0, 1.0, -4.0, -8.0])
    found = velocity_peaks(v)
    assert (found.zero_crossing, found.peak_velocity_pos, found.peak_velocity_neg) == (3.0, 5.0, 3.0)
    assert found.peak_velocity_all == 4.0
    assert velocity_peaks(np.ones(5)).zero_crossing == 0.0
    assert math.isnan(velocity_peaks(np.ones(5)).peak_velocity_all)


def test_wrong_parameters_are_refused() -> None:
    for fs_hz in (0.0, -1.0, math.nan, math.inf):
        with pytest.raises(ValueError, match="rate"):
            sway(np.zeros((10, 2)), fs_hz)
        with pytest.raises(ValueError, match="rate"):
            spectrum(np.zeros(100), fs_hz)
    for shape in ((10,), (10, 3), (5, 2, 2)):
        with pytest.raises(ValueError, match="shape"):
            sway(np.zeros(shape), 25.0)


BAD = st.sampled_from([math.nan, math.inf, -math.inf, 1e9, -1e9, 0.0, 1e300, 5e-324, 1.0])


@settings(max_examples=150)
@given(
    st.lists(st.tuples(BAD, BAD), max_size=40),
    st.integers(1, 40),
    st.sampled_from([1e-3, 1.0, 5.0, 25.0, 100.0, 1e6]),
)
def test_bad_numbers_never_raise(rows: list[tuple[float, float]], times: int, fs_hz: float) -> None:
    points = np.array(rows * times, dtype=float).reshape(-1, 2)
    found = sway(points, fs_hz).flat()
    assert not any(math.isinf(value) for value in found.values())
    if len(points) < 3 or not np.isfinite(points).all():
        assert all(math.isnan(value) for value in found.values())


def test_nothing_and_one_point_are_nan() -> None:
    for points in ([], [[1.0, 2.0]], np.empty((0, 2)), np.zeros((2, 2))):
        assert all(math.isnan(value) for value in sway(points, 30.0).flat().values())
    assert isinstance(sway([], 30.0), Sway)
    still = sway(np.full((1000, 2), 3.0), 30.0)
    assert (still.rms_ml, still.path_length) == (0.0, 0.0)
    assert math.isnan(still.mean_frequency)


def test_ten_minutes_take_a_fraction_of_a_second() -> None:
    rng = np.random.default_rng(5)
    points = np.cumsum(rng.normal(0, 0.005, (18000, 2)), axis=0)
    began = perf_counter()
    sway(points, 30.0)
    assert perf_counter() - began < 1.0
