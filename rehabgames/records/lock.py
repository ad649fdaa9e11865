"""SessionLock: the sign that a living process runs a session.

It is a lock of the operating system on a file of its own, so it goes when the process dies, however
it dies, and cannot be mistaken for a newer process that was given the same number.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_there(path: Path, descriptor: int) -> bool:
    """False where whoever held it before has removed the file meanwhile: somebody else may hold the next."""
    if sys.platform == "win32":  # an open file is not removed there
        return True
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    return (there.st_dev, there.st_ino) == ((own := os.fstat(descriptor)).st_dev, own.st_ino)


_held: set[int] = set()


class SessionLock:
    """Held from `take` to `release`, or until the process is gone."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor
        _held.add(descriptor)

    @classmethod
    def take(cls, path: Path, *, create: bool = True) -> SessionLock | None:
        """The lock, or None where somebody holds it.

        Raises FileNotFoundError where there is no such file and `create` is False, OSError where
        the file system cannot lock.
        """
        while True:
            descriptor = os.open(path, os.O_RDWR | (os.O_CREAT if create else 0), 0o600)
            try:
                _lock(descriptor)
            except (BlockingIOError, PermissionError):
                os.close(descriptor)
                return None
            except OSError:
                os.close(descriptor)
                raise
            if _is_there(path, descriptor):
                return cls(path, descriptor)
            os.close(descriptor)

    def release(self) -> None:
        """Let go and remove the file. Harmless when done twice, or in a forked child."""
        if self._descriptor not in _held:
            return
        # Windows does not remove an open file, and whoever probes may have it open: it is then
        # removed when the record is opened next.
        with contextlib.suppress(OSError):
            if sys.platform != "win32":
                self.path.unlink(missing_ok=True)
        _held.discard(self._descriptor)
        os.close(self._descriptor)
        if sys.platform == "win32":
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)


def _forget_in_child() -> None:
    # A forked child shares the lock and would keep it alive after its parent's death.
    for descriptor in _held:
        with contextlib.suppress(OSError):
            os.close(descriptor)
    _held.clear()


if sys.platform != "win32":
    os.register_at_fork(after_in_child=_forget_in_child)
