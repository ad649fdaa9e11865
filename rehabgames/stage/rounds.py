"""Rounds: discs, arcs, lines, rounded boxes and soft lights whose edges are computed from distances.

A ring that fills is another picture at every step, and a target has another radius in every try: a rasterised
SVG or a polygon painted three times as large costs milliseconds in mid-play, distances a fraction of one.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pygame

Plane = npt.NDArray[np.float32]
FULL: Final = math.tau


def disc(radius: int, colour: str, edge: str, edge_px: float) -> pygame.Surface:
    """Filled with `colour`, in a line of `edge` so broad that half of it lies outside; "none" leaves it out.
    (2 half, 2 half) px with half = radius + edge_px + 1."""
    half, broad = radius + int(edge_px) + 1, 0.0 if edge == "none" else edge_px
    away = _away(2 * half)
    if not broad:
        return _covered(half, colour, radius + 0.5 - away)
    made = _covered(half, edge, radius + broad / 2 + 0.5 - away)
    made.blit(_covered(half, colour, radius - broad / 2 + 0.5 - away), (0, 0))
    return made


def arc(radius: int, width: int, ends: tuple[float, float], colour: str) -> pygame.Surface:
    """A band round a circle with round ends. ends: radians from the top, clockwise, the second not before the
    first; a whole turn or more is a ring, equal ends are nothing. 2 (radius + width) px each way."""
    half = radius + width
    x, y = _from_middle(2 * half)
    band = width / 2 + 0.5 - np.abs(_away(2 * half) - radius)
    first, last = ends
    if last - first < FULL:
        after = x * math.cos(first) + y * math.sin(first) >= 0.0
        before = x * math.cos(last) + y * math.sin(last) <= 0.0
        band = np.where((after & before) if last - first <= math.pi else (after | before), band, 0.0)
        for end in ends if last > first else ():
            dx, dy = x - radius * math.sin(end), y + radius * math.cos(end)
            band = np.maximum(band, width / 2 + 0.5 - np.sqrt(dx * dx + dy * dy))
    return _covered(half, colour, band if last > first else np.zeros_like(band))


def oval(
    radii: tuple[int, int], width: float, colour: str, *, share: float = 1.0, inside: float = 0.0
) -> pygame.Surface:
    """A circle that lies flat: `width` broad round (across, down), filled both ways from below up to `share`
    of it, and inside with that strength, 0..1. 2 (across + width) by 2 (down + width) px, rounded up."""
    half = math.ceil(radii[0] + width), math.ceil(radii[1] + width)
    x, y = _from_middle(2 * half[0])[0], _from_middle(2 * half[1])[1]
    outer, inner = (_within(x, y, (radii[0] + grown, radii[1] + grown)) for grown in (width / 2, -width / 2))
    shown = outer * (1.0 - inner)
    if share < 1.0:
        down = y * (radii[0] / radii[1])
        shown = shown * (down >= np.sqrt(x * x + down * down) * math.cos(math.pi * max(0.0, share)))
    return _covered(half, colour, np.maximum(shown, inside * inner) if inside else shown)


def _within(x: Plane, y: Plane, radii: tuple[float, float]) -> Plane:
    """How much of each pixel lies in an ellipse, by its distance from the edge to the first order."""
    u, v = x / radii[0], y / radii[1]
    out = np.sqrt(u * u + v * v) + np.float32(1e-6)
    slope = np.sqrt((u / radii[0]) ** 2 + (v / radii[1]) ** 2) / out + np.float32(1e-6)
    return np.asarray(np.clip((1.0 - out) / slope + 0.5, 0.0, 1.0), np.float32)


def light(radius: int, colour: str, stops: Sequence[tuple[float, float]]) -> pygame.Surface:
    """A round light. stops: (share of the radius, strength 0..1), outwards. (2 radius, 2 radius) px."""
    shares, strengths = zip(*stops, strict=True)
    return _covered(radius, colour, np.interp(_away(2 * radius) / radius, shares, strengths))


def stroke(half: int, points: Sequence[tuple[float, float]], width: float, colour: str) -> pygame.Surface:
    """A line through points, px from the middle, right and down; round at its ends and bends. 2 half px each
    way."""
    x, y = _from_middle(2 * half)
    away = np.full((2 * half, 2 * half), np.inf, np.float32)
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        dx, dy = bx - ax, by - ay
        along = np.clip(((x - ax) * dx + (y - ay) * dy) / max(dx * dx + dy * dy, 1e-9), 0.0, 1.0)
        aside, down = x - ax - along * dx, y - ay - along * dy
        away = np.minimum(away, np.sqrt(aside * aside + down * down))
    return _covered(half, colour, width / 2 + 0.5 - away)


def slab(size: tuple[int, int], radius: float, colour: str, edge: str, edge_px: float) -> pygame.Surface:
    """A rounded box of (width, height) px, both even, of `colour`, with a line of `edge` inside of it."""
    half = size[0] // 2 + 1, size[1] // 2 + 1
    out = beside_box(half, size, radius)
    made = _covered(half, edge, 0.5 - out)
    made.blit(_covered(half, colour, 0.5 - out - edge_px), (0, 0))
    return made


def shade(size: tuple[int, int], radius: float, colour: str, soft_px: int, strength: float) -> pygame.Surface:
    """The shadow of such a box: it fades within `soft_px` on both sides of its edge."""
    half = size[0] // 2 + soft_px, size[1] // 2 + soft_px
    near = np.clip(0.5 - beside_box(half, size, radius) / (2 * soft_px), 0.0, 1.0)
    return _covered(half, colour, strength * near * near * (3.0 - 2.0 * near))


def band(
    half: tuple[int, int], size: tuple[int, int], radius: float, colour: str, ends: tuple[float, float]
) -> pygame.Surface:
    """A line round a rounded box. ends: px from its edge, outwards, where it begins and where it ends."""
    out = beside_box(half, size, radius)
    return _covered(half, colour, np.minimum(ends[1] + 0.5 - out, out - ends[0] + 0.5))


def beside_box(half: tuple[int, int], size: tuple[int, int], radius: float) -> Plane:
    """How far outside of a rounded box in the middle each pixel is, px; inside it is negative."""
    x, y = _from_middle(2 * half[0])[0], _from_middle(2 * half[1])[1]
    across, down = np.abs(x) - np.float32(size[0] / 2 - radius), np.abs(y) - np.float32(size[1] / 2 - radius)
    away = np.sqrt(np.maximum(across, 0.0) ** 2 + np.maximum(down, 0.0) ** 2)
    return np.asarray(away + np.minimum(np.maximum(across, down), 0.0) - np.float32(radius), np.float32)


def round_box(half: tuple[int, int], size: tuple[int, int]) -> Plane:
    """How far on the way round a box each pixel is, 0..1, clockwise from the middle of the top; by the side
    that it is nearest to."""
    x, y = _from_middle(2 * half[0])[0], _from_middle(2 * half[1])[1]
    w, h = size[0] / 2, size[1] / 2
    aside, down = w - np.abs(x), h - np.abs(y)
    upright = aside < down  # nearer to the left or right side
    along = np.where(
        upright,
        np.where(x > 0, w + h + y, 3 * w + 3 * h - y),
        np.where(y < 0, x, 2 * w + 2 * h - x),
    )
    return np.asarray((along / (4 * (w + h))) % 1.0, np.float32)


def _from_middle(side: int) -> tuple[Plane, Plane]:
    """Of the middle of each pixel: right (side, 1) and down (1, side), px."""
    at = np.arange(side, dtype=np.float32) + np.float32(0.5 - side / 2)
    return at[:, None], at[None, :]


def _away(side: int) -> Plane:
    """How far from the middle each pixel is, px; hypot takes several times as long."""
    x, y = _from_middle(side)
    return np.asarray(np.sqrt(x * x + y * y), np.float32)


def _covered(half: int | tuple[int, int], colour: str, shown: npt.NDArray[np.floating]) -> pygame.Surface:
    """shown: 0..1 of each pixel, cut to that. What is clear is of the colour, too, so that no edge is darker
    when it is made smaller or turned."""
    across, down = (half, half) if isinstance(half, int) else half
    made = pygame.Surface((2 * across, 2 * down), pygame.SRCALPHA)
    made.fill((*pygame.Color(colour)[:3], 0))
    alpha = np.clip(shown, 0.0, 1.0) * np.float32(255) + np.float32(0.5)
    pygame.surfarray.pixels_alpha(made)[...] = alpha.astype(np.uint8)
    return made
