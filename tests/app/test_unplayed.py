"""A calibration that did not find what the game steers by: the session ends, and says what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rehabgames.app.play import unplayed
from rehabgames.core.landmarks import POSE
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.pose import PoseFrame
from rehabgames.session.ranges import lacking
from rehabgames.signals import CONTROLS
from rehabgames.testing import Act, Acted, act, setup_for

STANDING = "river_steer_standing"
FEET = [POSE[f"{side}_{joint}"] for side in ("left", "right") for joint in ("ankle", "heel", "foot_index")]
SHIFTED = {"weight_shift.left": 0.2, "weight_shift.rest": 0.5, "weight_shift.right": 0.8}


def without_feet(t_s: float, frame: PoseFrame) -> PoseFrame:
    visibility = frame.visibility.copy()
    visibility[FEET] = 0.1
    return replace(frame, visibility=visibility)


def stiff() -> Callable[[float, PoseFrame], PoseFrame]:
    """Somebody who stays as in the first picture."""
    first: list[PoseFrame] = []

    def spoil(t_s: float, frame: PoseFrame) -> PoseFrame:
        first.append(frame)
        return replace(frame, points_px=first[0].points_px)

    return spoil


def ended(done: Acted, why: str) -> None:
    session = done.session
    assert (session.closed, session.reason) == ("stopped", "no_range")
    assert session.lacking == {"weight_shift.left": why, "weight_shift.right": why}
    assert not done.trials
    (profile,) = [each for each in done.documents if each.kind == "profile"]
    assert profile.body["refused"] == session.lacking
    stop = done.documents[-1]
    assert (stop.kind, stop.body["reason"], stop.body["trials"]) == ("stop", "no_range", 0)
    view = session.step(None, [], stop.t_s + 1).view
    assert (view.phase, view.prompt) == ("done", Message("done.no_range"))


def test_feet_beside_the_picture_end_it_and_the_camera_is_to_be_looked_at() -> None:
    setup = setup_for(STANDING, 1)
    done = act(Act(setup, "healthy", 1, fps=10.0, spoil=without_feet, longest_s=120.0))
    ended(done, "UNSEEN")
    error = unplayed(setup, done.session.lacking)
    assert error.exit_code == 2
    assert error.what == (
        "river_steer_standing was not played: its calibration did not find weight_shift.left and "
        "weight_shift.right (a part of the body that is needed was hidden)."
    )
    assert error.next_step.startswith("Look at how the camera stands, then start it again. Camera at hip ")


def test_who_does_not_move_is_asked_to_go_as_far_as_is_comfortable() -> None:
    setup = setup_for(STANDING, 1)
    done = act(Act(setup, "healthy", 1, fps=10.0, spoil=stiff(), longest_s=120.0))
    ended(done, "NO_MOVEMENT")
    assert "as far as is comfortable" in unplayed(setup, done.session.lacking).next_step


def test_one_side_alone_is_too_little() -> None:
    found = {name: value for name, value in SHIFTED.items() if not name.endswith("left")}
    profile = Profile("weight_shift_standing", "right", found=found)
    done = act(Act(replace(setup_for(STANDING, 1), profile=profile), "healthy", 1, longest_s=5.0))
    assert (done.session.closed, done.session.reason) == ("stopped", "no_range")
    assert set(done.session.lacking) == {"weight_shift.left"}


def test_an_earlier_profile_that_cannot_be_played_with_is_not_checked_again() -> None:
    found = {name: value for name, value in SHIFTED.items() if not name.endswith("left")}
    previous = Profile("weight_shift_standing", "right", found=found, version=4)
    done = act(Act(replace(setup_for(STANDING, 1), previous=previous), "healthy", 1, tries=1))
    assert done.events("calibration")
    assert not done.events("recheck")
    (profile,) = [each for each in done.documents if each.kind == "profile"]
    assert profile.body["version"] == 5
    assert len(done.trials) == 1


@pytest.mark.parametrize(
    ("control", "found", "names"),
    [
        ("weight_shift", SHIFTED, set()),
        ("weight_shift", SHIFTED | {"weight_shift.left": 0.5}, {"weight_shift.left"}),
        ("weight_shift", SHIFTED | {"weight_shift.rest": 0.9}, {"weight_shift.right"}),
        ("weight_shift", {}, {"weight_shift.left", "weight_shift.right"}),
        ("close_up_grip", {"hand_open.closed": 0.9, "hand_open.open": 1.7}, set()),
        ("close_up_grip", {"hand_open.open": 1.7}, {"hand_open.closed"}),
        (
            "close_up_grip",
            {"hand_open.closed": 1.7, "hand_open.open": 1.7},
            {"hand_open.closed", "hand_open.open"},
        ),
        ("hand_position", {}, {"reach"}),
    ],
)
def test_what_a_profile_lacks(control: str, found: dict[str, float], names: set[str]) -> None:
    assert set(lacking(Profile("p", "right", found=found), CONTROLS[control])) == names
    reaching = Profile("p", "right", found=found, reach={0.0: 0.8})
    assert set(lacking(reaching, CONTROLS[control])) == names - {"reach"}
