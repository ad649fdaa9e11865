"""The turner's workshop, composed of SVG parts: garden, window, wall with tools and shelves, bench.

Written for the right side on a 1920×1080 ground and mirrored for the left. The garden is a picture of its
own behind the panes, so that it can move with the player's head as it would behind a window.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pygame

from rehabgames.stage import svg
from rehabgames.stage.ground import HEIGHT, WIDTH, Box, Ground
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.planes import Painter, Plane
from rehabgames.stage.svg import block, oval, use
from rehabgames.stage.workshop.garden import ACROSS, DOWN, LEFT, TOP, around_glass, garden
from rehabgames.stage.workshop.hours import Hour, hour_of

LAMP = (1418.0, 238.0)  # where its light comes from
BAR = 14.0  # of wood between two panes
SHELVES = ((1470.0, 276.0), (1470.0, 440.0))  # left end and top of each
SHELF = 430.0
BENCH = 806.0  # where its top begins
GARDEN_DEPTH, NEAR_DEPTH = 0.9, -0.7  # see Easel.shift
_PARTS = ("tools",)
_LOW: Final[Box] = (-60.0, HEIGHT - 190.0, WIDTH + 120.0, 190.0)


@dataclass(frozen=True, slots=True)
class Still:
    """What does not move by itself: the garden (opaque, larger than the glass), the room, what lies nearest;
    and the panes on the screen."""

    garden: Plane
    room: Plane
    near: Plane
    panes: tuple[pygame.Rect, ...]


def still(pictures: Pictures, seed: int, ground: Ground) -> Still:
    hour, rng = hour_of(seed), np.random.default_rng([seed, 11])
    painter = Painter(pictures, ground, "workshop", _PARTS, _gradients(hour))
    return Still(
        painter.piece(garden(hour, rng), around_glass(), GARDEN_DEPTH, hour.sky[1]),
        painter.back(_room(hour, rng), 0.0, ((0.0, hour.wall[1]), (BENCH / HEIGHT, hour.bench[0]))),
        painter.piece(_near(hour, rng), _LOW, NEAR_DEPTH),
        _panes(ground),
    )


def _panes(ground: Ground) -> tuple[pygame.Rect, ...]:
    wide, high = (ACROSS - 2 * BAR) / 3, (DOWN - BAR) / 2
    return tuple(
        ground.area((LEFT + i * (wide + BAR), TOP + j * (high + BAR), wide, high))
        for i in range(3)
        for j in range(2)
    )


def _room(hour: Hour, rng: np.random.Generator) -> Iterator[str]:
    yield block(0, 0, WIDTH, HEIGHT, fill="url(#wall)")
    for _ in range(26):  # plaster is never even
        x, y, r = rng.uniform(0, WIDTH), rng.uniform(0, 820), rng.uniform(80, 300)
        patch = "url(#pale)" if rng.uniform() < 0.5 else "url(#dull)"
        yield oval(x, y, r, r * 0.5, fill=patch, fill_opacity=0.34)
    middle = (LEFT + ACROSS / 2, TOP + DOWN / 2)
    if not hour.lamp:
        yield oval(*middle, 760, 560, fill="url(#glow)")
    yield from _window(hour)
    yield use("tools", 596, 190, 0.5, opacity=0.85)
    yield from _shelves(hour)
    yield from _bench(hour, rng)
    yield from _lamp(hour)
    beams = []
    for x, wide in ((60, 130), (300, 80), (520, 170)):
        far = f"L{x + wide * 1.6 + 620:.0f} 1000 L{x + 520} 1000Z"
        beams.append(svg.path(f"M{x} -20 L{x + wide} -20 {far}", fill="url(#beam)", fill_opacity=hour.beams))
    yield svg.tag("g", *beams, filter="url(#soft)")


def _window(hour: Hour) -> Iterator[str]:
    """The reveal, the wood round and between the panes, and the sill. The glass itself is the garden's."""
    frame: dict[str, svg.Value] = {"stroke": hour.dark, "stroke_opacity": 0.35, "stroke_width": 3}
    yield block(LEFT - 54, TOP - 50, ACROSS + 108, DOWN + 90, fill=hour.wall[2], fill_opacity=0.55, rx=8)
    yield block(LEFT - 40, TOP - 38, ACROSS + 80, DOWN + 70, fill=hour.wall[0], rx=5)
    yield block(LEFT - 24, TOP - 24, ACROSS + 48, DOWN + 48, fill="url(#wood)", rx=4, **frame)
    yield block(LEFT, TOP, ACROSS, DOWN, fill=hour.sky[1])
    wide, high = (ACROSS - 2 * BAR) / 3, (DOWN - BAR) / 2
    for i in (1, 2):
        yield block(LEFT + i * (wide + BAR) - BAR, TOP, BAR, DOWN, fill=hour.bench[0])
    yield block(LEFT, TOP + high, ACROSS, BAR, fill=hour.bench[0])
    yield block(LEFT, TOP + high + BAR - 3, ACROSS, 3, fill=hour.dark, fill_opacity=0.3)
    sill = TOP + DOWN + 24
    yield block(LEFT - 70, sill + 30, ACROSS + 140, 30, fill=hour.dark, fill_opacity=0.2, filter="url(#soft)")
    yield block(LEFT - 74, sill, ACROSS + 148, 30, fill="url(#wood)", rx=5, **frame)
    yield block(LEFT - 74, sill, ACROSS + 148, 6, fill=hour.wall[0], fill_opacity=0.55, rx=3)


