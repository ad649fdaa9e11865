"""Symmetry against the published table (tests/reference/symmetry_published_example)."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.errors import UnknownNameError
from rehabgames.core.measured import Validity
from rehabgames.measures.symmetry import METHODS, symmetry, symmetry_index

REFERENCE = Path(__file__).parents[1] / "reference" / "symmetry_published_example"
PUBLISHED_AS = {
    "difference": "NP-P",
    "ratio": "NP/P",
    "share_of_first": "(NP-P)/NP*100",
    "share_of_larger": "(NP-P)/max*100",
    "robinson": "(NP-P)/(0.5(NP+P))*100",
    "bounded": "(NP-P)/(NP+P)*100",
    "part": "NP/(NP+P)*100",
    "angle": "(45-atan(NP/P))/90*100",
}
WHAT_MAY_COME = st.floats(allow_nan=True, allow_infinity=True) | st.sampled_from([0.0, -0.0, 1e9, -1e9])


@pytest.fixture(scope="module")
def golden() -> Any:
    return json.loads((REFERENCE / "expected.json").read_text("utf-8"))


@pytest.mark.parametrize("method", METHODS)
def test_published_table(golden: Any, method: str) -> None:
    label = PUBLISHED_AS[method]
    found = [symmetry_index(a, b, method) for a, b in zip(golden["NP"], golden["P"], strict=True)]
    assert found == pytest.approx(golden["recomputed"][label], rel=1e-12)
    assert found == pytest.approx(golden["published_2dp"][label], abs=golden["tolerance"])
    assert symmetry_index(golden["NP"], golden["P"], method) == pytest.approx(found, rel=1e-15)


def test_bounded_is_the_default_and_swapping_sides_turns_its_sign() -> None:
    assert symmetry_index(3.0, 1.0) == 50.0
    assert symmetry_index(1.0, 3.0) == -50.0
    assert isinstance(symmetry_index(3, 1), float)


def test_an_unknown_method_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="'bounded'"):
        symmetry_index(1.0, 2.0, method="bound")
    with pytest.raises(UnknownNameError):
        symmetry("x", right=[1.0], left=[1.0], noise=0.1, unit="deg", method="nope")


@given(WHAT_MAY_COME, WHAT_MAY_COME, st.sampled_from(sorted(METHODS)))
def test_any_numbers_give_a_number_within_bounds_or_nan(a: float, b: float, method: str) -> None:
    found = symmetry_index(a, b, method)
    assert not math.isinf(found)
    if not (math.isfinite(a) and math.isfinite(b)):
        assert math.isnan(found)
    if method in ("bounded", "share_of_larger") and not math.isnan(found):
        assert abs(found) <= 100.0 + 1e-9
        assert symmetry_index(b, a, method) == pytest.approx(-found, abs=1e-9)
    if method == "angle" and not math.isnan(found):
        assert abs(found) <= 50.0


def test_nothing_to_divide_by_is_nan() -> None:
    assert all(math.isnan(symmetry_index(0.0, 0.0, m)) for m in METHODS if m != "difference")
    assert math.isnan(symmetry_index(1.0, -1.0))
    assert math.isnan(symmetry_index(2.0, 0.0, "ratio"))
    assert symmetry_index(-3.0, -1.0) == 50.0


def test_medians_of_repetitions() -> None:
    right = [90.0, 92.0, 88.0, 91.0, 170.0]
    left = [60.0, 61.0, math.nan, 59.0, 60.0, 60.0]
    found = symmetry("shoulder_abduction", right=right, left=left, noise=1.0, unit="deg")
    assert found.value == pytest.approx(100 * (91 - 60) / (91 + 60))
    assert (found.unit, found.of, found.good) == ("%", "shoulder_abduction", True)
    assert found.coverage == pytest.approx(10 / 11)
    assert symmetry("x", right=right, left=left, noise=1.0, unit="deg", method="difference").unit == "deg"


@pytest.mark.parametrize(
    ("right", "left", "noise", "why"),
    [
        ([10.0] * 4, [10.0] * 9, 0.1, Validity.TOO_FEW),
        ([10.0] * 5, [math.nan] * 5, 0.1, Validity.TOO_FEW),
        ([], [], 0.1, Validity.TOO_FEW),
        ([2.9] * 5, [1.0] * 5, 1.0, Validity.NOISE),
        ([10.0] * 5, [1.0] * 5, math.nan, Validity.NO_BASELINE),
        ([0.0] * 5, [0.0] * 5, 0.0, Validity.BAD_NUMBER),
    ],
)
def test_what_cannot_be_compared_says_why(
    right: list[float], left: list[float], noise: float, why: Validity
) -> None:
    found = symmetry("x", right=right, left=left, noise=noise, unit="deg")
    assert found.validity is why
    assert math.isnan(found.value)


def test_one_side_over_the_noise_is_enough() -> None:
    assert symmetry("x", right=[3.1] * 5, left=[0.0] * 5, noise=1.0, unit="deg").value == 100.0
    assert np.isnan(symmetry("x", right=[2.9] * 5, left=[0.0] * 5, noise=1.0, unit="deg").value)
