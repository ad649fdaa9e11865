"""Things of the orchard: fruit on its bough or in the hand, and the basket that fills."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pygame

from rehabgames.core.view import Hand, Target, Thing, View
from rehabgames.stage import svg
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.hours import Hour
from rehabgames.stage.motion import FirstSeen, ease
from rehabgames.stage.twigs import Twigs

MIN_ACROSS_PX = 48.0
_BODY_SHARE = 106 / 120  # of a fruit picture's width is fruit


def radius_px(easel: Easel, radius: float) -> float:
    """Radius on the screen, never under half of 48 px of the 720 px grid."""
    return max(easel.frame.length(radius), MIN_ACROSS_PX / 2 * easel.layout.unit)


class Things:
    """Paints view.things and remembers when each took its present state, to ease its motion."""

    def __init__(self) -> None:
        self._seen = FirstSeen()
        self._twigs = Twigs()

    def baskets(self, easel: Easel, view: View, fruit: str) -> None:
        self._seen.prune(easel.now_s)
        target = view.target
        baskets = [t for t in view.things if t.kind == "basket"]
        if not baskets and target and target.kind == "place":
            baskets = [Thing("basket", "basket", target.x, target.y, target.radius)]
        for basket in baskets:
            centre = easel.frame.to_screen(basket.x, basket.y)
            placed = sum(t.kind == "fruit" and t.state == "placed" for t in view.things)
            called = target is not None and target.kind == "place"
            width = radius_px(easel, basket.radius) * 2.7
            paint_basket(easel, centre, width, fruit, placed=placed, bright=called)

    def fruit(self, easel: Easel, view: View, fruit: str, hour: Hour) -> None:
        """Fruit that hangs, is carried or fades. What hangs is drawn with the twig that carries it."""
        hanging = [t for t in view.things if t.kind == "fruit" and t.state != "placed"]
        target = view.target
        if target and target.kind == "pick" and not any(_at(t, target) for t in hanging):
            hanging.append(Thing(f"target {target.number}", "fruit", target.x, target.y, target.radius))
        for thing in hanging:
            age = self._seen.age((thing.key, thing.state), easel.now_s)
            centre = easel.frame.to_screen(thing.x, thing.y)
            radius = radius_px(easel, thing.radius)
            alpha = grown = 1.0
            if thing.state in ("growing", "ready"):
                born = ease(self._seen.age(thing.key, easel.now_s) / 0.45)
                self._twigs.paint(easel, thing.key, (centre[0], centre[1] - radius * 1.15), hour, born)
                grown = 0.55 + 0.45 * born
            if thing.state == "held" and view.hand:
                centre = _hung(easel, view.hand, centre, radius)
            if thing.state == "fading":
                alpha = 1.0 - ease(age / 0.6)
            _paint_fruit(easel, fruit, _Drawn(centre, radius, math.degrees(thing.angle_rad), grown, alpha))
        self._twigs.fade(easel)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A fruit as it is painted: centre and radius in px; `grown` and alpha 0..1."""

    centre: Point
    radius: float
    turn_deg: float
    grown: float
    alpha: float


def _paint_fruit(easel: Easel, fruit: str, it: _Drawn) -> None:
    picture = easel.sprite(f"orchard/{fruit}", 2 * it.radius / _BODY_SHARE)
    if abs(it.turn_deg) > 1.5 or it.grown < 1.0:
        picture = pygame.transform.rotozoom(picture, it.turn_deg, it.grown)
    easel.stamp(picture, (it.centre[0], it.centre[1] - it.radius * it.grown * 0.11), it.alpha)


def _hung(easel: Easel, hand: Hand, centre: Point, radius: float) -> Point:
    """Fruit that the game puts into the hand hangs below the fingers, so that both are seen."""
    x, y = easel.frame.to_screen(hand.x, hand.y)
    if math.hypot(centre[0] - x, centre[1] - y) > radius:
        return centre
    return x, y + radius * 1.12


def _at(thing: Thing, target: Target) -> bool:
    return math.hypot(thing.x - target.x, thing.y - target.y) < max(target.radius, thing.radius)


# where fruit lies in the basket, in shares of the basket's width, from the first to the last that fits
_HEAP = (
    (-0.18, -0.02), (0.16, -0.02), (0.0, 0.0), (-0.29, -0.03), (0.29, -0.03), (-0.1, -0.11), (0.1, -0.11),
    (-0.22, -0.1), (0.22, -0.1), (0.0, -0.16), (-0.13, -0.19), (0.13, -0.19),
)  # fmt: skip


def paint_basket(easel: Easel, centre: Point, width: float, fruit: str, *, placed: int, bright: bool) -> None:
    """A basket whose mouth is at `centre`, with what was placed heaped up in it.

    Where it is not the target its fruit is not `bright`, so that it does not call.
    """

    def said() -> str:
        dark = svg.tag("ellipse", rx=56, ry=9, fill="#1f4a35", fill_opacity=0.5, filter="url(#s)")
        return svg.document(width * 1.5, width * 0.4, svg.blur("s", 5), dark, box=(-75, -20, 150, 40))

    shadow = easel.pictures.drawn(f"shadow {round(width)}", said)
    lean = -0.1 if easel.mirrored else 0.1
    easel.stamp(shadow, (centre[0] + width * lean, centre[1] + width * 0.37))
    middle = (centre[0], centre[1] - width * 0.06)
    easel.stamp(easel.sprite("orchard/basket_back", width), middle)
    picture = easel.sprite(f"orchard/{fruit}", width * 0.3)
    dense = 1.0 if bright else 0.72
    for dx, dy in reversed(_HEAP[: min(placed, len(_HEAP))]):
        easel.stamp(picture, (centre[0] + dx * width, centre[1] + (dy - 0.03) * width), dense)
    easel.stamp(easel.sprite("orchard/basket_front", width), middle)
