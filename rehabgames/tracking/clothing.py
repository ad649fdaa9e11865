"""Clothing: how the colours of a body's shirt are spread, so that one person is told from another."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rehabgames.core.landmarks import POSE
from rehabgames.core.pose import Array

CELLS: Final = 8  # of the shirt, across and down: each is the mean of what it covers, or noise would tell
ACROSS, DOWN = (0.18, 0.82), (0.08, 0.72)  # from shoulder to shoulder, and to the hips: beside it is the room
LEAST_PX: Final = 12.0  # a trunk that is shorter shows no clothing
LEAST_SEEN: Final = 0.4  # share of the cells that must be in the picture
LIGHTNESS, COLOUR = 20.0, 10.0  # width of a bin of CIE L*, and of a* and b*: light changes more than colour
BINS: Final = (7, 14, 14)
_CORNERS = [POSE[name] for name in ("right_shoulder", "left_shoulder", "left_hip", "right_hip")]
_U, _V = np.meshgrid(np.linspace(*ACROSS, CELLS), np.linspace(*DOWN, CELLS))
_EIGHT = np.array([(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)])


@np.errstate(all="ignore")
def clothing_of(rgb: npt.NDArray[np.uint8], points_px: Array) -> Array | None:
    """(1372,) share of each bin of CIE L*a*b*, sum 1; None where no shirt can be seen.

    rgb (h, w, 3); points_px (33, 2) of a body in it, maybe NaN.
    """
    import cv2  # noqa: PLC0415 - after quiet_cv2

    corners = points_px[_CORNERS]
    if not np.isfinite(corners).all() or np.hypot(*(corners[3] - corners[0])) < LEAST_PX:
        return None
    top = corners[0] + (corners[1] - corners[0]) * _U[..., None]
    low = corners[3] + (corners[2] - corners[3]) * _U[..., None]
    at = (top + (low - top) * _V[..., None]).reshape(-1, 2)
    height, width = rgb.shape[:2]
    at = at[((at >= 0) & (at < (width, height))).all(axis=1)]
    if len(at) < LEAST_SEEN * CELLS**2:
        return None
    first, last = np.floor(at.min(axis=0)).astype(int), np.ceil(at.max(axis=0)).astype(int) + 1
    part = rgb[first[1] : last[1], first[0] : last[0]]
    scale = max(1.0, max(part.shape[:2]) / (3 * CELLS))
    size = max(1, round(part.shape[1] / scale)), max(1, round(part.shape[0] / scale))
    small = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    lab: Any = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    cell = np.minimum(((at - first) / scale).astype(int), np.array(size) - 1)
    return _spread(lab[cell[:, 1], cell[:, 0]])


def _spread(lab: npt.NDArray[np.float32]) -> Array:
    """Each colour is shared among the eight bins around it, so that a small change changes little."""
    place = (lab + np.array([0, 70, 70])) / (LIGHTNESS, COLOUR, COLOUR)
    low = np.floor(place).astype(int)
    share = place - low
    corner = np.clip(low[:, None] + _EIGHT, 0, np.array(BINS) - 1)
    weight = np.abs(1 - _EIGHT - share[:, None]).prod(axis=2)
    flat = np.ravel_multi_index(tuple(np.moveaxis(corner, 2, 0)), BINS)
    counts = np.bincount(flat.ravel(), weight.ravel(), minlength=int(np.prod(BINS)))
    return np.asarray(counts / counts.sum(), dtype=np.float64)
