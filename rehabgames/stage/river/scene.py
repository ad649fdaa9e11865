"""The still river valley, composed of SVG: sky, ridges in haze, far banks, the water and its reflections.

It is written for the right side, in px of the 720 px grid, with the light from the left; for the left
side the finished picture is mirrored. Whatever comes nearer is not in here (see river_banks).
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pygame

from rehabgames.core.landmarks import Side
from rehabgames.stage import svg
from rehabgames.stage.easel import MOST_SHIFT
from rehabgames.stage.layout import Layout
from rehabgames.stage.pictures import Part, Pictures
from rehabgames.stage.river.course import HALF_WIDTH, Course, still
from rehabgames.stage.river.hours import SECOND, Hour, feature_of, hour_of, style_of, tree_of
from rehabgames.stage.svg import oval, use

EDGE = MOST_SHIFT + 4.0  # px that the picture is larger than the screen on every side, so that it can shift
_BENDS_AT = 9.0  # so far off, in distances of the boat from the eye, the river begins to wind away
_PARTS = ("poplar", "willow", "alder", "bush")


@dataclass(frozen=True, slots=True)
class _Ground:
    """What is where: width and height of the screen, the end of the river, the boat's row, the scale."""

    width: float
    height: float
    x: float
    horizon: float
    row: float
    scale: float

    def at(self, across: float, far: float) -> tuple[float, float]:
        """far: 1 at the boat."""
        bend = 74.0 * (1.0 - _BENDS_AT / far) ** 1.6 if far > _BENDS_AT else 0.0
        down = self.horizon + (self.row - self.horizon) / far
        return self.x + across * self.scale / far + bend, down

    def edge(self, across: float) -> list[tuple[float, float]]:
        """From far away to under the lower edge of the screen."""
        nearest = (self.row - self.horizon) / (self.height + 2 * EDGE - self.horizon)
        far = (90, 60, 40, 28, 20, 15, 12, 10.5, 9, 5, 3, 2, 1, min(0.6, nearest))
        return [self.at(across, each) for each in far]


def still_river(pictures: Pictures, seed: int, size: tuple[int, int], side: Side) -> pygame.Surface:
    """Opaque, and EDGE px of the grid larger than the screen on every side."""
    layout = Layout.of(size, "right")
    unit = layout.unit
    ground = _Ground(size[0] / unit, size[1] / unit, *still(layout))
    hour, rng = hour_of(seed), np.random.default_rng([seed, 3])
    larger = (round(size[0] + 2 * EDGE * unit), round(size[1] + 2 * EDGE * unit))
    parts = {name: pictures.part(f"river/{name}") for name in (*_PARTS, feature_of(seed))}
    parts |= {name: pictures.part(f"orchard/{name}") for name in ("cloud", "cloud_long")}
    drawn = "".join(svg.tag("g", _inner(n, p), id=n) for n, p in parts.items())
    document = svg.document(
        *larger,
        svg.tag("style", style_of(hour.leaves) + style_of(hour.other_leaves, "2")),
        svg.tag("defs", drawn + _gradients(hour, ground)),
        *_sky(hour, ground, rng),
        *_ridges(hour, ground, rng),
        *_banks(hour, ground, rng),
        *_water(hour, ground, rng),
        *_feature(seed, hour, ground),
        *_shores(hour, ground, rng, tree_of(seed)),
        *_air(hour, ground),
        box=(-EDGE, -EDGE, ground.width + 2 * EDGE, ground.height + 2 * EDGE),
    )
    made = pictures.raster(document, opaque=True) or _plain(hour, larger, unit * (ground.horizon + EDGE))
    return pygame.transform.flip(made, True, False) if side == "left" else made


def paint_still(course: Course, drawn: pygame.Surface) -> None:
    """Row by row as far as it is deep there: with the player's head the water goes as what floats on it.

    Large letters push the play down, and the river with it: its sky then begins higher up.
    """
    layout = course.easel.layout
    (width, height), edge = layout.size, round(EDGE * layout.unit)
    lower = round(course.vanish[1] - still(Layout.of(layout.size, layout.side))[1] * layout.unit)
    depths = course.depths(np.arange(height))
    moved = np.rint(np.outer(depths, course.push)).astype(int)
    changes = np.flatnonzero(np.abs(np.diff(moved, axis=0)).sum(axis=1)) + 1
    for first, end in itertools.pairwise([0, *changes.tolist(), height]):
        aside, down = moved[first].tolist()
        part = (edge - aside, first + edge - down - lower, width, end - first)
        course.easel.canvas.blit(drawn, (0, first), part)
    if lower > edge:
        above = pygame.transform.scale(drawn.subsurface((0, edge, width, 1)), (width, lower))
        course.easel.canvas.blit(above, (0, 0))


