"""Twigs: the drooping branch that offers a fruit, drawn once for each fruit and gone after it."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import pygame

from rehabgames.stage import svg
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.hours import Hour
from rehabgames.stage.motion import ease

_GROUND_WIDTH = 1920.0
# underside of the main bough in the still scene, px of its 1920×1080 ground
_BOUGH = (
    (330.0, 70.0),
    (560.0, 84.0),
    (780.0, 116.0),
    (960.0, 160.0),
    (1300.0, 226.0),
    (1500.0, 280.0),
    (1660.0, 380.0),
)
_FADE_S = 0.5


@dataclass(slots=True)
class _Twig:
    tip: Point
    picture: pygame.Surface | None
    corner: tuple[int, int]
    last_s: float


class Twigs:
    """Keeps the twig of each fruit by its key; one whose fruit was taken fades."""

    def __init__(self) -> None:
        self._twigs: dict[str, _Twig] = {}
        self._drawn_s = -math.inf

    def paint(self, easel: Easel, key: str, tip: Point, hour: Hour, shown: float) -> None:
        """The twig that ends at `tip`; where the fruit only swings a little it stays as it is."""
        twig = self._twigs.get(key)
        if twig is None or math.dist(twig.tip, tip) > easel.px(24):
            if self._drawn_s == easel.now_s:  # one new one a frame, so that no frame is late
                return
            self._drawn_s = easel.now_s
            start = bough_above(easel, tip)
            picture, corner = None, (0, 0)
            if tip[1] - start[1] > easel.px(24):
                said, corner = twig_svg(start, tip, easel.layout.unit, hour)
                picture = easel.pictures.raster(said, keep=False)
            twig = self._twigs[key] = _Twig(tip, picture, corner, easel.now_s)
        twig.last_s = easel.now_s
        _blit(easel, twig, shown)

    def fade(self, easel: Easel) -> None:
        """Paints those that nobody asked for in this frame, and forgets the gone."""
        for key, twig in list(self._twigs.items()):
            away = easel.now_s - twig.last_s
            if not 0.0 <= away < _FADE_S:
                del self._twigs[key]
            elif away > 0:
                _blit(easel, twig, 1.0 - ease(away / _FADE_S))


def _blit(easel: Easel, twig: _Twig, shown: float) -> None:
    if twig.picture is not None:
        twig.picture.set_alpha(round(255 * shown))
        easel.canvas.blit(twig.picture, twig.corner)


def bough_above(easel: Easel, place: Point) -> Point:
    """Where on the main bough a twig to `place` begins: somewhat towards the trunk."""
    width, height = easel.layout.size
    scale = max(width / _GROUND_WIDTH, height / 1080.0)
    left, top = (width - _GROUND_WIDTH * scale) / 2, (height - 1080.0 * scale) / 2
    across = (width - place[0]) if easel.mirrored else place[0]
    x = min(_BOUGH[-1][0], max(_BOUGH[0][0], (across - left) / scale + 70.0))
    y = _BOUGH[-1][1]
    for (x0, y0), (x1, y1) in itertools.pairwise(_BOUGH):
        if x0 <= x <= x1:
            y = y0 + (y1 - y0) * (x - x0) / (x1 - x0)
            break
    on_screen = left + x * scale
    return (width - on_screen if easel.mirrored else on_screen), top + y * scale


def _curve(a: complex, b: complex, c: complex, d: complex, k: float) -> tuple[complex, float]:
    """(place, direction in degrees) at share `k` of a cubic curve."""
    j = 1 - k
    place = j**3 * a + 3 * k * j * j * b + 3 * k * k * j * c + k**3 * d
    along = j * j * (b - a) + 2 * k * j * (c - b) + k * k * (d - c)
    return place, math.degrees(math.atan2(along.imag, along.real))


def _leaf(place: complex, turn_deg: float, scale: float, colour: str) -> str:
    whole = svg.path("M0 0 C22 -25 62 -26 92 0 C62 20 24 18 0 0Z", fill=colour)
    lit = svg.path("M0 0 C22 -25 62 -26 92 0 C58 -5 24 -5 0 0Z", fill="#fff", fill_opacity=0.16)
    where = f"translate({place.real:.0f} {place.imag:.0f}) rotate({turn_deg:.0f}) scale({scale:.2f})"
    return svg.tag("g", whole, lit, transform=where)


def twig_svg(start: Point, tip: Point, unit: float, hour: Hour) -> tuple[str, tuple[int, int]]:
    """(document, top left corner on the screen) of a tapering twig with leaves."""
    pad = 60 * unit
    left, top = min(start[0], tip[0]) - pad, min(start[1], tip[1]) - 8 * unit
    a, d = complex(start[0] - left, start[1] - top), complex(tip[0] - left, tip[1] - top)
    span = d - a
    b, c = a + complex(0.15 * span.real, 0.38 * span.imag), d + complex(-0.02 * span.real, -0.4 * span.imag)

    def said(*points: complex) -> str:
        return " ".join(f"{p.real:.1f} {p.imag:.1f}" for p in points)

    outline = f"M{said(a)} C{said(b, c, d)} L{said(d + 2 * unit)} C{said(c, b, a + 9 * unit)}Z"
    wood = svg.path(
        outline, fill="#6f5340", stroke="#6f5340", stroke_width=2.4 * unit, stroke_linejoin="round"
    )
    leaves = []
    count = max(3, int(span.imag / (26 * unit)))
    for i in range(count):
        place, turn = _curve(a, b, c, d, 0.12 + 0.84 * (i + 0.5) / count)
        aside = (1 if i % 2 else -1) * (38 + i * 13 % 24)
        scale = unit * (0.4 + i * 5 % 4 * 0.05)
        leaves.append(_leaf(place, turn + aside, scale, hour.leaves[(i * 7 + i // 2) % 3]))
    made = svg.document(abs(span.real) + 2 * pad, abs(span.imag) + 40 * unit, wood, *leaves)
    return made, (round(left), round(top))
