"""The whole program goes on through what cameras and processes do, and misleads nobody (H9, H16)."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from faulty_play import Seen, play_with

from rehabgames.tracking.sources import Fault
from rehabgames.tracking.tracker import Tracker

pytestmark = [pytest.mark.camera, pytest.mark.timeout(180)]
FREEZE_S, PAUSE_S, BACK_S = 0.3, 1.0, 5.0
LOAD_S = 0.4  # what a busy machine may add to each of them


def goes_on(seen: Seen, fault: Fault, *, freezes_within_s: float = FREEZE_S) -> None:
    """It stands still in time, nothing is scored meanwhile, and it goes on by a countdown."""
    stopped_s = seen.first("paused", fault.from_s)
    assert stopped_s - fault.from_s <= freezes_within_s + LOAD_S
    on_s = seen.first("play", fault.to_s)
    assert on_s - fault.to_s <= BACK_S + LOAD_S
    held = [view for t_s, view in seen.views if stopped_s <= t_s < on_s]
    assert {view.phase for view in held} == {"paused"}
    assert {view.target for view in held} == {None}
    assert len({(view.count, view.score) for view in held}) == 1
    numbers = [view.countdown for view in held]
    assert list(dict.fromkeys(numbers))[-3:] == [3, 2, 1]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Seen, dict[str, Fault]]:
    faults = {
        "unplugged": Fault("unplugged", 1.0, 3.0),
        "frozen": Fault("frozen", 11.0, 13.0),
        "black": Fault("black", 20.0, 22.0),
    }
    return play_with(tuple(faults.values()), 29.0, tmp_path_factory.mktemp("faults")), faults


def test_h9_an_unplugged_camera_stops_the_play_and_it_goes_on_when_it_is_back(played) -> None:
    seen, faults = played
    goes_on(seen, faults["unplugged"])
    troubles = [each.body["what"] for each in seen.told("tracking_trouble")]
    assert any("gives no more pictures" in what for what in troubles)


def test_h9_a_frozen_picture_is_found_within_a_second(played) -> None:
    seen, faults = played
    goes_on(seen, faults["frozen"], freezes_within_s=PAUSE_S)
    told = [view.prompt for t_s, view in seen.views if 1.5 < t_s - faults["frozen"].from_s < 2.0]
    assert {each.id for each in told if each} == {"pause.tracker"}


def test_a_black_picture_is_nobody(played) -> None:
    seen, faults = played
    goes_on(seen, faults["black"], freezes_within_s=PAUSE_S)
    told = [view.prompt for t_s, view in seen.views if 1.5 < t_s - faults["black"].from_s < 2.0]
    # a dark room has noise: the very same black again and again is the camera
    assert {each.id for each in told if each} == {"pause.tracker"}


def test_the_difficulty_does_not_change_by_a_gap(played) -> None:
    seen, _ = played
    assert seen.closed == ("stopped", "watched")
    judged = [each for each in seen.trials if each.body["success"] is not None]
    assert judged
    for each in judged:
        assert each.body["success"] or each.body.get("reason") != "not_seen"


def test_it_is_recorded_when_each_target_was_on_the_screen_and_how_late_that_is(played) -> None:
    seen, _ = played
    early, last = (each.body["measured"] for each in seen.told("motion_to_photon"))
    assert 0 < early["pictures"] < last["pictures"]
    assert 0 < last["step_to_flip_ms"]["p50"] < last["capture_to_flip_ms"]["p50"] < 300
    for each in seen.trials:
        assert 0 < each.body["seen_s"] < each.t_s


def kill(tracker: Tracker) -> None:
    assert tracker.pid is not None
    os.kill(tracker.pid, signal.SIGKILL)


def stop(tracker: Tracker) -> None:
    assert tracker.pid is not None
    os.kill(tracker.pid, signal.SIGSTOP)


@pytest.mark.parametrize("harm", [kill, stop])
def test_h16_a_tracker_that_dies_or_hangs_is_replaced(harm, tmp_path: Path) -> None:
    seen = play_with((), 14.0, tmp_path, at={1.0: harm})
    goes_on(seen, Fault("hanging", 1.0, 1.0 + 4.0))
    assert len(seen.told("tracking_trouble")) == 1
    assert seen.closed == ("stopped", "watched")
