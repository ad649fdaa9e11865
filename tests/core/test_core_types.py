"""The types that every room speaks: places, profiles, frames, names that are nearly right."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.errors import UseError, nearest, unknown_name
from rehabgames.core.landmarks import N_POSE, POSE, SIDES, other_side
from rehabgames.core.person import Profile
from rehabgames.core.pose import PoseFrame, Recording
from rehabgames.core.sample import Sample
from rehabgames.core.trial import Goal


def profile(reach: dict[float, float]) -> Profile:
    return Profile("p", "right", 200.0, reach, 0.0, (0.0, 0.0))


@given(st.floats(-180, 180), st.floats(0.1, 1.5), st.sampled_from([1.0, -1.0]))
def test_a_goal_is_where_its_direction_and_distance_say(direction: float, far: float, outward: float) -> None:
    x, y = Goal(direction, far, 0.1, 0.0).xy(outward)
    assert math.hypot(x, y) == pytest.approx(far)
    assert math.degrees(math.atan2(outward * x, -y)) == pytest.approx(direction, abs=1e-6) or (
        abs(direction) == pytest.approx(180)
    )


def test_directions_in_words() -> None:
    assert Goal(0, 1, 0, 0).xy(1.0) == pytest.approx((0, -1))
    assert Goal(90, 1, 0, 0).xy(1.0) == pytest.approx((1, 0))
    assert Goal(90, 1, 0, 0).xy(-1.0) == pytest.approx((-1, 0))
    assert Goal(-90, 1, 0, 0).xy(1.0) == pytest.approx((-1, 0))
    assert Goal(180, 1, 0, 0).xy(1.0) == pytest.approx((0, 1))


def test_reach_between_two_directions_is_linear_and_outside_flat() -> None:
    known = profile({45.0: 0.8, -40.0: 0.6, 85.0: 0.4})
    assert known.reach_towards(65.0) == pytest.approx(0.6)
    assert known.reach_towards(45.0) == 0.8
    assert known.reach_towards(-90.0) == 0.6
    assert known.reach_towards(170.0) == 0.4
    with pytest.raises(ValueError, match="no reach"):
        profile({}).reach_towards(0.0)


@given(
    st.dictionaries(st.floats(-180, 180), st.floats(0.1, 1.2), min_size=1, max_size=6), st.floats(-400, 400)
)
def test_no_direction_promises_more_reach_than_was_measured(reach: dict[float, float], asked: float) -> None:
    far = profile(reach).reach_towards(asked)
    assert min(reach.values()) - 1e-9 <= far <= max(reach.values()) + 1e-9


@pytest.mark.parametrize("n", [0, 1, 5])
def test_frames_stack_to_a_recording(n: int) -> None:
    frames = [
        PoseFrame(i / 30, i, (640 + i, 480), points_px=np.full((N_POSE, 2), float(i))) for i in range(n)
    ]
    rec = Recording.of(frames)
    assert len(rec) == n
    assert rec.points_px.shape == (n, 33, 2)
    assert rec.hands_px.shape == (n, 2, 21, 2)
    assert rec.size.tolist() == [[640 + i, 480] for i in range(n)]
    assert rec.points_px[:, 0, 0].tolist() == list(range(n))


def test_what_was_not_seen_is_nan() -> None:
    assert not PoseFrame(0.0, 0, (640, 480)).has_body
    assert math.isnan(Sample(0.0)["hand_x.right"])


def test_left_and_right() -> None:
    assert [other_side(side) for side in SIDES] == ["right", "left"]
    assert (len(POSE), POSE["right_wrist"], POSE["left_foot_index"]) == (33, 16, 31)


def test_a_name_that_is_nearly_right_is_offered_else_all_are() -> None:
    assert nearest("modrate", ["mild", "moderate"]) == "moderate"
    assert nearest("xyz", ["mild", "moderate"]) is None
    assert "Did you mean 'mild'?" in str(unknown_name("patient", "mid", ["mild", "severe"]))
    listed = unknown_name("patient", "xyz", ["severe", "mild"])
    assert str(listed) == "There is no patient 'xyz'. Choose one of: mild, severe."
    assert isinstance(listed, UseError)
    assert listed.exit_code == 2
