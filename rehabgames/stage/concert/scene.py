"""The concert stage, composed of SVG parts: what lies behind it, curtains, boards, an instrument beside.

Written for the right side on a 1920×1080 ground and mirrored for the left. Light falls from above on the
middle of the stage, where the pan stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from rehabgames.stage import svg
from rehabgames.stage.concert.hours import Evening, beside_of, evening_of
from rehabgames.stage.ground import HEIGHT, WIDTH, Box, Ground
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.planes import Painter, Plane
from rehabgames.stage.svg import block, oval, use

MIDDLE: Final = 1254.0  # of the stage: where the play area's middle is
FLOOR: Final = 720.0  # where the boards begin
EDGE: Final = 972.0  # and where they end
LAMPS: Final = ((MIDDLE - 468.0, 470.0), (MIDDLE + 468.0, 470.0))  # middle of their shades
_LOW: Final[Box] = (-60.0, 900.0, WIDTH + 120.0, 240.0)
_HIGH: Final[Box] = (-60.0, 0.0, WIDTH + 120.0, HEIGHT)
CURTAIN_DEPTH, HEADS_DEPTH = -0.4, -0.9  # see Easel.shift


@dataclass(frozen=True, slots=True)
class Still:
    """What does not move by itself: the stage, curtain and audience before it."""

    stage: Plane
    curtain: Plane
    heads: Plane


def still(pictures: Pictures, seed: int, ground: Ground) -> Still:
    evening, beside, rng = evening_of(seed), beside_of(seed), np.random.default_rng([seed, 13])
    painter = Painter(pictures, ground, "concert", (beside, "lamp"), _gradients(evening))
    plain = ((0.0, evening.wall[1]), (FLOOR / HEIGHT, evening.floor[1]))
    return Still(
        painter.back(_stage(evening, rng, beside), 0.0, plain),
        # the curtain hangs at the outer edge alone: the mirror is at the other one
        painter.piece(_curtain(evening, 1806, WIDTH + 60), _HIGH, CURTAIN_DEPTH),
        painter.piece(_heads(evening, rng), _LOW, HEADS_DEPTH),
    )


def _stage(evening: Evening, rng: np.random.Generator, beside: str) -> Iterator[str]:
    yield block(0, 0, WIDTH, HEIGHT, fill="url(#wall)")
    yield from {"panels": _panels, "open": _open, "windows": _windows}[evening.back](evening, rng)
    yield from _curtain(evening, -60, 640)
    yield oval(MIDDLE, 470, 700, 520, fill="url(#pool)")
    yield from _boards(evening, rng)
    cone = f"M{MIDDLE - 90} -20 L{MIDDLE - 520} {EDGE} H{MIDDLE + 520} L{MIDDLE + 90} -20Z"
    yield svg.path(cone, fill="url(#beam)", filter="url(#soft)")
    x = {"cello": 668.0, "harp": 686.0, "piano": 1604.0}[beside]
    yield oval(x + 10, 812, 110, 14, fill=evening.dark, fill_opacity=0.45, filter="url(#soft)")
    yield use(beside, x, 640, 1.0, opacity=0.8)
    for x, y in LAMPS:
        yield oval(x, y + 318, 60, 9, fill=evening.dark, fill_opacity=0.5)
        yield use("lamp", x, y, 1.0)


def _panels(evening: Evening, rng: np.random.Generator) -> Iterator[str]:
    """Upright slats of wood, and an arch of lighter ones behind the pan."""
    light, middle, deep = evening.wall
    arch = f"M{MIDDLE - 430} {FLOOR} V430 A430 330 0 0 1 {MIDDLE + 430} 430 V{FLOOR}Z"
    for x in np.arange(0.0, WIDTH, 44.0).tolist():
        tint = middle if rng.uniform() < 0.5 else deep
        yield block(x, 0, 40, FLOOR, fill=tint, fill_opacity=rng.uniform(0.5, 0.95))
        yield block(x, 0, 3, FLOOR, fill=light, fill_opacity=0.28)
    yield svg.path(arch, fill=deep, fill_opacity=0.55, transform="translate(10 8)")
    yield svg.path(arch, fill="url(#arch)", stroke=light, stroke_width=7)
    for x in np.arange(-390.0, 391.0, 60.0).tolist():
        high = 430 - 330 * (1 - (x / 430) ** 2) ** 0.5
        yield svg.line(f"M{MIDDLE + x} {high:.0f} V{FLOOR}", deep, 3, stroke_opacity=0.3)


def _open(evening: Evening, rng: np.random.Generator) -> Iterator[str]:
    """The park behind an open stage: sky, hills, trees, and a garland of small lights."""
    yield block(0, 0, WIDTH, FLOOR + 20, fill="url(#sky)")
    yield oval(1600, 520, 620, 300, fill="url(#pool)")
    for i, tint in enumerate(evening.far):
        y = 560.0 + 66 * i
        bow = f"M0 {y} C300 {y - 110} 560 {y + 40} 900 {y - 30} S1500 {y - 120} {WIDTH} {y - 10}"
        yield svg.path(f"{bow} V{FLOOR + 20} H0Z", fill=tint)
    for _ in range(13):
        x, y = rng.uniform(500, WIDTH), rng.uniform(668, 712)
        for _ in range(9):
            dx, dy = rng.normal(0, 34), rng.normal(-76, 26)
            size = rng.uniform(24, 42), rng.uniform(20, 34)
            yield oval(x + dx, y + dy, *size, fill=evening.wall[2], fill_opacity=0.8)
        yield svg.line(f"M{x} {y + 12} V{y - 60}", evening.dark, 9, stroke_opacity=0.7)
    for post in (640.0, 1868.0):
        yield block(post - 13, 0, 26, FLOOR, fill="url(#post)")
    yield svg.line("M640 168 Q1254 330 1868 168", evening.dark, 4)
    for i in range(1, 14):
        k = i / 14
        x, y = 640 + 1228 * k, 168 + 4 * 81 * k * (1 - k)
        yield oval(x, y + 14, 34, 34, fill="url(#spark)")
        yield oval(x, y + 14, 8, 11, fill="#ffe3a6")


def _windows(evening: Evening, rng: np.random.Generator) -> Iterator[str]:
    """Three tall windows with round heads onto the night."""
    light, middle, deep = evening.wall
    for x in (MIDDLE - 420, MIDDLE, MIDDLE + 420):
        for grown, tint in ((30.0, deep), (18.0, light)):
            w = 140 + grown
            yield svg.path(f"M{x - w} 690 V300 A{w} {w} 0 0 1 {x + w} 300 V690Z", fill=tint)
        glass = f"M{x - 140} 680 V300 A140 140 0 0 1 {x + 140} 300 V680Z"
        yield svg.path(glass, fill="url(#sky)")
        if not evening.snow:
            for _ in range(16):
                a, r = rng.uniform(0, np.pi), 120 * rng.uniform(0.2, 1) ** 0.5
                yield oval(x + r * np.cos(a), 300 - r * np.sin(a) + rng.uniform(0, 200), 2.2, 2.2,
                           fill="#f3f0ff", fill_opacity=rng.uniform(0.4, 0.9))  # fmt: skip
        high = rng.uniform(520, 580)
        low = f"M{x - 140} 600 Q{x - 60} {high:.0f} {x + 20} 596 T{x + 140} 580 V680 H{x - 140}Z"
        yield svg.path(low, fill=evening.far[0])
        yield svg.path(f"M{x - 140} 640 Q{x} 604 {x + 140} 646 V680 H{x - 140}Z", fill=evening.far[1])
        for bar in (f"M{x} 160 V680", f"M{x - 140} 420 H{x + 140}", f"M{x - 140} 300 H{x + 140}"):
            yield svg.line(bar, middle, 9)
    if not evening.snow:
        yield oval(MIDDLE + 466, 250, 34, 34, fill="#f6edd2")
        yield oval(MIDDLE + 466, 250, 100, 100, fill="url(#spark)")
    for x in (MIDDLE - 210, MIDDLE + 210):
        yield block(x - 26, 90, 52, FLOOR - 90, fill="url(#post)")


def _curtain(evening: Evening, left: float, right: float) -> Iterator[str]:
    """A heavy curtain in folds, gathered a little at the height of a hand."""
    light, middle, deep = evening.curtain
    fold = 58.0
    yield svg.path(f"M{left} -10 H{right} V{FLOOR + 70} H{left}Z", fill=middle)
    x = left
    while x < right:
        wide = min(fold, right - x)
        yield svg.path(f"M{x} -10 h{wide * 0.4} V{FLOOR + 70} h{-wide * 0.4}Z", fill=deep, fill_opacity=0.75)
        yield svg.path(f"M{x + wide * 0.6} -10 h{wide * 0.2} V{FLOOR + 70} h{-wide * 0.2}Z", fill=light,
                       fill_opacity=0.55)  # fmt: skip
        x += fold
    yield block(left, FLOOR + 44, right - left, 26, fill=deep)
    yield block(left, FLOOR + 48, right - left, 6, fill="#d9b36a", fill_opacity=0.7)


def _boards(evening: Evening, rng: np.random.Generator) -> Iterator[str]:
    """The floor of the stage runs towards its middle; before it the edge, with its small lamps."""
    yield block(0, FLOOR, WIDTH, EDGE - FLOOR, fill="url(#floor)")
    for i in range(-9, 34):
        far, near = MIDDLE + (i - 12) * 76, MIDDLE + (i - 12) * 150
        yield svg.line(f"M{far} {FLOOR} L{near} {EDGE}", evening.dark, 2.4, stroke_opacity=0.22)
    for _ in range(46):
        y = rng.uniform(FLOOR + 8, EDGE)
        x, r = rng.uniform(0, WIDTH), rng.uniform(20, 90)
        yield svg.line(f"M{x} {y} h{r}", evening.dark, 1.8, stroke_opacity=0.14)
    yield block(0, FLOOR, WIDTH, 60, fill="url(#back)")
    yield oval(MIDDLE, 858, 520, 84, fill="#ffe6b0", fill_opacity=0.4, filter="url(#soft)")
    yield oval(MIDDLE, 884, 330, 34, fill=evening.dark, fill_opacity=0.5, filter="url(#soft)")
    yield block(0, EDGE, WIDTH, 26, fill=evening.floor[2])
    yield block(0, EDGE, WIDTH, 6, fill=evening.floor[0], fill_opacity=0.8)
    yield block(0, EDGE + 26, WIDTH, HEIGHT, fill=evening.dark)


def _heads(evening: Evening, rng: np.random.Generator) -> Iterator[str]:
    """Those who listen, from behind: two rows of dark heads against the lit stage."""
    for row, (high, size, tint) in enumerate(((1012.0, 0.86, "url(#heads)"), (1062.0, 1.12, evening.dark))):
        x = -40.0 + 60 * row
        while x < WIDTH + 60:
            y, s = high + rng.uniform(-10, 10), size * rng.uniform(0.9, 1.1)
            yield svg.tag(
                "g",
                *_head(rng, tint, evening.floor[0]),
                transform=f"translate({x:.0f} {y:.0f}) scale({s:.3f})",
            )
            x += rng.uniform(126, 170) * size


def _head(rng: np.random.Generator, tint: str, rim: str) -> Iterator[str]:
    """One head with its shoulders, from behind; lit a little from the stage."""
    yield svg.path("M-70 160 V70 Q-66 40 0 26 Q66 40 70 70 V160Z", fill=tint)
    yield oval(0, 0, 25, 32, fill=tint)
    hair = rng.uniform()
    if hair < 0.2:  # put up
        yield oval(0, -34, 12, 11, fill=tint)
    elif hair < 0.4:  # down to the shoulders
        yield oval(0, 12, 31, 34, fill=tint)
    yield svg.line("M-21 -17 Q0 -43 21 -17", rim, 3, stroke_opacity=0.5)


def _gradients(evening: Evening) -> str:
    wall, floor, sky = evening.wall, evening.floor, evening.sky
    warm = "#ffe2a8"
    return "".join(
        (
            svg.ramp("wall", (0, wall[2], 1), (0.6, wall[1], 1), (1, wall[2], 1)),
            svg.ramp("sky", (0, sky[0], 1), (0.5, sky[1], 1), (1, sky[2], 1)),
            svg.ramp("arch", (0, wall[0], 1), (0.6, wall[1], 1), (1, wall[2], 1)),
            svg.ramp("post", (0, wall[0], 1), (0.4, wall[1], 1), (1, wall[2], 1), towards=svg.ACROSS),
            svg.ramp("floor", (0, floor[2], 1), (0.35, floor[1], 1), (1, floor[0], 1)),
            svg.ramp("back", (0, evening.dark, 0.55), (1, evening.dark, 0)),
            svg.ramp("heads", (0, floor[2], 1), (1, evening.dark, 1)),
            svg.ramp("beam", (0, warm, 0.26), (0.7, warm, 0.1), (1, warm, 0)),
            svg.light("pool", (0, warm, 0.34), (0.5, warm, 0.14), (1, warm, 0)),
            svg.light("spark", (0, warm, 0.6), (0.4, warm, 0.2), (1, warm, 0)),
            svg.blur("soft", 14),
        )
    )
