"""Functional reach of a figure seen from the side, whose travel is known."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabgames.core.landmarks import N_HAND, POSE
from rehabgames.core.measured import Validity
from rehabgames.core.pose import Recording
from rehabgames.measures.functional_reach import (
    ReachTrial,
    functional_reach,
    reach_travel,
    reach_trial,
)
from rehabgames.signals.scale import BodyScale

FPS = 30.0
TRUNK, UPPER, FORE, FINGER = 112.0, 66.0, 58.0, 14.0
ARM = UPPER + FORE
SCALE = BodyScale({"right_arm": ARM, "right_upper_arm": UPPER, "trunk": TRUNK})


def recording(
    lean_deg: float,
    *,
    rise_s: float = 1.0,
    elevation_deg: float = 90.0,
    step_px: float = 0.0,
    faces: float = 1.0,
    wide: float = 0.0,
) -> Recording:
    """Arm up from 1 to 2 s, still until 4 s, leaning forward until 5.5 s, held for a second, and back.

    `wide` sets the shoulders apart in trunk lengths, as they are when the camera stands in front.
    """
    t = np.arange(0.0, 9.0, 1 / FPS)
    lean = np.radians(lean_deg * np.interp(t, [4.0, 5.5, 6.5, 8.0], [0.0, 1.0, 1.0, 0.0]))
    up = np.radians(elevation_deg * np.interp(t, [1.0, 1.0 + rise_s], [0.0, 1.0]))
    hip = np.stack([np.full(len(t), 250.0), np.full(len(t), 250.0)], axis=1)
    shoulder = hip + TRUNK * np.stack([np.sin(lean), -np.cos(lean)], axis=1)
    along = np.stack([np.sin(up), np.cos(up)], axis=1)
    head = shoulder + np.array([0.0, -40.0])
    ankle = hip + np.array([0.0, 160.0])
    ankle[:, 0] += step_px * (t > 4.5)
    places = {
        "shoulder": shoulder,
        "elbow": shoulder + UPPER * along,
        "wrist": shoulder + ARM * along,
        "index": shoulder + (ARM + FINGER) * along,
        "hip": hip,
        "knee": hip + np.array([4.0, 80.0]),
        "ankle": ankle,
        "ear": head,
    }
    points = np.tile(head[:, None], (1, 33, 1))
    for name, place in places.items():
        for side, out in (("left", 1.0), ("right", -1.0)):
            points[:, POSE[f"{side}_{name}"]] = place + np.array([out * wide * TRUNK / 2, 0.0])
    points[:, POSE["nose"]] = head + np.array([14.0, 4.0])
    points[..., 0] = np.where(faces > 0, points[..., 0], 640.0 - points[..., 0])
    n = len(t)
    return Recording(
        t_s=t,
        size=np.tile([640.0, 480.0], (n, 1)),
        points_px=points + np.random.default_rng(1).normal(0, 0.5, points.shape),
        visibility=np.full((n, 33), 0.97),
        world_m=np.full((n, 33, 3), np.nan),
        hands_px=np.full((n, 2, N_HAND, 2), np.nan),
        hand_scores=np.full((n, 2), np.nan),
    )


def trial(lean_deg: float, **how: float) -> ReachTrial:
    return reach_trial(recording(lean_deg, **how), "right", SCALE)


def expected(lean_deg: float) -> float:
    return TRUNK * math.sin(math.radians(lean_deg)) / ARM


@pytest.mark.parametrize("lean_deg", [10.0, 25.0, 45.0])
@pytest.mark.parametrize("faces", [1.0, -1.0])
def test_travel_of_the_fingertip(lean_deg: float, faces: float) -> None:
    found = functional_reach([trial(lean_deg, faces=faces)] * 5, noise=0.005, side="right")
    assert found.value == pytest.approx(expected(lean_deg), abs=0.015)
    assert (found.unit, found.of, found.coverage) == ("arm lengths", "right", 1.0)


def test_an_arm_that_rises_slowly_does_not_lengthen_the_reach() -> None:
    found = functional_reach([trial(25.0, rise_s=2.4)] * 5, noise=0.005, side="right")
    assert found.value == pytest.approx(expected(25.0), abs=0.015)


def test_cm_only_where_the_arm_is_known() -> None:
    trials = [trial(25.0)] * 5
    found = functional_reach(trials, noise=0.005, side="right", arm_cm=60.0)
    assert found.unit == "cm"
    assert found.value == pytest.approx(60.0 * expected(25.0), abs=1.0)
    for unknown in (math.nan, 0.0, -60.0, math.inf):
        assert functional_reach(trials, noise=0.005, side="right", arm_cm=unknown).unit == "arm lengths"


def test_two_for_practice_then_the_mean_of_three() -> None:
    leans = [5.0, 6.0, 20.0, 25.0, 30.0, 45.0]
    found = functional_reach([trial(lean) for lean in leans], noise=0.005, side="right")
    assert found.value == pytest.approx(np.mean([expected(lean) for lean in leans[2:5]]), abs=0.01)
    few = functional_reach([trial(lean) for lean in leans[:4]], noise=0.005, side="right")
    assert few.validity is Validity.TOO_FEW


def test_a_trial_that_failed_is_made_up_for_by_the_next() -> None:
    good, stepped = trial(25.0), trial(25.0, step_px=30.0)
    found = functional_reach([good] * 2 + [stepped] + [good] * 3, noise=0.005, side="right")
    assert found.value == pytest.approx(expected(25.0), abs=0.015)
    assert found.coverage == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: trial(25.0, wide=0.8), Validity.VIEW),
        (lambda: trial(25.0, step_px=30.0), Validity.NO_MOVEMENT),
        (lambda: trial(25.0, elevation_deg=40.0), Validity.NO_MOVEMENT),
        (lambda: trial(0.3), Validity.NOISE),
    ],
)
def test_what_cannot_be_measured_says_why(make: Callable[[], ReachTrial], why: Validity) -> None:
    assert functional_reach([make()] * 5, noise=0.02, side="right").validity is why


def test_noise_has_to_be_known() -> None:
    assert functional_reach([trial(25.0)] * 5, noise=math.nan, side="right").validity is Validity.NO_BASELINE
    assert functional_reach([], noise=0.01, side="right").validity is Validity.TOO_FEW


def test_a_hidden_hand_is_unseen() -> None:
    rec = recording(25.0)
    rec.visibility[:, POSE["right_index"]] = 0.2
    hidden = reach_trial(rec, "right", SCALE)
    assert functional_reach([hidden] * 5, noise=0.01, side="right").validity is Validity.UNSEEN


def test_a_spike_is_not_a_reach() -> None:
    t = np.arange(0, 6, 1 / FPS)
    forward = np.where(t > 2, 0.2, 0.0)
    forward[120:123] = 0.9
    assert reach_travel(t, forward, np.full(len(t), 90.0)) == pytest.approx(0.2, abs=0.05)


def test_wrong_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        reach_travel(np.zeros(5), np.zeros(5), np.zeros(4))


BAD = st.sampled_from([math.nan, math.inf, 0.0, 90.0, 91.0, 1e9, -1e9, 1e300])


@settings(max_examples=100)
@given(st.lists(st.tuples(BAD, BAD, BAD), max_size=40), st.integers(1, 5), st.booleans())
def test_bad_numbers_never_raise(rows: list[tuple[float, float, float]], times: int, steady: bool) -> None:
    columns = np.array(rows * times).reshape(-1, 3)
    t = np.arange(len(columns)) / FPS if steady else columns[:, 0]
    assert not math.isinf(reach_travel(t, columns[:, 1], columns[:, 2]))


def test_no_frames_and_one_frame() -> None:
    rec = recording(25.0)
    for n in (0, 1):
        which = np.arange(len(rec)) < n
        found = functional_reach([reach_trial(rec.only(which), "right")] * 5, noise=0.01, side="right")
        assert not found.good
