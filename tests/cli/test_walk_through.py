"""docs/new_exercise.md, done as it says: what is typed is typed, what is written is written, and what is
answered has to be what the document says.

A ```console block: `$` begins a command; the lines below it are found in its answer one after the other,
where … stands for anything and white space for any white space.
A ```toml block: each line takes the place of the line that begins with the same key, in the same part of the
file, or goes to the end of that part; a part that is not there goes to the end of the file.
"""

from __future__ import annotations

import hashlib
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from fenced import Block, blocks
from terminal import Terminal

PAPER = "new_exercise.md"
FILE = "my_evening_reach.toml"
NEEDS_MEDIAPIPE = "demo"
HEADER = re.compile(r"^\[([^\]]+)\]", re.MULTILINE)
# a key at the beginning of a line with its value, also where that is longer than a line
ENTRY = re.compile(r'^(\w+)[ \t]*=[ \t]*("""(?s:.*?)"""|\[(?s:.*?)\]|[^\n]*)[^\n]*\n', re.MULTILINE)


def parts_of(text: str) -> dict[str, str]:
    """Part of the file by its [name], "" for the first one, with everything up to the next."""
    heads = list(HEADER.finditer(text))
    begins = [0, *(head.start() for head in heads)]
    ends = [*begins[1:], len(text)]
    names = ["", *(head[1] for head in heads)]
    return {name: text[a:b] for name, a, b in zip(names, begins, ends, strict=True)}


def edited(text: str, edit: str) -> str:
    """The text of a file after an edit as the document shows them."""
    parts = parts_of(text)
    for name, part in parts_of(edit).items():
        if name and name not in parts:
            parts[name] = f"\n{part.rstrip()}\n"
            continue
        for entry in ENTRY.finditer(part):
            old = next((each for each in ENTRY.finditer(parts[name]) if each[1] == entry[1]), None)
            if old is None:
                parts[name] = f"{parts[name].rstrip()}\n{entry[0]}\n"
            else:
                parts[name] = parts[name][: old.start()] + entry[0] + parts[name][old.end() :]
    return "".join(parts.values())


def is_said(expected: str, answer: str) -> list[str]:
    """Pieces that the answer does not say, or not in this order."""
    said, missing, at = " ".join(answer.split()), [], 0
    for line in expected.splitlines():
        for piece in line.split("…"):
            wanted = " ".join(piece.split())
            found = said.find(wanted, at)
            if found < 0:
                missing.append(wanted)
            else:
                at = found + len(wanted)
    return missing


def commands_of(block: Block) -> list[tuple[list[str], str]]:
    """(arguments of rehabgames, what is answered)"""
    found = []
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, answer = part.partition("\n")
        program, *arguments = shlex.split(command)
        assert program == "rehabgames"
        found.append((arguments, answer))
    return found


def follow(terminal: Terminal, paper: Path, *, through_mediapipe: bool) -> list[str]:
    """Do what the document says; gives the names of the commands that were run."""
    own = terminal.home / "exercises" / FILE
    run = []
    for block in blocks(paper):
        if block.kind == "toml":
            own.write_text(edited(own.read_text("utf-8"), block.text), "utf-8")
            continue
        assert block.kind == "console", "a block that nobody runs"
        for arguments, expected in commands_of(block):
            if arguments[0] == NEEDS_MEDIAPIPE and not through_mediapipe:
                continue
            answer = (terminal if arguments[0] == NEEDS_MEDIAPIPE else terminal.typed)(*arguments)
            wrong = expected.startswith("rehabgames: ")
            assert answer.code == (2 if wrong else 0), answer
            assert is_said(expected, answer.err if wrong else answer.out) == [], answer
            run.append(arguments[0])
    return run


def test_a_newcomer_makes_an_exercise_by_the_document_alone(terminal: Terminal, repository: Path) -> None:
    run = follow(terminal, repository / "docs" / PAPER, through_mediapipe=False)
    assert run == ["list", "new", *["check"] * 6, "list"]
    made = tomllib.loads((terminal.home / "exercises" / FILE).read_text("utf-8"))
    assert made["title"] == "Evening reach"
    assert list(made["axes"]) == ["distance", "size"]
    assert made["child"]["dose"] == {"repetitions": 12, "minutes": 4}
    assert terminal.files() == []


def test_a_virtual_patient_plays_what_the_newcomer_made(
    terminal: Terminal, repository: Path, models: dict[str, Path]
) -> None:
    run = follow(terminal, repository / "docs" / PAPER, through_mediapipe=True)
    assert run.count(NEEDS_MEDIAPIPE) == 1
    (session,) = terminal.sessions()
    assert session.exercise_id == "my_evening_reach"
    running = terminal.start("demo", "--exercise", "my_evening_reach", "--child", "--headless")
    terminal.wait_until_calibrating(running, number=2)
    running.terminate()  # the session says by then what it was begun with
    child = terminal.finish(running)
    assert (child.code, child.err) == (0, "")
    newest, before = terminal.sessions()
    titles = [each.start["exercise"]["title"] for each in (before, newest)]
    assert titles == ["Evening reach", "Apples before bedtime"]
    written = (terminal.home / "exercises" / FILE).read_bytes()
    assert newest.exercise_sha256 == hashlib.sha256(written).hexdigest()


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ('title = "B"\n', 'title = "B"\nlist = [\n  1,\n]\n\n[dose]\nminutes = 3  # short\n'),
        ("[dose]\nminutes = 9\n", 'title = "A"\nlist = [\n  1,\n]\n\n[dose]\nminutes = 9\n'),
        ("list = [2]\n", 'title = "A"\nlist = [2]\n\n[dose]\nminutes = 3  # short\n'),
        (
            "[dose]\nmost = 1\n",
            'title = "A"\nlist = [\n  1,\n]\n\n[dose]\nminutes = 3  # short\nmost = 1\n\n',
        ),
        (
            "[new.one]\nx = 1\n",
            'title = "A"\nlist = [\n  1,\n]\n\n[dose]\nminutes = 3  # short\n\n[new.one]\nx = 1\n',
        ),
    ],
)
def test_edits_are_done_as_a_person_would(edit: str, said: str) -> None:
    text = 'title = "A"\nlist = [\n  1,\n]\n\n[dose]\nminutes = 3  # short\n'
    assert edited(text, edit) == said


def test_what_is_not_answered_is_noticed() -> None:
    assert is_said("one … three\nfour", "one two  three\n and four") == []
    assert is_said("three … one", "one two three") == ["one"]
    assert is_said("five", "one two three") == ["five"]


@pytest.mark.parametrize("name", ["my_reach", "reach_quick"])
def test_an_exercise_is_judged_by_its_name_from_anywhere(terminal: Terminal, name: str) -> None:
    assert terminal.typed("new", "my_reach").code == 0
    answer = terminal.typed("check", name)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.endswith(f"{name}.toml: good\n")
    wrong = terminal.typed("check", "my_raech")
    assert wrong.code == 2
    assert wrong.message.startswith("my_raech: there is no such file.")


def test_a_file_here_is_meant_before_an_exercise_of_that_name(terminal: Terminal) -> None:
    (terminal.folder / "orchard_reach").write_text("title = 3\n", "utf-8")
    answer = terminal.typed("check", "orchard_reach")
    assert answer.code == 2
    assert answer.message.startswith("orchard_reach: ")
