"""A virtual patient or a video that never gets to play is not waited for without end; people are."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from rehabgames.app import patience
from rehabgames.app.calibrate import calibrate
from rehabgames.app.patience import CALIBRATING_S, LOOKING_S, impatient, patience_with
from rehabgames.app.play import Screen, play
from rehabgames.app.repertoire import library
from rehabgames.app.wiring import Request
from rehabgames.core.errors import UseError, VideoError
from rehabgames.core.protocol import MovementProtocol, ReachProtocol, RoomProtocol
from rehabgames.core.view import Phase
from rehabgames.records.store import Store
from rehabgames.testing import setup_for
from rehabgames.tracking.sources import VideoSpec, VirtualSpec, WebcamSpec

VIRTUAL, VIDEO = VirtualSpec("healthy"), VideoSpec(Path("a.mp4"), paced=True)
HIDDEN = Screen(headless=True, voice=False, size=(640, 360))


def test_looking_and_calibrating_are_waited_for_each() -> None:
    waiting = patience_with(VIRTUAL)
    assert waiting is not None
    assert waiting.lost("looking", playing=False, now_s=1000.0) == ""
    assert waiting.lost("looking", playing=False, now_s=999.9 + LOOKING_S) == ""
    begun_s = 1000.0 + LOOKING_S
    assert waiting.lost("rest", playing=False, now_s=begun_s) == ""
    assert waiting.lost("paused", playing=False, now_s=begun_s + CALIBRATING_S - 0.1) == ""
    assert waiting.lost("play", playing=True, now_s=begun_s + 2 * CALIBRATING_S) == ""
    assert waiting.lost("paused", playing=False, now_s=begun_s + CALIBRATING_S) == "not_calibrated"


def test_who_is_never_seen_is_given_up() -> None:
    waiting = patience_with(VIDEO)
    assert waiting is not None
    assert waiting.lost("looking", playing=False, now_s=5.0) == ""
    assert waiting.lost("looking", playing=False, now_s=5.0 + LOOKING_S) == "not_begun"


@pytest.mark.parametrize("phase", get_args(Phase))
def test_who_plays_is_never_given_up(phase: Phase) -> None:
    waiting = patience_with(VIRTUAL)
    assert waiting is not None
    for now_s in (0.0, 1e6):
        assert waiting.lost(phase, playing=True, now_s=now_s) == ""


def test_people_before_a_camera_are_waited_for() -> None:
    assert patience_with(WebcamSpec()) is None


def test_every_calibration_that_ships_has_the_time_it_asks_for() -> None:
    """Half of it, with every movement taken to its end; so each can be asked twice."""
    for protocol in library().protocols():
        asks = protocol.asks if isinstance(protocol, MovementProtocol | ReachProtocol) else ()
        longest_s = protocol.rest_s + sum(max(1, ask.times) * ask.timeout_s for ask in asks)
        if isinstance(protocol, ReachProtocol):
            longest_s += protocol.rest_s + len(protocol.directions_deg) * protocol.timeout_s
        if isinstance(protocol, RoomProtocol):
            longest_s += len(protocol.checks) * protocol.timeout_s
        assert 2 * longest_s < CALIBRATING_S, protocol.id


@pytest.mark.usefixtures("models")
@pytest.mark.parametrize(
    ("bound", "reason", "said"),
    [
        (
            "LOOKING_S",
            "not_begun",
            "The virtual patient was not seen as orchard_reach needs it for 0.2 seconds",
        ),
        ("CALIBRATING_S", "not_calibrated", "The virtual patient had not come to the end of the calibration"),
    ],
)
def test_a_session_that_does_not_get_to_play_is_stopped_told_and_saved(
    home: Path, monkeypatch: pytest.MonkeyPatch, bound: str, reason: str, said: str
) -> None:
    monkeypatch.setattr(patience, bound, 0.2)
    with pytest.raises(UseError) as caught:
        play(Request("orchard_reach", minutes=0.05), VIRTUAL, HIDDEN)
    assert caught.value.what.startswith(said)
    assert caught.value.what.endswith("; the session was stopped and is saved.")
    with Store.open(home) as store:
        (row,) = store.sessions()
    assert (row.status, row.reason) == ("stopped", reason)


@pytest.mark.usefixtures("models", "home")
def test_a_calibration_alone_is_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "LOOKING_S", 0.2)
    with pytest.raises(UseError, match="not seen as reach_quick needs it") as caught:
        calibrate("reach_quick", Request(), VIRTUAL, HIDDEN)
    assert caught.value.next_step.endswith("rehabgames check reach_quick")


def test_of_a_video_the_camera_is_told() -> None:
    error = impatient(setup_for("kitchen_grasp_close", 1), "not_begun", VIDEO)
    assert isinstance(error, VideoError)
    assert error.what.startswith("a.mp4 was not seen as kitchen_grasp_close needs it for 120 seconds;")
    assert "filmed as is needed here. Forearm on the table" in error.next_step
    assert impatient(setup_for("kitchen_grasp_close", 1), "key", VIDEO) is None
