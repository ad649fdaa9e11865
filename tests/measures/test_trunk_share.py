"""The trunk's share of a reach: planar geometry with known answers, and when there is none."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from upright_figure import FORE, UPPER, Pose, recording, swell

from rehabgames.core.landmarks import POSE, SIDES, Side
from rehabgames.core.measured import Measured, Validity
from rehabgames.core.pose import Recording
from rehabgames.measures.trunk_share import trunk_of_reach, trunk_share
from rehabgames.signals import BodyScale
from rehabgames.signals.noise import NoiseFloor

T_S = np.arange(90) / 30.0
ARM = UPPER + FORE
SCALE = BodyScale({"left_arm": ARM, "right_arm": ARM})


def test_displacement_along_the_reach() -> None:
    hand = np.array([[0.0, 0.0], [9.0, 9.0], [3.0, 4.0]])
    trunk = np.array([[0.0, 10.0], [5.0, 5.0], [0.3, 10.4]])
    assert trunk_share(hand, trunk) == pytest.approx((0.5, 5.0, 0.1))
    across = np.array([[0.0, 10.0], [0.0, 0.0], [-0.4, 10.3]])
    assert trunk_share(hand, across).trunk == pytest.approx(0.0, abs=1e-12)
    assert trunk_share(hand, -trunk).share == pytest.approx(-0.1)
    deep = np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 2.0]])
    assert trunk_share(deep, deep / 4) == pytest.approx((0.5, 2.0, 0.25))


def test_a_hand_that_ends_where_it_began_has_no_direction() -> None:
    still = np.ones((4, 2))
    assert all(math.isnan(each) for each in trunk_share(still, still))
    assert all(math.isnan(each) for each in trunk_share(np.zeros((1, 2)), np.zeros((1, 2))))
    assert all(math.isnan(each) for each in trunk_share(np.zeros((0, 2)), np.zeros((0, 2))))
    with pytest.raises(ValueError, match="mid_shoulder"):
        trunk_share(np.zeros((3, 2)), np.zeros((2, 2)))


@given(arrays(np.float64, (2, 3, 2), elements=st.floats(allow_nan=True, allow_infinity=True)))
def test_bad_numbers_give_nan(points: np.ndarray) -> None:
    found = trunk_share(*points)
    assert all(math.isfinite(each) for each in found) or all(math.isnan(each) for each in found)


def reach(side: Side, lean_deg: float, elevation_deg: float = 90.0) -> Recording:
    pose = Pose.still(len(T_S))
    share = np.minimum(swell(T_S, 0.0, 2.7), 1.0)
    share[27:] = 1.0
    setattr(pose, f"up_{side}", elevation_deg * share)
    pose.lean = share * (lean_deg if side == "right" else -lean_deg)
    return recording(T_S, pose)


def of(rec: Recording, side: Side, scale: BodyScale = SCALE, **about: NoiseFloor) -> dict[str, Measured]:
    return {each.name: each for each in trunk_of_reach(rec, side, 0.0, 2.95, scale, **about)}


@pytest.mark.parametrize("side", SIDES)
def test_a_lean_towards_the_target_is_a_share_of_the_reach(side: Side) -> None:
    rec = reach(side, 15.0)
    found = of(rec, side)
    middle = (rec.points_px[:, POSE["left_shoulder"]] + rec.points_px[:, POSE["right_shoulder"]]) / 2
    hand = rec.points_px[:, POSE[f"{side}_wrist"]]
    way = hand[-1] - hand[0]
    along = (middle[-1] - middle[0]) @ way / np.hypot(*way)
    assert found["trunk_displacement"].value == pytest.approx(along / ARM, rel=0.01)
    assert found["trunk_share"].value == pytest.approx(along / np.hypot(*way), rel=0.01)
    assert found["arm_displacement"].value == pytest.approx(np.hypot(*way) / ARM - along / ARM, rel=0.01)
    assert found["trunk_share"].value > 0.1
    assert found["trunk_displacement"].unit == "arm lengths"
    assert abs(of(reach(side, 0.0), side)["trunk_share"].value) < 0.01
    assert of(reach(side, -15.0), side)["trunk_share"].value < -0.05


def test_there_is_no_share_where_it_cannot_be_seen() -> None:
    rec = reach("right", 15.0)
    floor = NoiseFloor(np.full(33, 12.0), 2.0)
    hidden = rec.visibility.copy()
    hidden[80:, POSE["right_elbow"]] = 0.3
    towards = rec.points_px.copy()  # the arm ends pointing at the camera
    for joint, share in (("elbow", 0.5), ("wrist", 0.4)):
        shoulder = towards[60:, POSE["right_shoulder"]]
        away = towards[60:, POSE[f"right_{joint}"]] - shoulder
        towards[60:, POSE[f"right_{joint}"]] = shoulder + share * away
    cases = {
        Validity.NO_SCALE: of(rec, "right", BodyScale()),
        Validity.UNSEEN: of(replace(rec, visibility=hidden), "right"),
        Validity.FORESHORTENED: of(replace(rec, points_px=towards), "right"),
        Validity.NO_MOVEMENT: of(reach("right", 0.0, elevation_deg=5.0), "right"),
        Validity.NOISE: of(rec, "right", noise=floor),
        Validity.TIME: {m.name: m for m in trunk_of_reach(rec, "right", 2.0, 2.0, SCALE)},
        Validity.TOO_FEW: {m.name: m for m in trunk_of_reach(rec, "right", 8.0, 9.0, SCALE)},
    }
    for why, found in cases.items():
        assert [m.validity for m in found.values()] == [why] * 3, why.name
        assert all(math.isnan(m.value) for m in found.values())
    assert of(rec, "right", noise=NoiseFloor(np.full(33, 1.0), 2.0))["trunk_share"].good
