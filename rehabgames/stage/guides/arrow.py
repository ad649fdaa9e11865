"""Arrow: a broad band that grows along a way and ends in a head; painted once for each way."""

from __future__ import annotations

import itertools
import math
from collections.abc import Hashable, Sequence

import pygame

from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.palette import CREAM, rgb

_LARGE = 3  # painted so many times as large


def arrow(
    easel: Easel, key: Hashable, way: Sequence[Point], colour: str, ring: tuple[Point, float] | None
) -> tuple[pygame.Surface, tuple[int, int]]:
    """(the arrow along `way`, its corner on the screen); it ends before the ring it points to."""
    points = _even(_before(way, ring, easel.px(26)), 24)
    width = easel.px(17)
    pad = 3 * width
    left, top = min(x for x, _ in points) - pad, min(y for _, y in points) - pad
    across, down = max(x for x, _ in points) + pad - left, max(y for _, y in points) + pad - top

    def painted() -> pygame.Surface:
        large = pygame.Surface((round(across) * _LARGE, round(down) * _LARGE), pygame.SRCALPHA)
        large.fill((*rgb(CREAM), 0))
        moved = [((x - left) * _LARGE, (y - top) * _LARGE) for x, y in points]
        for grown, tint in ((easel.px(5) * _LARGE, CREAM), (0.0, colour)):
            _band(large, moved, width * _LARGE, grown, tint)
        return pygame.transform.smoothscale(large, (round(across), round(down)))

    return easel.pictures.kept(f"arrow {key}", painted), (round(left), round(top))


def _before(way: Sequence[Point], ring: tuple[Point, float] | None, gap: float) -> list[Point]:
    """The part of the way that is outside of the ring."""
    if ring is None:
        return list(way)
    (x, y), radius = ring
    kept = list(way)
    while len(kept) > 3 and math.dist(kept[-1], (x, y)) < radius + gap:
        kept.pop()
    return kept


def _even(way: Sequence[Point], n: int) -> list[Point]:
    """n places along the way, a smooth curve with even steps."""
    lengths = [0.0]
    for a, b in itertools.pairwise(way):
        lengths.append(lengths[-1] + math.dist(a, b))
    whole, found, i = lengths[-1] or 1.0, [], 0
    for k in range(n):
        at = whole * k / (n - 1)
        while i < len(way) - 2 and lengths[i + 1] < at:
            i += 1
        share = (at - lengths[i]) / ((lengths[i + 1] - lengths[i]) or 1.0)
        (ax, ay), (bx, by) = way[i], way[i + 1]
        found.append((ax + (bx - ax) * share, ay + (by - ay) * share))
    for _ in range(3):
        inner = [
            ((p[0] + 2 * q[0] + r[0]) / 4, (p[1] + 2 * q[1] + r[1]) / 4)
            for p, q, r in zip(found, found[1:], found[2:], strict=False)
        ]
        found = [found[0], *inner, found[-1]]
    return found


def _band(surface: pygame.Surface, points: Sequence[Point], width: float, grown: float, tint: str) -> None:
    """Thin where it begins, with a head as long as it is broad; `grown` all round, for an edge."""
    tip, head = points[-1], 2.1 * width
    body = [p for p in points if math.dist(p, tip) >= head * 0.9] or list(points[:2])
    for i, (a, b) in enumerate(itertools.pairwise(body)):
        half = width * (0.34 + 0.28 * i / max(1, len(body) - 1)) + grown
        nx, ny = _normal(a, b)
        pygame.draw.polygon(
            surface, tint,
            [(a[0] + nx * half, a[1] + ny * half), (b[0] + nx * half, b[1] + ny * half),
             (b[0] - nx * half, b[1] - ny * half), (a[0] - nx * half, a[1] - ny * half)],
        )  # fmt: skip
        pygame.draw.circle(surface, tint, a, half)
    neck = body[-1]
    nx, ny = _normal(neck, tip)
    ux, uy = ny, -nx
    pygame.draw.circle(surface, tint, neck, width * 0.62 + grown)
    base = (tip[0] - ux * head, tip[1] - uy * head)
    corners = [
        (tip[0] + ux * 1.6 * grown, tip[1] + uy * 1.6 * grown),
        (
            base[0] - ux * grown + nx * (1.45 * width + 1.7 * grown),
            base[1] - uy * grown + ny * (1.45 * width + 1.7 * grown),
        ),
        (
            base[0] - ux * grown - nx * (1.45 * width + 1.7 * grown),
            base[1] - uy * grown - ny * (1.45 * width + 1.7 * grown),
        ),
    ]
    pygame.draw.polygon(surface, tint, corners)


def _normal(a: Point, b: Point) -> Point:
    """To the left of the way from a to b (on a screen): unit length."""
    away = math.dist(a, b) or 1.0
    return -(b[1] - a[1]) / away, (b[0] - a[0]) / away
