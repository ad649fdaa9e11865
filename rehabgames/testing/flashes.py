"""Flashes: how much of a screen flashes more than three times a second (WCAG 2.3.1, general flashes; H6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

SMALL: Final = (320, 180)  # what is looked at: a flash that matters is larger than one of these pixels
ALLOWED: Final = 3  # flashes within any second
SWING: Final = 0.1  # change of relative luminance
DARK: Final = 0.8  # the darker of both is under this
# WCAG: 341 × 256 px of a 1024 × 768 screen stand for 10 degrees of the visual field
FIELD: Final = (round(SMALL[0] * 341 / 1024), round(SMALL[1] * 256 / 768))
MOST_SHARE: Final = 0.25  # of such a field
_SRGB: Final = np.arange(256) / 255.0
# of every value that a channel can have
_LINEAR: Final = np.where(_SRGB <= 0.04045, _SRGB / 12.92, ((_SRGB + 0.055) / 1.055) ** 2.4)


def luminance(rgb: npt.NDArray[np.uint8]) -> Array:
    """(w, h) relative luminance 0..1 of (w, h, 3) sRGB."""
    bright: Array = _LINEAR[rgb] @ np.array([0.2126, 0.7152, 0.0722])
    return bright


def turns(frames: Sequence[Array]) -> npt.NDArray[np.bool_]:
    """(n, w, h) True where a change of at least SWING against the last opposing one is complete."""
    shape = frames[0].shape
    turned = np.zeros((len(frames), *shape), bool)
    low, high = frames[0].copy(), frames[0].copy()
    way = np.zeros(shape, np.int8)
    for i, now in enumerate(frames):
        low, high = np.minimum(low, now), np.maximum(high, now)
        up = (now - low >= SWING) & (low < DARK) & (way <= 0)
        down = (high - now >= SWING) & (now < DARK) & (way >= 0)
        turned[i] = up | down
        way[up], way[down & ~up] = 1, -1
        low, high = np.where(up | down, now, low), np.where(up | down, now, high)
    return turned


def worst_share(frames: Sequence[Array], fps: int) -> float:
    """Largest share of any 10 degree field that flashes more than ALLOWED times within one second.

    frames: luminances of a whole screen made SMALL, fps of them a second.
    """
    turned = turns(frames)
    worst, (w, h) = 0.0, FIELD
    for start in range(0, max(1, len(frames) - fps + 1), max(1, fps // 6)):
        flashes = turned[start : start + fps].sum(axis=0) / 2
        total = np.pad((flashes > ALLOWED).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        inside = total[w:, h:] - total[:-w, h:] - total[w:, :-h] + total[:-w, :-h]
        worst = max(worst, float(inside.max()) / (w * h))
    return worst
