"""`rehabgames play`, by a virtual patient and by a video in place of a camera."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from terminal import Terminal


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
        "dose",
    )
    (session,) = terminal.sessions()
    assert (session.id, session.seed, session.start["side"]) == (numbers["session_id"], 5, "left")
