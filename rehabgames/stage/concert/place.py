"""The concert stage as a place: hall and audience, the pan, dust in the light, a rose for every bar."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pygame

from rehabgames.core.landmarks import Side
from rehabgames.core.view import Cue, View
from rehabgames.stage.clock import Clock
from rehabgames.stage.concert.pan import Pan
from rehabgames.stage.concert.scene import EDGE, LAMPS, MIDDLE, still
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.glints import Glints
from rehabgames.stage.ground import Ground
from rehabgames.stage.motion import Gathered, swell
from rehabgames.stage.pictures import Pictures

ROSES: Final = 16
_LASTING: Final = {"place": 0.9, "miss": 1.2}


class Concert:
    """See Place."""

    shows_hand = False

    def __init__(self, pictures: Pictures, seed: int, size: tuple[int, int], side: Side) -> None:
        self._ground = Ground(size, side)
        self._still = still(pictures, seed, self._ground)
        rng = np.random.default_rng([seed, 17])
        self._motes = rng.uniform(0, 1, (22, 3))
        self._spots = rng.uniform(-1, 1, (ROSES, 2))
        self._pan, self._gathered = Pan(), Gathered()
        self._clock, self._clock_s = Clock(0.0), 0.0
        self._glints = Glints(_LASTING, "#ffe6ae", ("#f0a202", "#fff8e6"))

    def paint_back(self, easel: Easel, view: View) -> None:
        self._clock_s = self._clock.at(easel, view)
        self._still.stage.paint(easel)
        self._motes_in_light(easel)
        self._roses(easel, view)

    def paint_play(self, easel: Easel, view: View, shown: float) -> None:
        lamps = tuple(self._ground.to_screen(*lamp) for lamp in LAMPS)
        self._pan.paint(easel, view, shown, lamps)

    def paint_front(self, easel: Easel, view: View) -> None:
        self._still.curtain.paint(easel)
        self._still.heads.paint(easel)

    def paint_rewards(self, easel: Easel) -> None:
        self._glints.paint(easel)

    def paint_done(self, easel: Easel, view: View, middle: Point, grown: float) -> None:
        """As many roses as bars were played well, in a wreath."""
        many = min(view.count, ROSES)
        for i in range(many):
            angle = math.tau * i / max(8, many) - math.pi / 2
            spot = (
                middle[0] + easel.px(190) * math.cos(angle),
                middle[1] + easel.px(70) + easel.px(96) * math.sin(angle),
            )
            easel.stamp(easel.sprite("concert/rose", easel.px(86)), spot, grown)

    def paint_goal(self, easel: Easel, view: View, centre: Point, across: float) -> None:
        easel.stamp(easel.sprite("concert/rose", across), centre)

    def sign(self, easel: Easel, view: View, across: float) -> pygame.Surface | None:
        if view.phase != "play":
            return None
        listen = view.prompt is not None and view.prompt.id == "play.taps_listen"
        return easel.sprite(f"concert/sign_{'listen' if listen else 'tap'}", across, lit=False)

    def cue(self, cue: Cue, now_s: float) -> None:
        self._glints.add(cue, now_s)

    def _motes_in_light(self, easel: Easel) -> None:
        """Dust that drifts through the light over the stage."""
        for x, y, size in self._motes:
            up = (y + self._clock_s * (0.006 + 0.008 * size)) % 1.0
            sway = 30 * math.sin(self._clock_s * 0.3 + 9 * x)
            spot = self._ground.to_screen(MIDDLE + (x - 0.5) * 760 + sway, EDGE - 160 - 760 * up)
            easel.stamp(easel.glow(easel.px(3 + 3 * size), "#fff0c8", 0.3), spot, 0.4 * swell(up))

    def _roses(self, easel: Easel, view: View) -> None:
        """A rose on the boards for every success of this session, as far as there is room."""
        for i, shown in enumerate(self._gathered.shown(view.count, easel.now_s)[:ROSES]):
            side = -1 if i % 2 else 1
            dx, dy = self._spots[i]
            x = MIDDLE + side * (380 + 34 * (i // 2) % 270 + 20 * dx)
            spot = self._ground.to_screen(x, 900 + 44 * dy)
            drop = (1.0 - shown) * easel.px(40)
            easel.stamp(
                easel.sprite("concert/rose", easel.px(46), adorns=True),
                (spot[0], spot[1] - drop),
                shown * 0.9,
            )
