"""A palm that points at the camera is no measure of the fingers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rehabgames.core.landmarks import FINGERTIPS, SIDES
from rehabgames.core.measured import Validity
from rehabgames.core.pose import Array, PoseFrame
from rehabgames.signals import compute, examine
from rehabgames.signals.hand import OPENS

PALM_M = 0.09


def hand(tilt_deg: float, tips_m: float, lift_m: float = 0.0) -> Array:
    """(21, 2) px of a hand in space, wrist low, tilted at the camera about the wrist.

    tips_m along the palm from the wrist to the fingertips; lift_m from the plane of the palm.
    """
    space = np.zeros((21, 3))
    for knuckle, x in ((5, 0.025), (9, 0.008), (13, -0.012), (17, -0.035)):
        space[knuckle] = x, PALM_M, 0.0
        space[knuckle + 1 : knuckle + 4] = x, tips_m, lift_m
    space[list(FINGERTIPS), 0] += 0.001
    c, s = math.cos(math.radians(tilt_deg)), math.sin(math.radians(tilt_deg))
    y = c * space[:, 1] + s * space[:, 2]
    return np.stack([300 + 1000 * space[:, 0], 300 - 1000 * y], axis=1)


def frames(hand_px: Array, n: int = 3) -> list[PoseFrame]:
    both = np.stack([hand_px, hand_px])
    return [PoseFrame(i / 30, i, (640, 480), hands_px=both, hand_scores=np.ones(2)) for i in range(n)]


@pytest.mark.parametrize("tilt_deg", [0.0, 20.0, 40.0])
def test_a_tilt_leaves_a_flat_hand_open(tilt_deg: float) -> None:
    for side in SIDES:
        (x,) = compute(frames(hand(tilt_deg, 0.17)), [f"hand_open.{side}"]).values()
        assert x == pytest.approx(0.17 / PALM_M, abs=0.15)


def test_a_fist_that_points_at_the_camera_is_not_open() -> None:
    """Its fingertips lie 40 mm before the palm, which looks like length."""
    at_me, upright = (hand(tilt_deg, 0.06, lift_m=0.04) for tilt_deg in (65.0, 0.0))
    tips = np.hypot(*(at_me[list(FINGERTIPS)] - at_me[0]).T).mean() / np.hypot(*(at_me[9] - at_me[0]))
    assert OPENS.to_above is not None
    assert tips > OPENS.to_above  # as it is, it would have opened
    for name in ("hand_open.right", "hand_opening.right", "pinch.right"):
        assert np.isfinite(compute(frames(upright), [name])[name]).all()
        assert np.isnan(compute(frames(at_me), [name])[name]).all()
        assert (examine(frames(at_me), [name])[name].why == Validity.NO_HAND).all()
