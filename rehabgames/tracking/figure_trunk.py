"""The trunk of the drawn figure: shirt, neckline, pattern and folds, as one sprite."""

from __future__ import annotations

import math
from typing import NamedTuple

import cv2
import numpy as np

from rehabgames.patients.body import Build
from rehabgames.tracking.figure_brush import (
    Floats,
    Light,
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

_FINER = 3
_NECK_M, _HIKED_M = 0.03, 0.30  # beside the middle, and below the shoulders: what a hike moves
_HALF_WIDTH, _ABOVE, _BELOW = 0.34, 0.16, 0.16


class _Cut(NamedTuple):
    """From metres (mid-hip, x right, y up) to px of the sprite."""

    scale: float
    origin: Place

    def px(self, points: list[Place]) -> list[Place]:
        return [(self.origin[0] + x * self.scale, self.origin[1] - y * self.scale) for x, y in points]


def outline(build: Build, girth: float) -> list[Place]:
    """Right half of the shirt from the neck down, metres from mid-hip, x right, y up."""
    top, half = build.trunk, build.shoulder_width / 2
    chest, hip = 0.155 * girth + 0.01, 0.110 * girth + build.hip_width / 2.75
    return [
        (0.0, top + 0.072),
        (0.058, top + 0.074),
        (0.085, top + 0.062),
        (half - 0.030, top + 0.058),
        (half + 0.014, top + 0.050),
        (half + 0.042, top + 0.010),
        (half + 0.024, top - 0.050),
        (max(chest, half - 0.01), top - 0.100),
        (chest + 0.006, top - 0.200),
        (0.150 * girth + 0.006, 0.170),
        (hip, 0.040),
        (hip + 0.004, -0.070),
        (0.0, -0.082),
    ]


def _folds(shape: tuple[int, int], scale: float, seed: int) -> Floats:
    """Soft wrinkles, -1..1, longer across than along."""
    rng = np.random.default_rng(seed)
    rough = rng.standard_normal(shape).astype(np.float32)
    soft = cv2.GaussianBlur(rough, (0, 0), sigmaX=0.035 * scale, sigmaY=0.014 * scale)
    return np.asarray(soft / max(float(np.abs(soft).max()), 1e-6), dtype=np.float32)


def _shaded(look: Look, mask: Picture, scale: float, light: Light) -> Picture:
    """Light on the round of the trunk, uint8."""
    height, width = mask.shape
    half = np.maximum((mask > 127).sum(axis=1), 1).astype(np.float32)[:, None] / 2
    x = np.arange(width, dtype=np.float32)[None, :] - width / 2
    along = np.arange(height, dtype=np.float32)[:, None] / height
    folds = _folds((height, width), scale, 7)
    nx = np.clip(0.86 * x / half + 0.10 * folds, -0.97, 0.97)
    ny = 0.25 * (along - 0.35) * look.girth + 0.16 * folds + np.zeros_like(nx)
    return shade(nx.astype(np.float32), ny.astype(np.float32), light)


def _pattern(look: Look, shape: tuple[int, int], scale: float) -> Floats:
    """Share of the second colour per pixel."""
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32) / np.float32(scale)
    x -= shape[1] / 2 / scale
    share = np.zeros(shape, dtype=np.float32)
    if look.pattern == "stripes":
        share[(y / 0.062) % 1 < 0.42] = 1.0
    if look.pattern == "plaid":
        share[(y / 0.075) % 1 < 0.4] += 0.45
        share[(x / 0.075) % 1 < 0.4] += 0.45
    if look.pattern == "cardigan":
        share[np.abs(x) < 0.032] = 1.0
    return share


