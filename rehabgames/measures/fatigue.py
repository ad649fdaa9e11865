"""Fatigue: the robust slope of a measure over repetitions, at constant difficulty (MEASURES section 10).

Theil–Sen slope, and the last third over the first third. Difficulty that follows the patient hides
fatigue, so it is taken out first where it changed: values are moved to the mean difficulty by the
coefficient of a regression on repetition and difficulty together. Where difficulty went with time
so closely that the two cannot be told apart, there is no number.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Array

FEWEST: Final = 9  # three in each third
MOST: Final = 400  # more are grouped: every pair of repetitions is looked at
LOSS_PERCENT: Final = 15.0
MEASURES_OF_A_FLAG: Final = 2
RPE_RISE: Final = 3.0
INSEPARABLE: Final = 0.9


class Fatigue(NamedTuple):
    """slope        per repetition, in the measure's unit, with its 95 % limits slope_low .. slope_high
    loss_percent  of the last third against the first, + where the measure got worse; over the size of
                  the first third, so that it also holds for measures that are negative
    ratio         last third / first third
    repetitions   how many were used
    """

    slope: float
    slope_low: float
    slope_high: float
    loss_percent: float
    ratio: float
    repetitions: int


@np.errstate(all="ignore")
def fatigue(
    values: npt.ArrayLike, *, difficulty: npt.ArrayLike | None = None, lower_is_better: bool = False
) -> Fatigue:
    """Of one value per repetition (n,), in order; NaN for one that could not be measured.

    difficulty       (n,) of each repetition, any unit; None where it was constant
    lower_is_better  True for reaction time, trunk share and the like
    Thirds are compared by their medians. NaN for fewer than nine values, and where difficulty rose or
    fell so evenly that its effect cannot be told from fatigue. Raises ValueError for shapes that do
    not fit.
    """
    y = np.asarray(values, dtype=np.float64)
    if y.ndim != 1:
        raise ValueError(f"fatigue needs one value per repetition, not the shape {y.shape}")
    kept = np.isfinite(y)
    level = None
    if difficulty is not None:
        level = np.asarray(difficulty, dtype=np.float64)
        if level.shape != y.shape:
            raise ValueError(f"there is one difficulty per repetition: {level.shape} is not {y.shape}")
        kept &= np.isfinite(level)
    index, y = np.flatnonzero(kept).astype(np.float64), y[kept]
    n = len(y)
    if level is not None:
        y = _at_mean_difficulty(y, index, level[kept])
    if n < FEWEST or not np.isfinite(y).all():
        return Fatigue(math.nan, math.nan, math.nan, math.nan, math.nan, n)
    thirds = n // 3
    first, last = float(np.median(y[:thirds])), float(np.median(y[-thirds:]))
    got_worse = last - first if lower_is_better else first - last
    slope = scipy.stats.theilslopes(*_grouped(y, index))
    return Fatigue(
        slope=_finite(slope[0]),
        slope_low=_finite(slope[2]),
        slope_high=_finite(slope[3]),
        loss_percent=_finite(np.divide(100.0 * got_worse, abs(first))),
        ratio=_finite(np.divide(last, first)),
        repetitions=n,
    )


def flagged(
    losses_percent: Sequence[float],
    *,
    rpe_rise: float = 0.0,
    compensation_rising: bool = False,
    loss_percent: float = LOSS_PERCENT,
) -> bool:
    """Whether to say that the patient is tiring: a loss over 15 % in two measures, or the rating of
    perceived exertion up by 3, or compensation rising. NaN losses do not count."""
    worse = sum(1 for loss in losses_percent if loss > loss_percent)
    return worse >= MEASURES_OF_A_FLAG or rpe_rise >= RPE_RISE or compensation_rising


def fatigue_measures(
    of: str,
    values: npt.ArrayLike,
    unit: str,
    *,
    difficulty: npt.ArrayLike | None = None,
    lower_is_better: bool = False,
) -> list[Measured]:
    """ "fatigue_slope" per repetition and "fatigue_loss" in percent, of the measure that `of` names.

    TOO_FEW under nine values; BAD_NUMBER where difficulty cannot be told from time, or where the
    first third is 0.
    """
    series = np.asarray(values, dtype=np.float64).ravel()
    found = fatigue(series, difficulty=difficulty, lower_is_better=lower_is_better)
    why = Validity.TOO_FEW if found.repetitions < FEWEST else Validity.GOOD
    coverage = found.repetitions / len(series) if len(series) else 0.0
    slope = Message(
        "how.fatigue_slope",
        {
            "repetitions": found.repetitions,
            "low": found.slope_low,
            "high": found.slope_high,
            "unit": unit,
        },
    )
    loss = Message("how.fatigue_loss", {"repetitions": found.repetitions, "thirds": found.repetitions // 3})
    return [
        Measured("fatigue_slope", of, found.slope, f"{unit}/repetition", slope, why, coverage),
        Measured("fatigue_loss", of, found.loss_percent, "%", loss, why, coverage),
    ]


def _at_mean_difficulty(y: Array, index: Array, level: Array) -> Array:
    """The values as they would be at the mean difficulty; NaN where that cannot be known."""
    if len(y) < 3:
        return y
    level = level - level.mean()
    spread = float(np.abs(level).max())
    if spread == 0:
        return y
    level, time = level / spread, index - index.mean()
    if not np.isfinite(level).all() or not np.isfinite(y).all():
        return np.full_like(y, np.nan)
    if abs(float(np.corrcoef(level, time)[0, 1])) > INSEPARABLE:
        return np.full_like(y, np.nan)
    scale = float(np.abs(y).max()) or 1.0
    terms = np.stack([np.ones_like(y), time / max(float(np.abs(time).max()), 1.0), level], axis=1)
    coefficients = np.linalg.lstsq(terms, y / scale, rcond=None)[0]
    return np.asarray(y - scale * coefficients[2] * level)


def _grouped(y: Array, index: Array) -> tuple[Array, Array]:
    """Medians of at most MOST equal groups, so that a long session costs no more than a short one."""
    if len(y) <= MOST:
        return y, index
    parts = np.array_split(np.arange(len(y)), MOST)
    return np.array([np.median(y[p]) for p in parts]), np.array([index[p].mean() for p in parts])


def _finite(value: float) -> float:
    return float(value) if math.isfinite(value) else math.nan