def _inner(name: str, part: Part | None) -> str:
    """The markup of a part; plants of the second sort have classes of their own."""
    inner = part.inner if part else ""
    return re.sub(r'class="(s?[dml])"', r'class="\g<1>2"', inner) if name in SECOND else inner


def _plain(hour: Hour, size: tuple[int, int], horizon: float) -> pygame.Surface:
    surface = pygame.Surface(size)
    surface.fill(hour.sky[1])
    surface.fill(hour.water[2], (0, round(horizon), *size))
    return surface.convert()


def _shape(points: list[tuple[float, float]], **more: svg.Value) -> str:
    return svg.path("M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z", **more)


def _sky(hour: Hour, g: _Ground, rng: np.random.Generator) -> Iterator[str]:
    whole = {"x": -EDGE, "y": -EDGE, "width": g.width + 2 * EDGE}
    yield svg.tag("rect", height=g.horizon + EDGE + 4, fill="url(#r-sky)", **whole)
    sun = (g.x + hour.sun_at[0], g.horizon + hour.sun_at[1])
    yield oval(*sun, 470, 330, fill="url(#r-sun)")
    if hour.clouds < 1.0:
        yield oval(*sun, 25, 25, fill=hour.sun, fill_opacity=0.9, filter="url(#r-soft2)")
    for _ in range(round(3 + 9 * hour.clouds)):
        kind = ("cloud", "cloud_long")[int(rng.integers(2))]
        y = g.horizon - rng.uniform(54, 225)
        size = rng.uniform(0.35, 0.8) * (0.55 + (g.horizon - y) / 330)
        yield use(kind, rng.uniform(-160, g.width), y - 60 * size, size, opacity=0.28 + 0.36 * hour.clouds)


def _ridges(hour: Hour, g: _Ground, rng: np.random.Generator) -> Iterator[str]:
    """Three ridges, each nearer, lower and clearer; the valley opens where the river ends."""
    for i, (high, wide, rough) in enumerate(((112.0, 1.6, 20.0), (84.0, 0.9, 12.0), (58.0, 0.62, 7.0))):
        phases = rng.uniform(0, 2 * math.pi, 5)
        points = []
        for x in np.arange(-EDGE - 8, g.width + EDGE + 16, 8.0):
            away = abs(x - g.x - 34) / g.width / wide * 2.0
            opened = 0.3 if i == 0 else 0.0
            rise = opened + (1.0 - opened) * math.tanh(1.5 * away**1.2)
            wave = sum(rough / (k + 1) * math.sin(x / (190 - 34 * k) + phases[k]) for k in range(5))
            points.append((float(x), g.horizon + 3 - max(0.0, high * rise + wave * min(1.0, 0.25 + rise))))
        foot = [(points[-1][0], g.horizon + 8), (points[0][0], g.horizon + 8)]
        yield _shape(points + foot, fill=f"url(#r-ridge{i})")
        if i:
            yield from _woods(hour, g, rng, points, i)
        thick = (0.5 + 0.5 * hour.mist) * (1.0 - 0.25 * i)
        yield svg.tag(
            "rect", x=-EDGE, y=g.horizon - 62 + 12 * i, width=g.width + 2 * EDGE, height=74 - 12 * i,
            fill="url(#r-haze)", opacity=thick,
        )  # fmt: skip


def _woods(
    hour: Hour, g: _Ground, rng: np.random.Generator, line: list[tuple[float, float]], ridge: int
) -> Iterator[str]:
    """Fields and small woods on a slope: soft, so that they stay far."""
    for _ in range(26):
        x, top = line[int(rng.integers(2, len(line) - 2))]
        if g.horizon - top < 14:
            continue
        y = rng.uniform(top + 6, g.horizon - 3)
        wide = rng.uniform(16, 52)
        tint = (hour.bank[0], hour.bank[1], hour.haze, hour.leaves[1])[int(rng.integers(4))]
        yield oval(x, y, wide, wide * rng.uniform(0.08, 0.17), fill=tint, fill_opacity=0.1 + 0.1 * ridge)
    for _ in range(16 * ridge):
        x, top = line[int(rng.integers(2, len(line) - 2))]
        if g.horizon - top < 12:
            continue
        y = rng.uniform(top, g.horizon - 4)
        for _ in range(int(rng.integers(3, 8))):
            r = rng.uniform(2.2, 4.6) * (0.7 + 0.3 * ridge)
            spot = (x + rng.normal(0, 10), y + rng.normal(0, 1.2))
            yield oval(*spot, r * 1.4, r, fill=hour.leaves[0], fill_opacity=0.16 + 0.12 * ridge)


