"""The garden: a path between old trees and flower beds, composed of SVG parts for the seed's season.

Written for the right side on a 1920×1080 ground, see ground: light from the left, the old tree at the right.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from rehabgames.stage import svg
from rehabgames.stage.garden.hours import Season, season_of
from rehabgames.stage.ground import HEIGHT, WIDTH, Ground
from rehabgames.stage.palette import mixed
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.planes import Painter, Plane

OVERSCAN: Final = 1.05
BOUGHS_DEPTH, FLOWERS_DEPTH = -0.4, -0.9  # before the glass: see Easel.shift
GROUND = 560.0  # where the lawn ends, and the path
VANISHING = 1130.0
RAISED: Final = 44.0  # px of this ground that the branch may rise: it is drawn that much longer upwards
_PARTS = ("tree", "tree_bare", "bench", "gate", "trunk", "boughs", "tulip", "rose", "aster", "snowdrop")
_LEAVES = ("leaf_linden", "leaf_maple", "blossom")
_NEAR_LEFT, _NEAR_RIGHT = 560.0, 1600.0  # the path's edges at the bottom of the screen
_use, _oval = partial(svg.use, digits=0), svg.whole_oval


@dataclass(frozen=True, slots=True)
class Still:
    """What does not move by itself: all that is behind the branch, and two nearer planes."""

    ground: Plane
    boughs: Plane
    flowers: Plane


def _edge(deep: float, right: bool) -> float:
    """x of the path's edge; deep 0 at its end far away .. 1 at the bottom of the screen."""
    near, far = (_NEAR_RIGHT, VANISHING + 16) if right else (_NEAR_LEFT, VANISHING - 16)
    return far + (near - far) * math.pow(deep, 1.35)


def _down(deep: float) -> float:
    return GROUND + (HEIGHT + 20 - GROUND) * deep


def _sky(season: Season, rng: np.random.Generator) -> Iterator[str]:
    hour = season.hour
    yield '<rect width="1920" height="640" fill="url(#g-sky)"/>'
    yield '<circle cx="470" cy="300" r="760" fill="url(#g-sun)"/>'
    for _ in range(4):
        x, y, w = rng.uniform(200, 1500), rng.uniform(70, 330), rng.uniform(120, 260)
        cloud = mixed(hour.sky[2], "#ffffff", 0.55)
        parts = [
            _oval(
                x + w * (k - 2) * 0.42,
                y - (2 - abs(k - 2)) * w * 0.07,
                w * (0.46 - 0.07 * abs(k - 2)),
                w * 0.12,
            )
            for k in range(5)
        ]
        yield svg.tag("g", *parts, fill=cloud, opacity=0.55, filter="url(#g-cloud)")
    far = "M0 480 C180 430 420 452 640 470 C860 440 1040 430 1260 462 C1480 436 1700 448 1920 424 V640 H0Z"
    mid = "M0 520 C260 486 520 506 800 512 C1080 494 1340 512 1920 486 V660 H0Z"
    yield svg.path(far, fill=hour.hills[0])
    yield svg.path(mid, fill=hour.hills[1])
    yield '<rect y="400" width="1920" height="170" fill="url(#g-mist)" opacity=".8"/>'


def _far(season: Season, rng: np.random.Generator) -> Iterator[str]:
    """A gate at the end of the path, hedges to both sides, a row of hazy trees behind them."""
    hour = season.hour
    for x in np.arange(-60.0, WIDTH + 60, 74.0):
        if abs(x - VANISHING) > 60:
            colour = mixed(hour.trees[0], hour.haze, 0.45)
            yield _use(
                season.tree, x + rng.uniform(-14, 14), 556, 0.36 * rng.uniform(0.85, 1.15), color=colour
            )
    yield '<rect y="430" width="1920" height="140" fill="url(#g-mist)" opacity=".75"/>'
    hedge = mixed(hour.hills[2], hour.leaves[0] if season.leaf == "leaf_linden" else hour.near, 0.22)
    for left, right in ((-20.0, VANISHING - 66), (VANISHING + 66, WIDTH + 20)):
        edge = "".join(f" L{x:.0f} {524 + rng.uniform(-4, 4):.0f}" for x in np.arange(left, right + 20, 26.0))
        yield svg.path(f"M{left:.0f} 566{edge} L{right + 20:.0f} 566Z", fill=hedge)
    yield _use("gate", VANISHING, 566, 0.46, color=mixed(hour.shade, hour.haze, 0.6))
    yield f'<circle cx="{VANISHING:.0f}" cy="520" r="120" fill="url(#g-sun)" opacity=".7"/>'


