"""`rehabgames plan`: configured, judged and shown in a terminal; bad input is one message and exit code 2."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from helped import helped
from mounts import fill, mounted
from terminal import Terminal

from rehabgames.app.plan import new_plan


def contents(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_help_of_plan_imports_nothing_heavy() -> None:
    names = ("show", "new", "set", "check")
    for name, (code, said, imported) in zip(names, helped(*(("plan", n) for n in names)), strict=True):
        assert (name, code) == (name, 0)
        assert f"Usage: rehabgames plan {name}" in said
        assert imported in ([], ["pydantic"]), name


@pytest.fixture
def planned(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal whose home holds a first plan."""
    with monkeypatch.context() as patch:
        patch.setenv("REHABGAMES_HOME", str(terminal.home))
        new_plan("patient", "orchard_reach", "left")
    return terminal


def test_a_plan_from_its_beginning(terminal: Terminal) -> None:
    shown = terminal.typed("plan", "show")
    assert (shown.code, shown.err) == (0, "")
    assert "no plan for patient, so the defaults hold" in shown.out
    assert "Arm lifted to the working side  at most 90 degrees" in shown.out
    assert not terminal.home.exists()
    path = terminal.home / "plans" / "patient.toml"
    made = terminal.typed("plan", "new", "--exercise", "orchard_reach", "--side", "left")
    assert (made.code, made.err) == (0, "")
    assert made.out.splitlines() == [str(path), f"Edit it, then: rehabgames plan check {path}"]
    arguments = ("limits.shoulder_elevation_deg", "70", "exercise.orchard_reach.target_success", "0.8")
    changed = terminal.typed("plan", "set", *arguments)
    assert (changed.code, changed.err) == (0, "")
    assert changed.out == f"{path}: version 2 holds from the next session on\n"
    path.write_text(path.read_text("utf-8").replace("# sets = 1", "sets = 2"), "utf-8")
    checked = terminal.typed("plan", "check")
    assert (checked.code, checked.out) == (0, f"{path}: good, kept as version 3\n")
    told = json.loads(terminal.typed("plan", "show", "--json").out)
    assert (told["version"], told["limits"]["shoulder_elevation_deg"]) == (3, 70)
    assert (told["prescriptions"][0]["target_success"], told["prescriptions"][0]["sets"]) == (0.8, 2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("set", "limits.reach"), "'limits.reach' has no value. Give pairs: rehabgames plan set KEY VALUE"),
        (
            ("set", "limits.reach", "nan"),
            "limits.reach must be a finite number, got nan. Nothing was changed.",
        ),
        (
            ("set", "limits.reach", "9"),
            "limits.reach: must be 0.15..1.5, got 9. Nothing was changed; give an",
        ),
        (("set", "limits.reech", "1"), "A plan has no key 'limits.reech'. Did you mean 'limits.reach'?"),
        (
            ("set", "limits.pain_stop", "10"),
            (
                "10 is looser than the default 8, which needs a reason and a name. "
                "Nothing was changed; give --reason TEXT and --by NAME."
            ),
        ),
        (
            ("set", "limits.pain_stop", "10", "--by", "Anna"),
            "10 is looser than the default 8, which needs a reason. Nothing was changed; give --reason TEXT.",
        ),
        (
            ("set", "limits.pain_stop", "10", "--reason", "so"),
            "10 is looser than the default 8, which needs a name. Nothing was changed; give --by NAME.",
        ),
        (
            ("set", "limits.reach", "-1"),
            "limits.reach: must be 0.15..1.5, got -1. Nothing was changed; give another value.",
        ),
        (("set", "limits.reach", "0.8", "--reson", "x"), "no option '--reson'. Did you mean '--reason'?"),
        (("set",), "No key is named. Give pairs: rehabgames plan set KEY VALUE"),
        (("new",), "There is a plan already, "),
        (("show", "--patient", "../x"), "'../x' cannot be the name of a patient. Use 1 to 60"),
        (("check", "."), ".: is a folder, a TOML file is needed."),
    ],
)
def test_bad_input_is_told_and_changes_nothing(
    planned: Terminal, arguments: tuple[str, ...], said: str
) -> None:
    before = contents(planned.home)
    answer = planned.typed("plan", *arguments)
    assert answer.code == 2
    assert said in answer.message
    assert contents(planned.home) == before


