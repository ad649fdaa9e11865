"""Hazard H14 of SAFETY.md, "confident wrong": a hand that steers is where it is, or it is not seen, whatever
the light, the noise and what stands before it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest
from company import reaches

from rehabgames.core.landmarks import POSE
from rehabgames.session.control import Control
from rehabgames.tracking.detector import Detector
from rehabgames.tracking.faulty import changed
from rehabgames.tracking.looks import LOOKS
from rehabgames.tracking.models import model_path
from rehabgames.tracking.sources import FaultKind, VirtualSpec
from rehabgames.tracking.virtual import VirtualCamera

pytestmark = pytest.mark.camera

FPS, BEGINS = 30.0, 45  # the first pictures are for finding out that somebody is there
RIGHT, WRONG = 0.1, 0.2  # arm lengths from the truth
MOST_WRONG, LEAST_BELIEVED = 0.01, 0.95
CASES: tuple[tuple[FaultKind | None, float], ...] = (
    (None, 0.0),
    ("dim", 0.6),
    ("dim", 0.8),
    ("dim", 0.9),
    ("noisy", 0.3),
    ("noisy", 0.6),
    ("blurred", 0.2),
    ("blurred", 0.5),
    ("covered", 0.3),
    ("covered", 0.4),
    ("covered", 0.5),
)
LIT_DIFFERENTLY = (0, 3, 4, 7, 9, 15, 17, 22)


@dataclass
class Believed:
    """Pictures; of these believed and wrong; those that are right, and of these believed."""

    pictures: int = 0
    wrong: int = 0
    right: int = 0
    believed: int = 0


def played(look: int, kind: FaultKind | None, amount: float, pictures: int) -> Believed:
    camera, rng, came = (
        VirtualCamera(VirtualSpec("healthy", "right", look, look)),
        np.random.default_rng(1),
        Believed(),
    )
    control = Control("hand_position", ("shoulder_elevation", "trunk_lean"), "right")
    arm_px = 0.55 * LOOKS[look].px_per_m(camera.size[0])
    with Detector(model_path("pose")) as detector:
        for i in range(pictures):
            t_s = i / FPS
            bgr = camera.picture_at(t_s, reaches(t_s)).bgr
            frame = detector.detect(changed(bgr, kind, amount, rng) if kind else bgr, t_s, i)
            steers = control.update(frame).at is not None
            if i < BEGINS:
                continue
            found = frame.points_px[POSE["right_wrist"]].tolist()
            off = math.dist(found, camera.truth_px["right_wrist"]) / arm_px
            came.pictures += 1
            came.wrong += steers and not off <= WRONG
            came.right += off < RIGHT
            came.believed += steers and off < RIGHT
    return came


def shares(came: list[Believed]) -> tuple[float, float]:
    wrong = sum(each.wrong for each in came) / sum(each.pictures for each in came)
    return wrong, sum(each.believed for each in came) / max(1, sum(each.right for each in came))


@pytest.mark.timeout(120)
def test_h14_a_hand_that_is_not_seen_does_not_steer() -> None:
    came = [played(0, kind, amount, 90) for kind, amount in ((None, 0.0), ("dim", 0.8), ("covered", 0.4))]
    fair, behind = came[:2], came[2]
    wrong, believed = shares(fair)
    assert wrong <= MOST_WRONG
    assert believed >= LEAST_BELIEVED
    assert behind.wrong < 0.1 * behind.pictures < behind.pictures - behind.right


@pytest.mark.endurance
@pytest.mark.timeout(3600)
def test_h14_in_all_lights() -> None:
    came = {case: [played(look, *case, 240) for look in LIT_DIFFERENTLY] for case in CASES}
    for case, each in came.items():
        print(case, "believed and wrong {:.4f}, right and believed {:.3f}".format(*shares(each)))
    wrong, believed = shares([one for each in came.values() for one in each])
    print(f"all: {wrong:.4f}, {believed:.3f}")
    assert wrong <= MOST_WRONG
    assert believed >= LEAST_BELIEVED
