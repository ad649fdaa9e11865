"""Sleeve: the player's arm as a soft shadow that is clear at the shoulder, with smooth edges at any size."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
import pygame

from rehabgames.core.landmarks import POSE, Side
from rehabgames.core.view import View
from rehabgames.stage.easel import Easel, Point

Cover = npt.NDArray[np.uint8]  # (height, width)

COLOUR: Final = (46, 88, 104)
DENSE: Final = 0.56
WIDE, NARROW = 31.0, 18.0  # radius at the shoulder and at the hand, px of the 720 px grid
CLEAR, WHOLE = 0.08, 0.67  # arm lengths from the shoulder where nothing of it is seen, and all of it
_CLEAR: Final = np.frombuffer(bytes((*reversed(COLOUR), 0)), np.uint32)[0]  # none of the colour, BGRA
FINE: Final = 4  # bits of a pixel, between which its edges lie


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
        left, top = (math.floor(min(self.a[i] - self.ra, self.b[i] - self.rb)) - 2 for i in (0, 1))
        right, bottom = (math.ceil(max(self.a[i] + self.ra, self.b[i] + self.rb)) + 2 for i in (0, 1))
        return pygame.Rect(left, top, right - left + 1, bottom - top + 1)

    def cover(self, cover: Cover, corner: tuple[int, int]) -> None:
        """Into `cover`, whose first pixel is `corner` of the screen: 255 where it covers the pixel wholly."""

        def fine(x: float, y: float) -> tuple[int, int]:
            return round((x - corner[0]) * 2**FINE), round((y - corner[1]) * 2**FINE)

        for place, radius in ((self.a, self.ra), (self.b, self.rb)):
            whole = round(radius * 2**FINE)
            cv2.circle(cover, fine(*place), whole, (255,), cv2.FILLED, cv2.LINE_AA, FINE)
        (ax, ay), (bx, by) = self.a, self.b
        long = math.dist(self.a, self.b)
        if long > abs(self.ra - self.rb):  # else one end lies in the other
            ux, uy = (bx - ax) / long, (by - ay) / long
            along = (self.ra - self.rb) / long  # of where the outline touches each end
            aside = math.sqrt(1.0 - along * along)
            corners = [
                fine(x + r * (along * ux - turn * aside * uy), y + r * (along * uy + turn * aside * ux))
                for x, y, r, turn in (
                    (ax, ay, self.ra, 1),
                    (bx, by, self.rb, 1),
                    (bx, by, self.rb, -1),
                    (ax, ay, self.ra, -1),
                )
            ]
            cv2.fillConvexPoly(cover, np.array(corners), (255,), cv2.LINE_AA, FINE)


class Sleeve:
    """Keeps what it is painted with."""

    def __init__(self) -> None:
        self._dawn: Cover = np.zeros((0, 0), np.uint8)

    def paint(self, easel: Easel, view: View, hand: Point, sure: float) -> None:
        """From the shoulder over the elbow to the hand, px; sure 0..1 fades all of it."""
        shoulder, unit = easel.frame.origin_px, easel.layout.unit
        elbow = elbow_between(view.body_px, view.side, shoulder, hand)
        radii = (unit * WIDE, unit * (WIDE + NARROW) / 2, unit * NARROW)
        upper, lower = Limb(shoulder, elbow, *radii[:2]), Limb(elbow, hand, *radii[1:])
        box = upper.box.union(lower.box).clip(easel.canvas.get_rect())
        if not (box.width and box.height):
            return
        cover = np.zeros((box.height, box.width), np.uint8)
        for limb in (upper, lower):
            limb.cover(cover, box.topleft)
        self._fade(cover, shoulder[0] - box.x, shoulder[1] - box.y, easel.frame.length(WHOLE))
        cloth = np.full((box.height, box.width), _CLEAR).view(np.uint8).reshape(box.height, -1, 4)
        cloth[..., 3] = cv2.convertScaleAbs(cover, alpha=DENSE * sure)
        easel.canvas.blit(pygame.image.frombuffer(cloth.data, box.size, "BGRA"), box)

    def _fade(self, cover: Cover, x: float, y: float, radius: float) -> None:
        """Towards the shoulder at x, y."""
        side = 2 * round(radius)
        if len(self._dawn) != side:
            self._dawn = _dawn(side)
        left, top = round(x) - side // 2, round(y) - side // 2
        part = cover[max(0, top) : max(0, top + side), max(0, left) : max(0, left + side)]
        if part.size:
            dawn = self._dawn[max(0, -top) :, max(0, -left) :][: part.shape[0], : part.shape[1]]
            part[...] = cv2.multiply(part, dawn, scale=1 / 255)


def _dawn(side: int) -> Cover:
    """(side, side) how much of it is seen around the shoulder, 255 from WHOLE arm lengths on."""
    at = np.arange(side, dtype=np.float32) - (side - 1) / 2
    away = np.hypot(at[:, None], at) * np.float32(2 * WHOLE / max(1, side))
    return np.asarray(255 * np.clip((away - CLEAR) / (WHOLE - CLEAR), 0, 1), np.uint8)


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
