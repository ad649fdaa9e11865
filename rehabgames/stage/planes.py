"""Planes: the still layers of a place, each composed of SVG once and shifted with the player's head.

A scene is written for the right arm on a ground of 1920 × 1080 units that fills the screen (cut, never
stretched), with the light from the left. For the left arm it is mirrored.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pygame

from rehabgames.core.landmarks import Side
from rehabgames.core.view import View
from rehabgames.stage import svg
from rehabgames.stage.easel import MOST_SHIFT, Easel, Point
from rehabgames.stage.layout import Layout
from rehabgames.stage.pictures import Pictures

WIDTH, HEIGHT = 1920.0, 1080.0
SPARE: Final = 60.0  # units beyond each edge that a scene draws, so that a shifted plane shows no end


@dataclass(frozen=True, slots=True)
class Ground:
    """Units of a scene on a screen of `size` px."""

    size: tuple[int, int]
    side: Side

    @property
    def scale(self) -> float:
        """px per unit."""
        return max(self.size[0] / WIDTH, self.size[1] / HEIGHT)

    def to_screen(self, x: float, y: float) -> Point:
        across = self.size[0] / 2 + (x - WIDTH / 2) * self.scale
        if self.side == "left":
            across = self.size[0] - across
        return across, self.size[1] / 2 + (y - HEIGHT / 2) * self.scale

    def unit_x(self, x_px: float) -> float:
        """The inverse of `to_screen`, across."""
        if self.side == "left":
            x_px = self.size[0] - x_px
        return WIDTH / 2 + (x_px - self.size[0] / 2) / self.scale


@dataclass(frozen=True, slots=True)
class Plane:
    """A layer with the corner at which it lies; depth as in Easel.shift. It never moves up or down, because
    most planes end at a waterline or at the edge of the screen."""

    surface: pygame.Surface
    corner: tuple[int, int]
    depth: float

    def paint(self, easel: Easel) -> None:
        aside, _ = easel.shift(self.depth)
        easel.canvas.blit(self.surface, (self.corner[0] + aside, self.corner[1]))


class Painter:
    """Makes the planes of one scene. parts: names of the pictures in `folder` that the scene uses as #name;
    defs: gradients and filters."""

    def __init__(
        self, pictures: Pictures, ground: Ground, folder: str, parts: Iterable[str], defs: str
    ) -> None:
        self._pictures, self._ground = pictures, ground
        found = {name: pictures.part(f"{folder}/{name}") for name in parts}
        self._defs = "".join(
            svg.tag("g", part.inner if part else " ", id=name) for name, part in found.items()
        )
        self._defs += defs

    def plane(self, body: Iterable[str], depth: float) -> Plane:
        """Cut to what is not empty; an empty plane where nothing can be rasterised."""
        whole, (left, top) = self._drawn("".join(body), depth)
        if whole is None:
            return Plane(pygame.Surface((1, 1), pygame.SRCALPHA), (0, 0), depth)
        used = whole.get_bounding_rect()
        return Plane(whole.subsurface(used).copy(), (left + used.x, top + used.y), depth)

    def back(self, body: Iterable[str], depth: float, bands: tuple[str, ...]) -> Plane:
        """The opaque farthest plane; `bands` of colour from top to bottom where nothing can be rasterised."""
        whole, corner = self._drawn("".join(body), depth, opaque=True)
        if whole is None:
            whole, corner = pygame.Surface(self._ground.size).convert(), (0, 0)
            high = math.ceil(self._ground.size[1] / len(bands))
            for i, colour in enumerate(bands):
                whole.fill(colour, (0, i * high, self._ground.size[0], high))
        return Plane(whole, corner, depth)

    def _drawn(
        self, body: str, depth: float, *, opaque: bool = False
    ) -> tuple[pygame.Surface | None, tuple[int, int]]:
        """The whole plane, as much larger than the screen as it may be shifted, and its corner."""
        (width, height), scale = self._ground.size, self._ground.scale
        unit = Layout.of(self._ground.size, self._ground.side).unit
        spare = math.ceil(abs(depth) * MOST_SHIFT * unit) + 2
        across, down = width + 2 * spare, height + 2 * spare
        box = (
            WIDTH / 2 - across / 2 / scale,
            HEIGHT / 2 - down / 2 / scale,
            across / scale,
            down / scale,
        )
        said = svg.document(across, down, svg.tag("defs", self._defs), body, box=box)
        surface = self._pictures.raster(said, opaque=opaque)
        if surface is not None and self._ground.side == "left":
            surface = pygame.transform.flip(surface, True, False)
        return surface, (-spare, -spare)


class Clock:
    """Time for what moves by itself: it stands while the play is paused, and on a calm easel altogether."""

    def __init__(self) -> None:
        self._now_s: float | None = None
        self._last_s = 0.0

    def at(self, easel: Easel, view: View) -> float:
        if self._now_s is None:
            self._now_s = easel.now_s
        elif view.phase != "paused":
            self._now_s += max(0.0, easel.now_s - self._last_s)
        self._last_s = easel.now_s
        return 0.0 if easel.calm else self._now_s


def use(part: str, x: float, y: float, scale: float, *, turn: float = 0.0, **more: svg.Value) -> str:
    turned = f" rotate({turn:.0f})" if turn else ""
    return svg.tag(
        "use", href=f"#{part}", transform=f"translate({x:.1f} {y:.1f}){turned} scale({scale:.3f})", **more
    )


def oval(x: float, y: float, rx: float, ry: float, **more: svg.Value) -> str:
    return svg.tag("ellipse", cx=x, cy=y, rx=rx, ry=ry, **more)


def block(x: float, y: float, width: float, height: float, fill: str, **more: svg.Value) -> str:
    return svg.tag("rect", x=x, y=y, width=width, height=height, fill=fill, **more)
