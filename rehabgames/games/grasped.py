"""Grasped: one object as a body of pymunk: it stands on a board, goes with the hand that holds it, falls, and
stands again.

A joint of limited force ties it to the hand: a hand that jumps leaves it behind for a moment, and a board
stops it on its way down. Boards bear from above only, so an object may be lifted past them; that from which
it was taken does not hold it back. Steps are fixed:
the same hands give the same course, bit for bit.
"""

from __future__ import annotations

import math
from typing import Final

import pymunk

from rehabgames.games.fixed import FIXED_STEP_S
from rehabgames.games.game import Point

GRAVITY: Final = -6.0  # of the space's unit / s²: gentle, so that what falls can be followed
MOST_FORCE: Final = 60.0  # of a unit mass
STIFF: Final = (1.0 - 0.3) ** 60.0  # how much of an offset from the hand is left after a second
AIR: Final = 0.5  # share of the speed that is kept over a second
LIFT: Final = 1.5 * FIXED_STEP_S  # what is put down under its board comes up to it, in a step
BEARS: Final = 0.01  # so far under a board's top an object still is on it
TILT_SHOWN, MOST_TILT = 1.6, 0.4  # rad for each unit that it hangs beside the hand, and the most
_BODY, _BOARD = 1, 2


class Board:
    """A level board: its top's left and right end. stops: it bears what is held, too."""

    def __init__(self, left: Point, right: Point, *, stops: bool) -> None:
        self.stops = stops
        self.top = left[1]
        self.body = pymunk.Body(body_type=pymunk.Body.STATIC)
        self.shape = pymunk.Segment(self.body, left, right, 0.004)
        self.shape.friction = 1.0
        self.shape.filter = pymunk.ShapeFilter(categories=_BOARD, mask=_BODY)


class Grasped:
    """place: of its middle; half: half its height and width."""

    def __init__(self, place: Point, half: float) -> None:
        self._half = half
        self._space = pymunk.Space()
        self._space.gravity = (0.0, GRAVITY)
        self._space.damping = AIR
        self._body = pymunk.Body(mass=1.0, moment=math.inf)  # it never tips over
        self._body.position = place
        shape = pymunk.Poly.create_box(self._body, (1.6 * half, 2.0 * half))
        shape.friction = 1.0
        shape.filter = pymunk.ShapeFilter(categories=_BODY, mask=_BOARD)
        self._hand = pymunk.Body(body_type=pymunk.Body.KINEMATIC)
        self._space.add(self._body, shape, self._hand)
        self._joint: pymunk.PivotJoint | None = None
        self._boards: list[Board] = []
        self._lifted_to: float | None = None
        self._left_s = 0.0

    @property
    def place(self) -> Point:
        return float(self._body.position.x), float(self._body.position.y)

    @property
    def held(self) -> bool:
        return self._joint is not None

    @property
    def tilt_rad(self) -> float:
        """It leans back while it is carried on."""
        if self._joint is None:
            return 0.0
        beside = float(self._body.position.x - self._hand.position.x)
        return max(-MOST_TILT, min(MOST_TILT, TILT_SHOWN * beside))

    def stands_on(self, board: Board) -> None:
        """From now on this board bears it, too."""
        self._boards.append(board)
        self._space.add(board.body)

    def take(self, hand: Point) -> None:
        """The hand takes it as it stands, and draws it to itself."""
        if self._joint is not None:
            return
        self._hand.position = hand
        self._joint = pymunk.PivotJoint(self._hand, self._body, (0.0, 0.0), (0.0, 0.0))
        self._joint.max_force, self._joint.error_bias = MOST_FORCE, STIFF
        self._space.add(self._joint)
        self._lifted_to = None

    def carry(self, hand: Point) -> None:
        self._hand.position = hand

    def let_go(self, top: float | None = None) -> None:
        """It falls until a board bears it; top: of a board that it is to stand on, though it is below."""
        if self._joint is not None:
            self._space.remove(self._joint)
            self._joint = None
        if top is not None and self._body.position.y - self._half < top:
            self._lifted_to = top + self._half

    def step(self, dt_s: float) -> None:
        self._left_s += dt_s
        while self._left_s >= FIXED_STEP_S:
            self._left_s -= FIXED_STEP_S
            self._lift()
            self._bear()
            self._space.step(FIXED_STEP_S)

    def _lift(self) -> None:
        if self._lifted_to is None:
            return
        x, y = self._body.position
        self._body.velocity = (0.0, 0.0)
        self._body.position = (x, min(self._lifted_to, y + LIFT))
        if y + LIFT >= self._lifted_to:
            self._lifted_to = None

    def _bear(self) -> None:
        """Boards that it is above of bear it; others are not there for it."""
        bottom = float(self._body.position.y) - self._half
        for board in self._boards:
            there = board.shape in self._space.shapes
            bears = board.stops or self._joint is None
            if there and (bottom < board.top - 5 * BEARS or not bears):
                self._space.remove(board.shape)
            elif not there and bears and bottom >= board.top - BEARS:
                self._space.add(board.shape)