def _lawn(season: Season, rng: np.random.Generator) -> Iterator[str]:
    hour = season.hour
    yield f'<rect y="{GROUND}" width="1920" height="{HEIGHT - GROUND + 40}" fill="url(#g-lawn)"/>'
    for i in range(7):  # bands of sun across the lawn, wider as they come nearer
        deep = ((i + rng.uniform(0.1, 0.5)) / 7) ** 1.7
        y, high = _down(deep), 4 + 34 * deep
        yield _oval(rng.uniform(200, 1700), y, 500 + 500 * deep, high, fill=hour.sun, fill_opacity=0.2)


def _path(season: Season) -> Iterator[str]:
    steps = [i / 24 for i in range(25)]
    left = [(_edge(s, False), _down(s)) for s in steps]
    right = [(_edge(s, True), _down(s)) for s in reversed(steps)]
    outline = " ".join(f"{x:.0f} {y:.0f}" for x, y in (*left, *right))
    yield svg.path(f"M{outline}Z", fill="url(#g-path)")
    for side in (False, True):
        rim = " ".join(f"{_edge(s, side):.0f} {_down(s):.0f}" for s in steps)
        yield svg.line(f"M{rim}", mixed(season.path[1], season.hour.shade, 0.4), 5, stroke_opacity=0.5)


def _dapples(season: Season, rng: np.random.Generator) -> Iterator[str]:
    """Shadows of the avenue that lie across the path, and spots of light in them."""
    for i in range(6):
        deep = ((i + 0.6) / 6) ** 1.6
        y, high = _down(deep), 5 + 30 * deep
        middle = (_edge(deep, False) + _edge(deep, True)) / 2
        wide = 120 + 640 * deep
        yield _oval(
            middle + 90 * deep,
            y,
            wide,
            high,
            fill=season.hour.shade,
            fill_opacity=0.15,
            filter="url(#g-soft)",
        )
        for _ in range(5):
            x = middle + rng.uniform(-0.8, 0.8) * wide
            yield _oval(
                x,
                y + rng.uniform(-0.6, 0.6) * high,
                8 + 34 * deep,
                2 + 6 * deep,
                fill=season.hour.sun,
                fill_opacity=0.4,
            )


def _beds(season: Season, rng: np.random.Generator) -> Iterator[str]:
    """Two beds along the path; flowers from far to near, each row larger and clearer."""
    hour = season.hour
    for right in (False, True):
        out = 1.0 if right else -1.0
        steps = [0.1 + 0.9 * i / 16 for i in range(17)]
        inner = [(_edge(s, right) + out * (6 + 20 * s), _down(s)) for s in steps]
        outer = [(_edge(s, right) + out * (18 + 190 * s), _down(s)) for s in reversed(steps)]
        outline = " ".join(f"{x:.0f} {y:.0f}" for x, y in (*inner, *outer))
        yield svg.path(f"M{outline}Z", fill=season.bed[0], fill_opacity=0.55)
        for i in range(150):
            deep = 0.1 + 0.86 * (i / 150) ** 0.8
            x = _edge(deep, right) + out * (12 + rng.uniform(10, 172) * deep)
            size = 0.08 + 0.62 * deep
            clear = 0.35 + 0.5 * deep
            y = _down(deep) - 26 * size
            green = mixed(season.bed[1], hour.haze, 0.6 * (1 - deep))
            yield _oval(x, y + 44 * size, 24 * size, 15 * size, fill=green, fill_opacity=0.85)
            if rng.uniform() < (0.25 if season.leaf is None else 0.72):
                kind = season.flowers[int(rng.integers(len(season.flowers)))]
                tint = mixed(
                    season.blooms[int(rng.integers(len(season.blooms)))], hour.haze, 0.45 * (1 - deep)
                )
                yield _use(kind, x, y, size, color=tint, opacity=f"{clear:.2f}")


