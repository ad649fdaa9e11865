"""Sleeve: the player's arm as a soft shadow that is clear at the shoulder.

How much of it covers a pixel follows from how deep inside the pixel lies: its edges are smooth at any size.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pygame

from rehabgames.core.landmarks import POSE, Side
from rehabgames.core.view import View
from rehabgames.stage import svg
from rehabgames.stage.easel import Easel, Point

Grid = npt.NDArray[np.float32]

COLOUR: Final = (46, 88, 104)
DENSE: Final = 0.56
WIDE, NARROW = 31.0, 18.0  # radius at the shoulder and at the hand, px of the 720 px grid
CLEAR, WHOLE = 0.08, 0.67  # arm lengths from the shoulder where nothing of it is seen, and all of it
SOFT: Final = 1.6  # px over which it ends


@dataclass(frozen=True, slots=True)
class Limb:
    """From one place to another, with a radius at each; px."""

    a: Point
    b: Point
    ra: float
    rb: float

    @property
    def box(self) -> pygame.Rect:
        """All that it may touch."""
        left, top = (math.floor(min(self.a[i] - self.ra, self.b[i] - self.rb) - SOFT) for i in (0, 1))
        right, bottom = (math.ceil(max(self.a[i] + self.ra, self.b[i] + self.rb) + SOFT) for i in (0, 1))
        return pygame.Rect(left, top, right - left + 1, bottom - top + 1)

    def cover(self, box: pygame.Rect, along: Grid, away: Grid, work: Grid) -> None:
        """Into `along`, which has the shape of the box, as the others: how much of it covers each pixel,
        0 .. 1. All is done in place: large arrays are slow to come by."""
        dx, dy = self.b[0] - self.a[0], self.b[1] - self.a[1]
        square = max(1e-6, dx * dx + dy * dy)
        x = (np.arange(box.left, box.right, dtype=np.float32) - self.a[0])[:, None]
        y = (np.arange(box.top, box.bottom, dtype=np.float32) - self.a[1])[None, :]
        np.add(x * np.float32(dx / square), y * np.float32(dy / square), out=along)
        np.clip(along, 0.0, 1.0, out=along)
        np.multiply(along, -dx, out=away)
        away += x
        away *= away
        np.multiply(along, -dy, out=work)
        work += y
        work *= work
        away += work
        np.sqrt(away, out=away)
        along *= self.rb - self.ra
        along -= away
        along += self.ra + SOFT / 2
        along *= 1.0 / SOFT
        np.clip(along, 0.0, 1.0, out=along)


class Sleeve:
    """Keeps what it is painted with."""

    def __init__(self) -> None:
        self._room = np.empty((4, 0), np.float32)
        self._cloth = pygame.Surface((1, 1), pygame.SRCALPHA)

    def paint(self, easel: Easel, view: View, hand: Point, sure: float) -> None:
        """From the shoulder over the elbow to the hand, px; sure 0..1 fades all of it."""
        shoulder, unit = easel.frame.origin_px, easel.layout.unit
        elbow = elbow_between(view.body_px, view.side, shoulder, hand)
        radii = (unit * WIDE, unit * (WIDE + NARROW) / 2, unit * NARROW)
        upper, lower = Limb(shoulder, elbow, *radii[:2]), Limb(elbow, hand, *radii[1:])
        box = upper.box.union(lower.box).clip(easel.canvas.get_rect())
        if not (box.width and box.height):
            return
        whole = self._covered(box, (upper, lower))
        whole *= 255.0 * DENSE * sure
        cloth = self._cloth_for(box.size)
        cloth.set_clip((0, 0, *box.size))
        cloth.fill(COLOUR)
        pygame.surfarray.pixels_alpha(cloth)[: box.width, : box.height] = whole
        dawn = _dawn(easel)
        corner = (shoulder[0] - box.x - dawn.get_width() / 2, shoulder[1] - box.y - dawn.get_height() / 2)
        cloth.blit(dawn, (round(corner[0]), round(corner[1])), special_flags=pygame.BLEND_RGBA_MULT)
        easel.canvas.blit(cloth, box, (0, 0, *box.size))

    def _covered(self, box: pygame.Rect, limbs: tuple[Limb, ...]) -> Grid:
        size = box.width * box.height
        if self._room.shape[1] < size:
            self._room = np.empty((4, size), np.float32)
        whole: Grid = self._room[3, :size].reshape(box.size)
        whole[...] = 0.0
        for limb in limbs:
            part = limb.box.clip(box)
            along, away, work = (
                self._room[i, : part.width * part.height].reshape(part.size) for i in range(3)
            )
            limb.cover(part, along, away, work)
            left, top = part.left - box.left, part.top - box.top
            there = whole[left : left + part.width, top : top + part.height]
            np.maximum(there, along, out=there)
        return whole

    def _cloth_for(self, size: tuple[int, int]) -> pygame.Surface:
        """At least so large."""
        width, height = self._cloth.get_size()
        if width < size[0] or height < size[1]:
            larger = (max(width, size[0]), max(height, size[1]))
            self._cloth = pygame.Surface(larger, pygame.SRCALPHA)
        return self._cloth


def _dawn(easel: Easel) -> pygame.Surface:
    """White that is clear in the middle and dense outside: it fades the sleeve at the shoulder."""
    side = round(2 * easel.frame.length(WHOLE))

    def said() -> str:
        ramp = svg.light("g", (CLEAR / WHOLE, "#fff", 0.0), (1.0, "#fff", 1.0))
        few = max(2, side // 3)
        return svg.document(few, few, ramp, svg.tag("rect", width=few, height=few, fill="url(#g)"))

    def made() -> pygame.Surface:
        dawn = easel.pictures.soft("dawn", said, (side, side)).copy()
        dawn.fill((255, 255, 255, 0), special_flags=pygame.BLEND_RGBA_MAX)  # what is clear has lost its white
        return dawn

    return easel.pictures.kept(f"dawn {side}", made)


def elbow_between(body_px: npt.NDArray[np.float64] | None, side: Side, shoulder: Point, hand: Point) -> Point:
    """The elbow on the screen: bent as in the camera picture, mirrored; straight where it is unknown."""
    middle = ((shoulder[0] + hand[0]) / 2, (shoulder[1] + hand[1]) / 2)
    if body_px is None:
        return middle
    points = body_px[[POSE[f"{side}_shoulder"], POSE[f"{side}_elbow"], POSE[f"{side}_wrist"]]]
    if not np.isfinite(points).all():
        return middle
    s, e, w = (complex(-x, y) for x, y in points)
    if abs(w - s) <= 0.25 * (abs(e - s) + abs(w - e)):
        return middle
    bend = (e - s) / (w - s)
    bend = complex(min(0.9, max(0.1, bend.real)), min(0.7, max(-0.7, bend.imag)))
    found = complex(*shoulder) + bend * (complex(*hand) - complex(*shoulder))
    return found.real, found.imag
