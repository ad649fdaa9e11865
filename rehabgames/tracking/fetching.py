"""The official MediaPipe wheel, fetched by pip in a child process into a folder."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from rehabgames.core.errors import ModelError
from rehabgames.tracking.package_index import has_pip, pip_command, pip_environment, trouble_of
from rehabgames.tracking.packing import WHEEL_BYTES, WHEEL_VERSION

Progress = Callable[[str, int, int], None]

POLL_S: Final = 0.1
# One wheel serves every system and Python, for only its model files are used.
_DOWNLOAD: Final = (
    *("download", f"mediapipe=={WHEEL_VERSION}", "--dest", ".", "--no-deps", "--only-binary=:all:"),
    *("--platform", "manylinux_2_28_x86_64", "--python-version", "3.11"),
    *("--implementation", "cp", "--abi", "cp311"),
    *("--no-cache-dir", "--no-input", "--disable-pip-version-check"),
    *("--quiet", "--progress-bar", "off", "--retries", "2"),
)
_BRING: Final = (
    "set REHABGAMES_MODELS to a folder that holds pose.task and hand.task from a computer that has them."
)


def fetch_wheel(folder: Path, progress: Progress | None = None) -> Path:
    """Fetch the wheel into `folder`, which must be empty and is also pip's scratch space.

    progress("fetch", bytes so far, bytes in all) is called about ten times a second. The checksum is
    not looked at here.
    Raises ModelError, with pip's output told in one sentence, and OSError where `folder` cannot be
    written.
    """
    if not has_pip():
        raise ModelError(
            "The tracking models could not be fetched: this Python has no pip.",
            f"Run 'python -m ensurepip' once, or {_BRING}",
        )
    log = folder / "pip.log"
    with log.open("wb") as out:
        code = _run_pip(folder, out.fileno(), progress)
    wheels = sorted(folder.glob("mediapipe-*.whl"))
    if code != 0 or not wheels:
        raise _why(log.read_text("utf-8", errors="replace"), code, folder)
    if progress:
        progress("fetch", WHEEL_BYTES, WHEEL_BYTES)
    return wheels[0]


def fetched_bytes(folder: Path) -> int:
    """How much of the wheel has come into `folder` so far."""
    size = 0
    with suppress(OSError):  # pip moves and removes its scratch files while they are counted
        for path in folder.rglob("*.whl"):
            size = max(size, path.stat().st_size)
    return min(size, WHEEL_BYTES)


def _run_pip(folder: Path, output: int, progress: Progress | None) -> int:
    command, environment = pip_command(*_DOWNLOAD), pip_environment(folder)
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=output, stderr=output
    ) as child:
        try:
            while True:
                if progress:
                    progress("fetch", fetched_bytes(folder), WHEEL_BYTES)
                try:
                    return child.wait(POLL_S)
                except subprocess.TimeoutExpired:
                    continue
        finally:
            child.kill()


def _why(output: str, code: int, folder: Path) -> ModelError:
    """What pip's output means, in one sentence."""
    trouble = trouble_of(output)
    if trouble == "no room":
        return ModelError(
            f"The tracking models could not be fetched: {folder.parent} is full or cannot be written.",
            f"Free 100 MB there, or {_BRING}",
        )
    if trouble == "not trusted":
        why = "the package index answered with a certificate that this machine does not trust."
        step = "Set pip's 'cert' option as your network asks, or"
    elif trouble == "no network":
        why = "no network answered."
        step = "Connect to the internet once and run 'rehabgames models', or"
    elif trouble == "nothing there":
        why = f"pip finds no mediapipe {WHEEL_VERSION} where it is told to look."
        step = "Connect to the internet once and run 'rehabgames models', or"
    else:
        why = f"pip stopped with code {code}."
        step = "Run 'rehabgames models' again, or"
    return ModelError(f"The tracking models could not be fetched: {why}", f"{step} {_BRING}")
