"""Movements of the shared reference data, as the tests of the measures read them."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest


def abduction(shared: Path, recording: str, arm: str) -> tuple[np.ndarray, np.ndarray]:
    """(t_s, degrees of the upper arm from straight down) of one arm in a recording of 51 s at 10 Hz in
    which the arm it is named after is lifted ten times (rgbd_shoulder_abduction_iit)."""
    path = shared / "reference" / "rgbd_shoulder_abduction_iit" / f"abduction_{recording}.csv"
    if not path.is_file():
        pytest.skip(f"There is no recording at {path}.")
    with path.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))

    def column(name: str) -> np.ndarray:
        return np.array([float(row[name]) if row[name] else np.nan for row in rows])

    side = arm.capitalize()
    across, down = (column(f"elbow{side}_{axis}") - column(f"shoulder{side}_{axis}") for axis in ("px", "py"))
    return column("t_s"), np.degrees(np.abs(np.arctan2(across, down)))
