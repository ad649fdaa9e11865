"""The room behind the drawn figure: painted once per look, then kept."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from rehabgames.tracking.figure_brush import Colour, Picture, Place, polygon, stroke
from rehabgames.tracking.looks import Look, Room, bgr


def _toned(colour: Colour, share: float) -> Colour:
    b, g, r = (min(255.0, c * share) for c in colour)
    return b, g, r


def _box(picture: Picture, a: Place, b: Place, colour: Colour) -> None:
    (x0, y0), (x1, y1) = a, b
    corners: list[Place] = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    polygon(picture, corners, colour)


def _wall(picture: Picture, floor_y: float, look: Look, rng: np.random.Generator) -> None:
    """A picture frame or two on a plain wall."""
    height, width = picture.shape[:2]
    for x in (0.07 + 0.05 * rng.random(), 0.78 + 0.05 * rng.random()):
        tone = _toned(bgr(look.wall), 0.62)
        x0, y0 = x * width, (0.12 + 0.1 * rng.random()) * height
        _box(picture, (x0, y0), (x0 + 0.13 * width, y0 + 0.2 * height), tone)
        inner = _toned(bgr(look.wall), 1.08)
        _box(picture, (x0 + 8, y0 + 8), (x0 + 0.13 * width - 8, y0 + 0.2 * height - 8), inner)
        hill: list[Place] = [
            (x0 + 14, y0 + 0.17 * height),
            (x0 + 0.05 * width, y0 + 0.08 * height),
            (x0 + 0.12 * width - 4, y0 + 0.17 * height),
        ]
        polygon(picture, hill, (130.0, 150.0, 120.0))


def _gradient(picture: Picture, floor_y: float, look: Look, rng: np.random.Generator) -> None:
    """An empty wall that darkens downward."""
    top = int(max(0, min(floor_y, picture.shape[0])))
    fade = np.linspace(1.08, 0.78, max(top, 1), dtype=np.float32)[:, None, None]
    picture[:top] = np.clip(picture[:top] * fade[:top], 0, 255).astype(np.uint8)


def _window(picture: Picture, floor_y: float, look: Look, rng: np.random.Generator) -> None:
    """A bright window with a view, off to one side."""
    height, width = picture.shape[:2]
    x0 = (0.03 if rng.random() < 0.5 else 0.64) * width
    x1, y0, y1 = x0 + 0.32 * width, 0.08 * height, 0.52 * height
    _box(picture, (x0 - 12, y0 - 12), (x1 + 12, y1 + 12), (232.0, 236.0, 238.0))
    _box(picture, (x0, y0), (x1, y1), (236.0, 216.0, 190.0))
    hills: list[Place] = [(x0, y1)]
    hills += [(x0 + s * (x1 - x0), y1 - (0.1 + 0.1 * rng.random()) * height) for s in np.linspace(0, 1, 6)]
    polygon(picture, [*hills, (x1, y1)], (120.0, 160.0, 130.0))
    middle = (x0 + x1) / 2
    stroke(picture, [(middle, y0), (middle, y1)], (225.0, 228.0, 230.0), 12)
    _box(picture, (x0 - 20, y1 + 12), (x1 + 20, y1 + 26), (210.0, 214.0, 216.0))


def _shelf(picture: Picture, floor_y: float, look: Look, rng: np.random.Generator) -> None:
    """Boards with books."""
    height, width = picture.shape[:2]
    x0 = (0.0 if rng.random() < 0.5 else 0.6) * width
    x1 = x0 + 0.4 * width
    wood = (74.0, 104.0, 138.0)
    _box(picture, (x0, 0), (x1, min(floor_y, height)), _toned(wood, 0.6))
    for row in range(5):
        board = (0.16 + 0.2 * row) * height
        x = x0 + 16
        while x < x1 - 40:
            thick, tall = 12 + 20 * rng.random(), (0.09 + 0.06 * rng.random()) * height
            colour = tuple(float(c) for c in 50 + 130 * rng.random(3))
            _box(picture, (x, board - tall), (x + thick, board), (colour[0], colour[1], colour[2]))
            x += thick + (60 if rng.random() < 0.12 else 2)
        _box(picture, (x0, board), (x1, board + 14), wood)
    for x in (x0, x1 - 14):
        _box(picture, (x, 0), (x + 14, min(floor_y, height)), wood)


def _curtain(picture: Picture, floor_y: float, look: Look, rng: np.random.Generator) -> None:
    """Folds of cloth from edge to edge."""
    height, width = picture.shape[:2]
    x = np.arange(width, dtype=np.float32)
    phase = np.cumsum(0.05 + 0.03 * np.sin(x / 97 + 6 * rng.random()))
    folds = (1 + 0.13 * np.sin(phase) + 0.05 * np.sin(2.3 * phase + 1))[None, :, None]
    bottom = int(max(0, min(floor_y, height)))
    picture[:bottom] = np.clip(picture[:bottom] * folds, 0, 255).astype(np.uint8)


_ROOMS: dict[Room, Callable[[Picture, float, Look, np.random.Generator], None]] = {
    "wall": _wall,
    "gradient": _gradient,
    "window": _window,
    "shelf": _shelf,
    "curtain": _curtain,
}


def paint_room(look: Look, size: tuple[int, int], floor_y: float, seed: int) -> Picture:
    """(h, w, 3) the empty room; floor_y is where wall and floor meet, px, maybe below the picture."""
    width, height = size
    rng = np.random.default_rng(seed)
    large = np.empty((2 * height, 2 * width, 3), dtype=np.uint8)
    large[:] = bgr(look.wall)
    _ROOMS[look.room](large, 2 * floor_y, look, rng)
    if floor_y < height:
        _box(large, (0, 2 * floor_y), (2 * width, 2 * height), bgr(look.floor))
        _box(large, (0, 2 * floor_y - 18), (2 * width, 2 * floor_y), _toned(bgr(look.wall), 1.12))
    # the camera is focused on the person
    soft = cv2.GaussianBlur(large, (0, 0), 3.0)
    small = cv2.resize(soft, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :, None]
    fall = 1 + 0.18 * np.float32(np.clip(look.side, -1, 1)) * across
    lit_room: Picture = np.clip(small * fall * np.array(look.tint, dtype=np.float32), 0, 255).astype(np.uint8)
    return lit_room
