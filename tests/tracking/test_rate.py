"""Rate: of a camera that gives more pictures than are wanted, so many are tracked, evenly."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from rehabgames.tracking.pacing import Rate
from rehabgames.tracking.sources import ReplaySpec
from rehabgames.tracking.tracker import ModelPaths, Tracker

SECONDS = 10.0


def taken(camera_fps: float, most_fps: float | None, jitter_s: float = 0.0) -> np.ndarray:
    """When the pictures that are wanted were taken."""
    t_s = np.arange(0.0, SECONDS, 1 / camera_fps)
    t_s = t_s + np.random.default_rng(1).uniform(-jitter_s, jitter_s, len(t_s))
    rate = Rate(most_fps)
    return np.array([t for t in t_s if rate.wanted(float(t))])


@pytest.mark.parametrize("jitter_s", [0.0, 0.004])
@pytest.mark.parametrize("most_fps", [10.0, 15.0, 20.0, 24.0])
@pytest.mark.parametrize("camera_fps", [25.0, 30.0, 60.0])
def test_so_many_are_wanted_and_no_two_in_a_row_are_missed(
    camera_fps: float, most_fps: float, jitter_s: float
) -> None:
    wanted = taken(camera_fps, most_fps, jitter_s)
    assert len(wanted) / SECONDS == pytest.approx(most_fps, abs=0.6)
    assert np.diff(wanted).max() <= 1 / most_fps + 1 / camera_fps + 2 * jitter_s


@pytest.mark.parametrize("most_fps", [None, 30.0, 60.0])
def test_a_camera_that_gives_no_more_keeps_every_picture(most_fps: float | None) -> None:
    assert len(taken(30.0, most_fps, 0.002)) == 300


def test_a_camera_that_was_away_does_not_make_up_for_it() -> None:
    rate = Rate(10.0)
    assert rate.wanted(0.0)
    after = [t for t in 60.0 + np.arange(0.0, 1.0, 1 / 30) if rate.wanted(float(t))]
    assert len(after) <= 11


def test_the_tracker_passes_over_what_is_too_much_and_calls_it_neither_seen_nor_dropped(
    models: dict[str, Path], tmp_path: Path
) -> None:
    np.save(tmp_path / "film.npy", np.zeros((2, 480, 640, 3), np.uint8))
    spec = ReplaySpec(tmp_path / "film.npy", 30.0)
    with Tracker(spec, models=ModelPaths(models["pose"]), most_fps=10.0) as tracker:
        began_s, seen = time.monotonic(), tracker.frames_seen
        while time.monotonic() - began_s < 3.0:
            time.sleep(0.02)
            tracker.poll()
        assert 15 <= tracker.frames_seen - seen + tracker.dropped <= 33
