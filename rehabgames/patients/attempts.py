"""Attempts: many tries at one place at once, a movement at a time, without the pictures between.

Places are complex numbers, outward + 1j · up of the working hand from its shoulder, arm lengths. Every
try of a batch has a row; each movement is a minimum-jerk path of 24 samples after the wait before it.
What camera and filter of the game do to the hand is a lag and, for a tremor, a loss of amplitude.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rehabgames.core.pose import Array, Mask
from rehabgames.patients.body import Build
from rehabgames.patients.kinds import Kind
from rehabgames.patients.motor import (
    BETWEEN_S,
    CLOSE_ENOUGH,
    CORRECTION_AFTER_S,
    HALT_SHARE,
    REACTION_SPREAD,
    SIDEWAYS,
    STRETCHED,
    elevation_share,
    farthest,
    lean_deg,
    minimum_jerk,
    movement_s,
    nearness,
)

Places = npt.NDArray[np.complex128]

WAITS, MOVES = 8, 24
LAG_S: Final = 0.065  # from the hand to the game: a picture's age, and the smoothing of the hand
FORGET: Final = 2.0  # a hold that was left is lost this many times faster than it was made
MOST_MOVEMENTS: Final = 40
STUCK: Final = 0.004  # arm lengths: a correction that short leads nowhere
LOOK_S: Final = CORRECTION_AFTER_S + BETWEEN_S + LAG_S  # between two movements
SHORTEST_S: Final = 1e-3
LEAST_TREMOR: Final = 0.002  # arm lengths: what is less does not decide a try
MIN_CUTOFF_HZ, BETA = 1.5, 3.0  # of the one-euro filter in front of the game
ARM_M: Final = Build().arm

_WAIT = np.linspace(0.0, 1.0, WAITS + 1)[1:]
_TIME = np.linspace(0.0, 1.0, MOVES + 1)[1:]
_WAY = minimum_jerk(_TIME)
_ASIDE = np.sin(np.pi * _WAY)
_STILL = np.ones((1, WAITS))
_DIAGONAL = 1.0 + SIDEWAYS * 1j  # the line that a tremor goes along


@dataclass(frozen=True, slots=True)
class Place:
    """What is to be held: where, radius in arm lengths, and for how long."""

    at: complex
    radius: float
    hold_s: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """Arrays of n tries.

    done_s     when the hold was complete; inf where it never was
    touched_s  when the hand first was inside; inf where it never was
    margin     best of radius − distance;  reached  farthest along the direction of the place
    path       way of the hand until it touched, or its best moment;  straight  the same as a line
    lean_deg   how far the trunk leant at most
    hand       complex: where it is at the end
    """

    done_s: Array
    touched_s: Array
    margin: Array
    reached: Array
    path: Array
    straight: Array
    lean_deg: Array
    hand: Places


def smoothed_tremor(amplitude: float, hz: float) -> float:
    """What the one-euro filter leaves of a tremor, in the same unit (arm lengths)."""
    speed = 2.0 / math.pi * amplitude * 2 * math.pi * hz / math.hypot(1.0, hz)
    cutoff_hz = MIN_CUTOFF_HZ + BETA * speed
    return amplitude * cutoff_hz / math.hypot(cutoff_hz, hz)


class _Tries:
    """A batch under way. See `attempt`."""

    def __init__(
        self, kind: Kind, hand: Places, place: Place, at_s: Array, limit_s: float, *, rng: np.random.Generator
    ) -> None:
        n = len(hand)
        self.kind, self.place, self.limit_s, self.rng = kind, place, limit_s, rng
        self.rows = np.arange(n)
        self.able = 1.0 + kind.reach_spread * rng.standard_normal(n)
        self.hand = hand
        self.clock = np.minimum(at_s, limit_s)
        self.held, self.walked, self.path, self.lean = np.zeros((4, n))
        self.done_s, self.touched_s = np.full((2, n), np.inf)
        self.margin, self.reached = np.full((2, n), -np.inf)
        self.best = hand.copy()
        self.going: Mask = at_s < limit_s
        self.towards = np.conj(place.at) / max(1e-6, abs(place.at))
        self.shake = smoothed_tremor(kind.tremor_action * kind.tremor_m / ARM_M, kind.tremor_hz)
        self.intent = smoothed_tremor(kind.intention_m / ARM_M, kind.intention_hz)

    def planned(self) -> tuple[Places, Array, Array]:
        """End and bulge of the next movements to the place, and how far they were to go."""
        kind, n, wanted = self.kind, len(self.hand), self.place.at
        asked = float(abs(wanted))
        reach: Array = farthest(kind, elevation_share(wanted.imag, asked), self.able)
        if kind.trunk_deg > 0:
            lean = np.maximum(self.lean, lean_deg(kind, asked, reach, ARM_M))
            self.lean = np.where(self.going, lean, self.lean)
        goal = wanted * np.minimum(1.0, reach / max(asked, 1e-6))
        way = goal - self.hand
        distance = np.abs(way)
        spread = self.rng.standard_normal((2, n))
        end = goal + kind.noise * distance * (spread[0] + 1j * spread[1])
        longest: Array | float = STRETCHED
        if kind.gain != 1.0 or kind.gain_spread > 0:
            end += (kind.gain - 1.0 + kind.gain_spread * self.rng.standard_normal(n)) * way
            longest = np.maximum(reach, np.abs(self.hand))
        end *= np.minimum(1.0, longest / np.maximum(np.abs(end), 1e-6))
        bow = kind.bow * self.rng.standard_normal(n) if kind.bow > 0 else np.zeros(n)
        return end, bow, distance

    def move(self, end: Places, wait_s: Array, duration_s: Array, bow: Array) -> None:
        """Wait, go to the end, and take note of what the game saw on the way."""
        way, here = (end - self.hand)[:, None], self.hand[:, None]
        path = here + way * (_WAY + 1j * bow[:, None] * _ASIDE) if self.kind.bow > 0 else here + way * _WAY
        places = np.concatenate([here * _STILL, path], axis=1)
        clock = self.clock[:, None]
        moving = clock + wait_s[:, None] + duration_s[:, None] * _TIME
        if self.kind.halts > 0:
            moving += self._halts()
        times = np.concatenate([clock + wait_s[:, None] * _WAIT, moving], axis=1)
        self._watch(places, times)
        self.hand = np.where(self.going, end, self.hand)
        self.clock = np.where(self.going, times[:, -1], self.clock)

    def _halts(self) -> Array:
        n, kind = len(self.hand), self.kind
        halted = self.rng.random(n) < kind.halts
        long_s = self.rng.exponential(max(kind.halt_s, 1e-9), n) * halted
        at = self.rng.uniform(*HALT_SHARE, n)
        return np.asarray(long_s[:, None] * (_WAY[None] > at[:, None]))

    def _watch(self, places: Places, times: Array) -> None:
        place, rows = self.place, self.rows
        seen = self._shaken(places, times)
        off = np.abs(seen - place.at)
        inside = (off <= place.radius) & (times <= self.limit_s)
        dt_s = times.copy()
        dt_s[:, 1:] -= times[:, :-1]
        dt_s[:, 0] -= self.clock
        held = self.held[:, None] + np.where(inside, dt_s, -FORGET * dt_s).cumsum(axis=1)
        held -= np.minimum(0.0, np.minimum.accumulate(held, axis=1))
        full = (held >= place.hold_s) & inside
        at = full.argmax(axis=1)
        done = self.going & full[rows, at]
        if done.any():
            over_s = held[rows, at] - place.hold_s
            self.done_s = np.where(done, times[rows, at] - over_s, self.done_s)
        counts = times <= np.minimum(self.done_s, self.limit_s)[:, None]
        self._note(
            places, times, inside, seen=np.where(counts, seen, np.inf), off=np.where(counts, off, np.inf)
        )
        self.held = np.where(self.going, held[:, -1], self.held)
        self.going = self.going & ~done & (times[:, -1] < self.limit_s)
        self.hand = np.where(done, places[rows, at], self.hand)

    def _note(self, places: Places, times: Array, inside: Mask, *, seen: Places, off: Array) -> None:
        """Margin, reach, first touch and path of those that are under way."""
        rows, going = self.rows, self.going
        steps = places.copy()
        steps[:, 1:] -= places[:, :-1]
        steps[:, 0] -= self.hand
        walked = self.walked[:, None] + np.abs(steps).cumsum(axis=1)
        untouched = going & (self.touched_s == np.inf)
        first = inside.argmax(axis=1)
        touched = untouched & inside[rows, first]
        nearest = off.argmin(axis=1)
        margin = self.place.radius - off[rows, nearest]
        top = np.where(touched, first, nearest)
        better = touched | (untouched & (margin > self.margin))
        self.path = np.where(better, walked[rows, top], self.path)
        self.best = np.where(better, places[rows, top], self.best)
        self.touched_s = np.where(touched, times[rows, first], self.touched_s)
        along = np.where(np.isfinite(off), (seen * self.towards).real, -np.inf).max(axis=1)
        self.margin = np.where(going, np.maximum(self.margin, margin), self.margin)
        self.reached = np.where(going, np.maximum(self.reached, along), self.reached)
        self.walked = np.where(going, walked[:, -1], self.walked)

    def _shaken(self, places: Places, times: Array) -> Places:
        """The hand as the game sees it: with what is left of its tremors."""
        if max(self.shake, self.intent) < LEAST_TREMOR:
            return places
        kind = self.kind
        swing = self.shake * np.sin(2 * np.pi * kind.tremor_hz * times)
        if self.intent > 0:
            near = nearness(np.abs(places - self.place.at) * ARM_M)
            swing += self.intent * near * np.sin(2 * np.pi * kind.intention_hz * times)
        return places + _DIAGONAL * swing

    def result(self, begun: Places) -> Attempt:
        return Attempt(
            self.done_s,
            self.touched_s,
            self.margin,
            self.reached,
            self.path,
            np.abs(self.best - begun),
            self.lean,
            self.hand,
        )


def attempt(
    kind: Kind,
    hand: Places,
    place: Place,
    at_s: Array,
    limit_s: float,
    *,
    rng: np.random.Generator,
    ignored: float = 0.0,
) -> Attempt:
    """Try to hold the place from at_s (n,) on, with the hands (n,) where they are.

    kind: as it is now; ignored: how far the place is on a neglected side, 0..1. Where at_s is not
    before limit_s nothing is tried.
    """
    tries, n = _Tries(kind, hand, place, at_s, limit_s, rng=rng), len(hand)
    wait_s = _first_wait_s(kind, n, limit_s, rng, ignored)
    stays: Mask = np.zeros(n, dtype=np.bool_)
    for _ in range(MOST_MOVEMENTS):
        end, bow, distance = tries.planned()
        duration_s = movement_s(kind, distance)
        if stays.any():
            end, duration_s = np.where(stays, tries.hand, end), np.where(stays, SHORTEST_S, duration_s)
        tries.move(end, wait_s, duration_s, bow)
        if not tries.going.any():
            break
        off = np.abs(place.at - tries.hand)
        stuck = ~stays & (distance < STUCK) & (off > place.radius + tries.shake + tries.intent)
        tries.going &= ~stuck
        settled = off < CLOSE_ENOUGH * place.radius
        stays = settled
        if kind.attention < 1.0:
            stays = stays | (rng.random(n) >= kind.attention)
        wait_s = np.where(settled, max(place.hold_s, CORRECTION_AFTER_S), LOOK_S)
    return tries.result(hand)


def _first_wait_s(kind: Kind, n: int, limit_s: float, rng: np.random.Generator, ignored: float) -> Array:
    """From the target's coming up to the first movement, as the game sees it; never, where it is missed."""
    spread = np.minimum(1.6, np.maximum(0.6, 1.0 + REACTION_SPREAD * rng.standard_normal(n)))
    wait_s = LAG_S + kind.reaction_s * spread + kind.neglect_delay_s * ignored
    if ignored > 0:
        wait_s = np.where(rng.random(n) < kind.neglect_miss * ignored, limit_s + 1.0, wait_s)
    return wait_s
