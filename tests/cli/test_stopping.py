"""Stopped by a signal, a session is closed as every other, and an exercise of one's own is played."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import wave
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from scipy.signal import resample_poly
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


@pytest.mark.skipif(find_spec("pocketsphinx") is None, reason="pip install 'rehabgames[voice]'")
@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_the_word_said_aloud_does_the_same(terminal: Terminal) -> None:
    said, sound = terminal.folder / "stop.wav", terminal.folder / "microphone.raw"
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "150", "-w", str(said), "stop"], check=True)
    with wave.open(str(said)) as spoken:
        heard = np.frombuffer(spoken.readframes(spoken.getnframes()), np.int16)
    room = np.random.default_rng(2).normal(0, 20, 60 * 16000)
    word = resample_poly(heard.astype(float), 320, 441)
    for at_s in range(6, 56, 4):  # it is not known when somebody listens
        room[at_s * 16000 :][: len(word)] += word
    sound.write_bytes(room.astype(np.int16).tobytes())
    hears = {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILEIN": str(sound)}
    child = terminal.start("play", "--patient", "healthy", "--headless", "--stop-word", **hears)
    answer = terminal.finish(child)
    assert answer.code == 0
    assert "stopped (voice)" in answer.out
    (session,) = terminal.sessions()
    assert (session.status, session.reason) == ("stopped", "voice")


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
