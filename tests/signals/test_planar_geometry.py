"""Angles in the picture against other programs (tests/reference/joint_angle_geometry)."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from rehabgames.core.landmarks import POSE
from rehabgames.core.pose import PoseFrame
from rehabgames.signals import BodyScale, compute
from rehabgames.signals.geometry import angle_deg, length

REFERENCE = Path(__file__).parents[1] / "reference" / "joint_angle_geometry"
PLANAR = json.loads((REFERENCE / "expected.json").read_text("utf-8"))["planar_2d"]
ELEVATIONS = json.loads((REFERENCE / "projection_error_table.json").read_text("utf-8"))["rows"]
SCALE = BodyScale(
    {"left_arm": 200.0, "right_arm": 200.0, "left_leg": 200.0, "right_leg": 200.0, "trunk": 150.0}
)


def seen(points: dict[str, np.ndarray], size: tuple[int, int] = (1280, 720)) -> PoseFrame:
    landmarks = np.full((33, 2), np.nan)
    for name, place in points.items():
        landmarks[POSE[name]] = place
    return PoseFrame(0.0, 0, size, points_px=landmarks, visibility=np.ones(33))


def signal(frame: PoseFrame, name: str) -> float:
    return float(compute([frame], [name], scale=SCALE, present=np.ones(1, bool), gated=False)[name][0])


@pytest.mark.parametrize("case", PLANAR)
def test_the_angle_in_pixels(case: dict) -> None:
    a, b, c = np.array(case["normalised_points_A_B_C"]) * case["frame_px"]
    assert angle_deg(a, b, c) == pytest.approx(case["angle_at_B_pixel_correct_deg"], abs=1e-9)
    assert angle_deg(c, b, a) == pytest.approx(case["angle_at_B_pixel_correct_deg"], abs=1e-9)
    bent = 180 - case["angle_at_B_pixel_correct_deg"]
    arm = seen({"left_shoulder": a, "left_elbow": b, "left_wrist": c})
    leg = seen({"right_hip": a, "right_knee": b, "right_ankle": c})
    assert signal(arm, "elbow_flexion.left") == pytest.approx(bent, abs=1e-9)
    assert signal(leg, "knee_flexion.right") == pytest.approx(bent, abs=1e-9)


def test_the_aspect_ratio_matters_in_these_cases() -> None:
    """Else the test above would pass for angles of normalised points, too."""
    off = [abs(c["angle_at_B_pixel_correct_deg"] - c["angle_at_B_if_aspect_ignored_deg"]) for c in PLANAR]
    assert max(off) > 5


@pytest.mark.parametrize("side", ["left", "right"])
def test_elevation_is_the_apparent_one_of_an_arm_turned_to_the_camera(side: str) -> None:
    for true_deg, turned_deg, apparent_deg in ELEVATIONS:
        true, turned = math.radians(true_deg), math.radians(turned_deg)
        out = 1.0 if side == "left" else -1.0
        shoulder = np.array([600.0, 300.0])
        elbow = shoulder + 120 * np.array([out * math.sin(true) * math.cos(turned), math.cos(true)])
        frame = seen({f"{side}_shoulder": shoulder, f"{side}_elbow": elbow})
        assert signal(frame, f"shoulder_elevation.{side}") == pytest.approx(apparent_deg, abs=1e-3)


def test_a_ray_without_length_has_no_angle_and_nan_passes() -> None:
    a, b = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    assert math.isnan(angle_deg(a, a, b))
    assert math.isnan(angle_deg(a, b, b))
    assert math.isnan(angle_deg(a, np.array([math.nan, 0.0]), b))
    assert math.isnan(length(a, np.array([0.0, math.nan])))
    assert angle_deg(a, b, a) == 0.0
    assert angle_deg(a, b, 2 * b - a) == 180.0


def test_an_open_hand_is_wider_than_its_palm_and_a_fist_is_not() -> None:
    hands = np.full((2, 21, 2), np.nan)
    hands[1, 0], hands[1, 9] = (100.0, 400.0), (100.0, 300.0)
    for tip in (8, 12, 16, 20):
        hands[1, tip] = 100.0, 220.0
    frame = PoseFrame(0.0, 0, (640, 480), hands_px=hands)
    assert compute([frame], ["hand_open.right"])["hand_open.right"][0] == pytest.approx(1.8)
    assert compute([frame], ["hand_open"])["hand_open"][0] == pytest.approx(1.8)
    assert math.isnan(compute([frame], ["hand_open.left"])["hand_open.left"][0])
    hands[1, 9] = hands[1, 0]
    assert math.isnan(compute([frame], ["hand_open.right"])["hand_open.right"][0])
