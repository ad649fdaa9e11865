"""Movements that are known to the degree come out as they were; what was not seen is refused."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import (
    FPS,
    SIZE,
    Course,
    Follower,
    Goals,
    Pose,
    frame_of,
    hidden,
    one,
    protocol,
    run,
)

from rehabgames.calibrate import MovementCalibration, calibration_of
from rehabgames.calibrate.prompts import PROMPTS, guided
from rehabgames.core.landmarks import POSE, Side
from rehabgames.core.measured import Validity
from rehabgames.core.person import Limits
from rehabgames.core.pose import PoseFrame
from rehabgames.core.protocol import MovementProtocol
from rehabgames.core.sample import Sample
from rehabgames.core.view import GUIDES, Guide
from rehabgames.safety import Envelope
from rehabgames.words import render

MOST, BENT, STRAIGHT = 135.0, 128.0, 8.0
LEFT_M, RIGHT_M = 0.06, 0.08
ASKED = ((False, False), (True, False), (False, True))
HIGH = 170.0  # a limit that asks for nothing to be cut


def arm(guide: Guide | None) -> Pose:
    rest = Pose()
    if guide is None or guide.back:
        return rest
    side = guide.side
    if guide.name == "arm_out":
        return replace(rest, abduction=one(rest.abduction, side, MOST), flexion=one(rest.flexion, side, 20))
    if guide.name == "elbow_bend":
        return replace(rest, flexion=one(rest.flexion, side, BENT))
    if guide.name == "elbow_straight":
        return replace(rest, flexion=one(rest.flexion, side, STRAIGHT))
    if guide.name == "lean":
        return replace(rest, lean_deg=20.0 if side == "right" else -14.0)
    return rest


def standing(guide: Guide | None) -> Pose:
    rest = Pose(up=1.0)
    if guide is None:
        return rest
    if guide.name in ("stand_up", "sit_down"):
        return replace(rest, up=1.0 if (guide.name == "stand_up") != guide.back else 0.0)
    if guide.back:
        return rest
    if guide.name == "shift_weight":
        return replace(rest, shift_m=RIGHT_M if guide.side == "right" else -LEFT_M)
    if guide.name == "step":
        return replace(rest, knee_m=one(rest.knee_m, guide.side, 0.15 if guide.side == "left" else 0.1))
    return rest


def hand(guide: Guide | None) -> Pose:
    if guide is None or guide.back or guide.name == "rest":
        return Pose(hand=1.2)
    return Pose(hand=1.7 if guide.name == "hand_open" else 0.9)


def machine(name: str, limit: float = HIGH, side: Side = "right") -> MovementCalibration:
    made = calibration_of(protocol(name), Envelope(Limits(limit)), side, math.nan)
    assert isinstance(made, MovementCalibration)
    return made


def found(course: Course) -> dict[str, float]:
    assert course.machine.part == "done"
    assert course.machine.profile().refused == {}
    return course.machine.profile().found


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


def only(name: str, least: float = 0.0) -> MovementProtocol:
    """A protocol with one ask of the range of an arm."""
    whole = protocol("upper_limb_range")
    assert isinstance(whole, MovementProtocol)
    (ask,) = (ask for ask in whole.asks if ask.name == name)
    return replace(whole, asks=(replace(ask, least=least, times=1),))


def still(guide: Guide | None) -> Pose:
    return Pose()


Spoils = Callable[[float, PoseFrame], PoseFrame | None]


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
