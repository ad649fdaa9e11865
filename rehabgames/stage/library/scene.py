"""The library at evening: a window, shelves, the sloped desk with its sheet, the lamp; composed as SVG.

Written for the right side on a 1920×1080 ground, see ground: the lamp is at the right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from rehabgames.stage import svg
from rehabgames.stage.ground import HEIGHT, WIDTH, Ground
from rehabgames.stage.library.hours import Evening, evening_of
from rehabgames.stage.library.sheet import sheet
from rehabgames.stage.palette import mixed
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.planes import Painter, Plane
from rehabgames.stage.svg import block

OVERSCAN: Final = 1.04
LAMP_DEPTH, DESK_DEPTH = -0.5, -0.9  # before the glass: see Easel.shift
_BOOKS: Final = ("#7b4a3e", "#4f5e66", "#6b5a3a", "#5a4a5c", "#476053", "#8a6a4a", "#3f4a58", "#74584a")
_GILT: Final = "#d9b566"
_WINDOW: Final = (628.0, 250.0)  # its left edge, its width


@dataclass(frozen=True, slots=True)
class Still:
    """What does not move by itself: room and desk with the sheet, and two nearer planes."""

    room: Plane
    lamp: Plane
    desk: Plane


def _window(evening: Evening, rng: np.random.Generator) -> Iterator[str]:
    x, wide = _WINDOW
    yield block(x, -40, wide, 230, fill="url(#l-sky)")
    if evening.weather == "stars":
        yield svg.tag("circle", cx=x + 178, cy=52, r=26, fill="#f4ecd2")
        yield svg.tag("circle", cx=x + 168, cy=46, r=24, fill=evening.sky[0])
    marks = 34 if evening.weather in ("rain", "snow", "stars") else 0
    for _ in range(marks):
        px, py = x + rng.uniform(4, wide - 4), rng.uniform(-20, 180)
        if evening.weather == "rain":
            yield svg.line(
                f"M{px:.0f} {py:.0f} l-4 {rng.uniform(12, 26):.0f}", "#dfe8ea", 1.6, stroke_opacity=0.5
            )
        else:
            r = rng.uniform(1, 2) if evening.weather == "stars" else rng.uniform(1.6, 4)
            yield svg.tag("circle", cx=px, cy=py, r=r, fill="#ffffff", fill_opacity=0.75)
    far = mixed(evening.sky[2], "#1d2836", 0.55)
    hills = f"C{x + 60} 120 {x + 110} 156 {x + 150} 138 C{x + 190} 120 {x + 230} 140 {x + wide} 130"
    yield svg.path(f"M{x} 190 V150 {hills} V190Z", fill=far)
    frame = mixed(evening.wood[1], "#000000", 0.1)
    for px in (x, x + wide / 2, x + wide):
        yield block(px - 8, -40, 16, 240, fill=frame)
    yield block(x - 8, 84, wide + 16, 10, fill=frame)


def _shelves(evening: Evening, rng: np.random.Generator) -> Iterator[str]:
    """Two cases of books; the farther one, beside the window, has more of the room's dusk over it."""
    lit, plain, dark = evening.wood
    for left, right, top, row, dusk in (
        (-30.0, 606.0, -60.0, 196.0, 0.3),
        (902.0, 1960.0, -110.0, 150.0, 0.52),
    ):
        yield block(left, top - 20, right - left, 1000, fill=mixed(dark, evening.wall[1], 0.5))
        y = top
        while y < 760:
            x = left + 10
            while x < right - 20:
                wide, high = rng.uniform(15, 38), row * rng.uniform(0.58, 0.86)
                colour = mixed(
                    _BOOKS[int(rng.integers(len(_BOOKS)))], evening.wall[1], dusk + rng.uniform(-0.08, 0.08)
                )
                if rng.uniform() < 0.06:
                    x += wide * 1.4
                    continue
                tilt = (
                    f"rotate({rng.uniform(3, 9):.0f} {x:.0f} {y + row:.0f})"
                    if rng.uniform() < 0.06
                    else "rotate(0)"
                )
                book = block(x, y + row - high, wide - 2, high, rx=2.0, fill=colour)
                clear = 0.34 * (1 - dusk)
                bands = block(x, y + row - high * 0.86, wide - 2, 4, _GILT, fill_opacity=clear)
                bands += block(x, y + row - high * 0.2, wide - 2, 3, _GILT, fill_opacity=clear)
                shade = block(
                    x + wide * 0.66, y + row - high, wide * 0.3, high, fill="#000", fill_opacity=0.16
                )
                yield svg.tag("g", book, bands, shade, transform=tilt)
                x += wide
            yield block(left, y + row, right - left, 15, fill=mixed(plain, evening.wall[1], dusk * 0.7))
            yield block(left, y + row, right - left, 3, fill=lit, fill_opacity=0.4 * (1 - dusk))
            y += row + 15
        for x in (left, right - 16):
            yield block(x, top - 20, 16, 1000, fill=mixed(plain, evening.wall[1], dusk * 0.6))
    yield '<rect width="1920" height="1080" fill="url(#l-dusk)"/>'


