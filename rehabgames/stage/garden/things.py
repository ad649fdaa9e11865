"""Things of the garden: what drifts down, the light in which it falls, its shadow, the basket at the hand."""

from __future__ import annotations

import math
from typing import Final

import pygame

from rehabgames.core.view import Hand, Target, Thing, View
from rehabgames.stage import svg
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.motion import FirstSeen, ease
from rehabgames.stage.targets import radius_px

ACROSS: Final = 1.8  # of the goal's radius: width of what falls
MOST, LEAST = 132.0, 60.0  # px on the 720 px grid
TURN_DEG: Final = 6  # pictures of a turning thing are kept in steps of so much
BASKET: Final = 126.0  # px on the 720 px grid
FAINT: Final = 0.32  # of the basket that is only asked for
GROUND: Final = 0.93  # of the screen's height: where shadows lie
_GONE_S = 0.7
# where the caught lie in the basket, in shares of its width
_HEAP: Final = (
    (-0.2, -0.04),
    (0.2, -0.04),
    (0.0, -0.03),
    (-0.31, -0.05),
    (0.31, -0.05),
    (-0.1, -0.11),
    (0.11, -0.11),
)


class GardenThings:
    """Paints what falls and remembers when each was first seen; `falls` is its part."""

    def __init__(self, falls: str) -> None:
        self._falls = falls
        self._seen = FirstSeen()
        self._radius = 0.13

    def light(self, easel: Easel, view: View, shown: float) -> None:
        """A beam from the leaves down to where it will land, and the shadow of what falls on the ground."""
        self._seen.prune(easel.now_s)
        target = view.target
        if target is None or target.kind != "catch":
            return
        clear = shown * ease(self._seen.age(("light", target.number), easel.now_s) / 0.6)
        x, y = easel.frame.to_screen(target.x, target.y)
        self._radius = target.radius
        radius = radius_px(easel, target.radius)
        beam = _beam(easel, round(radius * 2.3), round(max(y, radius)))
        beam.set_alpha(round(255 * clear))
        easel.canvas.blit(beam, (round(x - beam.get_width() / 2), 0))
        ground = easel.layout.size[1] * GROUND
        easel.stamp(_shadow(easel, round(radius * 1.3)), (x, ground), 0.55 * clear)
        for thing in _falling(view):
            at = easel.frame.to_screen(thing.x, thing.y)[0]
            near = 0.35 + 0.65 * thing.share
            easel.stamp(_shadow(easel, round(radius * (0.5 + 0.2 * near))), (at, ground), near * clear)

    def asked(self, easel: Easel, target: Target, hand: Hand | None, shown: float) -> None:
        """In the ring, faintly, the basket that belongs there, until it is there."""
        away = 1.0 if hand is None else min(1.0, math.hypot(hand.x - target.x, hand.y - target.y) / 0.3)
        width = min(easel.px(BASKET), 1.9 * radius_px(easel, target.radius))
        x, y = easel.frame.to_screen(target.x, target.y)
        paint_basket(easel, (x, y + width * 0.2), width, 0, self._falls, shown=FAINT * ease(away) * shown)

    def seeds(self, easel: Easel, view: View, shown: float) -> None:
        """What drifts down, with a little light behind it so that it is seen on leaves and sky alike."""
        for thing in _falling(view):
            age = self._seen.age((thing.key, thing.state), easel.now_s)
            alpha = shown
            if thing.state == "growing":
                alpha *= ease(age / 0.4)
            elif thing.state == "fading":
                alpha *= 1.0 - ease(age / _GONE_S)
            across = self.across(easel, thing.radius)
            at = easel.frame.to_screen(thing.x, thing.y)
            if thing.state in ("growing", "ready"):
                easel.stamp(easel.glow(across * 0.85, "#fff8e6", 0.25), at, 0.8 * alpha)
            easel.stamp(turned(easel, self._falls, across, math.degrees(thing.angle_rad)), at, alpha)

    def basket(self, easel: Easel, view: View, hand: Hand, shown: float) -> None:
        """A basket that the hand holds, with what it caught in it."""
        x, y = easel.frame.to_screen(hand.x, hand.y)
        width = easel.px(BASKET)
        caught = sum(t.state == "placed" for t in view.things if t.kind == "seed")
        sure = shown * (0.25 + 0.75 * min(1.0, max(0.0, hand.sure)))
        paint_basket(easel, (x, y + width * 0.2), width, caught, self._falls, shown=sure)

    @staticmethod
    def across(easel: Easel, radius: float) -> int:
        """px across what falls, on this screen."""
        wanted = ACROSS * radius_px(easel, radius)
        return round(min(MOST * easel.layout.unit, max(LEAST * easel.layout.unit, wanted)))


def paint_basket(
    easel: Easel, centre: Point, width: float, caught: int, falls: str, *, shown: float = 1.0
) -> None:
    """A shallow basket whose mouth is at `centre`."""
    easel.stamp(easel.sprite("garden/basket_back", width), (centre[0], centre[1] + width * 0.06), shown)
    for i in range(min(caught, len(_HEAP)) - 1, -1, -1):
        dx, dy = _HEAP[i]
        spot = (centre[0] + dx * width, centre[1] + dy * width)
        easel.stamp(turned(easel, falls, round(width * 0.3), (i * 67) % 360), spot, 0.9 * shown)
    easel.stamp(
        easel.sprite("garden/basket_front", width, adorns=True), (centre[0], centre[1] + width * 0.06), shown
    )


def turned(easel: Easel, part: str, across: int, turn_deg: float) -> pygame.Surface:
    return easel.turned(f"garden/{part}", across, turn_deg, step_deg=TURN_DEG, fine=True)


def _falling(view: View) -> list[Thing]:
    falling = [t for t in view.things if t.kind == "seed" and t.state != "placed"]
    target: Target | None = view.target
    if not falling and target is not None and target.kind == "catch":
        falling = [Thing(f"target {target.number}", "seed", target.x, target.y, target.radius)]
    return falling


def _beam(easel: Easel, width: int, height: int) -> pygame.Surface:
    """Light that comes down between the leaves and ends softly at the landing."""
    w, h = max(8, width // 8 * 8), max(16, height // 16 * 16)

    def said() -> str:
        edge = svg.ramp(
            "e",
            (0, "#fff6d0", 0),
            (0.3, "#fff6d0", 1),
            (0.7, "#fff6d0", 1),
            (1, "#fff6d0", 0),
            towards=svg.ACROSS,
        )
        fade = svg.ramp("f", (0, "#fff", 0.15), (0.4, "#fff", 0.42), (0.9, "#fff", 0.6), (1, "#fff", 0.5))
        mask = svg.tag("mask", svg.tag("rect", width=w // 4, height=h // 4, fill="url(#f)"), id="m")
        return svg.document(
            w / 4,
            h / 4,
            edge,
            fade,
            mask,
            svg.tag("rect", width=w // 4, height=h // 4, fill="url(#e)", mask="url(#m)"),
        )

    return easel.pictures.soft(f"garden beam {w} {h}", said, (w, h))


def _shadow(easel: Easel, half: int) -> pygame.Surface:
    def said() -> str:
        dark = svg.tag("ellipse", rx=60, ry=13, fill="#1f3a2c", fill_opacity=0.6, filter="url(#s)")
        return svg.document(half, half * 0.4, svg.blur("s", 6), dark, box=(-100, -40, 200, 80))

    return easel.pictures.soft(f"garden shadow {half}", said, (2 * half, round(half * 0.8)))
