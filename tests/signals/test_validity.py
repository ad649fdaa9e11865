"""Every frame that cannot be measured says why, and says the strongest reason."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabgames.core.errors import UseError
from rehabgames.core.landmarks import POSE, POSE_NAMES
from rehabgames.core.measured import Validity
from rehabgames.core.pose import PoseFrame, Recording
from rehabgames.signals import SIGNALS, BodyScale, examine
from rehabgames.signals.catalogue import all_names, sided_names
from rehabgames.signals.view import breadth, seen_from

N = 60


def person(*, width: float = 60.0, arm_deg: float = 40.0, visible: float = 0.99) -> np.ndarray:
    """(33, 2) px of somebody who faces the camera; `width` is half of the shoulders' apparent one."""
    p = np.full((33, 2), (320.0, 120.0))
    p[POSE["nose"]] = 320, 130
    for side, sign in (("left", 1.0), ("right", -1.0)):
        shoulder = np.array([320 + sign * width, 200.0])
        angle = math.radians(arm_deg)
        elbow = shoulder + 100 * np.array([sign * math.sin(angle), math.cos(angle)])
        p[POSE[f"{side}_ear"]] = 320 + sign * 20, 130
        p[POSE[f"{side}_shoulder"]] = shoulder
        p[POSE[f"{side}_elbow"]] = elbow
        p[POSE[f"{side}_wrist"]] = elbow + np.array([0.0, 90.0])
        for joint, y in (("hip", 350), ("knee", 480), ("ankle", 600), ("heel", 610), ("foot_index", 612)):
            p[POSE[f"{side}_{joint}"]] = 320 + sign * width * 0.6, y
    return p


def recorded(points: np.ndarray | list[np.ndarray], fps: float = 30.0) -> Recording:
    frames = points if isinstance(points, list) else [points] * N
    return Recording.of(
        [
            PoseFrame(i / fps, i, (640, 640), points_px=p.copy(), visibility=np.full(33, 0.99))
            for i, p in enumerate(frames)
        ]
    )


def reasons(rec: Recording, name: str, **how: object) -> set[Validity]:
    trace = examine(rec, [name], **how)[name]  # type: ignore[arg-type]
    assert np.array_equal(np.isnan(trace.x), trace.why != Validity.GOOD)
    return {Validity(int(why)) for why in np.unique(trace.why)}


def test_somebody_who_faces_the_camera_can_be_measured() -> None:
    traces = examine(recorded(person()), sided_names())
    bad = {name: trace.reason.name for name, trace in traces.items() if trace.coverage < 1}
    side_only = {
        name for name, trace in traces.items() if SIGNALS[trace.name.partition(".")[0]].view == "side"
    }
    by_hand = {name for name in traces if SIGNALS[name.partition(".")[0]].by_hand}
    assert bad.keys() == side_only | by_hand
    assert {bad[name] for name in side_only} == {"VIEW"}
    assert {bad[name] for name in by_hand} == {"NO_HAND"}


@pytest.mark.parametrize("name", POSE_NAMES)
def test_a_hidden_landmark_hides_what_needs_it_and_nothing_else(name: str) -> None:
    rec = recorded(person())
    rec.visibility[:, POSE[name]] = 0.3
    present = np.ones(len(rec), dtype=bool)
    for full, trace in examine(rec, sided_names(), present=present).items():
        base, _, side = full.partition(".")
        needs = [each.format(side=side) for each in SIGNALS[base].needs]
        assert (trace.reason is Validity.UNSEEN) == (name in needs), full


def test_an_arm_that_points_at_the_camera_has_no_angle() -> None:
    """H14: the network still gives a place for the elbow, and the angle it makes is wrong."""
    far, near = person(arm_deg=60), person(arm_deg=60)
    near[POSE["right_elbow"]] = near[POSE["right_shoulder"]] + 0.8 * (
        near[POSE["right_elbow"]] - near[POSE["right_shoulder"]]
    )
    rec = recorded([far] * 40 + [near] * 40)
    for name in ("elbow_flexion.right", "shoulder_elevation.right", "shoulder_abduction.right"):
        why = examine(rec, [name])[name].why
        assert set(why[:35]) == {Validity.GOOD}
        assert set(why[45:]) == {Validity.FORESHORTENED}
    assert reasons(rec, "elbow_flexion.left") == {Validity.GOOD}
    assert reasons(rec, "hand_x.right") == {Validity.GOOD}  # a place is a place from wherever it is seen
    assert reasons(rec, "shoulder_elevation.right", gated=False) == {Validity.GOOD}


def test_the_gate_closes_at_85_percent_of_the_calibrated_length() -> None:
    scale = BodyScale({"right_upper_arm": 100.0 / 0.86})
    assert reasons(recorded(person()), "shoulder_elevation.right", scale=scale) == {Validity.GOOD}
    scale = BodyScale({"right_upper_arm": 100.0 / 0.84})
    assert reasons(recorded(person()), "shoulder_elevation.right", scale=scale) == {Validity.FORESHORTENED}