def _avenue(season: Season, rng: np.random.Generator) -> Iterator[str]:
    """Old trees to both sides of the path; each pair nearer, larger and with less haze."""
    hour = season.hour
    for deep, tint in ((0.05, 0), (0.11, 0), (0.19, 1), (0.31, 2)):
        for right in (False, True):
            out = 1.0 if right else -1.0
            x = _edge(deep, right) + out * (70 + 560 * deep) + rng.uniform(-8, 8)
            y, size = _down(deep * 0.72), 0.42 + 1.9 * deep
            colour = mixed(hour.trees[tint], hour.haze, 0.3 - 0.1 * tint)
            yield _oval(x + 70 * size, y + 3, 150 * size, 13 * size, fill=hour.shade, fill_opacity=0.24)
            yield _use(season.tree, x, y, size, color=colour)
        yield svg.tag(
            "rect",
            y=_down(deep * 0.72) - 150,
            width=WIDTH,
            height=170,
            fill="url(#g-mist)",
            opacity=0.3 - 0.1 * tint,
        )


def _bench(season: Season) -> Iterator[str]:
    yield _use("bench", 700, 742, 0.6, color=mixed("#7c6a55", season.hour.haze, 0.2))


def _under_the_tree(season: Season) -> Iterator[str]:
    shade = {"fill": season.hour.shade, "filter": "url(#g-soft)"}
    yield _oval(1760, 1040, 420, 46, fill_opacity=0.34, **shade)
    yield '<use href="#trunk"/>'
    for x, wide, alpha in ((150, 150, 0.2), (520, 100, 0.16), (860, 180, 0.13)):  # light from the upper left
        d = f"M{x} -40 L{x + wide} -40 L{x + wide * 2.1 + 520:.0f} 1010 L{x + 420} 1010Z"
        yield svg.path(d, fill="url(#g-shaft)", opacity=alpha)


# where the branch's masses hang: x, y, rx, ry
_MASSES: Final = (
    (1880.0, 60.0, 220.0, 200.0),
    (1690.0, 80.0, 220.0, 150.0),
    (1470.0, 50.0, 230.0, 116.0),
    (1240.0, 46.0, 220.0, 116.0),
    (1010.0, 18.0, 210.0, 92.0),
    (780.0, 0.0, 200.0, 70.0),
    (590.0, -10.0, 160.0, 56.0),
    (1170.0, 168.0, 130.0, 34.0),
    (1890.0, 290.0, 120.0, 90.0),
)


def _branch(season: Season, rng: np.random.Generator) -> Iterator[str]:
    """The branch above, in leaf, in blossom, or bare with snow on it."""
    hour = season.hour
    yield '<use href="#boughs"/>'
    if season.leaf is None:
        yield from _twigs(season, rng)
        return
    airy = season.leaf == "blossom"
    for coat, (share, dx, dy, size) in enumerate(
        ((1.0, 8, 8, 0.5), (0.9, 0, 0, 0.46), (0.55, -22, -16, 0.4))
    ):
        for x, y, rx, ry in _MASSES:
            for _ in range(int(share * (rx * ry / (560 if airy else 400) + 10))):
                r, a = np.sqrt(rng.uniform(0, 1.1)), rng.uniform(0, 2 * np.pi)
                px, py = x + dx + rx * r * np.cos(a), y + dy + ry * r * np.sin(a)
                turn = rng.uniform(0, 360) if airy else rng.normal(62 if px < x else 118, 44)
                clear = f"{rng.uniform(0.8, 1):.2f}"
                scale = size * rng.uniform(0.75, 1.25)
                yield _use(season.leaf, px, py, scale, turn=turn, color=hour.leaves[coat], opacity=clear)


