"""The head of the drawn figure: face, ears, hair, glasses, beard, as sprites around the nose."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from rehabgames.tracking.figure_brush import (
    Colour,
    Light,
    Material,
    Picture,
    Place,
    Sprite,
    ellipse,
    lit,
    polygon,
    ramp,
    shade,
    smooth,
    stroke,
)
from rehabgames.tracking.looks import Look, bgr

# The paper is in metres around the nose tip, x right, y down, for a head 0.23 m high.
_HALF_WIDTH, _ABOVE, _BELOW = 0.15, 0.20, 0.22
_FINER = 4
_FACE: tuple[Place, ...] = (
    (0.0, -0.146),
    (0.050, -0.138),
    (0.075, -0.095),
    (0.077, -0.040),
    (0.072, 0.000),
    (0.060, 0.040),
    (0.038, 0.071),
    (0.016, 0.082),
)
_CAP: tuple[Place, ...] = (
    (0.0, -0.165),
    (0.055, -0.158),
    (0.086, -0.110),
    (0.085, -0.050),
    (0.075, -0.022),
    (0.071, -0.060),
    (0.062, -0.088),
    (0.035, -0.104),
)
_RECEDING: tuple[Place, ...] = (
    (0.0, -0.157),
    (0.050, -0.148),
    (0.082, -0.105),
    (0.084, -0.050),
    (0.075, -0.016),
    (0.072, -0.060),
    (0.066, -0.100),
    (0.048, -0.128),
    (0.018, -0.132),
)
_LONG: tuple[Place, ...] = (
    (0.0, -0.168),
    (0.065, -0.155),
    (0.098, -0.095),
    (0.100, 0.000),
    (0.104, 0.090),
    (0.096, 0.165),
    (0.060, 0.180),
)
_SCARF: tuple[Place, ...] = (
    (0.0, -0.172),
    (0.062, -0.160),
    (0.098, -0.100),
    (0.097, 0.000),
    (0.086, 0.070),
    (0.100, 0.150),
    (0.050, 0.190),
)
_BEARD: tuple[Place, ...] = (
    (0.0, 0.020),
    (0.026, 0.018),
    (0.045, 0.010),
    (0.071, -0.020),
    (0.070, 0.010),
    (0.060, 0.050),
    (0.036, 0.084),
    (0.014, 0.092),
)


def _both(half: Sequence[Place]) -> list[Place]:
    """A symmetric outline from its right half, listed from the top down."""
    return [*half, *[(-x, y) for x, y in reversed(half) if x != 0.0]]


@dataclass(frozen=True, slots=True, eq=False)
class _Paper:
    """Picture and mask on which a part is painted in metres around an origin."""

    picture: Picture
    mask: Picture
    scale: float
    origin: Place

    def px(self, points: Sequence[Place]) -> list[Place]:
        return [(self.origin[0] + x * self.scale, self.origin[1] + y * self.scale) for x, y in points]

    def fill(self, points: Sequence[Place], colour: Colour) -> None:
        polygon(self.picture, self.px(points), colour)
        polygon(self.mask, self.px(points), 255.0)

    def blob(self, centre: Place, half: tuple[float, float], colour: Colour) -> None:
        place, axes = self.px([centre])[0], (half[0] * self.scale, half[1] * self.scale)
        ellipse(self.picture, place, axes, colour)
        ellipse(self.mask, place, axes, 255.0)

    def line(self, points: Sequence[Place], colour: Colour, width: float) -> None:
        stroke(self.picture, self.px(smooth(points, closed=False)), colour, width * self.scale)

    def round_fill(self, points: Sequence[Place], material: Material) -> None:
        """Fill and shade as the front of an egg around the middle of the head."""
        stencil = np.zeros_like(self.mask)
        polygon(stencil, self.px(points), 255.0)
        height, width = self.mask.shape
        x = (np.arange(width, dtype=np.float32)[None, :] - self.origin[0]) / self.scale
        y = (np.arange(height, dtype=np.float32)[:, None] - self.origin[1]) / self.scale
        nx, ny = np.broadcast_arrays(x / np.float32(0.094), (y + np.float32(0.045)) / np.float32(0.15))
        long = np.maximum(1.0, np.sqrt(nx * nx + ny * ny))
        colours = material.shaded(shade(nx / long, ny / long, material.light))
        share = stencil.astype(np.float32) / 255
        self.picture[:] = cv2.blendLinear(self.picture, colours, 1 - share, share)
        np.maximum(self.mask, stencil, out=self.mask)

    def sprite(self) -> Sprite:
        return Sprite.of(self.picture, self.mask, self.origin, _FINER)


def _paper(px_per_m: float) -> _Paper:
    scale = px_per_m * _FINER
    width = math.ceil(2 * _HALF_WIDTH * px_per_m) * _FINER
    height = math.ceil((_ABOVE + _BELOW) * px_per_m) * _FINER
    picture = np.zeros((height, width, 3), dtype=np.uint8)
    return _Paper(picture, np.zeros((height, width), dtype=np.uint8), scale, (width / 2, _ABOVE * scale))


def back_sprite(look: Look, px_per_m: float, light: Light) -> Sprite:
    """What hangs behind neck and shoulders: long hair, a bun, a scarf."""
    paper = _paper(px_per_m)
    hair = ramp(_toned(bgr(look.hair), 0.8), light)
    if look.hair_style == "long":
        paper.round_fill(smooth(_both(_LONG)), hair)
    elif look.hair_style == "scarf":
        paper.round_fill(smooth(_both(_SCARF)), hair)
    elif look.hair_style == "bun":
        paper.blob((0.0, -0.172), (0.042, 0.036), lit(bgr(look.hair), light, 0.7))
    elif look.hair_style == "curly":
        for turn in np.linspace(-0.2, math.pi + 0.2, 13):
            centre = (0.088 * math.cos(turn), -0.075 - 0.085 * math.sin(turn))
            paper.blob(centre, (0.030, 0.030), lit(bgr(look.hair), light, 0.62))
    return paper.sprite()


def _toned(colour: Colour, share: float) -> Colour:
    b, g, r = (c * share for c in colour)
    return b, g, r


def _eyes(paper: _Paper, look: Look, light: Light, skin: Colour, shut: bool) -> None:
    dark = lit(_toned(skin, 0.42), light)
    brow = lit(_toned(bgr(look.hair if look.hair_style != "scarf" else "#2b211b"), 0.8), light)
    for side in (-1.0, 1.0):
        x = 0.0315 * side
        if shut:
            lid = [(x - 0.015, -0.037), (x, -0.033), (x + 0.015, -0.037)]
            paper.line(lid, dark, 0.004)
        else:
            paper.blob((x, -0.038), (0.0155, 0.0085), lit((225.0, 230.0, 232.0), light, 0.9))
            paper.blob((x, -0.038), (0.0078, 0.0082), lit((52.0, 66.0, 84.0), light))
            paper.blob((x, -0.038), (0.0040, 0.0042), (18.0, 16.0, 16.0))
            paper.blob((x + 0.003, -0.041), (0.0018, 0.0018), lit((250.0, 250.0, 250.0), light))
            lid = [(x - 0.0165, -0.037), (x - 0.008, -0.0455), (x + 0.008, -0.0455), (x + 0.0165, -0.037)]
            paper.line(lid, dark, 0.0035)
        arch = [(x - 0.021, -0.056), (x - 0.004 * side, -0.0635), (x + 0.021, -0.056)]
        paper.line(arch, brow, 0.0065)


def _nose_and_mouth(paper: _Paper, light: Light, skin: Colour) -> None:
    shadow = lit(_toned(skin, 0.70), light)
    paper.line([(0.007, -0.034), (0.010, -0.008), (0.0165, 0.001), (0.011, 0.007)], shadow, 0.0035)
    paper.line([(-0.007, -0.034), (-0.010, -0.008), (-0.0165, 0.001), (-0.011, 0.007)], shadow, 0.0025)
    paper.blob((0.0, -0.002), (0.009, 0.008), lit(_toned(skin, 1.06), light))
    for side in (-1.0, 1.0):
        paper.blob((0.0065 * side, 0.006), (0.0035, 0.0022), lit(_toned(skin, 0.45), light))
    lip = (skin[0] * 0.62, skin[1] * 0.58, skin[2] * 0.86)
    upper = [(-0.027, 0.034), (-0.008, 0.0285), (0.0, 0.0305), (0.008, 0.0285), (0.027, 0.034), (0.0, 0.038)]
    lower = [(-0.027, 0.034), (0.0, 0.037), (0.027, 0.034), (0.014, 0.044), (-0.014, 0.044)]
    paper.fill(smooth(upper), lit(lip, light, 0.85))
    paper.fill(smooth(lower), lit(_toned(lip, 1.12), light))
    paper.line([(-0.027, 0.034), (0.0, 0.0365), (0.027, 0.034)], lit(_toned(lip, 0.6), light), 0.0025)


def _hair(paper: _Paper, look: Look, light: Light) -> None:
    hair = ramp(bgr(look.hair), light)
    style = look.hair_style
    if style == "receding":
        paper.round_fill(smooth(_both(_RECEDING)), hair)
    elif style == "scarf":
        ring = [*_both(_CAP)]
        paper.round_fill(smooth(ring), hair)
        for side in (-1.0, 1.0):
            edge = [
                (0.083, -0.07),
                (0.090, 0.0),
                (0.070, 0.07),
                (0.0, 0.115),
                (0.0, 0.086),
                (0.040, 0.068),
                (0.066, 0.02),
                (0.070, -0.06),
            ]
            paper.round_fill(smooth([(side * x, y) for x, y in edge]), hair)
    elif style != "bald":
        paper.round_fill(smooth(_both(_CAP)), hair)
    if style == "long":
        for side in (-1.0, 1.0):
            lock = [(0.070, -0.10), (0.094, -0.06), (0.098, 0.05), (0.080, 0.09), (0.074, 0.0)]
            paper.round_fill(smooth([(side * x, y) for x, y in lock]), hair)


def head_sprite(look: Look, px_per_m: float, light: Light, shut: bool) -> Sprite:
    """Head and face from the front; `shut` closes the eyes for a blink."""
    paper = _paper(px_per_m)
    skin = bgr(look.skin)
    material = ramp(skin, light, 0.35)
    if look.hair_style not in ("scarf", "long"):
        for side in (-1.0, 1.0):
            paper.blob((0.077 * side, -0.022), (0.013, 0.028), lit(_toned(skin, 0.86), light, 0.8))
            paper.blob((0.078 * side, -0.022), (0.006, 0.017), lit(_toned(skin, 0.66), light, 0.8))
    paper.round_fill(smooth(_both(_FACE)), material)
    if look.beard:
        paper.round_fill(smooth(_both(_BEARD)), ramp(_toned(bgr(look.hair), 1.1), light))
    _eyes(paper, look, light, skin, shut)
    _nose_and_mouth(paper, light, skin)
    _hair(paper, look, light)
    if look.glasses:
        rim = lit((46.0, 42.0, 40.0), light)
        for side in (-1.0, 1.0):
            turn = np.linspace(0, 2 * math.pi, 24)
            ring = [(0.0325 * side + 0.024 * math.cos(t), -0.036 + 0.019 * math.sin(t)) for t in turn]
            stroke(paper.picture, paper.px(ring), rim, 0.0035 * paper.scale)
            paper.line([(0.0565 * side, -0.040), (0.076 * side, -0.042)], rim, 0.0035)
        paper.line([(-0.009, -0.040), (0.0, -0.043), (0.009, -0.040)], rim, 0.0035)
    return paper.sprite()
