"""Inked: a line that is drawn by following it. Ink flows only forwards, and only while the hand is near."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from rehabgames.games.game import Point

SPACING: Final = 0.006  # between two places at which the line is looked at
STEP: Final = 0.01  # of the hand between two looks, so that a slow camera draws the same line
AHEAD: Final = (
    1.5  # radii: so far along the line a hand that is near draws on; what lies farther is a shortcut
)
LEAST_AHEAD: Final = 0.1


class Inked:
    """points: at least two places; radius: half the width of the way."""

    def __init__(self, points: Sequence[Point], radius: float) -> None:
        corners = np.asarray(points, dtype=np.float64)
        corner_at = np.concatenate([[0.0], np.hypot(*np.diff(corners, axis=0).T).cumsum()])
        self.length = float(corner_at[-1])
        many = max(2, math.ceil(self.length / SPACING) + 1)
        self._at = np.linspace(0.0, self.length, many)
        self._places = np.column_stack([np.interp(self._at, corner_at, corners[:, k]) for k in (0, 1)])
        self._radius = radius
        self.ahead = max(LEAST_AHEAD, AHEAD * radius)
        self._window = max(2, math.ceil(self.ahead * (many - 1) / max(1e-9, self.length)) + 1)
        self._drawn = 0
        self._hand: Point | None = None
        self.near = True  # the hand is near the line where it is to be drawn on, or has not come yet
        self.moved = 0.0  # way of the hand since the line was begun

    @property
    def share(self) -> float:
        """0..1 of the line that is drawn."""
        return 1.0 if self.done else float(self._at[self._drawn]) / max(1e-9, self.length)

    @property
    def left(self) -> float:
        """How much of it was not drawn when it was left."""
        return self.length - float(self._at[self._drawn])

    @property
    def done(self) -> bool:
        return self.left <= self._radius

    @property
    def missing(self) -> float:
        """How much more would have had to be drawn: it is done at the rim of its end."""
        return max(0.0, self.left - self._radius)

    def place(self, beyond: float = 0.0) -> Point:
        """The tip of the pen, or so far beyond it along the line."""
        at = self.length if self.done else min(self.length, float(self._at[self._drawn]) + beyond)
        x, y = (float(np.interp(at, self._at, self._places[:, k])) for k in (0, 1))
        return x, y

    def draw(self, hand: Point) -> None:
        """The hand moved here, straight from where it was."""
        before = self._hand or hand
        self._hand, away = hand, math.dist(before, hand)
        self.moved += away
        steps = min(200, max(1, math.ceil(away / STEP)))
        for i in range(1, steps + 1):
            k = i / steps
            self._look(before[0] + (hand[0] - before[0]) * k, before[1] + (hand[1] - before[1]) * k)

    def _look(self, x: float, y: float) -> None:
        part = self._places[self._drawn : self._drawn + self._window]
        off = np.hypot(part[:, 0] - x, part[:, 1] - y)
        nearest = int(np.argmin(off))
        self.near = bool(off[nearest] <= self._radius)
        if self.near:
            self._drawn += nearest
