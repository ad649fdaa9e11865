"""Fatigue: slopes that are known, difficulty that hides them, and what is not enough to tell."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabgames.core.measured import Validity
from rehabgames.measures.fatigue import fatigue, fatigue_measures, flagged


def test_a_line_has_its_slope() -> None:
    found = fatigue(100.0 - 0.5 * np.arange(30))
    assert found.slope == pytest.approx(-0.5)
    assert (found.slope_low, found.slope_high) == pytest.approx((-0.5, -0.5))
    first, last = 100 - 0.5 * 4.5, 100 - 0.5 * 24.5
    assert found.loss_percent == pytest.approx(100 * (first - last) / first)
    assert found.ratio == pytest.approx(last / first)
    assert found.repetitions == 30


def test_wild_repetitions_do_not_decide() -> None:
    values = 100.0 - 0.5 * np.arange(40)
    values[[3, 17, 30]] = [900.0, -500.0, 700.0]
    assert fatigue(values).slope == pytest.approx(-0.5, abs=0.05)


def test_worse_is_a_loss_whichever_way_is_better() -> None:
    rising = np.linspace(0.4, 0.6, 12)
    assert fatigue(rising, lower_is_better=True).loss_percent > 15
    assert fatigue(rising).loss_percent < -15
    assert fatigue(-1.5 * np.linspace(1.0, 1.5, 12)).loss_percent > 15  # SPARC goes away from 0


def test_a_gap_counts_as_time_that_passed() -> None:
    values = 100.0 - 0.5 * np.arange(30)
    values[10:20] = math.nan
    assert fatigue(values).slope == pytest.approx(-0.5)
    assert fatigue(values).repetitions == 20


def test_difficulty_is_taken_out() -> None:
    """The adapter makes it easier as the patient tires, so that the plain series looks even."""
    n = np.arange(40)
    rng = np.random.default_rng(4)
    difficulty = 1.0 - 0.01 * n + rng.normal(0, 0.12, 40)
    values = 50.0 - 0.4 * n - 40.0 * (difficulty - 1.0)
    assert abs(fatigue(values).slope) < 0.1
    found = fatigue(values, difficulty=difficulty)
    assert found.slope == pytest.approx(-0.4, abs=0.01)
    assert found.loss_percent > 15
    assert fatigue(values, difficulty=np.full(40, 3.0)) == fatigue(values)


def test_difficulty_that_goes_with_time_cannot_be_told_from_it() -> None:
    values = np.linspace(50, 30, 30)
    assert math.isnan(fatigue(values, difficulty=np.linspace(1, 2, 30)).slope)
    both = fatigue_measures("peak_velocity", values, "m/s", difficulty=np.linspace(1, 2, 30))
    assert {each.validity for each in both} == {Validity.BAD_NUMBER}


def test_too_few_is_nan() -> None:
    assert math.isnan(fatigue(np.arange(8.0)).slope)
    assert fatigue(np.arange(1.0, 10.0)).slope == pytest.approx(1.0)
    for found in fatigue_measures("range_of_motion", [1.0] * 8, "deg"):
        assert found.validity is Validity.TOO_FEW


def test_a_thousand_repetitions_are_grouped() -> None:
    assert fatigue(100.0 - 0.01 * np.arange(5000)).slope == pytest.approx(-0.01, rel=1e-6)


def test_flag_wants_two_measures_or_the_patient() -> None:
    assert flagged([16.0, 20.0])
    assert not flagged([16.0, 15.0, math.nan])
    assert not flagged([60.0])
    assert flagged([], rpe_rise=3)
    assert flagged([], compensation_rising=True)
    assert not flagged([16.0, 20.0], loss_percent=20.0)


def test_measured() -> None:
    slope, loss = fatigue_measures("range_of_motion", 100.0 - np.arange(20.0), "deg")
    assert (slope.value, slope.unit, slope.of) == (pytest.approx(-1.0), "deg/repetition", "range_of_motion")
    assert (loss.name, loss.unit, loss.good) == ("fatigue_loss", "%", True)
    values = 100.0 - np.arange(20.0)
    values[::4] = math.nan
    assert fatigue_measures("x", values, "deg")[0].coverage == pytest.approx(0.75)


def test_wrong_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        fatigue(np.zeros((3, 3)))
    with pytest.raises(ValueError, match="one difficulty"):
        fatigue(np.zeros(3), difficulty=np.zeros(4))


BAD = st.sampled_from([math.nan, math.inf, -math.inf, 0.0, 1.0, -2.0, 1e9, -1e9, 1e300, 5e-324])


@settings(max_examples=150)
@given(st.lists(st.tuples(BAD, BAD), max_size=25))
def test_bad_numbers_never_raise(rows: list[tuple[float, float]]) -> None:
    values, difficulty = [row[0] for row in rows], [row[1] for row in rows]
    for found in (fatigue(values), fatigue(values, difficulty=difficulty)):
        assert not any(math.isinf(x) for x in found)
