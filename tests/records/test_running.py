"""One program at home at a time: the second is told; what a dead process held counts for nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rehabgames.core.errors import StoreError, UseError
from rehabgames.records.running import FILE, only_here

HOLDS = """
import sys, time
from pathlib import Path
from rehabgames.records.running import only_here
held = only_here(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def test_a_second_one_is_told_and_may_begin_when_the_first_has_ended(tmp_path: Path) -> None:
    first = only_here(tmp_path)
    with pytest.raises(UseError, match="running already") as told:
        only_here(tmp_path)
    assert told.value.code == "running"
    assert first is not None
    first.release()
    again = only_here(tmp_path)
    assert again is not None
    again.release()


def test_what_a_killed_process_held_counts_for_nothing(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(tmp_path)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(UseError, match="running already"):
            only_here(tmp_path)
        other.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        other.wait(10)
    assert (tmp_path / FILE).exists()
    held = only_here(tmp_path)
    assert held is not None
    held.release()


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(StoreError, match="is a file"):
        only_here(tmp_path / "taken")
