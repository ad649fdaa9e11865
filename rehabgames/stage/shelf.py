"""Shelf: what was rasterised is kept as a PNG from one start to the next, by the document that it shows.

A place is hundreds of documents, which take two to four seconds to rasterise and a tenth of that to read.
Nothing depends on the shelf: what is not on it, or damaged, is rasterised again, and what cannot be put there
is not kept.
"""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import platformdirs

MOST_BYTES: Final = 200_000_000
USED_AGAIN_S: Final = 86_400.0  # what was read is marked as used not more often than that


def cache_folder(name: str) -> Path:
    """A folder of what can be made again: in REHABGAMES_CACHE, else in the user's cache folder."""
    named = os.environ.get("REHABGAMES_CACHE")
    return (Path(named) if named else platformdirs.user_cache_path("rehabgames")) / name


class Shelf:
    """folder: where the PNG files lie; it is made when something is put there. grown: something was."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = cache_folder("pictures") if folder is None else folder
        self._by, self.grown = "", False
        with suppress(PackageNotFoundError):  # where it is not installed, nothing is put there either
            self._by = version("resvg_py")

    def find(self, document: str) -> bytes | None:
        """The PNG of a document, or None where it is not on the shelf."""
        path = self.name(document)
        try:
            if path.stat().st_mtime < time.time() - USED_AGAIN_S:
                os.utime(path)
            return path.read_bytes()
        except OSError:
            return None

    def put(self, document: str, png: bytes) -> None:
        """Keep it; whoever reads at the same time finds all of it or nothing."""
        self.grown, path = True, self.name(document)
        fresh = path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                fresh.write_bytes(png)
                fresh.replace(path)
            except OSError:  # half of it, where the disk is full
                fresh.unlink(missing_ok=True)

    def sweep(self, most_bytes: int = MOST_BYTES) -> None:
        """Take away what was not used for the longest, until no more than `most_bytes` are left."""
        kept: list[tuple[float, int, str]] = []
        with suppress(OSError), os.scandir(self._folder) as files:
            for file in files:
                with suppress(OSError):  # another one swept it
                    told = file.stat()
                    kept.append((told.st_mtime, told.st_size, file.path))
        for _, size, path in sorted(kept, reverse=True):
            most_bytes -= size
            if most_bytes < 0:
                with suppress(OSError):
                    Path(path).unlink()

    def name(self, document: str) -> Path:
        """The file in which it is kept, whether it is there or not."""
        return self._folder / hashlib.sha256(f"{self._by} {document}".encode()).hexdigest()
