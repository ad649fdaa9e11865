"""BodyScale: lengths that are believed, and lengths that nobody saw."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rehabgames.core.landmarks import POSE
from rehabgames.core.pose import PoseFrame, Recording
from rehabgames.signals import BodyScale


def test_a_percentile_of_what_was_seen_is_the_length() -> None:
    frames = []
    for i in range(100):
        points = np.full((33, 2), 100.0)
        points[POSE["left_elbow"]] = 100.0, 100.0 + i
        seen = np.full(33, 1.0)
        seen[POSE["left_elbow"]] = 0.2 if i > 90 else 1.0  # what is hidden is longer still, and a guess
        frames.append(PoseFrame(i / 30, i, (640, 480), points_px=points, visibility=seen))
    rec = Recording.of(frames)
    assert BodyScale.of(rec).px("left_upper_arm") == pytest.approx(85.5, abs=0.1)
    assert BodyScale.of(rec, rec.t_s < 1.0).px("left_upper_arm") == pytest.approx(27.55, abs=0.1)


def test_what_is_too_short_or_was_not_seen_is_unknown() -> None:
    scale = BodyScale({"left_arm": 3.0, "right_arm": 120.0})
    assert math.isnan(scale.arm_px("left"))
    assert scale.arm_px("right") == 120.0
    assert math.isnan(scale.trunk_px)
    assert math.isnan(BodyScale().leg_px)


def test_legs_of_whoever_sits_are_no_measure() -> None:
    """Thighs that point at the camera look short; steps measured by them would be giant ones."""
    seated = BodyScale({"trunk": 142, "left_leg": 120, "right_leg": 143, "left_thigh": 92, "right_thigh": 45})
    assert math.isnan(seated.leg_px)
    assert math.isnan(seated.thigh_px("left"))
    standing = BodyScale(
        {"trunk": 142, "left_leg": 238, "right_leg": 230, "left_thigh": 119, "right_thigh": 60}
    )
    assert standing.leg_px == 238
    assert standing.thigh_px("left") == 119
    assert math.isnan(standing.thigh_px("right"))
