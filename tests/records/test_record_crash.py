from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sample_session import trial

from rehabgames.records.lock import SessionLock
from rehabgames.records.store import Store

HERE = Path(__file__).parent


def _play(folder: Path, session: str, *trials: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(HERE / "play_and_die.py"), str(folder), session, *trials],
        stdout=subprocess.PIPE,
        text=True,
    )


def _kill_and_look(folder: Path, seed: int) -> None:
    lines = random.Random(seed).randrange(1, 60)
    with _play(folder, f"s{seed}") as child:
        acknowledged = [int(child.stdout.readline()) for _ in range(lines)]
        child.kill()
        # what was said before the kill and not read yet counts too; a torn last line does not
        acknowledged += [
            int(line) for line in child.stdout.read().splitlines(keepends=True) if line[-1] == "\n"
        ]
    assert acknowledged == list(range(len(acknowledged)))

    with Store.open(folder) as store:
        row = store.session(f"s{seed}")
        assert (row.status, row.reason) == ("interrupted", "not_closed")
        trials = {t.number: t for t in store.trials(row.id)}
        chunks = {c.number: c for c in store.landmarks(row.id)}
        for number in acknowledged[1:]:
            if number % 2:
                assert len(chunks[number].payload) == 50_000
            else:
                assert trials[number].body == trial(number // 2 - 1, row.id).body
        numbers = sorted([*trials, *chunks])
        assert numbers == list(range(1, len(numbers) + 1))
        assert row.stop["trials"] == len(trials)
        assert row.stop["successes"] == sum(t.success is True for t in trials.values())


@pytest.mark.parametrize("seed", range(10))
def test_a_kill_loses_no_trial_that_was_reported(tmp_path: Path, seed: int):
    _kill_and_look(tmp_path, seed)


@pytest.mark.endurance
@pytest.mark.parametrize("seed", range(10, 110))
def test_a_hundred_kills_lose_no_trial_that_was_reported(tmp_path: Path, seed: int):
    _kill_and_look(tmp_path, seed)


def test_a_session_that_another_process_runs_is_not_closed(tmp_path: Path):
    with _play(tmp_path, "alive", "3") as child:
        child.stdout.readline()
        with Store.open(tmp_path) as store:
            assert store.session("alive").status == "running"
        assert child.poll() is None
        child.kill()
        child.stdout.read()
    with Store.open(tmp_path) as store:
        assert store.session("alive").status == "interrupted"


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="this system cannot stop a process")
def test_a_process_that_stands_still_is_not_dead(tmp_path: Path):
    with _play(tmp_path, "asleep", "1") as child:
        # all it had to write: a process that is stopped within a commit holds the record for itself
        assert [child.stdout.readline() for _ in range(3)] == ["0\n", "1\n", "2\n"]
        child.send_signal(signal.SIGSTOP)
        try:
            with Store.open(tmp_path) as store:
                assert store.session("asleep").status == "running"
        finally:
            child.kill()
            child.stdout.read()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_forked_child_does_not_keep_a_dead_session_alive(tmp_path: Path):
    # The tracker is a child process: it may outlive the game that crashed.
    script = (
        "import os, sys\n"
        "from rehabgames.records.lock import SessionLock\n"
        "from pathlib import Path\n"
        "lock = SessionLock.take(Path(sys.argv[1]))\n"
        "if os.fork() == 0:\n"
        "    lock.release()\n"
        "    sys.stdout.write('x'); sys.stdout.flush()\n"
        "    sys.stdin.read()\n"
        "    os._exit(0)\n"
        "os.wait()\n"
    )
    file = tmp_path / "s1.lock"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", script, str(file)], **pipes) as parent:
        assert parent.stdout.read(1) == b"x"
        assert SessionLock.take(file, create=False) is None
        parent.kill()
        parent.wait(timeout=30)
        # the grandchild still waits for the end of its input
        lock = SessionLock.take(file, create=False)
        assert lock is not None
        lock.release()
        assert not file.exists()
