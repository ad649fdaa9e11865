"""Sit-to-stand as results: counts, times, evenness, drift, and how often the arms took part."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Array
from rehabgames.measures.samples import Samples, median, of_trace, share_percent, spacing_s, variation_percent
from rehabgames.measures.sit_to_stand import (
    FIVE,
    TEST_S,
    Levels,
    Stand,
    arm_pushes,
    chair_stands,
    five_times,
    stands,
    watched,
)
from rehabgames.signals.trace import Trace

SLOWEST_STEP_S: Final = 0.3  # postures are told apart by 300 ms
FEWEST_FOR_CV: Final = 3


def measure_sit_to_stand(
    hip_height: Trace, levels: Levels | None, *, go_s: float | None = None, hands: Sequence[Trace] = ()
) -> list[Measured]:
    """Repetitions, rise and sit time, CV and drift; with "go" also the 30 s and the five times test.

    hip_height in leg lengths; levels from a calibration, or `observed_levels`; None is UNCALIBRATED.
    hands are traces of `hand_height`, of the same frames; none gives no `arm_push`.
    """
    samples = of_trace(hip_height)
    why = _why_not(samples, levels)
    known = levels or Levels(math.nan, math.nan)
    found = stands(samples.t_s, samples.x, known) if why is Validity.GOOD else []

    def one(name: str, value: float, unit: str, how: Message, otherwise: Validity) -> Measured:
        bad = why if why is not Validity.GOOD else Validity.GOOD if math.isfinite(value) else otherwise
        return Measured(name, hip_height.name, value, unit, how, bad, samples.coverage)

    n = len(found)
    rise, sit = np.array([s.rising_s for s in found]), np.array([s.sitting_s for s in found])
    lasting = np.array([s.lasting_s for s in found])
    results = [
        one("sit_to_stands", float(n), "count", Message("how.sit_to_stands", {"n": n}), why),
        one("rise_time", median(rise), "s", Message("how.rise_time", {"n": n}), _lost(found)),
        one("sit_time", median(sit), "s", Message("how.sit_time", {"n": n}), _lost(found)),
        one(
            "sit_to_stand_cv",
            variation_percent(lasting[np.isfinite(lasting)], FEWEST_FOR_CV),
            "%",
            Message("how.sit_to_stand_cv", {"n": n}),
            Validity.TOO_FEW,
        ),
        one(
            "sit_to_stand_drift",
            _drift_percent(lasting),
            "%",
            Message("how.sit_to_stand_drift", {"n": n}),
            Validity.TOO_FEW,
        ),
    ]
    if go_s is not None:
        results += _tests(found, samples, known, go_s, one)
    if hands:
        results.append(one(*_arms(found, hip_height, hands)))
    return results


def _tests(
    found: Sequence[Stand],
    samples: Samples,
    levels: Levels,
    go_s: float,
    one: Callable[[str, float, str, Message, Validity], Measured],
) -> list[Measured]:
    times, height = samples.t_s, samples.x
    short = not len(times) or times[-1] < go_s + TEST_S or times[0] > go_s
    counted = chair_stands(found, times, height, levels, go_s)
    lasted = five_times(found, go_s)
    if not watched(times, go_s, go_s + lasted if math.isfinite(lasted) else go_s):
        lasted = math.nan
    enough = sum(1 for s in found if s.stand_s > go_s) >= FIVE
    return [
        one(
            "chair_stands_30s",
            counted,
            "count",
            Message("how.chair_stands_30s", {"seconds": TEST_S}),
            Validity.TOO_FEW if short else Validity.GAP,
        ),
        one(
            "five_times_sit_to_stand",
            lasted,
            "s",
            Message("how.five_times_sit_to_stand", {"n": FIVE}),
            Validity.GAP if enough else Validity.TOO_FEW,
        ),
    ]


def _arms(
    found: Sequence[Stand], hip: Trace, hands: Sequence[Trace]
) -> tuple[str, float, str, Message, Validity]:
    seen = [s for s in found if math.isfinite(s.rise_s)]
    pushed = [arm_pushes(hip.t_s, hip.x, hand.x, seen) for hand in hands]
    with_arms = sum(any(sides) for sides in zip(*pushed, strict=True))
    unseen = all(not np.isfinite(h.x).any() for h in hands)
    value = math.nan if unseen else share_percent(with_arms, len(seen))
    otherwise = max((h.reason for h in hands), default=Validity.UNSEEN) if unseen else Validity.TOO_FEW
    how = Message("how.arm_push", {"n": len(seen), "with_arms": with_arms})
    return "arm_push", value, "%", how, otherwise


def _why_not(samples: Samples, levels: Levels | None) -> Validity:
    if len(samples.t_s) < 2:
        return samples.why
    if levels is None or not levels.known:
        return Validity.UNCALIBRATED
    return Validity.TOO_SLOW if spacing_s(samples.t_s) > SLOWEST_STEP_S else Validity.GOOD


def _lost(found: Sequence[Stand]) -> Validity:
    return Validity.GAP if found else Validity.NO_MOVEMENT


def _drift_percent(lasting_s: Array) -> float:
    """How much longer the last repetition was than the first, per cent."""
    if len(lasting_s) and not math.isfinite(lasting_s[-1]):
        lasting_s = lasting_s[:-1]  # the last one was not finished
    if len(lasting_s) < 2:
        return math.nan
    return 100.0 * float(lasting_s[-1] - lasting_s[0]) / float(lasting_s[0])
