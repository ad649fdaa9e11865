"""What may be said of sway from a front camera: large shifts yes, quiet stance no."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabgames.core.measured import Measured, Validity
from rehabgames.measures.sway_camera import CUTOFF_HZ, camera_sway, jitter, sway_measures
from rehabgames.signals.trace import Trace

FPS = 30.0
TRUNK_MM = 500.0


def trace(x: np.ndarray, fps: float = FPS, why: Validity = Validity.UNSEEN) -> Trace:
    reasons = np.where(np.isfinite(x), Validity.GOOD, why).astype(np.uint8)
    return Trace("com_x", "trunk lengths", np.arange(len(x)) / fps, x, reasons)


def swaying(rms_mm: float, jitter_mm: float, seconds: float = 40.0, fps: float = FPS) -> Trace:
    """A slow sway of this RMS (two periods of 5 and 8 s) about a far origin, under white jitter."""
    t = np.arange(round(seconds * fps)) / fps
    x = rms_mm * (np.sin(2 * np.pi * t / 5) + np.sin(2 * np.pi * t / 8))
    return trace((x + np.random.default_rng(11).normal(0, jitter_mm, len(t))) / TRUNK_MM - 3.0, fps)


def by_name(found: list[Measured]) -> dict[str, Measured]:
    return {each.name: each for each in found}


@pytest.mark.parametrize("jitter_mm", [0.0, 2.0, 5.0])
def test_a_voluntary_shift_is_measured(jitter_mm: float) -> None:
    found = by_name(sway_measures(swaying(30.0, jitter_mm), sigma=jitter_mm / TRUNK_MM, trunk_mm=TRUNK_MM))
    assert found["sway_rms_ml"].value == pytest.approx(30.0, abs=0.5)
    assert found["sway_rms_ml"].unit == "mm"
    assert found["sway_range_ml"].value == pytest.approx(118.0, abs=8.0)


@pytest.mark.parametrize("jitter_mm", [2.0, 5.0])
@pytest.mark.parametrize("sigma", [None, "given"])
def test_quiet_stance_is_not_claimed(jitter_mm: float, sigma: str | None) -> None:
    given_sigma = None if sigma is None else jitter_mm / TRUNK_MM
    for found in sway_measures(swaying(3.0, jitter_mm), sigma=given_sigma):
        assert found.validity is Validity.NOISE


def test_path_and_velocity_are_always_refused() -> None:
    found = by_name(sway_measures(swaying(60.0, 0.0), sigma=0.0))
    assert found["sway_rms_ml"].good
    for name in ("sway_mean_velocity", "sway_path_length"):
        assert found[name].validity is Validity.NOISE
        assert math.isnan(found[name].value)


def test_the_power_of_the_jitter_is_taken_off() -> None:
    noise = np.random.default_rng(11).normal(0, 1.0, 60_000)
    filtered = camera_sway(noise, FPS, 0.0)
    assert filtered.rms == pytest.approx(camera_sway(noise, FPS, 1.0).noise_rms, rel=0.03)
    t = np.arange(60_000) / FPS
    swayed = math.sqrt(2.0) * np.sin(2 * np.pi * t / 6.0)
    assert camera_sway(swayed + noise, FPS, 1.0).rms == pytest.approx(1.0, rel=0.02)
    assert camera_sway(swayed + noise, FPS, 0.0).rms > 1.06


@pytest.mark.parametrize("sigma", [0.5, 2.0])
def test_jitter_is_found_beside_sway(sigma: float) -> None:
    t = np.arange(1800) / FPS
    x = 30.0 * np.sin(2 * np.pi * t / 5.3) + np.random.default_rng(11).normal(0, sigma, len(t))
    assert jitter(x, FPS) == pytest.approx(sigma, rel=0.15)


def test_jitter_is_estimated_where_no_rest_was_asked_for() -> None:
    found = by_name(sway_measures(swaying(30.0, 5.0), trunk_mm=TRUNK_MM))["sway_rms_ml"]
    assert found.value == pytest.approx(30.0, abs=0.5)
    passed = math.sqrt(CUTOFF_HZ / (FPS / 2))
    assert found.how.params["noise"] == pytest.approx(5.0 * passed, rel=0.25)


def test_what_was_not_seen_says_why() -> None:
    t = np.arange(1200) / FPS
    x = 0.1 * np.sin(2 * np.pi * t / 5)
    holed = np.where((np.arange(1200) % 300) < 20, np.nan, x)
    cases = {
        Validity.TOO_FEW: trace(x[:500]),
        Validity.GAP: trace(holed),
        Validity.VIEW: trace(np.full(1200, np.nan), why=Validity.VIEW),
        Validity.TOO_SLOW: trace(x[::6], fps=5.0),
    }
    for why, seen in cases.items():
        for found in sway_measures(seen, sigma=0.001):
            assert found.validity is why
    assert sway_measures(trace(np.empty(0)))[0].validity is Validity.TOO_FEW
    assert sway_measures(trace(x), sigma=math.nan)[0].validity is Validity.NO_BASELINE
    half = trace(np.where(np.arange(1200) < 300, np.nan, x))
    assert sway_measures(half, sigma=0.0)[0].coverage == pytest.approx(0.75)
    assert sway_measures(half, sigma=0.0)[0].good


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from([math.nan, 0.0, 1e9, -1e9, 1e300, 1.0, 1.01]), max_size=30),
    st.integers(1, 30),
    st.sampled_from([0.0, 1 / 30, -1 / 30]),
)
def test_bad_numbers_never_raise(values: list[float], times: int, step_s: float) -> None:
    x = np.array(values * times)
    reasons = np.where(np.isfinite(x), Validity.GOOD, Validity.UNSEEN).astype(np.uint8)
    for found in sway_measures(Trace("com_x", "trunk lengths", np.arange(len(x)) * step_s, x, reasons)):
        assert found.good == math.isfinite(found.value)
