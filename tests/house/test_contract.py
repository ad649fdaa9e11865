"""The import contract holds, and it would notice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

LINT = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


def lint(project: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT, "--no-cache"]
    env = os.environ | {"PYTHONPATH": str(project), "COLUMNS": "200"}
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(repository: Path, tmp_path: Path) -> Path:
    ignore = shutil.ignore_patterns("__pycache__", "_content")
    shutil.copytree(repository / "rehabgames", tmp_path / "rehabgames", ignore=ignore)
    shutil.copy(repository / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contract_is_kept(repository: Path) -> None:
    done = lint(repository)
    assert done.returncode == 0, done.stdout
    assert " 0 broken" in done.stdout


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("cellar.py", "", "every room has a place"),
        ("core/broken.py", "import rehabgames.signals", "an arrow goes down only"),
        ("measures/broken.py", "import rehabgames.safety", "an arrow goes down only"),
        ("words_broken.py", "", "every room has a place"),
        ("tracking/broken.py", "import rehabgames.records", "an arrow goes down only"),
        ("stage/broken.py", "import rehabgames.records", "The stage never sees the record"),
        ("reports/broken.py", "import rehabgames.stage", "never needs a screen"),
        ("signals/broken.py", "import cv2", "are pure"),
        ("session/broken.py", "import time", "are pure"),
        ("safety/broken.py", "from random import random", "are pure"),
        ("content/broken.py", "import sqlalchemy.orm", "are pure"),
        ("patients/broken.py", "from pathlib import Path", "touch no files"),
        ("adapt/broken.py", "def f() -> None:\n    import pymunk", "Only games step physics"),
    ],
)
def test_a_breach_is_noticed(copy: Path, file: str, line: str, broken: str) -> None:
    (copy / "rehabgames" / file).write_text(f"{line}\n")
    done = lint(copy)
    assert done.returncode == 1
    assert any(broken in said and "BROKEN" in said for said in done.stdout.splitlines()), done.stdout


def test_every_floor_below_words_is_held_pure(repository: Path) -> None:
    """A room that joins floors 0 to 4 joins the lists of the pure ones too."""
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))
    floors, *others = project["tool"]["importlinter"]["contracts"]
    below = floors["layers"][floors["layers"].index("words") + 1 :]
    rooms = {f"rehabgames.{room.strip(' ()')}" for floor in below for room in floor.split("|")}
    pure = next(contract for contract in others if "are pure" in contract["name"])
    files = next(contract for contract in others if "touch no files" in contract["name"])
    assert set(pure["source_modules"]) == rooms
    assert set(files["source_modules"]) == rooms - {"rehabgames.content"}
