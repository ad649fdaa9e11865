"""Commands beside playing: what they write, and one plain sentence for whatever is said wrongly."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from terminal import Terminal

import rehabgames

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="entries of Linux desktops")


def test_the_version_is_told(terminal: Terminal) -> None:
    answer = terminal.typed("--version")
    assert (answer.code, answer.out, answer.err) == (0, f"rehabgames {rehabgames.__version__}\n", "")


def test_a_reminder_is_written_for_its_owner_alone(terminal: Terminal) -> None:
    answer = terminal.typed("remind", "--at", "9:30", "--days", "we,mo", "--out", "practice.ics")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == "practice.ics: 09:30, mo, we. Open it with a calendar.\n"
    path = terminal.folder / "practice.ics"
    content = path.read_bytes()
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"\r\nEND:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert b"RRULE:FREQ=WEEKLY;BYDAY=MO,WE\r\n" in content
    assert path.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
    assert not terminal.home.exists()


def test_a_message_is_left_and_listed_by_a_process_of_its_own(terminal: Terminal) -> None:
    left = terminal("message", "My shoulder is sore,\nbut it went well.")
    assert (left.code, left.out, left.err) == (0, "Your message for your therapist is kept.\n", "")
    assert terminal.typed("message", "--helper", "She slept badly.").code == 0
    listed = terminal("message", "--list")
    assert (listed.code, listed.err) == (0, "")
    lines = listed.out.splitlines()
    assert lines[1::2] == ["  My shoulder is sore, but it went well.", "  She slept badly."]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d  patient, by the patient", lines[0])
    assert lines[2].endswith("  patient, by the helper")


def test_where_no_message_was_left_that_is_said(terminal: Terminal) -> None:
    answer = terminal.typed("message", "--list")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("There is no message. ")


def test_nobody_is_told_where_nobody_plays(terminal: Terminal) -> None:
    answer = terminal.typed("notice")
    assert (answer.code, answer.out, answer.err) == (0, "There is nobody to be told now.\n", "")
    assert not terminal.home.exists()


@LINUX
def test_the_desktop_has_it_and_has_it_no_more(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("data", "config"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path / name))
    put = terminal.typed("install-desktop", "--at-login")
    assert (put.code, put.err) == (0, "")
    paths = [Path(line.removesuffix(": written")) for line in put.out.splitlines()]
    assert len(paths) == 3
    assert all(path.is_file() for path in paths)
    gone = terminal.typed("install-desktop", "--remove")
    assert (gone.code, gone.err) == (0, "")
    assert sorted(gone.out.splitlines()) == sorted(f"{path}: removed" for path in paths)
    assert terminal.typed("install-desktop", "--remove").out == "There was nothing to remove.\n"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["remind", "--at", "25:00", "--out", "a.ics"], "'25:00' is no time of day."),
        (["remind", "--at", "9:00", "--days", "mon", "--out", "a.ics"], "There is no day 'mon'."),
        (["remind", "--at", "9:00", "--out", "no/a.ics"], "no/a.ics cannot be written."),
        (["remind", "--at", "9:00", "--out", "a.ics", "--player", "p-1"], "There is no player 'p-1'."),
        (["remind", "--at", "9:00", "--out", "a.ics", "--title", "x" * 90], "--title must be text"),
        (["message"], "Give a message or --list, one of the two."),
        (["message", "--list", "Good day"], "Give a message or --list, one of the two."),
        (["message", " \t"], "The message says nothing."),
        (["message", "x" * 1001], "The message has 1001 characters, and 1000 can be kept."),
        (["message", "Good day", "--player", "../x"], "'../x' cannot be the name of a patient."),
        (["message", "--list", "--player", "p-1"], "There is no player 'p-1'."),
        (["install-desktop", "--at-login", "--remove"], "--at-login and --remove exclude each other."),
        (["update"], "Nothing was asked."),
        (["update", "--check", "--index", "http://192.0.2.1/"], "'http://192.0.2.1/' is no address"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_nothing_is_left(
    terminal: Terminal, command: list[str], said: str
) -> None:
    answer = terminal.typed(*command)
    assert answer.code == 2
    assert answer.message.startswith(said)
    assert terminal.files() == []
    assert not terminal.home.exists()
