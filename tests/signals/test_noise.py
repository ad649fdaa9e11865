"""The noise floor: what a resting landmark trembles by, and the quietest stretch of a recording."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.landmarks import POSE
from rehabgames.core.pose import PoseFrame, Recording
from rehabgames.signals.noise import detrended_rms, noise_floor, quietest

WRIST = POSE["right_wrist"]


def recording(points: np.ndarray, fps: float = 30.0) -> Recording:
    return Recording.of(
        [PoseFrame(i / fps, i, (640, 480), points_px=p, visibility=np.ones(33)) for i, p in enumerate(points)]
    )


def noisy(n: int, sigma: float, drift: float = 0.0, seed: int = 1) -> np.ndarray:
    points = np.random.default_rng(seed).normal(0, sigma, (n, 33, 2)) + 200
    points[:, :, 0] += drift * np.arange(n)[:, None] / 30
    return points


@pytest.mark.parametrize("sigma", [0.5, 2.0, 5.0])
def test_noise_is_found_whatever_the_drift(sigma: float) -> None:
    floor = noise_floor(recording(noisy(300, sigma, drift=12.0)))
    assert np.median(floor.sigma_px) == pytest.approx(sigma, rel=0.05)
    assert floor.px("right_wrist") == pytest.approx(sigma, rel=0.25)
    assert floor.px("right_wrist", "left_wrist") == max(floor.px("right_wrist"), floor.px("left_wrist"))
    assert floor.asked
    assert floor.seconds == pytest.approx(299 / 30)


def test_a_landmark_that_was_hidden_has_no_floor() -> None:
    points = noisy(90, 1.0)
    points[40, WRIST] = np.nan
    floor = noise_floor(recording(points))
    assert math.isnan(floor.px("right_wrist"))
    assert math.isnan(floor.px("left_wrist", "right_wrist"))
    assert math.isfinite(floor.px("left_wrist"))
    assert math.isnan(noise_floor(recording(points[:4])).px("left_wrist"))


def test_the_quietest_stretch_is_found_between_movements() -> None:
    points = noisy(900, 1.0)
    moving = 60 * np.sin(np.arange(900) / 8)
    moving[400:480] = 0
    points[:, WRIST, 1] += moving
    floor = quietest(recording(points), "right_wrist")
    assert not floor.asked
    assert floor.px("right_wrist") == pytest.approx(1.0, rel=0.3)
    everywhere = noise_floor(recording(points))
    assert everywhere.px("right_wrist") > 20


def test_a_recording_that_is_too_short_is_taken_whole() -> None:
    assert quietest(recording(noisy(30, 1.0)), "right_wrist").px("right_wrist") == pytest.approx(1.0, rel=0.4)
    assert math.isnan(quietest(recording(noisy(0, 1.0))).px("nose"))


def test_a_stretch_with_holes_is_not_quiet() -> None:
    points = noisy(300, 3.0)
    points[100:200, WRIST] = np.nan
    assert quietest(recording(points), "right_wrist").px("right_wrist") == pytest.approx(3.0, rel=0.4)
    points[::20, WRIST] = np.nan
    assert math.isnan(quietest(recording(points), "right_wrist").px("right_wrist"))


@given(
    st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=12), st.sampled_from([0.0, 0.03, -1.0])
)
def test_no_number_makes_it_fail(values: list[float], step_s: float) -> None:
    x = np.array(values, dtype=float).reshape(-1, 1)
    assert detrended_rms(np.arange(len(x)) * step_s, x).shape == (1,)
    points = np.full((len(values), 33, 2), 1.0)
    points[:, 0, 0] = values
    noise_floor(recording(points, fps=30.0))
    quietest(recording(points, fps=30.0))
