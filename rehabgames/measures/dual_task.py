"""Dual-task effect: what doing two things at once costs (Plummer & Eskes 2015; MEASURES section 9).

Negative is always a cost, for motor and cognitive tasks alike. Deviations: the effect is taken over the
size of the single-task value, so that measures that are negative, such as SPARC, keep that rule; and
where the single-task value is near 0 only the difference is given, because the percentage explodes.
Single tasks have to be measured in the same session, before and after: their mean is the single value.
"""

from __future__ import annotations

import math
from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message

Pattern = Literal[
    "no_interference",
    "mutual_interference",
    "mutual_facilitation",
    "motor_interference",
    "cognitive_interference",
    "motor_facilitation",
    "cognitive_facilitation",
    "motor_priority",
    "cognitive_priority",
    "unknown",
]
UNCHANGED_PERCENT: Final = 5.0


class DualTask(NamedTuple):
    """percent is NaN where the single-task value is near 0; difference is in the measure's unit.
    Both are negative where the dual task was worse."""

    percent: float
    difference: float


class Interference(NamedTuple):
    """The effects of both tasks in percent, and what they say together."""

    motor: float
    cognitive: float
    pattern: Pattern


@np.errstate(all="ignore")
def dual_task_effect(
    single: npt.ArrayLike, dual: npt.ArrayLike, *, lower_is_better: bool = False, near_zero: float = 0.0
) -> DualTask:
    """100 (dual - single) / |single|, with its sign turned where lower is better.

    single, dual   a number, or several (before and after; trials), of which the mean is taken
    near_zero      size of the single-task value up to which no percentage is given, same unit
    NaN where a value is not finite or there is none.
    """
    alone, together = _mean(single), _mean(dual)
    difference = alone - together if lower_is_better else together - alone
    size = abs(alone)
    percent = 100.0 * difference / size if size > abs(near_zero) else math.nan
    return DualTask(*(value if math.isfinite(value) else math.nan for value in (percent, difference)))


def interference(
    motor: float, cognitive: float, unchanged_percent: float = UNCHANGED_PERCENT
) -> Interference:
    """The pair of effects, percent each. An effect within ± unchanged_percent counts as none.

    Priority is where one task gains while the other one pays. A NaN gives "unknown".
    """
    ways = [_way(effect, unchanged_percent) for effect in (motor, cognitive)]
    patterns: dict[tuple[int, int], Pattern] = {
        (0, 0): "no_interference",
        (-1, -1): "mutual_interference",
        (1, 1): "mutual_facilitation",
        (-1, 0): "motor_interference",
        (0, -1): "cognitive_interference",
        (1, 0): "motor_facilitation",
        (0, 1): "cognitive_facilitation",
        (1, -1): "motor_priority",
        (-1, 1): "cognitive_priority",
    }
    known = [way for way in ways if way is not None]
    return Interference(motor, cognitive, patterns[known[0], known[1]] if len(known) == 2 else "unknown")


def d_prime(hits: float, misses: float, false_alarms: float, correct_rejections: float) -> float:
    """Sensitivity z(H) - z(FA) of a yes–no task from its four counts.

    Rates are (count + 0.5) / (trials + 1), so that none is 0 or 1. NaN for counts that are negative or
    not finite, and where there was no signal or no noise trial.
    """
    counts = (hits, misses, false_alarms, correct_rejections)
    if not all(math.isfinite(count) and 0 <= count < 1e15 for count in counts):
        return math.nan
    signals, noises = hits + misses, false_alarms + correct_rejections
    if signals <= 0 or noises <= 0:
        return math.nan
    rates = np.array([(hits + 0.5) / (signals + 1.0), (false_alarms + 0.5) / (noises + 1.0)])
    hit_z, false_z = scipy.stats.norm.ppf(rates)
    return float(hit_z - false_z)


def dual_task(
    single: Measured, dual: Measured, *, lower_is_better: bool = False, near_zero: float = 0.0
) -> Measured:
    """Dual-task effect of one measure, in percent, or in its unit where the single value is near 0.

    TOO_FEW where the two are not the same measure; the reason of the one that is not good.
    """
    of = f"{single.name}.{single.of}" if single.of else single.name
    effect = dual_task_effect(single.value, dual.value, lower_is_better=lower_is_better, near_zero=near_zero)
    near = math.isnan(effect.percent)
    validity = next((each.validity for each in (single, dual) if not each.good), Validity.GOOD)
    if (single.name, single.of, single.unit) != (dual.name, dual.of, dual.unit):
        validity = Validity.TOO_FEW
    return Measured(
        name="dual_task_effect",
        of=of,
        value=effect.difference if near else effect.percent,
        unit=single.unit if near else "%",
        how=Message(
            "how.dual_task_effect", {"single": single.value, "dual": dual.value, "unit": single.unit}
        ),
        validity=validity,
        coverage=min(single.coverage, dual.coverage),
    )


def _mean(values: npt.ArrayLike) -> float:
    array = np.asarray(values, dtype=np.float64)
    return float(array.mean()) if array.size else math.nan


def _way(effect: float, unchanged: float) -> int | None:
    if not math.isfinite(effect):
        return None
    return 0 if abs(effect) <= unchanged else (1 if effect > 0 else -1)
