"""The orchard as a place: its still layers, its fruit and basket, birds, leaves and rewards."""

from __future__ import annotations

import pygame

from rehabgames.core.landmarks import Side
from rehabgames.core.view import Cue, View
from rehabgames.stage.blooms import Blooms, petals
from rehabgames.stage.clock import Clock
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.ground import Ground
from rehabgames.stage.orchard.hours import fruit_of, hour_of, picture_of
from rehabgames.stage.orchard.life import Life
from rehabgames.stage.orchard.scene import still
from rehabgames.stage.orchard.signs import asked_sign, paint_counted
from rehabgames.stage.orchard.things import Things, paint_basket
from rehabgames.stage.orchard.wanted import Wanted, wanted_of
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.place import asked
from rehabgames.stage.targets import Targets
from rehabgames.stage.trunk import Bending

BENT_PX = 34.0  # how far boughs bend away at most


class Orchard:
    """See Place."""

    shows_hand = True

    def __init__(self, pictures: Pictures, seed: int, size: tuple[int, int], side: Side) -> None:
        self._still = still(pictures, seed, Ground(size, side))
        self._hour, self._fruit = hour_of(seed), fruit_of(seed)
        self._bending, self._clock, self._clock_s = Bending(), Clock(), 0.0
        self._life, self._blooms = Life(seed), Blooms()
        self._things, self._targets, self._wanted = Things(), Targets(), Wanted()

    def paint_back(self, easel: Easel, view: View) -> None:
        """Sky to meadow, then what moves behind the boughs, then boughs that shift with the head."""
        self._clock_s = self._clock.at(easel, view)
        self._still.ground.paint(easel)
        self._life.sky(easel, self._clock_s)
        up = easel.px(BENT_PX) * self._bending.step(view, self._clock.dt_s)
        away = (1 if easel.mirrored else -1) * up / 2
        self._still.boughs.paint(easel, (-round(away), -round(up)))
        self._still.grass.paint(easel)

    def paint_play(self, easel: Easel, view: View, shown: float) -> None:
        target = asked(view)
        if target:
            self._targets.below(easel, target, view.hand, shown)
        if view.phase != "done":
            self._things.baskets(easel, view, self._fruit)
            self._things.fruit(easel, view, self._fruit, self._hour)
            self._wanted.paint(easel, view, self._fruit, shown)
        if target:
            self._targets.above(easel, target, view.hand, shown)

    def paint_front(self, easel: Easel, view: View) -> None:
        self._life.air(easel, self._hour, self._clock_s)

    def paint_rewards(self, easel: Easel) -> None:
        self._blooms.paint(easel, self._hour)

    def paint_done(self, easel: Easel, view: View, middle: Point, grown: float) -> None:
        """A full basket under blossom. What was brought home, over and over until the basket is full."""
        brought = [picture_of(t.kind, self._fruit) for t in view.things if t.state == "placed"]
        heap = ((brought or [self._fruit]) * 12)[:12] if view.count else []
        below = (middle[0], middle[1] + easel.px(120))
        paint_basket(easel, below, easel.px(330), heap, bright=True)
        petals(easel, middle, grown)

    def paint_goal(self, easel: Easel, view: View, centre: Point, across: float) -> None:
        paint_counted(easel, view, self._fruit, centre, across)

    def sign(self, easel: Easel, view: View, across: float) -> pygame.Surface | None:
        """The fruit that the prompt speaks of, else the wanted one; where there is nothing to choose, the
        movement that is asked."""
        wanted = wanted_of(view) if view.phase == "play" else None
        if wanted is None or view.prompt is None:
            return asked_sign(easel, view, self._fruit, across)
        kind = str(view.prompt.params.get("fruit", wanted.kind)).removeprefix("fruit.")
        return easel.sprite(f"orchard/{picture_of(kind, self._fruit)}", across)

    def cue(self, cue: Cue, now_s: float) -> None:
        self._blooms.add(cue, now_s)
