"""Angles between points in space: another program's vectors, and ten real movements of a Kinect."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rehabgames.signals.geometry import angle_deg

REFERENCE = Path(__file__).parents[1] / "reference" / "joint_angle_geometry"
VECTORS = json.loads((REFERENCE / "expected.json").read_text("utf-8"))["vector_angle"]
SIDES = ("L", "R")


@pytest.mark.parametrize("case", VECTORS)
def test_angles_of_vectors(case: dict[str, Any]) -> None:
    origin = np.zeros(3)
    found = angle_deg(np.array(case["u"]), origin, np.array(case["v"]))
    assert found == pytest.approx(case["angle_deg_skinematics"], rel=1e-9)


def joints(folder: Path, trial: str) -> dict[str, np.ndarray]:
    rows = list(
        csv.reader((folder / "global_positions" / f"{trial}_global.csv").read_text("utf-8").splitlines())
    )
    numbers = np.array(rows[1:], dtype=float)
    return {
        name.removesuffix("_x"): numbers[:, i : i + 3]
        for i, name in enumerate(rows[0])
        if name.endswith("_x")
    }


@pytest.mark.parametrize("number", range(10))
def test_angles_of_real_movements(shared: Path, number: int) -> None:
    folder = shared / "reference" / "ui_prmd_kinect_sample"
    trials = json.loads((folder / "expected_angles.json").read_text("utf-8"))["trials"]
    trial, expected = list(trials.items())[number]
    j = joints(folder, trial)
    for side in SIDES:
        shoulder, elbow, wrist = (j[f"{side}_{n}"] for n in ("upper_arm", "forearm", "hand"))
        hip, knee, ankle = (j[f"{side}_{n}"] for n in ("upper_leg", "lower_leg", "foot"))
        down = shoulder + (j["waist"] - j["chest"])
        found = {
            "elbow_flexion": 180 - angle_deg(shoulder, elbow, wrist),
            "knee_flexion": 180 - angle_deg(hip, knee, ankle),
            "shoulder_elevation": angle_deg(elbow, shoulder, down),
        }
        for name, x in found.items():
            said = expected[f"{name}_deg_{side}"]
            # the places are printed to a tenth of a micrometre, the angles to a thousandth of a degree
            assert x.min() == pytest.approx(said["min"], abs=2e-3), (name, side)
            assert x.max() == pytest.approx(said["max"], abs=2e-3), (name, side)
            assert int(np.argmax(x)) == said["argmax_frame"]
