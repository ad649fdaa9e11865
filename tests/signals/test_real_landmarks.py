"""Landmarks that MediaPipe gave of real people, seen from the side (bicep curls, another project's)."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rehabgames.core.landmarks import N_POSE, POSE
from rehabgames.core.measured import Validity
from rehabgames.core.pose import PoseFrame, Recording
from rehabgames.signals import compute, examine

SIZES = {"16_9": (1280, 720), "1_1": (720, 720), "9_16": (720, 1280)}


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[dict[str, str]]:
    path = shared / "reference" / "mediapipe_landmarks_exercise_correction" / "bicep_curl_test.csv"
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


@pytest.fixture(scope="module")
def said(shared: Path) -> dict[str, Any]:
    """What another program found in these landmarks."""
    path = shared / "reference" / "mediapipe_landmarks_exercise_correction" / "summary.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))["files"]["bicep_curl_test"]
    return found


def recording(rows: list[dict[str, str]], size: tuple[int, int]) -> Recording:
    frames = []
    for i, row in enumerate(rows):
        points, seen = np.full((N_POSE, 2), np.nan), np.full(N_POSE, np.nan)
        for name in (key.removesuffix("_v") for key in row if key.endswith("_v")):
            points[POSE[name]] = float(row[f"{name}_x"]) * size[0], float(row[f"{name}_y"]) * size[1]
            seen[POSE[name]] = float(row[f"{name}_v"])
        frames.append(PoseFrame(i / 30, i, size, points_px=points, visibility=seen))
    return Recording.of(frames)


@pytest.mark.parametrize("shape", SIZES)
def test_the_elbow_is_measured_in_pixels(
    rows: list[dict[str, str]], said: dict[str, Any], shape: str
) -> None:
    rec = recording(rows, SIZES[shape])
    bent = compute(rec, ["elbow_flexion.left"], present=np.ones(len(rec), bool), seen=0.0, gated=False)
    # the other program speaks of the inner angle at the elbow
    low, high = said[f"elbow_flexion_p5_p95_deg_if_{shape}"]
    assert np.percentile(bent["elbow_flexion.left"], [5, 95]) == pytest.approx([low, high], abs=0.06)


def test_the_far_arm_is_not_measured(rows: list[dict[str, str]], said: dict[str, Any]) -> None:
    rec = recording(rows, SIZES["16_9"])
    for side in ("left", "right"):
        trace = examine(rec, [f"elbow_flexion.{side}"], present=np.ones(len(rec), bool), gated=False)
        hidden = said["visibility_below_0.5_fraction"][f"{side}_elbow"]
        why = trace[f"elbow_flexion.{side}"].why
        assert (why == Validity.UNSEEN).mean() == pytest.approx(hidden, abs=0.03)


def test_from_the_side_only_forward_lean_is_told(rows: list[dict[str, str]], said: dict[str, Any]) -> None:
    rec = recording(rows, SIZES["16_9"])
    labels = np.array([row["label"] for row in rows])
    traces = examine(rec, ["trunk_lean", "trunk_forward_lean"], present=np.ones(len(rec), bool))
    assert traces["trunk_lean"].coverage == 0
    assert traces["trunk_lean"].reason is Validity.VIEW
    lean = np.abs(traces["trunk_forward_lean"].x)
    for label in ("C", "L"):  # upright, and leaning back
        _, median, _ = said["trunk_lean_deg_if_16_9"][label]
        assert np.nanmedian(lean[labels == label]) == pytest.approx(median, abs=1.5)
