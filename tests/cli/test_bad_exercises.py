"""Exercise files that a person broke: told by `check`, by `list` and by playing them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from terminal import Terminal

DEEP = "[" * 400 + "]" * 400

BROKEN = [
    pytest.param(r"^title = .*$", "title = 3", "title: must be text in quotes, got 3", id="wrong type"),
    pytest.param(r"^step = ", "stepp = ", "axes.distance.stepp: unknown key, did you mean 'step'?", id="key"),
    pytest.param(r"^easiest = \S+", "easiest = 1.4", "hardest: must be more than easiest (1.4)", id="min"),
    pytest.param(
        r"^hold_s = \S+", "hold_s = nan", "settings.hold_s: must be a finite number, got nan", id="nan"
    ),
    pytest.param(r"^start = \S+", "start = inf", "axes.distance.start: must be a finite number", id="inf"),
    pytest.param(r"^guards = .*$", f"guards = {DEEP}", "nested too deeply, at most 20 levels", id="nesting"),
    pytest.param(
        r"^game = .*$", 'game = "raech"', "there is no game 'raech', did you mean 'reach'?", id="game"
    ),
    pytest.param(r"^game = .*$", "game = reach", "not valid TOML", id="no TOML"),
]


@pytest.fixture
def good(repository: Path) -> str:
    return (repository / "exercises" / "orchard_reach.toml").read_text("utf-8")


def broken(good: str, pattern: str, line: str) -> str:
    text, times = re.subn(pattern, lambda _: line, good, count=1, flags=re.MULTILINE)
    assert times == 1
    return text


@pytest.mark.parametrize(("pattern", "line", "said"), BROKEN)
def test_a_broken_exercise_is_told_by_check(
    terminal: Terminal, good: str, pattern: str, line: str, said: str
) -> None:
    (terminal.folder / "mine.toml").write_text(broken(good, pattern, line), "utf-8")
    answer = terminal.typed("check", "mine.toml")
    assert answer.code == 2
    assert answer.message.startswith("mine.toml: ")
    assert said in answer.message
    assert answer.message.endswith("Correct it, then try: rehabgames check mine.toml")
    assert terminal.files() == ["mine.toml"]


@pytest.mark.parametrize(("pattern", "line", "said"), BROKEN)
def test_a_broken_exercise_is_not_played(
    terminal: Terminal, good: str, pattern: str, line: str, said: str
) -> None:
    own = terminal.home / "exercises" / "mine.toml"
    own.parent.mkdir(parents=True)
    own.write_text(broken(good, pattern, line), "utf-8")
    answer = terminal.typed("play", "mine", "--camera", "97", "--headless")
    assert answer.code == 2
    assert answer.message.startswith(f"{own}: ")
    assert said in answer.message
    assert answer.message.endswith(f"Correct it, then try: rehabgames check {own}")
    assert [path.name for path in terminal.home.rglob("*")] == ["exercises", "mine.toml"]


def test_the_others_are_listed_beside_a_broken_one(terminal: Terminal, good: str) -> None:
    own = terminal.home / "exercises"
    own.mkdir(parents=True)
    (own / "good_one.toml").write_text(good, "utf-8")
    (own / "bad_one.toml").write_text(good + "\nnonsense = 1\n", "utf-8")
    answer = terminal.typed("list")
    assert answer.code == 2
    assert "good_one" in answer.out
    assert "orchard_reach" in answer.out
    assert "bad_one" not in answer.out
    assert answer.err.count("rehabgames: ") == 1
    line = good.count("\n") + 2
    assert f"bad_one.toml: line {line}: child.dose.nonsense: unknown key" in answer.err
    assert answer.err.endswith(f"rehabgames check {own / 'bad_one.toml'}\nThe others can be played.\n")


def test_a_title_is_told_as_it_is(terminal: Terminal, good: str) -> None:
    """Brackets and colons mean something to what prints tables."""
    own = terminal.home / "exercises" / "mine.toml"
    own.parent.mkdir(parents=True)
    own.write_text(broken(good, r"^title = .*$", 'title = "Reach [/b] [red] :smile: Ü"'), "utf-8")
    answer = terminal.typed("list")
    assert (answer.code, answer.err) == (0, "")
    assert "Reach [/b] [red] :smile: Ü" in answer.out
    plain = terminal("list", PYTHONIOENCODING="ascii")
    assert (plain.code, plain.err) == (0, "")
    assert "Reach [/b] [red] :smile: ?" in plain.out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Bad Name", "'Bad Name' cannot be the name of an exercise."),
        ("../escape", "'../escape' cannot be the name of an exercise."),
        ("orchard_reach", "There is an exercise 'orchard_reach' already. Choose another name."),
        ("", "'' cannot be the name of an exercise."),
    ],
)
def test_a_name_that_no_exercise_may_have(terminal: Terminal, name: str, said: str) -> None:
    answer = terminal.typed("new", name)
    assert answer.code == 2
    assert answer.message.startswith(said)
    assert not terminal.home.exists()
    assert terminal.files() == []


def test_files_that_are_not_there_are_told_together(terminal: Terminal, repository: Path) -> None:
    good = repository / "exercises" / "orchard_reach.toml"
    answer = terminal.typed("check", "one.toml", good, "two.toml")
    assert answer.code == 2
    assert answer.message.splitlines()[0] == "one.toml: there is no such file."
    assert answer.message.splitlines()[1].startswith("two.toml: there is no such file. Correct it")