def _twigs(season: Season, rng: np.random.Generator) -> Iterator[str]:
    for x, y, rx, ry in _MASSES:
        for _ in range(int(rx / 15)):
            px, py = x + rng.uniform(-1, 1) * rx, max(-20.0, y + rng.uniform(-0.5, 0.7) * ry)
            dx, dy = rng.uniform(-70, 40), rng.uniform(20, 76)
            bend = f"M{px:.0f} {py:.0f} q{dx * 0.2:.0f} {dy * 0.7:.0f} {dx:.0f} {dy:.0f}"
            yield svg.line(bend, season.bark[1], rng.uniform(2.5, 5))
            yield svg.line(bend, "#ffffff", 1.6, stroke_opacity=0.7, transform="translate(-1 -2.5)")
    for d in (
        "M560 10 C690 6 800 12 910 34 C1090 70 1290 68 1480 102",
        "M1060 155 C1120 149 1190 161 1250 167 C1330 170 1400 152 1470 114",
        "M1480 102 C1640 132 1740 184 1810 214",
    ):
        yield svg.line(d, "#ffffff", 9, stroke_opacity=0.85)


def _near(season: Season, rng: np.random.Generator) -> Iterator[str]:
    """Flowers before everything, at the lower edge."""
    hour = season.hour
    for i, x in enumerate(np.arange(-30.0, WIDTH + 40, 27.0)):
        green = (mixed(season.bed[1], hour.shade, 0.45), mixed(season.bed[1], hour.shade, 0.25))[i % 2]
        y = 1086 + rng.uniform(-6, 8)
        for _ in range(3):
            dx, high = rng.uniform(-24, 24), rng.uniform(30, 70)
            bend, tip = rng.uniform(-6, 6), rng.uniform(-18, 18)
            d = f"M{x + dx:.0f} {y:.0f} q{bend:.0f} {-high * 0.6:.0f} {tip:.0f} {-high:.0f}"
            yield svg.line(d, green, 6)
        if rng.uniform() < 0.5 and not 700 < x < 1560:
            kind = season.flowers[i % len(season.flowers)]
            tint = mixed(season.blooms[int(rng.integers(len(season.blooms)))], hour.shade, 0.12)
            yield _use(kind, x, y - 62 - rng.uniform(0, 26), rng.uniform(1.0, 1.35), color=tint)


def _gradients(season: Season) -> str:
    hour = season.hour
    return "".join(
        (
            svg.ramp("g-sky", (0, hour.sky[0], 1), (0.5, hour.sky[1], 1), (0.85, hour.sky[2], 1)),
            svg.light("g-sun", (0, hour.sun, 0.95), (0.3, hour.sun, 0.5), (1, hour.sun, 0)),
            svg.ramp("g-mist", (0, hour.haze, 0), (0.7, hour.haze, 0.8), (1, hour.haze, 0)),
            svg.ramp("g-lawn", (0, hour.meadow[0], 1), (0.35, hour.meadow[1], 1), (1, hour.meadow[2], 1)),
            svg.ramp(
                "g-path",
                (0, mixed(season.path[0], hour.haze, 0.5), 1),
                (0.4, season.path[0], 1),
                (1, season.path[1], 1),
            ),
            svg.ramp("g-shaft", (0, hour.sun, 1), (0.7, hour.sun, 0.5), (1, hour.sun, 0)),
            svg.blur("g-soft", 12),
            svg.blur("g-cloud", 5),
        )
    )


def still(pictures: Pictures, seed: int, ground: Ground) -> Still:
    season, rng = season_of(seed), np.random.default_rng([seed, 11])
    lit, plain, dark = season.bark
    painter = Painter(
        pictures,
        ground,
        "garden",
        (*_PARTS, *([season.leaf] if season.leaf in _LEAVES else [])),
        _gradients(season),
        style=f".bark-lit{{stop-color:{lit}}}.bark{{stop-color:{plain}}}.bark-dark{{stop-color:{dark}}}",
    )
    back = [
        *_sky(season, rng),
        *_far(season, rng),
        *_lawn(season, rng),
        *_avenue(season, rng),
        *_path(season),
        *_dapples(season, rng),
        *_bench(season),
        *_beds(season, rng),
        *_under_the_tree(season),
    ]
    hour = season.hour
    return Still(
        painter.back(back, 0.0, ((0.0, hour.sky[1]), (GROUND / HEIGHT, hour.meadow[1]))),
        painter.enlarged(_branch(season, rng), BOUGHS_DEPTH, OVERSCAN),
        painter.enlarged(_near(season, rng), FLOWERS_DEPTH, OVERSCAN),
    )
