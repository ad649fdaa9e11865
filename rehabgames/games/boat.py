"""Boat: a body of pymunk on a river, drawn by a damped spring to the place that is asked for.

Play coordinates of the space "shift", across the river only. The spring is critically damped, so the boat
comes without swinging over, and stays `follow_s` behind an even movement. Steps are fixed: the same asking
gives the same course, bit for bit.
"""

from __future__ import annotations

from typing import Final

import pymunk

from rehabgames.games.fixed import FIXED_STEP_S

BANK: Final = 1.3  # no boat comes farther to a side
HEEL_PER_SPEED, HEEL_PER_WAY, MOST_HEEL_RAD = 0.22, 0.06, 0.34


class Boat:
    """A boat of unit mass in the middle of the river. `step` advances it by FIXED_STEP_S."""

    def __init__(self, follow_s: float) -> None:
        self._space = pymunk.Space()
        self._anchor = pymunk.Body(body_type=pymunk.Body.KINEMATIC)
        self._hull = pymunk.Body(mass=1.0, moment=1.0)
        own = 2.0 / follow_s  # rad/s; behind an even movement such a spring stays by 2 / own
        spring = pymunk.DampedSpring(
            self._anchor, self._hull, (0, 0), (0, 0), rest_length=0.0, stiffness=own * own, damping=2.0 * own
        )
        self._space.add(self._anchor, self._hull, spring)

    @property
    def x(self) -> float:
        return float(self._hull.position.x)

    @property
    def heel_rad(self) -> float:
        """How far it leans, + counter-clockwise on the screen: into the turn, as whoever steers it leans."""
        heel = -HEEL_PER_SPEED * float(self._hull.velocity.x) - HEEL_PER_WAY * self.x
        return max(-MOST_HEEL_RAD, min(MOST_HEEL_RAD, heel))

    def step(self, asked_x: float) -> None:
        self._anchor.position = (max(-BANK, min(BANK, asked_x)), 0.0)
        self._space.step(FIXED_STEP_S)
