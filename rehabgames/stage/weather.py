"""Weather: rain or snow behind the panes of a window, each drop a function of the time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import pygame

from rehabgames.stage.easel import Easel

Falls = Literal["", "rain", "snow"]
Drop = tuple[float, float, float]


def fallen(
    falls: Falls, drops: Sequence[Drop], glass: tuple[float, float, float, float], moved_s: float
) -> list[Drop]:
    """Where each drop or flake is now, px, and how large, 0..1. drops: where it begins, shares of the glass,
    and its size; glass: left, top, width and height, px."""
    if not falls:
        return []
    left, top, width, height = glass
    snow, found = falls == "snow", []
    for x, y, size in drops:
        speed = 0.05 + 0.05 * size if snow else 0.5 + 0.3 * size
        down = (y + moved_s * speed) % 1.1 - 0.05
        sway = 0.012 * math.sin(moved_s * 0.8 + 9 * x) if snow else 0.0
        found.append((left + (x + sway) * width, top + down * height, size))
    return found


def paint_fallen(easel: Easel, falls: Falls, now: Sequence[Drop], pane: pygame.Rect, tint: str) -> None:
    """What of it is seen in one pane, to which the canvas is clipped; tint: of rain."""
    unit = easel.layout.unit
    near = pane.inflate(48 * unit, 48 * unit)
    for x, y, size in now:
        if not near.collidepoint(x, y):
            continue
        if falls == "snow":
            easel.stamp(easel.disc((1.6 + 2.2 * size) * unit, "#ffffff"), (x, y), 0.85)
        else:
            pygame.draw.aaline(easel.canvas, tint, (x, y), (x - 3 * unit, y + (9 + 8 * size) * unit))