def test_one_trembling_frame_does_not_close_the_gate() -> None:
    frames = [person() for _ in range(N)]
    frames[30][POSE["right_elbow"]] -= (0, 60)
    assert reasons(recorded(frames), "shoulder_elevation.right") == {Validity.GOOD}


def test_from_the_side_lateral_lean_is_not_measured_and_forward_lean_is() -> None:
    side = recorded(person(width=4))
    assert reasons(side, "trunk_lean") == {Validity.VIEW}
    assert reasons(side, "trunk_forward_lean") == {Validity.GOOD}
    assert reasons(side, "knee_flexion.left") == {Validity.GOOD}
    quarter = recorded(person(width=30))
    assert reasons(quarter, "trunk_lean") == {Validity.VIEW}
    assert reasons(quarter, "knee_flexion.left") == {Validity.VIEW}


def test_a_back_or_a_mirrored_picture_is_no_front() -> None:
    """H8: left and right would be told the wrong way round."""
    p = person()
    p[:, 0] = 640 - p[:, 0]
    assert reasons(recorded(p), "trunk_lean") == {Validity.VIEW}
    assert float(breadth(recorded(p))[0]) < 0
    assert not seen_from(recorded(p), "front").any()


def test_without_a_body_length_there_is_no_unit() -> None:
    present = np.ones(N, dtype=bool)
    assert reasons(recorded(person()), "hand_x.right", scale=BodyScale()) == {Validity.NO_SCALE}
    tiny = recorded(person() / 100)
    assert reasons(tiny, "hand_x.right", present=present) == {Validity.NO_SCALE}
    assert reasons(tiny, "com_x", present=present) == {Validity.NO_SCALE}


@pytest.mark.parametrize("wild", [math.inf, -math.inf, 1e9, -1e9])
def test_a_landmark_out_of_this_world_is_a_bad_number(wild: float) -> None:
    frames = [person() for _ in range(N)]
    frames[30][POSE["right_wrist"]] = wild, 300
    trace = examine(recorded(frames), ["elbow_flexion.right"], present=np.ones(N, dtype=bool))
    assert trace["elbow_flexion.right"].why[30] == Validity.BAD_NUMBER
    assert trace["elbow_flexion.right"].coverage == pytest.approx((N - 1) / N)


def test_all_zeros_are_nobody() -> None:
    assert reasons(recorded(np.zeros((33, 2))), "shoulder_elevation.right") == {Validity.NOBODY}


def test_frames_out_of_time_are_left_out_and_said_so() -> None:
    rec = recorded(person())
    rec.t_s[20] = rec.t_s[19]
    rec.t_s[30] = rec.t_s[10]
    rec.t_s[40] = math.nan
    why = examine(rec, ["shoulder_elevation.right"])["shoulder_elevation.right"].why
    assert np.flatnonzero(why == Validity.TIME).tolist() == [20, 30, 40]
    assert (np.delete(why, [20, 30, 40]) == Validity.GOOD).all()


@pytest.mark.parametrize("count", [0, 17, 34])
def test_another_number_of_landmarks_is_one_plain_error(count: int) -> None:
    frame = PoseFrame(0.0, 0, (640, 480), points_px=np.zeros((count, 2)))
    with pytest.raises(UseError, match="33 landmarks"):
        examine([frame], ["trunk_lean"])


def test_one_frame_is_measured_by_the_same_code() -> None:
    whole = examine(recorded(person()), sided_names())
    single = examine(
        [PoseFrame(0.0, 0, (640, 640), points_px=person(), visibility=np.full(33, 0.99))], sided_names()
    )
    for name, trace in single.items():
        assert trace.why.tolist() == [whole[name].why[7]]
        assert np.array_equal(trace.x, whole[name].x[7:8], equal_nan=True)


def test_no_frames_give_empty_traces() -> None:
    for trace in examine([], all_names()).values():
        assert len(trace) == 0
        assert (trace.coverage, trace.reason) == (0.0, Validity.TOO_FEW)


@settings(max_examples=80)
@given(
    names=st.lists(st.sampled_from(POSE_NAMES), min_size=1, max_size=5, unique=True),
    spoilt=st.sampled_from([math.nan, math.inf, -math.inf, 0.0, 1e9, -1e9]),
    visibility=st.sampled_from([0.0, 0.49, 0.5, 1.0, math.nan]),
    size=st.sampled_from([(1, 1), (640, 640), (0, 0)]),
    times=st.sampled_from(["even", "equal", "back"]),
)
def test_whatever_comes_nothing_is_good_and_not_finite(
    names: list[str], spoilt: float, visibility: float, size: tuple[int, int], times: str
) -> None:
    p = person()
    for name in names:
        p[POSE[name]] = spoilt
    frames = [
        replace(
            PoseFrame(i / 30, i, size, points_px=p, visibility=np.full(33, visibility)),
            t_s={"even": i / 30, "equal": 0.0, "back": -i / 30}[times],
        )
        for i in range(5)
    ]
    for trace in examine(frames, all_names()).values():
        assert trace.x.shape == trace.why.shape == (5,)
        assert np.array_equal(np.isfinite(trace.x), trace.good)
