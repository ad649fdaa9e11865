"""Somebody at home before the whole program, in real time and with the real camera layer: one key and one
finger on ESC, and eyes that note which screens there were."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pygame

from rehabgames.app.home import Been
from rehabgames.app.home import home as run_home
from rehabgames.app.play import Screen
from rehabgames.content.root import assets_folder
from rehabgames.core.player import AS_USUAL, Comfort, Player
from rehabgames.core.view import View
from rehabgames.stage.window import Stage
from rehabgames.tracking.sources import Fault, FaultySpec, VirtualSpec
from rehabgames.words import suited

ADA = Player("p-17", "Ada", "bird", affected="right", points="left")
PATIENT = VirtualSpec("mild")
STOP_S = 0.2  # from the key to the screen that follows
READ_S = 2.2  # after which a screen was read, and a key is pressed: a camera that is missing is told by then


@dataclass
class Hand:
    """Somebody with one key and one finger on ESC. does: what is done on a screen that was read, which takes
    reads_s."""

    does: Callable[[str, View], str]
    screens: list[str] = field(default_factory=list)
    pictures: set[str] = field(default_factory=set)
    stops: dict[str, float] = field(default_factory=dict)  # longest, from ESC to the next screen, s
    reads_s: float = READ_S
    since_s: float = math.inf
    stopped_s: float = math.nan

    def look(self, view: View, now_s: float) -> None:
        at = view.phase if view.menu is None else view.menu.screen
        if view.menu is not None and at == "trouble":
            at = view.menu.title.id
        if not self.screens or self.screens[-1] != at:
            if not math.isnan(self.stopped_s):
                took_s, before = time.monotonic() - self.stopped_s, self.screens[-1]
                self.stops[before] = max(took_s, self.stops.get(before, 0.0))
                self.stopped_s = math.nan
            self.screens.append(at)
            self.since_s = now_s
        if view.picture_size[0] > 0:
            self.pictures.add(at)
        if now_s - self.since_s >= self.reads_s:
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
