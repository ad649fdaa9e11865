"""Things of the orchard: fruit on its bough or in the hand, and the basket that fills."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pygame

from rehabgames.core.view import FRUITS, Hand, Target, Thing, View
from rehabgames.stage import svg
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.hours import Hour
from rehabgames.stage.motion import FirstSeen, ease
from rehabgames.stage.orchard.hours import picture_of
from rehabgames.stage.orchard.twigs import Twigs
from rehabgames.stage.palette import CREAM, OUTLINE
from rehabgames.stage.targets import radius_px

_BODY_SHARE = 106 / 120  # of a fruit picture's width is fruit
_HALO = 1.32  # of the radius of a fruit that may be chosen
_GONE_S = 0.6
_FADES_S = 0.6


def fruit_width(easel: Easel, radius: float) -> float:
    """px across the picture of a fruit with this radius."""
    return 2 * radius_px(easel, radius) / _BODY_SHARE


class Things:
    """Paints view.things and remembers when each took its present state, to ease its motion."""

    def __init__(self) -> None:
        self._seen = FirstSeen()
        self._twigs = Twigs()
        self._last: dict[str, tuple[Thing, float]] = {}
        self._hung: dict[str, float] = {}
        self._let_go: tuple[str, Point] = ("", (0.0, 0.0))  # which was in the hand last, and where

    def baskets(self, easel: Easel, view: View, fruit: str) -> None:
        self._seen.prune(easel.now_s)
        target = view.target
        baskets = [t for t in view.things if t.kind == "basket"]
        if not baskets and target and target.kind == "place":
            baskets = [Thing("basket", "basket", target.x, target.y, target.radius)]
        for basket in baskets:
            centre = easel.frame.to_screen(basket.x, basket.y)
            heap = [picture_of(t.kind, fruit) for t in view.things if t.state == "placed"]
            called = target is not None and target.kind == "place"
            paint_basket(easel, centre, radius_px(easel, basket.radius) * 2.7, heap, bright=called)

    def fruit(self, easel: Easel, view: View, fruit: str, hour: Hour) -> None:
        """Fruit that hangs, is carried or fades. What hangs is drawn with the twig that carries it."""
        hanging = [t for t in view.things if _hangs(t)]
        target = view.target
        if target and target.kind == "pick" and not any(_at(t, target) for t in hanging):
            hanging.append(Thing(f"target {target.number}", "fruit", target.x, target.y, target.radius))
        hanging += self._gone(easel, hanging)
        for thing in hanging:
            if thing.state in ("growing", "ready"):
                (x, y), radius = easel.frame.to_screen(thing.x, thing.y), radius_px(easel, thing.radius)
                self._twigs.paint(easel, thing.key, (x, y - radius * 1.15), hour, self._born(easel, thing))
        # before the fruit, so that no twig hides one
        self._twigs.fade(easel)
        for thing in hanging:
            if thing.kind in FRUITS:
                self._halo(easel, thing)
        for thing in hanging:
            age = self._seen.age((thing.key, thing.state), easel.now_s)
            centre = easel.frame.to_screen(thing.x, thing.y)
            radius = radius_px(easel, thing.radius)
            alpha = grown = 1.0
            if thing.state in ("growing", "ready"):
                grown = 0.55 + 0.45 * self._born(easel, thing)
            if thing.state == "held" and view.hand:
                centre = _hung(easel, view.hand, centre, radius)
                self._let_go = (thing.key, centre)
            if thing.state == "fading":
                alpha = 1.0 - ease(age / _FADES_S)
                if self._let_go[0] == thing.key:  # out of the hand, and as small as those in the basket
                    centre = _between(self._let_go[1], centre, ease(age / _FADES_S))
                    grown = 1.0 - 0.6 * ease(age / _FADES_S)
            drawn = _Drawn(centre, radius, math.degrees(thing.angle_rad), grown, alpha)
            _paint_fruit(easel, picture_of(thing.kind, fruit), drawn)

    def _born(self, easel: Easel, thing: Thing) -> float:
        return ease(self._seen.age(thing.key, easel.now_s) / 0.45)

    def _halo(self, easel: Easel, thing: Thing) -> None:
        """Light behind a fruit that may be chosen: all alike, none calls."""
        if thing.state in ("growing", "ready"):
            self._hung[thing.key] = easel.now_s
        left = 1.0 - ease((easel.now_s - self._hung.get(thing.key, -math.inf)) / _GONE_S)
        if left <= 0.0 or thing.state == "held":
            return
        radius = radius_px(easel, thing.radius) * _HALO
        disc = easel.disc(radius, CREAM, edge=OUTLINE, edge_px=easel.px(2))
        easel.stamp(disc, easel.frame.to_screen(thing.x, thing.y), 0.88 * left * self._born(easel, thing))

    def _gone(self, easel: Easel, hanging: list[Thing]) -> list[Thing]:
        """Fruit to choose from that hung there and is not told of any more: it fades, and never vanishes."""
        self._last |= {t.key: (t, easel.now_s) for t in hanging if t.kind in FRUITS and t.state != "fading"}
        told = {t.key for t in hanging}
        ages = {key: easel.now_s - seen_s for key, (_, seen_s) in self._last.items()}
        self._last = {key: self._last[key] for key, age in ages.items() if 0.0 <= age < _GONE_S}
        self._hung = {key: at_s for key, at_s in self._hung.items() if 0.0 <= easel.now_s - at_s < _GONE_S}
        return [replace(t, state="fading") for key, (t, _) in self._last.items() if key not in told]


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


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])


def _hung(easel: Easel, hand: Hand, centre: Point, radius: float) -> Point:
    """Fruit that the game puts into the hand hangs below the fingers, so that both are seen."""
    x, y = easel.frame.to_screen(hand.x, hand.y)
    if math.hypot(centre[0] - x, centre[1] - y) > radius:
        return centre
    return x, y + radius * 1.12


def _hangs(thing: Thing) -> bool:
    return (thing.kind == "fruit" or thing.kind in FRUITS) and thing.state not in ("placed", "wanted")


def _at(thing: Thing, target: Target) -> bool:
    return math.hypot(thing.x - target.x, thing.y - target.y) < max(target.radius, thing.radius)


# where fruit lies in the basket, in shares of the basket's width, from the first to the last that fits
_HEAP = (
    (-0.18, -0.02), (0.16, -0.02), (0.0, 0.0), (-0.29, -0.03), (0.29, -0.03), (-0.1, -0.11), (0.1, -0.11),
    (-0.22, -0.1), (0.22, -0.1), (0.0, -0.16), (-0.13, -0.19), (0.13, -0.19),
)  # fmt: skip


def paint_basket(easel: Easel, centre: Point, width: float, heap: Sequence[str], *, bright: bool) -> None:
    """A basket whose mouth is at `centre`, with the pictures of what was placed heaped up in it.

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
    dense = 1.0 if bright else 0.72
    # the newest lie on top where there are more than fit
    seen = list(heap)[-len(_HEAP) :]
    for (dx, dy), name in reversed(list(zip(_HEAP, seen, strict=False))):
        picture = easel.sprite(f"orchard/{name}", width * 0.3)
        easel.stamp(picture, (centre[0] + dx * width, centre[1] + (dy - 0.03) * width), dense)
    easel.stamp(easel.sprite("orchard/basket_front", width, adorns=True), middle)
