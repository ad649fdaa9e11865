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
# of the roses at the end: where the first row lies and how far behind it the next does, units of the ground;
# the largest, the widest way between two, and how wide a row is, px on the 720 px grid
FRONT, BEHIND = 920.0, 36.0
LARGE, APART, ROW = 86.0, 92.0, 620.0
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
        self._opened = 0.0  # how far the end has opened, at which the roses are laid anew
        self._glints = Glints(_LASTING, "#ffe6ae", ("#f0a202", "#fff8e6"))

    def paint_back(self, easel: Easel, view: View) -> None:
        self._clock_s = self._clock.at(easel, view)
        self._opened = self._opened if view.phase == "done" else 0.0
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
        """As many roses as bars were played well, on the boards before the pan, the first ones in front."""
        self._opened = grown
        for row, many in reversed([*enumerate(_in_rows(view.count))]):
            step = min(APART, ROW / max(1, many))
            across = min(LARGE, 1.3 * step) * (1.0 - 0.1 * row)
            y = self._ground.to_screen(0.0, FRONT - BEHIND * row)[1]
            for i in range(many):
                dx, dy = self._spots[(i + 5 * row) % ROSES]
                x = middle[0] + easel.layout.unit * step * (i - (many - 1) / 2 + 0.12 * dx)
                self._lying(easel, (x, y + easel.px(5) * dy), (across, 16.0 * dx), grown)

    @staticmethod
    def _lying(easel: Easel, spot: Point, how: tuple[float, float], shown: float) -> None:
        """A rose with its shadow on the boards. how: px across on the 720 px grid, degrees it is turned."""
        across = max(4, round(how[0] * easel.layout.unit))
        dark = easel.glow(across * 0.5, "#1a0f0a", 0.2)

        def made() -> pygame.Surface:
            return pygame.transform.smoothscale(dark, (across, max(2, round(across * 0.24))))

        shade = easel.pictures.kept(f"rose shade {across}", made)
        easel.stamp(shade, (spot[0], spot[1] + across * 0.22), 0.6 * shown)
        easel.stamp(easel.turned("concert/rose", across, how[1], step_deg=8, fine=True), spot, shown)

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
                shown * 0.9 * (1.0 - self._opened),
            )


def _in_rows(count: int) -> tuple[int, ...]:
    """How many lie in each row, from the front; the rows behind have fewer or as many."""
    rows = 1 if count <= 6 else 2 if count <= 14 else 3
    return tuple(count // rows + (row < count % rows) for row in range(rows))
