"""The real tracker: real child processes, the real networks, real kills."""

import gc
import os
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import psutil
import pytest

from rehabgames.core.errors import CameraError, TrackerError
from rehabgames.core.landmarks import POSE
from rehabgames.core.view import Target, View
from rehabgames.tracking.models import model_path
from rehabgames.tracking.reports import Trouble
from rehabgames.tracking.sources import VideoSpec, VirtualSpec, WebcamSpec
from rehabgames.tracking.tracker import MOST_TROUBLES, ModelPaths, Tracker

SHARED = Path(os.environ.get("REHABGAMES_SHARED", Path(__file__).parents[3] / "shared"))
PATIENT = VirtualSpec("healthy", "right", seed=3)
posix = pytest.mark.skipif(os.name != "posix", reason="signals of this kind are POSIX")


@pytest.fixture(scope="session")
def models():
    return ModelPaths(model_path("pose"))


@pytest.fixture(scope="session")
def clip():
    path = SHARED / "video" / "asl_A_skull.mp4"
    if not path.exists():
        pytest.skip(f"no clips of people: {path} is missing (see REHABGAMES_SHARED)")
    return path


@pytest.fixture
def live(models):
    with Tracker(PATIENT, models=models) as tracker:
        yield tracker


def until(said, longest_s=10.0):
    """What `said` returns as soon as that is true; fails after longest_s."""
    deadline_s = time.monotonic() + longest_s
    while not (value := said()):
        assert time.monotonic() < deadline_s, f"not within {longest_s} s"
        time.sleep(0.002)  # polling, with the deadline above
    return value


def next_frame(tracker, longest_s=10.0):
    return until(tracker.poll, longest_s)


def gone(pid):
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_every_frame_of_a_real_person_in_order(models, clip):
    with Tracker(VideoSpec(clip), models=models, every_frame=True) as tracker:
        opened = tracker.opened
        frames = list(tracker.frames())
        assert (opened.size, opened.fps, opened.total, opened.live) == ((640, 480), 30.0, 385, False)
        assert opened.name == "video asl_A_skull.mp4"
        assert [f.index for f in frames] == list(range(385))
        assert [f.t_s for f in frames] == pytest.approx([i / 30 for i in range(385)], abs=1e-3)
        assert all(np.isnan(f.tracked_s) for f in frames), "a video's clock is not ours"
        bodies = sum(f.has_body for f in frames)
        assert bodies >= 0.99 * 385
        assert (tracker.frames_seen, tracker.frames_tracked, tracker.dropped) == (385, bodies, 0)
        assert tracker.ended
        assert tracker.error is None
        assert tracker.troubles() == []
        assert tracker.poll() is None
        assert tracker.picture().shape == (480, 640, 3)


def test_a_child_that_is_killed_in_a_file_goes_on_where_it_was(models, clip):
    with Tracker(VideoSpec(clip), models=models, every_frame=True) as tracker:
        frames = []
        for frame in tracker.frames():
            frames.append(frame)
            if frame.index == 60:
                psutil.Process(tracker.pid).kill()
            if frame.index == 120:
                break
        assert [f.index for f in frames] == list(range(121))
        told = tracker.troubles()
        assert len(told) == 1
        assert "started again" in told[0].what
        assert not told[0].fatal


def test_live_frames_are_stamped_at_capture(live):
    before_s = time.monotonic()
    frames = [next_frame(live) for _ in range(30)]
    after_s = time.monotonic()
    assert live.opened.live
    assert live.opened.size == (640, 480)
    assert live.opened.name.startswith("virtual healthy")
    for frame in frames[3:]:
        assert before_s - 0.2 < frame.t_s < frame.tracked_s <= after_s
    assert all(a.t_s < b.t_s and a.index < b.index for a, b in pairwise(frames))
    assert all(f.has_body for f in frames)
    assert live.frames_seen >= live.frames_tracked >= 30
    assert frames[-1].index < live.frames_seen


def test_newest_wins_and_the_rest_is_counted(live):
    next_frame(live)
    seen = live.frames_seen
    until(lambda: live.frames_seen >= seen + 15)
    dropped = live.dropped
    frame = live.poll()
    assert frame.index >= seen + 13, "the newest"
    assert live.poll() is None or live.frames_seen > seen + 15
    assert dropped >= 10


