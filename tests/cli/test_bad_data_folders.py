"""A data folder that cannot be, is read-only or full: one message, exit code 1, nothing half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from mounts import fill, mounted
from terminal import Terminal

COMMANDS = [("demo", "--headless", "--seconds", "2"), ("report", "last"), ("new", "my_reach")]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_file_in_the_way(terminal: Terminal, command: tuple[str, ...], below: str) -> None:
    taken = terminal.folder / "taken"
    taken.write_text("mine")
    home = taken / below if below else taken
    answer = terminal.typed(*command, REHABGAMES_HOME=str(home))
    assert answer.code == 1
    assert str(home) in answer.message
    assert answer.message.endswith(".")
    assert taken.read_text() == "mine"
    assert terminal.files() == ["taken"]


def test_the_exercises_can_be_listed_without_a_data_folder(terminal: Terminal) -> None:
    (terminal.folder / "taken").touch()
    answer = terminal.typed("list", REHABGAMES_HOME=str(terminal.folder / "taken" / "home"))
    assert (answer.code, answer.err) == (0, "")
    assert "orchard_reach" in answer.out


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_read_only_data_folder(terminal: Terminal, small_disk: Path, command: tuple[str, ...]) -> None:
    home = small_disk / "home"
    home.mkdir()
    assert mounted("-o", "remount,ro", str(small_disk))
    answer = terminal.typed(*command, REHABGAMES_HOME=str(home))
    assert answer.code == 1
    assert str(home) in answer.message
    assert "read-only file system" in answer.message.lower()
    assert answer.message.endswith(("Set REHABGAMES_HOME to a folder that you may write to.", "of your own."))
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_full_data_folder(terminal: Terminal, small_disk: Path, command: tuple[str, ...]) -> None:
    fill(small_disk)
    home = small_disk / "home"
    answer = terminal.typed(*command, REHABGAMES_HOME=str(home))
    assert answer.code == 1
    assert str(home) in answer.message
    assert "full" in answer.message or "no space left" in answer.message
    assert not [path for path in small_disk.rglob("*") if path.is_file() and path.name != "ballast"]


def test_numbers_that_find_no_room_leave_no_part(terminal: Terminal, small_disk: Path, shared: Path) -> None:
    fill(small_disk)
    clip, target = shared / "video" / "tfjs_pose_squats.mp4", small_disk / "signals.csv"
    answer = terminal("track", clip, "--count", "hip_height", "--csv", target)
    assert answer.code == 1
    assert answer.message == f"{target} cannot be written (No space left on device). Name another file."
    assert [path.name for path in small_disk.iterdir()] == ["ballast"]


@pytest.mark.endurance
@pytest.mark.skipif(sys.platform != "linux", reason="fills a disk that only Linux lends")
def test_a_disk_that_fills_while_playing_loses_only_what_is_told(small_disk: Path, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, small_disk / "home")
    child = terminal.start("demo", "--headless", "--seconds", "20", "--patient", "healthy")
    try:
        terminal.wait_until_calibrating(child)
        ballast = fill(small_disk)
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(15)  # time to play on, and to have things to save
    finally:
        os.killpg(child.pid, signal.SIGINT)
        answer = terminal.finish(child)
    ballast.unlink()
    assert answer.code == 1
    assert "entries of this session could not be saved in" in answer.message
    assert str(small_disk / "home") in answer.message
    assert answer.message.endswith("what was confirmed on the screen is safe.")
    (session,) = terminal.sessions()
    assert session.status == "interrupted"