def _feature(seed: int, hour: Hour, g: _Ground) -> Iterator[str]:
    """What stands far down the river, half in the haze."""
    name = feature_of(seed)
    # how far aside and up from where the river ends, and how large
    places = {"mill": (-134.0, 28.0, 0.5), "village": (128.0, 12.0, 0.5), "castle": (206.0, -40.0, 0.46)}
    if name == "bridge":
        x, y = g.at(0.0, 12.5)
        yield use("bridge", x, y, 0.6, opacity=0.95)
        yield oval(x, y + 6, 76, 5, fill=hour.shade, fill_opacity=0.35)
    else:
        aside, up, size = places[name]
        if name == "castle":
            knoll = "M-190 0 C-90 -6 -70 -46 -30 -47 L34 -46 C80 -44 100 -4 200 0Z"
            on = f"translate({g.x + aside:.0f} {g.horizon + 4:.0f})"
            yield svg.path(knoll, fill="url(#r-ridge2)", transform=on)
        yield use(name, g.x + aside, g.horizon + up, size, opacity=0.82)


def _banks(hour: Hour, g: _Ground, rng: np.random.Generator) -> Iterator[str]:
    """The meadows on both sides."""
    over = {"x": -EDGE, "width": g.width + 2 * EDGE}
    yield svg.tag("rect", y=g.horizon + 4, height=g.height, fill="url(#r-bank)", **over)
    for _ in range(70):
        far = float(1.0 / rng.uniform(0.05, 0.9))
        x, y = g.at(float(rng.uniform(-1, 1)) * 9.0, far)
        tint = (hour.bank[0], hour.bank[2], hour.shade, hour.leaves[2])[int(rng.integers(4))]
        wide = rng.uniform(60, 190) / far**0.7
        yield oval(x, y, wide, wide * 0.08, fill=tint, fill_opacity=rng.uniform(0.1, 0.3))


def _water(hour: Hour, g: _Ground, rng: np.random.Generator) -> Iterator[str]:
    left, right = g.edge(-HALF_WIDTH), g.edge(HALF_WIDTH)
    shape = left + right[::-1]
    yield _shape(shape, fill="none", stroke=hour.shade, stroke_width=5, stroke_opacity=0.35)
    yield _shape(shape, fill="url(#r-water)")
    inside = {"clip_path": "url(#r-river)"}
    yield svg.tag("g", *_mirrored(hour, g, rng, left, right), *_glitter(hour, g, rng), **inside)
    for side, edge in ((-1, left), (1, right)):
        rim = "M" + " L".join(f"{x + side * 2:.1f} {y:.1f}" for x, y in edge)
        yield svg.line(rim, hour.reeds[1], 3, stroke_opacity=0.5)


def _mirrored(
    hour: Hour,
    g: _Ground,
    rng: np.random.Generator,
    left: list[tuple[float, float]],
    right: list[tuple[float, float]],
) -> Iterator[str]:
    """What the water shows of the banks and of the ridges, and fine waves far away."""
    for side, edge in ((-1, left), (1, right)):
        for step in range(1, 9):  # the bank's dark, softer the farther out
            out = [(x - side * step / 8 * (12 + 0.22 * (y - g.horizon)), y + step / 2) for x, y in edge]
            yield _shape(edge + out[::-1], fill=hour.shade, fill_opacity=0.085)
        for _ in range(60):
            far = float(1.0 / rng.uniform(0.08, 0.7))
            x, y = g.at(side * (HALF_WIDTH - rng.uniform(0.02, 0.34)), far)
            long = rng.uniform(16, 46) / far**0.8
            deep = rng.uniform(0.14, 0.36)
            yield oval(x, y, long, max(0.7, long * 0.07), fill=hour.shade, fill_opacity=deep)
    yield svg.tag("rect", x=-EDGE, y=g.horizon, width=g.width + 2 * EDGE, height=54, fill="url(#r-mirrored)")
    for _ in range(150):
        far = float(1.0 / rng.uniform(0.06, 0.32))
        x, y = g.at(float(rng.uniform(-1, 1)) * HALF_WIDTH, far)
        tint = hour.glint if rng.uniform() < 0.55 else hour.deep
        long = rng.uniform(10, 34) / far**0.6
        yield oval(x, y, long, max(0.5, 0.05 * long), fill=tint, fill_opacity=rng.uniform(0.1, 0.34))


