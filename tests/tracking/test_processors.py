"""On a small machine the tracking process has one processor to itself, until others want it too."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rehabgames.tracking.models import model_path
from rehabgames.tracking.processors import shared_out
from rehabgames.tracking.sources import VirtualSpec
from rehabgames.tracking.tracker import ModelPaths, Tracker

pytestmark = [
    pytest.mark.alone,
    pytest.mark.camera,
    pytest.mark.skipif(sys.platform != "linux", reason="Linux alone lets a program choose"),
]
SPEC = VirtualSpec("healthy", "right", 3)


@pytest.fixture
def two() -> Iterator[set[int]]:
    """This process may run on two processors, as on a small machine."""
    before = os.sched_getaffinity(0)
    if len(before) < 2:
        pytest.skip("There is one processor alone.")
    chosen = set(sorted(before)[:2])
    os.sched_setaffinity(0, chosen)
    yield chosen
    os.sched_setaffinity(0, before)


def places(pid: int | None) -> list[frozenset[int]]:
    """Where each thread of a process may run."""
    return [frozenset(os.sched_getaffinity(int(task.name))) for task in Path(f"/proc/{pid}/task").iterdir()]


def until(reached: Callable[[], bool], within_s: float) -> None:
    deadline_s = time.monotonic() + within_s
    while not reached():
        assert time.monotonic() < deadline_s
        time.sleep(0.02)  # polling, with the deadline above


def test_the_tracker_has_one_and_the_game_the_other_until_both_are_everywhere_again(two: set[int]) -> None:
    with Tracker(SPEC, models=ModelPaths(model_path("pose")), apart=True) as tracker:
        until(lambda: tracker.poll() is not None, 10.0)
        (kept,) = os.sched_getaffinity(tracker.pid or 0)
        with_pose = [place for place in places(tracker.pid) if place == {kept}]
        assert len(with_pose) >= 3  # some that sleep are older
        assert set(places(tracker.pid)) == {frozenset({kept}), frozenset(two - {kept})}
        until(lambda: set(places(os.getpid())) == {frozenset(two - {kept})}, 1.0)
        burns = f"import os\nos.sched_setaffinity(0, {{{kept}}})\nwhile True: pass"
        other = subprocess.Popen([sys.executable, "-c", burns])
        try:
            until(lambda: os.sched_getaffinity(tracker.pid or 0) == two, 6.0)
            until(lambda: set(places(os.getpid())) == {frozenset(two)}, 1.0)
            assert set(places(tracker.pid)) == {frozenset(two)}
        finally:
            other.kill()
            other.wait()
    assert os.sched_getaffinity(0) == two


def test_what_is_stopped_leaves_the_game_everywhere(two: set[int]) -> None:
    with Tracker(SPEC, models=ModelPaths(model_path("pose")), apart=True) as tracker:
        until(lambda: os.sched_getaffinity(0) != two, 10.0)
        assert tracker.pid is not None
    assert set(places(os.getpid())) == {frozenset(two)}


def test_who_does_not_ask_for_it_runs_everywhere(two: set[int]) -> None:
    with Tracker(SPEC, models=ModelPaths(model_path("pose"))) as tracker:
        until(lambda: tracker.poll() is not None, 10.0)
        assert set(places(tracker.pid)) == {frozenset(two)}
    assert shared_out() == two
    os.sched_setaffinity(0, {min(two)})
    assert shared_out() == frozenset()
