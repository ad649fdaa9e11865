"""Tuned: what the self-test of this machine chose, kept in the data folder.

MediaPipe Tasks' Python interface lets nobody choose a number of threads: BaseOptions names a model and a
delegate and no more, and one network keeps one processor busy (0.98 to 0.99 of two, measured with each
variant), which it has to itself on a small machine (tracking.processors). So the variant is chosen, and how
many camera pictures a second are tracked.
"""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from rehabgames.content.whole import OWNER_ONLY, write_whole
from rehabgames.core.errors import StoreError, UseError
from rehabgames.records.folder import prepare_folder
from rehabgames.tracking.variants import VARIANTS, Variant

FILE: Final = "tuned.json"
LOWEST_FPS, HIGHEST_FPS = 5.0, 120.0
AGAIN: Final = "Run: rehabgames doctor --tune"


@dataclass(frozen=True, slots=True)
class Tuned:
    """camera_fps: pictures a second that are tracked; when_utc: ISO 8601; machine, mediapipe: with what it
    was measured; measured: of each variant that was tried, its numbers by name."""

    pose: Variant
    camera_fps: float
    when_utc: str
    machine: str
    mediapipe: str
    measured: Mapping[str, Mapping[str, float]]

    @property
    def outdated(self) -> str:
        """What is not as it was at the self-test, as a sentence; "" where all is."""
        if self.machine != this_machine():
            return f"It was made on another machine ({self.machine})."
        if self.mediapipe != version("mediapipe"):
            return f"It was made with MediaPipe {self.mediapipe}."
        return ""


def this_machine() -> str:
    """Its processor, and how many of them."""
    return f"{_processor() or platform.machine()}, {os.cpu_count() or 1} processors"


def remember(tuned: Tuned, folder: Path) -> Path:
    """Keep it in the data folder, which is made where there is none. Raises StoreError."""
    path = folder / FILE
    prepare_folder(folder)
    try:
        write_whole(path, json.dumps(asdict(tuned), indent=2, allow_nan=False) + "\n", OWNER_ONLY)
    except OSError as error:
        why = error.strerror or type(error).__name__
        step = "Set REHABGAMES_HOME to a folder that you may write to."
        raise StoreError(f"What the self-test chose cannot be kept in {path}: {why}.", step) from error
    return path


def remembered(folder: Path) -> Tuned | None:
    """None where no self-test was made. Raises UseError where what is kept cannot be read or understood."""
    path = folder / FILE
    try:
        return _read(json.loads(path.read_text("utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        what = f"{path}, which keeps what the self-test chose, cannot be read; the usual is used."
        raise UseError(what, AGAIN) from error


def _read(told: Any) -> Tuned:
    """Raises ValueError, KeyError, TypeError or AttributeError where it is none."""
    pose, fps = told["pose"], told["camera_fps"]
    measured = {str(name): dict(numbers) for name, numbers in told["measured"].items()}
    when, machine, mediapipe = told["when_utc"], told["machine"], told["mediapipe"]
    if pose not in VARIANTS or not all(isinstance(word, str) for word in (when, machine, mediapipe)):
        raise ValueError("no variant")
    if isinstance(fps, bool) or not (math.isfinite(fps) and LOWEST_FPS <= fps <= HIGHEST_FPS):
        raise ValueError("no rate")
    return Tuned(pose, float(fps), when, machine, mediapipe, measured)


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text("utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor()
