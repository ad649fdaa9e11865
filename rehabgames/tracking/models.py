"""Where the tracking models come from: a path the user gives, the user's cache, the official wheel.

The cache holds `pose.task` and `hand.task`, checked by SHA-256 at every use. It appears whole or not
at all: bundles are written beside their place and renamed, by one process at a time.

REHABGAMES_MODELS   folder with pose.task and hand.task that the user brought along
REHABGAMES_CACHE    in place of the user's cache folder; models lie in its folder `models`
"""

from __future__ import annotations

import os
import shutil
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import platformdirs

from rehabgames.core.errors import ModelError, UseError
from rehabgames.tracking.fetching import Progress, fetch_wheel, fetched_bytes
from rehabgames.tracking.lock import locked, locked_if_free
from rehabgames.tracking.packing import BUNDLES, KINDS, WHEEL_BYTES, Kind, check_wheel, pack, sha256_of

Origin = Literal["given", "cache", "missing"]

_SCRATCH: Final = "fetch-"
_LOCK: Final = "lock"


@dataclass(frozen=True, slots=True)
class ModelState:
    """What is known about one model without fetching anything.

    path       where it is, or where it would be put
    size       bytes; 0 where there is none
    sha256_ok  its bytes are the ones that this project packs; a bundle that the user gives may have
               others and still be usable
    origin     "given" by the user, in the "cache", or "missing" (it will be fetched when needed)
    usable     `model_path` would return it as it is
    """

    kind: Kind
    path: Path
    present: bool
    size: int
    sha256_ok: bool
    origin: Origin
    usable: bool


def model_path(
    kind: Kind, *, given: Path | None = None, cache: Path | None = None, progress: Progress | None = None
) -> Path:
    """A bundle that MediaPipe can load.

    given      the bundle, or a folder that holds `<kind>.task`; nothing else is then looked at
    cache      folder of the cached bundles, the user's own by default
    progress   called as (stage, done, total): "wait" and "fetch" in bytes of the wheel, where "wait"
               says that another process is fetching it; "pack" in bundles
    Raises UseError where a given path is no such bundle; ModelError where the models are neither in
    the cache nor can be put there.
    """
    brought = _brought(kind, given)
    if brought is not None:
        check_given(kind, brought)
        return brought
    folder = cache_folder() if cache is None else cache
    path = folder / BUNDLES[kind].file_name
    if _intact(kind, path):
        _sweep_if_free(folder)
        return path
    with _told_plainly(folder):
        _fill(folder, progress)
    return path


def list_models(cache: Path | None = None) -> tuple[ModelState, ...]:
    """The state of every model, without fetching. Never raises for what it finds."""
    folder = cache_folder() if cache is None else cache
    return tuple(_state(kind, folder) for kind in KINDS)


def cache_folder() -> Path:
    """The user's folder of models; REHABGAMES_HOME does not move it, a new home needs no new fetch."""
    named = os.environ.get("REHABGAMES_CACHE")
    return (Path(named) if named else platformdirs.user_cache_path("rehabgames")) / "models"


def _state(kind: Kind, folder: Path) -> ModelState:
    brought = _brought(kind, None)
    path = brought or folder / BUNDLES[kind].file_name
    present, size = False, 0
    with suppress(OSError):
        present = path.is_file()
        size = path.stat().st_size if present else 0
    sha256_ok = _intact(kind, path)
    usable = sha256_ok
    if brought is not None:
        with suppress(UseError):
            check_given(kind, brought)
            usable = True
    origin: Origin = "given" if brought else "cache" if present else "missing"
    return ModelState(kind, path, present, size, sha256_ok, origin, usable)


def _brought(kind: Kind, given: Path | None) -> Path | None:
    """The path that the user names, by argument or environment."""
    folder = os.environ.get("REHABGAMES_MODELS")
    if given is None and not folder:
        return None
    if given is None:
        return Path(str(folder)) / BUNDLES[kind].file_name
    with suppress(OSError):  # a path too long or not to be entered; check_given says so
        if given.is_dir():
            return given / BUNDLES[kind].file_name
    return given


def check_given(kind: Kind, path: Path) -> None:
    """Raises UseError where `path` is not a bundle that holds both parts, stored and undamaged."""
    names = [part.name for part in BUNDLES[kind].parts]
    try:
        if not path.is_file():
            raise UseError(f"There is no {kind} model at {path}.", _next_step(kind))
        with zipfile.ZipFile(path) as archive:
            whole = all(_stored_model(archive, name) for name in names)
    except KeyError as error:
        what = f"{path} is no {kind} model: it does not hold {' and '.join(names)}."
        raise UseError(what, _next_step(kind)) from error
    except (zipfile.BadZipFile, EOFError, RuntimeError, ValueError, OSError, struct.error) as error:
        raise UseError(f"{path} cannot be read as a {kind} model.", _next_step(kind)) from error
    if not whole:
        raise UseError(f"The models inside {path} are compressed or no TFLite models.", _next_step(kind))


def _stored_model(archive: zipfile.ZipFile, name: str) -> bool:
    """True for an uncompressed TFLite model. Raises KeyError, BadZipFile where its CRC is wrong."""
    if archive.getinfo(name).compress_type != zipfile.ZIP_STORED:
        return False
    with archive.open(name) as content:
        start = content.read(8)
        while content.read(1 << 20):  # its CRC is checked at the end
            pass
    return start[4:] == b"TFL3"


def _next_step(kind: Kind) -> str:
    return (
        f"Give a MediaPipe {kind} landmarker bundle (.task), or none, and the tracking models are fetched; "
        "see also the environment variable REHABGAMES_MODELS."
    )


def _intact(kind: Kind, path: Path) -> bool:
    try:
        return sha256_of(path) == BUNDLES[kind].sha256
    except OSError:
        return False


def _fill(folder: Path, progress: Progress | None) -> None:
    """Put what is missing or damaged into the cache. Raises ModelError or OSError."""

    def waiting() -> None:
        if progress:
            progress("wait", max(map(fetched_bytes, folder.glob(f"{_SCRATCH}*")), default=0), WHEEL_BYTES)

    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder / _LOCK, waiting):
        _sweep(folder)
        needed = [kind for kind in KINDS if not _intact(kind, folder / BUNDLES[kind].file_name)]
        if not needed:
            return
        scratch = Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=folder))
        try:
            wheel = fetch_wheel(scratch, progress)
            check_wheel(wheel)
            for done, kind in enumerate(needed):
                if progress:
                    progress("pack", done, len(needed))
                _put(pack(wheel, kind), scratch, folder / BUNDLES[kind].file_name)
            if progress:
                progress("pack", len(needed), len(needed))
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _put(content: bytes, scratch: Path, place: Path) -> None:
    """Whole or not at all: written and synced beside its place, then renamed. Raises OSError."""
    beside = scratch / place.name
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(place)
    if os.name == "posix":
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _sweep(folder: Path) -> None:
    """Remove what a killed process left. Only whoever holds the lock may."""
    for left in folder.glob(f"{_SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)


def _sweep_if_free(folder: Path) -> None:
    with suppress(OSError):
        if next(folder.glob(f"{_SCRATCH}*"), None):
            with locked_if_free(folder / _LOCK) as ours:
                if ours:
                    _sweep(folder)


@contextmanager
def _told_plainly(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ModelError(
            f"The tracking models cannot be kept in {folder}: {error.strerror or type(error).__name__}.",
            "Make that folder writable with 100 MB free, or set REHABGAMES_CACHE to another folder.",
        ) from error
