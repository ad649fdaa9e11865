"""Tuning: the self-test of this machine, `rehabgames doctor --tune`.

Each pose network that is here plays the whole game on a film of a drawn patient, as a camera of 30 pictures a
second gives it, for three seconds after it was loaded and warm. Nothing is fetched.
"""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import numpy as np

from rehabgames.app.tuned import Tuned, remember, this_machine
from rehabgames.core.errors import MachineError, ModelError
from rehabgames.records.folder import data_folder, prepare_folder
from rehabgames.testing.acting import calibrated, setup_for
from rehabgames.testing.pipeline_bench import EXERCISE, Loop, Said, filmed, measured
from rehabgames.tracking.sources import CAMERA_FPS
from rehabgames.tracking.variants import VARIANTS, Variant, installed

MEASURED_S: Final = 3.0  # of each network
RATES: Final = (CAMERA_FPS, 24.0, 20.0, 15.0)
ROOM: Final = 0.75  # of the time between two pictures, that one may take
KEPT: Final = 0.97  # of the pictures that are tracked in time
PAINTED_FPS: Final = 57.0
BUSY: Final = 0.25
NEARLY: Final = 0.95  # of the scenes beside another network; where nothing paints as many as PAINTED_FPS


def tune(progress: Said = lambda _w, _d, _o: None) -> Tuned:
    """Measures, chooses and remembers. Raises StoreError where it cannot be kept, which is found out before;
    ModelError where no network is here; MachineError where one does not come back, and where other programs
    took more than BUSY of the machine: what was measured then is not what it can do."""
    candidates = installed()
    if not candidates:
        raise ModelError("No pose network is here that could be tried.", "Run: rehabgames models")
    prepare_folder(data_folder())
    found: dict[Variant, dict[str, float]] = {}
    others = Share()
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.npy"
        np.save(film, np.stack(filmed(MEASURED_S)))
        setup = calibrated(setup_for(EXERCISE, 1))
        for done, variant in enumerate(candidates):
            progress("Self-test", done, len(candidates))
            found[variant] = measured(Loop("game", film, CAMERA_FPS, MEASURED_S, setup, pose=variant))
    pose, fps = choose(found)
    kept: dict[str, dict[str, float]] = {
        str(name): {key: round(x, 2) for key, x in numbers.items() if math.isfinite(x)}
        for name, numbers in found.items()
    }
    now = datetime.now(UTC).isoformat(timespec="seconds")
    _must_have_been_free(others.so_far())
    tuned = Tuned(pose, fps, now, this_machine(), version("mediapipe"), kept)
    remember(tuned, data_folder())
    return tuned


def _must_have_been_free(others: float) -> None:
    if others > BUSY:
        what = (
            f"Other programs took {others:.0%} of this machine during the self-test; nothing is remembered."
        )
        raise MachineError(what, "Close them, then run 'rehabgames doctor --tune' again.")


def choose(found: Mapping[Variant, Mapping[str, float]]) -> tuple[Variant, float]:
    """The most accurate network with which the machine keeps up with the fastest camera that any of them
    keeps up with; the lightest one and the lowest rate where it keeps up with none. found: at least one."""
    painted = min(PAINTED_FPS, NEARLY * max(each["rendered_fps"] for each in found.values()))
    for fps in RATES:
        for variant in reversed(VARIANTS):
            if variant in found and keeps_up(found[variant], fps, painted):
                return variant, fps
    return min(found, key=VARIANTS.index), RATES[-1]


def keeps_up(numbers: Mapping[str, float], fps: float, painted_fps: float = PAINTED_FPS) -> bool:
    """Half of the pictures are tracked in ROOM of the time that they have, nearly all in time, and so many
    scenes a second are painted beside."""
    in_time = numbers["tracked_fps"] >= KEPT * fps
    return in_time and numbers["track_p50_ms"] <= 1000 * ROOM / fps and numbers["rendered_fps"] >= painted_fps


class Share:
    """How much of the machine's processor time other programs take from now on."""

    def __init__(self) -> None:
        self._began = self._used()

    def so_far(self) -> float:
        """0 to 1; NaN where the system does not tell. What this program started and what ended is its own."""
        busy, whole, ours = (now - then for now, then in zip(self._used(), self._began, strict=True))
        return max(0.0, (busy - ours) / whole) if whole > 0.0 else math.nan

    def _used(self) -> tuple[float, float, float]:
        """Busy and all seconds of the processors, and those of this program."""
        try:
            told = Path("/proc/stat").read_text("ascii", "replace").splitlines()[0].split()[1:9]
            ticks = [float(each) for each in told]
        except (OSError, ValueError, IndexError):
            return 0.0, 0.0, 0.0
        user, nice, system, idle, waits, irq, softirq, _ = ticks
        busy = user + nice + system + irq + softirq
        ours = sum(os.times()[:4])
        second = os.sysconf("SC_CLK_TCK")
        return busy / second, (busy + idle + waits) / second, ours
