"""Sparing: MediaPipe without what it would draw diagrams and record sound with.

Seven eighths of the time that its import takes, and 40 MB, are matplotlib and a sound library, and a camera
process has no business with either. It counts at the start, and when a tracker is replaced in mid-play.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Final

# what it names and only uses in functions that nobody here calls; None is what it takes for not installed
_SPARED: Final = ("matplotlib", "matplotlib.pyplot", "sounddevice")


def import_mediapipe() -> None:
    """To be called before anything imports MediaPipe. Whoever imports matplotlib later gets the real one."""
    given: dict[str, ModuleType | None] = {name: ModuleType(name) for name in _SPARED}
    given["matplotlib"].pyplot = given["matplotlib.pyplot"]  # type: ignore[union-attr]
    given["sounddevice"] = None
    absent = [name for name in _SPARED if name not in sys.modules]
    modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]
    modules.update((name, given[name]) for name in absent)
    try:
        import mediapipe.tasks.python.vision  # noqa: F401, PLC0415 - here and now is the point
    finally:
        for name in absent:
            del modules[name]
