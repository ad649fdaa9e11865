"""Reliability: intraclass correlation, standard error of measurement, minimal detectable change.

Shrout & Fleiss 1979 (Psychol Bull 86:420), all six forms; MEASURES 0.8; Bland & Altman 1986. Change
of one patient is judged by the scatter of that patient's own baselines, because published MDCs come
from marker systems and do not transfer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Array

Z95: Final = 1.959963984540054
Z90: Final = 1.6448536269514722
FEWEST_BASELINES: Final = 2
Kind = Literal["consistency", "agreement"]


class Icc(NamedTuple):
    """1 one-way, 2 two-way random (absolute agreement), 3 two-way mixed (consistency); k: of the mean
    of all k ratings instead of a single one. Shrout & Fleiss write ICC(1,1) .. ICC(3,k)."""

    icc1: float
    icc2: float
    icc3: float
    icc1k: float
    icc2k: float
    icc3k: float


class Limits(NamedTuple):
    """Bland–Altman: mean difference b - a, its SD, and the 95 % limits of agreement, bias ± 1.96 SD."""

    bias: float
    sd: float
    lower: float
    upper: float


class Change(NamedTuple):
    """A new value against a patient's own baselines, in the measure's unit.

    difference   value - mean of the baselines
    sem          standard error of measurement, of the patient's own baselines
    mdc95        1.96 √2 sem
    beyond       True where |difference| > mdc95, never True before there are two baselines
    sessions     number of baselines that could be used
    chance       how often a patient who has not changed would show as large a difference, 0..1. At the
                 MDC itself it is 0.27 with two baselines, 0.14 with three, 0.09 with four and 0.05 with
                 six, because the scatter of few baselines is itself a guess.
    """

    baseline: float
    value: float
    difference: float
    sem: float
    mdc95: float
    beyond: bool
    sessions: int
    chance: float


class _Squares(NamedTuple):
    subjects: float
    raters: float
    within: float
    error: float
    n: int
    k: int


@np.errstate(all="ignore")
def icc(table: npt.ArrayLike) -> Icc:
    """All six forms of a table (n subjects, k raters or occasions), any unit.

    A subject with a value that is not finite is left out. NaN for fewer than two subjects or two
    raters, and where nothing differs. Raises ValueError for a table that is not two-dimensional.
    """
    of = _squares(table)
    n, k = of.n, of.k
    per_rater = k * (of.raters - of.error) / n if n else math.nan
    found = (
        _over(of.subjects - of.within, of.subjects + (k - 1) * of.within),
        _over(of.subjects - of.error, of.subjects + (k - 1) * of.error + per_rater),
        _over(of.subjects - of.error, of.subjects + (k - 1) * of.error),
        _over(of.subjects - of.within, of.subjects),
        _over(of.subjects - of.error, of.subjects + per_rater / k if k else math.nan),
        _over(of.subjects - of.error, of.subjects),
    )
    return Icc(*found)


@np.errstate(all="ignore")
def sem(
    table: npt.ArrayLike | None = None,
    icc: float | None = None,
    *,
    sd: float | None = None,
    kind: Kind = "consistency",
) -> float:
    """Standard error of measurement, in the unit of the values.

    sem(table)           √MS_error of a table as in `icc`; kind "agreement" adds the scatter of the
                         raters' means: √((MS_raters - MS_error) / n + MS_error)
    sem(sd=sd, icc=r)    SD √(1 - ICC); sem(sd, r) is the same
    NaN for bad numbers, an ICC over 1, and too small a table. Raises ValueError where neither a table
    nor sd and icc are given, and for a kind that does not exist.
    """
    if kind not in ("consistency", "agreement"):
        raise ValueError(f"the kind of a SEM is 'consistency' or 'agreement', not {kind!r}")
    spread = sd if sd is not None else table
    if icc is not None and spread is not None:
        return _finite(np.abs(_number(spread)) * np.sqrt(1.0 - float(icc)))
    if table is None:
        raise ValueError("a SEM needs a table, or sd and icc")
    of = _squares(table)
    added = (of.raters - of.error) / of.n if kind == "agreement" and of.n else 0.0
    return _finite(np.sqrt(of.error + added))


def mdc95(
    sem: npt.ArrayLike | None = None,
    *,
    table: npt.ArrayLike | None = None,
    sd: float | None = None,
    icc: float | None = None,
    kind: Kind = "consistency",
) -> float:
    """Minimal detectable change at 95 %: 1.96 √2 SEM, in the unit of the values.

    mdc95(sem), mdc95(table) or mdc95(table=table), mdc95(sd=sd, icc=r). NaN and errors as in `sem`;
    a negative SEM is NaN.
    """
    return _finite(Z95 * math.sqrt(2.0) * _sem_of(sem, table, sd, icc, kind))


def mdc90(
    sem: npt.ArrayLike | None = None,
    *,
    table: npt.ArrayLike | None = None,
    sd: float | None = None,
    icc: float | None = None,
    kind: Kind = "consistency",
) -> float:
    """The same at 90 %: 1.645 √2 SEM."""
    return _finite(Z90 * math.sqrt(2.0) * _sem_of(sem, table, sd, icc, kind))


@np.errstate(all="ignore")
def mdc_percent(mdc: float, mean: float) -> float:
    """An MDC as percent of the mean's size; NaN for a mean of 0."""
    return _over(100.0 * mdc, abs(mean))