def _desk(evening: Evening, rng: np.random.Generator) -> Iterator[str]:
    lit, plain, dark = evening.wood
    yield svg.path(
        "M560 106 L1880 106 L2010 1100 L430 1100Z", fill="#0e0805", fill_opacity=0.5, filter="url(#l-soft)"
    )
    yield svg.path("M-20 930 C200 912 420 908 560 912 V1100 H-20Z", fill=mixed(plain, dark, 0.35))
    yield svg.path(
        "M-20 930 C200 912 420 908 560 912 L558 920 C420 916 200 920 -20 938Z", fill=lit, fill_opacity=0.5
    )
    yield svg.path("M596 104 L1868 104 L1990 1100 L470 1100Z", fill="url(#l-desk)")
    for k in range(16):
        x = 620 + k * 82 + rng.uniform(-20, 20)
        out = (x - 1232) * 0.2
        a, b = rng.uniform(-12, 12), rng.uniform(-12, 12)
        bend = f"C{x + out * 0.3 + a:.0f} 400 {x + out * 0.7 + b:.0f} 760 {x + out:.0f} 1096"
        yield svg.line(f"M{x:.0f} 108 {bend}", dark, rng.uniform(1.5, 4), stroke_opacity=0.28)
    yield svg.line("M596 104 L1868 104", lit, 5, stroke_opacity=0.7)
    yield svg.path("M486 1030 L1976 1030 L1984 1076 L478 1076Z", fill=plain)
    yield svg.line("M486 1030 L1976 1030", lit, 5, stroke_opacity=0.8)


def _glow() -> Iterator[str]:
    yield svg.tag("ellipse", cx=1330, cy=430, rx=1080, ry=820, fill="url(#l-warm)")


def _lamp(evening: Evening) -> str:
    return svg.tag("use", href="#lamp", transform="translate(1668 -6) scale(.86)", color=evening.lamp)


def _gradients(evening: Evening) -> str:
    lit, plain, dark = evening.wood
    top, middle, foot = evening.sky
    return "".join(
        (
            svg.ramp("l-sky", (0, top, 1), (0.6, middle, 1), (1, foot, 1)),
            svg.ramp(
                "l-dusk", (0, evening.wall[1], 0.34), (0.5, evening.wall[1], 0.1), (1, evening.wall[1], 0.5)
            ),
            svg.ramp(
                "l-desk", (0, mixed(lit, plain, 0.3), 1), (0.5, plain, 1), (1, mixed(plain, dark, 0.5), 1)
            ),
            svg.ramp("l-paper", (0, "#f7ecd0", 1), (0.6, "#f0e0bb", 1), (1, "#dfc898", 1)),
            svg.light("l-pool", (0, "#fffaea", 0.95), (0.45, "#fff6dc", 0.6), (1, "#fff2cc", 0)),
            svg.light("l-warm", (0, "#ffcf80", 0.2), (0.5, "#ffb85c", 0.09), (1, "#ffb85c", 0)),
            svg.blur("l-soft", 14),
        )
    )


def still(pictures: Pictures, seed: int, ground: Ground) -> Still:
    """Where nothing can be rasterised it is a dark room with a bright sheet."""
    evening, rng = evening_of(seed), np.random.default_rng([seed, 17])
    painter = Painter(pictures, ground, "library", ("lamp", "desk_things"), _gradients(evening))
    room = [
        block(0, 0, WIDTH, HEIGHT, evening.wall[0]),
        *_window(evening, rng),
        *_shelves(evening, rng),
        *_desk(evening, rng),
        *sheet(evening.chart, rng),
        *_glow(),
    ]
    plain = ((0.0, evening.wood[2]), (0.14, "#f2e4c2"), (0.92, evening.wood[2]))
    return Still(
        painter.back(room, 0.0, plain),
        painter.enlarged(_lamp(evening), LAMP_DEPTH, OVERSCAN),
        painter.enlarged('<use href="#desk_things"/>', DESK_DEPTH, OVERSCAN),
    )
