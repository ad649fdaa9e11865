"""Cameras: which there are, and which one is used on this machine.

The choice is the machine's and not a person's: it is kept in the data folder, by number and, where the system
tells one, by name, because numbers change when a camera is plugged in elsewhere.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rehabgames.content.whole import OWNER_ONLY, write_whole
from rehabgames.core.errors import StoreError
from rehabgames.records.folder import prepare_folder

FILE: Final = "camera.json"
LISTED: Final = Path("/sys/class/video4linux")
MOST_TRIED: Final = 4  # where the system does not list them: by being opened


@dataclass(frozen=True, slots=True)
class Camera:
    """number: as the system counts them; name: as it calls it, "" where it does not."""

    number: int
    name: str = ""


def listed(folder: Path = LISTED) -> tuple[Camera, ...] | None:
    """Those that the system lists, by number; None where it lists none: a camera then only shows by being
    opened. One that has several devices is listed once. Never raises."""
    if not sys.platform.startswith("linux"):
        return None
    found = [
        Camera(int(number), _text(entry / "name"))
        for entry in folder.glob("video*")
        if (number := entry.name.removeprefix("video")).isdigit() and _text(entry / "index") in ("0", "")
    ]
    return tuple(sorted(found, key=lambda camera: camera.number))


def candidates(folder: Path = LISTED) -> tuple[int, ...]:
    """Numbers that may be cameras."""
    there = listed(folder)
    return tuple(range(MOST_TRIED)) if there is None else tuple(camera.number for camera in there)


def keep_camera(number: int, folder: Path, there: tuple[Camera, ...] | None = None) -> None:
    """From now on it is this one. Raises StoreError."""
    there = listed() if there is None else there
    name = next((camera.name for camera in there or () if camera.number == number), "")
    prepare_folder(folder)
    try:
        write_whole(folder / FILE, json.dumps({"number": number, "name": name}) + "\n", OWNER_ONLY)
    except OSError as error:
        why = error.strerror or type(error).__name__
        step = "Set REHABGAMES_HOME to a folder that you may write to."
        raise StoreError(f"The camera cannot be kept in {folder / FILE}: {why}.", step) from error


def usual_camera(folder: Path, there: tuple[Camera, ...] | None = None) -> int:
    """The number, now, of the one that is kept; of the first one where none is kept, or it is not there, or
    what is kept cannot be read: what it sees is seen on the screen."""
    there = listed() if there is None else there
    kept = _kept(folder, there)
    first = there[0].number if there else 0
    return first if kept is None else kept


def _kept(folder: Path, there: tuple[Camera, ...] | None) -> int | None:
    try:
        told = json.loads((folder / FILE).read_text("utf-8"))
        number, name = told["number"], told["name"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        return None
    if there is None:
        return number
    same = [camera.number for camera in there if name and camera.name == name]
    if number in same or (not same and number in [camera.number for camera in there]):
        return number
    return same[0] if same else None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace").strip()
    except OSError:
        return ""
