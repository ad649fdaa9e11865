"""Course: places on the river, seen from behind and above the boat, onto the screen.

A place is x (play coordinates, across) and how far it lies ahead of the boat: 1 as far as gates come into
sight, 0 at the boat, less behind it. `near` is how large a thing is there: 1 at the boat, less ahead.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rehabgames.stage.easel import MOST_SHIFT, Easel, Point
from rehabgames.stage.frame import Area, Frame
from rehabgames.stage.layout import Layout
from rehabgames.stage.motion import ease

FAR: Final = 3.5  # distances of the eye from the boat between the boat and a gate that comes into sight
CLOSEST: Final = 0.42  # nearer to the eye than this share of the boat's distance nothing is drawn
HORIZON, ROW = -158.0, 184.0  # of the horizon and of the boat, px of the 720 px grid from the middle of play
HALF_WIDTH: Final = 1.78  # of the river, play coordinates
FARTHEST: Final = 0.8  # depth of the valley behind the river
_AWAY: Final = 40.0  # from a sign, px of the 720 px grid
WINDOW: Final = (-1.3, -0.8, 1.3, 0.8)


@dataclass(frozen=True, slots=True)
class Course:
    """vanish: where the river ends, px; row: the boat's waterline, px; scale: px per play unit there; push:
    how far the player's head moves what is farthest, px, as Easel.shift does."""

    vanish: Point
    row: float
    scale: float
    easel: Easel
    push: Point

    @staticmethod
    def of(easel: Easel) -> Course:
        x, horizon, row = _levels(easel.layout, easel.frame)
        most = MOST_SHIFT * easel.layout.unit
        push = (most * easel.head[0], -0.5 * most * easel.head[1])
        return Course((x, horizon), row, easel.frame.scale, easel, push)

    @staticmethod
    def near(ahead: float) -> float:
        far = 1.0 + FAR * ahead
        return 1.0 / (far if far > CLOSEST else CLOSEST)

    def at(self, x: float, ahead: float) -> Point:
        """Where on the screen, with what the player's head does to it."""
        near = self.near(ahead)
        depth = 1.0 - near if near < 2.0 else -1.0
        return (
            self.vanish[0] + x * self.scale * near + depth * self.push[0],
            self.vanish[1] + (self.row - self.vanish[1]) * near + depth * self.push[1],
        )

    def depths(self, y_px: npt.NDArray[np.int_]) -> npt.NDArray[np.float64]:
        """Of the water and the banks at these heights of the screen, as in Easel.shift."""
        near = (y_px - self.vanish[1]) / (self.row - self.vanish[1])
        deep: npt.NDArray[np.float64] = np.clip(1.0 - near, -1.0, FARTHEST)
        return deep

    def off_signs(self, spot: Point) -> float:
        """0 under a STOP sign .. 1 well away from it: what floats must not seem to belong to it."""
        far = math.inf
        for left, top, width, height in self.easel.layout.stops:
            aside = max(left - spot[0], spot[0] - left - width, 0.0)
            far = min(far, math.hypot(aside, max(top - spot[1], spot[1] - top - height, 0.0)))
        return ease(far / self.easel.layout.unit / _AWAY - 0.3)

    def seen(self, ahead: float) -> bool:
        return 1.0 + FAR * ahead > CLOSEST


def _levels(layout: Layout, frame: Frame) -> tuple[float, float, float]:
    _, top, _, height = layout.play
    middle = top + height / 2
    return frame.to_screen(0.0, 0.0)[0], middle + HORIZON * layout.unit, middle + ROW * layout.unit


def still(layout: Layout) -> tuple[float, float, float, float]:
    """Of the still scene: x of where the river ends, y of the horizon and of the boat, px per play unit; in
    px of the 720 px grid."""
    area: Area = layout.play
    frame = Frame(layout.size, WINDOW, area)
    x, horizon, row = _levels(layout, frame)
    return x / layout.unit, horizon / layout.unit, row / layout.unit, frame.scale / layout.unit
