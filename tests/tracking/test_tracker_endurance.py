"""Long regimes of the real tracker; run with -m endurance."""

import gc
import time
from itertools import pairwise

import psutil
import pytest

from rehabgames.core.errors import CameraError
from rehabgames.tracking.models import model_path
from rehabgames.tracking.sources import VirtualSpec, WebcamSpec
from rehabgames.tracking.tracker import ModelPaths, Tracker

pytestmark = pytest.mark.endurance


@pytest.fixture(scope="module")
def models():
    return ModelPaths(model_path("pose"))


def next_frame(tracker, longest_s=10.0):
    deadline_s = time.monotonic() + longest_s
    while (frame := tracker.poll()) is None:
        assert time.monotonic() < deadline_s, f"no frame within {longest_s} s"
        time.sleep(0.002)  # polling, with the deadline above
    return frame


def open_files():
    gc.collect()
    me = psutil.Process()
    return me.num_fds() if hasattr(me, "num_fds") else me.num_handles()


def use_once(models):
    with Tracker(VirtualSpec("healthy", "right", seed=3), models=models) as tracker:
        next_frame(tracker)
        assert tracker.picture() is not None
    with pytest.raises(CameraError):
        Tracker(WebcamSpec(97), models=models).start()


def test_opening_again_fifty_times(models):
    use_once(models)
    before, memory = open_files(), psutil.Process().memory_info().rss
    for _ in range(50):
        use_once(models)
    assert open_files() <= before
    assert psutil.Process().memory_info().rss - memory < 40e6


def test_five_minutes_at_thirty_frames_a_second(models):
    with Tracker(VirtualSpec("moderate"), models=models) as tracker:
        first = next_frame(tracker)
        began_s, seen, tracked = time.monotonic(), tracker.frames_seen, tracker.frames_tracked
        memory = psutil.Process(tracker.pid).memory_info().rss
        frames = [first]
        while time.monotonic() < began_s + 300:
            frames.append(next_frame(tracker))
        took_s = time.monotonic() - began_s
        assert (tracker.frames_tracked - tracked) / took_s >= 29
        assert tracker.frames_tracked - tracked >= 0.95 * (tracker.frames_seen - seen)
        assert all(a.t_s < b.t_s and a.index < b.index for a, b in pairwise(frames))
        assert tracker.troubles() == []
        assert psutil.Process(tracker.pid).memory_info().rss - memory < 60e6
