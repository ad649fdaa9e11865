"""A hill at night, composed of SVG parts: sky with its river of stars, hills, lake and village, ridge."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from rehabgames.stage import svg
from rehabgames.stage.ground import HEIGHT, SPARE, WIDTH, Ground
from rehabgames.stage.night_hill.hours import NightHour, hour_of, phase_of, season_of
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.planes import Painter, Plane
from rehabgames.stage.svg import block, oval, use

HORIZON: Final = 648.0  # units
RIDGE: Final = 748.0
LEFT, RIGHT = -SPARE, WIDTH + SPARE
SKY, HILLS, FRONT = 1.0, 0.5, -0.6  # depths
MOON: Final = (1852.0, 214.0)

_PARTS = ("pine", "tuft")


@dataclass(frozen=True, slots=True)
class Still:
    sky: Plane
    hills: Plane
    ridge: Plane
    front: Plane


def ridge_at(x: float) -> float:
    """Height of the ridge on which the lamp is carried, units."""
    return RIDGE + 11.0 * math.sin(x / 205.0 + 0.7) + 6.0 * math.sin(x / 93.0)


def still(pictures: Pictures, seed: int, ground: Ground) -> Still:
    """The still scene of a seed, from far to near."""
    hour, rng = hour_of(seed), np.random.default_rng([seed, 0x4E])
    painter = Painter(pictures, ground, "night_hill", _PARTS, _gradients(hour, season_of(seed)))
    sky = [*_sky(hour, rng), *_moon(hour, phase_of(seed))]
    return Still(
        sky=painter.back(sky, SKY, ((0.0, hour.sky[0]), (0.7, hour.ridge[1]))),
        hills=painter.plane([*_hills(hour, rng), *_village(hour, rng)], HILLS),
        ridge=painter.plane(_ridge(season_of(seed), rng), 0.0),
        front=painter.plane(_front(season_of(seed), rng), FRONT),
    )


def _gradients(hour: NightHour, season: tuple[str, str, str]) -> str:
    top, middle, low, edge = hour.sky
    return "".join(
        (
            svg.ramp("n-sky", (0, top, 1), (0.52, middle, 1), (0.82, low, 1), (1, edge, 1)),
            svg.ramp("n-haze", (0, hour.haze, 0), (1, hour.haze, 0.85)),
            svg.ramp("n-lake", (0, hour.lake, 0.95), (1, hour.hills[2], 1)),
            svg.ramp("n-ridge", (0, hour.ridge[0], 1), (0.5, hour.ridge[1], 1), (1, hour.ridge[1], 1)),
            svg.ramp("n-cover", (0, season[1], 0.85), (0.3, season[1], 0.22), (1, season[1], 0)),
            svg.light("n-moon", (0, "#e9eefb", 0.5), (0.3, "#c9d6f2", 0.2), (1, "#c9d6f2", 0)),
            svg.blur("n-soft", 26),
            svg.blur("n-edge", 3),
        )
    )


def _sky(hour: NightHour, rng: np.random.Generator) -> Iterator[str]:
    yield block(LEFT, -SPARE, RIGHT - LEFT, HORIZON + SPARE + 20, "url(#n-sky)")
    yield block(LEFT, HORIZON + 20, RIGHT - LEFT, HEIGHT, hour.sky[3])
    yield '<g filter="url(#n-soft)">'
    for _ in range(110):
        along = float(rng.uniform(0, 1))
        x, y = 420 + 1560 * along + float(rng.normal(0, 46)), 520 - 560 * along + float(rng.normal(0, 34))
        tint = ("#9fb4e6", "#c7c3ec", "#8ea6dd")[int(rng.integers(3))]
        yield oval(
            x,
            y,
            float(rng.uniform(30, 130)),
            float(rng.uniform(16, 46)),
            fill=tint,
            fill_opacity=0.05 * hour.river,
        )
    for _ in range(9):
        along = float(rng.uniform(0.1, 0.95))
        x, y = 420 + 1560 * along, 520 - 560 * along + float(rng.normal(0, 10))
        yield oval(x, y, 60, 16, fill=hour.sky[0], fill_opacity=0.3 * hour.river)
    yield "</g>"
    for _ in range(760):
        along, near = float(rng.uniform(0, 1)), rng.uniform() < 0.45 * hour.river
        x, y = float(rng.uniform(LEFT, RIGHT)), float(rng.uniform(-SPARE, 600))
        if near:
            x, y = 420 + 1560 * along + float(rng.normal(0, 80)), 520 - 560 * along + float(rng.normal(0, 60))
        fade = max(0.0, 1.0 - max(0.0, y) / 640.0)
        size = 0.7 + 1.0 * float(rng.uniform(0, 1)) ** 4
        tint = ("#ffffff", "#dfe8ff", "#fff0d8")[int(rng.integers(3))]
        yield svg.tag(
            "circle", cx=x, cy=y, r=size, fill=tint, fill_opacity=fade * float(rng.uniform(0.25, 0.75))
        )


def _moon(hour: NightHour, lit: float) -> Iterator[str]:
    """A moon that is lit from the left as far as its phase says; its dark part is just seen."""
    x, y = MOON
    r = 34.0
    yield svg.tag("circle", cx=x, cy=y, r=190, fill="url(#n-moon)", opacity=0.4 + 0.5 * lit)
    yield svg.tag(
        "circle", cx=x, cy=y, r=r, fill=hour.sky[1], stroke="#8fa0c8", stroke_width=1, stroke_opacity=0.4
    )
    bulge = r * abs(2 * lit - 1)
    sweep = 1 if lit > 0.5 else 0
    d = f"M{x} {y - r} A{r} {r} 0 0 0 {x} {y + r} A{bulge:.1f} {r} 0 0 {1 - sweep} {x} {y - r}Z"
    yield svg.path(d, fill="#d5dcec")
    if lit > 0.4:
        for dx, dy, size in ((-14, -10, 7), (-18, 10, 5), (-6, 14, 4)):
            yield oval(x + dx, y + dy, size, size * 0.8, fill="#b4bfd8", fill_opacity=0.7)


def _line(rng: np.random.Generator, base: float, high: float, rough: float) -> list[tuple[float, float]]:
    phases = rng.uniform(0, 6.28, 4)
    points = []
    for x in range(int(LEFT), int(RIGHT) + 24, 24):
        wave = sum(math.sin(x / (430 / (1 + 0.9 * i)) + float(phases[i])) / (i + 1.3) for i in range(4))
        points.append((float(x), base - high * (0.5 + 0.4 * wave) - rough * float(rng.uniform(0, 1))))
    return points


def _shape(points: list[tuple[float, float]], bottom: float) -> str:
    along = " ".join(f"L{x:.0f} {y:.1f}" for x, y in points)
    return f"M{points[0][0]:.0f} {bottom:.0f} {along} L{points[-1][0]:.0f} {bottom:.0f}Z"


def _hills(hour: NightHour, rng: np.random.Generator) -> Iterator[str]:
    """Three lines of hills, each with haze at its foot, and a lake between the nearer two."""
    yield svg.path(_shape(_line(rng, 628, 92, 3), 830), fill=hour.hills[0])
    yield block(LEFT, 560, RIGHT - LEFT, 100, "url(#n-haze)", opacity=0.75)
    yield svg.path(_shape(_line(rng, 664, 60, 2), 830), fill=hour.hills[1])
    yield block(LEFT, 620, RIGHT - LEFT, 72, "url(#n-haze)", opacity=0.55)
    yield oval(1180, 706, 420, 17, fill="url(#n-lake)")
    for i in range(14):
        x = 840 + 50 * i + float(rng.uniform(-16, 16))
        yield oval(
            x,
            float(rng.uniform(699, 716)),
            float(rng.uniform(14, 44)),
            1.2,
            fill="#ffffff",
            fill_opacity=0.22,
        )
    shore = [(x, y + 14.0 * math.cos((x - 1180) / 300)) for x, y in _line(rng, 722, 14, 2)]
    yield svg.path(_shape(shore, 900), fill=hour.hills[2])


def _village(hour: NightHour, rng: np.random.Generator) -> Iterator[str]:
    """A few houses on the far shore with light in some windows, and its image in the lake."""
    for i in range(13):
        x = 1330 + 24 * i + float(rng.uniform(-6, 6))
        wide, high = float(rng.uniform(15, 22)), float(rng.uniform(9, 14))
        y = 699 - float(rng.uniform(0, 9))
        yield block(x, y - high, wide, high, hour.hills[2])
        yield svg.path(
            f"M{x - 2} {y - high} L{x + wide / 2} {y - high - 8} L{x + wide + 2} {y - high}Z",
            fill=hour.ridge[1],
        )
        for k in range(2):
            if rng.uniform() < 0.6:
                yield block(x + 4 + k * wide * 0.45, y - high + 4, 3.4, 4.2, "#ffcf7a")
                yield oval(x + 5 + k * wide * 0.45, 708, 1.6, 6, fill="#ffcf7a", fill_opacity=0.4)
    yield block(1476, 664, 9, 34, hour.hills[2]) + svg.path(
        "M1473 665 L1480.500 646 L1488 665Z", fill=hour.ridge[1]
    )


def _ridge(season: tuple[str, str, str], rng: np.random.Generator) -> Iterator[str]:
    """The hill on which somebody walks, with a path along its back."""
    points = [(float(x), ridge_at(float(x))) for x in range(int(LEFT), int(RIGHT) + 20, 20)]
    shape = _shape(points, HEIGHT + SPARE)
    yield svg.path(shape, fill="url(#n-ridge)")
    yield svg.path(shape, fill="url(#n-cover)")
    way = " ".join(f"{'M' if i == 0 else 'L'}{x:.0f} {y + 7:.1f}" for i, (x, y) in enumerate(points))
    yield svg.path(way, fill="none", stroke="#c9d4ea", stroke_width=7, stroke_opacity=0.3)
    edge = " ".join(f"{'M' if i == 0 else 'L'}{x:.0f} {y + 1:.1f}" for i, (x, y) in enumerate(points))
    yield svg.path(edge, fill="none", stroke="#dfe8fb", stroke_width=2.2, stroke_opacity=0.5)
    yield svg.path(
        "M1240 762 C1230 800 1330 830 1300 880 C1270 930 1120 960 1150 1060 L1160 1160 L1300 1160 "
        "C1250 1060 1270 980 1350 900 C1390 850 1270 800 1268 762Z",
        fill="#c9d4ea",
        fill_opacity=0.13,
    )
    for _ in range(190):
        x, deep = float(rng.uniform(LEFT, RIGHT)), float(rng.uniform(0, 1)) ** 0.8
        y = ridge_at(x) + 26 + 330 * deep
        if season[0] == "winter":
            if rng.uniform() < 0.3:
                yield use("tuft", x, y, 0.12 + 0.34 * deep, color="#31466e", opacity=".5")
            if rng.uniform() < 0.16:
                wide = float(rng.uniform(90, 240))
                yield oval(x, y, wide, wide * 0.16, fill="#cfdcf4", fill_opacity=0.12, filter="url(#n-soft)")
        else:
            yield use("tuft", x, y, 0.16 + 0.5 * deep, color=season[1], opacity=f"{0.5 - 0.3 * deep:.2f}")
    tints = ("#b9a7d8", "#d8d2ea", "#d9b08c") if season[0] != "winter" else ("#ffffff",)
    for _ in range(46):
        x, deep = float(rng.uniform(LEFT, RIGHT)), float(rng.uniform(0.05, 1))
        y = ridge_at(x) + 30 + 300 * deep
        yield svg.tag(
            "circle",
            cx=x,
            cy=y,
            r=1.6 + 2.4 * deep,
            fill=tints[int(rng.integers(len(tints)))],
            fill_opacity=0.42,
        )


def _front(season: tuple[str, str, str], rng: np.random.Generator) -> Iterator[str]:
    """Pines at the edges and tall grass below, dark, before everything."""
    for x, y, size in ((470, 1010, 1.35), (560, 1060, 1.0), (1905, 1040, 1.5), (1800, 1090, 0.86)):
        yield use("pine", x, y, size, color="#0a1226")
        if season[0] == "winter":
            for k in (0.32, 0.55, 0.8):
                yield oval(
                    x,
                    y - 250 * size * k,
                    30 * size * (1 - k) + 8,
                    5 * size,
                    fill="#b9c9e8",
                    fill_opacity=0.35,
                )
    for x in range(int(LEFT), int(RIGHT), 44):
        tall = float(rng.uniform(0.9, 1.7))
        yield use("tuft", x + float(rng.uniform(-16, 16)), 1092, tall, color=season[2], opacity=".95")
