"""The jug that tips, the glass that fills to a line, and the stream between them."""

from __future__ import annotations

import itertools
import math
from typing import Final

import pygame

from rehabgames.core.view import Target, Thing, View
from rehabgames.stage import svg
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.kitchen.closing import paint_closing
from rehabgames.stage.kitchen.things import glass, told
from rehabgames.stage.motion import FirstSeen, ease
from rehabgames.stage.palette import CREAM, GREEN, OUTLINE, VERMILLION
from rehabgames.stage.targets import lead, radius_px

GLASS_HIGH: Final = 3.0  # of its radius, which is half its width at the rim
JUG: Final = 3.0  # width of the jug's picture, of its radius
SPOUT: Final = (-0.92, 0.41)  # in half widths of the picture from the handle, right and up
STREAM: Final = 8.0  # px across on the 720 px grid
_RING, _DISC = 1.16, 1.12


class Pouring:
    """Paints the things of the game "pour"; drink: the colour of what is poured."""

    def __init__(self, drink: str) -> None:
        self._drink = drink
        self._seen = FirstSeen()
        self._last: tuple[str, float, float] = ("", 0.0, -1.0)  # a glass, how full, and since when
        self._stopped_s = -1.0

    def light(self, easel: Easel, view: View, target: Target, shown: float) -> None:
        self._seen.prune(easel.now_s)
        shown *= ease(self._seen.age(("target", target.number), easel.now_s) / 0.4)
        centre, radius = easel.frame.to_screen(target.x, target.y), radius_px(easel, target.radius)
        for thing in view.things:
            if thing.kind == "glass" and thing.state != "placed":
                half, foot = easel.frame.length(thing.radius), easel.frame.to_screen(thing.x, thing.y)
                middle = (foot[0], foot[1] - 0.5 * GLASS_HIGH * half)
                easel.stamp(easel.glow(half * 3.4, "#fff3c4", 0.3), middle, 0.85 * shown)
                easel.stamp(_plate(easel, half), middle, shown)
        easel.stamp(easel.glow(radius * 2.1, "#fff3c4", 0.3), centre, 0.9 * shown)
        disc = easel.disc(radius * _DISC, CREAM, edge=OUTLINE, edge_px=easel.px(2))
        easel.stamp(disc, centre, 0.95 * shown)
        share = told(view, next((t.share for t in view.things if t.kind == "jug"), 0.0))
        paint_closing(easel, centre, radius * _RING, share, shown)

    def things(self, easel: Easel, view: View) -> None:
        """Stream, glass with its line, jug."""
        glasses = [t for t in view.things if t.kind == "glass" and t.state != "placed"]
        jugs = [t for t in view.things if t.kind == "jug"]
        for vessel in glasses:
            for jug in jugs:
                self._stream(easel, jug, vessel)
            self._glass(easel, vessel)
        for jug in jugs:
            self._jug(easel, jug)

    def asked(self, easel: Easel, view: View, target: Target, shown: float) -> None:
        shown *= ease(self._seen.age(("target", target.number), easel.now_s) / 0.4)
        centre, radius = easel.frame.to_screen(target.x, target.y), radius_px(easel, target.radius)
        if view.hand:
            start = easel.frame.to_screen(view.hand.x, view.hand.y)
            lead(easel, start, centre, radius * 0.8, shown * view.hand.sure)

    def _glass(self, easel: Easel, thing: Thing) -> None:
        half, (x, y) = easel.frame.length(thing.radius), easel.frame.to_screen(thing.x, thing.y)
        alpha = self._alpha(easel, thing)
        picture = glass(easel, half * 2.5, self._drink, thing.share)
        easel.stamp(picture, (x, y - picture.get_height() * (0.5 - 8 / 136)), alpha)
        if len(thing.way) >= 3:
            marks = _marks(easel, half, tuple(level for _, level in thing.way[:3]))
            easel.stamp(marks, (x, y - 0.5 * GLASS_HIGH * half), alpha)

    def _jug(self, easel: Easel, thing: Thing) -> None:
        width = JUG * radius_px(easel, thing.radius)
        picture = easel.turned("kitchen/jug", width, math.degrees(thing.angle_rad))
        easel.stamp(picture, easel.frame.to_screen(thing.x, thing.y), self._alpha(easel, thing))

    def _stream(self, easel: Easel, jug: Thing, vessel: Thing) -> None:
        """It is there while the glass grows fuller, and a moment longer, in which its end falls."""
        key, full, since_s = self._last
        if key != vessel.key:
            since_s = -1.0
        elif vessel.share > full + 1e-6:
            since_s = easel.now_s
        self._last = (vessel.key, vessel.share, since_s)
        rest = 1.0 - (easel.now_s - since_s) / 0.16 if since_s >= 0 else 0.0
        if rest <= 0.0 or vessel.share <= 0.0 or vessel.state == "fading":
            return
        half, (x, foot) = easel.frame.length(vessel.radius), easel.frame.to_screen(vessel.x, vessel.y)
        start = spout(easel, jug)
        end = foot - max(0.04, vessel.share) * GLASS_HIGH * half * 0.95
        top = start[1] + (1.0 - min(1.0, rest * 2.0)) * (end - start[1])
        wide = easel.px(STREAM)
        places = [(start[0] + (x - start[0]) * k**0.5, top + (end - top) * k) for k in (0.0, 0.3, 0.6, 1.0)]
        for (ax, ay), (bx, by) in itertools.pairwise(places):
            pygame.draw.polygon(
                easel.canvas,
                self._drink,
                [(ax - wide / 2, ay), (ax + wide / 2, ay), (bx + wide / 2, by), (bx - wide / 2, by)],
            )
        easel.stamp(easel.disc(wide / 2, self._drink), places[0])
        if not easel.calm:
            ripple = easel.glow(half * 0.5, "#ffffff", 0.2)
            easel.stamp(ripple, (x, end), 0.5 * rest)

    def _alpha(self, easel: Easel, thing: Thing) -> float:
        age = self._seen.age((thing.key, thing.state == "fading"), easel.now_s)
        born = ease(self._seen.age(thing.key, easel.now_s) / 0.45)
        return 1.0 - ease(age / 0.6) if thing.state == "fading" else born


