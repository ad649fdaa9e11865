"""The official wheel, fetched once, and an index for pip that holds nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rehabgames.core.errors import ModelError
from rehabgames.tracking.fetching import fetch_wheel
from rehabgames.tracking.lock import locked
from rehabgames.tracking.packing import WHEEL_BYTES


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real wheel, fetched the way the program does, once also where tests run side by side."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "official-wheel"
    folder.mkdir(exist_ok=True)
    with locked(folder.with_name("official-wheel.lock")):
        for path in folder.glob("*.whl"):
            if path.stat().st_size == WHEEL_BYTES:
                return path
        try:
            return fetch_wheel(folder)
        except ModelError as error:
            if "no network answered" in str(error):
                pytest.skip(f"the official wheel is out of reach: {error}")
            raise


@pytest.fixture
def no_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """pip finds no package at all."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    monkeypatch.delenv("REHABGAMES_MODELS", raising=False)


@pytest.fixture
def only_the_wheel(no_index: None, wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pip finds the real wheel in a folder, and nothing else."""
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheel.parent))
