"""A tracking process that leaks, hangs or finds its camera taken is replaced, what is back goes on (H16)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from rehabgames.core.view import View
from rehabgames.tracking.models import model_path
from rehabgames.tracking.sources import Fault, FaultySpec, VirtualSpec
from rehabgames.tracking.supervision import run_of
from rehabgames.tracking.tracker import ModelPaths, Tracker

pytestmark = [pytest.mark.alone, pytest.mark.camera]
VIEW = View(0.0, "play", "orchard", "right", 1, (-1.5, -1.5, 1.5, 1.5))
BACK_S = 3.0
LOAD_S = 0.4  # what a busy machine may add
LEAD_S = 3.0  # for the tracker to start, before the clock of the faults
LEAKS = "Tracking is started again: it took more and more memory."


@contextmanager
def tracking(*faults: Fault) -> Iterator[tuple[Tracker, float]]:
    """The tracker, and when the clock of the faults began."""
    zero_s = time.monotonic() + LEAD_S
    source = FaultySpec(VirtualSpec("healthy", "right", 3), faults, zero_s)
    with Tracker(source, models=ModelPaths(model_path("pose"))) as tracker:
        yield tracker, zero_s


def until(tracker: Tracker, said: Callable[[], bool], longest_s: float = 20.0) -> list[str]:
    """What was told of troubles until `said`; the patient looks at a screen meanwhile."""
    told: list[str] = []
    deadline_s = time.monotonic() + longest_s
    while True:
        tracker.show(VIEW)
        there = said()
        told += [each.what for each in tracker.troubles()]
        if there:
            return told
        assert time.monotonic() < deadline_s, told
        time.sleep(0.002)  # polling, with the deadline above


def newer(tracker: Tracker, than_s: float) -> Callable[[], bool]:
    return lambda: (frame := tracker.poll()) is not None and frame.t_s > than_s


def replaced(tracker: Tracker) -> tuple[str, float]:
    """Why it was replaced, and how long after that it was back, s."""
    pid = tracker.pid
    told = until(tracker, lambda: tracker.pid not in (pid, None))
    gone_s = time.monotonic()
    told += until(tracker, newer(tracker, gone_s))
    assert len(told) == 1
    return told[0], time.monotonic() - gone_s


def test_h16_a_tracker_that_leaks_is_replaced_when_nothing_is_lost_by_it_or_soon() -> None:
    """It grows by 300 MB/s, for a second and later for good."""
    with tracking(Fault("leaking", 0.0, 1.0, 0.5), Fault("leaking", 4.0, 10.0, 0.5)) as (tracker, zero_s):
        assert until(tracker, newer(tracker, zero_s + 2.2)) == []
        tracker.calm(now=True)
        why, back_s = replaced(tracker)
        assert (why, back_s <= BACK_S + LOAD_S) == (LEAKS, True)
        tracker.calm(now=False)
        why, back_s = replaced(tracker)
        assert (why, back_s <= BACK_S + LOAD_S) == (LEAKS, True)
        assert time.monotonic() < zero_s + 10.0 + LOAD_S


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="only Linux tells")
def test_a_process_that_gets_no_time_is_told_from_one_that_hangs() -> None:
    """Two that share one processor want more than they get; one that waits for something wants nothing."""
    cpu = min(os.sched_getaffinity(0))
    work = f"import os; os.sched_setaffinity(0, {{{cpu}}}); print(flush=True)\nwhile True: pass"
    wait = "import time; print(flush=True); time.sleep(60)"
    started = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
        for script in (work, work, wait)
    ]
    try:
        for each in started:
            assert each.stdout is not None
            each.stdout.readline()
        before = [run_of(each.pid) for each in started]
        time.sleep(1.0)  # for so long the kernel counts
        after = [run_of(each.pid) for each in started]
    finally:
        for each in started:
            each.kill()
            each.communicate()
    ran_s = [now[1] - then[1] for now, then in zip(after, before, strict=True)]
    assert [wants for wants, _ in after] == [True, True, False]
    assert max(ran_s[:2]) < 0.8
    assert sum(ran_s[:2]) > 0.2
    assert ran_s[2] < 0.1
    assert run_of(None) == (False, 0.0)


def test_h16_one_that_hangs_is_noticed_within_a_second_and_h9_a_new_one_waits_for_its_camera() -> None:
    """Killed while the camera is unplugged: that is one restart, however long the camera is away."""
    with tracking(Fault("stuck", 0.0, 1.2), Fault("unplugged", 3.0, 5.5)) as (tracker, zero_s):
        pid = tracker.pid
        told = until(tracker, lambda: tracker.pid not in (pid, None))
        assert time.monotonic() - zero_s <= 1.0 + LOAD_S
        assert "did not answer" in told[0]
        until(tracker, newer(tracker, zero_s + 0.5))
        assert time.monotonic() - zero_s <= BACK_S + LOAD_S
        until(tracker, lambda: time.monotonic() > zero_s + 3.4)
        pid = tracker.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        told = until(tracker, newer(tracker, zero_s + 5.5))
        assert "started again" in told[0]
        assert [each for each in told[1:] if "It is waited for." not in each] == []
        assert told[1:]
        assert time.monotonic() - (zero_s + 5.5) <= 1.0 + LOAD_S
        assert tracker.error is None


def test_h7_whoever_a_new_tracker_sees_first_is_not_who_was_confirmed_just_before() -> None:
    """Killed before anything was learnt of them: they are asked again."""
    spec = VirtualSpec("healthy", "right", 3)
    with Tracker(spec, models=ModelPaths(model_path("pose")), keeps=True) as tracker:

        def whose(times: int, seconds: float) -> Counter[str]:
            """What is said of whoever is seen, while somebody was confirmed so many times."""
            said, ends_s = Counter[str](), time.monotonic() + seconds
            while time.monotonic() < ends_s:
                tracker.show(replace(VIEW, confirmed=times))
                frame = tracker.poll()
                if frame is not None and frame.has_body:
                    said[frame.whose] += 1
                time.sleep(0.002)
            return said

        assert set(whose(0, 1.0)) == {""}
        pid = tracker.pid
        assert pid is not None
        assert "patient" in whose(1, 0.3)
        os.kill(pid, signal.SIGKILL)
        until(tracker, lambda: tracker.pid not in (pid, None))
        said = whose(1, BACK_S + LOAD_S)
        assert set(said) == {"unsure"}
        assert said["unsure"] > 10
        assert whose(2, 1.0)["patient"] > 5
