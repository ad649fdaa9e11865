"""SPARC, jerk and movement units against their authors' program (tests/reference/smoothness_sparc_ldlj)."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rehabgames.measures.smoothness import dimensionless_jerk, ldlj, movement_units, sparc

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "reference" / "smoothness_sparc_ldlj" / "expected.json").read_text("utf-8")
)


def bell(seconds: float, fs_hz: float) -> np.ndarray:
    """Speed of a minimum-jerk movement of length 1."""
    u = np.arange(round(seconds * fs_hz) + 1) / (seconds * fs_hz)
    return 30 * u**2 * (1 - u) ** 2 / seconds


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=[c["name"] for c in GOLDEN["cases"]])
def test_golden_profiles(case: dict) -> None:
    speed, fs_hz, p = np.array(case["speed"]), case["fs_hz"], case["params"]
    expected = case["expected"]
    got = sparc(speed, fs_hz, padlevel=p["padlevel"], fc_hz=p["fc_hz"], amp_threshold=p["amp_th"])
    assert got == pytest.approx(expected["sparc"], rel=1e-9)
    assert dimensionless_jerk(speed, fs_hz) == pytest.approx(expected["dimensionless_jerk"], rel=1e-9)
    assert ldlj(speed, fs_hz) == pytest.approx(expected["ldlj_speed"], rel=1e-9)


@pytest.mark.parametrize("seconds", [0.6, 1.0, 2.0, 3.0])
@pytest.mark.parametrize("fs_hz", [30.0, 60.0, 100.0])
def test_an_ideal_movement_has_one_sparc_whatever_its_time_and_rate(seconds: float, fs_hz: float) -> None:
    assert sparc(bell(seconds, fs_hz), fs_hz) == pytest.approx(-1.40, abs=0.007)


def test_minimum_jerk_in_the_limit() -> None:
    assert dimensionless_jerk(bell(1.0, 20_000.0), 20_000.0) == pytest.approx(-204.8, rel=1e-3)
    assert ldlj(bell(1.0, 20_000.0), 20_000.0) == pytest.approx(-5.322, abs=1e-3)


@pytest.mark.parametrize("size", [1e-9, 3.0, 1e9])
def test_the_size_of_a_movement_does_not_matter(size: float) -> None:
    speed = bell(1.0, 30.0)
    assert sparc(size * speed, 30.0) == pytest.approx(sparc(speed, 30.0), rel=1e-9)
    assert ldlj(size * speed, 30.0) == pytest.approx(ldlj(speed, 30.0), rel=1e-9)


def test_halting_is_less_smooth_and_rest_at_the_ends_does_not_change_sparc() -> None:
    one = bell(0.6, 30.0)
    rest = np.zeros(15)
    assert sparc(np.concatenate([one, rest[:6], one]), 30.0) < sparc(one, 30.0) - 0.5
    assert sparc(np.concatenate([rest, one, rest]), 30.0) == pytest.approx(sparc(one, 30.0), abs=0.01)
    assert ldlj(np.concatenate([rest, one, rest]), 30.0) < ldlj(one, 30.0) - 1


@pytest.mark.parametrize("units", [1, 2, 3, 5])
def test_movement_units_are_counted(units: int) -> None:
    speed = np.concatenate([bell(0.5, 30.0)] * units)
    assert movement_units(speed, 30.0) == units


def test_ripples_are_no_movement_units() -> None:
    speed = bell(1.0, 30.0)
    ripple = speed + 0.04 * speed.max() * (-1.0) ** np.arange(len(speed))
    assert movement_units(ripple, 30.0) == 1
    deep = np.concatenate([bell(0.5, 30.0)] * 2)
    deep[10:20] += 0.6 * deep.max()  # the valley between two units is half filled
    assert movement_units(deep, 30.0) == 2
    assert movement_units(deep, 30.0, noise_speed=0.2 * deep.max()) == 1
    assert movement_units(deep, 30.0, least_rise=0.8 * deep.max()) == 1


def test_peaks_within_150_ms_are_one_unit() -> None:
    speed = np.array([0.0, 1, 2, 1, 2, 1, 0])
    assert movement_units(speed, 10.0) == 2
    assert movement_units(speed, 30.0) == 1


@pytest.mark.parametrize("speed", [[], [1.0], [0.0] * 20, [1.0, math.nan, 1.0], [math.inf] * 20])
def test_what_has_no_smoothness_is_nan(speed: list[float]) -> None:
    assert math.isnan(sparc(np.array(speed), 30.0))
    assert math.isnan(dimensionless_jerk(np.array(speed), 30.0))
    assert math.isnan(ldlj(np.array(speed), 30.0))


def test_no_jerk_has_no_logarithm() -> None:
    assert dimensionless_jerk(np.ones(20), 30.0) == 0
    assert math.isnan(ldlj(np.ones(20), 30.0))


def test_settings_that_cannot_be_are_refused() -> None:
    speed = bell(1.0, 30.0)
    for measure in (sparc, ldlj, dimensionless_jerk, movement_units):
        for fs_hz in (0.0, -30.0, math.nan):
            with pytest.raises(ValueError, match="sampling rate"):
                measure(speed, fs_hz)
        with pytest.raises(ValueError, match="shape"):
            measure(speed[:, None], 30.0)
    with pytest.raises(ValueError, match="padlevel"):
        sparc(speed, 30.0, padlevel=-1)
    with pytest.raises(ValueError, match="amp_threshold"):
        sparc(speed, 30.0, amp_threshold=1.0)


ANY = st.floats(allow_nan=True, allow_infinity=True) | st.sampled_from([0.0, 1e9, -1e9])


@given(arrays(np.float64, st.integers(0, 30), elements=ANY))
def test_no_number_breaks_a_measure(speed: np.ndarray) -> None:
    values = (
        sparc(speed, 30.0),
        dimensionless_jerk(speed, 30.0),
        ldlj(speed, 30.0),
        movement_units(speed, 30.0),
    )
    assert not any(math.isinf(value) for value in values)
    if not np.isfinite(speed).all():
        assert all(math.isnan(value) for value in values)
    assert not values[0] > 0
    assert not values[1] > 0
