"""The concert stage as a place: hall and audience, the pan, dust in the light, a rose for every bar."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pygame

from rehabgames.core.landmarks import Side
from rehabgames.core.view import Cue, View
from rehabgames.stage.concert.hours import beside_of, evening_of
from rehabgames.stage.concert.pan import Pan
from rehabgames.stage.concert.scene import EDGE, LAMPS, MIDDLE, hall
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.glints import Glints
from rehabgames.stage.grounds import Ground
from rehabgames.stage.motion import FirstSeen, ease, swell
from rehabgames.stage.moved import Moved
from rehabgames.stage.pictures import Pictures

CURTAIN_DEPTH, HEADS_DEPTH = -0.4, -0.9  # see Easel.shift
ROSES: Final = 16
_LASTING: Final = {"place": 0.9, "miss": 1.2}


class Concert:
    """See Place."""

    shows_hand = False

    def __init__(self, pictures: Pictures, seed: int, size: tuple[int, int], side: Side) -> None:
        self._evening = evening_of(seed)
        self._hall = hall(pictures, seed, Ground(size, side == "left"), self._evening, beside_of(seed))
        rng = np.random.default_rng([seed, 17])
        self._motes = rng.uniform(0, 1, (22, 3))
        self._spots = rng.uniform(-1, 1, (ROSES, 2))
        self._pan, self._moved, self._seen = Pan(), Moved(), FirstSeen(forget_s=1e9)
        self._first: int | None = None
        self._glints = Glints(_LASTING, "#ffe6ae", ("#f0a202", "#fff8e6"))

    def paint_back(self, easel: Easel, view: View) -> None:
        self._moved.step(easel, view)
        easel.canvas.blit(self._hall.stage, (0, 0))
        self._motes_in_light(easel)
        self._roses(easel, view)

    def paint_play(self, easel: Easel, view: View, shown: float) -> None:
        lamps = tuple(self._hall.ground.spot(*lamp) for lamp in LAMPS)
        self._pan.paint(easel, view, shown, lamps)

    def paint_front(self, easel: Easel, view: View) -> None:
        for (surface, (x, y)), depth in (
            (self._hall.curtain, CURTAIN_DEPTH),
            (self._hall.heads, HEADS_DEPTH),
        ):
            aside, _ = easel.shift(depth)
            easel.canvas.blit(surface, (x + aside, y))

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
            up = (y + self._moved.s * (0.006 + 0.008 * size)) % 1.0
            sway = 30 * math.sin(self._moved.s * 0.3 + 9 * x)
            spot = self._hall.ground.spot(MIDDLE + (x - 0.5) * 760 + sway, EDGE - 160 - 760 * up)
            easel.stamp(easel.glow(easel.px(3 + 3 * size), "#fff0c8", 0.3), spot, 0.4 * swell(up))

    def _roses(self, easel: Easel, view: View) -> None:
        """A rose on the boards for every success of this session, as far as there is room."""
        self._first = view.count if self._first is None else self._first
        for i in range(min(view.count, ROSES)):
            side = -1 if i % 2 else 1
            dx, dy = self._spots[i]
            x = MIDDLE + side * (380 + 34 * (i // 2) % 270 + 20 * dx)
            spot = self._hall.ground.spot(x, 900 + 44 * dy)
            shown = 1.0 if i < self._first else ease(self._seen.age(i, easel.now_s) / 0.8)
            drop = (1.0 - shown) * easel.px(40)
            easel.stamp(easel.sprite("concert/rose", easel.px(46)), (spot[0], spot[1] - drop), shown * 0.9)
