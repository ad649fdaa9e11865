"""A catalogue of words that is not whole is told once, at the start, and the command goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from terminal import Terminal

from rehabgames.content.root import content_root

PACKAGE = Path(__file__).parents[2] / "rehabgames"


@pytest.fixture
def catalogue(terminal: Terminal) -> Path:
    """Of an installation of its own, which the terminal's commands run from."""
    here = terminal.folder / "rehabgames"
    shutil.copytree(PACKAGE, here, ignore=shutil.ignore_patterns("__pycache__", "_content"))
    for name in ("exercises", "calibration", "assets"):
        shutil.copytree(content_root() / name, here / "_content" / name)
    return here / "_content" / "assets" / "words" / "en.po"


def told(catalogue: Path, what: str) -> str:
    return (
        f"rehabgames: The installation of rehabgames is damaged: {catalogue} {what}; bare names such as "
        "play.reach stand in for lost words. Install it again: pip install --force-reinstall rehabgames\n"
    )


def test_it_is_told_once_and_the_command_goes_on(terminal: Terminal, catalogue: Path) -> None:
    nothing_yet = f"rehabgames: {terminal('ledger').message}\n"
    catalogue.write_bytes(catalogue.read_bytes()[:9000])
    assert terminal("ledger").err == told(catalogue, "is cut off") + nothing_yet
    catalogue.unlink()
    assert terminal("ledger").err == told(catalogue, "is missing") + nothing_yet


@pytest.mark.parametrize("command", ["demo", "play", "calibrate room_check"])
def test_who_plays_is_told_before_anything_else(
    terminal: Terminal, catalogue: Path, tmp_path: Path, command: str
) -> None:
    """Before the tracking models, which are out of reach here, are looked for."""
    catalogue.write_bytes(b"\xff\xfe")
    away = {"REHABGAMES_CACHE": str(tmp_path / "cache"), "PIP_NO_INDEX": "1"}
    answer = terminal(*command.split(), "--headless", **away)
    first, second = answer.err.splitlines()
    assert f"{first}\n" == told(catalogue, "cannot be read")
    assert "tracking models" in second
