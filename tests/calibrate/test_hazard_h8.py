"""SAFETY H8, wrong side or mirrored: the "raise your LEFT hand" check refuses it, every time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from people import Course, Follower, Pose, frame_of, one, protocol, run

from rehabgames.calibrate import RoomCalibration
from rehabgames.calibrate.side_check import SideCheck
from rehabgames.core.landmarks import POSE, POSE_NAMES, Side, other_side
from rehabgames.core.pose import PoseFrame
from rehabgames.core.protocol import RoomProtocol
from rehabgames.core.view import Guide

SEEDS = range(40)
SWAPPED = [
    POSE[name.replace("left", "@").replace("right", "left").replace("@", "right")] for name in POSE_NAMES
]


def labels_swapped(_: float, frame: PoseFrame) -> PoseFrame:
    return replace(frame, points_px=frame.points_px[SWAPPED], visibility=frame.visibility[SWAPPED])


def flipped(_: float, frame: PoseFrame) -> PoseFrame:
    """Turned about after tracking: the labels are right, the places are not."""
    return replace(frame, points_px=frame.points_px * (-1, 1) + (frame.size[0], 0))


def mirrored(t_s: float, frame: PoseFrame) -> PoseFrame:
    """What tracking makes of a mirrored picture: places turned about, and left called right."""
    return labels_swapped(t_s, flipped(t_s, frame))


def raised(side: Side, high: float) -> Pose:
    rest = Pose()
    return replace(
        rest, abduction=one(rest.abduction, side, high), flexion=one(rest.flexion, side, 180 - high + 20)
    )


def who(seed: int, hand: Callable[[Guide], Side] = lambda guide: guide.side) -> Follower:
    """Somebody of one's own speed and height of hand."""
    rng = np.random.default_rng(seed)
    high = float(rng.uniform(50, 100))

    def goals(guide: Guide | None) -> Pose:
        asked = guide is not None and guide.name == "raise_hand" and not guide.back
        return raised(hand(guide), high) if asked and guide is not None else Pose()

    return Follower(goals, reaction_s=float(rng.uniform(0.2, 2.0)), move_s=float(rng.uniform(0.5, 2.5)))


def check(follower: Follower, spoil: Callable[[float, PoseFrame], PoseFrame | None], seed: int) -> Course:
    made = protocol("room_check")
    assert isinstance(made, RoomProtocol)
    it = RoomCalibration(replace(made, checks=("side",)), "right")
    fps = float(np.random.default_rng(seed).choice([8, 15, 30]))
    return run(it, follower, spoil=spoil, noise_px=2.0, fps=fps, measured=False)


def upright(_: float, frame: PoseFrame) -> PoseFrame:
    return frame


@pytest.mark.parametrize("seed", SEEDS)
def test_the_right_hand_of_the_right_picture_passes_h8(seed: int) -> None:
    course = check(who(seed), upright, seed)
    assert course.machine.profile().found == {"side": 1.0}
    assert course.machine.profile().refused == {}
    up = [side for name, side, back in course.asked() if not back]
    assert up == ["left", "right"]
    assert course.prompts[-1] == "room.fine"


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("spoil", [labels_swapped, flipped, mirrored])
def test_a_mirrored_picture_is_refused_h8(spoil: Callable[[float, PoseFrame], PoseFrame], seed: int) -> None:
    course = check(who(seed), spoil, seed)
    assert course.machine.profile().refused == {"side": "WRONG_SIDE"}
    assert course.machine.profile().found == {}
    assert "guide.raise_hand_again" in course.prompts
    assert course.prompts[-1] == "room.wrong_side"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_wrong_hand_is_refused_h8(seed: int) -> None:
    course = check(who(seed, lambda guide: other_side(guide.side)), upright, seed)
    assert course.machine.profile().refused == {"side": "WRONG_SIDE"}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("hand", ["left", "right"])
def test_who_raises_one_hand_whatever_is_asked_is_refused_h8(seed: int, hand: Side) -> None:
    course = check(who(seed, lambda _: hand), upright, seed)
    assert course.machine.profile().refused == {"side": "WRONG_SIDE"}


@pytest.mark.parametrize("seed", SEEDS)
def test_who_changes_hands_when_asked_again_does_not_pass_on_a_mirrored_picture_h8(seed: int) -> None:
    """The suggestible: after "once more" it is the other hand, which on a mirrored picture looks right."""
    before: dict[str, int] = {"asked": 0, "last": -1}

    def hand(guide: Guide) -> Side:
        if guide.number != before["last"]:
            before["last"] = guide.number
            before["asked"] += 1
        again = before["asked"] == 2
        return other_side(guide.side) if again else guide.side

    course = check(who(seed, hand), mirrored, seed)
    assert course.machine.profile().refused == {"side": "WRONG_SIDE"}


@pytest.mark.parametrize("seed", range(10))
def test_one_mistake_is_forgiven_when_both_hands_are_right_afterwards(seed: int) -> None:
    before: dict[str, int] = {"first": -1}

    def hand(guide: Guide) -> Side:
        if before["first"] < 0:
            before["first"] = guide.number
        return other_side(guide.side) if guide.number == before["first"] else guide.side

    course = check(who(seed, hand), upright, seed)
    assert course.machine.profile().found == {"side": 1.0}
    up = [side for name, side, back in course.asked() if not back]
    assert up == ["left", "left", "right"]


def test_both_hands_or_none_pass_nothing() -> None:
    both = replace(Pose(), abduction={"left": 80.0, "right": 80.0}, flexion={"left": 120.0, "right": 120.0})
    for pose in (both, Pose()):
        course = check(Follower(lambda guide, pose=pose: pose if guide else Pose()), upright, 0)  # type: ignore[misc]
        assert course.machine.profile().refused == {"side": "NO_MOVEMENT"}


def test_a_hand_that_was_up_before_it_was_asked_says_nothing() -> None:
    it = SideCheck(1.0, 5.0)
    for i in range(1, 100):
        it.step(frame_of(raised("left", 80.0), i / 30, i), 1 / 30)
    assert (it.done, it.over) == (0, False)


def test_a_hidden_hand_does_not_pass() -> None:
    def behind(_: float, frame: PoseFrame) -> PoseFrame:
        visibility = frame.visibility.copy()
        visibility[[POSE["left_wrist"], POSE["right_wrist"]]] = 0.1
        return replace(frame, visibility=visibility)

    assert "side" in check(who(1), behind, 1).machine.profile().refused