def _glitter(hour: Hour, g: _Ground, rng: np.random.Generator) -> Iterator[str]:
    """The sun's way on the water: dashes that part as they come nearer."""
    sun = g.x + hour.sun_at[0]
    for _ in range(130):
        down = float(rng.uniform(0, 1)) ** 1.4
        y = g.horizon + 6 + down * 330
        x = sun + float(rng.normal(0, 1)) * (16 + 90 * down) + (g.x - sun) * 0.25 * down
        long = (5 + 30 * down) * rng.uniform(0.5, 1.3)
        clear = (0.6 - 0.46 * down) * (0.45 if hour.clouds >= 1.0 else 1.0)
        yield oval(x, y, long, 0.8 + 1.6 * down, fill=hour.glint, fill_opacity=clear)


def _shores(hour: Hour, g: _Ground, rng: np.random.Generator, tree: str) -> Iterator[str]:
    """Trees along both far banks, the farthest first, each clearer than the one behind it."""
    places = []
    for side in (-1, 1):
        for _ in range(46):
            places.append((float(1.0 / rng.uniform(0.028, 0.105)), side))
    for far, side in sorted(places, reverse=True):
        x, y = g.at(side * (HALF_WIDTH + 0.25 + float(rng.gamma(1.2, 0.9))), far)
        kind = tree if rng.uniform() < 0.5 else _PARTS[int(rng.integers(4))]
        size = rng.uniform(0.75, 1.15) * 0.92 / far
        yield oval(x + 30 * size, y + 1, 90 * size, 9 * size, fill=hour.shade, fill_opacity=0.3)
        yield use(kind, x, y + 1, size)
        if rng.uniform() < 0.5:
            haze = min(0.5, 0.012 * far) * (0.6 + hour.mist)
            yield oval(x, y - 4, 52, 11, fill="url(#r-wisp)", fill_opacity=haze * 1.6)


def _air(hour: Hour, g: _Ground) -> Iterator[str]:
    """Mist that lies on the far water, and rain that hangs before the ridges."""
    whole = {"x": -EDGE, "width": g.width + 2 * EDGE}
    thick = max(0.5, hour.mist)
    yield svg.tag("rect", y=g.horizon - 34, height=92, fill="url(#r-mist)", opacity=thick, **whole)
    if hour.rain:
        for x, wide in ((-40.0, 210.0), (250.0, 130.0), (g.x + 190.0, 190.0)):
            veil = [(x + 70, -EDGE), (x + 70 + wide, -EDGE), (x + wide, g.horizon + 8), (x, g.horizon + 8)]
            yield _shape(veil, fill="url(#r-rain)", filter="url(#r-soft8)")


def _gradients(hour: Hour, g: _Ground) -> str:
    ridges = [
        svg.ramp(f"r-ridge{i}", (0, tone, 1), (1, hour.haze if i == 0 else hour.ridges[min(2, i)], 1))
        for i, tone in enumerate(hour.ridges)
    ]
    edges = g.edge(-HALF_WIDTH) + g.edge(HALF_WIDTH)[::-1]
    return "".join(
        (
            *ridges,
            svg.ramp("r-sky", (0, hour.sky[0], 1), (0.55, hour.sky[1], 1), (0.97, hour.sky[2], 1)),
            svg.light("r-sun", (0, hour.sun, 0.95), (0.22, hour.sun, 0.5), (1, hour.sun, 0)),
            svg.light("r-wisp", (0, hour.haze, 1), (0.5, hour.haze, 0.6), (1, hour.haze, 0)),
            svg.ramp("r-haze", (0, hour.haze, 0), (0.8, hour.haze, 0.75), (1, hour.haze, 0.3)),
            svg.ramp("r-mist", (0, hour.haze, 0), (0.45, hour.haze, 0.85), (1, hour.haze, 0)),
            svg.ramp("r-rain", (0, hour.haze, 0), (0.5, hour.haze, 0.34), (1, hour.haze, 0.5)),
            svg.ramp("r-bank", (0, hour.bank[0], 1), (0.22, hour.bank[1], 1), (0.75, hour.bank[2], 1)),
            svg.ramp("r-water", (0, hour.water[0], 1), (0.3, hour.water[1], 1), (0.78, hour.water[2], 1)),
            svg.ramp(
                "r-mirrored", (0, hour.ridges[2], 0.6), (0.5, hour.ridges[1], 0.26), (1, hour.water[1], 0)
            ),
            svg.blur("r-soft2", 1.6),
            svg.blur("r-soft8", 8),
            svg.tag("clipPath", _shape(edges), id="r-river"),
        )
    )
