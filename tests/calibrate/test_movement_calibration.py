"""Movements that are known to the degree come out as they were; what was not seen is refused."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from movers import BENT, LEFT_M, MOST, RIGHT_M, STRAIGHT, arm, found, hand, machine, standing
from people import (
    FPS,
    Follower,
    Pose,
    frame_of,
    run,
)

from rehabgames.calibrate.prompts import PROMPTS, guided
from rehabgames.core.landmarks import Side
from rehabgames.core.measured import Validity
from rehabgames.core.pose import PoseFrame
from rehabgames.core.sample import Sample
from rehabgames.core.view import GUIDES, Guide
from rehabgames.words import render

ASKED = ((False, False), (True, False), (False, True))


@pytest.mark.parametrize("fps", [10.0, 30.0])
@pytest.mark.parametrize("side", ["left", "right"])
def test_the_range_of_an_arm(side: Side, fps: float) -> None:
    course = run(machine("upper_limb_range", side=side), Follower(arm), side, fps=fps)
    values = found(course)
    assert values["shoulder_abduction.most"] == pytest.approx(MOST, abs=2)
    assert values["shoulder_elevation.most"] == pytest.approx(MOST, abs=2)
    assert values["elbow_flexion.most"] == pytest.approx(BENT, abs=2)
    assert values["elbow_flexion.least"] == pytest.approx(STRAIGHT, abs=2)
    assert values["shoulder_abduction.rest"] == pytest.approx(12, abs=2)
    assert values["elbow_flexion.rest"] == pytest.approx(70, abs=2)
    assert {guide.side for guide in course.guides} == {side}
    assert len(course.cues) == 7
    assert course.machine.profile().side == side


def test_who_leans_over_abducts_no_farther() -> None:
    def leaning(guide: Guide | None) -> Pose:
        return replace(arm(guide), lean_deg=-15.0) if guide and guide.name == "arm_out" else arm(guide)

    values = found(run(machine("upper_limb_range"), Follower(leaning)))
    assert values["shoulder_abduction.most"] == pytest.approx(MOST, abs=2)
    assert values["shoulder_elevation.most"] == pytest.approx(MOST + 15, abs=2)


def test_weight_shift_sitting() -> None:
    values = found(run(machine("weight_shift_sitting"), Follower(arm)))
    assert values["seated_shift.rest"] == pytest.approx(0, abs=0.01)
    # all leans as one piece, whose centre is (0.068 x 1.38 + 0.43 x 0.595 + 0.053 x 0.66 + 0.030 x 0.38
    # + 0.012 x 0.36) / 0.593 = 0.67 trunk lengths over the hips (de Leva 1996: head, trunk, arms)
    assert values["seated_shift.right"] / math.sin(math.radians(20)) == pytest.approx(0.67, abs=0.03)
    assert values["seated_shift.left"] / math.sin(math.radians(14)) == pytest.approx(-0.67, abs=0.03)


def test_weight_shift_standing() -> None:
    values = found(run(machine("weight_shift_standing"), Follower(standing)))
    assert values["weight_shift.rest"] == pytest.approx(0.5, abs=0.01)
    # the feet are 0.24 m apart, and what is over the knees shifts with the hips
    assert 0.5 + 0.7 * RIGHT_M / 0.24 < values["weight_shift.right"] < 0.5 + RIGHT_M / 0.24
    assert 0.5 - LEFT_M / 0.24 < values["weight_shift.left"] < 0.5 - 0.7 * LEFT_M / 0.24


@pytest.mark.parametrize("noise_px", [0.5, 2.0])
def test_a_hand_close_up_where_there_is_no_body(noise_px: float) -> None:
    course = run(machine("hand_opening"), Follower(hand), close_up=True, noise_px=noise_px)
    values = found(course)
    assert values["hand_open.closed"] == pytest.approx(0.9, abs=0.05)
    assert values["hand_open.open"] == pytest.approx(1.7, abs=0.05)


def test_a_pinch_is_asked_as_a_pinch_and_only_the_hand_has_to_be_seen() -> None:
    course = run(machine("pinch_opening"), Follower(hand), close_up=True)
    assert {name for name, _, _ in course.asked()} == {"rest", "pinch_close", "pinch_open"}
    assert {"guide.pinch_close", "guide.pinch_open"} <= set(course.prompts)
    assert {guide.shows for guide in course.guides} == {"hand"}


def test_sit_to_stand_levels_and_every_stand_of_the_half_minute() -> None:
    course = run(machine("sit_to_stand"), Follower(standing))
    values = found(course)
    # ankle to hip: 0.84 of 0.84 m standing, 0.42 sitting
    assert values["hip_height.standing"] == pytest.approx(1.0, abs=0.03)
    assert values["hip_height.sitting"] == pytest.approx(0.5, abs=0.03)
    up = np.array([pose.up for pose in course.poses])
    counted = np.array(course.prompts) == "guide.stand_up_often"
    begun = np.flatnonzero(counted)[0]
    stands = np.flatnonzero(np.diff((up[begun:] > 0.5).astype(int)) > 0)
    assert values["hip_height.stands"] == len(stands)
    assert len(stands) >= 8
    first_s = stands[0] / FPS
    assert counted.sum() / FPS == pytest.approx(30 + first_s, abs=0.8)


def test_steps_of_either_leg() -> None:
    course = run(machine("stepping"), Follower(standing))
    values = found(course)
    assert values["knee_lift.left"] == pytest.approx(0.15 / 0.42, abs=0.03)
    assert values["knee_lift.right"] == pytest.approx(0.1 / 0.42, abs=0.03)
    lifted = np.array([pose.knee_m["left"] for pose in course.poses])
    counted = np.array(course.prompts) == "guide.step_often"
    # the last one may be on its way when the time is over
    made = int((np.diff((lifted[counted] > 0.07).astype(int)) > 0).sum())
    assert values["step_height.steps"] in (made, made + 1)
    assert [side for name, side, back in course.asked() if name == "step" and not back][:4] == [
        "left",
        "left",
        "right",
        "right",
    ]


def test_every_movement_is_led_there_and_back_and_told_by_a_number_of_its_own() -> None:
    course = run(machine("weight_shift_sitting"), Follower(arm))
    there_and_back = [("lean", "left", False), ("lean", "left", True)] * 2
    there_and_back += [("lean", "right", False), ("lean", "right", True)] * 2
    assert course.asked() == [("rest", "right", False), *there_and_back]
    numbers = [guide.number for guide in course.guides]
    assert numbers == sorted(numbers)
    assert set(numbers) == {0, 1, 2, 3, 4}
    assert {guide.of for guide in course.guides if guide.name == "lean"} == {2}
    holds = [guide.hold for guide in course.guides if not guide.back and guide.name == "lean"]
    assert max(holds) > 0.9
    assert set(course.prompts) == {"guide.rest", "guide.lean", "guide.back", "calibrate.done"}


def test_the_best_of_several_counts() -> None:
    far = iter([10.0, 18.0, 12.0, 15.0])
    aims: dict[int, float] = {}

    def leaning(guide: Guide | None) -> Pose:
        if guide is None or guide.back or guide.name != "lean":
            return Pose()
        lean = aims.setdefault(guide.number, next(far) if guide.number not in aims else 0.0)
        return Pose(lean_deg=lean if guide.side == "right" else -lean)

    values = found(run(machine("weight_shift_sitting"), Follower(leaning)))
    assert values["seated_shift.left"] / values["seated_shift.right"] == pytest.approx(
        -math.sin(math.radians(18)) / math.sin(math.radians(15)), abs=0.05
    )


@pytest.mark.parametrize("limit", [90.0, 60.0, 120.0])
def test_an_arm_at_the_limit_is_asked_back_at_once_h4(limit: float) -> None:
    """Who would lift the arm to 135 degrees is asked back as soon as it is at the limit less 5."""
    course = run(machine("upper_limb_range", limit), Follower(arm))
    values = found(course)
    assert values["shoulder_elevation.most"] == pytest.approx(limit - 5, abs=3)
    assert values["shoulder_elevation.most"] <= limit - 5
    assert values["shoulder_abduction.most"] == pytest.approx(limit - 5, abs=3)
    asked_up = [
        pose.abduction["right"]
        for pose, guide in zip(course.poses, course.guides, strict=False)
        if guide.name == "arm_out" and not guide.back
    ]
    # two pictures pass until the median of three knows, at up to 250 degrees a second
    assert max(asked_up) <= limit - 5 + 3 * 250 / FPS


def test_every_guide_has_words_and_says_the_side_as_a_word() -> None:
    assert set(GUIDES) <= set(PROMPTS)
    said = [guided(name, "left", back=back, counted=counted) for name in PROMPTS for back, counted in ASKED]
    assert all(len(render(message)) <= 45 and render(message) != message.id for message in said)
    assert render(guided("raise_hand", "left")) == "Raise your left hand."
    assert render(guided("sit_down", "left", back=True)) == render(guided("stand_up", "left"))


def test_no_profile_before_the_end() -> None:
    with pytest.raises(ValueError, match="not done"):
        machine("hand_opening").profile()


numbers = st.floats(allow_nan=True, allow_infinity=True) | st.sampled_from([0.0, 1e9, -1e9, 90.0, 1e308])
NAMES = ("upper_limb_range", "weight_shift_standing", "hand_opening", "sit_to_stand", "stepping")


@settings(max_examples=80)
@given(
    name=st.sampled_from(NAMES),
    moments=st.lists(st.tuples(st.floats(-1, 3) | numbers, numbers, numbers, st.booleans()), max_size=80),
    size=st.sampled_from([(640, 480), (1, 1), (0, 0)]),
    landmarks=st.sampled_from([33, 33, 33, 12]),
)
def test_no_frames_make_it_fail(
    name: str,
    moments: list[tuple[float, float, float, bool]],
    size: tuple[int, int],
    landmarks: int,
) -> None:
    it = machine(name)
    t_s = 0.0
    for dt_s, x, place, present in moments:
        t_s += dt_s
        points = np.full((landmarks, 2), place)
        frame = PoseFrame(t_s, 0, size, points_px=points, visibility=np.full(landmarks, 0.9))
        values = dict.fromkeys(it.needs, x)
        it.step(frame, Sample(t_s, values, {"shoulder_elevation": place}, present=present))
        assert 0.0 <= it.progress() <= 1.0
        guide = it.guide()
        assert guide is None or 0.0 <= guide.hold <= 1.0
        assert it.prompt().id
        it.cues()
    if it.part == "done":
        profile = it.profile()
        assert all(math.isfinite(value) for value in profile.found.values())
        assert not set(profile.found) & set(profile.refused)
        assert all(why in Validity.__members__ for why in profile.refused.values())


def test_the_same_pictures_give_the_same_profile() -> None:
    one_, other = (run(machine("upper_limb_range"), Follower(arm)).machine.profile() for _ in range(2))
    assert one_.found == other.found
    assert frame_of(Pose(), 0.0, 3).points_px.tolist() == frame_of(Pose(), 0.0, 3).points_px.tolist()
