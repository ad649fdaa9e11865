"""Rolling: a ball in a shallow bowl, a board that tilts. pymunk, at a fixed step.

Lengths are shares of the own shift: 1 along the board is where a full shift holds the ball. The board is
an arc of radius BOWL, so wide that the ball lies where a plumb line from the arc's middle meets it: a tilt
of 1 / BOWL rad holds the ball at 1. Rims stand at both ends, so the ball is never lost.
"""

from __future__ import annotations

import math
from typing import Final

import pymunk

from rehabgames.games.fixed import FIXED_STEP_S

BOWL: Final = 4.0  # radius of the board's arc
BALL: Final = 0.125  # radius of the ball
END: Final = 1.03  # the ball's middle goes no farther than this
MOST_LEAN: Final = 1.2  # the board tilts no farther than for this share
SWING: Final = 3.4  # rad / s of a ball that rolls freely in the bowl
DAMPED: Final = 0.62  # of critical: it settles in about 1.5 s, after one small overshoot
FOLLOW_S: Final = 0.07  # the board comes to the lean with this time constant,
FASTEST_TILT: Final = 1.0  # and never faster than this, rad / s
_RIM: Final = 0.05


class Rolling:
    """`step` with the lean now; `along` says where the ball is, `tilt_rad` how the board stands."""

    def __init__(self) -> None:
        self._space = pymunk.Space()
        self._space.gravity = (0.0, -(SWING**2) * (BOWL - BALL))
        self._space.collision_slop = 1e-3
        # the board's body turns about its lowest place; the middle of the arc is far over it
        self._board = pymunk.Body(body_type=pymunk.Body.KINEMATIC)
        self._ball = pymunk.Body(mass=1.0, moment=math.inf)
        self._ball.position = (0.0, BALL)
        circle = pymunk.Circle(self._ball, BALL)
        rims = [self._rim(side) for side in (-1.0, 1.0)]
        for shape in (circle, *rims):
            shape.elasticity, shape.friction = 0.4, 0.0
        arc = pymunk.PinJoint(self._board, self._ball, (0.0, BOWL), (0.0, 0.0))
        self._space.add(self._board, self._ball, circle, *rims, arc)
        self._left_s = 0.0
        self._rolled = 0.0

    def _rim(self, side: float) -> pymunk.Segment:
        """A wall across the way of the ball, square to the board."""
        turn = side * (END + BALL + _RIM) / BOWL
        low, high = BOWL + 0.2, BOWL - 4 * BALL
        ends = [(r * math.sin(turn), BOWL - r * math.cos(turn)) for r in (low, high)]
        return pymunk.Segment(self._board, ends[0], ends[1], _RIM)

    @property
    def tilt_rad(self) -> float:
        """Of the board, + where its right end is up."""
        return float(self._board.angle)

    @property
    def along(self) -> float:
        """Where the ball is on the board: shares from its middle, + to the right."""
        x, y = self._board.world_to_local(self._ball.position)
        return BOWL * math.atan2(float(x), BOWL - float(y))

    @property
    def rolled_rad(self) -> float:
        """How far the ball has turned, + against the clock, for drawing; 0 to 2 pi."""
        return -self.along / BALL % math.tau

    def height(self, along: float) -> float:
        """Of the board's face at a place, over its middle, as it stands now."""
        return along * along / (2 * BOWL) + along * math.tan(self.tilt_rad)

    def step(self, lean: float, dt_s: float) -> None:
        """lean: any finite share of the own shift, + to the right."""
        wanted_rad = -max(-MOST_LEAN, min(MOST_LEAN, lean)) / BOWL
        self._left_s += dt_s
        while self._left_s >= FIXED_STEP_S:
            turn = (wanted_rad - self._board.angle) / FOLLOW_S
            self._board.angular_velocity = max(-FASTEST_TILT, min(FASTEST_TILT, turn))
            self._resist()
            self._space.step(FIXED_STEP_S)
            self._left_s -= FIXED_STEP_S

    def _resist(self) -> None:
        """What rolling on wood takes from the ball: in proportion to its speed over the board."""
        under = self._board.velocity_at_world_point(self._ball.position)
        speed = self._ball.velocity - under
        self._ball.apply_force_at_world_point(-2 * DAMPED * SWING * speed, self._ball.position)
