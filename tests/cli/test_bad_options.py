"""Names that do not exist and numbers that cannot be: one message that helps, before anything is done."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Terminal


@pytest.mark.parametrize(
    "command",
    [
        "demo --exercise orchard_rech --headless",
        "track no_such_video.mp4 --signal hand_hight.left",
        "demo --headless --seconds=nan",
        "play --camera 0 --video a.mp4",
        "demo --headless --json no_folder/numbers",
    ],
)
def test_a_process_of_its_own_says_what_is_said_here(terminal: Terminal, command: str) -> None:
    """The others of this file are typed without one."""
    alone, here = terminal(*command.split()), terminal.typed(*command.split())
    assert alone == here
    assert (alone.code, alone.out) == (2, "")


def test_what_no_command_understands_is_told_by_a_process_as_well(terminal: Terminal) -> None:
    alone, here = terminal("demo", "--side", "up"), terminal.typed("demo", "--side", "up")
    assert (alone.code, alone.out) == (here.code, here.out) == (2, "")
    assert alone.err.splitlines()[-3:] == here.err.splitlines()[-3:]
    assert "Traceback" not in alone.err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            "demo --exercise orchard_rech",
            "There is no exercise 'orchard_rech'. Did you mean 'orchard_reach'?",
        ),
        (
            "play orchard_rech --camera 97",
            "There is no exercise 'orchard_rech'. Did you mean 'orchard_reach'?",
        ),
        ("demo --exercise zzz", "There is no exercise 'zzz'. Choose one of: concert_taps, garden_catch, "),
        ("demo --exercise ../orchard_reach", "There is no exercise '../orchard_reach'."),
        ("demo --patient helthy", "There is no patient 'helthy'. Did you mean 'healthy'?"),
        ("play --patient tremmor", "There is no patient 'tremmor'. Did you mean 'tremor'?"),
        ("demo --look ofice", "There is no look 'ofice'. Did you mean 'office'?"),
        ("demo --look 99", "There is no look '99'. Choose one of: "),
        ("demo --look -1", "There is no look '-1'. Choose one of: "),
        ("demo --look ²", "There is no look '²'. Choose one of: "),
        ("new my_reach --like orchard_rech", "There is no exercise 'orchard_rech'. Did you mean"),
        ("report zzz", "There is no session in {home} yet. Play one: rehabgames demo"),
        ("report", "There is no session in {home} yet. Play one: rehabgames demo"),
    ],
)
def test_an_unknown_name_offers_the_nearest(terminal: Terminal, command: str, said: str) -> None:
    answer = terminal.typed(
        *command.split(), *(["--headless"] if command.startswith(("demo", "play")) else [])
    )
    assert answer.code == 2
    assert answer.message.startswith(said.format(home=terminal.home))
    assert len(answer.message.splitlines()) == 1
    assert terminal.files() == []
    assert terminal.sessions() == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            "--signal hand_hight.left",
            "There is no signal 'hand_hight.left'. Did you mean 'hand_height.left'?",
        ),
        ("--signal hip_height --signal nose", "There is no signal 'nose'. Choose one of: "),
        ("--signal hip_height.left", "There is no signal 'hip_height.left'. Did you mean "),
        ("--count knee_flexon", "There is no signal 'knee_flexon'. Did you mean 'knee_flexion'?"),
        ("--count hand_open.both", "There is no signal 'hand_open.both'. Did you mean "),
    ],
)
def test_an_unknown_signal_offers_the_nearest_before_the_video_is_opened(
    terminal: Terminal, options: str, said: str
) -> None:
    answer = terminal.typed("track", "no_such_video.mp4", *options.split())
    assert answer.code == 2
    assert answer.message.startswith(said)


@pytest.mark.parametrize(
    ("command", "seconds"),
    [
        *(("demo --headless", seconds) for seconds in ("0", "-1", "0.99", "nan", "inf", "1e9")),
        ("play --camera 97", "3600.5"),
    ],
)
def test_a_time_that_cannot_be_is_named(terminal: Terminal, command: str, seconds: str) -> None:
    answer = terminal.typed(*command.split(), f"--seconds={seconds}")
    assert answer.code == 2
    assert answer.message == f"--seconds {float(seconds):g} is not possible. Choose 1 to 3600."
    assert not terminal.home.exists()


@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("demo --seconds soon", "--seconds"),
        ("demo --seed -1", "--seed"),
        ("demo --seed 1.5", "--seed"),
        ("demo --side up", "--side"),
        ("play --camera -1", "--camera"),
        ("play --camera front", "--camera"),
        ("demo --no-such-option", "--no-such-option"),
        ("track", "VIDEO"),
        ("new", "ID"),
        ("dmeo", "dmeo"),
    ],
)
def test_what_no_command_understands_is_named(terminal: Terminal, command: str, option: str) -> None:
    answer = terminal.typed(*command.split())
    assert (answer.code, answer.out) == (2, "")
    assert "Traceback" not in answer.err
    assert answer.err.count("Error") == 1
    assert option.lower() in answer.err.split("Error")[1].lower()
    assert "--help" in answer.err
    assert not terminal.home.exists()


@pytest.mark.parametrize(
    "sources",
    [
        ("--camera", "0", "--video", "a.mp4"),
        ("--camera", "0", "--patient", "mild"),
        ("--video", "a.mp4", "--patient", "mild"),
    ],
)
def test_two_sources_exclude_each_other(terminal: Terminal, sources: tuple[str, ...]) -> None:
    answer = terminal.typed("play", *sources)
    assert answer.code == 2
    assert answer.message == "--camera, --video and --patient exclude each other. Name one of them."
    assert not terminal.home.exists()


def test_no_camera(terminal: Terminal) -> None:
    answer = terminal.typed("play", "--camera", "97", "--headless", "--json", "numbers.json")
    assert answer.code == 1
    assert answer.message.startswith("There is no camera 97.")
    assert "rehabgames demo" in answer.message
    assert terminal.sessions() == []
    assert terminal.files() == []


@pytest.mark.parametrize(
    ("command", "target"),
    [
        ("demo --headless --json", "no_folder/numbers"),
        ("demo --headless --json", "a_folder"),
        ("play --camera 97 --json", "a_file/numbers"),
        ("track a.mp4 --json", "no_folder/numbers"),
        ("track a.mp4 --csv", "no_folder/numbers"),
    ],
)
def test_a_file_that_cannot_be_written_is_told_before_the_work(
    terminal: Terminal, command: str, target: str
) -> None:
    (terminal.folder / "a_folder").mkdir()
    (terminal.folder / "a_file").touch()
    answer = terminal.typed(*command.split(), target)
    assert answer.code == 2
    assert answer.message.startswith(f"{Path(target)} cannot be written. Name a file in a folder")
    assert terminal.files() == ["a_file", "a_folder"]
    assert not terminal.home.exists()


def test_pictures_that_cannot_be_saved_begin_no_session(terminal: Terminal) -> None:
    (terminal.folder / "a_file").touch()
    answer = terminal.typed("demo", "--headless", "--pictures", "a_file/pictures")
    assert answer.code == 1
    assert "a_file" in answer.message
    assert answer.message.endswith("Name another folder.")
    assert terminal.sessions() == []
    assert terminal.files() == ["a_file"]