@np.errstate(all="ignore")
def bland_altman(a: npt.ArrayLike, b: npt.ArrayLike) -> Limits:
    """Of two series of measurements (n,) of the same subjects: b - a.

    Pairs that are not finite are left out; NaN for fewer than two. Raises ValueError where they are
    not of one length.
    """
    first, second = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if first.ndim != 1 or first.shape != second.shape:
        raise ValueError(f"two series of one length are compared, not {first.shape} with {second.shape}")
    apart = second - first
    apart = apart[np.isfinite(apart)]
    if len(apart) < 2:
        return Limits(math.nan, math.nan, math.nan, math.nan)
    bias, sd = _finite(apart.mean()), _finite(apart.std(ddof=1))
    return Limits(bias, sd, bias - Z95 * sd, bias + Z95 * sd)


@np.errstate(all="ignore")
def change(baselines: Sequence[npt.ArrayLike], value: float, *, floor: float = 0.0) -> Change:
    """Whether a new value lies beyond a patient's own minimal detectable change.

    baselines  one entry per baseline session: its value, or the values of its repetitions, whose mean
               is taken. Entries without a finite value do not count.
    floor      least SEM that is believed, in the measure's unit: what the noise of the measurement
               alone gives. Two baselines that happen to be equal must not make every change a real one.

    The SEM is the SD of the sessions' values; or, where that is larger, the floor, or what the
    scatter of the repetitions within sessions gives for a mean of so many (pooled SD / √n).
    NaN, and not beyond, before two baselines exist or where a number is bad.
    """
    kept = [each[np.isfinite(each)] for each in (np.asarray(b, dtype=np.float64).ravel() for b in baselines)]
    kept = [each for each in kept if len(each)]
    means = np.array([each.mean() for each in kept])
    value, nan, k = float(value), math.nan, len(kept)
    if k < FEWEST_BASELINES or not (math.isfinite(value) and np.isfinite(means).all()):
        return Change(_finite(means.mean()) if k else nan, _finite(value), nan, nan, nan, False, k, nan)
    error = max(float(means.std(ddof=1)), _within(kept), floor if math.isfinite(floor) else 0.0)
    middle = float(means.mean())
    difference, mdc = value - middle, mdc95(error)
    beyond = abs(difference) > mdc
    chance = chance_of(difference, error, k)
    return Change(middle, value, _finite(difference), _finite(error), mdc, bool(beyond), k, chance)


