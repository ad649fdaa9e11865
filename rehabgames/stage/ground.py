"""Ground: a scene's own measure, 1920 × 1080 units, on any screen: cut, never stretched.

A scene is written for the right side, with the light from the left; for the left side it is mirrored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pygame

from rehabgames.core.landmarks import Side
from rehabgames.stage.easel import Point

WIDTH, HEIGHT = 1920.0, 1080.0
SPARE: Final = 60.0  # units beyond each edge that a scene draws, so that a shifted plane shows no end
Box = tuple[float, float, float, float]  # left, top, width, height in units
WHOLE: Final[Box] = (0.0, 0.0, WIDTH, HEIGHT)


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

    def area(self, box: Box) -> pygame.Rect:
        """A part of the scene on the screen, px."""
        left, top, width, height = box
        a, b = self.to_screen(left, top), self.to_screen(left + width, top + height)
        x0, x1 = sorted((round(a[0]), round(b[0])))
        return pygame.Rect(x0, round(a[1]), x1 - x0, round(b[1]) - round(a[1]))
