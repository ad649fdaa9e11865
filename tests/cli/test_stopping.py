"""Stopped by a signal, a session is closed as every other, and an exercise of one's own is played."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest
from terminal import Terminal

pytestmark = [
    pytest.mark.camera,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals"),
]


def test_ctrl_c_closes_the_session_of_an_exercise_of_ones_own(terminal: Terminal) -> None:
    assert terminal("new", "my_reach").code == 0
    child = terminal.start("demo", "--headless", "--exercise", "my_reach", "--json", "numbers.json")
    terminal.wait_until_calibrating(child)
    os.killpg(child.pid, signal.SIGINT)  # as a terminal sends it: to the tracking process, too
    began_s = time.monotonic()
    answer = terminal.finish(child)
    assert time.monotonic() - began_s < 20
    assert (answer.code, answer.err) == (0, "")
    assert "stopped (signal)" in answer.out
    (session,) = terminal.sessions()
    assert (session.status, session.reason, session.exercise_id) == ("stopped", "signal", "my_reach")
    report = terminal.home / "reports" / f"{session.id}.html"
    assert str(report) in answer.out
    assert "Stopped early" in report.read_text("utf-8")
    assert '"closed_as": "stopped"' in (terminal.folder / "numbers.json").read_text("utf-8")
    assert list((terminal.home / "running").iterdir()) == []


def test_a_polite_kill_does_the_same(terminal: Terminal) -> None:
    options = ("--patient", "mild", "--side", "left", "--seed", "5", "--headless")
    child = terminal.start("play", "orchard_reach", *options)
    terminal.wait_until_calibrating(child)
    child.terminate()
    answer = terminal.finish(child)
    assert (answer.code, answer.err) == (0, "")
    (session,) = terminal.sessions()
    assert (session.status, session.reason) == ("stopped", "signal")
    assert (session.patient, session.seed, session.start["side"]) == ("virtual-mild", 5, "left")


def test_ctrl_c_before_the_game_leaves_no_session(terminal: Terminal, tmp_path: Path) -> None:
    child = terminal.start("demo", "--headless")
    give_up_s = time.monotonic() + 60
    while not terminal.home.exists():
        assert time.monotonic() < give_up_s
        time.sleep(0.02)  # polling, with the deadline above
    os.killpg(child.pid, signal.SIGINT)
    answer = terminal.finish(child)
    assert answer.code == 130
    assert "Traceback" not in answer.err
    assert terminal.sessions() == []
    assert not (terminal.home / "reports").exists()