def spout(easel: Easel, jug: Thing) -> Point:
    """Where the jug's spout is on the screen."""
    x, y = easel.frame.to_screen(jug.x, jug.y)
    half = 0.5 * JUG * radius_px(easel, jug.radius)
    right, up = SPOUT[0] * (-1 if easel.mirrored else 1), SPOUT[1]
    c, s = math.cos(jug.angle_rad), math.sin(jug.angle_rad)
    return x + half * (right * c - up * s), y - half * (right * s + up * c)


def _plate(easel: Easel, half: float) -> pygame.Surface:
    """A bright ground behind the glass."""
    w, h = round(3.5 * half), round((GLASS_HIGH + 0.9) * half)

    def said() -> str:
        shape = svg.tag(
            "rect",
            x=2,
            y=2,
            width=w - 4,
            height=h - 4,
            rx=0.5 * half,
            fill=CREAM,
            stroke=OUTLINE,
            stroke_width=2,
        )
        return svg.document(w, h, shape)

    return easel.pictures.drawn(f"plate {w} {h}", said)


def _marks(easel: Easel, half: float, levels: tuple[float, ...]) -> pygame.Surface:
    """The line to fill to, with arrow heads on both sides, and the band that counts. levels: of the line, the
    lowest and the highest, shares of the glass's height."""
    line, low, high = (round(48 * level) / 48 for level in levels)
    w, h = round(3.5 * half), round(GLASS_HIGH * half)

    def said() -> str:
        def y(level: float) -> float:
            return h * (1.0 - 0.05 - 0.95 * min(1.0, level))

        middle, inner = w / 2, 0.98 * half
        band = svg.tag(
            "rect",
            x=middle - inner,
            y=y(high),
            width=2 * inner,
            height=max(3.0, y(low) - y(high)),
            fill=GREEN,
            fill_opacity=0.3,
            stroke=GREEN,
            stroke_width=2,
        )
        at, head = y(line), 0.24 * half
        rule = svg.line(f"M{middle - inner} {at} L{middle + inner} {at}", OUTLINE, 7.0)
        rule += svg.line(f"M{middle - inner} {at} L{middle + inner} {at}", "#ffffff", 3.0)
        arrows = ""
        for way in (-1, 1):
            tip, back = middle + way * (inner + 4), middle + way * (inner + 4 + 1.6 * head)
            d = f"M{tip} {at} L{back} {at - head} L{back} {at + head}Z"
            arrows += svg.path(d, fill=VERMILLION, stroke=OUTLINE, stroke_width=2.5, stroke_linejoin="round")
        return svg.document(w, h, band, rule, arrows)

    return easel.pictures.drawn(f"marks {w} {line:.3f} {low:.3f} {high:.3f}", said)
