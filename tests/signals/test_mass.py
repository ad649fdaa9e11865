"""The centre of mass against de Leva's tables and four real movements (tests/reference)."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from rehabgames.signals.mass import SEGMENTS, Ends, centre_of_mass

REFERENCE = Path(__file__).parents[1] / "reference" / "body_segment_parameters"
EXPECTED = json.loads((REFERENCE / "expected_com_ui_prmd.json").read_text("utf-8"))["expected"]
IN_TABLE = {
    "head": "Head 2", "trunk": "Trunk 3", "upper arm": "Upper arm", "forearm": "Forearm",
    "hand": "Hand", "thigh": "Thigh", "shank": "Shank", "foot": "Foot",
}  # fmt: skip


def table(sex: str) -> dict[str, tuple[float, float]]:
    rows = csv.DictReader((REFERENCE / f"deLeva1996_{sex}.csv").read_text("utf-8").splitlines())
    return {row["Segment"]: (float(row["Mass"]), float(row["CM_from_proximal"])) for row in rows}


@pytest.mark.parametrize(("sex", "at"), [("male", 0), ("female", 1)])
def test_the_numbers_are_those_of_the_table(sex: str, at: int) -> None:
    published = table(sex)
    for name, (mass, place) in SEGMENTS.items():
        assert (mass[at], place[at]) == pytest.approx(published[IN_TABLE[name]]), name
    once = ("head", "trunk")
    total = sum(mass[at] * (1 if name in once else 2) for name, (mass, _) in SEGMENTS.items())
    assert total == pytest.approx(1.0, abs=2e-4)


def joints(shared: Path, movement: str) -> dict[str, np.ndarray]:
    folder = shared / "reference" / "ui_prmd_kinect_sample" / "global_positions"
    rows = list(csv.reader((folder / f"{movement}_s01_e01_global.csv").read_text("utf-8").splitlines()))
    numbers = np.array(rows[1:], dtype=float)
    return {
        name.removesuffix("_x"): numbers[:, i : i + 3]
        for i, name in enumerate(rows[0])
        if name.endswith("_x")
    }


def ends(j: dict[str, np.ndarray]) -> Ends:
    chest = (j["L_upper_arm"] + j["R_upper_arm"]) / 2
    hips = (j["L_upper_leg"] + j["R_upper_leg"]) / 2
    found: Ends = {"head": (j["head_tip"], j["neck"]), "trunk": (chest, hips)}
    for side, letter in (("left", "L"), ("right", "R")):
        found[f"{side} upper arm"] = (j[f"{letter}_upper_arm"], j[f"{letter}_forearm"])
        found[f"{side} forearm"] = (j[f"{letter}_forearm"], j[f"{letter}_hand"])
        found[f"{side} hand"] = (j[f"{letter}_hand"], j[f"{letter}_hand"])
        found[f"{side} thigh"] = (j[f"{letter}_upper_leg"], j[f"{letter}_lower_leg"])
        found[f"{side} shank"] = (j[f"{letter}_lower_leg"], j[f"{letter}_foot"])
        found[f"{side} foot"] = (j[f"{letter}_foot"], j[f"{letter}_toes"])
    return found


@pytest.mark.parametrize("sex", ["male", "female"])
@pytest.mark.parametrize("movement", EXPECTED)
def test_real_movements(shared: Path, movement: str, sex: str) -> None:
    com = centre_of_mass(ends(joints(shared, movement)), sex)  # type: ignore[arg-type]
    expected = EXPECTED[movement][sex]
    assert com[0] == pytest.approx(expected["com_first"], abs=2e-6)
    assert com[len(com) // 2] == pytest.approx(expected["com_mid"], abs=2e-6)
    assert com[-1] == pytest.approx(expected["com_last"], abs=2e-6)
    assert np.ptp(com, axis=0) == pytest.approx(expected["range_xyz_cm"], abs=2e-6)


def test_what_is_not_a_segment_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        centre_of_mass({})
    with pytest.raises(ValueError, match="tail"):
        centre_of_mass({"tail": (np.zeros(2), np.zeros(2))})
