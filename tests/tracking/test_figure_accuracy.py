"""The figure's goals: the real pose network finds every look, near to where it was drawn."""

import numpy as np
import pytest

from rehabgames.core.landmarks import POSE
from rehabgames.tracking import figure_accuracy as accuracy
from rehabgames.tracking.looks import LOOKS
from rehabgames.tracking.models import model_path

pytestmark = pytest.mark.camera

FRAMES = 25


@pytest.fixture(scope="module")
def results():
    return accuracy.measure_all(model_path("pose"), FRAMES)


def test_every_look_is_found_and_near(results):
    assert [r.look for r in results] == [look.name for look in LOOKS]
    assert all(r.reaches_goal for r in results), "\n" + accuracy.table(results)


def test_all_looks_together(results):
    error_px = np.concatenate([r.error_px for r in results])
    elbow_deg = np.concatenate([r.elbow_deg for r in results])
    assert len(error_px) > 0.9 * len(LOOKS) * FRAMES * len(accuracy.JOINTS)
    assert np.median(error_px) / results[0].width_px <= accuracy.GOAL_ERROR_SHARE, accuracy.table(results)
    assert np.median(elbow_deg) <= accuracy.GOAL_ELBOW_DEG, accuracy.table(results)


def test_the_table_names_every_look_and_the_worst(results):
    lines = accuracy.table(results).splitlines()
    assert [line.split("  ")[0] for line in lines[1:-1]] == [look.name for look in LOOKS]
    assert lines[-1] == f"worst: {max(results, key=lambda r: r.median_share).look}"


def test_the_motion_holds_brisk_and_slow_reaches_and_a_lean():
    times = np.arange(0.0, accuracy.MOTION_S, 0.01)
    bodies = [accuracy.moving_body(float(t), sitting=False) for t in times]
    wrist = np.array([body.joints["right_wrist"] for body in bodies])
    speed = np.hypot(*np.diff(wrist, axis=0).T) / 0.01
    assert 1.8 < speed.max() < 2.6
    assert np.degrees(max(body.lean_rad for body in bodies)) == pytest.approx(10, abs=0.5)
    build = bodies[0].build
    for body in bodies:
        arm = [np.array(body.joints[f"left_{j}"]) for j in ("shoulder", "elbow", "wrist")]
        assert np.hypot(*(arm[1] - arm[0])) == pytest.approx(build.upper_arm)
        assert np.hypot(*(arm[2] - arm[1])) == pytest.approx(build.forearm)


def test_leaning_to_the_right_goes_left_in_the_unmirrored_picture():
    body = accuracy.moving_body(1.5, sitting=True)
    assert body.lean_rad > 0.1
    assert body.joints["nose"][0] < -0.05
    assert POSE["left_shoulder"] == 11
    assert body.joints["left_shoulder"][0] > body.joints["right_shoulder"][0]


@pytest.mark.parametrize(("wrist", "angle_deg"), [((2, 0), 180), ((1, 1), 90), ((0, 0), 0), ((1, -1), 90)])
def test_elbow_angle(wrist, angle_deg):
    shoulder, elbow = np.array([0.0, 0.0]), np.array([1.0, 0.0])
    assert accuracy.elbow_angle_deg(shoulder, elbow, np.array(wrist, float)) == pytest.approx(angle_deg)


def test_a_look_that_is_never_found_is_the_worst():
    found = accuracy.LookAccuracy("seen", 1.0, np.array([50.0]), np.array([1.0]), 640)
    never = accuracy.LookAccuracy("never", 0.0, np.array([]), np.array([]), 640)
    assert accuracy.worst([found, never]).look == "never"
    assert not never.reaches_goal
    assert "never" in accuracy.table([found, never]).splitlines()[-1]
