"""The real command: a terminal for each test, and one demo that many tests look at."""

from __future__ import annotations

import os
import pickle
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from mounts import mounted
from one_demo import Demo, run_demo
from terminal import Terminal

from rehabgames.tracking.lock import locked


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    folder = tmp_path / "here"
    folder.mkdir()
    return Terminal(folder, tmp_path / "home")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, models: dict[str, Path]) -> Demo:
    """Run once, also where tests run side by side."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "one-demo"
    folder.mkdir(exist_ok=True)
    with locked(folder / "lock"):
        if not (folder / "demo.pickle").exists():
            (folder / "demo.pickle").write_bytes(pickle.dumps(run_demo(folder)))
    found: Demo = pickle.loads((folder / "demo.pickle").read_bytes())
    return found


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 60 MB that may be filled and remounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not mounted("-t", "tmpfs", "-o", "size=60m", "tmpfs", str(disk)):
        pytest.skip("a small disk can only be mounted by root on Linux")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)
