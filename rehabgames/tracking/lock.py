"""A lock between the processes of one machine that the system gives back when its holder dies."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

RETRY_S: Final = 0.1


@contextmanager
def locked(path: Path, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the lock file `path`, which stays behind empty; `waiting` is called while another holds it.

    Raises OSError where the file cannot be made or the file system knows no locks.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        while not _taken(file):
            if waiting:
                waiting()
            time.sleep(RETRY_S)
        yield
    finally:
        os.close(file)


@contextmanager
def locked_if_free(path: Path) -> Iterator[bool]:
    """True with the lock held, False at once where another process holds it. Raises OSError."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        yield _taken(file)
    finally:
        os.close(file)


if sys.platform == "win32":
    import msvcrt

    def _taken(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _taken(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
