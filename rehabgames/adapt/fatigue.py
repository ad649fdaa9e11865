"""Fatigue while it happens: slopes over the last trials of a block.

A Theil–Sen slope is the median of the slopes between pairs of trials. Here only pairs count that asked
about the same: same direction, and distance, size, hold and time limit within 25 %. What is left of a
difference in distance is taken out: reaching times of virtual patients grew with distance to the power of
0.5 to 1.3 over eight kinds, here .75; of a metre farther away, half is taken to be missed.

Whether a slope is more than chance is Kendall's test over the same pairs. Under chance alone two pairs
that share a trial agree by 1/3 where it is the earlier or the later of both, by -1/3 else.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from rehabgames.adapt.stored import reading, written
from rehabgames.core.measured import Validity
from rehabgames.core.pose import Array
from rehabgames.core.trial import Outcome, TrialSpec

Level = Literal["none", "some", "much"]
Of = Literal["time", "path", "margin"]

FORMAT: Final = "fatigue_watch/1"
WINDOW: Final = 80  # trials looked at
FEWEST: Final = 15  # trials with a number
FEWEST_PAIRS: Final = 15
PER: Final = 10  # trials that a slope is given for
SAME: Final = math.log(1.25)
SAME_DEG: Final = 15.0
SAME_HOLD_S: Final = 0.2
NEW_AFTER_S: Final = 600.0  # after such a break one begins anew
SURE: Final = 2.6  # standard deviations of chance; looked at after every set, not after every trial
TIME_GROWS: Final = 0.75  # power of the distance
MISSED: Final = 0.5  # of every arm length farther away
SOME: Final[dict[Of, float]] = {"time": 0.10, "path": 0.10, "margin": 0.04}  # over the trials looked at
MUCH: Final[dict[Of, float]] = {"time": 0.35, "path": 0.35, "margin": 0.12}
NOISE_TIMES: Final = 3.0


@dataclass(frozen=True, slots=True)
class Fatigue:
    """time, path  change of the movement time and of the path ratio per 10 trials, 0.1 = 10 % more
    margin  change of the margin per 10 trials, arm lengths, + is better
    from_slopes  which of the three say that the person tires
    trials  how many were looked at
    validity  GOOD, or TOO_FEW: too few trials that asked the same. Then the level is "none", and
            says nothing. A slope alone may also be NaN, for too few numbers.
    """

    level: Level
    time: float
    path: float
    margin: float
    from_slopes: tuple[Of, ...]
    trials: int
    validity: Validity


class _Trial(NamedTuple):
    """at: place in the row of all trials; distance, radius, margin in arm lengths; NaN: not known."""

    at: float
    direction_deg: float
    distance: float
    radius: float
    hold_s: float
    limit_s: float
    time_s: float
    path: float
    margin: float


_ASKED: Final = 6  # so many fields of a trial are never NaN


class FatigueWatch:
    """noise: of the hand at rest, arm lengths; a margin's loss under three times that is none."""

    def __init__(self, noise: float = 0.0) -> None:
        self._noise = float(noise) if math.isfinite(noise) and noise > 0 else 0.0
        self._trials: list[_Trial] = []
        self._told = 0
        self._at_s: float | None = None

    def told(self, spec: TrialSpec, outcome: Outcome, at_s: float) -> None:
        """A trial, in order; at_s: when it ended, on any clock. Probes, assisted trials and those that could
        not be judged are not looked at. Ten minutes without a trial, and all begins anew."""
        if math.isfinite(at_s):
            if self._at_s is not None and at_s - self._at_s >= NEW_AFTER_S:
                self._trials.clear()
            self._at_s = at_s
        self._told += 1
        goal = spec.goal
        trial = _Trial(
            float(self._told),
            goal.direction_deg,
            goal.distance,
            goal.radius,
            goal.hold_s,
            spec.limit_s,
            _positive(outcome.reach_s),
            _positive(outcome.path_ratio),
            outcome.margin if math.isfinite(outcome.margin) else math.nan,
        )
        asks = all(map(math.isfinite, trial[:_ASKED])) and min(goal.distance, goal.radius, spec.limit_s) > 0
        if outcome.success is None or outcome.assisted or spec.probe or not asks:
            return
        self._trials = [*self._trials, trial][-WINDOW:]

    def sign(self) -> Fatigue:
        """What the last trials say."""
        table = np.array(self._trials, dtype=np.float64).reshape(-1, len(_Trial._fields))
        found = _slopes(table)
        span = float(table[-1, 0] - table[0, 0]) if len(table) else 0.0
        losses: dict[Of, float] = {
            "time": _grown(found["time"].slope * span),
            "path": _grown(found["path"].slope * span),
            "margin": -found["margin"].slope * span,
        }
        tired = tuple(
            of for of, loss in losses.items() if found[of].sure >= SURE and loss >= self._least(of, SOME)
        )
        much = len(tired) > 1 or any(losses[of] >= self._least(of, MUCH) for of in tired)
        known = any(math.isfinite(each.slope) for each in found.values())
        return Fatigue(
            "much" if much else "some" if tired else "none",
            _grown(PER * found["time"].slope),
            _grown(PER * found["path"].slope),
            PER * found["margin"].slope,
            tired,
            len(table),
            Validity.GOOD if known else Validity.TOO_FEW,
        )

    def _least(self, of: Of, least: dict[Of, float]) -> float:
        return max(least[of], NOISE_TIMES * self._noise if of == "margin" else 0.0)

    def to_json(self) -> str:
        """The whole state; equal states give equal text."""
        rows = [[None if math.isnan(x) else x for x in trial] for trial in self._trials]
        state = {"noise": self._noise, "trials": rows, "told": self._told, "at_s": self._at_s}
        return written(FORMAT, state)

    @classmethod
    def from_json(cls, state: str) -> Self:
        """Raises UseError where the state is damaged."""
        with reading(state, FORMAT) as held:
            watch = cls(_finite(held["noise"]))
            watch._trials = [_read(row) for row in held["trials"]][-WINDOW:]
            watch._told = int(held["told"])
            watch._at_s = None if held["at_s"] is None else _finite(held["at_s"])
            places = [0.0, *(trial.at for trial in watch._trials), float(watch._told) + 0.5]
            if any(later <= earlier for earlier, later in itertools.pairwise(places)):
                raise ValueError(places)
        return watch


