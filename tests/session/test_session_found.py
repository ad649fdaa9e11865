"""What a session says was tracked is what it looks for: a body, or a hand where that is alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rehabgames.app.wiring import Request, calibration_of, close_up
from rehabgames.core.pose import PoseFrame
from rehabgames.session.shown import found_in, hand_alone
from rehabgames.testing.acting import Act, act, setup_for


@pytest.mark.parametrize("exercise", ["concert_taps", "river_steer"])
def test_every_picture_with_what_is_looked_for_is_counted(exercise: str) -> None:
    def spoil(t_s: float, frame: PoseFrame) -> PoseFrame:
        return PoseFrame(frame.t_s, frame.index, frame.size) if frame.index % 4 == 0 else frame

    acted = act(Act(setup_for(exercise, 3), "healthy", 3, longest_s=8.0, spoil=spoil))
    assert acted.session.frames_seen == 240
    assert acted.session.frames_tracked == 180


def test_the_other_hand_is_not_the_one_that_plays() -> None:
    setup = setup_for("concert_taps", 3)
    frame = PoseFrame(0.0, 0, (640, 480))
    frame.hands_px[0] = 100.0
    assert not found_in(frame, setup)
    assert found_in(frame, replace(setup, side="left"))


@pytest.mark.parametrize(
    ("protocol", "alone"), [("pinch_opening", True), ("reach_and_grip", False), ("room_check", False)]
)
def test_a_calibration_of_a_hand_looks_for_a_hand(protocol: str, alone: bool) -> None:
    setup = calibration_of(Request(patient="p-17", seed=3), protocol)
    assert hand_alone(setup) == close_up(setup) == alone
