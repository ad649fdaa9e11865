"""What keeps a camera from opening is said by `rehabgames play` in a sentence of its own, soon, and with no
traceback; no session is written."""

from __future__ import annotations

import math
import time
from pathlib import Path

import pytest
from terminal import Terminal

SOON_S = 3.0
# the real command, but for the camera: one that has the trouble, and raises what a webcam would
PROGRAM = """
import sys, time
from rehabgames.cli import playing, run
from rehabgames.tracking.sources import Fault, FaultySpec, VirtualSpec
if __name__ == "__main__":
    fault = Fault(sys.argv[1], 0.0)
    sys.argv[1:4] = []
    playing._source = lambda *_: (FaultySpec(VirtualSpec("healthy"), (fault,), time.monotonic()), "patient")
    run()
"""
TRIES = 2  # the first one may have to read the program from the disk
pytestmark = pytest.mark.alone


@pytest.mark.parametrize(
    ("fault", "said", "step"),
    [
        ("none", "There is no camera 0.", "No camera is connected. Plug one in, or choose another camera"),
        ("unplugged", "There is no camera 0.", "Plug one in, or choose another camera"),
        ("denied", "You are not allowed to use camera 0.", "Give yourself the right to"),
        ("busy", "The camera 0 is there but gives no picture: another program may be", "Close that program"),
        ("", "There is no camera 97.", "Plug one in, or choose another camera"),
    ],
)
def test_a_camera_that_does_not_open(
    fault: str, said: str, step: str, terminal: Terminal, tmp_path: Path
) -> None:
    program = tmp_path / "faulty.py"
    program.write_text(PROGRAM)
    took_s = math.inf
    for _ in range(TRIES):
        began_s = time.monotonic()
        if fault:
            answer = terminal("play", "orchard_reach", "--headless", python=(str(program), fault))
        else:
            answer = terminal("play", "orchard_reach", "--headless", "--camera", 97)
        took_s = min(took_s, time.monotonic() - began_s)
        assert answer.code == 1
        assert answer.message.startswith(said)
        assert step in answer.message
        if took_s <= SOON_S:
            break
    assert took_s <= SOON_S
    assert terminal.sessions() == []
