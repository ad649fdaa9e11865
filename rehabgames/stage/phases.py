"""What covers the scene when nothing is being reached for: come in, pause, saving, done."""

from __future__ import annotations

import math

import pygame

from rehabgames.core.view import Phase, View
from rehabgames.stage.board import counts
from rehabgames.stage.carved import plate
from rehabgames.stage.easel import Easel
from rehabgames.stage.motion import approach, ease
from rehabgames.stage.palette import CREAM, INK
from rehabgames.stage.place import Place
from rehabgames.stage.targets import paint_sign

_VEIL: dict[Phase, float] = {"paused": 1.0, "saving": 0.5}
_FADE_S = 1.0  # below 4 Hz the veil may come and go; faster changes hardly move it (hazard H6)


class Phases:
    """The veil comes and goes slowly, however often the phase changes."""

    def __init__(self) -> None:
        self._veil = 0.0
        self._last_s: float | None = None
        self._phase: Phase | None = None
        self._since_s = 0.0
        self._changed = False
        self._cloth: pygame.Surface | None = None

    def step(self, view: View, now_s: float) -> float:
        """How far the veil is drawn, 0..1."""
        goal = _VEIL.get(view.phase, 0.0)
        if self._last_s is None:
            self._veil = goal
        else:
            self._veil = approach(self._veil, goal, now_s - self._last_s, _FADE_S)
        self._last_s = now_s
        if view.phase != self._phase:
            self._changed = self._phase is not None
            self._phase, self._since_s = view.phase, now_s
        return self._veil

    def veil(self, easel: Easel) -> None:
        """Dims what is painted so far, a little bluer than grey."""
        k = ease(self._veil)
        if k > 0.01:
            if self._cloth is None or self._cloth.get_size() != easel.canvas.get_size():
                self._cloth = pygame.Surface(easel.canvas.get_size()).convert()
                self._cloth.fill("#1b3440")
            self._cloth.set_alpha(round(150 * k))
            easel.canvas.blit(self._cloth, (0, 0))

    def paint(self, easel: Easel, view: View, place: Place) -> None:
        if view.guide is not None and view.phase in ("looking", "paused"):
            return  # it shows what is to be done
        left, top, width, height = easel.layout.play
        middle = (left + width / 2, top + height * 0.46)
        shown = ease(self._veil / _VEIL.get(view.phase, 1.0))
        if view.phase == "paused" and view.countdown:
            self._number(easel, view.countdown, middle, shown)
        elif view.phase == "paused":
            easel.stamp(easel.sprite("signs/paused", easel.px(220), lit=False), middle, shown)
        elif view.phase == "saving":
            paint_sign(easel, "saving", middle, easel.px(210), shown)
            self._turning(easel, middle, easel.px(128))
        elif view.phase == "looking":
            breath = 0.8 + 0.2 * math.sin(easel.now_s * 1.6)
            easel.stamp(easel.glow(easel.px(330), "#fff3c4", 0.2), middle, 0.6)
            outline = easel.sprite(f"signs/{view.shows}_outline", easel.px(440))
            easel.stamp(outline, (middle[0], middle[1] + easel.px(30)), breath)
        elif view.phase == "done":
            self._done(easel, view, place, middle)

    @staticmethod
    def _turning(easel: Easel, middle: tuple[float, float], radius: float) -> None:
        for i in range(10):
            angle = 2 * math.pi * (i / 10 + easel.now_s / 6.0)
            spot = (middle[0] + radius * math.cos(angle), middle[1] + radius * math.sin(angle))
            easel.stamp(easel.disc(easel.px(3 + 5 * i / 10), CREAM), spot, 0.3 + 0.07 * i)

    def _done(self, easel: Easel, view: View, place: Place, middle: tuple[float, float]) -> None:
        """What was made, a big number, and a warm light."""
        grown = ease((easel.now_s - self._since_s) / 0.8) if self._changed else 1.0
        easel.stamp(easel.glow(easel.px(360), "#fff3c4", 0.25), middle, 0.95 * grown)
        place.paint_done(easel, view, middle, grown)
        if not counts(view):
            return
        self._number(easel, view.count, (middle[0], middle[1] - easel.px(164)), grown)

    @staticmethod
    def _number(easel: Easel, number: int, middle: tuple[float, float], shown: float) -> None:
        line = easel.letters.line(str(number), easel.px(132), INK, bold=True)
        across = max(line.get_width() + easel.px(48), easel.px(150))
        easel.stamp(plate(easel, across, easel.px(132)), middle, shown)
        easel.stamp(line, middle, shown)
