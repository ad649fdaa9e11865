"""Brushes of the drawn figure: lit colours, shaded capsules, anti-aliased polygons, sprites.

All places are in pixels of the picture that is painted on, x right, y down, centre of the first
pixel at (0, 0). Whatever falls outside the picture is cut.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Colour = tuple[float, float, float]
Place = tuple[float, float]
Joint = Literal["none", "start", "both"]

_SHIFT = 4
_ONE = 1 << _SHIFT
_Box = tuple[int, int, int, int]  # left, top, right, bottom
_LIMBS, _SPRITES = 48, 16  # painted last, and kept: much of a body rests from one picture to the next


@dataclass(frozen=True, slots=True)
class Light:
    """One far light and what it leaves in the shade.

    towards  unit vector from the body to the light: x right, y down, z to the camera
    ambient  0..1, share of a colour that stays where the light does not reach
    tint     (b, g, r) gain of every colour
    """

    towards: tuple[float, float, float]
    ambient: float
    tint: Colour

    @staticmethod
    def of(side: float, height: float, ambient: float, tint: Colour) -> Light:
        """side -1 left .. +1 right, height -1 below .. +1 above; 0, 0 is beside the camera."""
        length = math.sqrt(side * side + height * height + 1.0)
        return Light((side / length, -height / length, 1.0 / length), ambient, tint)


def lit(colour: Colour, light: Light, share: float = 1.0) -> Colour:
    """A (b, g, r) colour under a light of which `share` 0..1 arrives."""
    level = light.ambient + (1 - light.ambient) * share
    b, g, r = (min(255.0, c * t * level) for c, t in zip(colour, light.tint, strict=True))
    return b, g, r


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What a surface is painted with: (256, 1, 3) colours from unlit to fully lit, and its light."""

    colours: Picture
    light: Light

    def shaded(self, level: Picture) -> Picture:
        """Colours for a uint8 share of light per pixel."""
        return cv2.applyColorMap(level, self.colours).astype(np.uint8, copy=False)

    @property
    def full(self) -> Colour:
        """The colour of a surface that faces the camera, about."""
        b, g, r = (float(c) for c in self.colours[236, 0])
        return b, g, r


def ramp(colour: Colour, light: Light, warm: float = 0.0) -> Material:
    """The material of a (b, g, r) colour; warm reddens its shade, as in skin."""
    level = np.linspace(0.0, 1.0, 256, dtype=np.float32)[:, None]
    exponent = np.array([1 + warm, 1 + 0.4 * warm, 1 - 0.3 * warm], dtype=np.float32)
    arrived = light.ambient + (1 - light.ambient) * level
    colours = np.array(colour, dtype=np.float32) * np.array(light.tint, dtype=np.float32)
    shades = np.clip(colours * arrived**exponent, 0, 255)
    return Material(shades.astype(np.uint8)[:, None, :], light)


def shade(nx: Floats, ny: Floats, light: Light) -> Picture:
    """uint8 share of light on a surface with normal (nx, ny, the rest towards the camera)."""
    nz = np.sqrt(np.maximum(1.0 - nx * nx - ny * ny, 0.0))
    lx, ly, lz = light.towards
    level = nx * np.float32(lx * 255) + ny * np.float32(ly * 255) + nz * np.float32(lz * 255)
    return np.clip(level, 0, 255).astype(np.uint8)


def _window(picture: Picture, x0: float, y0: float, x1: float, y1: float) -> _Box | None:
    height, width = picture.shape[:2]
    left, top = max(0, math.floor(x0)), max(0, math.floor(y0))
    right, bottom = min(width, math.ceil(x1) + 1), min(height, math.ceil(y1) + 1)
    return (left, top, right, bottom) if left < right and top < bottom else None


def _capsule_field(box: _Box, a: Place, b: Place) -> tuple[Floats, Floats, Floats, Floats, float]:
    """Per pixel of box: place along a→b (not clamped), offset from the axis x and y, distance."""
    left, top, right, bottom = box
    x = np.arange(left, right, dtype=np.float32)[None, :] - np.float32(a[0])
    y = np.arange(top, bottom, dtype=np.float32)[:, None] - np.float32(a[1])
    dx, dy = b[0] - a[0], b[1] - a[1]
    squared = max(dx * dx + dy * dy, 1e-6)
    along = x * np.float32(dx / squared) + y * np.float32(dy / squared)
    kept: Floats = np.clip(along, np.float32(0), np.float32(1))
    qx, qy = x - kept * np.float32(dx), y - kept * np.float32(dy)
    distance = np.sqrt(qx * qx + qy * qy).astype(np.float32, copy=False)
    return along, qx, qy, distance, math.sqrt(squared)