def _shelves(hour: Hour) -> Iterator[str]:
    for x, y in SHELVES:
        yield block(x + 10, y + 20, SHELF - 10, 34, fill=hour.dark, fill_opacity=0.22, filter="url(#soft)")
        for at in (x + 40, x + SHELF - 60):
            yield svg.path(f"M{at} {y + 16} h16 v46 q-16 -14 -16 -46Z", fill=hour.bench[2])
        yield block(x, y, SHELF, 18, fill="url(#wood)", rx=3)
        yield block(x, y, SHELF, 5, fill=hour.wall[0], fill_opacity=0.5, rx=2)


def _bench(hour: Hour, rng: np.random.Generator) -> Iterator[str]:
    """A thick top seen from a little above, its edge, and the dark below it."""
    top, edge = BENCH, 936.0
    yield block(0, top - 44, WIDTH, 44, fill="url(#foot)")
    yield block(0, top, WIDTH, edge - top, fill="url(#bench)")
    for i in range(15):
        x = (i - 3) * 190 + rng.uniform(-20, 20)
        away = (x - WIDTH / 2) * 0.3
        yield svg.line(f"M{x - away * 0.5} {top} L{x + away * 0.5} {edge}", hour.dark, 2, stroke_opacity=0.2)
    for _ in range(70):
        y = rng.uniform(top + 6, edge - 4)
        x, r = rng.uniform(0, WIDTH), rng.uniform(40, 190)
        tint = hour.wall[0] if rng.uniform() < 0.45 else hour.dark
        grain = f"M{x} {y} q{r / 2} {rng.uniform(-3, 3)} {r} 0"
        yield svg.line(grain, tint, 1.6, stroke_opacity=0.13)
    yield oval(LEFT + ACROSS / 2, top + 62, 720, 60, fill="url(#glow)", fill_opacity=0.6)
    yield block(0, edge, WIDTH, 58, fill="url(#edge)")
    yield block(0, edge, WIDTH, 5, fill=hour.wall[0], fill_opacity=0.4)
    yield block(0, edge + 58, WIDTH, HEIGHT, fill=hour.dark)
    for i in range(5):
        x = i * 400.0 - 60
        yield block(x, edge + 74, 376, 120, fill=hour.bench[2], rx=6)
        yield block(x, edge + 74, 376, 4, fill=hour.bench[1], rx=2)
        yield oval(x + 188, edge + 112, 15, 9, fill=hour.bench[1])
    yield block(0, edge + 58, WIDTH, 100, fill="url(#under)")
    yield from _blanks(hour)