class _Slope(NamedTuple):
    """slope per trial; sure: standard deviations of chance, + where it got worse. NaN, 0: not known."""

    slope: float
    sure: float


def _slopes(table: Array) -> dict[Of, _Slope]:
    """table (n, 9): rows of _Trial. Time and path ratio as logarithms."""
    first, later = _pairs(table)
    at, distance = table[:, 0], table[:, 2]
    with np.errstate(invalid="ignore"):
        time, path = np.log(table[:, 6]), np.log(table[:, 7])
    return {
        "time": _slope(at, time - TIME_GROWS * np.log(distance), first, later, worse=1),
        "path": _slope(at, path, first, later, worse=1),
        "margin": _slope(at, table[:, 8] + MISSED * distance, first, later, worse=-1),
    }


def _pairs(table: Array) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Earlier and later row of every pair that asked about the same."""
    first, later = np.triu_indices(len(table), 1)
    off = np.abs(table[first] - table[later])
    same = (off[:, 1] <= SAME_DEG) & (off[:, 4] <= SAME_HOLD_S)
    for column in (2, 3, 5):
        size = np.log(table[:, column])
        same &= np.abs(size[first] - size[later]) <= SAME
    return first[same], later[same]


def _slope(
    at: Array, values: Array, first: npt.NDArray[np.intp], later: npt.NDArray[np.intp], *, worse: int
) -> _Slope:
    """Of values (n,) at the places `at`; worse: +1 where more is worse."""
    change = values[later] - values[first]
    known = np.isfinite(change)
    first, later, change = first[known], later[known], change[known]
    trials = len(np.union1d(first, later))
    if trials < FEWEST or len(first) < FEWEST_PAIRS:
        return _Slope(math.nan, 0.0)
    slope = float(np.median(change / (at[later] - at[first])))
    as_earlier = np.bincount(first, minlength=len(at)).astype(np.float64)
    as_later = np.bincount(later, minlength=len(at)).astype(np.float64)
    shared = ((as_earlier - as_later) ** 2 - (as_earlier + as_later)).sum() / 3
    return _Slope(slope, float(worse * np.sign(change).sum() / math.sqrt(len(first) + shared)))


def _grown(logarithm: float) -> float:
    """Share by which something grew; NaN stays NaN."""
    return math.expm1(min(50.0, logarithm)) if math.isfinite(logarithm) else math.nan


def _positive(value: float) -> float:
    return float(value) if math.isfinite(value) and value > 0 else math.nan


def _finite(value: Any) -> float:
    if isinstance(value, bool) or not math.isfinite(float(value)):
        raise ValueError(value)
    return float(value)


def _read(row: Any) -> _Trial:
    numbers = [_finite(x) for x in row[:_ASKED]]
    numbers += [math.nan if x is None else _finite(x) for x in row[_ASKED:]]
    trial = _Trial(*numbers)
    sizes = (trial.distance, trial.radius, trial.limit_s)
    if min(sizes) <= 0 or trial.time_s <= 0 or trial.path <= 0:
        raise ValueError(row)
    return trial