def test_the_picture_is_shared_and_unmirrored(live):
    until(lambda: live.picture() is not None)
    first = live.picture()
    assert first.shape == (480, 640, 3)
    assert first.dtype == np.uint8
    until(lambda: live.picture() is not first)
    newer = live.picture()
    assert np.abs(newer.astype(int) - first).mean() < 12
    frame = next_frame(live)
    left, right = frame.points_px[POSE["left_shoulder"]], frame.points_px[POSE["right_shoulder"]]
    assert left[0] > right[0], "the person's left is right in an unmirrored picture"


def test_a_large_picture_is_shared_small(models):
    with Tracker(VirtualSpec("healthy", size=(1280, 720)), models=models) as tracker:
        frame = next_frame(tracker)
        until(lambda: tracker.picture() is not None)
        assert tracker.picture().shape == (360, 640, 3)
    assert frame.size == (1280, 720)


def test_the_patient_sees_the_newest_view(live):
    start = next_frame(live).points_px[POSE["right_wrist"]]
    target = Target("pick", 0.8, 0.0, 0.15, 0.0, 0)
    view = View(0.0, "play", "orchard", "right", 1, (-1.5, -1.5, 1.5, 1.5), target=target)

    def reached():
        frame = live.poll()
        live.show(view)
        return frame is not None and frame.points_px[POSE["right_wrist"], 0] < start[0] - 60

    until(reached, 5.0)


def test_asking_never_waits(live):
    target = Target("pick", 0.8, 0.0, 0.15, 0.0, 0)
    body = np.zeros((33, 2))
    view = View(0, "play", "orchard", "right", 1, (-2, -2, 2, 2), target=target, body_px=body)
    psutil.Process(live.pid).suspend()
    try:
        began_s = time.monotonic()
        for _ in range(200):
            live.poll()
            live.picture()
            live.show(view)
            live.troubles()
            assert live.ended is False
        assert time.monotonic() - began_s < 0.5
    finally:
        psutil.Process(live.pid).resume()


@posix
def test_a_killed_child_is_replaced_and_frames_go_on(live):
    first = next_frame(live)
    pid = live.pid
    os.kill(pid, signal.SIGKILL)
    told = until(live.troubles, 3.0)
    assert "SIGKILL" in told[0].what
    assert not told[0].fatal
    until(lambda: live.pid not in (pid, None))
    after = until(lambda: f if (f := live.poll()) and f.t_s > first.t_s + 0.3 else None)
    assert after.has_body
    assert after.index > first.index
    assert gone(pid)
    assert live.error is None


@posix
def test_a_hanging_child_is_noticed_and_replaced(live):
    next_frame(live)
    pid = live.pid
    os.kill(pid, signal.SIGSTOP)
    stopped_s = time.monotonic()
    told = until(live.troubles, 4.0)
    assert time.monotonic() - stopped_s <= 3.0
    assert "did not answer" in told[0].what
    until(lambda: live.pid not in (pid, None))
    assert gone(pid)
    until(lambda: (f := live.poll()) is not None and f.t_s > stopped_s + 2)


@posix
def test_a_child_that_dies_again_and_again_is_given_up(live):
    deadline_s = time.monotonic() + 40
    troubles = []
    while not live.ended:
        assert time.monotonic() < deadline_s
        pid = live.pid
        if pid is not None and live.poll() is not None:
            os.kill(pid, signal.SIGKILL)
            until(lambda killed=pid: live.pid != killed)
        troubles += live.troubles()
        time.sleep(0.005)  # polling, with the deadline above
    troubles += live.troubles()
    assert [t.fatal for t in troubles] == [False, False, False, True]
    assert isinstance(live.error, TrackerError)
    with pytest.raises(TrackerError):
        list(live.frames())


PARENT = """
import sys, time
from pathlib import Path
from rehabgames.tracking.sources import VirtualSpec
from rehabgames.tracking.tracker import ModelPaths, Tracker
if __name__ == "__main__":
    tracker = Tracker(VirtualSpec("healthy"), models=ModelPaths(Path(sys.argv[1])))
    tracker.start()
    {then}
"""


