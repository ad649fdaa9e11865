"""Start bench: from the start of the program to the home screen, and to the first picture in which somebody
is found. Each start is a process of its own, of somebody who is known."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

HOME_S, TRACKED_S = 3.0, 8.0  # what is promised
LONGEST_S: Final = 60.0
# Runs in the process that is started: `home` as it is, with a stage that notes when it showed what.
STARTED: Final = """
import json, os, sys, time
from rehabgames.app.home import home
from rehabgames.app.play import Screen
from rehabgames.tracking.sources import VirtualSpec

class Noted(Screen):
    def stage(self, *given):
        stage, told = super().stage(*given), {}
        paint = stage.paint

        def painted(view, now_s, *more, **named):
            came = paint(view, now_s, *more, **named)
            told.setdefault("home_s", time.monotonic())
            if view.body_px is not None:
                told.setdefault("tracked_s", time.monotonic())
                print(json.dumps(told), flush=True)
                os._exit(0)
            return came

        stage.paint = painted
        return stage

home(VirtualSpec("mild", "right", 1), Noted(headless=True, voice=False))
"""

Said = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Starts:
    """Seconds from the start of the process, one for each start: until the home screen was shown, and until
    somebody was found by the camera."""

    home_s: tuple[float, ...]
    tracked_s: tuple[float, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "starts": len(self.home_s),
            "home_p50_s": round(float(np.median(self.home_s)), 2),
            "home_max_s": round(max(self.home_s), 2),
            "home_wanted_s": HOME_S,
            "tracked_p50_s": round(float(np.median(self.tracked_s)), 2),
            "tracked_max_s": round(max(self.tracked_s), 2),
            "tracked_wanted_s": TRACKED_S,
        }


def bench_start(starts: int, progress: Said = lambda _w, _d, _o: None) -> Starts:
    """The first start, which fills what is kept, is not counted. Raises RuntimeError where the program ends
    before somebody is found."""
    home, tracked = [], []
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"REHABGAMES_HOME": folder, "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
        subprocess.run([sys.executable, "-c", KNOWN], env=env, check=True, timeout=LONGEST_S)
        for number in range(starts + 1):
            progress("Starts", number, starts + 1)
            began_s = time.monotonic()
            command = [sys.executable, "-c", STARTED]
            done = subprocess.run(
                command, env=env, capture_output=True, text=True, timeout=LONGEST_S, check=False
            )
            if done.returncode != 0 or not done.stdout.strip():
                raise RuntimeError(f"it ended by itself: {done.stderr.strip()[-400:]}")
            told = json.loads(done.stdout.strip().splitlines()[-1])
            if number:
                home.append(told["home_s"] - began_s)
                tracked.append(told["tracked_s"] - began_s)
    return Starts(tuple(home), tuple(tracked))


KNOWN: Final = """
from rehabgames.app.players import keep_player
from rehabgames.core.player import Player
keep_player(Player("", "Ada", "bird", affected="right", points="left"))
"""