def _neckline(picture: Picture, cut: _Cut, look: Look, light: Light, top: float) -> None:
    """Skin below the neck, collar, buttons."""
    px, scale = cut.px, cut.scale
    skin = lit(bgr(look.skin), light, 0.74)
    b, g, r = bgr(look.shirt)
    dark = lit((b * 0.72, g * 0.72, r * 0.72), light)
    deep = 0.035 if look.pattern in ("buttons", "plaid", "cardigan") else 0.012
    neck = [(-0.056, top + 0.085), (-0.050, top + 0.050), (0.0, top + 0.040 - deep)]
    neck += [(0.050, top + 0.050), (0.056, top + 0.085)]
    polygon(picture, px(neck), skin)
    stroke(picture, px(neck), dark, 0.009 * scale)
    if look.pattern in ("buttons", "plaid"):
        for side in (-1.0, 1.0):
            collar = [(0.058, top + 0.080), (0.066, top + 0.045), (0.036, top + 0.010), (0.004, top + 0.005)]
            polygon(picture, px([(side * x, y) for x, y in collar]), lit((b, g, r), light, 0.95))
            stroke(picture, px([(side * x, y) for x, y in collar]), dark, 0.004 * scale)
    if look.pattern in ("buttons", "plaid", "cardigan"):
        stroke(picture, px([(0.010, top), (0.010, -0.08)]), dark, 0.003 * scale)
        for y in np.arange(0.02, top, 0.085):
            ellipse(picture, px([(0.0, float(y))])[0], (0.006 * scale, 0.006 * scale), dark)


def trunk_sprite(look: Look, build: Build, px_per_m: float, light: Light) -> Sprite:
    """The shirt without its sleeves; its origin is mid-hip."""
    scale = px_per_m * _FINER
    width = math.ceil(2 * _HALF_WIDTH * px_per_m) * _FINER
    height = math.ceil((_ABOVE + build.trunk + _BELOW) * px_per_m) * _FINER
    origin = (width / 2, (_ABOVE + build.trunk) * scale)
    cut = _Cut(scale, origin)
    half = outline(build, look.girth)
    ring = smooth([*half, *[(-x, y) for x, y in reversed(half) if x != 0.0]])
    mask = np.zeros((height, width), dtype=np.uint8)
    polygon(mask, cut.px(ring), 255.0)
    level = _shaded(look, mask, scale, light)
    share = _pattern(look, (height, width), scale)
    picture = cv2.blendLinear(
        ramp(bgr(look.shirt), light).shaded(level),
        ramp(bgr(look.second), light).shaded(level),
        1 - share,
        share,
    ).astype(np.uint8)
    _neckline(picture, cut, look, light, build.trunk)
    return Sprite.of(picture, mask, origin, _FINER)


def hiked(trunk: Sprite, left_px: float, right_px: float, build: Build, px_per_m: float) -> Sprite:
    """The shirt with its shoulders lifted by so many px; neckline and everything below stay."""
    spare = max(0, math.ceil(max(left_px, right_px)))
    colour, alpha = (
        cv2.copyMakeBorder(each, spare, 0, 0, 0, cv2.BORDER_CONSTANT) for each in (trunk.colour, trunk.alpha)
    )
    origin = trunk.origin[0], trunk.origin[1] + spare
    y, x = np.mgrid[0 : alpha.shape[0], 0 : alpha.shape[1]].astype(np.float32)
    beside = np.abs(x - np.float32(origin[0])) / np.float32(px_per_m)
    below = (y - np.float32(origin[1])) / np.float32(px_per_m) + np.float32(build.trunk)
    share = _eased((beside - _NECK_M) / (0.4 * build.shoulder_width - _NECK_M)) * (
        1 - _eased(below / _HIKED_M)
    )
    lift = np.where(x > origin[0], np.float32(left_px), np.float32(right_px)) * share
    from_y = (y + lift).astype(np.float32)
    colour, alpha = (
        cv2.remap(each, x, from_y, cv2.INTER_LINEAR).astype(np.uint8) for each in (colour, alpha)
    )
    return Sprite(colour, alpha, origin)


def _eased(share: Floats) -> Floats:
    share = np.clip(share, 0, 1).astype(np.float32)
    return np.asarray(share * share * (3 - 2 * share), dtype=np.float32)
