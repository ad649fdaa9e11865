"""Raft: a body of pymunk that floats where it is drawn to, and heels with the water."""

from __future__ import annotations

import math

import pymunk

from rehabgames.games.fixed import FIXED_STEP_S

PULL = 256.0  # 1 / s²: with its damping it follows an eighth of a second behind, and never swings beyond
DAMPING = 2.0 * math.sqrt(PULL)
RIGHTING, ROLL = 60.0, 7.0
MOST_HEEL_RAD = 0.22


class Raft:
    """Unit mass and unit moment, so that forces are accelerations; + is right, and an angle anticlockwise."""

    def __init__(self) -> None:
        self._space = pymunk.Space()
        self._body = pymunk.Body(mass=1.0, moment=1.0)
        self._space.add(self._body)
        self._left_s = 0.0

    @property
    def x(self) -> float:
        return float(self._body.position.x)

    @property
    def heel_rad(self) -> float:
        return max(-MOST_HEEL_RAD, min(MOST_HEEL_RAD, float(self._body.angle)))

    def put(self, x: float) -> None:
        """There at once, at rest."""
        self._body.position = (x, 0.0)
        self._body.velocity = (0.0, 0.0)

    def step(self, dt_s: float, drawn_to: float, slope_rad: float) -> None:
        """Advance; drawn_to: where the water takes it; slope_rad: of the water that it lies on."""
        self._left_s += dt_s
        heel = max(-MOST_HEEL_RAD, min(MOST_HEEL_RAD, slope_rad))
        while self._left_s >= FIXED_STEP_S:
            body = self._body
            body.force = (PULL * (drawn_to - body.position.x) - DAMPING * body.velocity.x, 0.0)
            body.torque = RIGHTING * (heel - body.angle) - ROLL * body.angular_velocity
            self._space.step(FIXED_STEP_S)
            self._left_s -= FIXED_STEP_S
