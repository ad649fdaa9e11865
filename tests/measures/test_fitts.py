"""Throughput against its formulas evaluated apart (tests/reference/fitts_analytic)."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rehabgames.core.measured import Validity
from rehabgames.measures.fitts import (
    effective_width,
    index_of_difficulty,
    measured,
    nominal_throughput,
    throughput,
    throughput_by_sequence,
    width_from_errors,
)

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "reference" / "fitts_analytic" / "expected.json").read_text("utf-8")
)
SEQUENCES = GOLDEN["sequences"]


def trials(case: dict) -> tuple[np.ndarray, ...]:
    return tuple(np.array(case[key]) for key in ("from", "target", "selection", "MT_s"))


@pytest.mark.parametrize("case", GOLDEN["single"], ids=lambda c: f"A{c['A']}-W{c['W']}")
def test_single_conditions(case: dict) -> None:
    a, w = case["A"], case["W"]
    assert index_of_difficulty(a, w, formula="fitts") == pytest.approx(case["ID_fitts_log2(2A/W)"], rel=1e-9)
    assert index_of_difficulty(a, w) == pytest.approx(case["ID_shannon_log2(A/W+1)"], rel=1e-9)
    assert nominal_throughput(a, w, case["MT_s"]) == pytest.approx(case["TP_nominal_bit_s"], rel=1e-9)
    wide = width_from_errors(w, case["error_rate"])
    expected = case["We_discrete_error_method"]
    assert math.isnan(wide) if expected is None else wide == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("case", SEQUENCES, ids=range(len(SEQUENCES)))
def test_sequences_of_trials(case: dict) -> None:
    got, expected = throughput(*trials(case), case["W"]), case["expected"]
    assert got.error_along == pytest.approx(np.array(expected["dx_along_axis"]), rel=1e-9, abs=1e-15)
    assert got.effective_width == pytest.approx(expected["We"], rel=1e-9)
    assert got.effective_amplitude == pytest.approx(expected["Ae"], rel=1e-9)
    assert got.effective_id == pytest.approx(expected["IDe"], rel=1e-9)
    assert got.movement_time_s == pytest.approx(expected["MT_mean"], rel=1e-9)
    assert got.bits_per_s == pytest.approx(expected["TP_bit_s"], rel=1e-9)
    assert (got.errors, got.trials) == (expected["misses"], 20)


def test_every_sequence_has_its_own_value() -> None:
    joined = [np.concatenate(parts) for parts in zip(*map(trials, SEQUENCES[:2]), strict=True)]
    got = throughput_by_sequence(["b"] * 20 + ["a"] * 20, *joined, width=0.06)
    assert list(got) == ["b", "a"]
    for one, case in zip(got.values(), SEQUENCES, strict=False):
        assert one.bits_per_s == pytest.approx(case["expected"]["TP_bit_s"], rel=1e-9)


def test_the_discrete_error_width_is_used_where_asked_for() -> None:
    case = SEQUENCES[1]
    got = throughput(*trials(case), case["W"], width_from="errors")
    assert got.effective_width == pytest.approx(width_from_errors(0.06, 9 / 20), rel=1e-9)
    assert throughput(*trials(case), 0.06, width_from="target").effective_width == 0.06
    assert math.isnan(throughput(*trials(SEQUENCES[0]), 0.06, width_from="errors").bits_per_s)


def test_on_a_line_a_number_is_a_point() -> None:
    end = np.array([1.0, 1.1, 0.9, 1.0])
    got = throughput(np.zeros(4), np.ones(4), end, np.full(4, 0.5), 0.15)
    assert got.effective_width == pytest.approx(4.133 * np.std(end, ddof=1))
    assert got.errors == 2


def test_trials_that_cannot_be_are_left_out() -> None:
    start, target, selection, took = (a.copy() for a in trials(SEQUENCES[0]))
    start[0], selection[1], took[2], took[3] = target[0], np.nan, 0.0, np.inf
    got = throughput(start, target, selection, took, 0.06)
    assert got.trials == 16
    assert got.bits_per_s == pytest.approx(
        throughput(start[4:], target[4:], selection[4:], took[4:]).bits_per_s, rel=1e-12
    )
    assert math.isnan(throughput(start, target, selection, took).errors)


def test_too_few_trials_have_no_value_and_say_so() -> None:
    case = SEQUENCES[0]
    (good,) = measured(*trials(case), case["W"], of="right")
    assert (good.value, good.unit, good.of) == (pytest.approx(case["expected"]["TP_bit_s"]), "bit/s", "right")
    assert good.how.params == {"trials": 20, "errors": 0, "needed": 15}
    (few,) = measured(*(a[:14] for a in trials(case)), case["W"])
    assert few.validity is Validity.TOO_FEW
    assert math.isnan(few.value)


@pytest.mark.parametrize(("a", "w"), [(0, 1), (1, 0), (-1, 1), (math.nan, 1), (1, math.inf), (1e300, 1e-300)])
def test_lengths_that_cannot_be_have_no_difficulty(a: float, w: float) -> None:
    assert math.isnan(index_of_difficulty(a, w))
    assert math.isnan(nominal_throughput(a, w, 1.0))


def test_parameters_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="formula"):
        index_of_difficulty(1, 1, formula="welford")
    with pytest.raises(ValueError, match="width_from"):
        throughput(*trials(SEQUENCES[0]), width_from="guess")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="as many"):
        throughput(np.zeros((3, 2)), np.zeros((4, 2)), np.zeros((3, 2)), np.ones(3))
    assert math.isnan(effective_width(np.array([1.0, math.nan])))


ANY = st.floats(allow_nan=True, allow_infinity=True) | st.sampled_from([0.0, 1e9, -1e9])


@given(st.integers(0, 8).flatmap(lambda n: arrays(np.float64, (n, 7), elements=ANY)), ANY)
def test_no_number_breaks_throughput(rows: np.ndarray, width: float) -> None:
    for how in ("spread", "errors", "target"):
        got = throughput(rows[:, :2], rows[:, 2:4], rows[:, 4:6], rows[:, 6], width, width_from=how)  # type: ignore[arg-type]
        assert not math.isinf(got.bits_per_s)
    assert len(measured(rows[:, :2], rows[:, 2:4], rows[:, 4:6], rows[:, 6], width)) == 1
    for value in (
        index_of_difficulty(width, 1.0),
        width_from_errors(1.0, width),
        width_from_errors(width, 0.1),
    ):
        assert not math.isinf(value)
