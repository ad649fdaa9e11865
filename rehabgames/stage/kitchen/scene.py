"""The kitchen, composed of SVG parts: garden, wall with tiles, window, shelves, worktop; what lies nearest.

Written for the right side on a 1920×1080 ground, see ground. The garden is a plane of its own behind the
panes, so that it moves with the player's head as it would behind a window.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pygame

from rehabgames.stage import svg
from rehabgames.stage.ground import HEIGHT, SPARE, WIDTH, Ground
from rehabgames.stage.kitchen.garden import ACROSS, BAR, DOWN, LEFT, TOP, garden
from rehabgames.stage.kitchen.hours import Hour, hour_of, tiles_of
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.planes import Painter, Plane
from rehabgames.stage.svg import block, oval, use

GARDEN_DEPTH, SILL_DEPTH, NEAR_DEPTH = 0.9, 0.12, -0.7  # see Easel.shift
SILL: Final = TOP + DOWN + 22.0  # top of the window's sill
WORKTOP: Final = 800.0  # where its back edge is
SHELVES: Final = ((1392.0, 258.0), (1392.0, 384.0))  # left end and top of each
SHELF: Final = 500.0  # how long each is
_PARTS: Final = ("kettle", "pan", "ladle", "herb", "bunch", "tap")
_TILE: Final = 74.0


@dataclass(frozen=True, slots=True)
class Still:
    """What does not move by itself. panes: of the window, px on the screen."""

    room: Plane
    garden: Plane
    sill: Plane
    near: Plane
    panes: tuple[pygame.Rect, ...]


def still(pictures: Pictures, seed: int, ground: Ground) -> Still:
    hour, rng = hour_of(seed), np.random.default_rng([seed, 11])
    painter = Painter(pictures, ground, "kitchen", _PARTS, _defs(hour, seed))
    plain = ((0.0, hour.wall[0]), (WORKTOP / HEIGHT, hour.wood[0]))
    return Still(
        painter.back(_room(hour, seed, rng), 0.0, plain),
        painter.plane(garden(hour, np.random.default_rng([seed, 12])), GARDEN_DEPTH),
        painter.plane(_sill(hour, rng), SILL_DEPTH),
        painter.plane(_near(hour, rng), NEAR_DEPTH),
        _panes(ground),
    )


def _panes(ground: Ground) -> tuple[pygame.Rect, ...]:
    """Two low ones and two high ones."""
    wide, high = (ACROSS - BAR) / 2, (0.34 * DOWN, 0.66 * DOWN - BAR)
    return tuple(
        ground.area((LEFT + i * (wide + BAR), top, wide, down))
        for i in range(2)
        for top, down in ((TOP, high[0]), (TOP + high[0] + BAR, high[1]))
    )


def _room(hour: Hour, seed: int, rng: np.random.Generator) -> Iterator[str]:
    yield block(-SPARE, -SPARE, WIDTH + 2 * SPARE, HEIGHT + 2 * SPARE, "url(#k-wall)")
    yield from _tiles(hour, tiles_of(seed), rng)
    yield from _window(hour)
    yield from _hanging()
    yield from _shelves(hour)
    yield from _worktop(hour, rng)
    yield from _light(hour)


def _tiles(hour: Hour, tints: tuple[str, str], rng: np.random.Generator) -> Iterator[str]:
    top = SILL + 44
    yield block(-SPARE, top, WIDTH + 2 * SPARE, WORKTOP - top, tints[1])
    rows = int((WORKTOP - top) / _TILE) + 1
    for j in range(rows):
        y = top + j * _TILE
        for i in range(-1, int((WIDTH + 2 * SPARE) / _TILE) + 1):
            x = -SPARE + (i + 0.5 * (j % 2)) * _TILE
            high = min(_TILE - 4, WORKTOP - y)
            bright = f"{rng.uniform(0.0, 0.16):.2f}"
            yield block(x + 2, y + 2, _TILE - 4, high, tints[0], rx=5.0)
            yield block(x + 2, y + 2, _TILE - 4, high, "#ffffff", rx=5.0, fill_opacity=bright)
    yield block(-SPARE, top - 12, WIDTH + 2 * SPARE, 14, tints[0])
    yield block(-SPARE, top + 2, WIDTH + 2 * SPARE, 7, hour.shade, fill_opacity=0.22)
    yield block(-SPARE, top, WIDTH + 2 * SPARE, WORKTOP - top, "url(#k-dim)")


def _window(hour: Hour) -> Iterator[str]:
    """The frame; where the glass is there is only sky, for the garden lies behind it."""
    wood, edge = "#eee8d8", "#c4bba4"
    yield block(LEFT - 52, TOP - 46, ACROSS + 104, DOWN + 80, hour.shade, rx=8.0, fill_opacity=0.16)
    yield block(LEFT - 44, TOP - 44, ACROSS + 88, DOWN + 76, wood, rx=5.0, stroke=edge, stroke_width=3.0)
    yield block(LEFT - 12, TOP - 12, ACROSS + 24, DOWN + 24, edge, rx=3.0)
    yield block(LEFT, TOP, ACROSS, DOWN, hour.sky[1])
    yield block(LEFT + (ACROSS - BAR) / 2 - 2, TOP, BAR + 4, DOWN, wood)
    yield block(LEFT, TOP + 0.34 * DOWN - 1, ACROSS, BAR + 2, wood)
    yield block(LEFT + (ACROSS + BAR) / 2, TOP, 3, DOWN, edge)
    for x, way in ((LEFT - 40, 1), (LEFT + ACROSS + 40, -1)):
        yield from _curtain(hour, x, way)


def _curtain(hour: Hour, x: float, way: int) -> Iterator[str]:
    """A short linen curtain, drawn aside."""
    a, b, c = x - 18 * way, x + 74 * way, x + 34 * way
    top, foot = TOP - 40, TOP + DOWN * 0.72
    d = (
        f"M{a:.0f} {top:.0f} L{b:.0f} {top:.0f} C{b:.0f} {top + 120:.0f} {c:.0f} {foot - 90:.0f} "
        f"{c - 14 * way:.0f} {foot:.0f} L{a:.0f} {foot + 8:.0f}Z"
    )
    yield svg.path(d, fill="#f3ecd9", fill_opacity=0.94, stroke="#cfc3a6", stroke_width=2.0)
    for share in (0.28, 0.5, 0.72):
        at, end = a + (b - a) * share, a + (c - 14 * way - a) * share
        bow = f"C{at:.0f} {top + 130:.0f} {end:.0f} {foot - 100:.0f} {end:.0f} {foot:.0f}"
        fold = f"M{at:.0f} {top + 4:.0f} {bow}"
        yield svg.line(fold, "#d3c8ac", 3.0, stroke_opacity=0.7)
    yield block(min(a, b) - 8, top - 10, abs(b - a) + 16, 8, "#8a7350", rx=4.0)


def _hanging() -> Iterator[str]:
    """Herbs that dry beside the window."""
    yield svg.line("M600 112 L676 112", "#8a7350", 5.0)
    yield use("bunch", 620, 116, 0.82, color="#8b9a7c", opacity=0.9)
    yield use("bunch", 656, 116, 0.66, color="#9aa083", opacity=0.9)


def _shelves(hour: Hour) -> Iterator[str]:
    """Two planks on the wall where what was brought home stands; hooks under the lower one."""
    for x, y in SHELVES:
        end = x + SHELF
        shadow = f"M{x + 14} {y + 16} L{end + 10} {y + 16} L{end + 26} {y + 50} L{x + 34} {y + 50}Z"
        yield svg.path(shadow, fill=hour.shade, fill_opacity=0.2)
        for at in (x + 46, x + SHELF - 46):
            bow = f"C{at} {y + 28} {at + 16} {y + 18} {at + 26} {y + 16}"
            yield svg.line(f"M{at} {y + 14} L{at} {y + 44} {bow}", "#6b5a48", 5.0)
        yield block(x, y, SHELF, 16, "url(#k-plank)", rx=3.0, stroke="#8a6a48", stroke_width=1.5)
        yield block(x + 4, y + 1, SHELF - 8, 3, "#fff", fill_opacity=0.3)
    low = SHELVES[1][1]
    yield use("pan", 1800, low + 100, 0.84, opacity=0.8)
    yield use("ladle", 1712, low + 96, 0.78, opacity=0.75)


def _worktop(hour: Hour, rng: np.random.Generator) -> Iterator[str]:
    yield block(-SPARE, WORKTOP - 26, WIDTH + 2 * SPARE, 30, "url(#k-foot)")
    yield use("tap", 872, WORKTOP + 8, 1.02, opacity=0.85)
    yield block(-SPARE, WORKTOP, WIDTH + 2 * SPARE, HEIGHT - WORKTOP + SPARE, "url(#k-wood)")
    for _ in range(46):
        y = WORKTOP + 8 + float(rng.uniform(0, 1) ** 1.3) * 260
        x, long = rng.uniform(-SPARE, WIDTH), rng.uniform(160, 620)
        grain = f"M{x:.0f} {y:.0f} c{long * 0.3:.0f} {rng.uniform(-4, 4):.0f} {long * 0.7:.0f} "
        grain += f"{rng.uniform(-4, 4):.0f} {long:.0f} {rng.uniform(-3, 3):.0f}"
        yield svg.line(
            grain, hour.wood[1], rng.uniform(1.2, 3.0), stroke_opacity=f"{rng.uniform(0.1, 0.3):.2f}"
        )
    for y in (WORKTOP + 74, WORKTOP + 170):
        yield block(-SPARE, y, WIDTH + 2 * SPARE, 2.5, hour.wood[1], fill_opacity=0.4)
    yield block(-SPARE, WORKTOP, WIDTH + 2 * SPARE, 5, "#fff4dc", fill_opacity=0.4)
    yield block(-SPARE, HEIGHT - 34, WIDTH + 2 * SPARE, SPARE + 34, hour.wood[1], fill_opacity=0.55)
    yield oval(704, WORKTOP + 26, 74, 11, fill=hour.shade, fill_opacity=0.4)
    yield use("kettle", 690, WORKTOP + 22, 1.04, opacity=0.92)
    for x, high, tint in ((1790, 96, "#bfc4b4"), (1858, 78, "#c9bfa6")):
        yield oval(x + 12, WORKTOP + 18, 44, 8, fill=hour.shade, fill_opacity=0.35)
        yield block(x - 32, WORKTOP + 18 - high, 64, high, tint, rx=9.0, stroke="#8c8b7c", stroke_width=2.0)
        yield block(x - 34, WORKTOP + 8 - high, 68, 15, "#a98a62", rx=5.0)
        yield block(x - 22, WORKTOP + 34 - high, 9, high - 30, "#fff", rx=4.0, fill_opacity=0.4)


def _light(hour: Hour) -> Iterator[str]:
    """What the window throws on tiles and worktop, to the right and down; a lamp from above; dim corners."""
    clear = f"{0.34 * hour.sun:.2f}"
    for x in (1010.0, 1270.0):
        d = f"M{x:.0f} 812 L{x + 210:.0f} 812 L{x + 330:.0f} 1030 L{x + 70:.0f} 1030Z"
        yield svg.path(d, fill=hour.ray, fill_opacity=clear, filter="url(#k-soft)")
    yield oval(
        LEFT + ACROSS / 2, TOP + DOWN / 2, 620, 480, fill="url(#k-bright)", fill_opacity=0.5 * hour.sun + 0.1
    )
    if hour.lamp:
        lit = f"{hour.lamp:.2f}"
        yield oval(1290, 60, 900, 820, fill="url(#k-lamp)", fill_opacity=lit)
    yield block(-SPARE, -SPARE, WIDTH + 2 * SPARE, HEIGHT + 2 * SPARE, "url(#k-corner)")


def _sill(hour: Hour, rng: np.random.Generator) -> Iterator[str]:
    """The sill before the glass with its herbs; over the garden, a little behind the screen."""
    yield block(LEFT - 70, SILL + 18, ACROSS + 140, 26, hour.shade, rx=8.0, fill_opacity=0.22)
    yield block(LEFT - 76, SILL - 4, ACROSS + 152, 26, "#f4eede", rx=6.0, stroke="#b9ad92", stroke_width=2.5)
    yield block(LEFT - 70, SILL - 2, ACROSS + 140, 5, "#fff", rx=2.0, fill_opacity=0.7)
    greens = ("#6f9160", "#84a06f", "#5d8560", "#93a678")
    for i, x in enumerate((LEFT + 26, LEFT + 112, LEFT + ACROSS - 40)):
        colour = greens[int(rng.integers(len(greens)))]
        size = (0.82, 0.7, 0.8)[i] * rng.uniform(0.94, 1.06)
        yield oval(x + 14, SILL + 3, 30, 5, fill=hour.shade, fill_opacity=0.3)
        yield use("herb", x, SILL + 2, size, color=colour)


def _near(hour: Hour, rng: np.random.Generator) -> Iterator[str]:
    """A cloth and a spoon at the edge nearest to the player, at the side of the mirror."""
    cloth = "M-60 1018 C80 986 260 1000 380 1026 C420 1040 430 1110 440 1150 L-60 1150Z"
    yield svg.path(cloth, fill="#d9d3bf", stroke="#a79f86", stroke_width=2.5)
    for k in range(5):
        dy = 16 * k
        weave = f"M-60 {1036 + dy} C80 {1004 + dy} 260 {1018 + dy} 396 {1044 + dy}"
        yield svg.line(
            weave, "#8fa0a0" if k in (1, 2) else "#c6bea6", 5.0 if k in (1, 2) else 2.0, stroke_opacity=0.6
        )


def _defs(hour: Hour, seed: int) -> str:
    wall, wood, dark = hour.wall, hour.wood, hour.shade
    return "".join(
        (
            svg.ramp("k-sky", (0, hour.sky[0], 1), (0.4, hour.sky[1], 1), (0.6, hour.sky[2], 1)),
            svg.light("k-glow", (0, hour.glow, 0.95), (0.4, hour.glow, 0.5), (1, hour.glow, 0)),
            svg.ramp("k-lawn", (0, hour.lawn[0], 1), (0.7, hour.lawn[1], 1), (1, hour.lawn[1], 1)),
            svg.ramp("k-wall", (0, wall[0], 1), (0.5, wall[0], 1), (1, wall[1], 1)),
            svg.ramp("k-dim", (0, dark, 0.04), (0.7, dark, 0.08), (1, dark, 0.26)),
            svg.ramp("k-wood", (0, wood[0], 1), (0.5, wood[0], 1), (1, wood[1], 1)),
            svg.ramp("k-plank", (0, wood[0], 1), (1, wood[1], 1)),
            svg.ramp("k-foot", (0, dark, 0), (1, dark, 0.4)),
            svg.light("k-bright", (0, hour.ray, 0.6), (0.6, hour.ray, 0.25), (1, hour.ray, 0)),
            svg.light("k-lamp", (0, "#ffd894", 0.42), (0.5, "#ffcf86", 0.2), (1, "#ffcf86", 0)),
            svg.light("k-corner", (0, dark, 0), (0.62, dark, 0.02), (1, dark, 0.36)),
            svg.blur("k-soft", 10),
        )
    )