def capsule(
    picture: Picture,
    a: Place,
    b: Place,
    radii: tuple[float, float],
    material: Material,
    *,
    bulge: float = 0.0,
    flat_end: bool = False,
    joined: Joint = "none",
) -> None:
    """Paint a round limb from a to b with the given end radii.

    bulge widens the middle by so many px; flat_end cuts the round cap at b (a cuff, a hem);
    joined says which caps are shaded like the limb, to melt into what they are joined to.
    """
    reach = max(radii) + max(bulge, 0.0) + 1
    box = _window(
        picture,
        min(a[0], b[0]) - reach,
        min(a[1], b[1]) - reach,
        max(a[0], b[0]) + reach,
        max(a[1], b[1]) + reach,
    )
    if box is None:
        return
    colours, alpha, behind = _painted(_Limb(box, a, b, radii, material, bulge, flat_end, joined))
    left, top, right, bottom = box
    region = picture[top:bottom, left:right]
    region[:] = cv2.blendLinear(region, colours, behind, alpha)


class _Limb(NamedTuple):
    """What `capsule` is asked for, and the pixels of the picture that it changes."""

    box: _Box
    a: Place
    b: Place
    radii: tuple[float, float]
    material: Material
    bulge: float
    flat_end: bool
    joined: Joint


@lru_cache(maxsize=_LIMBS)
def _painted(limb: _Limb) -> tuple[Picture, Floats, Floats]:
    """Of the pixels of its box: colours, how much of them is seen, and how much of what is behind."""
    box, a, b, radii, material, bulge, flat_end, joined = limb
    along, qx, qy, distance, length = _capsule_field(box, a, b)
    kept = np.clip(along, 0.0, 1.0)
    radius = np.float32(radii[0]) + kept * np.float32(radii[1] - radii[0])
    if bulge:
        radius = radius + np.float32(4 * bulge) * kept * (1 - kept)
    alpha = np.clip(radius - distance + 0.5, 0.0, 1.0)
    if flat_end:
        alpha *= np.clip((1 - along) * np.float32(length) + 0.5, 0.0, 1.0)
    inverse = 0.97 / np.maximum(radius, distance)
    if joined != "none":
        ux, uy = np.float32((b[0] - a[0]) / length), np.float32((b[1] - a[1]) / length)
        beside = qy * ux - qx * uy
        melts = np.True_ if joined == "both" else along < 0
        qx, qy = np.where(melts, -uy * beside, qx), np.where(melts, ux * beside, qy)
    return material.shaded(shade(qx * inverse, qy * inverse, material.light)), alpha, 1 - alpha


def shadow(
    picture: Picture,
    a: Place,
    b: Place,
    radius: float,
    *,
    soft: float,
    depth: float,
    mask: Picture | None = None,
) -> None:
    """Darken a capsule by `depth` 0..1, fading out over `soft` px, where `mask` (h, w) is not 0."""
    reach = radius + soft + 1
    box = _window(
        picture,
        min(a[0], b[0]) - reach,
        min(a[1], b[1]) - reach,
        max(a[0], b[0]) + reach,
        max(a[1], b[1]) + reach,
    )
    if box is None:
        return
    distance = _capsule_field(box, a, b)[3]
    alpha = np.clip((np.float32(radius + soft) - distance) * np.float32(depth / soft), 0.0, depth)
    left, top, right, bottom = box
    if mask is not None:
        alpha *= mask[top:bottom, left:right] * np.float32(1 / 255)
    region = picture[top:bottom, left:right]
    region[:] = cv2.blendLinear(region, np.zeros_like(region), 1 - alpha, alpha)


def smooth(points: Sequence[Place], rounds: int = 2, closed: bool = True) -> list[Place]:
    """Cut the corners of a line `rounds` times (Chaikin 1974)."""
    line = list(points)
    for _ in range(rounds):
        pairs = list(zip(line, line[1:] + line[:1], strict=True))
        cut: list[Place] = []
        for (x0, y0), (x1, y1) in pairs if closed else pairs[:-1]:
            cut += [(0.75 * x0 + 0.25 * x1, 0.75 * y0 + 0.25 * y1)]
            cut += [(0.25 * x0 + 0.75 * x1, 0.25 * y0 + 0.75 * y1)]
        line = cut if closed else [line[0], *cut, line[-1]]
    return line


def _fixed(points: Sequence[Place]) -> npt.NDArray[np.int32]:
    return np.round(np.array(points, dtype=np.float64) * _ONE).astype(np.int32)


