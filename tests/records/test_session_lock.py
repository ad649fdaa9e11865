"""The sign that a living process runs something is held by one at a time, however they come and go."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TAKES = """
import os, sys, time
from pathlib import Path
from rehabgames.records.lock import SessionLock
path, inside = Path(sys.argv[1]), Path(sys.argv[2])
until_s, twice, taken = time.monotonic() + 1.5, 0, 0
while time.monotonic() < until_s:
    lock = SessionLock.take(path)
    if lock is None:
        continue
    taken += 1
    try:
        os.close(os.open(inside, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        twice += 1
    else:
        inside.unlink()
    lock.release()
print(taken, twice)
"""


def test_one_holds_it_at_a_time_while_three_take_it_and_let_it_go(tmp_path: Path) -> None:
    command = [sys.executable, "-c", TAKES, str(tmp_path / "a.lock"), str(tmp_path / "inside")]
    several = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    told = [[int(each) for each in process.communicate(timeout=60)[0].split()] for process in several]
    assert all(taken > 10 for taken, _ in told)
    assert sum(twice for _, twice in told) == 0
