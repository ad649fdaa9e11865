"""Zero-lag filters against kineticstoolkit (tests/reference/filters_cycles) and against their theory."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rehabgames.signals.zero_lag import derivative, first_difference, low_pass, response, savitzky_golay

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "reference" / "filters_cycles" / "expected.json").read_text("utf-8")
)
X, FS = np.array(GOLDEN["x"]), GOLDEN["fs_hz"]


@pytest.mark.parametrize("case", GOLDEN["butterworth"], ids=lambda c: f"{c['order']}-{c['fc_hz']}Hz")
def test_butterworth_at_its_nominal_cutoff(case: dict) -> None:
    got = low_pass(X, FS, case["fc_hz"], order=case["order"], true_cutoff=False)
    assert got == pytest.approx(np.array(case["y"]), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("case", GOLDEN["savgol"], ids=lambda c: f"{c['window']}-{c['poly']}-{c['deriv']}")
def test_savitzky_golay(case: dict) -> None:
    got = savitzky_golay(X, FS, window=case["window"], poly=case["poly"], deriv=case["deriv"])
    assert got == pytest.approx(np.array(case["y"]), rel=1e-9, abs=1e-9)


def test_first_difference() -> None:
    assert first_difference(X, FS) == pytest.approx(
        np.array(GOLDEN["first_difference_derivative"]["y"]), rel=1e-9, abs=1e-12
    )


def _gain(f_hz: float, fs_hz: float, cutoff_hz: float, **how: object) -> float:
    t = np.arange(int(fs_hz * 40)) / fs_hz
    wave = np.sin(2 * math.pi * f_hz * t)
    middle = slice(len(t) // 4, 3 * len(t) // 4)
    return float(np.std(low_pass(wave, fs_hz, cutoff_hz, **how)[middle]) / np.std(wave[middle]))


@pytest.mark.parametrize("order", [1, 2, 3, 4])
@pytest.mark.parametrize(("fs_hz", "cutoff_hz"), [(30.0, 6.0), (30.0, 4.0), (100.0, 2.5), (15.0, 5.0)])
def test_a_true_cutoff_halves_the_power_there(order: int, fs_hz: float, cutoff_hz: float) -> None:
    assert 20 * math.log10(_gain(cutoff_hz, fs_hz, cutoff_hz, order=order)) == pytest.approx(-3.01, abs=0.02)
    nominal = _gain(cutoff_hz, fs_hz, cutoff_hz, order=order, true_cutoff=False)
    assert 20 * math.log10(nominal) == pytest.approx(-6.02, abs=0.02)


def test_far_below_half_the_rate_it_is_winters_factor() -> None:
    known = low_pass(X, FS, 1.0 * 1.2465, true_cutoff=False)
    assert low_pass(X, FS, 1.0) == pytest.approx(known, abs=2e-3)
    assert np.abs(low_pass(X, FS, 1.0, true_cutoff=False) - known).max() > 0.01


def test_the_response_is_what_the_filter_does() -> None:
    for f_hz in (1.0, 3.0, 5.0, 9.0):
        assert response(np.array([f_hz]), 30.0, 4.0)[0] == pytest.approx(_gain(f_hz, 30.0, 4.0), abs=1e-3)


def test_nothing_is_delayed() -> None:
    t = np.arange(90) / 30.0
    bell = np.exp(-(((t - 1.5) / 0.3) ** 2))
    assert t[low_pass(bell, 30.0, 4.0).argmax()] == pytest.approx(1.5)


def test_columns_are_filtered_each_on_its_own() -> None:
    both = low_pass(np.stack([X, -2 * X], axis=1), FS, 4.0)
    assert both[:, 0] == pytest.approx(low_pass(X, FS, 4.0))
    assert both[:, 1] == pytest.approx(-2 * low_pass(X, FS, 4.0))


def test_stretches_between_gaps_do_not_know_each_other() -> None:
    x = X.copy()
    x[100] = np.nan
    got = low_pass(x, FS, 4.0)
    assert math.isnan(got[100])
    assert got[:100] == pytest.approx(low_pass(X[:100], FS, 4.0))
    assert got[101:] == pytest.approx(low_pass(X[101:], FS, 4.0))


def test_a_stretch_too_short_to_filter_is_not_let_through() -> None:
    assert np.isnan(low_pass(X[:9], FS, 4.0)).all()
    assert np.isfinite(low_pass(X[:10], FS, 4.0)).all()
    assert np.isnan(savitzky_golay(X[:6], FS, window=7)).all()
    assert np.isnan(derivative(X[:1], FS)).all()


def test_a_cutoff_at_half_the_rate_or_above_leaves_the_series_as_it_is() -> None:
    assert low_pass(X, FS, 15.0) == pytest.approx(X)
    assert response(np.array([3.0]), 30.0, 20.0)[0] == 1.0


def test_derivative_of_a_parabola_and_of_columns() -> None:
    t = np.arange(60) / 30.0
    got = derivative(np.stack([t**2, 3 * t], axis=1), 30.0)
    assert got[1:-1, 0] == pytest.approx(2 * t[1:-1])
    assert got[:, 1] == pytest.approx(np.full(60, 3.0))


@pytest.mark.parametrize(
    ("fs_hz", "cutoff_hz"), [(0, 4), (-30, 4), (30, 0), (30, -1), (math.nan, 4), (30, math.inf)]
)
def test_rates_that_cannot_be_are_refused(fs_hz: float, cutoff_hz: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        low_pass(X, fs_hz, cutoff_hz)


def test_other_settings_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="order"):
        low_pass(X, FS, 4.0, order=0)
    with pytest.raises(ValueError, match="odd window"):
        savitzky_golay(X, FS, window=6)
    with pytest.raises(ValueError, match="odd window"):
        savitzky_golay(X, FS, window=5, poly=5)
    with pytest.raises(ValueError, match="shape"):
        low_pass(np.zeros((3, 3, 3)), FS, 4.0)


ANY = st.floats(allow_nan=True, allow_infinity=True) | st.sampled_from([0.0, 1e9, -1e9, 1e308])


@given(arrays(np.float64, st.integers(0, 40), elements=ANY))
def test_no_number_breaks_a_filter(x: np.ndarray) -> None:
    for got in (low_pass(x, 30.0, 4.0), savitzky_golay(x, 30.0, deriv=1), derivative(x, 30.0)):
        assert got.shape == x.shape
        assert not np.isinf(got).any()
        assert np.isnan(got[~np.isfinite(x)]).all()
    assert not np.isinf(first_difference(x, 30.0)).any()
