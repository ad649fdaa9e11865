"""The commands that do not play: quick to answer, and what they say is so."""

from __future__ import annotations

import json
import math
import re
import time
from pathlib import Path

import numpy as np
import pytest
from helped import helped
from one_demo import Demo
from terminal import Terminal

COMMANDS = (
    "home",
    "demo",
    "play",
    "track",
    "list",
    "check",
    "new",
    "models",
    "doctor",
    "report",
    "plan",
    "what-if",
    "remind",
    "message",
    "notice",
    "install-desktop",
    "update",
    "share",
)


def test_help_imports_nothing_heavy() -> None:
    asked = ((), *((name,) for name in COMMANDS))
    for command, (code, said, imported) in zip(asked, helped(*asked), strict=True):
        assert (command, code) == (command, 0)
        assert "Usage: rehabgames" in said
        # Typer itself brings pydantic where a command has options
        assert imported in ([], ["pydantic"] if command else []), command


def test_help_is_there_within_half_a_second(terminal: Terminal) -> None:
    """The quickest of a few, for a shared machine is slow at times."""
    took_s = math.inf
    for _ in range(5):
        began_s = time.perf_counter()
        assert terminal("--help").code == 0
        took_s = min(took_s, time.perf_counter() - began_s)
        if took_s < 0.5:
            break
    assert took_s < 0.5


def test_every_command_is_in_the_help(terminal: Terminal) -> None:
    answer = terminal.typed("--help")
    assert all(re.search(rf"^\W*{name}\b", answer.out, re.MULTILINE) for name in COMMANDS)


def test_an_exercise_of_ones_own_is_made_listed_and_checked(terminal: Terminal) -> None:
    made = terminal.typed("new", "my_reach", "--like", "orchard_reach")
    path = terminal.home / "exercises" / "my_reach.toml"
    assert (made.code, made.err) == (0, "")
    assert made.out.splitlines() == [str(path), f"Edit it, then: rehabgames check {path}"]
    checked = terminal.typed("check", path)
    assert (checked.code, checked.out, checked.err) == (0, f"{path}: good\n", "")
    listed = terminal.typed("list")
    assert (listed.code, listed.err) == (0, "")
    names = [line.split()[0] for line in listed.out.splitlines()[1:]]
    assert {"my_reach", "orchard_reach", "river_steer"} <= set(names)
    before = path.read_text("utf-8")
    again = terminal.typed("new", "my_reach")
    assert again.code == 2
    assert again.message == "There is an exercise 'my_reach' already. Choose another name."
    assert path.read_text("utf-8") == before


def test_all_that_ships_is_good(terminal: Terminal) -> None:
    answer = terminal.typed("check")
    assert (answer.code, answer.err) == (0, "")
    assert {"orchard_reach.toml", "reach_quick.toml"} <= {
        Path(line.removesuffix(": good")).name for line in answer.out.splitlines()
    }
    assert not terminal.home.exists()


def test_the_models_are_listed(terminal: Terminal, models: dict[str, Path]) -> None:
    answer = terminal.typed("models")
    assert (answer.code, answer.err) == (0, "")
    for kind, path in models.items():
        assert re.search(rf"^ {kind} .* {re.escape(str(path))} *$", answer.out, re.MULTILINE)


def test_models_out_of_reach_are_told(terminal: Terminal, tmp_path: Path) -> None:
    answer = terminal.typed("demo", "--headless", REHABGAMES_CACHE=str(tmp_path / "cache"), PIP_NO_INDEX="1")
    assert answer.code == 1
    assert "tracking models" in answer.message
    assert terminal.sessions() == []
    assert not list((tmp_path / "cache").rglob("*.task"))


def test_the_doctor_tells_what_there_is(terminal: Terminal, models: dict[str, Path]) -> None:
    answer = terminal("doctor")
    assert answer.err == ""
    assert answer.code == (1 if re.search(r"^ lacks ", answer.out, re.MULTILINE) else 0)
    for name in ("Python", "MediaPipe", "OpenCV", "tracking models", "data folder", "camera", "screen"):
        assert re.search(rf"^ (good|note|lacks) +{name} ", answer.out, re.MULTILINE)
    assert str(terminal.home) in answer.out


@pytest.mark.parametrize("which", ["", "last", "prefix"])
def test_a_report_is_written_again(demo: Demo, which: str) -> None:
    numbers = json.loads(demo.numbers.read_text("utf-8"))
    name = numbers["session_id"][:15] if which == "prefix" else which
    before = Path(numbers["report"]).read_bytes()
    answer = demo.terminal.typed("report", *filter(None, [name]))
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"{numbers['report']}\n"
    assert Path(numbers["report"]).read_bytes() == before


def test_a_report_of_no_session_offers_the_nearest(demo: Demo) -> None:
    session = json.loads(demo.numbers.read_text("utf-8"))["session_id"]
    answer = demo.terminal.typed("report", session[:-1] + "x")
    assert answer.code == 2
    assert answer.message == f"There is no session '{session[:-1]}x'. Did you mean '{session}'?"


def test_a_video_becomes_signals_and_a_count(terminal: Terminal, shared: Path) -> None:
    clip = shared / "video" / "asl_E_plaid.mp4"
    answer = terminal(
        *("track", clip, "--signal", "elbow_flexion.left", "--count", "hand_height.right"),
        *("--csv", "signals.csv", "--json", "numbers.json"),
    )
    assert (answer.code, answer.err) == (0, "")
    told = json.loads((terminal.folder / "numbers.json").read_text("utf-8"))
    assert (told["frames"], told["seen"], told["fps"]) == (96, 96, 30.0)
    assert list(told["signals"]) == ["elbow_flexion.left", "hand_height.right"]
    counted = told["repetitions"]
    assert counted["signal"] == "hand_height.right"
    assert counted["count"] == len(counted["times_s"]) > 0
    assert f"Repetitions of hand_height.right: {counted['count']} at " in answer.out
    table = np.genfromtxt(terminal.folder / "signals.csv", delimiter=",", names=True, deletechars="")
    assert table.dtype.names == ("t_s", "elbow_flexion.left", "hand_height.right")
    assert len(table) == told["frames"]
    assert np.all(np.diff(table["t_s"]) > 0)
    for name, spread in told["signals"].items():
        assert np.nanmin(table[name]) == pytest.approx(spread["min"], abs=1e-3)
        assert np.nanmax(table[name]) == pytest.approx(spread["max"], abs=1e-3)
        assert np.nanmean(table[name]) == pytest.approx(spread["mean"], abs=1e-3)
    assert not terminal.home.exists()
