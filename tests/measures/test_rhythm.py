"""Rhythm, against pingouin's circular statistics and against taps that are made to be known."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.measured import Validity
from rehabgames.measures.rhythm import asynchronies, measure_rhythm, rhythm

REFERENCE = Path(__file__).parents[1] / "reference" / "rhythm_circular_stats" / "expected.json"
CASES = json.loads(REFERENCE.read_text(encoding="utf-8"))["cases"]
BEATS = np.arange(40) * 0.5


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_golden_circular_statistics(case: dict) -> None:
    found = rhythm(np.array(case["taps_s"]), np.array(case["beats_s"]), case["period_s"])
    expected = case["expected"]
    got = {
        "mean_asynchrony_s": found.mean_asynchrony_s,
        "sd_asynchrony_s": found.sd_asynchrony_s,
        "circ_mean_rad": found.circular_mean_rad,
        "circ_r": found.resultant,
        "rayleigh_z": found.rayleigh_z,
        "rayleigh_p": found.rayleigh_p,
        "iti_mean_s": found.interval_s,
        "iti_cv": found.interval_cv_percent / 100,
    }
    assert got == {name: pytest.approx(value, rel=1e-9) for name, value in expected.items()}


def values(taps: np.ndarray, **more: float) -> dict[str, float]:
    return {m.name: m.value for m in measure_rhythm(taps, BEATS, 0.5, **more)}


def test_taps_that_are_always_late_are_consistent() -> None:
    found = values(BEATS + 0.08, latency_s=0.05)
    assert found["asynchrony"] == pytest.approx(30.0)
    assert found["asynchrony_sd"] == pytest.approx(0.0, abs=1e-9)
    assert found["rhythm_consistency"] == pytest.approx(1.0)
    assert found["period_error"] == pytest.approx(0.0, abs=1e-9)
    assert found["inter_response_cv"] == pytest.approx(0.0, abs=1e-9)


def test_a_slower_tempo_is_a_positive_error_and_no_consistency() -> None:
    found = values(np.arange(40) * 0.55)
    assert found["period_error"] == pytest.approx(10.0)
    assert found["rhythm_consistency"] < 0.1
    assert found["rayleigh_p"] > 0.5


def test_without_the_measured_delay_only_the_mean_is_missing() -> None:
    found = {m.name: m.validity for m in measure_rhythm(BEATS + 0.08, BEATS, 0.5)}
    assert found.pop("asynchrony") is Validity.NO_LATENCY
    assert set(found.values()) == {Validity.GOOD}


def test_coverage_is_the_share_of_beats_that_were_answered() -> None:
    (first, *_) = measure_rhythm(np.delete(BEATS, slice(10, 20)), BEATS, 0.5)
    assert first.coverage == pytest.approx(0.75, abs=0.051)  # half a period reaches over to a neighbour


@pytest.mark.parametrize(
    ("taps", "why"),
    [
        (BEATS[:4], Validity.TOO_FEW),
        (BEATS[:0], Validity.TOO_FEW),
        (np.full(10, math.nan), Validity.TOO_FEW),
        (BEATS[::-1], Validity.TIME),
        (np.full(10, 3.0), Validity.TIME),
    ],
)
def test_what_cannot_be_measured_says_why(taps: np.ndarray, why: Validity) -> None:
    assert {m.validity for m in measure_rhythm(taps, BEATS, 0.5)} == {why}


def test_nearest_beat_between_the_beats_and_beyond_them() -> None:
    found = asynchronies(np.array([-1.0, 0.2, 0.3, 2.0]), np.array([0.5, 0.0]))
    assert found == pytest.approx([-1.0, 0.2, -0.2, 1.5])


@pytest.mark.parametrize("period_s", [0.0, -1.0, math.nan, math.inf])
def test_a_period_is_positive(period_s: float) -> None:
    with pytest.raises(ValueError, match="period"):
        rhythm(BEATS, BEATS, period_s)


numbers = st.one_of(st.floats(-5, 50), st.sampled_from([math.nan, math.inf, -math.inf, 1e9, -1e9, 1e308]))


@given(st.lists(numbers, max_size=40), st.lists(numbers, max_size=40), st.sampled_from([1e-6, 0.5, 1e6]))
def test_no_times_make_it_fail(taps: list[float], beats: list[float], period_s: float) -> None:
    found = rhythm(np.array(taps, dtype=float), np.array(beats, dtype=float), period_s)
    assert not any(math.isinf(v) for v in found)
    for measured in measure_rhythm(np.array(taps, dtype=float), np.array(beats, dtype=float), period_s):
        assert measured.good == math.isfinite(measured.value)
        assert 0 <= measured.coverage <= 1
