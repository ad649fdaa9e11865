"""Figures: smooth lines from a start near the body to a far end, that lie inside what this arm can reach.

Everything follows from the session's seed and the trial's number. Points as seen by a right arm, arm lengths.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from rehabgames.core.trial import Goal
from rehabgames.games.game import Point

POINTS: Final = 24  # of a figure before its end
FIGURES: Final = ("arc", "wave", "half circles", "loop", "crook")
START_SHARE: Final = (0.42, 0.56)  # of the calibrated reach in the start's direction
APART_DEG: Final = 25.0  # between the directions of start and end, where the span has room
NEAREST: Final = 0.2  # arm lengths from the shoulder
SIZES: Final = (1.0, 0.8, 0.6, 0.4, 0.2, 0.0)  # of a figure's swing, until it fits
SLACK: Final = 1e-9
_SEED = 0x74

ReachOf = Callable[[float], float]


def figure_of(seed: int, number: int) -> str:
    """Its name: every figure once in each round, none twice running."""
    block, at = divmod(number, len(FIGURES))
    order = _order(seed, block)
    if block and order[0] == _order(seed, block - 1)[-1]:
        order = [*order[1:-1], order[0], order[-1]]
    return order[at]


def _order(seed: int, block: int) -> list[str]:
    mixed = np.random.default_rng((seed, _SEED, block)).permutation(len(FIGURES))
    return [FIGURES[int(i)] for i in mixed]


class Figures:
    """directions_deg: between which every point lies; reach_of: direction_deg → calibrated reach."""

    def __init__(self, seed: int, directions_deg: Sequence[float], reach_of: ReachOf) -> None:
        self._seed = seed
        self._first, self._last = min(directions_deg), max(directions_deg)
        self._reach_of = reach_of

    def way(self, number: int, end: Goal, curve: float) -> tuple[Goal, ...]:
        """POINTS places, the start first, on the line to `end`; no hold, and the end's radius.

        curve  0 a straight line .. 1 the whole figure. It is drawn as large as it fits between the
               directions and inside the reach; an end beyond that is gone to straight from the figure.
        """
        rng = np.random.default_rng((self._seed, _SEED, number, 1))
        start = self._start(end.direction_deg, rng)
        name, hand = figure_of(self._seed, number), float(rng.choice((-1.0, 1.0)))
        reach = self._reach_of(end.direction_deg)
        near = Goal(end.direction_deg, min(end.distance, reach), 0.0, 0.0)
        last = POINTS if end.distance <= reach else POINTS - 1
        a, b = complex(*start), complex(*near.xy(1.0))
        for size in SIZES:
            for side in (hand, -hand):
                line = [_figure(name, i / last) for i in range(POINTS)]
                shaped = [complex(z.real, side * size * curve * z.imag) for z in line]
                points = [a + (b - a) * _along(z, i / last, size * curve) for i, z in enumerate(shaped)]
                if all(map(self._fits, points)):
                    return self._goals(points, end.radius)
        return self._goals([self._bent(a, b, i / last) for i in range(POINTS)], end.radius)

    def _bent(self, start: complex, end: complex, share: float) -> complex:
        """On the line that turns as it goes out: it lies inside the reach wherever it goes."""
        (first, near), (last, far) = _polar(start), _polar(end)
        direction = first + (last - first) * share
        near, far = near / self._reach_of(first), far / self._reach_of(last)
        away = (near + (far - near) * share) * self._reach_of(direction)
        return complex(*Goal(direction, away, 0.0, 0.0).xy(1.0))

    def _start(self, end_deg: float, rng: np.random.Generator) -> Point:
        apart = min(APART_DEG, (self._last - self._first) / 3)
        below, above = (self._first, end_deg - apart), (end_deg + apart, self._last)
        rooms = [(low, high) for low, high in (below, above) if high > low]
        low, high = max(rooms, key=lambda room: room[1] - room[0], default=(self._first, self._last))
        direction = float(rng.uniform(low, high))
        share = float(rng.uniform(*START_SHARE))
        far = max(min(NEAREST, self._reach_of(direction)), share * self._reach_of(direction))
        return Goal(direction, far, 0.0, 0.0).xy(1.0)

    def _fits(self, at: complex) -> bool:
        direction, away = _polar(at)
        inside = self._first - SLACK <= direction <= self._last + SLACK
        return inside and NEAREST - SLACK <= away <= self._reach_of(direction) + SLACK

    def _goals(self, points: Sequence[complex], radius: float) -> tuple[Goal, ...]:
        goals = []
        for at in points:
            direction, away = _polar(at)
            direction = min(self._last, max(self._first, direction))
            away = min(self._reach_of(direction), max(min(NEAREST, self._reach_of(direction)), away))
            goals.append(Goal(direction, away, radius, 0.0))
        return tuple(goals)


def _polar(at: complex) -> tuple[float, float]:
    """(direction_deg, distance) as in Goal."""
    return math.degrees(math.atan2(at.real, -at.imag)), abs(at)


def _along(shaped: complex, straight: float, size: float) -> complex:
    """A figure that is drawn smaller nears the straight line."""
    return complex(straight + (shaped.real - straight) * size, shaped.imag)


def _figure(name: str, u: float) -> complex:
    """Along the line from 0 to 1, and aside, after a share u 0..1 of it."""
    turn = math.tau * u
    if name == "arc":
        return complex(0.5 - 0.5 * math.cos(math.pi * u), 0.42 * math.sin(math.pi * u))
    if name == "wave":
        return complex(u, 0.17 * math.sin(1.5 * turn) * math.sin(math.pi * u) ** 0.5)
    if name == "half circles":
        first = u < 0.5
        half = 2 * u if first else 2 * u - 1
        step = 0.25 - 0.25 * math.cos(math.pi * half)
        return complex(step + (0.0 if first else 0.5), (0.25 if first else -0.25) * math.sin(math.pi * half))
    if name == "loop":
        return complex(u - 0.21 * math.sin(turn), 0.24 * (1.0 - math.cos(turn)))
    return complex(u, 0.5 * u * (1.0 - u) * (1.0 + 1.6 * (1.0 - u)))  # "crook": bent at its beginning
