"""Shifting: leaning or shifting the weight to what the screen asks for, in shares of what can be done.

What a share looks like on the screen is not known beforehand: it is learnt from what is seen there, as
with every new toy that is steered by the body.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from rehabgames.core.view import STEERED, Target, View
from rehabgames.patients.kinds import Kind
from rehabgames.patients.motor import (
    BETWEEN_S,
    CLOSE_ENOUGH,
    CORRECTION_AFTER_S,
    REACTION_SPREAD,
    Movement,
    movement_s,
)

SETTLES_S: Final = 0.5  # a thing on water or on a board goes on when the body has stopped
LEARNS: Final = 0.5  # how much of a new look at the gain is believed
GAINS: Final = (0.5, 3.0)
MOST: Final = 1.1  # shares: a little farther than was comfortable
LEAST_SWAY, MORE_SWAY = 0.012, 0.05  # shares: of a good balance, and of none
SWAYS_HZ: Final = (0.31, 0.47)
UNSEEN_BY: Final = 0.15  # share of a shift on the neglected side that is looked at as the middle


class Shifting:
    """`look` at a view with a target to lean to, then `at` says how far the body is shifted, -1 .. 1."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._phases = rng.uniform(0, 2 * math.pi, 2)
        self._movement = Movement((0.0, 0.0), (0.0, 0.0), 0.0, 1.0)
        self._gain = 1.0
        self._number: int | None = None
        self._looks_s = 0.0
        self._able = 1.0
        self._missed = False

    def look(self, view: View, target: Target, kind: Kind, t_s: float) -> bool:
        """True where a new target was taken up. kind: as it is now."""
        if target.number != self._number:
            self._number = target.number
            self._able = float(self._rng.normal(1.0, kind.reach_spread))
            ignored = _ignored(kind, target.x)
            self._missed = ignored > 0 and float(self._rng.random()) < kind.neglect_miss * ignored
            if not self._missed:
                wait_s = self._reaction_s(kind) + kind.neglect_delay_s * ignored
                self._aim(target.x / self._gain, kind, wait_s, t_s)
            return True
        steered = _steered(view)
        if self._missed or steered is None:
            return False
        settles_s = SETTLES_S if steered[1] else 0.0
        if t_s > max(self._looks_s, self._movement.end_s + CORRECTION_AFTER_S + settles_s):
            self._correct(target, steered[0], view, kind, t_s)
        return False

    def back(self, kind: Kind, t_s: float) -> None:
        """Upright again."""
        self._number = None
        self._aim(0.0, kind, 0.0, t_s)

    def at(self, kind: Kind, t_s: float) -> float:
        sway = LEAST_SWAY + MORE_SWAY * (1.0 - kind.balance)
        waves = [math.sin(2 * math.pi * hz * t_s + p) for hz, p in zip(SWAYS_HZ, self._phases, strict=True)]
        return self._movement.at(t_s)[0] + sway * sum(waves) / 2

    def _reaction_s(self, kind: Kind) -> float:
        return kind.reaction_s * float(np.clip(self._rng.normal(1.0, REACTION_SPREAD), 0.6, 1.6))

    def _correct(self, target: Target, seen: float, view: View, kind: Kind, t_s: float) -> None:
        own = self._movement.at(t_s)[0]
        if view.hand is not None and abs(own) > 0.15 and view.hand.x * own > 0:
            gain = min(GAINS[1], max(GAINS[0], view.hand.x / own))
            self._gain += LEARNS * (gain - self._gain)
        off = target.x - seen
        if abs(off) < CLOSE_ENOUGH * target.radius:
            return
        if float(self._rng.random()) > kind.attention:
            self._looks_s = t_s + CORRECTION_AFTER_S
            return
        self._aim(own + off / self._gain, kind, BETWEEN_S, t_s)

    def _aim(self, share: float, kind: Kind, wait_s: float, t_s: float) -> None:
        here = self._movement.at(t_s)[0]
        most = MOST * self._able
        share = min(most, max(-most, share))
        way = abs(share - here)
        share += float(self._rng.normal(0.0, kind.noise * way))
        self._movement = Movement((here, 0.0), (share, 0.0), t_s + wait_s, movement_s(kind, way))


def _steered(view: View) -> tuple[float, bool] | None:
    """Where what is steered is seen, and whether it is a thing that goes on by itself."""
    thing = next((each for each in view.things if each.kind in STEERED), None)
    if thing is not None:
        return thing.x, True
    return None if view.hand is None else (view.hand.x, False)


def _ignored(kind: Kind, x: float) -> float:
    """0..1: how far a place is on the neglected side."""
    if kind.neglect is None:
        return 0.0
    over = x if kind.neglect == "right" else -x
    return min(1.0, max(0.0, over - UNSEEN_BY) / 0.5)
