"""Soak bench: one session after the other through the real tracker, and what is left of each in memory."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from rehabgames.app.play import Screen, run
from rehabgames.records.store import Store
from rehabgames.testing.acting import setup_for
from rehabgames.testing.pipeline_bench import rss_mb
from rehabgames.tracking.sources import VirtualSpec

EXERCISES: Final = ("orchard_reach", "star_shift", "kitchen_grasp", "concert_taps")
BLOCK_MIN: Final = 5.0
WARM_BLOCKS: Final = len(EXERCISES)  # what is kept for good is there once each was played

Said = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Soak:
    """After each block: this process's memory, MB, and its open files."""

    minutes: float
    rss_mb: tuple[float, ...]
    files: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        warm = min(WARM_BLOCKS, len(self.rss_mb) - 1)
        return {
            "minutes": round(self.minutes, 1),
            "blocks": len(self.rss_mb),
            "rss_mb": round(self.rss_mb[-1], 1),
            "grown_mb": round(float(np.median(self.rss_mb[-2:]) - self.rss_mb[warm]), 1),
            "files_more": self.files[-1] - self.files[warm],
        }


def bench_soak(minutes: float, progress: Said = lambda _w, _d, _o: None) -> Soak:
    """Virtual patients play in real time, each block with a window and a tracker of its own, as at home.
    Raises RehabgamesError where a block does not come to its end."""
    began_s = time.monotonic()
    memory: list[float] = []
    files: list[int] = []
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder)) as store:
        while not memory or time.monotonic() - began_s < 60 * minutes:
            progress("Blocks", round((time.monotonic() - began_s) / 60), round(minutes))
            name = EXERCISES[len(memory) % len(EXERCISES)]
            setup = setup_for(name, len(memory), minutes=min(BLOCK_MIN, minutes / 2))
            run(setup, VirtualSpec("healthy", "right", len(memory)), Screen(headless=True), store)
            memory.append(rss_mb(["self"]))
            files.append(open_files())
    return Soak((time.monotonic() - began_s) / 60, tuple(memory), tuple(files))


def open_files() -> int:
    """0 where the system does not tell."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0
