"""A person who keeps still is no frozen picture, as long as the camera has the noise of a sensor (H9)."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from rehabgames.tracking.sources import VirtualSpec
from rehabgames.tracking.virtual import VirtualCamera
from rehabgames.tracking.webcam import Stale

FPS = 30.0


def noise(rng: np.random.Generator, strength: float) -> list[np.ndarray]:
    """Of a sensor, grey levels: so many pictures of it that no two pairs of them are the same."""
    return [rng.normal(0.0, strength, (520, 680, 3)).astype(np.float32) for _ in range(8)]


@pytest.mark.parametrize(("strength", "quality"), [(0.35, None), (1.0, None), (0.35, 60), (1.0, 60)])
@pytest.mark.parametrize("seconds", [3.0, pytest.param(600.0, marks=pytest.mark.endurance)])
def test_h9_a_motionless_person_is_never_taken_for_a_frozen_picture(
    strength: float, quality: int | None, seconds: float
) -> None:
    """quality: of the JPEG pictures that many cameras send, which swallow much of the noise."""
    rng = np.random.default_rng(9)
    still = VirtualCamera(VirtualSpec("healthy", "right", 1)).picture_at(0.0, None).bgr.astype(np.float32)
    grains, stale = noise(rng, strength), Stale()
    alarms = 0
    for i in range(round(seconds * FPS)):
        x, y = rng.integers(0, 40, 2)
        grain = grains[i % len(grains)][y : y + 480, x : x + 640]
        picture = np.clip(np.rint(still + grain), 0, 255).astype(np.uint8)
        if quality is not None:
            _, packed = cv2.imencode(".jpg", picture, (cv2.IMWRITE_JPEG_QUALITY, quality))
            picture = cv2.imdecode(packed, cv2.IMREAD_COLOR)
        alarms += not stale.fresh(picture, i / FPS)
    assert alarms == 0
