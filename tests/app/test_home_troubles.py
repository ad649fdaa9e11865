"""The whole program at home, with the real camera layer and its faults: whoever is alone never sees the
window vanish or a traceback, and goes on from the screen that says what does not work."""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pygame
import pytest

from rehabgames.app.home import Been
from rehabgames.app.home import home as run_home
from rehabgames.app.play import Screen
from rehabgames.app.players import keep_player
from rehabgames.content.root import assets_folder
from rehabgames.core.errors import CameraError, MachineError
from rehabgames.core.player import AS_USUAL, Comfort, Player
from rehabgames.core.view import View
from rehabgames.records.folder import data_folder
from rehabgames.records.running import only_here
from rehabgames.stage.window import Stage
from rehabgames.tracking.sources import Fault, FaultySpec, VirtualSpec
from rehabgames.words import suited

pytestmark = [pytest.mark.alone, pytest.mark.camera, pytest.mark.timeout(240)]
ADA = Player("p-17", "Ada", "bird", affected="right", points="left")
PATIENT = VirtualSpec("mild")
STOP_S, LOAD_S = 0.2, 0.4  # and what a busy machine may add
READ_S = 2.2  # after which a screen was read, and a key is pressed: a camera that is missing is told by then


@dataclass
class Hand:
    """Somebody with one key and one finger on ESC. does: what is done on a screen that was read."""

    does: Callable[[str, View], str]
    screens: list[str] = field(default_factory=list)
    pictures: set[str] = field(default_factory=set)
    keys: list[int] = field(default_factory=list)
    shown_s: list[float] = field(default_factory=list)  # when each of the screens was first shown
    since_s: float = math.inf
    stopped_s: float = math.nan

    def look(self, view: View, now_s: float) -> None:
        at = view.phase if view.menu is None else view.menu.screen
        if view.menu is not None and at == "trouble":
            at = view.menu.title.id
        if not self.screens or self.screens[-1] != at:
            self.screens.append(at)
            self.shown_s.append(time.monotonic())
            self.since_s = now_s
        if view.picture_size[0] > 0:
            self.pictures.add(at)
        if now_s - self.since_s >= READ_S:
            self.since_s = now_s
            self._press(self.does(at, view), view)

    def _press(self, what: str, view: View) -> None:
        """STOP, or the one key: once where a choice is lit, else twice for the first one."""
        if what == "STOP":
            self.stopped_s = time.monotonic()
            self._post(pygame.K_ESCAPE)
        elif what == "first":
            self._post(pygame.K_SPACE)
            if view.menu is not None and not view.menu.lit:
                self._post(pygame.K_SPACE)

    @staticmethod
    def _post(key: int) -> None:
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, unicode="", mod=0))


class Watched(Stage):
    """The real stage, which shows somebody what it paints."""

    hand: Hand

    def paint(self, view: View, now_s: float, picture: Any = None, **how: Any) -> None:
        super().paint(view, now_s, picture, **how)
        self.hand.look(view, now_s)


@dataclass(frozen=True)
class Seen(Screen):
    """A window that is there, and somebody before it."""

    hand: Hand | None = None

    def stage(self, comfort: Comfort = AS_USUAL) -> Stage:
        stage = Watched(assets_folder(), suited, size=(640, 360), sound=False, comfort=comfort)
        assert self.hand is not None
        stage.hand = self.hand
        return stage


def at_home(hand: Hand, *faults: Fault) -> Been:
    return run_home(FaultySpec(PATIENT, faults, time.monotonic()), Seen(hand=hand))


def again_until_seen(at: str, view: View) -> str:
    """Tries again on every trouble, and ends at home as soon as the camera is."""
    if at.startswith("trouble."):
        return "first"
    return "STOP" if at == "home" and view.picture_size[0] > 0 else ""


@pytest.mark.parametrize(
    ("kind", "told"), [("none", "camera_none"), ("denied", "camera_denied"), ("busy", "camera_busy")]
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
        if at == "trouble.tracker":
            return "first"
        children = [each for each in multiprocessing.active_children() if each.name == "rehabgames tracking"]
        if at == "home" and view.picture_size[0] > 0 and "trouble.tracker" not in hand.screens and children:
            pid = children[0].pid
            if pid is not None and pid not in killed:
                killed.append(pid)
                os.kill(pid, signal.SIGKILL)
            return ""
        seen = view.menu is not None and view.menu.guidance is None  # it was read for long enough to be told
        return "STOP" if at == "home" and "trouble.tracker" in hand.screens and seen else ""

    hand = Hand(does)
    been = at_home(hand)
    assert len(killed) == 4
    assert hand.screens.count("trouble.tracker") == 1
    assert been.over


def test_hazard_h10_stop_ends_it_at_once_on_the_screen_of_a_trouble(home: Path) -> None:
    keep_player(ADA)
    hand = Hand(lambda at, view: "STOP" if at.startswith("trouble.") else "")
    been = at_home(hand, Fault("denied", 0.0))
    assert hand.shown_s[-1] - hand.stopped_s <= STOP_S + LOAD_S
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


def test_where_nobody_sees_the_screen_it_ends_with_one_sentence(home: Path) -> None:
    keep_player(ADA)
    began_s = time.monotonic()
    with pytest.raises(CameraError, match="not allowed to use camera 0"):
        home_without_a_window()
    assert time.monotonic() - began_s < 60


def home_without_a_window() -> None:
    run_home(FaultySpec(PATIENT, (Fault("denied", 0.0),), time.monotonic()), Screen(headless=True))
