"""Finger tapping as results: size, speed, decrement, halts and rhythm of the taps, never one score."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Array
from rehabgames.measures.peaks import likeness
from rehabgames.measures.samples import Samples, median, of_trace, rate_hz
from rehabgames.measures.tapping import (
    FEWEST,
    NO_TAPS,
    decrement,
    decrement_slope,
    fastest_hz,
    find_taps,
    frequency_hz,
    halts,
    hesitations,
    interval_cv,
)
from rehabgames.signals.trace import Trace

FAST_CAMERA_HZ: Final = 60.0
LOST_PICTURES: Final = 0.95  # a camera of 60 gives 57 to 60 a second
LEAST_DEG: Final = 4.0
LEAST_RATIO: Final = 0.08
FASTEST_TAPS_HZ: Final = 10.0  # nobody taps faster; noise does
LEAST_LIKENESS: Final = 0.2  # of one picture to the next: 0 for noise, 0.3 for five pictures a tap
PICTURES_PER_TAP: Final = 4.0  # fewer cannot tell a tap from noise, or from a slower one


def measure_tapping(trace: Trace) -> list[Measured]:
    """Taps of one hand from `tap_angle` (deg), `pinch`, or another aperture as a ratio.

    tap_amplitude, opening and closing speed, decrement (slope, and last against first third), halts,
    hesitations, inter_tap_cv, tap_frequency, tap_count. Under 60 pictures a second the speeds are
    TOO_SLOW for tapping so fast that a sampled peak may be over 10 % low; at fewer than 4 pictures a
    tap all of it is. Over 10 taps a second are NOISE, and so is what changes from picture to picture
    as noise does.
    """
    samples = of_trace(trace)
    least = LEAST_DEG if trace.unit == "deg" else LEAST_RATIO
    taps = find_taps(samples.t_s, samples.x, least=least)
    n, fs_hz, often_hz = len(taps.at_s), rate_hz(samples.t_s), frequency_hz(taps)
    why, speed_why = _why_not(samples, fs_hz, often_hz, n)
    if why is not Validity.GOOD:
        taps, n = NO_TAPS, 0

    def one(name: str, value: float, unit: str, how: Message, bad: Validity = why) -> Measured:
        if bad is Validity.GOOD and not math.isfinite(value):
            bad = Validity.GAP if n >= FEWEST else Validity.TOO_FEW
        return Measured(name, trace.name, value, unit, how, bad, samples.coverage)

    def speed(name: str, values: Array, how: Message) -> Measured:
        return one(name, median(values), f"{trace.unit}/s", how, speed_why)

    rates = {"n": n, "pictures_hz": fs_hz, "limit_hz": fastest_hz(fs_hz)}
    slope = decrement_slope(taps.amplitude)
    stopped, faltered = float(np.sum(halts(taps))), float(np.sum(hesitations(taps.amplitude)))
    if n < FEWEST:
        stopped = faltered = math.nan
    return [
        one("tap_amplitude", median(taps.amplitude), trace.unit, Message("how.tap_amplitude", {"n": n})),
        speed("tap_opening_speed", taps.opening_speed, Message("how.tap_opening_speed", {**rates})),
        speed("tap_closing_speed", taps.closing_speed, Message("how.tap_closing_speed", {**rates})),
        one("tap_decrement_slope", slope, "%", Message("how.tap_decrement_slope", {"n": n})),
        one("tap_decrement", decrement(taps.amplitude), "%", Message("how.tap_decrement", {"n": n})),
        one("tap_halts", stopped, "count", Message("how.tap_halts", {"n": max(n - 1, 0)})),
        one("tap_hesitations", faltered, "count", Message("how.tap_hesitations", {"n": n})),
        one("inter_tap_cv", interval_cv(taps), "%", Message("how.inter_tap_cv", {"n": max(n - 1, 0)})),
        one("tap_frequency", frequency_hz(taps), "Hz", Message("how.tap_frequency", {"n": n})),
        one("tap_count", float(n), "count", Message("how.tap_count", {"n": n})),
    ]


def _why_not(samples: Samples, fs_hz: float, often_hz: float, n: int) -> tuple[Validity, Validity]:
    """Of everything, and of the speeds."""
    if len(samples.t_s) < 3:
        why = samples.why if samples.why is not Validity.GOOD else Validity.TOO_FEW
        return why, why
    if not n:
        return Validity.NO_MOVEMENT, Validity.NO_MOVEMENT
    if often_hz > FASTEST_TAPS_HZ:
        return Validity.NOISE, Validity.NOISE
    if often_hz > fs_hz / PICTURES_PER_TAP:
        return Validity.TOO_SLOW, Validity.TOO_SLOW
    if likeness(samples.x) < LEAST_LIKENESS:
        return Validity.NOISE, Validity.NOISE
    slow = fs_hz < LOST_PICTURES * FAST_CAMERA_HZ and often_hz > fastest_hz(fs_hz)
    return Validity.GOOD, Validity.TOO_SLOW if slow else Validity.GOOD
