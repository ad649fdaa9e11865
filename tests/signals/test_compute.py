"""Signals from landmarks: formulas on postures whose angles are known, and what cannot be measured."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rehabgames.core.errors import UnknownNameError
from rehabgames.core.landmarks import POSE
from rehabgames.core.pose import PoseFrame, Recording
from rehabgames.signals import SIGNALS, BodyScale, compute
from rehabgames.signals.catalogue import all_names
from rehabgames.signals.presence import PresenceJudge, judge

SHOULDER, HIP = 180.0, 330.0


def standing() -> np.ndarray:
    """(33, 2) px: somebody straight, arms hanging, 120 px of upper arm and 100 px of forearm."""
    p = np.full((33, 2), (320.0, 100.0))
    for side, sign in (("left", 1.0), ("right", -1.0)):
        for joint, x, y in (
            ("shoulder", 60, SHOULDER),
            ("elbow", 60, SHOULDER + 120),
            ("wrist", 60, SHOULDER + 220),
            ("hip", 40, HIP),
            ("knee", 40, HIP + 130),
            ("ankle", 40, HIP + 260),
        ):
            p[POSE[f"{side}_{joint}"]] = 320 + sign * x, y
    return p


def recording(points: list[np.ndarray], fps: float = 30.0, visibility: float = 0.99) -> Recording:
    return Recording.of(
        [
            PoseFrame(i / fps, i, (640, 720), points_px=p, visibility=np.full(33, visibility))
            for i, p in enumerate(points)
        ]
    )


def raised(elevation_deg: float, flexion_deg: float, side: str = "right") -> np.ndarray:
    """The arm out to its own side at an elevation, the forearm bent upwards from there."""
    p = standing()
    out = 1.0 if side == "left" else -1.0
    shoulder = p[POSE[f"{side}_shoulder"]]
    a, b = math.radians(elevation_deg), math.radians(elevation_deg + flexion_deg)
    elbow = shoulder + np.array([out * 120 * math.sin(a), 120 * math.cos(a)])
    p[POSE[f"{side}_elbow"]] = elbow
    p[POSE[f"{side}_wrist"]] = elbow + np.array([out * 100 * math.sin(b), 100 * math.cos(b)])
    return p


def scale_of(**lengths_px: float) -> BodyScale:
    return BodyScale(lengths_px)


SCALE = scale_of(left_arm=220.0, right_arm=220.0, left_leg=260.0, right_leg=260.0, trunk=150.0)


def one(points: np.ndarray, name: str, scale: BodyScale = SCALE) -> float:
    got = compute(recording([points] * 2), [name], scale=scale, present=np.ones(2, bool))[name]
    assert got[0] == got[1]
    return float(got[0])


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(("elevation", "flexion"), [(0, 0), (45, 0), (90, 30), (120, 90), (30, 140)])
def test_arm_angles(side: str, elevation: float, flexion: float) -> None:
    p = raised(elevation, flexion, side)
    assert one(p, f"shoulder_elevation.{side}") == pytest.approx(elevation, abs=1e-9)
    assert one(p, f"elbow_flexion.{side}") == pytest.approx(flexion, abs=1e-6)


def test_the_hand_is_told_in_arm_lengths_with_right_positive() -> None:
    out = raised(90, 0, "right")
    assert one(out, "hand_x.right") == pytest.approx(1.0)
    assert one(out, "hand_y.right") == pytest.approx(0.0, abs=1e-9)
    assert one(raised(90, 0, "left"), "hand_x.left") == pytest.approx(-1.0)
    assert one(standing(), "hand_height.right") == pytest.approx((HIP - SHOULDER - 220) / 220)
    assert one(standing(), "hip_height") == pytest.approx(1.0)


def test_lean_is_positive_to_the_persons_right() -> None:
    p = standing()
    for side in ("left", "right"):
        p[POSE[f"{side}_shoulder"]] += (-150 * math.tan(math.radians(12)), 0)  # to the left of the picture
    assert one(p, "trunk_lean") == pytest.approx(12.0)


def test_a_bare_name_is_the_side_that_is_seen_better() -> None:
    rec = recording([raised(70, 0, "left")] * 4)
    rec.visibility[:, POSE["right_elbow"]] = 0.75
    scale, present = SCALE, np.ones(4, bool)
    got = compute(rec, ["shoulder_elevation", "shoulder_elevation.left"], scale=scale, present=present)
    assert np.array_equal(got["shoulder_elevation"], got["shoulder_elevation.left"])
    rec.visibility[:, POSE["left_elbow"]] = 0.7
    assert compute(rec, ["shoulder_elevation"], scale=scale, present=present)["shoulder_elevation"][
        0
    ] == pytest.approx(0.0)


def test_what_is_not_seen_is_not_measured() -> None:
    rec = recording([standing()] * 3)
    rec.visibility[1, POSE["right_wrist"]] = 0.49
    got = compute(rec, ["elbow_flexion.right"], present=np.array([True, True, False]))["elbow_flexion.right"]
    assert np.isfinite(got).tolist() == [True, False, False]


def test_one_frame_equals_itself_in_a_recording() -> None:
    poses = [raised(e, e / 2) for e in range(0, 120, 5)]
    rec = recording(poses)
    names = [name for name in all_names() if not SIGNALS[name.partition(".")[0]].by_hand]
    whole = compute(rec, names, scale=SCALE, present=np.ones(len(rec), bool), gated=False)
    frame = PoseFrame(0.0, 0, (640, 720), points_px=poses[7], visibility=np.full(33, 0.99))
    single = compute([frame], names, scale=SCALE, present=np.ones(1, bool), gated=False)
    assert all(np.array_equal(whole[name][7], single[name][0], equal_nan=True) for name in names)
    assert np.isfinite([single[name][0] for name in names]).mean() > 0.8


def test_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"hand_height\.left"):
        compute([], ["hand_hight.left"])
    with pytest.raises(UnknownNameError):
        compute([], ["trunk_lean.left"])


def test_presence_of_the_still_and_absence_of_the_jumping() -> None:
    rng = np.random.default_rng(1)
    still = [standing() + rng.normal(0, 0.8, (33, 2)) for _ in range(120)]
    ghost = [standing() + rng.normal(0, 25, (33, 2)) for _ in range(120)]
    assert judge(recording(still)).all()
    assert not judge(recording(ghost, visibility=0.5)).any()
    live = PresenceJudge()
    frames = [
        PoseFrame(i / 30, i, (640, 720), points_px=p, visibility=np.full(33, 0.99))
        for i, p in enumerate(still)
    ]
    seen = [live.update(frame) for frame in frames]
    assert not seen[5]
    assert all(seen[35:])
    gone = [live.update(PoseFrame(4 + i / 30, 120 + i, (640, 720))) for i in range(40)]
    assert gone[3]
    assert not gone[-1]


wild = st.one_of(
    st.floats(-1e9, 1e9, width=32), st.just(0.0), st.sampled_from([math.nan, math.inf, -math.inf])
)


@settings(max_examples=60)
@given(
    points=arrays(np.float64, st.tuples(st.integers(0, 4), st.just(33), st.just(2)), elements=wild),
    visibility=st.sampled_from([0.0, 0.5, 1.0, math.nan]),
    step_s=st.sampled_from([0.0, 1 / 30, -0.1, 1e6]),
)
def test_no_landmark_makes_it_fail(points: np.ndarray, visibility: float, step_s: float) -> None:
    frames = [
        PoseFrame(i * step_s, i, (1, 1), points_px=p, visibility=np.full(33, visibility))
        for i, p in enumerate(points)
    ]
    got = compute(frames, all_names())
    assert all(x.shape == (len(points),) for x in got.values())
    live = PresenceJudge()
    for frame in frames:
        live.update(frame)
