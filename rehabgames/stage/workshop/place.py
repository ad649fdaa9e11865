"""The workshop as a place: room and garden, what falls outside, who sits on the sill, what was made."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pygame

from rehabgames.core.landmarks import Side
from rehabgames.core.view import Cue, View
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.glints import Glints
from rehabgames.stage.motion import FirstSeen, ease, swell
from rehabgames.stage.moved import Moved
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.workshop.garden import ACROSS, DOWN, LEFT, TOP
from rehabgames.stage.workshop.hours import hour_of, surprise_of
from rehabgames.stage.workshop.scene import LAMP, SHELF, SHELVES, still
from rehabgames.stage.workshop.tilted import Tilted

GARDEN_DEPTH, NEAR_DEPTH = 0.9, -0.7  # see Easel.shift
BOWLS: Final = (("bowl_wide", 62.0), ("bowl_foot", 50.0), ("bowl_tall", 42.0), ("jar", 44.0))  # and width
SLOTS: Final = 12
SILL: Final = TOP + DOWN + 26.0
_LASTING: Final = {"place": 0.9, "miss": 1.2}


class Workshop:
    """See Place."""

    shows_hand = False

    def __init__(self, pictures: Pictures, seed: int, size: tuple[int, int], side: Side) -> None:
        self._hour, self._surprise = hour_of(seed), surprise_of(seed)
        self._still = still(pictures, seed, size, side == "left", self._hour)
        rng = np.random.default_rng([seed, 5])
        self._order = [int(i) for i in rng.integers(len(BOWLS), size=SLOTS)]
        self._drops = [tuple(row) for row in rng.uniform(0, 1, (46, 3)).tolist()]
        self._tilted, self._seen, self._moved = Tilted(), FirstSeen(forget_s=1e9), Moved()
        self._first: int | None = None
        self._glints = Glints(_LASTING, "#fff3c4", ("#e2b27a", "#fff8e6"))

    def paint_back(self, easel: Easel, view: View) -> None:
        """The room, through its panes the garden, and on the sill and the shelves what stands there."""
        self._moved.step(easel, view)
        canvas, still_ = easel.canvas, self._still
        canvas.blit(still_.room, (0, 0))
        aside, up = easel.shift(GARDEN_DEPTH)
        glass = still_.ground.area((LEFT, TOP, ACROSS, DOWN))
        spare = (still_.garden.get_width() - glass.width) / 2
        corner = (round(glass.x - spare + aside), round(glass.y - spare + up))
        drops = self._fallen()
        for pane in still_.panes:
            canvas.set_clip(pane)
            canvas.blit(still_.garden, corner)
            self._falling(easel, pane, drops)
            if self._surprise == "robin":
                self._robin(easel, aside)
        canvas.set_clip(None)
        self._lamp(easel)
        self._sill(easel)
        self._made(easel, view)

    def paint_play(self, easel: Easel, view: View, shown: float) -> None:
        self._tilted.paint(easel, view, shown, self._moved.s)

    def paint_front(self, easel: Easel, view: View) -> None:
        near, (x, y) = self._still.near
        aside, _ = easel.shift(NEAR_DEPTH)
        easel.canvas.blit(near, (x + aside, y))

    def paint_rewards(self, easel: Easel) -> None:
        self._glints.paint(easel)

    def paint_done(self, easel: Easel, view: View, middle: Point, grown: float) -> None:
        """What was turned in this session, in a row."""
        many = min(view.count, 7)
        for i in range(many):
            name, width = BOWLS[self._order[i]]
            picture = easel.sprite(f"workshop/{name}", easel.px(width * 1.5))
            x = middle[0] + (i - (many - 1) / 2) * easel.px(96)
            easel.stamp(picture, (x, middle[1] + easel.px(110) - picture.get_height() / 2), grown)

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
        ground, lit = self._still.ground, self._hour.sun if self._hour.lamp else "#34453f"
        across = 160 * ground.scale
        lamp = easel.sprite("workshop/lamp", across, style=f"svg{{color:{lit}}}")
        easel.stamp(lamp, ground.spot(LAMP[0], LAMP[1] - 22))

    def _fallen(self) -> list[tuple[float, float, float]]:
        """Where snow or rain is behind the glass now, and how large; it hangs where nothing may move."""
        kind, glass = self._hour.falls, self._still.ground.area((LEFT, TOP, ACROSS, DOWN))
        if not kind:
            return []
        slow, more = (0.05, 0.05) if kind == "snow" else (0.5, 0.3)
        moved_s, sways = self._moved.s, 0.012 if kind == "snow" else 0.0
        found = []
        for x, y, size in self._drops:
            down = (y + moved_s * (slow + more * size)) % 1.1 - 0.05
            aside = x + sways * math.sin(moved_s * 0.8 + 9 * x)
            found.append((glass.x + aside * glass.width, glass.y + down * glass.height, size))
        return found

    def _falling(self, easel: Easel, pane: pygame.Rect, drops: list[tuple[float, float, float]]) -> None:
        u = easel.layout.unit
        for x, y, size in drops:
            if not (pane.left - 6 < x < pane.right + 6 and pane.top - 20 < y < pane.bottom + 6):
                continue
            if self._hour.falls == "snow":
                easel.stamp(easel.disc((1.6 + 2.2 * size) * u, "#ffffff"), (x, y), 0.85)
            else:
                end = (x - 3 * u, y + (9 + 8 * size) * u)
                pygame.draw.aaline(easel.canvas, "#dfe7e8", (x, y), end)

    def _robin(self, easel: Easel, aside: int) -> None:
        """It stands outside on the ledge, and now and then makes two hops along it."""
        turn, k = divmod(self._moved.s / 9.0, 1.0)
        hop = min(1.0, max(0.0, (k - 0.8) / 0.2))
        way = (turn + ease(hop)) * 0.18 % 0.72
        x = LEFT + ACROSS * (0.1 + way)
        spot = self._still.ground.spot(x, TOP + DOWN - 20 - 12 * abs(math.sin(math.pi * 2 * hop)))
        easel.stamp(easel.sprite("workshop/robin", easel.px(50)), (spot[0] + aside * 0.3, spot[1]))

    def _sill(self, easel: Easel) -> None:
        ground, sprite = self._still.ground, easel.sprite

        def stand(name: str, x: float, across: float) -> Point:
            picture = sprite(f"workshop/{name}", easel.px(across))
            spot = ground.spot(x, SILL + 4)
            at = (spot[0], spot[1] - picture.get_height() / 2)
            easel.stamp(picture, at)
            return at

        if self._surprise == "cat":
            stand("cat", LEFT + 470, 150)
            self._tail(easel)
        elif self._surprise == "mug":
            at = stand("mug", LEFT + 500, 54)
            for i in range(4):
                k = (self._moved.s / 4.0 + i / 4) % 1.0
                x = at[0] + math.sin(k * 6 + i) * easel.px(5)
                puff = easel.glow(easel.px(7 + 9 * k), "#ffffff", 0.1)
                easel.stamp(puff, (x, at[1] - easel.px(20 + 44 * k)), 0.4 * swell(k))
        if self._surprise != "robin":
            stand("vase", LEFT + 84, 66)

    def _tail(self, easel: Easel) -> None:
        """The cat's tail hangs from the sill and swings now and then."""
        swing = 14 * math.sin(self._moved.s * 1.3) * swell(self._moved.s / 11.0 % 1.0)
        step = round(swing / 3) * 3
        picture = easel.sprite("workshop/cat_tail", easel.px(74))
        turned = easel.pictures.kept(
            f"tail {picture.get_width()} {step} {easel.mirrored}",
            lambda: pygame.transform.rotozoom(picture, step, 1.0),
        )
        easel.stamp(turned, self._still.ground.spot(LEFT + 366, SILL + 6))

    def _made(self, easel: Easel, view: View) -> None:
        """A bowl on the shelf for every success of this session, as far as there is room."""
        self._first = view.count if self._first is None else self._first
        for i in range(min(view.count, SLOTS)):
            name, width = BOWLS[self._order[i]]
            left, top = SHELVES[i // 6]
            picture = easel.sprite(f"workshop/{name}", easel.px(width))
            x, y = self._still.ground.spot(left + 38 + (SHELF - 76) * (i % 6) / 5, top + 3)
            shown = 1.0 if i < self._first else ease(self._seen.age(i, easel.now_s) / 0.8)
            easel.stamp(picture, (x, y - picture.get_height() / 2), shown * 0.92)
