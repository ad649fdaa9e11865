"""Where the record lives, and whether it can be written there."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import platformdirs

from rehabgames.core.errors import StoreError

NEEDED_MB = 50
_ELSEWHERE = "Set REHABGAMES_HOME to a folder that you may write to."


def data_folder() -> Path:
    """The user's data folder: REHABGAMES_HOME if set, else the system's own place. Creates nothing."""
    chosen = os.environ.get("REHABGAMES_HOME", "").strip()
    if chosen:
        return Path(chosen).expanduser().absolute()
    return platformdirs.user_data_path("rehabgames", appauthor=False)


def prepare_folder(folder: Path, needed_mb: int = NEEDED_MB) -> None:
    """Create `folder` for its owner alone (0700), or check the one that is there.

    Raises StoreError, naming the folder, where it is a file, cannot be written, or where less than
    `needed_mb` is free. The space is looked at first, so a full disk gets nothing written at all.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise StoreError(f"The data folder {folder} is a file.", f"Move it away. Or: {_ELSEWHERE}")
        _check_space(folder, needed_mb)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(4096))
            probe.flush()
    except OSError as error:
        why = error.strerror or str(error)
        raise StoreError(f"The data folder {folder} cannot be written: {why}.", _ELSEWHERE) from error


def _check_space(folder: Path, needed_mb: int) -> None:
    there = next((p for p in (folder, *folder.parents) if p.is_dir()), None)
    free_mb = shutil.disk_usage(there).free / 1e6 if there else float("inf")
    if free_mb < needed_mb:
        what = f"The disk is nearly full: {free_mb:.0f} MB are free for the data folder {folder}"
        raise StoreError(
            f"{what}, {needed_mb} MB are needed.", "Free some space, then start again.", code="disk"
        )
