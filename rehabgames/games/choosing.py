"""Choosing: fruit of other kinds hangs beside the wanted one. Which kinds, where, and which one is held.

Everything follows from the session's seed and the trial's number: the same trial always has the same fruit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np

from rehabgames.core.trial import Goal, TrialSpec
from rehabgames.core.view import FRUITS, Target, Thing, ThingState
from rehabgames.games.game import Point
from rehabgames.games.holding import Hold

MOST: Final = 5  # other fruit
APART: Final = 0.3  # arm lengths from the wanted fruit to any other, at least
GAP: Final = 0.05  # arm lengths between two rims
MODEL_BELOW, MODEL_RADIUS = 0.36, 0.21  # the picture of what is wanted hangs so far under the basket's mouth
STEP_DEG: Final = 3.0
SHARES: Final = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6, 0.5)  # of the wanted fruit's level of distance
NEAREST: Final = 0.25  # arm lengths from the shoulder
TRIES: Final = 16
LEAST_HOLD_S: Final = 0.3  # a hand that only passes through a fruit has not chosen it
SWING_RAD, SWING_HZ, SWING_S = 0.3, 1.6, 0.5

_KINDS, _PLACES = 0x6B, 0x70  # so that kinds and places are drawn apart


def load_of(levels: Mapping[str, float]) -> int:
    """How many other fruit these levels ask for."""
    return min(MOST, max(0, math.floor(levels.get("load", 0.0) + 0.5)))


def kinds_of(seed: int, number: int, others: int) -> tuple[str, ...]:
    """The wanted kind, then those of the others. Every kind is wanted as often as any, none twice running."""
    block, at = divmod(number, len(FRUITS))
    wanted = _order(seed, block)[at]
    rng = np.random.default_rng((seed, _KINDS, block, at))
    rest = [kind for kind in FRUITS if kind != wanted]
    mixed = [rest[int(i)] for _ in range(2) for i in rng.permutation(len(rest))]
    return (wanted, *mixed[:others])


def _order(seed: int, block: int) -> list[str]:
    """The order of one round through all kinds; it does not begin with the end of the round before."""
    order = [FRUITS[int(i)] for i in np.random.default_rng((seed, _KINDS, block)).permutation(len(FRUITS))]
    # what ends a round is never swapped, so the round before need not be gone through from the first
    if block and order[0] == _last(seed, block - 1):
        order[0], order[1] = order[1], order[0]
    return order


def _last(seed: int, block: int) -> str:
    return FRUITS[int(np.random.default_rng((seed, _KINDS, block)).permutation(len(FRUITS))[-1])]


class Orchard:
    """Where other fruit may hang: inside the directions of the exercise, and nowhere farther than the wanted
    one, in arm lengths or as a share of the reach that way.

    reach_of  direction_deg → calibrated reach; rest: where the hand rests, seen as by a right arm, or NaN
    """

    def __init__(
        self, seed: int, directions_deg: Sequence[float], reach_of: Callable[[float], float], rest: Point
    ) -> None:
        self._seed = seed
        first, last = min(directions_deg), max(directions_deg)
        steps = max(1, math.ceil((last - first) / STEP_DEG))
        self._directions = [first + (last - first) * i / steps for i in range(steps + 1)]
        self._reach_of = reach_of
        self._rest = rest

    def others(self, number: int, many: int, goal: Goal, place: Goal) -> tuple[Goal, ...]:
        """As many as wanted, or as have room."""
        free = self._free(goal, place)
        rng = np.random.default_rng((self._seed, _PLACES, number))
        best: list[Goal] = []
        for _ in range(TRIES):
            found: list[Goal] = []
            for i in rng.permutation(len(free)):
                other = free[int(i)]
                if all(_between(other, each) >= 2 * goal.radius + GAP for each in found):
                    found.append(other)
                if len(found) == many:
                    return tuple(found)
            best = max(best, found, key=len)
        return tuple(best)

    def _free(self, goal: Goal, place: Goal) -> list[Goal]:
        """Places clear of the wanted fruit and its picture, the basket, the resting hand, and the ways from
        these to it."""
        level = goal.distance / max(1e-9, self._reach_of(goal.direction_deg))
        hold_s = max(LEAST_HOLD_S, goal.hold_s)
        free = []
        for direction in self._directions:
            for share in SHARES:
                distance = share * min(goal.distance, level * self._reach_of(direction))
                other = Goal(direction, distance, goal.radius, hold_s)
                if distance >= NEAREST and self._clear(other, goal, place):
                    free.append(other)
        return free

    def _clear(self, other: Goal, goal: Goal, place: Goal) -> bool:
        at, wide, end = other.xy(1.0), goal.radius + GAP, goal.xy(1.0)
        home = place.xy(1.0)
        starts = [home]
        if math.isfinite(sum(self._rest)):
            starts.append(self._rest)
        return (
            _between(other, goal) >= max(APART, goal.radius + wide)
            and _between(other, place) >= place.radius + wide
            and math.dist(at, _model_of(home)) >= MODEL_RADIUS + wide
            and all(_off_the_way(at, start, end) >= wide for start in starts)
        )


def _model_of(home: Point) -> Point:
    return home[0], home[1] - MODEL_BELOW


def _between(one: Goal, other: Goal) -> float:
    return math.dist(one.xy(1.0), other.xy(1.0))


def _off_the_way(at: Point, start: Point, end: Point) -> float:
    """Distance of a place from the straight way between two others."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    long = dx * dx + dy * dy
    share = 0.0 if long == 0 else ((at[0] - start[0]) * dx + (at[1] - start[1]) * dy) / long
    share = min(1.0, max(0.0, share))
    return math.dist(at, (start[0] + share * dx, start[1] + share * dy))


