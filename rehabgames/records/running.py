"""Running: one program at home at a time. Two would ask one camera, and lead one person twice."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rehabgames.core.errors import StoreError, UseError
from rehabgames.records.folder import prepare_folder
from rehabgames.records.lock import SessionLock

FILE: Final = "home.lock"


def only_here(folder: Path) -> SessionLock | None:
    """The sign that it runs with this data folder; it goes with the process, however that ends. None where
    the file system cannot lock: then nobody is locked out. Raises UseError where another process has it, and
    StoreError where the folder cannot be written."""
    prepare_folder(folder)
    try:
        taken = SessionLock.take(folder / FILE)
    except FileNotFoundError as error:
        raise StoreError(f"The data folder {folder} went away.", "Start again.") from error
    except OSError:
        return None
    if taken is None:
        raise UseError(
            f"rehabgames is running already with {folder}.", "Look for its window.", code="running"
        )
    return taken
