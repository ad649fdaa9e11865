"""From landmarks to signs, on a figure whose angles are known exactly."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from upright_figure import Pose, recording, swell

from rehabgames.core.landmarks import POSE, SIDES, Side
from rehabgames.core.measured import Validity
from rehabgames.core.pose import Recording
from rehabgames.measures.compensation import SHOULDER_LIFT, CompensationThresholds, sustained
from rehabgames.measures.compensation_signs import SignOf, SignsOfRepetition, Task, compensation_of, rest_of
from rehabgames.measures.shoulder_hike import LiftCurve
from rehabgames.signals import examine
from rehabgames.signals.trace import Trace

REST_S = 2.0
REPETITION = (2.5, 5.5)
T_S = np.arange(180) / 30.0
BOTH = Task(("left", "right"), "throughout")


def raised(t_s: np.ndarray = T_S, arms: tuple[Side, ...] = SIDES, **signs: float) -> Pose:
    """Arms go to 85 degrees and back, lifting their shoulders as arms do; `signs` grow along."""
    share, pose = swell(t_s, *REPETITION), Pose.still(len(t_s))
    for side in arms:
        setattr(pose, f"up_{side}", 85.0 * share)
        setattr(pose, f"lift_{side}", SHOULDER_LIFT * share)
    for name, value in signs.items():
        setattr(pose, name, getattr(pose, name) + value * share)
    return pose


def traces_of(rec: Recording, task: Task = BOTH) -> dict[str, Trace]:
    return examine(rec, task.signals)


def judge(pose: Pose, task: Task = BOTH, good: Side | None = None, **about: float) -> SignsOfRepetition:
    rec = recording(T_S, pose, noise_px=0.6)
    traces = traces_of(rec, task)
    curve = clean_curve(good) if good else None
    found = compensation_of(
        traces, rest_of(traces, 0.0, REST_S), [REPETITION], task, good_side=curve, **about
    )
    assert len(found) == 1
    return found[0]


def clean_curve(side: Side) -> LiftCurve:
    traces = examine(recording(T_S, raised(arms=(side,))), Task((side,)).signals)
    height = traces[f"shoulder_height.{side}"]
    at_rest = rest_of(traces, 0.0, REST_S)[f"shoulder_height.{side}"].value
    return LiftCurve.of(traces[f"shoulder_elevation.{side}"], height, at_rest)


def sign(found: SignsOfRepetition, name: str, of: str = "") -> SignOf:
    return next(each for each in found.signs if (each.measured.name, each.measured.of) == (name, of))


@pytest.mark.parametrize("task", [BOTH, Task(("left",), "throughout"), Task(("right",), "throughout")])
def test_a_clean_raise_has_no_sign_and_says_what_it_measured(task: Task) -> None:
    found = judge(raised(arms=task.arms), task, good="left")
    assert found.flagged == ()
    assert all(each.measured.good and each.measured.coverage == 1.0 for each in found.signs)
    assert not any(each.flagged for each in found.signs)
    asked = {each.name for each in found.signs}
    assert ("arm_asymmetry" in asked) == task.both
    assert sign(found, "trunk_lean").measured.value < 2.0
    assert sign(found, "elbow_extension", task.arms[0]).measured.value > 165.0


def test_a_raised_arm_tilts_the_line_of_the_shoulders_but_not_the_head() -> None:
    """Why the head is not judged by neck_lateral_flexion."""
    rec = recording(T_S, raised(arms=("right",)))
    neck = examine(rec, ["neck_lateral_flexion"])["neck_lateral_flexion"].x
    assert np.ptp(neck) > 6.4
    assert "head_tilt" not in judge(raised(arms=("right",)), Task(("right",))).flagged


CASES = [
    ("trunk_lean", "lean", 4.0, 7.0),
    ("trunk_lean", "lean", -4.0, -7.0),
    ("head_tilt", "tilt", 5.0, 8.5),
    ("head_tilt", "tilt", -5.0, -8.5),
    ("elbow_extension", "bend_left", 18.0, 35.0),
    ("elbow_extension", "bend_right", 18.0, 35.0),
    ("arm_asymmetry", "up_left", -9.0, -19.0),
    ("arm_asymmetry", "up_right", -9.0, -19.0),
]


@pytest.mark.parametrize(("name", "joint", "below", "above"), CASES)
def test_a_sign_is_flagged_above_its_threshold_and_not_below(
    name: str, joint: str, below: float, above: float
) -> None:
    assert judge(raised(**{joint: below})).flagged == ()
    assert judge(raised(**{joint: above})).flagged == (name,)


@pytest.mark.parametrize("side", SIDES)
def test_one_raised_arm_is_not_compared_with_the_other(side: Side) -> None:
    found = judge(raised(arms=(side,), lean=7.0), Task((side,), "throughout"))
    assert found.flagged == ("trunk_lean",)
    assert {each.measured.of for each in found.signs} == {"", side}


@pytest.mark.parametrize("side", SIDES)
def test_a_hike_is_what_exceeds_the_good_side(side: Side) -> None:
    task, good = Task((side,)), "left" if side == "right" else "right"
    for lift, flagged in ((0.0, False), (0.03, False), (0.12, True)):
        hike = sign(
            judge(raised(arms=(side,), **{f"lift_{side}": lift}), task, good=good), "shoulder_hike", side
        )
        assert hike.flagged == flagged
        assert hike.measured.value == pytest.approx(lift, abs=0.025)
        assert hike.experimental
    assert judge(raised(arms=(side,), **{f"lift_{side}": 0.2}), task, good=good).flagged == ()


def test_shoulders_that_both_rise_high_are_no_hike() -> None:
    """The published rise alone would call it one."""
    pose = raised(arms=("right",), lift_right=0.10)
    traces = examine(recording(T_S, raised(arms=("left",), lift_left=0.10)), Task(("left",)).signals)
    rest = rest_of(traces, 0.0, REST_S)["shoulder_height.left"].value
    curve = LiftCurve.of(traces["shoulder_elevation.left"], traces["shoulder_height.left"], rest)
    task = Task(("right",))
    traces = examine(recording(T_S, pose), task.signals)
    rests = rest_of(traces, 0.0, REST_S)
    risen = traces["shoulder_height.right"].x - rests["shoulder_height.right"].value
    assert sustained(T_S, risen) > 0.174
    found = compensation_of(traces, rests, [REPETITION], task, good_side=curve)[0]
    assert not sign(found, "shoulder_hike", "right").flagged
    assert abs(sign(found, "shoulder_hike", "right").measured.value) < 0.02


def test_without_a_good_side_nothing_is_said_of_a_hike() -> None:
    hike = sign(judge(raised(lift_left=0.3)), "shoulder_hike", "left")
    assert hike.measured.validity is Validity.UNCALIBRATED
    assert math.isnan(hike.measured.value)
    assert not hike.flagged


def test_the_good_side_is_not_known_where_it_never_was() -> None:
    low = LiftCurve(np.array([5.0, 15.0, 25.0]), np.array([0.0, 0.01, 0.03]))
    assert low.at(np.array([20.0]))[0] == pytest.approx(0.02)
    assert np.isnan(low.at(np.array([35.1, -5.1, np.nan]))).all()
    assert np.isnan(LiftCurve().at(np.zeros(2))).all()


def test_a_head_is_not_judged_while_the_trunk_leans() -> None:
    found = judge(raised(lean=9.0, tilt=12.0))
    assert found.flagged == ("trunk_lean",)
    assert not sign(found, "head_tilt").measured.good
    assert judge(raised(tilt=12.0)).flagged == ("head_tilt",)


def test_a_lean_of_a_moment_is_none() -> None:
    pose = raised()
    pose.lean[100:105] = 12.0
    assert judge(pose).flagged == ()
    pose.lean[100:110] = 12.0
    assert judge(pose).flagged == ("trunk_lean",)


def test_whoever_sits_crooked_is_judged_by_the_own_rest() -> None:
    pose = raised()
    pose.lean += 3.5
    pose.tilt += 6.0
    assert judge(pose).flagged == ()
    crooked = examine(recording(T_S, pose), BOTH.signals)
    unknown = compensation_of(crooked, {}, [REPETITION], BOTH)[0]
    assert sign(unknown, "trunk_lean").measured.validity is Validity.NO_BASELINE
    assert sign(unknown, "head_tilt").measured.validity is Validity.NO_BASELINE
    assert sign(unknown, "elbow_extension", "left").measured.good


def test_a_reach_from_the_lap_is_judged_by_the_straightest_it_got() -> None:
    share = swell(T_S, *REPETITION)
    pose = raised(arms=("right",))
    task = Task(("right",), "at the farthest")
    pose.bend_right = 80.0 * (1 - share)
    assert judge(pose, task).flagged == ()
    assert judge(pose, Task(("right",))).flagged == ()
    pose.bend_right = 35.0 + 45.0 * (1 - share)
    assert judge(pose, task).flagged == ("elbow_extension",)
    assert judge(pose, Task(("right",))).flagged == ()


def test_what_was_hardly_seen_is_not_called_clean_and_what_was_seen_stays_seen() -> None:
    rec = recording(T_S, raised(lean=8.0))
    hidden = rec.visibility.copy()
    hidden[120:160, POSE["left_hip"]] = 0.2
    part = traces_of(replace(rec, visibility=hidden))
    found = compensation_of(part, rest_of(part, 0.0, REST_S), [REPETITION], BOTH)[0]
    assert "trunk_lean" in found.flagged, "a lean that was seen for long enough is certain"
    clean = traces_of(replace(recording(T_S, raised()), visibility=hidden))
    found = compensation_of(clean, rest_of(clean, 0.0, REST_S), [REPETITION], BOTH)[0]
    assert sign(found, "trunk_lean").measured.validity is Validity.UNSEEN
    assert sign(found, "elbow_extension", "left").measured.good


@pytest.mark.parametrize("fps", [5, 10, 15, 30])
def test_few_frames_a_second_give_the_same_signs(fps: int) -> None:
    """With half the tremble: where a quarter of a second holds one frame, nothing can be steadied."""
    t_s = np.arange(6 * fps) / fps
    for signs, flagged in (({}, ()), ({"lean": 8.0}, ("trunk_lean",)), ({"tilt": 9.0}, ("head_tilt",))):
        traces = traces_of(recording(t_s, raised(t_s, **signs), noise_px=0.3))
        found = compensation_of(traces, rest_of(traces, 0.0, REST_S), [REPETITION], BOTH)
        assert found[0].flagged == flagged


def test_a_clinician_may_be_milder() -> None:
    assert judge(raised(lean=7.0), thresholds=CompensationThresholds(trunk_lean_deg=10.0)).flagged == ()


def test_nothing_to_judge() -> None:
    traces = traces_of(recording(T_S, raised()))
    rest = rest_of(traces, 0.0, REST_S)
    assert compensation_of(traces, rest, [], BOTH) == []
    for span in ((9.0, 12.0), (3.0, 3.0), (5.0, 2.0), (math.nan, math.nan), (3.0, 3.04)):
        found = compensation_of(traces, rest, [span], BOTH)[0]
        assert not any(each.measured.good or each.flagged for each in found.signs)
    with pytest.raises(ValueError, match="head_tilt"):
        compensation_of({"trunk_lean": traces["trunk_lean"]}, rest, [], BOTH)
    with pytest.raises(ValueError, match="not of the same frames"):
        compensation_of(
            {**traces, **traces_of(recording(T_S[:50], raised(T_S[:50])))}
            | {"trunk_lean": traces["trunk_lean"]},
            rest,
            [],
            BOTH,
        )
    with pytest.raises(ValueError, match="one arm or both"):
        Task(("left", "left"))


wild = st.one_of(st.floats(-1e3, 1e3), st.sampled_from([math.nan, math.inf, -math.inf, 1e9, -1e9, 0.0]))


@settings(max_examples=30)
@given(
    n=st.integers(0, 12),
    values=arrays(np.float64, (12, 66), elements=wild),
    times=arrays(np.float64, (12,), elements=wild),
)
def test_no_number_raises(n: int, values: np.ndarray, times: np.ndarray) -> None:
    rec = replace(recording(times[:n], raised(times[:n])), points_px=values[:n].reshape(n, 33, 2))
    traces = examine(rec, BOTH.signals, present=np.ones(n, dtype=np.bool_))
    rest = rest_of(traces, -1e3, 1e3)
    curve = LiftCurve.of(traces["shoulder_elevation.left"], traces["shoulder_height.left"], 0.0)
    for each in compensation_of(traces, rest, [(-1e3, 1e3), (0.0, math.nan)], BOTH, good_side=curve):
        for one in each.signs:
            assert one.measured.good == math.isfinite(one.measured.value)
            assert one.measured.good or not one.flagged


def test_a_tremble_that_would_decide_is_not_a_sign() -> None:
    rec = recording(T_S, raised(), noise_px=2.0)
    traces = traces_of(rec)
    found = compensation_of(traces, rest_of(traces, 0.0, REST_S), [REPETITION], BOTH)[0]
    assert found.flagged == ()
    assert sign(found, "head_tilt").measured.validity is Validity.NOISE
    assert math.isnan(sign(found, "head_tilt").measured.value)


def test_cost_grows_with_the_recording_and_not_with_its_square() -> None:
    def took_s(minutes: int) -> float:
        t_s = np.arange(minutes * 1800) / 30.0
        traces = {
            name: Trace(name, "deg", t_s, np.sin(t_s), np.zeros(len(t_s), dtype=np.uint8))
            for name in BOTH.signals
        }
        spans = [(float(s), float(s) + 3.0) for s in range(0, minutes * 60, 4)]
        rest = rest_of(traces, 0.0, 2.0)
        start = time.perf_counter()
        compensation_of(traces, rest, spans, BOTH)
        return time.perf_counter() - start

    ten, sixty = min(took_s(10) for _ in range(3)), took_s(60)
    assert ten < 0.5
    assert sixty < 20 * ten
