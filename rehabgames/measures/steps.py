"""Stepping as results: steps, cadence, variability, asymmetry and how high the feet are lifted."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.measures.samples import Samples, median, of_trace, rate_hz
from rehabgames.measures.stepping import (
    FEWEST_FOR_CV,
    FEWEST_PER_SIDE,
    NO_STEPS,
    SideSteps,
    both_sides,
    step_events,
    step_time_asymmetry,
    step_time_cv,
    step_times,
)
from rehabgames.signals.trace import Trace

# less is no step: about 3 cm of a foot. A knee that never moves wanders by 0.03 to 0.05 in a camera's eye.
LEAST_LIFT: Final = {"step_height": 0.03, "knee_lift": 0.10}  # leg lengths, thigh lengths
SLOWEST_HZ: Final = 8.0  # 250 ms need two pictures


def measure_stepping(left: Trace, right: Trace) -> list[Measured]:
    """Steps of both sides from `step_height` or `knee_lift` traces of the same frames.

    step_count, cadence, step_time, step_time_cv (10 steps or more), step_time_asymmetry (5 of each
    side), step_lift of each side. Where a side was not seen, what needs both has that side's reason.
    """
    traces, samples = (left, right), (of_trace(left), of_trace(right))
    reasons = [_why_not(s) for s in samples]
    found = [_found(*each) for each in zip(traces, samples, reasons, strict=True)]
    why = next((reason for reason in reasons if reason is not Validity.GOOD), Validity.GOOD)
    coverage = min(s.coverage for s in samples)
    name = left.name.partition(".")[0]
    steps = both_sides(found[0].at_s, found[1].at_s)
    both = np.intersect1d(samples[0].t_s, samples[1].t_s, assume_unique=True)  # when both were seen
    lasted, of_left = step_times(steps, both)
    n, usual_s, total_s = len(steps.at_s), median(lasted), float(lasted.sum())
    picture = 100.0 / (rate_hz(samples[0].t_s) * usual_s) if usual_s > 0 else math.nan

    def one(what: str, value: float, unit: str, how: Message) -> Measured:
        none = Validity.TOO_FEW if n else Validity.NO_MOVEMENT
        bad = why if why is not Validity.GOOD else Validity.GOOD if math.isfinite(value) else none
        return Measured(what, name, value, unit, how, bad, coverage)

    results = [
        one("step_count", float(n), "count", Message("how.step_count", {"n": n})),
        one(
            "cadence",
            60.0 * len(lasted) / total_s if total_s > 0 else math.nan,
            "1/min",
            Message("how.cadence", {"n": n}),
        ),
        one("step_time", usual_s, "s", Message("how.step_time", {"n": len(lasted)})),
        one(
            "step_time_cv",
            step_time_cv(lasted),
            "%",
            Message("how.step_time_cv", {"n": n, "least": FEWEST_FOR_CV, "picture_percent": picture}),
        ),
        one(
            "step_time_asymmetry",
            step_time_asymmetry(lasted, of_left),
            "%",
            Message("how.step_time_asymmetry", {"n": len(lasted), "least": FEWEST_PER_SIDE}),
        ),
    ]
    return results + [_lift(*each) for each in zip(traces, samples, found, reasons, strict=True)]


def _lift(trace: Trace, samples: Samples, steps: SideSteps, why: Validity) -> Measured:
    if why is Validity.GOOD and not len(steps.lift):
        why = Validity.NO_MOVEMENT
    how = Message("how.step_lift", {"n": len(steps.lift)})
    return Measured("step_lift", trace.name, median(steps.lift), trace.unit, how, why, samples.coverage)


def _found(trace: Trace, samples: Samples, why: Validity) -> SideSteps:
    if why is not Validity.GOOD:
        return NO_STEPS
    # step_height is one foot against the other: below 0 it is the other one that is lifted
    floor = 0.0 if trace.name.startswith("step_height") else None
    least = LEAST_LIFT.get(trace.name.partition(".")[0], LEAST_LIFT["step_height"])
    return step_events(samples.t_s, samples.x, floor=floor, least=least)


def _why_not(samples: Samples) -> Validity:
    if len(samples.t_s) < 3:
        return samples.why if samples.why is not Validity.GOOD else Validity.TOO_FEW
    return Validity.GOOD if rate_hz(samples.t_s) >= SLOWEST_HZ else Validity.TOO_SLOW
