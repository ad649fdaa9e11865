"""The motor model: what one movement of the hand is, for the frame by frame patient and for whole tries.

Minimum-jerk movements (Flash & Hogan 1985) of the hand from its shoulder. Lengths are in arm lengths
unless a name says _m; where it says Number, a number or an array of them, one for each try.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np

from rehabgames.core.landmarks import Side
from rehabgames.core.pose import Array
from rehabgames.core.view import Target
from rehabgames.patients.body import Build, Point
from rehabgames.patients.kinds import Kind

Number = TypeVar("Number", float, Array)

STRETCHED: Final = 0.995  # share of the arm's length to which an elbow straightens
NEAREST: Final = 0.1  # nobody's reach is less
SYNERGY_DEG: Final = 90.0  # of elbow flexion that a full synergy keeps at shoulder height
REACTION_SPREAD: Final = 0.15
CORRECTION_AFTER_S: Final = 0.30  # time to see that the hand came short
BETWEEN_S: Final = 0.05  # from deciding on a correction to making it
CLOSE_ENOUGH: Final = 0.45  # share of the target's radius that nobody corrects any more
SIDEWAYS: Final = 0.6  # of a tremor that goes across: up and down, against left and right
HALT_SHARE: Final = (0.3, 0.7)  # of the way, between which a movement halts
LEAN_M: Final = 0.1  # metres beyond comfort at which the trunk helps as far as it does
LEAN_S: Final = 0.4  # time constant of a leaning trunk
INTENTION_M: Final = 0.15  # from the target, where an intention tremor begins
WHOLE: Final = Build()  # whose proportions decide how much a bent elbow shortens an arm
MIDLINE: Final = 0.32  # arm lengths from a shoulder to the middle of the body
BESIDE: Final = 0.3  # arm lengths from the middle at which neglect is whole


def minimum_jerk(share: Number) -> Number:
    """Way of a movement made after a share 0..1 of its time."""
    return share**3 * (10.0 - 15.0 * share + 6.0 * share * share)


@dataclass(frozen=True, slots=True)
class Movement:
    """A minimum-jerk movement of the hand, relative to its shoulder, metres.

    bow      the path's bulge to its left, share of its length
    halt_at  share of the way at which the hand stops for halt_s, 0 < halt_at < 1
    """

    start: Point
    end: Point
    begin_s: float
    duration_s: float
    bow: float = 0.0
    halt_at: float = 0.5
    halt_s: float = 0.0

    def at(self, t_s: float) -> Point:
        s = self._way(t_s - self.begin_s)
        dx, dy = self.end[0] - self.start[0], self.end[1] - self.start[1]
        aside = self.bow * math.sin(math.pi * s)
        return self.start[0] + s * dx - aside * dy, self.start[1] + s * dy + aside * dx

    @property
    def end_s(self) -> float:
        return self.begin_s + self.duration_s + self.halt_s

    def _way(self, elapsed_s: float) -> float:
        if self.halt_s <= 0:
            return minimum_jerk(min(1.0, max(0.0, elapsed_s / self.duration_s)))
        first_s = self.halt_at * self.duration_s
        before = min(1.0, max(0.0, elapsed_s / first_s))
        later = (elapsed_s - first_s - self.halt_s) / (self.duration_s - first_s)
        after = min(1.0, max(0.0, later))
        return self.halt_at * minimum_jerk(before) + (1 - self.halt_at) * minimum_jerk(after)


def elevation_share(up: float, distance: float) -> float:
    """0 straight down .. 1 at shoulder height and above, of a place so far up and away."""
    down = min(1.0, max(-1.0, -up / max(distance, 1e-6)))
    return min(1.0, math.acos(down) / (math.pi / 2))


def farthest(kind: Kind, share: float, able: Number) -> Number:
    """Reach at a share of shoulder height, for somebody who is `able` to do so much of it in this try."""
    reach = (kind.reach + (kind.reach_up - kind.reach) * share) * straightened(kind.synergy, share)
    most: Number = np.minimum(STRETCHED, np.maximum(NEAREST, reach * able))
    return most


def straightened(synergy: float, share: float) -> float:
    """Length of the arm whose elbow stays bent by synergy, at a share of shoulder height."""
    a, b = WHOLE.upper_arm, WHOLE.forearm
    bent = math.cos(math.radians(SYNERGY_DEG * synergy * share))
    return math.sqrt(a * a + b * b + 2 * a * b * bent) / WHOLE.arm


def movement_s(kind: Kind, distance: Number) -> Number:
    """How long a movement of this distance takes."""
    return kind.movement_s * (0.45 + 0.55 * distance / 0.5)


def lean_deg(kind: Kind, asked: float, reach: Number, arm_m: float) -> Number:
    """How far the trunk leans to help towards a place `asked` away where the arm reaches `reach`."""
    begins = kind.comfort * reach
    over = (asked - begins) / (LEAN_M / arm_m + (reach - begins))
    helping: Number = kind.trunk_deg * np.minimum(1.0, np.maximum(0.0, over))
    return helping


def nearness(left_m: Number) -> Number:
    """0 away from the target .. 1 at it: how much of an intention tremor there is."""
    near: Number = (1.0 - np.minimum(1.0, left_m / INTENTION_M)) ** 2
    return near


def neglected(kind: Kind, side: Side, outward: float) -> float:
    """0 seen as anything else .. 1 far out on the neglected side; `outward` from the working shoulder."""
    if kind.neglect is None:
        return 0.0
    over = (outward + MIDLINE) / BESIDE * (1.0 if kind.neglect == side else -1.0)
    return min(1.0, max(0.0, 0.5 + 0.5 * over))


def made_of(
    kind: Kind, planned: tuple[Point, Point, Point], reach_m: float, rng: np.random.Generator
) -> Point:
    """The end of a movement whose amplitude is not quite the asked one. planned: its start, its goal, and
    where it would end; reach_m: no farther than that, where it did not start there."""
    start, goal, end = planned
    gain = kind.gain
    if kind.gain_spread > 0:
        gain += kind.gain_spread * float(rng.normal())
    if gain == 1.0:
        return end
    more = gain - 1.0
    end = (end[0] + more * (goal[0] - start[0]), end[1] + more * (goal[1] - start[1]))
    far, most = math.hypot(*end), max(reach_m, math.hypot(*start))
    return end if far <= most else (end[0] * most / far, end[1] * most / far)


def halt_of(kind: Kind, rng: np.random.Generator) -> tuple[float, float]:
    """Share of the way at which this movement halts, and how long."""
    if kind.halts <= 0 or float(rng.random()) >= kind.halts:
        return 0.5, 0.0
    return float(rng.uniform(*HALT_SHARE)), float(rng.exponential(kind.halt_s))


def sees_s(target: Target) -> float:
    """How long it takes to see how far the hand is off. A line that is followed is seen all the time."""
    return BETWEEN_S if target.kind == "follow" else CORRECTION_AFTER_S


def on_the_arm(hand: Point, arm: float) -> Point:
    """A spread endpoint or a tremor cannot make the arm longer than it is."""
    distance = math.hypot(*hand)
    longest = STRETCHED * arm
    return hand if distance <= longest else (hand[0] * longest / distance, hand[1] * longest / distance)
