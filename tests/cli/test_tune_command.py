"""`rehabgames doctor --tune` with the real networks, and what the other commands make of what it found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from terminal import Terminal

pytestmark = [pytest.mark.camera, pytest.mark.timeout(300)]


def test_the_self_test_remembers_what_it_measured_or_says_that_others_took_the_machine(
    terminal: Terminal, models: dict[str, Path]
) -> None:
    answer, kept = terminal("doctor", "--tune"), terminal.home / "tuned.json"
    if kept.exists():
        told = json.loads(kept.read_text("utf-8"))
        assert "Remembered: pose network 'full'" in answer.out
        assert f"{told['camera_fps']:g} pictures a second" in answer.out
        assert 1.0 < told["measured"]["full"]["tracked_fps"] <= 31.0
        assert f"on {told['when_utc'][:10]}." in answer.out
    else:
        assert answer.code == 1
        assert "nothing is remembered. Close them" in answer.message


def test_the_self_test_fetches_nothing(terminal: Terminal, tmp_path: Path) -> None:
    answer = terminal.typed("doctor", "--tune", REHABGAMES_CACHE=str(tmp_path / "empty"))
    assert (answer.code, answer.message) == (
        1,
        "No pose network is here that could be tried. Run: rehabgames models",
    )
    assert not (tmp_path / "empty").exists()


def test_a_self_test_that_cannot_be_kept_is_not_begun(terminal: Terminal, models: dict[str, Path]) -> None:
    (terminal.folder / "taken").touch()
    answer = terminal.typed("doctor", "--tune", REHABGAMES_HOME=str(terminal.folder / "taken"))
    assert answer.code == 1
    assert answer.message.startswith(f"The data folder {terminal.folder / 'taken'} is a file.")


def test_a_network_that_is_not_here_is_one_message(terminal: Terminal, tmp_path: Path) -> None:
    answer = terminal.typed("demo", "--headless", "--model", "heavy", REHABGAMES_MODELS=str(tmp_path))
    assert answer.code == 2
    assert answer.message.startswith("The pose network 'heavy' is not here.")
    assert str(tmp_path) in answer.message
