"""The kitchen as a place: room and garden, what falls outside, a robin, steam, what was brought home."""

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
from rehabgames.stage.kitchen.brought import paint_brought, paint_kinds
from rehabgames.stage.kitchen.garden import ACROSS, DOWN, LEFT, TOP
from rehabgames.stage.kitchen.hours import drink_of, guest_of, hour_of
from rehabgames.stage.kitchen.pour import Pouring
from rehabgames.stage.kitchen.scene import WORKTOP, still
from rehabgames.stage.kitchen.things import Kept, KitchenThings
from rehabgames.stage.motion import hops, swell
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.place import asked
from rehabgames.stage.targets import Targets
from rehabgames.stage.trunk import Bending
from rehabgames.stage.weather import fallen, paint_fallen

_LASTING: Final = {"pick": 0.6, "place": 0.9, "calibrated": 0.9, "miss": 1.2}
_OWN: Final = ("grasp", "release", "pinch")  # targets that are painted here
_SIGNS: Final = {
    "play.grasp_go": "hand_open",
    "play.grasp_open_first": "hand_open",
    "play.grasp_close": "hand_closed",
    "play.grasp_carry": "hand_closed",
    "play.grasp_open": "hand_open",
    "play.pour_go": "pinch_open",
    "play.pour_open_first": "pinch_open",
    "play.pour_pinch": "pinch_closed",
    "play.pour_keep": "pinch_closed",
    "play.pour_stop": "pinch_open",
}


class Kitchen:
    """See Place."""

    shows_hand = True

    def __init__(self, pictures: Pictures, seed: int, size: tuple[int, int], side: Side) -> None:
        self._hour, self._guest, self._drink = hour_of(seed), guest_of(seed), drink_of(seed)
        self._ground = Ground(size, side)
        self._still = still(pictures, seed, self._ground)
        rng = np.random.default_rng([seed, 5])
        self._drops = [(float(x), float(y), float(z)) for x, y, z in rng.uniform(0, 1, (46, 3))]
        left, top = self._ground.to_screen(LEFT + (ACROSS if side == "left" else 0.0), TOP)
        self._glass = (left, top, ACROSS * self._ground.scale, DOWN * self._ground.scale)
        self._clock, self._clock_s = Clock(0.0), 0.0
        self._bending, self._targets = Bending(), Targets()
        self._things, self._pouring, self._kept = KitchenThings(), Pouring(self._drink), Kept()
        self._glints = Glints(_LASTING, "#fff3c4", ("#e0a96a", "#fff8e6"))

    def paint_back(self, easel: Easel, view: View) -> None:
        self._clock_s = self._clock.at(easel, view)
        self._things.bend(self._bending.step(view, self._clock.dt_s))
        self._still.room.paint(easel)
        falls = self._hour.falls
        now = fallen(falls, self._drops, self._glass, self._clock_s)
        for pane in self._still.panes:
            easel.canvas.set_clip(pane)
            self._still.garden.paint(easel)
            paint_fallen(easel, falls, now, pane, "#e4ebec")
            if self._guest == "robin":
                self._robin(easel)
        easel.canvas.set_clip(None)
        self._still.sill.paint(easel)
        self._guests(easel)
        self._steam(easel)
        self._kept.paint(easel, self._ground, view, self._drink)

    def paint_play(self, easel: Easel, view: View, shown: float) -> None:
        target = asked(view)
        own = target is not None and target.kind in _OWN
        if view.phase == "done":
            return
        self._things.tray(easel, view)
        if target is not None and not own:
            self._targets.below(easel, target, view.hand, shown)
        if target is not None and target.kind in ("grasp", "release"):
            self._things.light(easel, view, target, shown)
        elif target is not None and target.kind == "pinch":
            self._pouring.light(easel, view, target, shown)
        self._things.planks(easel, view)
        if target is not None and target.kind == "release":
            self._things.tray(easel, view)
        self._things.objects(easel, view)
        self._pouring.things(easel, view)
        if target is not None and not own:
            self._targets.above(easel, target, view.hand, shown)
        elif target is not None and target.kind == "pinch":
            self._pouring.asked(easel, view, target, shown)
        elif target is not None:
            self._things.asked(easel, view, target, shown)

    def paint_front(self, easel: Easel, view: View) -> None:
        self._still.near.paint(easel)

    def paint_rewards(self, easel: Easel) -> None:
        self._glints.paint(easel)

    def paint_done(self, easel: Easel, view: View, middle: Point, grown: float) -> None:
        """All that was brought home, or the glasses that were filled."""
        paint_brought(easel, view, self._drink, (middle[0], middle[1] + easel.px(150)), grown)

    def paint_goal(self, easel: Easel, view: View, centre: Point, across: float) -> None:
        paint_kinds(easel, view, self._drink, centre, across)

    def sign(self, easel: Easel, view: View, across: float) -> pygame.Surface | None:
        """The hand as the prompt asks for it."""
        if view.phase != "play" or view.prompt is None or view.prompt.id not in _SIGNS:
            return None
        name = _SIGNS[view.prompt.id]
        folder = "kitchen" if name.startswith("pinch") else "signs"
        style = ".cuff{fill:#4a5f5b}"
        return easel.pictures.sprite(f"{folder}/{name}", across, flip=view.side == "left", style=style)

    def cue(self, cue: Cue, now_s: float) -> None:
        self._glints.add(cue, now_s)

    def _robin(self, easel: Easel) -> None:
        """It stands outside before the pane, and now and then makes two hops along it."""
        made, up = hops(self._clock_s)
        x = LEFT + ACROSS * (0.3 + made * 0.16 % 0.5)
        aside, _ = easel.shift(0.3)
        spot = self._ground.to_screen(x, TOP + DOWN - 26 - 14 * up)
        easel.stamp(easel.sprite("kitchen/robin", easel.px(52), adorns=True), (spot[0] + aside, spot[1]))

    def _guests(self, easel: Easel) -> None:
        name = {"cake": "cake", "letter": "letter"}.get(self._guest)
        if name is None:
            return
        picture = easel.sprite(f"kitchen/{name}", easel.px(78), adorns=True)
        x, y = self._ground.to_screen(LEFT + 330, TOP + DOWN + 26)
        easel.stamp(picture, (x, y - picture.get_height() / 2))

    def _steam(self, easel: Easel) -> None:
        """From the kettle's spout: slow, and still where nothing may move."""
        x, y = self._ground.to_screen(778, WORKTOP - 46)
        for i in range(4):
            k = (self._clock_s / 6.0 + i / 4) % 1.0
            aside = math.sin(k * 5 + 2 * i) * easel.px(7)
            puff = easel.glow(easel.px(9 + 15 * round(4 * k) / 4), "#ffffff", 0.05)
            easel.stamp(puff, (x + aside, y - easel.px(8 + 74 * k)), 0.34 * swell(k))