def parent(tmp_path, models, then):
    script = tmp_path / "parent.py"
    script.write_text(PARENT.format(then=then))
    return subprocess.Popen(
        [sys.executable, str(script), str(models.pose)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_a_child_goes_with_its_parent(tmp_path, models):
    with parent(tmp_path, models, "print(tracker.pid, flush=True); sys.stdin.read()") as process:
        child = int(process.stdout.readline())
        assert not gone(child)
        process.kill()
        killed_s = time.monotonic()
        until(lambda: gone(child), 4.0)
        assert time.monotonic() - killed_s < 2.5
        assert process.stderr.read() == ""


def test_a_parent_that_forgets_to_stop_ends_clean(tmp_path, models):
    with parent(tmp_path, models, "print(tracker.pid, flush=True)") as process:
        child = int(process.stdout.readline())
        assert process.wait(10) == 0
        assert process.stderr.read() == ""
    until(lambda: gone(child), 2.0)


@posix
def test_ctrl_c_is_the_parents_to_answer(tmp_path, models):
    then = """try:
        print(tracker.pid, flush=True)
        sys.stdin.read()
    except KeyboardInterrupt:
        time.sleep(0.3)
        frame = tracker.poll()
        print(frame is not None and tracker.troubles() == [], flush=True)
        tracker.stop()"""
    with parent(tmp_path, models, then) as process:
        child = int(process.stdout.readline())
        os.killpg(process.pid, signal.SIGINT)
        assert process.stdout.readline() == "True\n"
        assert process.wait(10) == 0
        assert process.stderr.read() == ""
    assert gone(child)


@posix
def test_stop_is_bounded_and_leaves_no_process_even_of_a_hanging_child(models):
    for hang in (False, True):
        tracker = Tracker(PATIENT, models=models)
        tracker.start()
        pid = tracker.pid
        if hang:
            os.kill(pid, signal.SIGSTOP)
        began_s = time.monotonic()
        tracker.stop()
        assert time.monotonic() - began_s < (4.0 if hang else 1.5)
        assert gone(pid)
        assert tracker.pid is None
        tracker.stop()
        with pytest.raises(TrackerError, match="stopped"):
            tracker.start()


def test_stop_while_every_frame_waits(models, clip):
    tracker = Tracker(VideoSpec(clip), models=models, every_frame=True)
    tracker.start()
    until(lambda: tracker.frames_seen >= 8)
    assert next(tracker.frames()).index == 0
    pid = tracker.pid
    assert tracker.frames_seen < 60, "the child waits for whoever takes the frames"
    tracker.stop()
    assert gone(pid)


def open_files(collect=True):
    if collect:
        gc.collect()
    me = psutil.Process()
    return me.num_fds() if hasattr(me, "num_fds") else me.num_handles()


def use_once(models):
    with Tracker(PATIENT, models=models) as tracker:
        next_frame(tracker)
        assert tracker.picture() is not None
    with pytest.raises(CameraError):
        Tracker(WebcamSpec(97), models=models).start()


def test_stop_frees_the_shared_memory_without_the_collector(models):
    """A traceback keeps a failed tracker in a cycle; its memory must not wait for that to be found."""
    use_once(models)
    gc.collect()
    gc.disable()
    try:
        arenas = set()
        for _ in range(6):
            with pytest.raises(CameraError):
                Tracker(WebcamSpec(-1), models=models).start()
            arenas.add(open_files(collect=False))
    finally:
        gc.enable()
    assert max(arenas) - min(arenas) <= 2, "at most one reserve of the heap"


def test_opening_again_leaks_no_descriptor_and_no_process(models):
    use_once(models)
    before = open_files()
    children = len(psutil.Process().children())
    for _ in range(2):
        use_once(models)
    assert open_files() <= before
    assert len(psutil.Process().children()) <= children


def test_who_waits_for_a_frame_that_cannot_come_waits_as_long_as_asked():
    tracker = Tracker(VirtualSpec("healthy"), models=ModelPaths(Path("pose.task")))
    tracker.stop()
    began_s = time.monotonic()
    tracker.wait(0.1)
    assert time.monotonic() - began_s >= 0.09  # at once, the last picture would be painted without a rest


def test_troubles_that_nobody_asks_for_do_not_add_up_and_the_last_one_stays() -> None:
    """A tracker that is only waited for, as when a video is tracked, hears of a camera for hours."""
    tracker = Tracker(VirtualSpec("healthy"), models=ModelPaths(Path("pose.task")))
    for k in range(MOST_TROUBLES * 3):
        tracker._hear(Trouble(f"trouble {k}"))
    tracker._fail(TrackerError("That was all.", "Start again."))
    told = tracker.troubles()
    assert len(told) == MOST_TROUBLES
    assert told[-1].fatal
    assert tracker.troubles() == []
