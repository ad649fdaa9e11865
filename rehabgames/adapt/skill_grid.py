"""SkillGrid: what is believed about one player's skill, as a probability over a grid.

The player. At difficulty d (0 easiest, `length` hardest) a try succeeds with probability
(1 - lapse) · logistic((threshold - d) / slope). Instead of the threshold the grid holds the *wanted*
difficulty w, where that probability is the target, so that a prior about it means what it says.

The margin of a try is (threshold - d) / (SPREAD · slope) plus noise of one spread, whether it succeeded
or not: every try tells how far inside or short it was. A lapse (looking away, a lost hand) is a miss
that tells nothing: its margin is a broad bump around -1.5.

The player changes. From try to try w moves on by a drift, which is one of DRIFTS and seldom changes,
takes a random step of WANDER, and once in 1 / HAZARD tries jumps: practice, fatigue, a sudden bad spell.

The unit. All widths here are in units of difficulty, and one unit holds 4 to 14 typical spreads of a person.
A way from easiest to hardest that holds more of them is longer than one unit.

Sources: Kontsevich & Tyler 1999 and Watson 2017 for the grid over threshold, slope and lapse; hidden
Markov filtering for the change. Deviations: the next difficulty is the one with the smallest expected
distance of the success probability from the target, not the one that tells most, because here the tries
are the training; and the margin has a likelihood of its own.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

Grid = npt.NDArray[np.float32]
Array = npt.NDArray[np.float64]

CELL: Final = 0.02  # of the wanted difficulties
BEYOND: Final = 0.3  # the wanted difficulty may lie so far outside
LONGEST: Final = 4.0
SLOPES: Final = np.array([0.025, 0.045, 0.065, 0.09, 0.12, 0.15])
SLOPES_PRIOR: Final = np.array([0.4, 1.0, 1.0, 1.2, 1.2, 1.2]) / 6.0
LAPSES: Final = np.array([0.03, 0.10])
LAPSES_PRIOR: Final = np.array([0.8, 0.2])
DRIFTS: Final = np.array([-0.007, 0.0, 0.011])  # of w in one try: fatigue, none, practice
DRIFTS_FIRST: Final = np.array([0.04, 0.22, 0.74])  # at the start of a session people warm up
DRIFTS_LATER: Final = np.array([0.15, 0.57, 0.28])  # where a change leads
DRIFT_CHANGES: Final = 0.05  # probability in one try
WANDER: Final = 0.008
HAZARD: Final = 0.01
JUMP: Final = 0.2

SPREAD: Final = 1.8  # slopes in one typical spread: the standard deviation of a logistic is π / √3
OUTLIERS: Final = 0.02  # share of margins that follow no model
LARGEST_MARGIN: Final = 6.0
CHOICE: Final = 0.01  # from one difficulty that can be asked to the next


class SkillGrid:
    """target: success probability that is wanted, 0 to 1 exclusive; prior: (mean, sd) of the wanted
    difficulty, units, or None where nothing is known; length: from easiest to hardest, units, 1 to LONGEST.

    choices  (choices,) the difficulties that can be asked
    belief   (drifts, lapses, slopes, wanted) probabilities; float32, and rounded to it after every step,
             so that what is written down continues exactly
    """

    def __init__(self, target: float, prior: tuple[float, float] | None, length: float = 1.0) -> None:
        self.target = target
        self.choices = _choices(length)
        self._wanted = _wanted(length)
        self._above = _above(target)
        self._loss = _losses(target, length)
        self._steps = _steps(length)
        self._changes = (1 - DRIFT_CHANGES) * np.eye(len(DRIFTS)) + DRIFT_CHANGES * DRIFTS_LATER[:, None]
        wanted = _prior(prior, length)
        belief = (
            DRIFTS_FIRST[:, None, None, None] * LAPSES_PRIOR[:, None, None] * SLOPES_PRIOR[:, None] * wanted
        )
        self.belief: Grid = belief.astype(np.float32)

    def best(self) -> float:
        """The difficulty with the smallest expected distance from the target, one of `choices`."""
        return float(self.choices[int(np.argmin(self.expected()))])

    def expected(self) -> Array:
        """Expected distance of the success probability from the target, for each of `choices`."""
        loss: Array = self._loss @ self.belief.sum(axis=0).ravel()
        return loss

    def success(self, difficulty: float) -> float:
        """Expected success probability there, 0 to 1."""
        return float((self._chances(difficulty) * self.belief.sum(axis=0)).sum())

    def wanted(self) -> tuple[float, float]:
        """Mean and standard deviation of the wanted difficulty."""
        p = self.belief.sum(axis=(0, 1, 2)).astype(np.float64)
        p /= p.sum()
        mean = float(p @ self._wanted)
        return mean, math.sqrt(max(0.0, float(p @ (self._wanted - mean) ** 2)))

    def learn(
        self, difficulty: float, *, success: bool, margin: float | None, at_least: bool = False
    ) -> None:
        """Take in a try. margin: typical spreads inside (+) or short (-); None, or one that is not finite
        or contradicts `success`, counts as unknown. at_least: of a success that was so far inside or more."""
        known = margin is not None and math.isfinite(margin) and (margin > 0) == success
        if known and margin is not None and at_least and success:
            lapse = LAPSES[:, None, None]
            off = self._logits(difficulty) - SPREAD * min(LARGEST_MARGIN, margin)
            likelihood = (1 - lapse) * ((1 - OUTLIERS) * _logistic(off) + OUTLIERS / 2)
        elif known and margin is not None:
            likelihood = self._graded(difficulty, min(LARGEST_MARGIN, max(-LARGEST_MARGIN, margin)))
        else:
            chances = self._chances(difficulty)
            likelihood = chances if success else 1 - chances
        self._take(self.belief * likelihood)

    def pass_try(self) -> None:
        """The player changes from one try to the next."""
        drifts, shape = len(DRIFTS), self.belief.shape
        moved = self.belief.reshape(drifts, -1, len(self._wanted)).astype(np.float64) @ self._steps
        self._take(np.tensordot(self._changes, moved.reshape(shape), axes=1))

    def pass_days(self, retained_sd: float) -> None:
        """Between sessions: it is less sure by so much where the player stands, and the drift begins anew."""
        apart = np.exp(-0.5 * ((self._wanted[:, None] - self._wanted) / max(retained_sd, 1e-3)) ** 2)
        apart /= apart.sum(axis=0)
        spread = self.belief.sum(axis=0) @ apart.T
        self._take(DRIFTS_FIRST[:, None, None, None] * spread)

    def _take(self, belief: npt.NDArray[np.floating]) -> None:
        total = float(belief.sum(dtype=np.float64))
        if math.isfinite(total) and total > 0:  # else: nothing that was believed explains it
            self.belief = (belief / total).astype(np.float32)

    def _logits(self, difficulty: float) -> Array:
        """(lapses, slopes, wanted) slopes by which the threshold lies above a difficulty."""
        above: Array = self._above[:, None, None] + (self._wanted - difficulty) / SLOPES[:, None]
        return above

    def _chances(self, difficulty: float) -> Array:
        chances: Array = (1 - LAPSES[:, None, None]) * _logistic(self._logits(difficulty))
        return chances

    def _graded(self, difficulty: float, margin: float) -> Array:
        off = SPREAD * margin - self._logits(difficulty)
        tail = np.exp(-np.abs(off))
        density = SPREAD * tail / (1 + tail) ** 2
        density = (1 - OUTLIERS) * density + OUTLIERS * 0.15 / (1 + (off / 6) ** 2)
        lapse = LAPSES[:, None, None]
        graded: Array = (1 - lapse) * density + lapse * _lapsed(margin)
        return graded


def _logistic(x: Array) -> Array:
    y: Array = 1.0 / (1.0 + np.exp(-np.clip(x, -500.0, 500.0)))
    return y


def _above(target: float) -> Array:
    """(lapses,) how far the threshold lies above the wanted difficulty, slopes."""
    share = np.clip(target / (1 - LAPSES), 0.0, 0.995)
    above: Array = np.log(share / (1 - share))
    return above


@cache
def _wanted(length: float) -> Array:
    """(wanted,) what the wanted difficulty may be."""
    cells = round((length + 2 * BEYOND) / CELL)
    wanted: Array = np.linspace(-BEYOND, length + BEYOND, cells + 1)
    return wanted


@cache
def _choices(length: float) -> Array:
    choices: Array = np.linspace(0.0, length, round(length / CHOICE) + 1)
    return choices


@lru_cache(8)
def _losses(target: float, length: float) -> Array:
    """(choices, lapses · slopes · wanted) distance of the success probability from the target."""
    choices = _choices(length)
    off = _above(target)[:, None, None] + (_wanted(length) - choices[:, None, None, None]) / SLOPES[:, None]
    loss = np.abs((1 - LAPSES[:, None, None]) * _logistic(off) - target)
    losses: Array = loss.reshape(len(choices), -1)
    losses.setflags(write=False)
    return losses


def _lapsed(margin: float) -> float:
    """Density of the margin of a lapse."""
    if margin >= 0:
        return 0.0
    bump = math.exp(-0.5 * ((margin + 1.5) / 0.6) ** 2) / (0.6 * math.sqrt(2 * math.pi))
    return 0.7 * bump + 0.3 * math.exp(margin)


def _prior(prior: tuple[float, float] | None, length: float) -> Array:
    """(wanted,) A prior that is wrong has to be outvoted within a few tries: its tails stay thick."""
    wanted = _wanted(length)
    mean, sd, elsewhere = (0.43 * length, 0.19 * length, 0.15) if prior is None else (*prior, 0.02)
    near = np.exp(-0.5 * ((wanted - mean) / sd) ** 2)
    total = float(near.sum())
    anywhere = ((wanted >= -BEYOND / 2) & (wanted <= length + 0.05)).astype(np.float64)
    anywhere /= anywhere.sum()
    if not total > 0:
        return anywhere
    p: Array = (1 - elsewhere) * near / total + elsewhere * anywhere
    return p


@cache
def _steps(length: float) -> Array:
    """(drifts, wanted, wanted) transition of w in one try, for row vectors."""
    wanted = _wanted(length)
    apart = wanted[:, None] - wanted
    wander, jump = (np.exp(-0.5 * (apart / sd) ** 2) for sd in (WANDER, JUMP))
    random = (1 - HAZARD) * wander / wander.sum(axis=0) + HAZARD * jump / jump.sum(axis=0)
    last, steps = len(wanted) - 1, []
    for drift in DRIFTS:
        at = np.clip(np.arange(last + 1) + drift / CELL, 0, last)
        low = np.floor(at).astype(int)
        moved = np.zeros((last + 1, last + 1))
        moved[np.arange(last + 1), low] = 1 - (at - low)
        up = np.minimum(low + 1, last)
        moved[np.arange(last + 1), up] += at - low
        steps.append(moved @ random.T)
    return np.stack(steps)
