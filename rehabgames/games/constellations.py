"""Constellations: which figure the lit stars of a session join to, and where each of them stands.

Every session has an order of its own. Figures are drawn in one line; they stand in three places of the sky,
from the side of the working hand on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rehabgames.games.game import Point

# each in a box from -1 to 1, in the order in which its stars are lit
FIGURES: Final[dict[str, tuple[Point, ...]]] = {
    "boat": (
        (-0.9, -0.2), (-0.5, -0.8), (0.45, -0.8), (0.95, -0.25), (0.05, -0.25), (0.05, 0.95), (-0.75, -0.1),
    ),
    "heron": (
        (-0.95, 0.55), (-0.45, 0.8), (-0.25, 0.25), (0.2, 0.1), (0.95, -0.15), (0.25, -0.3), (0.1, -0.95),
    ),
    "kite": (
        (-0.35, 0.2), (0.2, 0.95), (0.6, 0.35), (0.05, -0.35), (-0.35, 0.2), (0.05, -0.35), (-0.2, -0.7),
        (-0.75, -0.95),
    ),
    "fish": (
        (0.95, 0.0), (0.4, 0.55), (-0.35, 0.35), (-0.95, 0.7), (-0.75, 0.0), (-0.95, -0.7), (-0.35, -0.35),
        (0.4, -0.5), (0.95, 0.0),
    ),
    "harp": (
        (-0.6, -0.9), (-0.75, 0.75), (-0.2, 0.95), (0.3, 0.5), (0.85, 0.55), (0.5, -0.3), (-0.6, -0.9),
    ),
    "tree": (
        (0.0, -0.95), (0.0, -0.35), (-0.75, -0.3), (-0.5, 0.4), (0.05, 0.95), (0.6, 0.35), (0.75, -0.3),
        (0.0, -0.35),
    ),
    "spoon": (
        (-0.95, -0.45), (-0.4, -0.2), (0.1, -0.05), (0.35, 0.45), (0.8, 0.6), (0.95, 0.1), (0.55, -0.25),
        (0.1, -0.05),
    ),
    "swan": (
        (-0.95, 0.1), (-0.6, 0.65), (-0.3, 0.35), (-0.45, -0.2), (0.1, -0.55), (0.75, -0.4), (0.95, 0.25),
        (0.2, 0.05),
    ),
}  # fmt: skip
PLACES: Final = (0.75, -0.05, -0.85)  # of their middles, towards the working side
HEIGHT: Final = 0.62
HALF: Final = (0.32, 0.17)

_KEY: Final = 0xC0


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as far as it is lit: `way` through its stars, and how many of its stars are lit of how many.

    x  of its middle, play coordinates
    """

    name: str
    x: float
    way: tuple[Point, ...]
    share: float


class Constellations:
    """outward: +1 for the right side, -1 for the left. Stars are counted from 0 through the whole session."""

    def __init__(self, seed: int, outward: float) -> None:
        names = list(FIGURES)
        order = np.random.default_rng([seed, _KEY]).permutation(len(names))
        self._names = [names[int(i)] for i in order]
        self._outward = outward

    def place(self, star: int) -> Point:
        """Where this star of the session comes to stand."""
        figure, at = self._figure(star)
        return _stars(self._points(figure))[at]

    def shown(self, lit: int) -> tuple[Figure, ...]:
        """The figures of so many lit stars: of those that have no room any more the newest stay."""
        found, figure, left = [], 0, lit
        while left > 0:
            points = self._points(figure)
            stars = _stars(points)
            found.append(self._shown(figure, points, min(left, len(stars)), len(stars)))
            left -= len(stars)
            figure += 1
        return tuple(found[-len(PLACES) :])

    def _shown(self, figure: int, points: list[Point], lit: int, of: int) -> Figure:
        first = list(dict.fromkeys(points))[:lit]
        way: list[Point] = []
        for point in points:
            if point not in first:
                break
            way.append(point)
        return Figure(self._name(figure), self._middle(figure), tuple(way), lit / of)

    def _figure(self, star: int) -> tuple[int, int]:
        figure = 0
        while star >= (many := len(_stars(self._points(figure)))):
            star -= many
            figure += 1
        return figure, star

    def _name(self, figure: int) -> str:
        return self._names[figure % len(self._names)]

    def _middle(self, figure: int) -> float:
        return self._outward * PLACES[figure % len(PLACES)]

    def _points(self, figure: int) -> list[Point]:
        x = self._middle(figure)
        return [(x + HALF[0] * px, HEIGHT + HALF[1] * py) for px, py in FIGURES[self._name(figure)]]


def _stars(points: list[Point]) -> list[Point]:
    """Each place once: a line may come back to a star."""
    return list(dict.fromkeys(points))
