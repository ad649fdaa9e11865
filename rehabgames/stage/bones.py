"""A person or a hand as landmarks say it: smooth bones over a dark line, and a soft silhouette behind them
where no camera picture shows the person."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
import pygame

from rehabgames.core.landmarks import MIDDLE_KNUCKLE, PALM, POSE, SIDES, WRIST, Side, other_side
from rehabgames.stage.palette import CREAM, ORANGE, OUTLINE, SKY, rgb

Points = npt.NDArray[np.float64]
Place = tuple[float, float]
Places = Sequence[Place | None]
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
    """A clear surface to draw on, just large enough for points and what is drawn around them.

    on_pane: (n, 2) px, NaN where unknown; around: px. `corner` is where on the pane its picture belongs.
    """

    def __init__(self, size: tuple[int, int], on_pane: Points, around: float) -> None:
        seen = on_pane[np.isfinite(on_pane).all(axis=1)]
        low, high = np.zeros(2), np.ones(2)
        if len(seen):
            low = np.clip(np.floor(seen.min(axis=0) - around), 0, np.array(size) - 1)
            high = np.clip(np.ceil(seen.max(axis=0) + around), low + 1, size)
        (self._left, self._top), (self._across, self._down) = low.tolist(), (high - low).astype(int).tolist()
        # what blends with an edge is dark, as the line around it
        clear = np.frombuffer(bytes(_ink(OUTLINE, 0)), np.uint32)[0]
        self._pixels = np.full((self._down, self._across), clear).view(np.uint8).reshape(self._down, -1, 4)

    def line(self, a: Place, b: Place, colour: str, thick: float) -> None:
        """With round ends."""
        whole = max(1, round(thick))
        cv2.line(self._pixels, self._at(a), self._at(b), _ink(colour), whole, cv2.LINE_AA, _FINE)

    def dot(self, at: Place, colour: str, radius: float) -> None:
        whole = round(radius * 2**_FINE)
        cv2.circle(self._pixels, self._at(at), whole, _ink(colour), cv2.FILLED, cv2.LINE_AA, _FINE)

    def shape(self, corners: Sequence[Place], colour: str) -> None:
        """Convex."""
        fine = np.array([self._at(corner) for corner in corners])
        cv2.fillConvexPoly(self._pixels, fine, _ink(colour), cv2.LINE_AA, _FINE)

    def fade(self, share: float) -> None:
        """What was drawn so far, as clear as that."""
        alpha = self._pixels[..., 3]
        alpha[:] = (alpha * share).astype(np.uint8)

    @property
    def corner(self) -> tuple[int, int]:
        return int(self._left), int(self._top)

    def done(self) -> pygame.Surface:
        # in the order of bytes that a window has, or each laying over would change it first
        return pygame.image.frombuffer(self._pixels.data, (self._across, self._down), "BGRA")

    def _at(self, place: Place) -> tuple[int, int]:
        return round((place[0] - self._left) * 2**_FINE), round((place[1] - self._top) * 2**_FINE)


def _ink(colour: str, alpha: int = 255) -> tuple[int, int, int, int]:
    red, green, blue = rgb(colour)
    return blue, green, red, alpha


def hand(sheet: Sheet, on_pane: Points, unit: float, *, alone: bool) -> None:
    """on_pane: (21, 2) px; NaN rows are left out. unit: px for one of the 720 px grid. alone: no picture
    shows the hand."""
    places = _places(on_pane)
    palm = _between(places[MIDDLE_KNUCKLE], places[WRIST])
    around = [place for i in PALM if (place := places[i]) is not None]
    if alone and len(around) == len(PALM):
        sheet.shape(around, SHADE)  # wrist and knuckles in order around the palm
        _shade(sheet, places, _HAND, 0.4 * palm)
        sheet.fade(CLEAR)
    unit = _smaller(palm / _PALM_PX, unit)
    _limbs(sheet, places, _HAND, ORANGE, (5.0 * unit, 8.0 * unit))


def body(sheet: Sheet, on_pane: Points, unit: float, side: Side, *, alone: bool) -> None:
    """The body's limbs; the working arm stands out. on_pane: (33, 2) px; the rest as for `hand`."""
    places = _places(on_pane)
    if alone:
        _silhouette(sheet, places)
    neck, hips = _middle(places, _SHOULDERS), _middle(places, _HIPS)
    unit = _smaller(_between(neck, hips) / _TRUNK_PX, unit)
    for bones, colour, width in (
        (_TRUNK, SKY, 7.0),
        (_arm(other_side(side)), SKY, 7.0),
        (_arm(side), ORANGE, 10.0),
    ):
        _limbs(sheet, places, bones, colour, (width * unit, (width + 3.5) * unit))


def _silhouette(sheet: Sheet, places: Places) -> None:
    """The body as a soft flat shape; nothing without shoulders and hips."""
    trunk = [place for i in (*_SHOULDERS, *reversed(_HIPS)) if (place := places[i]) is not None]
    neck, head = _middle(places, _SHOULDERS), places[POSE["nose"]]
    if len(trunk) < 4 or neck is None:
        return
    across = _between(trunk[0], trunk[1])
    sheet.shape(trunk, SHADE)
    _shade(sheet, trunk, tuple(itertools.pairwise([*range(4), 0])), 0.5 * across)
    for side in SIDES:
        _shade(sheet, places, _arm(side), 0.38 * across)
    _shade(sheet, places, _LEGS, 0.5 * across)
    if head is not None:
        sheet.line(neck, head, SHADE, 0.4 * across)
        sheet.dot(head, SHADE, 0.38 * across)
    sheet.fade(CLEAR)


def _shade(sheet: Sheet, places: Places, bones: Bones, thick: float) -> None:
    for a, b in _seen(places, bones):
        sheet.line(a, b, SHADE, thick)


def _places(on_pane: Points) -> list[Place | None]:
    return [(x, y) if math.isfinite(x + y) else None for x, y in on_pane.tolist()]


def _between(a: Place | None, b: Place | None) -> float:
    return math.nan if a is None or b is None else math.dist(a, b)


def _middle(places: Places, pair: tuple[int, int]) -> Place | None:
    a, b = places[pair[0]], places[pair[1]]
    return None if a is None or b is None else ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)


def _smaller(size: float, unit: float) -> float:
    """Bones are thinner on a smaller body, so that the person stays to be seen; never under half."""
    return unit * min(1.0, max(0.5, size)) if math.isfinite(size) else unit


def _seen(places: Places, bones: Bones) -> list[tuple[Place, Place]]:
    ends = ((places[a], places[b]) for a, b in bones)
    return [(a, b) for a, b in ends if a is not None and b is not None]


def _limbs(sheet: Sheet, places: Places, bones: Bones, colour: str, widths: tuple[float, float]) -> None:
    """Bones whose two ends are seen, over a dark outline; `widths` are of the bone and its outline."""
    seen = _seen(places, bones)
    for tint, thick in ((OUTLINE, widths[1]), (colour, widths[0])):
        for a, b in seen:
            sheet.line(a, b, tint, thick)
    for _, b in seen:
        sheet.dot(b, CREAM, widths[0] * 0.36)
