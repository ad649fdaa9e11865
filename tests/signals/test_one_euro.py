"""One-euro filter against its authors' data (tests/reference/one_euro_filter, BSD-3-Clause)."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

import pytest

from rehabgames.signals import OneEuroFilter

REFERENCE = Path(__file__).parents[1] / "reference" / "one_euro_filter"
CASES = json.loads((REFERENCE / "extra_cases.json").read_text("utf-8"))["cases"]


def test_the_published_ground_truth_within_its_tolerance() -> None:
    smooth = OneEuroFilter(min_cutoff_hz=1.0, beta=0.1, d_cutoff_hz=1.0)
    with (REFERENCE / "groundTruth.csv").open(newline="") as file:
        rows = [{k: float(v) for k, v in row.items()} for row in csv.DictReader(file)]
    off = [abs(smooth(row["timestamp"], row["noisy"]) - row["filtered"]) for row in rows]
    assert len(off) == 1200
    assert max(off) <= 1e-4


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_webcam_cases(case: dict) -> None:
    p = case["params"]
    smooth = OneEuroFilter(p["mincutoff"], p["beta"], p["dcutoff"])
    pairs = list(zip(case["t_s"], case["x"], case["expected"], strict=True))
    got = [smooth(t, x) for t, x, _ in pairs]
    assert got == pytest.approx([expected for *_, expected in pairs], abs=1e-9)


def test_nan_passes_and_restarts() -> None:
    smooth = OneEuroFilter(1.0, 0.5)
    assert smooth(0.0, 1.0) == 1.0
    assert math.isnan(smooth(0.1, math.nan))
    assert smooth(0.2, 5.0) == 5.0


def test_a_time_that_does_not_advance_returns_the_last_value() -> None:
    smooth = OneEuroFilter(1.0, 0.5)
    smooth(0.0, 0.0)
    last = smooth(0.1, 1.0)
    assert smooth(0.1, 9.0) == last
    assert smooth(0.05, 9.0) == last


@pytest.mark.parametrize(("cutoff", "beta", "d"), [(0, 0, 1), (1, -1, 1), (1, 0, 0), (math.nan, 0, 1)])
def test_impossible_settings_are_refused(cutoff: float, beta: float, d: float) -> None:
    with pytest.raises(ValueError, match="cutoffs"):
        OneEuroFilter(cutoff, beta, d)
