"""One demo as a newcomer starts it: what it says, writes and leaves."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import cv2
import pytest
from one_demo import Demo

from rehabgames.records.store import Store
from rehabgames.session.chunks import unpack

WHOLE = ("trials", "successes", "frames_tracked", "frames_seen", "rendered")
TEXT = ("exercise", "patient", "session_id", "database", "report", "closed_as", "reason")
# matplotlib keeps the list of the system's fonts; nothing else may be written beside the data folder
OF_MATPLOTLIB = {".cache", ".cache/matplotlib", ".config", ".config/matplotlib"}


@pytest.fixture
def numbers(demo: Demo) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(demo.numbers.read_text("utf-8"))
    return found


def test_it_ends_well_and_says_the_numbers_and_where_the_report_is(
    demo: Demo, numbers: dict[str, Any]
) -> None:
    assert demo.answer.code == 0
    said = demo.answer.out
    for word in ("Trials", "Body found", "Tracked", "Painted", "Closed as"):
        assert word in said
    assert numbers["report"] in said
    assert numbers["database"] in said
    assert numbers["session_id"] in said
    assert f"{numbers['trials']}, of these {numbers['successes']} succeeded" in said


def test_without_a_display_it_says_so_and_goes_headless(demo: Demo) -> None:
    first = demo.answer.out.splitlines()[0]
    assert "no display" in first
    assert "--headless" in first


def test_nothing_is_warned_about(demo: Demo) -> None:
    """Run with every ResourceWarning an error; those are told on stderr."""
    assert demo.answer.err == ""


def test_the_numbers_are_all_there_and_agree(demo: Demo, numbers: dict[str, Any]) -> None:
    assert all(type(numbers[key]) is int and numbers[key] >= 0 for key in WHOLE)
    assert all(type(numbers[key]) is str and numbers[key] for key in TEXT)
    assert all(type(numbers[key]) is float for key in ("tracked_fps", "render_fps", "seconds"))
    flip = numbers["capture_to_flip_ms"]
    assert set(flip) == {"p50", "p95", "p99"}
    assert 0 < flip["p50"] <= flip["p95"] <= flip["p99"]
    assert (numbers["exercise"], numbers["patient"]) == ("orchard_reach", "virtual-healthy")
    assert (numbers["closed_as"], numbers["reason"]) == ("completed", "time")
    assert numbers["successes"] <= numbers["trials"]
    assert 0 < numbers["frames_tracked"] <= numbers["frames_seen"]
    assert Path(numbers["database"]) == demo.terminal.home / "rehabgames.db"
    assert Path(numbers["report"]).parent == demo.terminal.home / "reports"
    assert numbers["seconds"] > 6
    assert numbers["render_fps"] == pytest.approx(numbers["rendered"] / numbers["seconds"], rel=0.02)


def test_a_healthy_patient_picks_fruit(numbers: dict[str, Any]) -> None:
    assert numbers["successes"] >= 1


def test_the_record_holds_what_was_said(demo: Demo, numbers: dict[str, Any]) -> None:
    with Store.open(demo.terminal.home) as store:
        (session,) = store.sessions()
        trials = store.trials(session.id)
        chunks = store.landmarks(session.id)
        profile = store.profile(session.id)
    assert session.id == numbers["session_id"]
    assert (session.status, session.reason) == ("completed", "time")
    assert (session.patient, session.exercise_id) == ("virtual-healthy", "orchard_reach")
    assert len(trials) == numbers["trials"]
    assert sum(trial.success is True for trial in trials) == numbers["successes"]
    assert session.stop is not None
    assert session.stop["trials"] == numbers["trials"]
    assert session.start["source"].startswith("virtual healthy")
    assert {"rehabgames", "python", "mediapipe", "numpy"} <= session.start["versions"].keys()
    assert profile is not None
    assert sum(len(unpack(chunk.payload)) for chunk in chunks) == session.stop["frames_seen"]
    assert session.stop["frames_seen"] <= numbers["frames_seen"]


def test_the_virtual_patient_was_confirmed_by_the_raised_hand(demo: Demo, numbers: dict[str, Any]) -> None:
    with Store.open(demo.terminal.home) as store:
        events = store.events(numbers["session_id"])
    (told,) = [event for event in events if event.name == "confirmed"]
    assert (told.body["how"], told.body["hand"], told.body["wrong"]) == ("hand", "left", 0)
    assert told is min(events, key=lambda event: event.t_s)
    assert not [event for event in events if event.body.get("reason") in ("company", "other_person")]


def test_the_report_shows_every_trial(demo: Demo, numbers: dict[str, Any]) -> None:
    page = Path(numbers["report"]).read_text("utf-8")
    with Store.open(demo.terminal.home) as store:
        numbered = {trial.trial for trial in store.trials(numbers["session_id"])}
    assert numbered
    assert {int(n) for n in re.findall(r'id="trial-(\d+)"', page)} == numbered
    assert numbers["session_id"] in page


def test_pictures_of_the_game_are_saved(demo: Demo) -> None:
    saved = sorted(demo.pictures.iterdir())
    assert all(re.fullmatch(r"\d\d-[a-z_-]+\.png", path.name) for path in saved)
    pictures = [cv2.imread(str(path)) for path in saved]
    assert all(picture.shape == (720, 1280, 3) and picture.std() > 10 for picture in pictures)
    phases = {path.stem.split("-")[1] for path in saved}
    assert {"rest", "calibrate", "play"} <= phases


def test_nothing_is_written_elsewhere(demo: Demo, numbers: dict[str, Any]) -> None:
    outside = {str(path.relative_to(demo.user)) for path in demo.user.rglob("*")}
    assert {name for name in outside - OF_MATPLOTLIB if "fontlist" not in name} == set()
    assert list(demo.temporary.rglob("*")) == []
    assert {path.split("/")[0] for path in demo.terminal.files()} == {"numbers.json", "pictures"}
    report = f"reports/{numbers['session_id']}.html"
    assert demo.home == ["rehabgames.db", "reports", report, "running"]


def test_no_shared_memory_is_left(demo: Demo) -> None:
    assert demo.shared_memory == []
