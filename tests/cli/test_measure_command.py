"""`rehabgames measure` of a session and of a video, and of what is neither."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from one_demo import Demo
from terminal import Answer, Terminal

from rehabgames.core.measured import Validity
from rehabgames.records.rows import SessionRow
from rehabgames.records.store import Store
from rehabgames.session.chunks import unpack

VALID = {validity.name.lower() for validity in Validity}


def numbers_of(terminal: Terminal, answer: Answer, name: str) -> dict[str, Any]:
    assert (answer.code, answer.err) == (0, "")
    told: dict[str, Any] = json.loads((terminal.folder / name).read_text("utf-8"))
    for each in told["measures"]:
        assert each["validity"] in VALID
        assert (each["value"] is None) == (each["validity"] != "good"), each
        assert 0.0 <= each["coverage"] <= 1.0
        assert each["how"]["id"].startswith("how.")
    return told


def pictures_of(terminal: Terminal, session: SessionRow) -> tuple[list[float], float]:
    """When each picture was taken, and when it was confirmed who plays, on the camera's clock."""
    with Store.open(terminal.home) as store:
        t_s = [float(t_s) for chunk in store.landmarks(session.id) for t_s in unpack(chunk.payload).t_s]
        (confirmed,) = store.events(session.id, "confirmed")
    return t_s, session.start["clock_s"] + confirmed.t_s


def test_the_last_session(demo: Demo, tmp_path: Path) -> None:
    answer = demo.terminal("measure", "last", "--all", "--json", tmp_path / "measured.json")
    told = numbers_of(demo.terminal, answer, str(tmp_path / "measured.json"))
    played = json.loads(demo.numbers.read_text("utf-8"))
    assert told["what"] == played["session_id"]
    (session,) = demo.terminal.sessions()
    assert session.stop is not None
    t_s, confirmed_s = pictures_of(demo.terminal, session)
    assert len(set(t_s)) == session.stop["frames_seen"], "no two pictures have the same time"
    assert told["frames"] == sum(each >= confirmed_s for each in t_s) < len(t_s)
    found = {(each["name"], each["of"]): each for each in told["measures"]}
    assert {("sparc", "right"), ("movement_time", "right"), ("trunk_share", "right")} <= found.keys()
    assert not [of for name, of in found if name == "sparc" and of == "left"]
    assert found["reaches", "right"]["value"] > 0
    assert found["time_seen", ""]["value"] > 90
    reaction = found["reaction_time", "right"]
    assert reaction["validity"] != "no_latency", "the session says how late it is"
    assert reaction["how"]["params"]["origin"] == "delay.drawn"
    assert (told["baselines"], {each["validity"] for each in told["changes"]}) == (0, {"no_baseline"})
    for said in (told["what"], "Smoothness (SPARC)", "Not measured, and why:", "from the third session on"):
        assert said in answer.out


def test_a_latency_gives_reaction_times(demo: Demo, tmp_path: Path) -> None:
    answer = demo.terminal.typed("measure", "last", "--latency", "60", "--json", tmp_path / "measured.json")
    told = numbers_of(demo.terminal, answer, str(tmp_path / "measured.json"))
    (reaction,) = [each for each in told["measures"] if each["name"] == "reaction_time"]
    assert reaction["validity"] != "no_latency"
    assert (
        reaction["how"]["params"] | {"origin": "delay.given", "delay_ms": 60.0} == reaction["how"]["params"]
    )


@pytest.mark.camera
def test_a_video(terminal: Terminal, shared: Path) -> None:
    clip = shared / "video" / "asl_E_plaid.mp4"
    if not clip.is_file():
        pytest.skip(f"There is no {clip}.")
    answer = terminal("measure", clip, "--json", "measured.json")
    told = numbers_of(terminal, answer, "measured.json")
    assert (told["what"], told["frames"]) == (clip.name, 96)
    assert told["seconds"] == pytest.approx(95 / 30, abs=0.02)
    found = {(each["name"], each["of"]): each for each in told["measures"]}
    assert found["time_seen", ""]["value"] == pytest.approx(100)
    assert {of for name, of in found if name == "reaches"} <= {"left", "right"}
    # the legs are not in the picture of somebody who signs at a desk
    assert found["range_of_motion", "knee_flexion.left"]["value"] is None
    assert found["step_count", "knee_lift"]["value"] is None
    assert not terminal.home.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("none.mp4", "There is no file {folder}/none.mp4."),
        ("folder.mp4", "{folder}/folder.mp4 is a folder."),
        ("folder", "There is no session in {home} yet."),
        ("empty", "{folder}/empty is empty."),
        ("last --latency 1001", "--latency 1001 is not possible. Choose 0 to 1000 ms."),
        ("last --json none/numbers.json", "none/numbers.json cannot be written."),
    ],
)
def test_what_cannot_be_measured_is_said_in_one_sentence(
    terminal: Terminal, arguments: str, said: str
) -> None:
    for name in ("folder", "folder.mp4"):
        (terminal.folder / name).mkdir()
    (terminal.folder / "empty").touch()
    before = terminal.files()
    answer = terminal.typed("measure", *arguments.split())
    assert answer.code == 2
    assert answer.message.startswith(said.format(folder=terminal.folder, home=terminal.home))
    assert len(answer.message.splitlines()) == 1
    assert terminal.files() == before


def test_a_session_that_does_not_exist_offers_the_nearest(demo: Demo) -> None:
    session = json.loads(demo.numbers.read_text("utf-8"))["session_id"]
    answer = demo.terminal.typed("measure", session[:-1] + "x")
    assert answer.code == 2
    assert answer.message == f"There is no session '{session[:-1]}x'. Did you mean '{session}'?"


@pytest.mark.camera
def test_a_video_of_nobody(terminal: Terminal, models: dict[str, Path]) -> None:
    import cv2  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    writer = cv2.VideoWriter(
        str(terminal.folder / "wall.mp4"), cv2.VideoWriter.fourcc(*"mp4v"), 30, (320, 240)
    )
    for _ in range(10):
        writer.write(np.full((240, 320, 3), 160, np.uint8))
    writer.release()
    answer = terminal("measure", "wall.mp4", "--json", "measured.json")
    assert answer.code == 2
    assert answer.message.startswith("Nobody is seen in wall.mp4. ")
    assert terminal.files() == ["wall.mp4"]
