"""Compensation flags against 621 repetitions that two blind clinicians rated (Pavlikov et al. 2026)."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.measures.compensation import (
    HELD_S,
    PUBLISHED,
    SIGNS,
    CompensationThresholds,
    flags,
    frame_time_s,
    sustained,
)

REFERENCE = Path(__file__).parents[1] / "reference" / "upper_limb_compensation_validation"
EXPECTED = json.loads((REFERENCE / "expected.json").read_text("utf-8"))

# the sign's name there → its name here and how its column becomes our unit
SIGN_OF = {
    "elbow": ("elbow_extension", "elbow_sustained_deg", float),
    "asymmetry": ("arm_asymmetry", "asymmetry_sustained_deg", float),
    "shoulder": ("shoulder_rise", "shoulder_sustained", float),
    "trunk": ("trunk_lean", "trunk_sustained_rad", lambda rad: math.degrees(float(rad))),
    "head": ("head_tilt", "head_sustained_deg", float),
}


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


REPETITIONS = rows("repetitions")


def our_flags(row: dict[str, str]) -> dict[str, bool]:
    values = {ours: unit(row[column]) if row[column] else math.nan for ours, column, unit in SIGN_OF.values()}
    found = flags(values)
    return {theirs: found[ours] for theirs, (ours, _, _) in SIGN_OF.items()}


def f1(flagged: Iterable[bool], true: Iterable[bool]) -> float:
    pairs = list(zip(flagged, true, strict=True))
    hits, wrong = sum(f and t for f, t in pairs), sum(f != t for f, t in pairs)
    return 2 * hits / (2 * hits + wrong)


@pytest.fixture(scope="module")
def flagged() -> dict[str, dict[str, bool]]:
    return {row["clip_id"]: our_flags(row) for row in REPETITIONS}


def test_no_flag_differs_from_the_published_one(flagged: dict[str, dict[str, bool]]) -> None:
    assert len(REPETITIONS) == 913
    wrong = [
        (row["clip_id"], sign)
        for row in REPETITIONS
        for sign in SIGN_OF
        if flagged[row["clip_id"]][sign] != (row[f"pred_{sign}"] == "1")
    ]
    assert wrong == []
    assert all(0 < sum(each[sign] for each in flagged.values()) < 400 for sign in SIGN_OF)


@pytest.mark.parametrize("rater", ["R1", "R2"])
def test_f1_against_each_clinician(rater: str, flagged: dict[str, dict[str, bool]]) -> None:
    rated = [row for row in rows("annotations") if row["rater"] == rater]
    assert len(rated) == 621
    found = {
        sign: f1((flagged[r["clip_id"]][sign] for r in rated), (r[sign] == "1" for r in rated))
        for sign in SIGN_OF
    }
    for sign, value in found.items():
        assert value == pytest.approx(EXPECTED["per_sign"][sign][f"F1_vs_{rater}"], rel=1e-9)
    macro = sum(found.values()) / len(found)
    assert macro == pytest.approx(EXPECTED[f"macro_F1_vs_{rater}"], rel=1e-9)
    assert round(macro, 3) == {"R1": 0.749, "R2": 0.722}[rater]


def test_confusion_where_both_clinicians_agree(flagged: dict[str, dict[str, bool]]) -> None:
    """The favourable reading: it has to come out better than against each of them."""
    agreed = [row for row in rows("consensus") if row["agreed"] == "1"]
    assert len(agreed) == 477
    found = [
        f1((flagged[r["clip_id"]][sign] for r in agreed), (r[sign] == "1" for r in agreed))
        for sign in SIGN_OF
    ]
    assert sum(found) / len(found) > EXPECTED["macro_F1_vs_R1"]


def test_the_thresholds_are_the_published_ones() -> None:
    table = {row["metric"]: float(row["threshold"]) for row in rows("thresholds")}
    assert PUBLISHED.elbow_angle_deg == table["elbow"]
    assert PUBLISHED.arm_asymmetry_deg == table["asymmetry"]
    assert PUBLISHED.shoulder_rise == table["shoulder"]
    assert math.radians(PUBLISHED.trunk_lean_deg) == pytest.approx(table["trunk"], rel=1e-12)
    assert PUBLISHED.head_tilt_deg == table["head"]
    assert math.radians(PUBLISHED.suppression_deg) == pytest.approx(table["trunk_suppression"], rel=1e-12)
    assert 1000 * PUBLISHED.held_s == table["violation_window"]


def test_a_clinician_may_set_a_threshold() -> None:
    mild = CompensationThresholds(trunk_lean_deg=12.0)
    assert flags({"trunk_lean": 8.0}) == {"trunk_lean": True}
    assert flags({"trunk_lean": 8.0}, mild) == {"trunk_lean": False}
    assert flags({"trunk_lean": 12.0, "elbow_extension": 153.4}, mild) == {
        "trunk_lean": True,
        "elbow_extension": False,
    }
    for bad in (-1.0, math.nan, math.inf):
        with pytest.raises(ValueError, match="head_tilt_deg"):
            CompensationThresholds(head_tilt_deg=bad)
    with pytest.raises(ValueError, match="trunk_lean"):
        flags({"trunk": 1.0})  # type: ignore[dict-item]
    assert flags(dict.fromkeys(SIGNS, math.nan)) == dict.fromkeys(SIGNS, False)


def test_sustained_is_what_was_passed_for_a_quarter_of_a_second() -> None:
    t_s = np.arange(60) / 20.0
    x = np.zeros(60)
    x[20:25] = 9.0  # five frames of 50 ms
    assert sustained(t_s, x) == 9.0
    x[22] = 4.0
    assert sustained(t_s, x) == 4.0, "four frames of 9 and one of 4"
    x[40] = 9.0
    assert sustained(t_s, x) == 9.0, "it adds up over the repetition"
    assert sustained(t_s, -x, above=False) == -9.0
    assert sustained(t_s, x, held_s=0.30) == 4.0
    assert sustained(t_s, x, held_s=0.35) == 0.0


def test_a_gap_is_worth_a_hundred_milliseconds_and_nothing_seen_is_worth_none() -> None:
    # one frame after a long gap cannot sustain anything
    assert math.isnan(sustained(np.array([0.0, 5.0, 10.0]), np.array([9.0, 9.0, 9.0])))
    assert sustained(np.array([0.0, 5.0, 10.0, 15.0]), np.full(4, 9.0)) == 9.0
    t_s = np.arange(40) / 30.0
    x = np.full(40, 9.0)
    assert sustained(t_s, x) == 9.0
    x[8:] = np.nan  # seven intervals of 33 ms
    assert math.isnan(sustained(t_s, x))
    assert frame_time_s(np.array([0.0, 0.03, 0.5, 0.4, np.nan, 0.6])) == pytest.approx(
        [0, 0.03, 0.1, 0, 0, 0]
    )


numbers = st.floats(allow_nan=True, allow_infinity=True, width=64)


@given(st.lists(st.tuples(numbers, numbers), max_size=30), st.booleans())
def test_bad_numbers_never_raise(frames: list[tuple[float, float]], above: bool) -> None:
    t_s, x = np.array(frames, dtype=np.float64).reshape(-1, 2).T
    value = sustained(t_s, x, above=above)
    assert math.isnan(value) or value in x


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=60), st.floats(-60, 60), st.booleans())
def test_it_is_the_sufficient_statistic(values: list[float], threshold: float, above: bool) -> None:
    """Whoever moves the threshold gets the flag that summing up the frames beyond it would give."""
    x = np.array(values)
    t_s = np.cumsum(np.full(len(x), 1 / 16))
    beyond = x >= threshold if above else x <= threshold
    flag = frame_time_s(t_s)[beyond].sum() >= HELD_S
    value = sustained(t_s, x, above=above)
    assert flag == (value >= threshold if above else value <= threshold)


def test_other_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="same length"):
        sustained(np.zeros(3), np.zeros(4))
    with pytest.raises(ValueError, match="held_s"):
        sustained(np.zeros(3), np.zeros(3), held_s=-1.0)
