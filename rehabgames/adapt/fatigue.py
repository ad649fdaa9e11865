"""Fatigue while it happens: slopes over the last trials, and what they mean for the next set.

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
from rehabgames.core.limits import Limits
from rehabgames.core.measured import Validity
from rehabgames.core.message import Message
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

SHARES: Final = (1.0, 0.8, 0.6)
EXTRA_REST_S: Final = (0.0, 30.0, 60.0)
WORST: Final = 10.0


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


@dataclass(frozen=True, slots=True)
class Advice:
    """share   of the prescribed repetitions, 0..1
    rest_s  to be added to the prescribed rest
    why     for people
    """

    share: float
    rest_s: float
    why: Message

    def repetitions(self, prescribed: int) -> int:
        """Whole repetitions, never more than prescribed; at least one where any are to be done."""
        if prescribed <= 0 or self.share <= 0:
            return 0
        return min(prescribed, max(1, math.floor(self.share * prescribed + 1e-9)))


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


def advice(
    sign: Fatigue, effort: float | None = None, pain: float | None = None, limits: Limits | None = None
) -> Advice:
    """Of the next set, never more than prescribed. effort, pain: last answers, 0..10; None: not asked. An
    answer that is no number counts for nothing here: the stop rules ask it again before anything goes on.

    Signs of the trials and an effort from "no rise" on are one step each; effort that needs a rest, or pain
    that needs one, are two. Two steps are the most.
    """
    held = limits or Limits()
    effort, pain = _answer(effort), _answer(pain)
    of_trials = {"none": 0, "some": 1, "much": 2}[sign.level]
    of_effort = 2 if effort >= held.effort_rest else 1 if effort >= held.effort_hold else 0
    of_pain = 2 if pain >= held.pain_ease else 0
    steps = min(2, max(of_trials + of_effort, of_pain))
    share, rest_s = SHARES[steps], EXTRA_REST_S[steps]
    params: dict[str, str | int | float] = {"percent": round(100 * share), "rest_s": round(rest_s)}
    if of_pain:
        why = Message("dose.pain", {**params, "pain": pain})
    elif of_trials and of_effort:
        why = Message("dose.fatigue_and_effort", {**params, "effort": effort, "trials": sign.trials})
    elif of_effort:
        why = Message("dose.effort", {**params, "effort": effort})
    elif of_trials:
        why = Message(f"dose.fatigue.{_named(sign)}", {**params, "trials": sign.trials})
    else:
        why = Message("dose.as_prescribed")
    return Advice(share, rest_s, why)


def after_soreness(soreness: float | None, limits: Limits | None = None) -> Advice:
    """Of today's dose, by the soreness since the last time, 0..10; None: not asked. The more, the less, by
    the steps of the pain limits. An answer that is no number from 0 on leaves half."""
    if soreness is None:
        return Advice(1.0, 0.0, Message("dose.as_prescribed"))
    held = limits or Limits()
    if math.isnan(soreness) or soreness < 0:
        return Advice(0.5, 0.0, Message("dose.soreness_unknown", {"percent": 50}))
    value = min(WORST, soreness)
    steps = ((held.pain_ease / 2, 0.9), (held.pain_ease, 0.8), (held.pain_end, 0.5), (held.pain_stop, 0.0))
    share = min([1.0, *(share for least, share in steps if value >= least)])
    if share >= 1:
        return Advice(1.0, 0.0, Message("dose.as_prescribed"))
    name = "dose.soreness" if share > 0 else "dose.soreness_none"
    return Advice(share, 0.0, Message(name, {"percent": round(100 * share), "soreness": value}))


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


def _named(sign: Fatigue) -> str:
    return sign.from_slopes[0] if len(sign.from_slopes) == 1 else "several"


def _grown(logarithm: float) -> float:
    """Share by which something grew; NaN stays NaN."""
    return math.expm1(min(50.0, logarithm)) if math.isfinite(logarithm) else math.nan


def _positive(value: float) -> float:
    return float(value) if math.isfinite(value) and value > 0 else math.nan


def _answer(value: float | None) -> float:
    """0..10; -1 where it says nothing."""
    return -1.0 if value is None or math.isnan(value) or value < 0 else min(WORST, float(value))


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
