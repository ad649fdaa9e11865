"""Range of motion as results: the way, its two ends, and how much of it was slow enough for the camera."""

from __future__ import annotations

import math
from typing import Final

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.measures.ends_of_range import (
    RangeRepetition,
    Statistic,
    range_repetitions,
)
from rehabgames.measures.samples import Samples, of_trace, rate_hz
from rehabgames.signals.trace import Trace

FEWEST: Final = 3
LEAST_DEG: Final = 5.0
LEAST_LENGTHS: Final = 0.05
SLOWEST_HZ: Final = 3.0


def measure_range(
    trace: Trace, *, neutral: float | None = None, towards: int = 1, statistic: Statistic = "percentile"
) -> list[Measured]:
    """range_of_motion, end_of_range and neutral_position of the best of three or more repetitions.

    neutral    the rest position of a calibration, in the signal's unit; None takes each repetition's own
    towards    +1 where the joint moves towards higher numbers, -1 towards lower
    statistic  see `range_repetitions`

    Coverage is the share of repetitions that were seen without a gap and were slow enough for this
    camera. Where none was, the reason is GAP or TOO_SLOW; fewer than three are TOO_FEW. Raises
    ValueError for another statistic, or where towards is neither +1 nor -1.
    """
    if towards not in {1, -1}:
        raise ValueError(f"a joint moves towards +1 or -1, not {towards}")
    samples = of_trace(trace)
    found = range_repetitions(samples.t_s, towards * samples.x, least=_least(trace.unit), statistic=statistic)
    usable = [r for r in found if r.seen and r.slow_enough]
    why = _why_not(samples, found, usable)
    coverage = len(usable) / len(found) if found else 0.0

    def moved(r: RangeRepetition) -> float:
        return r.end - (r.neutral if neutral is None else towards * neutral)

    best = max(usable, key=moved, default=None)
    values = (math.nan, math.nan, math.nan)
    if best is not None:
        rest = towards * best.neutral if neutral is None else neutral
        values = (moved(best), towards * best.end, rest)
    fs_hz = rate_hz(samples.t_s)
    counts = {"n": len(usable), "all": len(found), "pictures_hz": fs_hz}
    return [
        Measured(name, trace.name, value, trace.unit, how, why, coverage)
        for name, value, how in (
            ("range_of_motion", values[0], Message("how.range_of_motion", {**counts})),
            ("end_of_range", values[1], Message("how.end_of_range", {**counts})),
            ("neutral_position", values[2], Message("how.neutral_position", {**counts})),
        )
    ]


def _least(unit: str) -> float:
    return LEAST_DEG if unit == "deg" else LEAST_LENGTHS


def _unmeasured(samples: Samples) -> Validity:
    if len(samples.t_s) < 4:
        return samples.why if samples.why is not Validity.GOOD else Validity.TOO_FEW
    return Validity.GOOD if rate_hz(samples.t_s) >= SLOWEST_HZ else Validity.TOO_SLOW


def _why_not(samples: Samples, found: list[RangeRepetition], usable: list[RangeRepetition]) -> Validity:
    unmeasured = _unmeasured(samples)
    if unmeasured is not Validity.GOOD:
        return unmeasured
    if not found:
        return Validity.NO_MOVEMENT
    if len(found) < FEWEST:
        return Validity.TOO_FEW
    if usable:
        return Validity.GOOD
    return Validity.TOO_SLOW if any(r.seen for r in found) else Validity.GAP
