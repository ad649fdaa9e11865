"""Brush: limbs and soft shapes with an outline, painted large and made smaller for smooth edges."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import pygame

from rehabgames.stage.palette import OUTLINE, rgb

Place = tuple[float, float]
# painted so many times as large; where a metre has many pixels, less does as well
_LARGE, _LESS, _MANY_PX = 2.0, 1.5, 345.0


class Brush:
    """Paints in metres (x right, y up) on a clear surface.

    box        (left, bottom, right, top) of what can be seen, m
    scale      px per m of the finished surface
    edge       width of outlines, px of the finished surface
    light      -1 from the left, 1 from the right
    """

    def __init__(self, box: tuple[float, float, float, float], scale: float, edge: float, light: int) -> None:
        self._left, self._top = box[0], box[3]
        large = _LARGE if scale < _MANY_PX else _LESS
        self._k = scale * large
        self.size = (
            max(2, math.ceil((box[2] - box[0]) * scale)),
            max(2, math.ceil((box[3] - box[1]) * scale)),
        )
        self._surface = pygame.Surface(
            (round(self.size[0] * large), round(self.size[1] * large)), pygame.SRCALPHA
        )
        self._surface.fill((*rgb(OUTLINE), 0))
        self._edge = edge * large
        self.light = light

    def finished(self) -> pygame.Surface:
        return pygame.transform.smoothscale(self._surface, self.size)

    def _px(self, place: Sequence[float]) -> Place:
        return (place[0] - self._left) * self._k, (self._top - place[1]) * self._k

    def limb(
        self, places: Sequence[Place], radii: Sequence[float], colours: tuple[str, str], *, edged: bool = True
    ) -> None:
        """A chain of round pieces; `colours` are of the shaded and of the lit side."""
        points, sizes = [self._px(p) for p in places], [r * self._k for r in radii]
        if edged:
            self._chain(points, [r + self._edge for r in sizes], OUTLINE)
        self._chain(points, sizes, colours[0])
        if colours[1] != colours[0]:
            shift = [
                (x + self.light * 0.2 * r, y - 0.14 * r) for (x, y), r in zip(points, sizes, strict=True)
            ]
            self._chain(shift, [0.7 * r for r in sizes], colours[1])

    def _chain(self, points: Sequence[Place], radii: Sequence[float], colour: str) -> None:
        for i, ((x, y), r) in enumerate(zip(points, radii, strict=True)):
            pygame.draw.circle(self._surface, colour, (x, y), r)
            if i:
                (u, v), s = points[i - 1], radii[i - 1]
                away = math.hypot(x - u, y - v)
                if away > 0.5:
                    nx, ny = -(y - v) / away, (x - u) / away
                    corners = [
                        (u + nx * s, v + ny * s), (x + nx * r, y + ny * r),
                        (x - nx * r, y - ny * r), (u - nx * s, v - ny * s),
                    ]  # fmt: skip
                    pygame.draw.polygon(self._surface, colour, corners)

    def shape(self, places: Iterable[Place], colour: str, *, edged: bool = True, smooth: bool = True) -> None:
        """A closed shape through these places."""
        points = [self._px(p) for p in places]
        points = rounded(points) if smooth else points
        if edged:
            pygame.draw.polygon(self._surface, OUTLINE, grown(points, self._edge))
        pygame.draw.polygon(self._surface, colour, points)

    def oval(self, middle: Place, rx: float, ry: float, colour: str, *, edged: bool = False) -> None:
        x, y = self._px(middle)
        for more, tint in ((self._edge, OUTLINE), (0.0, colour)) if edged else ((0.0, colour),):
            a, b = rx * self._k + more, ry * self._k + more
            pygame.draw.ellipse(self._surface, tint, (x - a, y - b, 2 * a, 2 * b))


def grown(points: Sequence[Place], by: float) -> list[Place]:
    """A closed shape with every corner moved outwards; sharp corners are cut off."""
    turns = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True))
    by = by if turns > 0 else -by
    found = []
    for i, (x, y) in enumerate(points):
        (px, py), (nx, ny) = points[i - 1], points[(i + 1) % len(points)]
        before, after = math.hypot(x - px, y - py) or 1.0, math.hypot(nx - x, ny - y) or 1.0
        ux, uy = (y - py) / before + (ny - y) / after, (px - x) / before + (x - nx) / after
        square = ux * ux + uy * uy
        much = 2.0 * by / max(square, 1.0)
        found.append((x + ux * much, y + uy * much))
    return found


def rounded(points: Sequence[Place], steps: int = 6) -> list[Place]:
    """A closed Catmull-Rom curve through the points."""
    n, found = len(points), []
    for i in range(n):
        p, q, r, s = (points[(i + j) % n] for j in (-1, 0, 1, 2))
        for k in range(steps):
            t = k / steps
            found.append(
                (
                    _spline(p[0], q[0], r[0], s[0], t),
                    _spline(p[1], q[1], r[1], s[1], t),
                )
            )
    return found


def _spline(p: float, q: float, r: float, s: float, t: float) -> float:
    a, b = 2 * p - 5 * q + 4 * r - s, 3 * q - p - 3 * r + s
    return 0.5 * (2 * q + (r - p) * t + a * t * t + b * t * t * t)
