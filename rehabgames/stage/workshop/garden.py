"""The garden behind the workshop's window: sky, hills, trees, lawn, and a bough near the glass."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rehabgames.stage import svg
from rehabgames.stage.easel import Point
from rehabgames.stage.ground import Box
from rehabgames.stage.svg import block, oval
from rehabgames.stage.workshop.hours import Hour

LEFT, TOP, ACROSS, DOWN = 760.0, 150.0, 620.0, 430.0  # the window's glass on the 1920×1080 ground
SPARE = 40.0  # garden beyond the glass, on every side


def around_glass() -> Box:
    return LEFT - SPARE, TOP - SPARE, ACROSS + 2 * SPARE, DOWN + 2 * SPARE


def garden(hour: Hour, rng: np.random.Generator) -> Iterator[str]:
    """Sky, two hills, trees that come nearer, a lawn with a path; all with haze, so that it stays far."""
    left, top, across, down = around_glass()
    lawn = top + down * 0.68
    yield block(left, top, across, down, fill="url(#sky)")
    for i in range(3):
        x, y = rng.uniform(left, left + across), rng.uniform(top + 40, top + 150)
        for j in range(3):
            yield oval(x + 50 * j, y - 8 * (j % 2), 60 - 8 * j, 16, fill="#fff", fill_opacity=0.3 - 0.06 * i)
    for i, hill in enumerate(hour.hills):
        y = lawn - 70 + 34 * i
        bow = f"M{left} {y + 30} C{left + 180} {y - 50} {left + 330} {y + 36} {left + 470} {y - 14} "
        yield svg.path(
            f"{bow} S{left + across} {y + 20} {left + across} {y} V{top + down} H{left}Z", fill=hill
        )
    yield block(left, lawn, across, down, fill="url(#lawn)")
    for row, (y, size) in enumerate(((lawn + 6, 46.0), (lawn + 26, 74.0))):
        x = left + rng.uniform(-40, 30)
        while x < left + across + 40:
            yield from _tree(hour, rng, (x, y), size * rng.uniform(0.85, 1.15), row)
            x += size * rng.uniform(1.5, 2.6)
    path = (
        f"M{left + 250} {top + down} C{left + 330} {lawn + 90} {left + 470} {lawn + 70} {left + 430} {lawn}"
    )
    yield svg.line(path, "#efe2c3", 26, stroke_opacity=0.6)
    yield from _bough(hour, rng, left + across, top)
    yield block(left, top, across, down, fill=hour.sky[1], fill_opacity=0.22)


def _tree(hour: Hour, rng: np.random.Generator, at: Point, size: float, row: int) -> Iterator[str]:
    x, y = at
    yield oval(x, y + 3, size * 0.6, size * 0.08, fill=hour.dark, fill_opacity=0.14)
    yield svg.line(f"M{x} {y} V{y - size * 0.6}", hour.dark, size * 0.1, stroke_opacity=0.45)
    if hour.bare:
        for k in range(7):
            way, up = (k - 3) * size * 0.14, size * rng.uniform(0.8, 1.25)
            twig = f"M{x} {y - size * 0.4} Q{x + way * 0.5} {y - up * 0.7} {x + way} {y - up}"
            yield svg.line(twig, hour.trees[row + 1], size * 0.045)
        return
    for k in range(11):
        a = rng.uniform(0, 2 * np.pi)
        px, py = x + size * 0.36 * np.cos(a), y - size * (0.8 + 0.3 * np.sin(a))
        tint = hour.trees[row] if k > 4 else hour.trees[row + 1]
        yield oval(px, py, size * rng.uniform(0.2, 0.3), size * rng.uniform(0.16, 0.24), fill=tint)


def _bough(hour: Hour, rng: np.random.Generator, right: float, top: float) -> Iterator[str]:
    """One bough of a near tree across the upper corner of the window."""
    large = f"M{right} {top + 60} C{right - 110} {top + 76} {right - 200} {top + 96} {right - 300} {top + 90}"
    small = f"M{right - 120} {top + 80} Q{right - 170} {top + 130} {right - 230} {top + 140}"
    for twig, width in ((large, 9.0), (small, 5.0)):
        yield svg.line(twig, hour.dark, width, stroke_opacity=0.6)
    for _ in range(10 if hour.bare else 60):
        k = rng.uniform(0, 1)
        x, y = right - 300 * k + rng.uniform(-20, 20), top + 74 + 30 * k + rng.uniform(-26, 34)
        tint = "#ffffff" if hour.bare else hour.trees[int(rng.integers(3))]
        r = rng.uniform(7, 14)
        yield oval(
            x, y if not hour.bare else top + 66 + 22 * k, r, r * (0.4 if hour.bare else 0.7), fill=tint
        )
