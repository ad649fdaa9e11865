"""Carried: one fruit as a body of pymunk: it hangs in its place, swings below a hand, falls.

Play coordinates; gravity is gentle so that a slow hand does not make it dance. Steps are fixed,
so the same hands give the same swing, bit for bit.
"""

from __future__ import annotations

import pymunk

from rehabgames.games.fixed import FIXED_STEP_S

GRAVITY = -6.0  # arm lengths / s²
STIFFNESS, DAMPING = 90.0, 6.0
AIR = 0.35  # share of the speed that is kept over a second
SWING_SHOWN = 1.6  # rad of tilt per arm length of offset from the hand

Point = tuple[float, float]


class Carried:
    """A fruit of unit mass. `hold` moves its anchor, `drop` lets it fall, `step` advances."""

    def __init__(self, place: Point) -> None:
        self._space = pymunk.Space()
        self._space.gravity = (0.0, GRAVITY)
        self._space.damping = AIR
        self._anchor = pymunk.Body(body_type=pymunk.Body.KINEMATIC)
        self._fruit = pymunk.Body(mass=1.0, moment=0.02)
        self._anchor.position = self._fruit.position = place
        self._spring = pymunk.DampedSpring(
            self._anchor, self._fruit, (0, 0), (0, 0), rest_length=0.0, stiffness=STIFFNESS, damping=DAMPING
        )
        self._space.add(self._anchor, self._fruit, self._spring)
        self._left_s = 0.0

    @property
    def place(self) -> Point:
        x, y = self._fruit.position
        # the spring gives way by this much at rest: do not draw the fruit below its place
        return float(x), float(y) - GRAVITY / STIFFNESS

    @property
    def tilt_rad(self) -> float:
        offset = float(self._fruit.position.x - self._anchor.position.x)
        return max(-0.5, min(0.5, SWING_SHOWN * offset))

    def hold(self, hand: Point) -> None:
        self._anchor.position = hand

    def drop(self) -> None:
        if self._spring in self._space.constraints:
            self._space.remove(self._spring)

    def step(self, dt_s: float) -> None:
        self._left_s += dt_s
        while self._left_s >= FIXED_STEP_S:
            self._space.step(FIXED_STEP_S)
            self._left_s -= FIXED_STEP_S
