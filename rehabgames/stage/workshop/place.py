"""The workshop as a place: room and garden, what falls outside, who sits on the sill, what was made."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pygame

from rehabgames.core.landmarks import Side
from rehabgames.core.view import Cue, View
from rehabgames.stage.clock import Clock
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.glints import Glints
from rehabgames.stage.ground import Ground
from rehabgames.stage.motion import Gathered, hops, swell
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.weather import fallen, paint_fallen
from rehabgames.stage.workshop.garden import ACROSS, DOWN, LEFT, TOP
from rehabgames.stage.workshop.hours import hour_of, surprise_of
from rehabgames.stage.workshop.scene import BENCH, GARDEN_DEPTH, LAMP, SHELF, SHELVES, still
from rehabgames.stage.workshop.tilted import Tilted

BOWLS: Final = (("bowl_wide", 62.0), ("bowl_foot", 50.0), ("bowl_tall", 42.0), ("jar", 44.0))  # and width
SLOTS: Final = 12
SILL: Final = TOP + DOWN + 26.0
_LASTING: Final = {"place": 0.9, "miss": 1.2}


class Workshop:
    """See Place."""

    shows_hand = False

    def __init__(self, pictures: Pictures, seed: int, size: tuple[int, int], side: Side) -> None:
        self._hour, self._surprise = hour_of(seed), surprise_of(seed)
        self._ground = Ground(size, side)
        self._still = still(pictures, seed, self._ground)
        glass = self._ground.area((LEFT, TOP, ACROSS, DOWN))
        self._glass = (glass.x, glass.y, glass.width, glass.height)
        rng = np.random.default_rng([seed, 5])
        self._order = [int(i) for i in rng.integers(len(BOWLS), size=SLOTS)]
        self._drops = [tuple(row) for row in rng.uniform(0, 1, (46, 3)).tolist()]
        self._tilted, self._gathered = Tilted(), Gathered()
        self._clock, self._clock_s = Clock(0.0), 0.0
        self._glints = Glints(_LASTING, "#fff3c4", ("#e2b27a", "#fff8e6"))

    def paint_back(self, easel: Easel, view: View) -> None:
        """The room, through its panes the garden, and on the sill and the shelves what stands there."""
        self._clock_s = self._clock.at(easel, view)
        self._still.room.paint(easel)
        falls = self._hour.falls
        now = fallen(falls, self._drops, self._glass, self._clock_s)
        aside, up = easel.shift(GARDEN_DEPTH)
        for pane in self._still.panes:
            easel.canvas.set_clip(pane)
            self._still.garden.paint(easel, (0, up))
            paint_fallen(easel, falls, now, pane, "#dfe7e8")
            if self._surprise == "robin":
                self._robin(easel, aside)
        easel.canvas.set_clip(None)
        self._lamp(easel)
        self._sill(easel)
        self._made(easel, view)

    def paint_play(self, easel: Easel, view: View, shown: float) -> None:
        self._tilted.paint(easel, view, shown, self._clock_s)

    def paint_front(self, easel: Easel, view: View) -> None:
        self._still.near.paint(easel)

    def paint_rewards(self, easel: Easel) -> None:
        self._glints.paint(easel)

    def paint_done(self, easel: Easel, view: View, middle: Point, grown: float) -> None:
        """What was turned in this session, in a row."""
        many, stands = min(view.count, 7), self._ground.to_screen(0.0, BENCH + 60.0)[1]
        for i in range(many):
            name, width = BOWLS[self._order[i]]
            picture = easel.sprite(f"workshop/{name}", easel.px(width * 1.5))
            x = middle[0] + (i - (many - 1) / 2) * easel.px(96)
            easel.stamp(picture, (x, stands - picture.get_height() / 2), grown)

    def paint_goal(self, easel: Easel, view: View, centre: Point, across: float) -> None:
        easel.stamp(easel.sprite("workshop/bowl_wide", across), centre)

    def sign(self, easel: Easel, view: View, across: float) -> pygame.Surface | None:
        if view.phase != "play":
            return None
        back = any(t.kind == "middle" for t in view.things)
        return easel.sprite(f"workshop/sign_{'middle' if back else 'lean'}", across, lit=False)

    def cue(self, cue: Cue, now_s: float) -> None:
        self._glints.add(cue, now_s)

    def _lamp(self, easel: Easel) -> None:
        """It hangs before the window, so it is laid over the garden."""
        ground, lit = self._ground, self._hour.sun if self._hour.lamp else "#34453f"
        across = 160 * ground.scale
        lamp = easel.sprite("workshop/lamp", across, style=f"svg{{color:{lit}}}", adorns=True)
        easel.stamp(lamp, ground.to_screen(LAMP[0], LAMP[1] - 22))

    def _robin(self, easel: Easel, aside: int) -> None:
        """It stands outside on the ledge, and now and then makes two hops along it."""
        made, up = hops(self._clock_s)
        x = LEFT + ACROSS * (0.1 + made * 0.18 % 0.72)
        spot = self._ground.to_screen(x, TOP + DOWN - 20 - 12 * up)
        easel.stamp(
            easel.sprite("workshop/robin", easel.px(50), adorns=True), (spot[0] + aside * 0.3, spot[1])
        )

    def _sill(self, easel: Easel) -> None:
        ground, sprite = self._ground, easel.sprite

        def stand(name: str, x: float, across: float) -> Point:
            picture = sprite(f"workshop/{name}", easel.px(across), adorns=True)
            spot = ground.to_screen(x, SILL + 4)
            at = (spot[0], spot[1] - picture.get_height() / 2)
            easel.stamp(picture, at)
            return at

        if self._surprise == "cat":
            stand("cat", LEFT + 470, 150)
            self._tail(easel)
        elif self._surprise == "mug":
            at = stand("mug", LEFT + 500, 54)
            for i in range(4):
                k = (self._clock_s / 4.0 + i / 4) % 1.0
                x = at[0] + math.sin(k * 6 + i) * easel.px(5)
                puff = easel.glow(easel.px(7 + 9 * k), "#ffffff", 0.1)
                easel.stamp(puff, (x, at[1] - easel.px(20 + 44 * k)), 0.4 * swell(k))
        if self._surprise != "robin":
            stand("vase", LEFT + 84, 66)

    def _tail(self, easel: Easel) -> None:
        """The cat's tail hangs from the sill and swings now and then."""
        swing = 14 * math.sin(self._clock_s * 1.3) * swell(self._clock_s / 11.0 % 1.0)
        step = round(swing / 3) * 3
        picture = easel.sprite("workshop/cat_tail", easel.px(74), adorns=True)
        turned = easel.pictures.kept(
            f"tail {picture.get_width()} {step} {easel.mirrored}",
            lambda: pygame.transform.rotozoom(picture, step, 1.0),
        )
        easel.stamp(turned, self._ground.to_screen(LEFT + 366, SILL + 6))

    def _made(self, easel: Easel, view: View) -> None:
        """A bowl on the shelf for every success of this session, as far as there is room."""
        for i, shown in enumerate(self._gathered.shown(view.count, easel.now_s)[:SLOTS]):
            name, width = BOWLS[self._order[i]]
            left, top = SHELVES[i // 6]
            picture = easel.sprite(f"workshop/{name}", easel.px(width), adorns=True)
            x, y = self._ground.to_screen(left + 38 + (SHELF - 76) * (i % 6) / 5, top + 3)
            easel.stamp(picture, (x, y - picture.get_height() / 2), shown * 0.92)
