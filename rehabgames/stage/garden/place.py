"""The garden as a place: its still layers, what drifts down, the basket at the hand, bee and squirrel."""

from __future__ import annotations

import math

import numpy as np
import pygame

from rehabgames.core.landmarks import Side
from rehabgames.core.view import Cue, View
from rehabgames.stage.blooms import Blooms, petals
from rehabgames.stage.clock import Clock
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.garden.hours import season_of
from rehabgames.stage.garden.scene import RAISED, still
from rehabgames.stage.garden.things import GardenThings, paint_basket
from rehabgames.stage.ground import Ground
from rehabgames.stage.motion import ease, swell
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.place import asked
from rehabgames.stage.targets import Targets
from rehabgames.stage.trunk import Bending


class Garden:
    """See Place."""

    shows_hand = True

    def __init__(self, pictures: Pictures, seed: int, size: tuple[int, int], side: Side) -> None:
        self._still = still(pictures, seed, Ground(size, side))
        self._season = season_of(seed)
        self._things, self._targets, self._blooms = GardenThings(self._season.falls), Targets(), Blooms()
        self._guests = Guests(seed, winter=self._season.leaf is None)
        self._bending, self._clock, self._clock_s = Bending(), Clock(), 0.0

    def paint_back(self, easel: Easel, view: View) -> None:
        """Sky to trees, then who visits, then the branch above, which bends away where the trunk helps."""
        self._still.ground.paint(easel)
        self._clock_s = self._clock.at(easel, view)
        self._guests.far(easel, self._clock_s)
        bent = self._bending.step(view, self._clock.dt_s)
        away = round(bent * RAISED * easel.layout.size[1] / 1080)
        self._still.boughs.paint(easel, (0, -away))

    def paint_play(self, easel: Easel, view: View, shown: float) -> None:
        target = asked(view)
        played = view.phase in ("play", "paused")
        if played:
            self._things.light(easel, view, shown)
        if target:
            self._targets.below(easel, target, view.hand, shown)
        if target and target.kind == "catch":
            self._things.asked(easel, target, view.hand, shown)
        if played:
            if view.hand:
                self._things.basket(easel, view, view.hand, shown)
            self._things.seeds(easel, view, shown)
        if target:
            self._targets.above(easel, target, view.hand, shown)

    def paint_front(self, easel: Easel, view: View) -> None:
        self._still.flowers.paint(easel)
        self._guests.near(easel, self._clock_s)

    def paint_rewards(self, easel: Easel) -> None:
        self._blooms.paint(easel, self._season.hour)

    def paint_done(self, easel: Easel, view: View, middle: Point, grown: float) -> None:
        """A full basket, and petals that sail down beside it."""
        below = (middle[0], middle[1] + easel.px(110))
        paint_basket(easel, below, easel.px(380), 7 if view.count else 0, self._season.falls, shown=grown)
        petals(easel, middle, grown)

    def paint_goal(self, easel: Easel, view: View, centre: Point, across: float) -> None:
        paint_basket(easel, (centre[0], centre[1] - across * 0.04), across, 5, self._season.falls)

    def sign(self, easel: Easel, view: View, across: float) -> pygame.Surface | None:
        """What falls, beside the prompt that asks to catch it."""
        phases = ("play",) if view.target is None else ("play", "rest", "calibrate")
        asked = view.phase in phases and (view.target is None or view.target.kind == "catch")
        return easel.sprite(f"garden/{self._season.falls}", across) if asked else None

    def cue(self, cue: Cue, now_s: float) -> None:
        self._blooms.add(cue, now_s)


class Guests:
    """A bee among the near flowers, a squirrel far up the path now and then; functions of seed and time."""

    def __init__(self, seed: int, *, winter: bool) -> None:
        rng = np.random.default_rng([seed, 13])
        self._winter = winter
        self._comes_s = float(rng.uniform(8, 22))
        self._phase = float(rng.uniform(0, math.tau))
        self._lane = float(rng.uniform(0.6, 0.66))

    def far(self, easel: Easel, clock_s: float) -> None:
        """It hops over the path, stands for a moment in the middle, and goes on."""
        k = (clock_s - self._comes_s) % 47.0 / 9.0
        if easel.calm or not 0.0 <= k <= 1.0:
            return
        width, height = easel.layout.size
        gone = ease(k / 0.4) * 0.5 + ease((k - 0.6) / 0.4) * 0.5
        hop = abs(math.sin(gone * 9 * math.pi)) * easel.px(5)
        x = 0.535 + 0.11 * gone
        out = 1.0 - x if easel.mirrored else x
        picture = easel.pictures.sprite("garden/squirrel", easel.px(44), flip=not easel.mirrored, adorns=True)
        easel.stamp(picture, (out * width, self._lane * height - hop), 0.85 * min(1.0, 8 * swell(k)))

    def near(self, easel: Easel, clock_s: float) -> None:
        if self._winter:
            return
        width, height = easel.layout.size
        t = clock_s
        x = 0.17 + 0.09 * math.sin(t * 0.23 + self._phase) + 0.012 * math.sin(t * 1.7)
        y = 0.865 + 0.02 * math.sin(t * 0.9 + self._phase) + 0.008 * math.sin(t * 3.1)
        out = 1.0 - x if easel.mirrored else x
        back = math.cos(t * 0.23 + self._phase) > 0
        picture = easel.pictures.sprite("garden/bee", easel.px(30), flip=back != easel.mirrored, adorns=True)
        easel.stamp(picture, (out * width, y * height), 0.9)
