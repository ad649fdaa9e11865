"""Drifting: a light thing in air, as a body of pymunk, that is carried past a place at a given time.

It hangs on a soft spring from a point that comes down steadily and swings from side to side; gusts push it,
and both die away before it arrives, so that where and when it passes is certain. All of it stays where a
screen surely shows it; where that leaves little room to fall, it comes more from the side. Play coordinates
of an arm; steps are fixed, so the same times give the same drift, bit for bit.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pymunk

from rehabgames.games.fixed import FIXED_STEP_S
from rehabgames.games.game import Point

MASS, STIFFNESS, DAMPING = 1.0, 60.0, 9.0
AIR: Final = 0.3  # share of the speed that is kept over a second
TURNING, TURN_DAMPING, MOMENT = 0.9, 0.12, 0.02
LEAN: Final = 1.1  # how far sideways speed turns it, rad for an arm length / s
# surely shown, whatever the limits of the arm: so far above the shoulder, above a goal, and to either side
HIGH, ABOVE, BESIDE = 0.35, 0.25, 0.9
SENTENCE: Final = 0.05  # above, a sentence of two lines covers so much of that
HALF: Final = (0.12, 0.2)  # least and most that what falls takes up around its middle
WAY: Final = 0.5  # it comes from so far at least: from aside where there is less room above
PASSING: Final = (
    0.35  # share of the radius above the goal's middle where it begins to pass; it ends so far below
)
SWING, SIDEWAYS = (0.06, 0.13), (0.1, 0.3)
SWING_HZ: Final = (0.35, 0.6)
GUST, GUST_HZ = (0.3, 0.9), (0.5, 1.1)
SLOWING: Final = 1.5
FALLEN: Final = 1.0  # no farther below the goal than so


class Drifting:
    """goal, radius: where it passes; from fall_s to fall_s + passage_s after the start.

    After `hold` it stays in the hand."""

    def __init__(
        self, goal: Point, radius: float, fall_s: float, passage_s: float, rng: np.random.Generator
    ) -> None:
        self._goal, self._radius = goal, radius
        self._fall_s, self._passage_s = max(1e-3, fall_s), max(1e-3, passage_s)
        half = min(HALF[1], max(HALF[0], radius))
        self._top = max(max(HIGH, goal[1] + ABOVE) - SENTENCE - half, goal[1] + PASSING * radius)
        self._across = min(half - BESIDE, goal[0]), max(BESIDE - half, goal[0])
        self._aside = self._beside(rng)
        self._swing, self._swing_hz = float(rng.uniform(*SWING)), float(rng.uniform(*SWING_HZ))
        self._gust, self._gust_hz = float(rng.uniform(*GUST)), float(rng.uniform(*GUST_HZ))
        self._phase = float(rng.uniform(0.0, math.tau))
        self._hand: Point | None = None
        self._space = pymunk.Space()
        self._space.damping = AIR
        self._anchor = pymunk.Body(body_type=pymunk.Body.KINEMATIC)
        self._thing = pymunk.Body(mass=MASS, moment=MOMENT)
        self._anchor.position = self._thing.position = self._led(0.0)
        spring = pymunk.DampedSpring(
            self._anchor, self._thing, (0, 0), (0, 0), rest_length=0.0, stiffness=STIFFNESS, damping=DAMPING
        )
        turn = pymunk.DampedRotarySpring(self._anchor, self._thing, 0.0, TURNING, TURN_DAMPING)
        self._space.add(self._anchor, self._thing, spring, turn)
        self._clock_s = self._left_s = 0.0

    def _beside(self, rng: np.random.Generator) -> float:
        """How far to the right of the goal it begins: to either side where both are shown."""
        fall = max(0.0, self._top - self._goal[1])
        far = max(float(rng.uniform(*SIDEWAYS)), math.sqrt(max(0.0, WAY**2 - fall**2)))
        aside, (left, right) = far * float(rng.choice((-1.0, 1.0))), self._across
        return aside if left <= self._goal[0] + aside <= right else -math.copysign(far, self._goal[0])

    @property
    def place(self) -> Point:
        x, y = self._thing.position
        return float(x), float(y)

    @property
    def turn_rad(self) -> float:
        return float(self._thing.angle)

    def hold(self, hand: Point) -> None:
        """From now on it is in the hand, which is here."""
        self._hand = hand

    def step(self, dt_s: float) -> None:
        self._left_s += dt_s
        while self._left_s >= FIXED_STEP_S:
            self._left_s -= FIXED_STEP_S
            self._clock_s += FIXED_STEP_S
            self._anchor.position = self._led(self._clock_s) if self._hand is None else self._hand
            calm = self._calm
            gust = self._gust * calm * math.sin(math.tau * self._gust_hz * self._clock_s + 2 * self._phase)
            self._thing.apply_force_at_world_point((gust, 0.0), self._thing.position)
            self._thing.torque += TURNING * LEAN * max(-1.0, min(1.0, float(self._thing.velocity.x)))
            self._space.step(FIXED_STEP_S)

    @property
    def _calm(self) -> float:
        """1 at the start .. 0 when it arrives: how much of swing and gusts there is."""
        if self._hand is not None:
            return 0.0
        return math.pow(max(0.0, 1.0 - self._clock_s / self._fall_s), 0.7)

    def _led(self, t_s: float) -> Point:
        """Where the air leads it."""
        (x, y), high = self._goal, PASSING * self._radius
        late = 1.0 - min(1.0, t_s / self._fall_s)
        share = 1.0 - math.pow(late, SLOWING)  # it comes to the goal at the pace at which it passes
        still = math.pow(late, 0.7)
        swing = self._swing * still * math.sin(math.tau * self._swing_hz * t_s + self._phase)
        if t_s < self._fall_s:
            at = x + self._aside * (1.0 - share) + swing
            left, right = self._across
            return max(left, min(right, at)), self._top + (y + high - self._top) * share
        past = (t_s - self._fall_s) / self._passage_s
        return x, max(y - FALLEN, y + high - 2 * high * past)