def _blanks(hour: Hour) -> Iterator[str]:
    """Wood that is not turned yet, stacked on the bench beside the play."""
    yield oval(330, 912, 230, 16, fill=hour.dark, fill_opacity=0.4, filter="url(#soft)")
    for x, y, wide, high in ((300, 906, 130, 40), (312, 872, 112, 36), (470, 910, 70, 50)):
        yield svg.path(
            f"M{x - wide} {y - high} V{y - 12} A{wide} 15 0 0 0 {x + wide} {y - 12} V{y - high}Z",
            fill="url(#wood)",
        )
        yield oval(x, y - high, wide, 15, fill=hour.bench[0])
        for k in (0.72, 0.46, 0.2):
            ring: dict[str, svg.Value] = {"stroke": hour.bench[2], "stroke_opacity": 0.5, "stroke_width": 2}
            yield oval(x + 4 * k, y - high, wide * k, 15 * k, fill="none", **ring)


def _lamp(hour: Hour) -> Iterator[str]:
    """Cord and light of the lamp over the far end of the bench; it is lit in the evening."""
    x, y = LAMP
    yield svg.line(f"M{x} -10 V{y - 56}", hour.dark, 4)
    if hour.lamp:
        yield oval(x, y + 40, 760, 560, fill="url(#glow)")
        cone = f"M{x - 60} {y} L{x - 560} {BENCH} H{x + 560} L{x + 60} {y}Z"
        yield svg.path(cone, fill=hour.sun, fill_opacity=0.1, filter="url(#soft)")


def _near(hour: Hour, rng: np.random.Generator) -> Iterator[str]:
    """Heaps of shavings at both lower corners: rolled ribbons, nearer than the bench."""
    for low, high, many in ((-60.0, 470.0, 26), (1560.0, 1980.0, 22)):
        for _ in range(many):
            x, y, r = rng.uniform(low, high), HEIGHT + rng.uniform(-34, 14), rng.uniform(17, 30)
            turn, tint = (
                rng.uniform(-50, 50),
                (hour.bench[0], hour.wall[1], hour.bench[1])[int(rng.integers(3))],
            )
            # a ribbon wound one and a half times, seen from its side
            inner = f"A{r * 0.75} {r * 0.6} 0 1 1 {-r * 0.35} {-r * 0.2}"
            wound = f"M{-r} 0 A{r} {r * 0.8} 0 1 1 {r * 0.8} {r * 0.25} {inner}"
            at = f"translate({x:.0f} {y:.0f}) rotate({turn:.0f})"
            yield svg.line(wound, hour.dark, r * 0.62, stroke_opacity=0.5, transform=at)
            yield svg.line(wound, tint, r * 0.46, transform=at)
            yield svg.line(wound, hour.wall[0], r * 0.1, stroke_opacity=0.5, transform=at)


def _gradients(hour: Hour) -> str:
    wall, bench = hour.wall, hour.bench
    return "".join(
        (
            svg.ramp("sky", (0, hour.sky[0], 1), (0.7, hour.sky[1], 1), (1, hour.sky[1], 1)),
            svg.ramp("lawn", (0, hour.lawn[0], 1), (0.35, hour.lawn[1], 1), (1, hour.lawn[1], 1)),
            svg.ramp("wall", (0, wall[1], 1), (0.5, wall[0], 1), (1, wall[2], 1), towards=(0.5, 1.0)),
            svg.ramp("wood", (0, bench[0], 1), (0.5, bench[1], 1), (1, bench[2], 1), towards=(0.25, 1.0)),
            svg.ramp("bench", (0, bench[1], 1), (0.4, bench[0], 1), (1, bench[1], 1)),
            svg.ramp("edge", (0, bench[1], 1), (1, bench[2], 1)),
            svg.ramp("under", (0, "#000000", 0.45), (1, "#000000", 0)),
            svg.ramp("beam", (0, hour.sun, 1), (0.75, hour.sun, 0.4), (1, hour.sun, 0)),
            svg.light("glow", (0, hour.sun, 0.75), (0.45, hour.sun, 0.3), (1, hour.sun, 0)),
            svg.ramp("foot", (0, hour.dark, 0), (1, hour.dark, 0.36)),
            svg.light("pale", (0, wall[0], 1), (1, wall[0], 0)),
            svg.light("dull", (0, wall[2], 1), (1, wall[2], 0)),
            svg.blur("soft", 12),
        )
    )