class Choice:
    """The fruit of one trial: the first is the wanted one. `step` it with the hand."""

    def __init__(self, spec: TrialSpec, kinds: Sequence[str], outward: float) -> None:
        self.kinds = tuple(kinds)
        self._spec = spec
        self._goals = (spec.goal, *spec.others)
        self._places = [goal.xy(outward) for goal in self._goals]
        self._home = (spec.place or spec.goal).xy(outward)
        self._at = 0
        self.hold = Hold()
        self.wrong: int | None = None
        self._since_s = 0.0

    @property
    def wanted(self) -> str:
        return self.kinds[0]

    @property
    def chosen(self) -> str:
        """The kind that was chosen wrongly, else the wanted one."""
        return self.kinds[self.wrong or 0]

    @property
    def chosen_place(self) -> Point:
        return self._places[self.wrong or 0]

    def step(self, hand: Point, dt_s: float) -> int | None:
        """The number of the fruit that was held for long enough just now; 0 is the wanted one."""
        here = [i for i, at in enumerate(self._places) if math.dist(hand, at) <= self._goals[i].radius]
        if here and here[0] != self._at:
            self._at = here[0]
            self.hold.clear()
        if not self.hold.step(dt_s, self._goals[self._at].hold_s, inside=bool(here)):
            return None
        self.wrong = self._at or None
        return self._at

    def pass_time(self, dt_s: float) -> None:
        """A fruit that was chosen wrongly swings."""
        self._since_s += dt_s if self.wrong is not None else 0.0

    def target(self, number: int) -> Target | None:
        """The fruit that is being held, whichever it is: that says nothing of which is wanted."""
        if self.hold.so_far_s <= 0:
            return None
        (x, y), goal = self._places[self._at], self._goals[self._at]
        done = self.hold.share(goal.hold_s, of_none=1.0)
        return Target("pick", x, y, goal.radius, done, number + self._at)

    def model(self) -> Thing:
        """The picture of what is wanted, under the basket."""
        x, y = _model_of(self._home)
        return Thing(f"wanted {self._spec.number}", self.wanted, x, y, MODEL_RADIUS, state="wanted")

    def others(self, state: ThingState, *, swings: bool = False) -> tuple[Thing, ...]:
        """What hangs beside the wanted fruit; swings: one that was chosen wrongly swings, and stays."""
        shown = []
        for i in range(1, len(self._goals)):
            (x, y), chosen = self._places[i], swings and i == self.wrong
            shown.append(
                Thing(
                    key=f"other {self._spec.number} {i}",
                    kind=self.kinds[i],
                    x=x,
                    y=y,
                    radius=self._goals[i].radius,
                    angle_rad=self._swing() if chosen else 0.0,
                    state="ready" if chosen else state,
                )
            )
        return tuple(shown)

    def _swing(self) -> float:
        t = self._since_s
        return SWING_RAD * math.sin(math.tau * SWING_HZ * t) * math.exp(-t / SWING_S)
