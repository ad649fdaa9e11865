"""The garden behind the kitchen's window, composed of SVG: sky, hills, trees, lawn, hedge, flowers.

Written on the 1920×1080 ground of the scene, a little larger than the glass, because it moves with the head.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from rehabgames.stage import svg
from rehabgames.stage.kitchen.hours import Hour
from rehabgames.stage.svg import block, oval

LEFT, TOP, ACROSS, DOWN = 724.0, 150.0, 560.0, 330.0  # the glass, all panes together
BAR: Final = 12.0  # of wood between two panes
AROUND: Final = 60.0  # of garden beyond the glass on each side
HORIZON: Final = TOP + 190.0


def garden(hour: Hour, rng: np.random.Generator) -> Iterator[str]:
    left, wide = LEFT - AROUND, ACROSS + 2 * AROUND
    yield block(left, TOP - AROUND, wide, DOWN + 2 * AROUND, "url(#k-sky)")
    yield oval(LEFT + 120, HORIZON - 40, 330, 250, fill="url(#k-glow)")
    yield from _clouds(hour, rng)
    yield _ridge(HORIZON - 46, 34, hour.hills[0], rng)
    yield _ridge(HORIZON - 16, 24, hour.hills[1], rng)
    yield from _row(hour, rng, HORIZON + 8, 26, 0)
    yield block(left, HORIZON + 4, wide, DOWN, "url(#k-lawn)")
    yield from _row(hour, rng, HORIZON + 30, 46, 1)
    yield from _path(hour)
    yield from _apple_tree(hour, rng)
    yield from _hedge(hour, rng)


def _clouds(hour: Hour, rng: np.random.Generator) -> Iterator[str]:
    for _ in range(4):
        x, y = rng.uniform(LEFT - 30, LEFT + ACROSS), rng.uniform(TOP - 10, TOP + 90)
        wide = rng.uniform(60, 130)
        clear = f"{rng.uniform(0.3, 0.6):.2f}"
        for dx, dy, share in ((0.0, 0.0, 1.0), (-0.5, 6.0, 0.6), (0.55, 5.0, 0.7)):
            yield oval(x + dx * wide, y + dy, share * wide * 0.7, share * 15, fill="#fff", fill_opacity=clear)


def _ridge(y: float, high: float, colour: str, rng: np.random.Generator) -> str:
    left, right = LEFT - AROUND, LEFT + ACROSS + AROUND
    xs = np.linspace(left, right, 8)
    ys = y - rng.uniform(0, high, 8)
    said = f"M{left:.0f} {HORIZON + 40:.0f} L{left:.0f} {ys[0]:.0f}"
    for i in range(1, 8):
        middle = (xs[i - 1] + xs[i]) / 2
        said += f" C{middle:.0f} {ys[i - 1]:.0f} {middle:.0f} {ys[i]:.0f} {xs[i]:.0f} {ys[i]:.0f}"
    return svg.path(f"{said} L{right:.0f} {HORIZON + 40:.0f}Z", fill=colour)


def _row(hour: Hour, rng: np.random.Generator, ground: float, size: float, tint: int) -> Iterator[str]:
    """Trees in a row, round ones and slender ones; far ones stand close."""
    x = LEFT - AROUND + rng.uniform(0, size)
    while x < LEFT + ACROSS + AROUND:
        s, slender = size * rng.uniform(0.8, 1.25), rng.uniform() < 0.3
        rx, ry = (0.32 * s, 0.95 * s) if slender else (0.72 * s, 0.7 * s)
        yield oval(x + 0.3 * s, ground + 1, 0.9 * s, 0.1 * s, fill=hour.shade, fill_opacity=0.2)
        yield block(x - 0.05 * s, ground - 0.6 * s, 0.1 * s, 0.6 * s, hour.shade, fill_opacity=0.5)
        faint = 0.35 if hour.bare and not slender else 1.0
        yield oval(x, ground - ry * 0.95, rx, ry, fill=hour.trees[tint], fill_opacity=faint)
        yield oval(
            x - 0.22 * rx,
            ground - ry * 1.15,
            0.6 * rx,
            0.55 * ry,
            fill=hour.glow,
            fill_opacity=0.22 * faint,
        )
        x += size * rng.uniform(0.9, 2.6)


def _path(hour: Hour) -> Iterator[str]:
    """A path that leads away from the house."""
    foot, top = TOP + DOWN + AROUND, HORIZON + 16
    middle = LEFT + ACROSS * 0.62
    d = (
        f"M{middle - 90:.0f} {foot:.0f} C{middle - 20:.0f} {foot - 110:.0f} {middle - 90:.0f} {top + 60:.0f} "
        f"{middle - 30:.0f} {top:.0f} L{middle - 20:.0f} {top:.0f} C{middle - 60:.0f} {top + 60:.0f} "
        f"{middle + 90:.0f} {foot - 110:.0f} {middle + 70:.0f} {foot:.0f}Z"
    )
    yield svg.path(d, fill=hour.glow, fill_opacity=0.5)


def _apple_tree(hour: Hour, rng: np.random.Generator) -> Iterator[str]:
    """The near tree, at the left, lit from there."""
    x, y = LEFT + 96.0, TOP + DOWN - 34
    yield oval(x + 70, y + 4, 130, 12, fill=hour.shade, fill_opacity=0.25)
    for (ax, ay), (bx, by), (cx, cy), wide in (
        ((-6, -60), (4, -90), (0, -150), 15),
        ((26, -120), (44, -130), (70, -170), 9),
        ((-26, -130), (-50, -136), (-70, -176), 8),
    ):
        start = y if wide > 10 else y - 90
        bow = f"C{x + ax:.0f} {y + ay:.0f} {x + bx:.0f} {y + by:.0f} {x + cx:.0f} {y + cy:.0f}"
        yield svg.line(f"M{x:.0f} {start:.0f} {bow}", "#6c5744", wide)
    leaves = 26 if hour.bare else 120
    for i in range(leaves):
        r, a = np.sqrt(rng.uniform(0, 1)), rng.uniform(0, 2 * np.pi)
        px, py = x + 118 * r * np.cos(a), y - 178 + 70 * r * np.sin(a)
        lit = px < x and py < y - 176
        colour = hour.lawn[0] if lit and not hour.bare else hour.trees[1 + i % 2]
        size = 8 if hour.bare else rng.uniform(14, 24)
        clear = 0.5 if hour.bare else 0.85
        yield oval(px, py, size, size * 0.72, fill=colour, fill_opacity=clear)
    for _ in range(16):
        r, a = np.sqrt(rng.uniform(0, 1)), rng.uniform(0, 2 * np.pi)
        px, py = x + 112 * r * np.cos(a), y - 176 + 66 * r * np.sin(a)
        yield oval(px, py, 5, 5, fill=hour.bloom[1], fill_opacity=0.9)


def _hedge(hour: Hour, rng: np.random.Generator) -> Iterator[str]:
    """Bushes with flowers under the window."""
    foot = TOP + DOWN + AROUND
    for x in np.arange(LEFT - AROUND, LEFT + ACROSS + AROUND, 34):
        y = TOP + DOWN - 10 + rng.uniform(-12, 12)
        yield oval(x, y + 26, rng.uniform(30, 46), rng.uniform(28, 40), fill=hour.trees[2])
        yield oval(x - 8, y + 14, 20, 12, fill=hour.trees[1], fill_opacity=0.8)
    for _ in range(34):
        x, y = rng.uniform(LEFT - AROUND, LEFT + ACROSS + AROUND), rng.uniform(TOP + DOWN - 20, foot - 20)
        yield oval(x, y, 5.5, 5, fill=hour.bloom[int(rng.integers(2))], fill_opacity=0.95)