@pytest.mark.parametrize("command", ["show", "check"])
def test_a_broken_plan_is_told(terminal: Terminal, command: str) -> None:
    path = terminal.home / "plans" / "patient.toml"
    path.parent.mkdir(parents=True)
    path.write_text("limit = 1\n[limits]\nminutes_day = inf\n", "utf-8")
    answer = terminal.typed("plan", command)
    assert answer.code == 2
    assert "limits.minutes_day: must be a finite number, got inf" in answer.message
    assert answer.message.endswith(f"Correct it, then try: rehabgames plan check {path}")
    assert list(contents(terminal.home)) == ["patient.toml"]


def test_processes_at_once_lose_nothing(planned: Terminal) -> None:
    changes = {"reach": 0.9, "hold_s": 3.0, "speed": 1.0}
    children = [planned.start("plan", "set", f"limits.{name}", value) for name, value in changes.items()]
    answers = [planned.finish(child) for child in children]
    assert [answer.code for answer in answers] == [0, 0, 0]
    told = json.loads(planned("plan", "show", "--json").out)
    assert {name: told["limits"][name] for name in changes} == changes
    assert (told["version"], told["kept"]) == (4, True)
    children = [planned.start("plan", "new", "--patient", "anna") for _ in range(2)]
    assert sorted(planned.finish(child).code for child in children) == [0, 2]


def test_a_read_only_folder_keeps_its_plan(planned: Terminal, small_disk: Path) -> None:
    home = small_disk / "home"
    shutil.copytree(planned.home, home)
    before = contents(home)
    assert mounted("-o", "remount,ro", str(small_disk))
    answer = planned.typed("plan", "set", "limits.reach", "1", REHABGAMES_HOME=str(home))
    assert answer.code == 1
    assert "read-only file system" in answer.message.lower()
    assert answer.message.endswith("Set REHABGAMES_HOME to a folder that you may write to.")
    assert contents(home) == before
    shown = planned.typed("plan", "show", REHABGAMES_HOME=str(home))
    assert (shown.code, shown.err) == (0, "")
    assert "Version  1, made " in shown.out


def test_a_full_disk_keeps_its_plan(planned: Terminal, small_disk: Path) -> None:
    home = small_disk / "home"
    shutil.copytree(planned.home, home)
    before = contents(home)
    fill(small_disk)
    answer = planned.typed("plan", "set", "limits.reach", "1", REHABGAMES_HOME=str(home))
    assert answer.code == 1
    assert "full" in answer.message
    assert contents(home) == before


def test_a_session_has_the_plan_of_whoever_is_named_and_the_arm_that_it_prescribes(
    terminal: Terminal, models: dict[str, Path]
) -> None:
    one = ("--patient", "virtual-healthy")
    assert terminal.typed("plan", "new", *one, "--exercise", "orchard_reach", "--side", "left").code == 0
    assert terminal.typed("plan", "set", "limits.reach", "0.7", *one).code == 0
    play = ("play", "--headless", "--seconds", "4")
    child = terminal.start(*play, "--patient", "healthy")
    terminal.wait_until_calibrating(child)
    child.terminate()  # the session says by then what it was begun with
    assert terminal.finish(child).code == 0
    (session,) = terminal.sessions()
    assert (session.patient, session.start["side"]) == ("virtual-healthy", "left")
    assert session.start["limits"]["reach"] == 0.7
    for wrong, said in (
        (("--patient", "healthy", "--who", "ana"), "does not play in somebody's name"),
        (("--who", "Ana M."), "cannot be the name of a patient"),
    ):
        answer = terminal.typed(*play, *wrong)
        assert answer.code == 2
        assert said in answer.message
    assert "lies ahead" in terminal.typed("plan", "set", "onset", "2126-01-01", *one).message


def test_an_empty_plan_stops_play_instead_of_letting_every_limit_go(terminal: Terminal) -> None:
    assert terminal.typed("plan", "new").code == 0
    path = next(each for each in terminal.home.rglob("patient.toml"))
    path.write_text("", "utf-8")
    for command in (("plan", "check"), ("plan", "show"), ("play", "--headless")):
        answer = terminal.typed(*command)
        assert answer.code == 2
        assert "is empty" in answer.message
