"""The orchard at morning, composed of SVG parts: sky, far hills, middle trees, play tree, near frame.

Written for the right side on a 1920×1080 ground, see ground: light from the left, trunk at the right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from rehabgames.stage import svg
from rehabgames.stage.ground import WIDTH, Ground
from rehabgames.stage.hours import Hour
from rehabgames.stage.orchard.hours import fruit_of, hour_of
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.planes import Painter, Plane

OVERSCAN: Final = 1.03
BOUGHS_DEPTH, GRASS_DEPTH = -0.4, -0.9  # before the glass: see Easel.shift
_PARTS: Final = ("leaf", "tree", "tuft", "flower", "cloud", "cloud_long", "hills", "trunk", "boughs")
_use, _oval = partial(svg.use, digits=0), svg.whole_oval


def _style(hour: Hour) -> str:
    return (
        f".hill-far{{stop-color:{hour.hills[0]}}}.hill-mid{{stop-color:{hour.hills[1]}}}"
        f".hill-near{{stop-color:{hour.hills[2]}}}.haze{{stop-color:{hour.haze}}}"
        f".meadow-far{{stop-color:{hour.meadow[0]}}}"
    )


def _sky(hour: Hour, rng: np.random.Generator) -> Iterator[str]:
    yield '<rect width="1920" height="760" fill="url(#o-sky)"/>'
    yield '<circle cx="430" cy="330" r="760" fill="url(#o-sun)"/>'
    for _ in range(3):
        kind = ("cloud", "cloud_long")[int(rng.integers(2))]
        yield _use(
            kind,
            rng.uniform(-80, 1500),
            rng.uniform(60, 330),
            rng.uniform(0.7, 1.15),
            opacity=f"{rng.uniform(0.4, 0.7):.2f}",
        )


def _middle(hour: Hour, rng: np.random.Generator) -> Iterator[str]:
    """Three rows of trees that come nearer; each row keeps less haze than the one behind it."""
    rows = ((622.0, 0.34, 96.0, 0), (668.0, 0.56, 168.0, 1), (748.0, 0.95, 330.0, 2))
    for ground, size, gap, tint in rows:
        x = rng.uniform(-gap, 0)
        while x < WIDTH + gap:
            s = size * rng.uniform(0.88, 1.12)
            y = ground + rng.uniform(-6, 6)
            clear = tint < 2 or not 560 < x < 1240
            if clear:
                yield _oval(x + 60 * s, y + 4, 120 * s, 15 * s, fill=hour.shade, fill_opacity=0.22)
                yield _use("tree", x, y, s, color=hour.trees[tint])
            x += gap * rng.uniform(0.82, 1.2)
        thick = 0.75 - tint * 0.24
        yield svg.tag("rect", y=ground - 170, width=WIDTH, height=210, fill="url(#o-mist)", opacity=thick)


def _meadow() -> str:
    edge = "M0 600 C400 584 900 616 1300 598 C1560 588 1760 600 1920 594 L1920 1080 L0 1080Z"
    return svg.path(edge, fill="url(#o-meadow)")


def _ground(hour: Hour, rng: np.random.Generator) -> Iterator[str]:
    yield (
        '<path d="M760 1090 C800 960 1010 880 960 800 C930 752 860 724 880 690 C892 668 930 656 940 640 '
        'L956 640 C950 660 918 674 916 694 C912 726 1010 748 1040 800 C1080 880 980 960 1010 1090Z" '
        'fill="#f6e3b8" fill-opacity=".5"/>'
    )
    for _ in range(16):
        y = rng.uniform(700, 1060)
        deep = (y - 640) / 440
        rx, ry = rng.uniform(120, 320) * (0.5 + deep), rng.uniform(6, 14) * (0.5 + deep)
        clear = rng.uniform(0.08, 0.2)
        yield _oval(rng.uniform(0, 1500), y, rx, ry, fill="#fffbd0", fill_opacity=clear)
    shade = {"fill": hour.shade, "filter": "url(#o-soft)"}
    yield _oval(1640, 1010, 520, 62, fill_opacity=0.34, **shade)
    yield _oval(1180, 968, 360, 26, fill_opacity=0.2, **shade)
    yield _oval(1820, 930, 300, 30, fill_opacity=0.22, **shade)
    for _ in range(90):
        y = float(rng.uniform(0, 1) ** 0.6 * 380 + 690)
        deep = (y - 620) / 460
        yield _use("tuft", rng.uniform(0, WIDTH), y, 0.12 + 0.34 * deep, color=hour.leaves[2], opacity=".55")
    for _ in range(46):
        y = float(rng.uniform(760, 1050))
        deep = (y - 620) / 460
        tint = ("#ffffff", "#fff3c4", "#f3d6e2")[int(rng.integers(3))]
        yield _use("flower", rng.uniform(0, WIDTH), y, 0.12 + 0.4 * deep, color=tint, opacity=".85")


# where the canopy's masses hang: x, y, rx, ry
_MASSES = (
    (1860.0, 40.0, 240.0, 190.0),
    (1600.0, 70.0, 260.0, 170.0),
    (1340.0, 40.0, 240.0, 150.0),
    (1090.0, 30.0, 220.0, 128.0),
    (860.0, 14.0, 200.0, 110.0),
    (640.0, 0.0, 190.0, 84.0),
    (1880.0, 290.0, 150.0, 120.0),
    (1480.0, 220.0, 120.0, 60.0),
    (1080.0, 230.0, 120.0, 40.0),
    (420.0, 10.0, 130.0, 60.0),
)


def _canopy(hour: Hour, rng: np.random.Generator) -> Iterator[str]:
    """Leaf masses: dark behind, then three coats of leaves, the lit ones up and towards the sun."""
    yield f'<g fill="{hour.near}" fill-opacity=".92">'
    for x, y, rx, ry in _MASSES:
        for _ in range(int(rx / 16)):
            r, a = np.sqrt(rng.uniform(0, 0.8)), rng.uniform(0, 2 * np.pi)
            px, py = x + (rx - 40) * r * np.cos(a), y + max(6.0, ry - 44) * r * np.sin(a)
            deep = min(1.0, ry / 100)
            yield _oval(px, py, rng.uniform(34, 58) * deep, rng.uniform(24, 38) * deep)
    yield "</g>"
    for coat, (share, dx, dy, size) in enumerate(
        ((1.0, 10, 10, 0.5), (0.9, 0, 0, 0.46), (0.5, -26, -20, 0.4))
    ):
        for x, y, rx, ry in _MASSES:
            for _ in range(int(share * (rx * ry / 420 + 10))):
                r, a = np.sqrt(rng.uniform(0, 1.15)), rng.uniform(0, 2 * np.pi)
                px, py = x + dx + rx * r * np.cos(a), y + dy + ry * r * np.sin(a)
                if py < -40:
                    continue
                yield _use(
                    "leaf",
                    px,
                    py,
                    size * rng.uniform(0.75, 1.25),
                    turn=rng.normal(60 if px < x else 120, 46),
                    color=hour.leaves[coat],
                    opacity=f"{rng.uniform(0.8, 1):.2f}",
                )


def _young_fruit(fruit: str, rng: np.random.Generator) -> Iterator[str]:
    """Fruit that is not asked for: small, high in the leaves, and calm in colour."""
    for _ in range(16):
        x, y, rx, ry = _MASSES[int(rng.integers(0, 6))]
        yield _use(
            fruit,
            x + rng.uniform(-0.9, 0.9) * rx,
            max(20.0, y + rng.uniform(0.2, 0.9) * ry),
            0.2,
            opacity=".42",
        )


def _shafts(hour: Hour) -> Iterator[str]:
    """Light that falls from the upper left."""
    for x, wide, alpha in ((120, 150, 0.2), (420, 90, 0.16), (700, 190, 0.14), (1080, 110, 0.1)):
        yield (
            f'<path d="M{x} -40 L{x + wide} -40 L{x + wide * 2.1 + 520:.0f} 1000 L{x + 420} 1000Z" '
            f'fill="url(#o-shaft)" opacity="{alpha}"/>'
        )


def _near(hour: Hour, rng: np.random.Generator) -> Iterator[str]:
    for x in range(-20, int(WIDTH) + 40, 34):
        yield _use(
            "tuft",
            x + rng.uniform(-14, 14),
            1092 + rng.uniform(-4, 10),
            rng.uniform(0.5, 0.9),
            color=hour.leaves[0] if rng.uniform() < 0.5 else hour.leaves[1],
            opacity=".9",
        )


@dataclass(frozen=True, slots=True)
class Still:
    """What does not move by itself: all that is behind the boughs, and two nearer planes."""

    ground: Plane
    boughs: Plane
    grass: Plane


def still(pictures: Pictures, seed: int, ground: Ground) -> Still:
    hour, fruit, rng = hour_of(seed), fruit_of(seed), np.random.default_rng(seed)
    painter = Painter(pictures, ground, "orchard", (*_PARTS, fruit), _gradients(hour), style=_style(hour))
    back = [
        *_sky(hour, rng),
        '<use href="#hills" transform="translate(0 330)"/>',
        _meadow(),
        *_middle(hour, rng),
        *_ground(hour, rng),
        *_shafts(hour),
        '<use href="#trunk"/>',
    ]
    boughs = ['<use href="#boughs"/>', *_canopy(hour, rng), *_young_fruit(fruit, rng)]
    return Still(
        painter.back(back, 0.0, ((0.0, hour.sky[1]), (0.55, hour.meadow[1]))),
        painter.enlarged(boughs, BOUGHS_DEPTH, OVERSCAN),
        painter.enlarged(_near(hour, rng), GRASS_DEPTH, OVERSCAN),
    )


def _gradients(hour: Hour) -> str:
    low, middle, high = hour.meadow[2], hour.meadow[1], hour.meadow[0]
    return "".join(
        (
            svg.ramp("o-sky", (0, hour.sky[0], 1), (0.5, hour.sky[1], 1), (0.8, hour.sky[2], 1)),
            svg.light("o-sun", (0, hour.sun, 0.95), (0.3, hour.sun, 0.55), (1, hour.sun, 0)),
            svg.ramp("o-mist", (0, hour.haze, 0), (0.7, hour.haze, 0.8), (1, hour.haze, 0)),
            svg.ramp("o-meadow", (0, high, 1), (0.3, middle, 1), (1, low, 1)),
            svg.ramp("o-shaft", (0, hour.sun, 1), (0.7, hour.sun, 0.5), (1, hour.sun, 0)),
            svg.blur("o-soft", 14),
        )
    )
