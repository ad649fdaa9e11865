"""The whole program at home, with the real camera layer and its faults: whoever is alone never sees the
window vanish or a traceback, and goes on from the screen that says what does not work."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
from watched_home import ADA, PATIENT, STOP_S, Hand, at_home

from rehabgames.app.home import home as run_home
from rehabgames.app.play import Screen
from rehabgames.app.players import keep_player
from rehabgames.core.errors import CameraError, MachineError
from rehabgames.core.view import View
from rehabgames.records.folder import data_folder
from rehabgames.records.running import only_here
from rehabgames.records.store import DATABASE_NAME, Store
from rehabgames.tracking.sources import Fault, FaultySpec

pytestmark = [pytest.mark.camera, pytest.mark.timeout(240)]
LOAD_S = 0.4  # what a busy machine may add


def again_until_seen(at: str, view: View) -> str:
    """Tries again on every trouble, and ends it as soon as the camera is there, wherever the drawn patient
    has chosen to go meanwhile."""
    if at.startswith("trouble."):
        return "first"
    return "STOP" if view.picture_size[0] > 0 else ""


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("busy", "camera_busy"),
        pytest.param("none", "camera_none", marks=pytest.mark.endurance),
        pytest.param("denied", "camera_denied", marks=pytest.mark.endurance),
    ],
)
def test_a_camera_that_does_not_open_is_told_and_begun_again_from_the_screen(
    kind: Any, told: str, models: dict[str, Path], home: Path
) -> None:
    keep_player(ADA)
    hand = Hand(again_until_seen)
    been = at_home(hand, Fault(kind, 0.0, 6.0))
    assert f"trouble.{told}" in hand.screens
    assert "home" in hand.pictures
    assert been.over
    assert been.played.error is None


def test_h16_tracking_that_breaks_off_four_times_is_told_and_begun_again(
    models: dict[str, Path], home: Path
) -> None:
    """None of it is a new start of the program."""
    keep_player(ADA)
    killed: list[int] = []

    def does(at: str, view: View) -> str:
        """Wherever the drawn patient has chosen to go meanwhile."""
        if at == "trouble.tracker":
            return "first"
        if view.picture_size[0] == 0:
            return ""
        if "trouble.tracker" in hand.screens:
            return "STOP"
        children = [each for each in multiprocessing.active_children() if each.name == "rehabgames tracking"]
        if children and (pid := children[0].pid) is not None and pid not in killed:
            killed.append(pid)
            os.kill(pid, signal.SIGKILL)
        return ""

    hand = Hand(does)
    been = at_home(hand)
    assert len(killed) == 4
    assert hand.screens.count("trouble.tracker") == 1
    assert been.over


@pytest.mark.alone
def test_hazard_h10_stop_ends_it_at_once_on_the_screen_of_a_trouble(home: Path) -> None:
    keep_player(ADA)
    hand = Hand(lambda at, view: "STOP" if at.startswith("trouble.") else "")
    been = at_home(hand, Fault("denied", 0.0))
    assert hand.stops["trouble.camera_denied"] <= STOP_S + LOAD_S
    assert (hand.screens[-2:], been.over) == (["trouble.camera_denied", "bye"], True)
    assert any("not allowed to use camera" in note for note in been.notes)


def test_a_second_start_says_so_and_begins_no_camera(home: Path) -> None:
    keep_player(ADA)
    held = only_here(data_folder())
    assert held is not None
    hand = Hand(lambda at, view: "STOP" if at == "trouble.running" else "")
    began = len(multiprocessing.active_children())
    been = at_home(hand)
    assert hand.screens == ["trouble.running", "bye"]
    assert len(multiprocessing.active_children()) == began
    assert any("running already" in note for note in been.notes)
    held.release()


def test_a_fault_of_the_program_is_a_screen_too_and_twice_is_one_sentence(home: Path) -> None:
    keep_player(ADA)

    def does(at: str, view: View) -> str:
        if at == "home":
            raise ZeroDivisionError("division by zero")
        return "first"

    hand = Hand(does)
    with pytest.raises(MachineError, match="rehabgames broke: ZeroDivisionError"):
        at_home(hand, Fault("hanging", 0.0))
    assert hand.screens == ["home", "trouble.fault", "home"]


def test_what_could_not_be_saved_before_a_fault_is_saved_after_it(home: Path) -> None:
    """And it is not said meanwhile that all is saved. Another program holds the record."""
    keep_player(ADA)
    held: list[sqlite3.Connection] = []

    def does(at: str, view: View) -> str:
        if at == "looking" and not held:
            held.append(sqlite3.connect(data_folder() / DATABASE_NAME, isolation_level=None))
            held[0].execute("BEGIN IMMEDIATE")
            raise ZeroDivisionError("division by zero")
        if at.startswith("trouble."):
            held[0].execute("ROLLBACK")
            held[0].close()
        return "STOP" if held and at == "home" else "first"

    hand = Hand(does, reads_s=0.4)
    assert at_home(hand, Fault("hanging", 0.0)).over
    assert hand.screens[-3:] == ["trouble.other", "home", "bye"]
    with Store.open(data_folder()) as store:
        session = store.session("last")
    assert (session.status, session.reason) == ("failed", "fault")


def test_where_nobody_sees_the_screen_it_ends_with_one_sentence(home: Path) -> None:
    keep_player(ADA)
    began_s = time.monotonic()
    with pytest.raises(CameraError, match="not allowed to use camera 0"):
        home_without_a_window()
    assert time.monotonic() - began_s < 60


def home_without_a_window() -> None:
    run_home(FaultySpec(PATIENT, (Fault("denied", 0.0),), time.monotonic()), Screen(headless=True))
