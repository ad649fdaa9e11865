"""A person or a hand as landmarks say it: smooth bones over a dark line, and a soft silhouette behind them
where no camera picture shows the person."""

from __future__ import annotations

import itertools
import math
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
import pygame

from rehabgames.core.landmarks import MIDDLE_KNUCKLE, PALM, POSE, SIDES, WRIST, Side, other_side
from rehabgames.stage.palette import CREAM, ORANGE, OUTLINE, SKY, rgb

Points = npt.NDArray[np.float64]
Bones = tuple[tuple[int, int], ...]
SHADE: Final = "#2f5d66"  # of the silhouette

_TRUNK_PX: Final = 130.0  # mid-shoulder to mid-hip on the pane from which on bones have their full width
_PALM_PX: Final = 110.0  # wrist to middle knuckle, likewise
_FINE: Final = 4  # bits of a pixel: lines end between pixels, so that they do not jump from one to the next
CLEAR: Final = 0.32  # of the silhouette

_SHOULDERS: Final = (POSE["left_shoulder"], POSE["right_shoulder"])
_HIPS: Final = (POSE["left_hip"], POSE["right_hip"])
_LEGS: Final[Bones] = tuple(
    (POSE[f"{side}_{a}"], POSE[f"{side}_{b}"])
    for side in ("left", "right")
    for a, b in (("hip", "knee"), ("knee", "ankle"))
)
_TRUNK: Final[Bones] = (_SHOULDERS, _HIPS, *zip(_SHOULDERS, _HIPS, strict=True), *_LEGS)
_HAND: Final[Bones] = (
    *((root + i - 1 if i else 0, root + i) for root in (1, 5, 9, 13, 17) for i in range(4)),
    *((a, a + 4) for a in (5, 9, 13)),
)


def _arm(side: Side) -> Bones:
    joints = [POSE[f"{side}_{joint}"] for joint in ("shoulder", "elbow", "wrist", "index")]
    return tuple(itertools.pairwise(joints))


class Sheet:
    """A clear surface to draw on; `done` is the picture."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._size = size
        self._pixels = np.empty((size[1], size[0], 4), np.uint8)
        self._pixels[:] = (*rgb(OUTLINE), 0)  # what blends with an edge is dark, as the line around it

    def line(self, a: Points, b: Points, colour: str, thick: float) -> None:
        """With round ends."""
        cv2.line(
            self._pixels, _fine(a), _fine(b), (*rgb(colour), 255), max(1, round(thick)), cv2.LINE_AA, _FINE
        )

    def dot(self, at: Points, colour: str, radius: float) -> None:
        whole = round(radius * 2**_FINE)
        cv2.circle(self._pixels, _fine(at), whole, (*rgb(colour), 255), cv2.FILLED, cv2.LINE_AA, _FINE)

    def shape(self, corners: Points, colour: str) -> None:
        """Convex."""
        fine = np.round(corners * 2**_FINE).astype(np.int32)
        cv2.fillConvexPoly(self._pixels, fine, (*rgb(colour), 255), cv2.LINE_AA, _FINE)

    def fade(self, share: float) -> None:
        """What was drawn so far, as clear as that."""
        alpha = self._pixels[..., 3]
        alpha[:] = (alpha * share).astype(np.uint8)

    def done(self) -> pygame.Surface:
        return pygame.image.frombuffer(self._pixels.tobytes(), self._size, "RGBA")


def _fine(at: Points) -> tuple[int, int]:
    return round(float(at[0]) * 2**_FINE), round(float(at[1]) * 2**_FINE)


def hand(sheet: Sheet, on_pane: Points, unit: float, *, alone: bool) -> None:
    """on_pane: (21, 2) px; NaN rows are left out. unit: px for one of the 720 px grid. alone: no picture
    shows the hand."""
    palm = float(np.hypot(*(on_pane[MIDDLE_KNUCKLE] - on_pane[WRIST])))
    unit = _smaller(palm / _PALM_PX, unit)
    if alone and np.isfinite(on_pane).all():
        sheet.shape(on_pane[PALM], SHADE)  # wrist and knuckles in order around the palm
        _shade(sheet, on_pane, _HAND, 0.4 * palm)
        sheet.fade(CLEAR)
    _limbs(sheet, on_pane, _HAND, ORANGE, (5.0 * unit, 8.0 * unit))


def body(sheet: Sheet, on_pane: Points, unit: float, side: Side, *, alone: bool) -> None:
    """The body's limbs; the working arm stands out. on_pane: (33, 2) px; the rest as for `hand`."""
    if alone:
        _silhouette(sheet, on_pane)
    trunk = float(np.hypot(*(on_pane[[*_SHOULDERS]].mean(axis=0) - on_pane[[*_HIPS]].mean(axis=0))))
    unit = _smaller(trunk / _TRUNK_PX, unit)
    for bones, colour, width in (
        (_TRUNK, SKY, 7.0),
        (_arm(other_side(side)), SKY, 7.0),
        (_arm(side), ORANGE, 10.0),
    ):
        _limbs(sheet, on_pane, bones, colour, (width * unit, (width + 3.5) * unit))


def _silhouette(sheet: Sheet, on_pane: Points) -> None:
    """The body as a soft flat shape; nothing without shoulders and hips."""
    trunk = on_pane[[*_SHOULDERS, *reversed(_HIPS)]]
    if not np.isfinite(trunk).all():
        return
    across = float(np.hypot(*(trunk[0] - trunk[1])))
    sheet.shape(trunk, SHADE)
    _shade(sheet, trunk, tuple(itertools.pairwise([*range(4), 0])), 0.5 * across)
    for side in SIDES:
        _shade(sheet, on_pane, _arm(side), 0.38 * across)
    _shade(sheet, on_pane, _LEGS, 0.5 * across)
    head = on_pane[POSE["nose"]]
    if np.isfinite(head).all():
        sheet.line(trunk[:2].mean(axis=0), head, SHADE, 0.4 * across)
        sheet.dot(head, SHADE, 0.38 * across)
    sheet.fade(CLEAR)


def _shade(sheet: Sheet, points: Points, bones: Bones, thick: float) -> None:
    for a, b in _seen(points, bones):
        sheet.line(a, b, SHADE, thick)


def _smaller(size: float, unit: float) -> float:
    """Bones are thinner on a smaller body, so that the person stays to be seen; never under half."""
    return unit * min(1.0, max(0.5, size)) if math.isfinite(size) else unit


def _seen(points: Points, bones: Bones) -> list[tuple[Points, Points]]:
    return [(points[a], points[b]) for a, b in bones if np.isfinite(points[[a, b]]).all()]


def _limbs(sheet: Sheet, points: Points, bones: Bones, colour: str, widths: tuple[float, float]) -> None:
    """Bones whose two ends are seen, over a dark outline; `widths` are of the bone and its outline."""
    seen = _seen(points, bones)
    for tint, thick in ((OUTLINE, widths[1]), (colour, widths[0])):
        for a, b in seen:
            sheet.line(a, b, tint, thick)
    for _, b in seen:
        sheet.dot(b, CREAM, widths[0] * 0.36)
