"""`rehabgames play`, by a virtual patient and by a video in place of a camera."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest
from terminal import Terminal

from rehabgames.tracking.sources import VirtualSpec
from rehabgames.tracking.virtual import VirtualCamera


def test_a_video_plays_to_its_end(terminal: Terminal, shared: Path) -> None:
    clip = shared / "video" / "asl_E_plaid.mp4"
    answer = terminal("play", "--video", clip, "--headless", "--json", "numbers.json")
    assert (answer.code, answer.err) == (0, "")
    numbers = json.loads((terminal.folder / "numbers.json").read_text("utf-8"))
    assert (numbers["patient"], numbers["closed_as"], numbers["reason"]) == ("patient", "stopped", "source")
    assert 0 < numbers["frames_tracked"] <= numbers["frames_seen"] <= 96
    assert Path(numbers["report"]).is_file()
    (session,) = terminal.sessions()
    assert (session.status, session.reason) == ("stopped", "source")
    assert session.start["source"] == "video asl_E_plaid.mp4"


@pytest.mark.endurance
def test_a_virtual_patient_plays(terminal: Terminal, models: dict[str, Path]) -> None:
    answer = terminal(
        *("play", "orchard_reach", "--patient", "mild", "--side", "left", "--seed", "5"),
        *("--seconds", "1", "--headless", "--json", "numbers.json"),
    )
    assert (answer.code, answer.err) == (0, "")
    numbers = json.loads((terminal.folder / "numbers.json").read_text("utf-8"))
    assert (numbers["patient"], numbers["closed_as"], numbers["reason"]) == (
        "virtual-mild",
        "completed",
        "time",
    )
    (session,) = terminal.sessions()
    assert (session.id, session.seed, session.start["side"]) == (numbers["session_id"], 5, "left")


@pytest.mark.endurance
def test_a_film_without_feet_ends_with_one_sentence(terminal: Terminal, models: dict[str, Path]) -> None:
    """Through the real network: a standing figure so near that its feet are beside the picture."""
    film = terminal.folder / "near.avi"
    camera = VirtualCamera(VirtualSpec("healthy", "right", seed=1, look="near", fps=10.0))
    writer = cv2.VideoWriter(str(film), cv2.VideoWriter.fourcc(*"MJPG"), 10.0, camera.size)
    for i in range(1500):
        writer.write(camera.picture_at(i / 10, None).bgr)
    writer.release()
    answer = terminal("play", "river_steer_standing", "--video", film, "--headless")
    assert answer.code == 2
    assert answer.err.startswith("rehabgames: river_steer_standing was not played: its calibration did ")
    (session,) = terminal.sessions()
    assert (session.status, session.reason) == ("stopped", "no_range")
