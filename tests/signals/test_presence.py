"""Who counts as a person: looking at a whole recording, and while it happens."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabgames.core.landmarks import POSE
from rehabgames.core.pose import PoseFrame, Recording
from rehabgames.patients import Build, posture
from rehabgames.signals.presence import (
    LOST_SHAPE_RATE,
    THRESHOLD,
    PresenceJudge,
    evidence,
    judge,
    shape_rate,
)

FPS = 30.0


def body_px() -> np.ndarray:
    """(33, 2) of somebody who sits; the face is one point."""
    joints = posture(Build(), "right", (-0.1, -0.4), 0.0).joints
    named = np.array([joints.get(name, joints["nose"]) for name in POSE])
    return np.array([320.0, 500.0]) + 300 * named * (1, -1)


def sitting(seconds: float, noise_px: float = 0.8, start: int = 0) -> list[PoseFrame]:
    rng = np.random.default_rng(start)
    places = [body_px() + rng.normal(0, noise_px, (33, 2)) for _ in range(round(seconds * FPS))]
    return [
        PoseFrame((start + i) / FPS, start + i, (640, 480), points_px=px, visibility=np.full(33, 0.99))
        for i, px in enumerate(places)
    ]


def walking(seconds: float) -> list[PoseFrame]:
    """Half a trunk length a second across the picture, with a bob: the shape stays."""
    frames = sitting(seconds)
    for i, frame in enumerate(frames):
        frame.points_px[:] += (2.5 * i, 4 * math.sin(i / 3))
    return frames


def ghost(seconds: float, visibility: float, start: int = 0) -> list[PoseFrame]:
    rng = np.random.default_rng(8)
    frames = sitting(seconds, start=start)
    for frame in frames:
        frame.points_px[:] += rng.normal(0, 25, (33, 2))
        frame.visibility[:] = visibility
    return frames


def empty(seconds: float, start: int = 0) -> list[PoseFrame]:
    return [PoseFrame((start + i) / FPS, start + i, (640, 480)) for i in range(round(seconds * FPS))]


def live(frames: list[PoseFrame]) -> np.ndarray:
    watch = PresenceJudge()
    return np.array([watch.update(frame) for frame in frames])


STEADY = {
    "still": (sitting(5), True),
    "noisy": (sitting(5, noise_px=2.0), True),
    "walking": (walking(5), True),
    "ghost": (ghost(5, 0.5), False),
    "sure ghost": (ghost(5, 0.99), False),
    "nobody": (empty(5), False),
}


@pytest.mark.parametrize("case", STEADY)
def test_both_judges_agree_where_nothing_changes(case: str) -> None:
    frames, person = STEADY[case]
    whole = judge(Recording.of(frames))
    assert whole.all() == whole.any() == person
    now = live(frames)
    assert now[60:].all() == now[60:].any() == person


@pytest.mark.parametrize("case", STEADY)
def test_how_likely_somebody_is_there_is_known_after_two_pictures(case: str) -> None:
    frames, person = STEADY[case]
    watch = PresenceJudge()
    likely = []
    for frame in frames:
        watch.update(frame)
        likely.append(watch.likely)
    assert all((each > THRESHOLD) == person for each in likely[1:])
    assert all(0.0 <= each <= 1.0 for each in likely)
    believed = np.isfinite(frames[0].points_px).all() and frames[0].visibility[0] > 0.9
    assert (likely[0] > THRESHOLD) == believed, "one picture is judged by what the network itself believes"


def test_unseen_shoulders_are_no_person_however_steady() -> None:
    frames = sitting(4)
    for frame in frames:
        frame.visibility[[POSE["left_shoulder"], POSE["right_shoulder"]]] = math.nan
    assert not judge(Recording.of(frames)).any()
    assert not live(frames).any()


def test_who_comes_and_goes_is_present_in_between() -> None:
    frames = [*empty(3), *sitting(4, start=90), *empty(3, start=210)]
    whole = judge(Recording.of(frames))
    assert not whole[:60].any()
    assert whole[120:180].all()
    assert not whole[240:].any()
    now = live(frames)
    assert not now[:100].any()
    assert now[130:210].all()
    assert not now[240:].any()


def test_a_body_for_a_moment_is_no_person() -> None:
    frames = [*empty(3), *sitting(0.6, start=90), *empty(3, start=108)]
    assert not judge(Recording.of(frames)).any()
    assert not live(frames).any()


def test_one_missed_frame_does_not_send_anybody_away() -> None:
    frames = sitting(4)
    frames[80] = PoseFrame(80 / FPS, 80, (640, 480))
    assert live(frames)[40:].all()
    assert judge(Recording.of(frames)).all()


def test_frames_that_are_not_newer_leave_the_answer() -> None:
    frames = sitting(3)
    watch = PresenceJudge()
    for frame in frames:
        watch.update(frame)
    assert watch.present
    for old in (frames[-1], frames[3]):
        assert watch.update(old)


@pytest.mark.parametrize("n", [0, 1])
def test_few_frames_are_judged_by_what_they_show(n: int) -> None:
    frames = sitting(1)[:n]
    rec = Recording.of(frames)
    assert judge(rec).tolist() == [True] * n
    hidden = Recording.of([replace(frame, visibility=np.full(33, 0.3)) for frame in frames])
    assert judge(hidden).tolist() == [False] * n
    assert shape_rate(rec.points_px[:, :4], rec.t_s).shape == (n,)


def test_equal_times_are_no_shape() -> None:
    trunk = np.stack([frame.points_px[[11, 12, 23, 24]] for frame in sitting(1)[:4]])
    assert shape_rate(trunk, np.ones(4)).tolist() == [LOST_SHAPE_RATE] * 4


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from([0.0, 1e9, -1e9, math.nan, math.inf, -math.inf, 320.0]), min_size=3, max_size=3),
    st.lists(st.sampled_from([0.0, 1 / 30, 0.1, 1.0]), min_size=0, max_size=30),
)
def test_no_picture_makes_it_fail(kinds: list[float], steps: list[float]) -> None:
    times = np.cumsum(steps)
    frames = [
        PoseFrame(
            float(t), i, (640, 480), points_px=np.full((33, 2), kinds[i % 3]), visibility=np.full(33, 0.9)
        )
        for i, t in enumerate(times)
    ]
    assert judge(Recording.of(frames)).shape == (len(frames),)
    assert live(frames).shape == (len(frames),)


@np.errstate(all="ignore")
@settings(max_examples=200)
@given(
    st.lists(st.floats(-400, 400) | st.sampled_from([math.nan, math.inf]), min_size=16, max_size=16),
    st.lists(st.floats(0, 1) | st.just(math.nan), min_size=6, max_size=6),
    st.sampled_from([1e-9, 1 / 60, 1 / 30, 0.5]),
    st.floats(0, 0.1),
)
def test_one_picture_is_judged_as_many_are(
    corners: list[float], seen: list[float], dt_s: float, share: float
) -> None:
    """share: how far the corners move from one picture to the next; a person hardly changes shape."""
    names = [f"{side}_{joint}" for joint in ("elbow", "wrist", "shoulder") for side in ("left", "right")]
    places = [POSE[f"{side}_{joint}"] for joint in ("shoulder", "hip") for side in ("left", "right")]
    frames = [PoseFrame(t_s, i, (640, 480), points_px=body_px()) for i, t_s in enumerate((0.0, dt_s))]
    given_px = np.array(corners).reshape(2, 4, 2)
    for frame, px in zip(frames, given_px, strict=True):
        frame.points_px[places] += share * px
        frame.visibility[:] = 0.9
        frame.visibility[[POSE[name] for name in names]] = seen
    trunks = np.stack([frame.points_px[places] for frame in frames])
    rate = shape_rate(trunks, np.array([0.0, dt_s]))[1:]
    expected = evidence(rate, frames[1].visibility[None])[0]
    watch = PresenceJudge()
    for frame in frames:
        watch.update(frame)
    assert watch.likely == pytest.approx(float(expected), abs=1e-9)