def chance_of(difference: float, sem: float, sessions: int) -> float:
    """How often a patient who has not changed would show as large a difference from so many baselines, 0..1;
    `sem` is theirs. NaN for numbers that are not finite, no error, and fewer than two baselines."""
    if sessions < FEWEST_BASELINES or not (math.isfinite(difference) and math.isfinite(sem) and sem > 0):
        return math.nan
    spread = sem * math.sqrt(1 + 1 / sessions)
    return _finite(2 * scipy.stats.t.sf(abs(difference) / spread, sessions - 1))


def measured_change(baselines: Sequence[Measured], new: Measured, *, floor: float = 0.0) -> Measured:
    """Change of a measure since the patient's baselines, one Measured of the same kind per session.

    A value (new - baseline, in the measure's unit) only where it is beyond the patient's own MDC95;
    otherwise NaN: NO_BASELINE before two good baselines of the same unit exist, NOISE where the
    scatter of the baselines would decide the value, and the new one's reason where that is not good.
    `coverage` is that of the new one.
    """
    usable = [b.value for b in baselines if b.good and (b.name, b.of, b.unit) == (new.name, new.of, new.unit)]
    found = change(usable, new.value, floor=floor)
    if not new.good:
        validity = new.validity
    elif found.sessions < FEWEST_BASELINES:
        validity = Validity.NO_BASELINE
    else:
        validity = Validity.GOOD if found.beyond else Validity.NOISE
    how = Message(
        "how.change",
        {"sessions": found.sessions, "baseline": found.baseline, "mdc": found.mdc95, "unit": new.unit},
    )
    of = f"{new.name}.{new.of}" if new.of else new.name
    return Measured("change", of, found.difference, new.unit, how, validity, new.coverage)


@np.errstate(all="ignore")
def _squares(table: npt.ArrayLike) -> _Squares:
    """Mean squares of the two-way table without repetition."""
    x = np.asarray(table, dtype=np.float64)
    if x.size == 0:
        return _Squares(math.nan, math.nan, math.nan, math.nan, 0, 0)
    if x.ndim != 2:
        raise ValueError(f"a table has the shape (n subjects, k raters), not {x.shape}")
    x = x[np.isfinite(x).all(axis=1)]
    n, k = x.shape
    if n < 2 or k < 2:
        return _Squares(math.nan, math.nan, math.nan, math.nan, n, k)
    x = x - x.mean()
    rows, columns = x.mean(axis=1), x.mean(axis=0)
    left = x - rows[:, None] - columns
    return _Squares(
        subjects=float(k * (rows**2).sum() / (n - 1)),
        raters=float(n * (columns**2).sum() / (k - 1)),
        within=float(((x - rows[:, None]) ** 2).sum() / (n * (k - 1))),
        error=float((left**2).sum() / ((n - 1) * (k - 1))),
        n=n,
        k=k,
    )


def _within(sessions: list[Array]) -> float:
    """What the scatter of repetitions alone gives for a session's mean; 0 where none is repeated."""
    repeated = [each for each in sessions if len(each) > 1]
    if not repeated:
        return 0.0
    freedom = sum(len(each) - 1 for each in repeated)
    pooled = sum(float(((each - each.mean()) ** 2).sum()) for each in repeated) / freedom
    return math.sqrt(pooled * float(np.mean([1 / len(each) for each in sessions])))


def _sem_of(
    sem_or_table: npt.ArrayLike | None,
    table: npt.ArrayLike | None,
    sd: float | None,
    icc: float | None,
    kind: Kind,
) -> float:
    if sem_or_table is not None and np.ndim(sem_or_table) == 0:
        known = _number(sem_or_table)
        return known if known >= 0 else math.nan
    return sem(table if sem_or_table is None else sem_or_table, icc, sd=sd, kind=kind)


def _number(x: npt.ArrayLike) -> float:
    if np.ndim(x) != 0:
        raise ValueError("an SD goes with an ICC as one number")
    return _finite(np.asarray(x, dtype=np.float64))


def _finite(x: npt.ArrayLike) -> float:
    value = float(np.asarray(x))
    return value if math.isfinite(value) else math.nan


def _over(a: float, b: float) -> float:
    return _finite(a / b) if b else math.nan
