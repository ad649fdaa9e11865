"""The room check: every check passes on a right picture, and shows what would put a wrong one right."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import SIZE, Course, Follower, Pose, hidden, protocol, run
from test_hazard_h8 import labels_swapped, raised

from rehabgames.calibrate import RoomCalibration
from rehabgames.core.exercise import Posture
from rehabgames.core.measured import Validity
from rehabgames.core.pose import PoseFrame
from rehabgames.core.protocol import RoomCheck, RoomProtocol
from rehabgames.core.sample import Sample
from rehabgames.core.view import Guide

Spoil = Callable[[float, PoseFrame], PoseFrame]
MIDDLE = np.array([320.0, 270.0])


def room(*checks: RoomCheck, posture: Posture = "sitting") -> RoomCalibration:
    made = protocol("room_check")
    assert isinstance(made, RoomProtocol)
    return RoomCalibration(replace(made, checks=checks or made.checks, posture=posture), "right")


def willing(guide: Guide | None) -> Pose:
    asked = guide is not None and guide.name == "raise_hand" and not guide.back
    return raised(guide.side, 80.0) if guide is not None and asked else Pose()


def course_of(it: RoomCalibration, spoil: Spoil, goals: Callable[[Guide | None], Pose] = willing) -> Course:
    return run(it, Follower(goals), spoil=spoil)


def as_it_is(_: float, frame: PoseFrame) -> PoseFrame:
    return frame


def scaled(share: float) -> Spoil:
    return lambda _, frame: replace(frame, points_px=MIDDLE + share * (frame.points_px - MIDDLE))


def moved(dx: float) -> Spoil:
    return lambda _, frame: replace(frame, points_px=frame.points_px + np.array([dx, 0]))


def narrowed(_: float, frame: PoseFrame) -> PoseFrame:
    """A body that stands half across."""
    return replace(frame, points_px=MIDDLE + (frame.points_px - MIDDLE) * (0.5, 1))


def test_a_right_room_passes_every_check() -> None:
    course = course_of(room(), as_it_is)
    profile = course.machine.profile()
    assert profile.found == dict.fromkeys(("alone", "light", "framing", "distance", "view", "side"), 1.0)
    assert profile.refused == {}
    assert course.prompts[-1] == "room.fine"
    assert len(course.cues) == 6
    assert course.done_s < 25


@pytest.mark.parametrize(
    ("check", "spoil", "guide", "why"),
    [
        ("alone", lambda _, f: replace(f, people=2), "one_person", "CROWD"),
        ("alone", lambda _, f: replace(f, people=-1), "one_person", "TOO_FEW"),
        ("light", lambda _, f: replace(f, light=0.05), "more_light", "DARK"),
        ("light", lambda _, f: replace(f, light=math.nan), "more_light", "TOO_FEW"),
        ("framing", moved(300.0), "come_into_picture", "UNSEEN"),
        ("framing", lambda _, f: hidden(f, "left_hip"), "come_into_picture", "UNSEEN"),
        ("framing", lambda t, f: PoseFrame(t, f.index, SIZE), "come_into_picture", "NOBODY"),
        ("framing", scaled(4.0), "step_back", "UNSEEN"),
        ("distance", scaled(0.5), "come_closer", "VIEW"),
        ("distance", scaled(2.2), "step_back", "VIEW"),
        ("view", narrowed, "face_camera", "VIEW"),
        ("view", labels_swapped, "face_camera", "VIEW"),
    ],
)
def test_what_is_wrong_is_shown_and_refused(check: RoomCheck, spoil: Spoil, guide: str, why: str) -> None:
    course = course_of(room(check), spoil)
    assert course.machine.profile().refused == {check: why}
    assert {name for name, _, _ in course.asked()} - {"rest"} == {guide}
    assert f"guide.{guide}" in course.prompts
    assert course.prompts[-1] == "room.refused"


def test_a_standing_body_is_in_the_picture_with_its_feet() -> None:
    small = scaled(0.6)
    standing = Pose(up=1.0)
    whole = course_of(room("framing", posture="standing"), small, lambda _: standing)
    assert whole.machine.profile().found == {"framing": 1.0}
    cut = course_of(room("framing", posture="standing"), lambda t, f: hidden(small(t, f), "left_ankle"))
    assert cut.machine.profile().refused == {"framing": "UNSEEN"}


def test_what_is_put_right_in_time_passes_and_is_led_by_the_guide() -> None:
    course = course_of(room("light", "alone"), lambda t, f: replace(f, light=0.05 if t < 6 else 0.5))
    assert course.machine.profile().found == {"light": 1.0, "alone": 1.0}
    assert course.asked() == [("more_light", "right", False), ("rest", "right", False)]
    assert 6.5 < course.done_s < 9


def test_light_that_comes_and_goes_is_not_steady() -> None:
    course = course_of(room("light"), lambda t, f: replace(f, light=0.05 if t % 1 < 0.3 else 0.5))
    assert "light" in course.machine.profile().refused


def test_all_that_is_wrong_is_told_at_once() -> None:
    course = course_of(room(), lambda t, f: labels_swapped(t, replace(f, light=0.02, people=3)))
    assert course.machine.profile().refused == {
        "alone": "CROWD",
        "light": "DARK",
        "view": "VIEW",
        "side": "WRONG_SIDE",
    }
    assert course.prompts[-1] == "room.wrong_side"


def test_a_new_guide_has_a_new_number() -> None:
    course = course_of(room(), as_it_is)
    seen: dict[int, set[tuple[str, str, bool]]] = {}
    for guide in course.guides:
        seen.setdefault(guide.number, set()).add((guide.name, guide.side, guide.back))
    assert all(len(each) == 1 for each in seen.values())
    assert [guide.number for guide in course.guides] == sorted(guide.number for guide in course.guides)


numbers = st.floats(allow_nan=True, allow_infinity=True) | st.sampled_from([0.0, 1e9, -1e9, 0.5])


@settings(max_examples=80)
@given(
    moments=st.lists(st.tuples(numbers, numbers, numbers, st.integers(-1, 3), st.booleans()), max_size=120),
    size=st.sampled_from([(640, 480), (1, 1), (0, 0)]),
    landmarks=st.sampled_from([33, 33, 12]),
)
def test_no_frames_make_it_fail(
    moments: list[tuple[float, float, float, int, bool]], size: tuple[int, int], landmarks: int
) -> None:
    it = room()
    t_s = 0.0
    for dt_s, x, y, people, present in moments:
        t_s += dt_s
        with np.errstate(all="ignore"):
            points = np.tile([x, y], (landmarks, 1)) * np.arange(landmarks)[:, None]
        points[~np.isfinite(points)] = x
        frame = PoseFrame(t_s, 0, size, points, np.full(landmarks, x), light=x, people=people)
        it.step(frame, Sample(t_s, present=present))
        assert 0.0 <= it.progress() <= 1.0
        assert it.part == "done" or it.guide() is not None
        assert it.prompt().id
    if it.part == "done":
        profile = it.profile()
        assert all(why in Validity.__members__ for why in profile.refused.values())
        assert set(profile.found) | set(profile.refused) == set(protocol("room_check").checks)  # type: ignore[attr-defined]
    else:
        with pytest.raises(ValueError, match="not done"):
            it.profile()
