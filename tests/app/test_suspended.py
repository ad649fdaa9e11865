"""The whole program, tracker and all, stands still for seconds, as when a lid is closed: it goes on by a
countdown, nothing came of it, and no tracker was taken for one that hangs (H9, H16)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from faulty_play import PROCESS, play_with
from harms import RESUME_S, nothing_goes_on_over_an_old_picture

from rehabgames.tracking.tracker import Tracker

pytestmark = [
    pytest.mark.alone,
    pytest.mark.camera,
    pytest.mark.timeout(120),
    pytest.mark.skipif(os.name != "posix", reason="signals of this kind are POSIX"),
]
LOAD_S = 0.4  # what a busy machine may add
LENGTHS_S = (0.7, 2.5)


def suspend(seconds: float, _: Tracker) -> None:
    """All of this process's group stands still for so long; who wakes it is of another one."""
    group = os.getpgrp()
    script = f"kill -STOP -{group}; sleep {seconds}; kill -CONT -{group}"
    subprocess.Popen(["sh", "-c", script], start_new_session=True)
    time.sleep(0.2)  # until it does


def play_suspended(folder: Path) -> dict[str, Any]:
    """In a process of its own."""
    for seconds in LENGTHS_S:
        PROCESS[f"suspend {seconds}"] = lambda tracker, seconds=seconds: suspend(seconds, tracker)
    harms = {0.5: f"suspend {LENGTHS_S[0]}", 2.5: f"suspend {LENGTHS_S[1]}"}
    seen = play_with((), 10.0, folder, harms=harms)
    nothing_goes_on_over_an_old_picture(seen)
    told = []
    for woke_s, before_s in zip(seen.harmed_s, (2.4, 10.0), strict=True):
        on_s = seen.first(woke_s + 0.05, lambda view: view.phase == "play")
        held = [view for view in seen.between(woke_s, on_s) if view.phase == "paused"]
        told.append(
            {
                "on_after_s": on_s - woke_s,
                "counted": list(dict.fromkeys(view.countdown for view in held if view.countdown)),
                "targets": sum(view.target is not None for view in held),
                "scores": len({view.score for view in held}),
                "judged": sum(woke_s < t_s < on_s for t_s, _ in seen.trials),
            }
        )
        assert woke_s < before_s
    whole = {"troubles": len(seen.told("tracking_trouble")), "closed": list(seen.closed), "stops": told}
    assert seen.views[-1][1].score == seen.points(float("inf"))
    return whole


def test_h9_h16_what_was_suspended_goes_on_by_a_countdown(tmp_path: Path) -> None:
    script = "import json, sys; from pathlib import Path; from test_suspended import play_suspended;"
    script += "print('told', json.dumps(play_suspended(Path(sys.argv[1]))))"
    paths = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        env=os.environ | {"PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        out, err = child.communicate(timeout=90)
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
    assert child.returncode == 0, err
    told = json.loads(out.rpartition("told ")[2])
    assert (told["troubles"], told["closed"]) == (0, ["stopped", "watched"])
    short, long = told["stops"]
    assert short["counted"] == []
    assert long["counted"] == [3, 2, 1]
    assert long["on_after_s"] <= RESUME_S + LOAD_S
    for each in (short, long):
        assert (each["targets"], each["judged"]) == (0, 0)
        assert each["scores"] <= 1
