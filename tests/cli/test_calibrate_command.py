"""`rehabgames calibrate`, by a virtual patient, and what is asked of it that cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from terminal import Terminal

from rehabgames.app.repertoire import library


@pytest.mark.camera
def test_a_virtual_patient_passes_the_room_check(terminal: Terminal, models: dict[str, Path]) -> None:
    answer = terminal(
        "calibrate", "room_check", "--patient", "healthy", "--headless", "--json", "numbers.json"
    )
    assert (answer.code, answer.err) == (0, "")
    told = json.loads((terminal.folder / "numbers.json").read_text("utf-8"))
    assert set(told) == {"session_id", "rechecked", "profile"}
    assert told["rechecked"] is False
    profile = told["profile"]
    assert (profile["protocol"], profile["side"], profile["version"]) == ("room_check", "right", 1)
    assert profile["refused"] == {}
    assert profile["made_utc"]
    (session,) = terminal.sessions()
    assert (session.id, session.patient) == (told["session_id"], "virtual-healthy")
    assert (session.status, session.reason, session.exercise_id) == ("completed", "calibrated", None)
    assert told["session_id"] in answer.out
    assert "Not found" not in answer.out


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("room_chek", "There is no calibration protocol 'room_chek'. Did you mean 'room_check'?"),
        ("room_check --patient helthy", "There is no patient 'helthy'. Did you mean 'healthy'?"),
        ("room_check --camera 0 --patient mild", "--camera, --video and --patient exclude each other."),
        ("room_check --video x.mp4", "There is no file {folder}/x.mp4."),
        ("room_check --patient mild --json none/numbers.json", "none/numbers.json cannot be written."),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(terminal: Terminal, command: str, said: str) -> None:
    answer = terminal.typed("calibrate", *command.split(), "--headless")
    assert answer.code == 2
    assert answer.message.startswith(said.format(folder=terminal.folder))
    assert len(answer.message.splitlines()) == 1
    assert terminal.files() == []
    assert terminal.sessions() == []


def test_every_protocol_is_listed(terminal: Terminal) -> None:
    answer = terminal.typed("list", "--protocols")
    assert (answer.code, answer.err) == (0, "")
    protocols = library().protocols()
    assert {"reach_quick", "room_check", "sit_to_stand"} <= {each.id for each in protocols}
    for each in protocols:
        (line,) = [line for line in answer.out.splitlines() if line.split()[:1] == [each.id]]
        assert each.title in line
        assert f" {each.posture} " in line
    assert "orchard_reach" not in answer.out


def test_what_is_done_standing_is_locked_until_a_plan_and_a_support_allow_it(terminal: Terminal) -> None:
    locked = terminal.typed("calibrate", "stepping", "--headless", "--support")
    assert locked.code == 2
    assert "stepping is done standing, which is locked for patient." in locked.message
    made = ("--by", "A. Meier", "--reason", "stands safely at the rail")
    assert terminal.typed("plan", "new").code == 0
    assert terminal.typed("plan", "set", "limits.standing", "true", *made).code == 0
    alone = terminal.typed("calibrate", "stepping", "--headless")
    assert alone.code == 2
    assert "something to hold on to in reach" in alone.message
    assert "--support" in alone.message
    assert terminal.sessions() == []
