"""What was not seen to happen is refused with its reason, and what was hidden for a while is waited for."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from movers import HIGH, MOST, Spoils, arm, found, standing
from people import (
    FPS,
    SIZE,
    Follower,
    Goals,
    Pose,
    hidden,
    protocol,
    run,
)

from rehabgames.calibrate import MovementCalibration
from rehabgames.core.landmarks import POSE
from rehabgames.core.limits import Limits
from rehabgames.core.measured import Validity
from rehabgames.core.pose import PoseFrame
from rehabgames.core.protocol import MovementProtocol
from rehabgames.core.view import Guide
from rehabgames.safety import Envelope


def only(name: str, least: float = 0.0) -> MovementProtocol:
    """A protocol with one ask of the range of an arm."""
    whole = protocol("upper_limb_range")
    assert isinstance(whole, MovementProtocol)
    (ask,) = (ask for ask in whole.asks if ask.name == name)
    return replace(whole, asks=(replace(ask, least=least, times=1),))


def still(guide: Guide | None) -> Pose:
    return Pose()


@pytest.mark.parametrize(
    ("goals", "spoil", "why"),
    [
        (still, lambda _, frame: frame, Validity.NO_MOVEMENT),
        (arm, lambda t, frame: hidden(frame, "right_elbow") if t > 4.0 else frame, Validity.UNSEEN),
        (arm, lambda t, frame: PoseFrame(t, frame.index, SIZE) if t > 4.0 else frame, Validity.NOBODY),
    ],
)
def test_what_was_not_seen_to_happen_is_refused_with_its_reason(
    goals: Goals, spoil: Spoils, why: Validity
) -> None:
    it = MovementCalibration(only("shoulder_abduction.most", 15.0), Envelope(Limits(HIGH)), "right")
    course = run(it, Follower(goals, reaction_s=1.5), spoil=spoil)
    assert it.part == "done"
    assert it.profile().refused == {"shoulder_abduction.most": why.name}
    assert "shoulder_abduction.most" not in it.profile().found
    assert course.done_s < 2 * 10.0 + 12.0


def turned(t_s: float, frame: PoseFrame) -> PoseFrame:
    """A body half turned away from the camera."""
    points = frame.points_px.copy()
    middle = points[POSE["nose"], 0]
    points[:, 0] = middle + 0.5 * (points[:, 0] - middle)
    return replace(frame, points_px=points)


def test_a_view_from_the_side_is_said() -> None:
    it = MovementCalibration(only("shoulder_abduction.most", 15.0), Envelope(Limits(HIGH)), "right")
    run(it, Follower(arm), spoil=turned)
    assert it.profile().refused == {"shoulder_abduction.most": "VIEW"}


def test_a_forearm_that_points_at_the_camera_is_said() -> None:
    """Seen at full length while somebody looks and rests, and at half of it from then on."""

    def shortened(t_s: float, frame: PoseFrame) -> PoseFrame:
        if t_s < 4.0:
            return frame
        points = frame.points_px.copy()
        elbow, wrist = points[POSE["right_elbow"]], points[POSE["right_wrist"]]
        points[POSE["right_wrist"]] = elbow + 0.5 * (wrist - elbow)
        return replace(frame, points_px=points)

    short = only("elbow_flexion.most", 10.0)
    short = replace(short, asks=(replace(short.asks[0], timeout_s=4.0),))
    it = MovementCalibration(short, Envelope(Limits(HIGH)), "right")
    run(it, Follower(arm, reaction_s=0.6), spoil=shortened)
    assert it.profile().refused == {"elbow_flexion.most": "FORESHORTENED"}


def test_a_hold_goes_on_after_it_was_hidden_and_is_not_made_while_it_was() -> None:
    it = MovementCalibration(only("shoulder_abduction.most", 15.0), Envelope(Limits(HIGH)), "right")
    hidden_s = (5.0, 7.0)

    def behind(t_s: float, frame: PoseFrame) -> PoseFrame:
        return hidden(frame, "right_elbow") if hidden_s[0] <= t_s < hidden_s[1] else frame

    course = run(it, Follower(arm), spoil=behind)
    seen = run(
        MovementCalibration(only("shoulder_abduction.most", 15.0), Envelope(Limits(HIGH)), "right"),
        Follower(arm),
    )
    back_s = [1.5 + next(i for i, g in enumerate(c.guides) if g.back) / FPS for c in (course, seen)]
    assert back_s[1] < hidden_s[1] < back_s[0] < back_s[1] + 2.1
    assert found(course)["shoulder_abduction.most"] == pytest.approx(MOST, abs=2)


def test_a_pause_of_the_session_costs_no_time() -> None:
    """Pictures that are not shown to it for 20 seconds do not let an ask run out."""
    it = MovementCalibration(only("shoulder_abduction.most", 15.0), Envelope(Limits(HIGH)), "right")
    course = run(
        it, Follower(arm, reaction_s=2.0), spoil=lambda t, f: None if 4.5 <= t < 24.5 else f, longest_s=60
    )
    assert found(course)["shoulder_abduction.most"] == pytest.approx(MOST, abs=2)


def test_what_moved_is_believed_without_a_rest_that_was_seen_and_what_did_not_is_not() -> None:
    def unseen_at_rest(t_s: float, frame: PoseFrame) -> PoseFrame:
        return hidden(frame, "right_elbow") if t_s < 7.8 else frame

    for goals, refused in ((arm, {}), (still, {"shoulder_abduction.most": "NO_BASELINE"})):
        it = MovementCalibration(only("shoulder_abduction.most", 15.0), Envelope(Limits(HIGH)), "right")
        run(it, Follower(goals, reaction_s=1.0), spoil=unseen_at_rest)
        assert it.profile().refused == refused
        assert it.profile().found.get("shoulder_abduction.most", MOST) == pytest.approx(MOST, abs=2)
        assert "shoulder_abduction.rest" not in it.profile().found


def test_who_trembles_all_the_time_is_taken_as_far_as_it_came() -> None:
    shake = {"t": 0.0}

    def shaking(t_s: float, frame: PoseFrame) -> PoseFrame:
        shake["t"] = t_s
        points = frame.points_px.copy()
        # the elbow by 15 degrees to and fro, at 2 Hz
        shoulder, elbow = points[POSE["right_shoulder"]], points[POSE["right_elbow"]]
        if t_s > 4.0:
            angle = math.radians(15) * math.sin(4 * math.pi * t_s)
            turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
            points[POSE["right_elbow"]] = shoulder + turn @ (elbow - shoulder)
        return replace(frame, points_px=points)

    it = MovementCalibration(only("shoulder_abduction.most", 15.0), Envelope(Limits(HIGH)), "right")
    course = run(it, Follower(arm), spoil=shaking)
    assert found(course)["shoulder_abduction.most"] == pytest.approx(MOST, abs=15)
    assert course.done_s > 10.0


def test_a_count_of_nothing_and_a_count_that_was_not_seen_are_refused() -> None:
    whole = protocol("stepping")
    assert isinstance(whole, MovementProtocol)
    steps = replace(whole, asks=whole.asks[2:])
    cases: list[tuple[Goals, Spoils, str]] = [
        (lambda _: Pose(up=1.0), lambda _, frame: frame, "NO_MOVEMENT"),
        (standing, lambda t, f: hidden(f, "left_ankle") if t % 4 > 2.5 else f, "UNSEEN"),
    ]
    for goals, spoil, why in cases:
        it = MovementCalibration(steps, Envelope(Limits()), "right")
        run(it, Follower(goals), spoil=spoil)
        assert it.profile().refused == {"step_height.steps": why}


def test_a_place_that_counts_by_itself_need_not_be_beyond_the_rest() -> None:
    """A few millimetres lower than at rest is still where somebody stands."""
    whole = protocol("sit_to_stand")
    assert isinstance(whole, MovementProtocol)
    it = MovementCalibration(replace(whole, asks=whole.asks[:1]), Envelope(Limits()), "right")
    course = run(it, Follower(lambda guide: Pose(up=0.98 if guide and guide.name != "rest" else 1.0)))
    values = found(course)
    assert values["hip_height.standing"] < values["hip_height.rest"]
    assert course.done_s < 10