def polygon(picture: Picture, points: Sequence[Place], colour: Colour | float) -> None:
    """Fill a polygon, anti-aliased; a single number paints a mask."""
    fill = (colour,) if isinstance(colour, (int, float)) else colour
    cv2.fillPoly(picture, [_fixed(points)], fill, cv2.LINE_AA, _SHIFT)


def stroke(
    picture: Picture, points: Sequence[Place], colour: Colour, width: float, closed: bool = False
) -> None:
    """A line through the points, anti-aliased; width in px, at least 1."""
    cv2.polylines(picture, [_fixed(points)], closed, colour, max(1, round(width)), cv2.LINE_AA, _SHIFT)


def ellipse(
    picture: Picture, centre: Place, half: tuple[float, float], colour: Colour | float, turn_deg: float = 0.0
) -> None:
    """Fill an ellipse, anti-aliased."""
    turn = math.radians(turn_deg)
    c, s = math.cos(turn), math.sin(turn)
    ring = np.linspace(0, 2 * math.pi, 40, endpoint=False)
    x, y = half[0] * np.cos(ring), half[1] * np.sin(ring)
    points = np.stack([centre[0] + c * x - s * y, centre[1] + s * x + c * y], axis=1)
    polygon(picture, [(float(px), float(py)) for px, py in points], colour)


@dataclass(frozen=True, slots=True, eq=False)
class Sprite:
    """A painted part, kept to be put at any place and turn.

    colour  (h, w, 3) premultiplied by alpha
    alpha   (h, w, 3) 0..255, the same in all three channels
    origin  px of the sprite that is put at the asked place
    """

    colour: Picture
    alpha: Picture
    origin: Place

    @staticmethod
    def of(picture: Picture, mask: Picture, origin: Place, finer: int) -> Sprite:
        """From a picture and its mask, both painted `finer` times larger than they are used."""
        alpha = mask.astype(np.float32)[:, :, None] / 255
        size = (picture.shape[1] // finer, picture.shape[0] // finer)
        colour = cv2.resize(picture.astype(np.float32) * alpha, size, interpolation=cv2.INTER_AREA)
        small = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
        place = ((origin[0] + 0.5) / finer - 0.5, (origin[1] + 0.5) / finer - 0.5)
        return Sprite(
            np.clip(colour, 0, 255).astype(np.uint8), np.repeat(small[:, :, None], 3, axis=2), place
        )

    def put(self, picture: Picture, matrix: npt.NDArray[np.float64], mask: Picture | None = None) -> None:
        """Paint it under the 2×3 `matrix` that takes sprite px to picture px; mark where in `mask`."""
        height, width = self.alpha.shape[:2]
        corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]]) @ matrix.T
        (x0, y0), (x1, y1) = corners.min(axis=0) - 1, corners.max(axis=0) + 1
        box = _window(picture, float(x0), float(y0), float(x1), float(y1))
        if box is None:
            return
        left, top, right, bottom = box
        alpha, colour = _turned(self, box, tuple(matrix.flat))
        region = picture[top:bottom, left:right]
        behind = cv2.multiply(region, cv2.bitwise_not(alpha), scale=1 / 255)
        region[:] = cv2.add(behind, colour)
        if mask is not None:
            mask[top:bottom, left:right] = alpha[:, :, 0]

    def put_turned(
        self, picture: Picture, place: Place, across: Place, down: Place, mask: Picture | None = None
    ) -> None:
        """Paint it with its origin at `place`; across and down are where its unit steps go."""
        ox, oy = self.origin
        matrix = np.array([[across[0], down[0], 0.0], [across[1], down[1], 0.0]])
        matrix[:, 2] = np.array(place) - matrix[:, :2] @ np.array([ox, oy])
        self.put(picture, matrix, mask)


@lru_cache(maxsize=_SPRITES)
def _turned(sprite: Sprite, box: _Box, matrix: tuple[float, ...]) -> tuple[Picture, Picture]:
    """alpha and colour in the pixels of box."""
    left, top, right, bottom = box
    moved = np.array(matrix).reshape(2, 3) - [[0.0, 0.0, left], [0.0, 0.0, top]]
    size = (right - left, bottom - top)
    return (
        cv2.warpAffine(sprite.alpha, moved, size, flags=cv2.INTER_LINEAR).astype(np.uint8, copy=False),
        cv2.warpAffine(sprite.colour, moved, size, flags=cv2.INTER_LINEAR).astype(np.uint8, copy=False),
    )
