"""The real command: a terminal for each test, and one demo that many tests look at."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mounts import mounted
from one_demo import Demo, run_demo
from terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    folder = tmp_path / "here"
    folder.mkdir()
    return Terminal(folder, tmp_path / "home")


@pytest.fixture(scope="session")
def demo(once: Callable[[str, Callable[[Path], Demo]], Demo], models: dict[str, Path]) -> Demo:
    """Run once, also where tests run side by side."""
    return once("demo", run_demo)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 60 MB that may be filled and remounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not mounted("-t", "tmpfs", "-o", "size=60m", "tmpfs", str(disk)):
        pytest.skip("a small disk can only be mounted by root on Linux")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)
