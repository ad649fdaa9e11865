"""Range of motion as results: the way, its two ends, and how much of it was slow enough for the camera.

A joint that rests seems to move wherever its landmarks tremble: percentiles of noise are a range. So a
signal with a noise of 1 degree (0.01 lengths) or more is smoothed by a zero-lag low-pass of 2 Hz first,
and a range under 16 RMS of the noise that it leaves is NOISE: it widens a range by some 3.5 of them. A
range of a signal that needs none, or whose noise at rest is slow, must be 8 RMS of it.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Array
from rehabgames.measures.ends_of_range import (
    RangeRepetition,
    Statistic,
    range_repetitions,
)
from rehabgames.measures.samples import Samples, bridge_s, of_trace, rate_hz
from rehabgames.signals.trace import Trace
from rehabgames.signals.zero_lag import low_pass, response

FEWEST: Final = 3
LEAST_DEG: Final = 5.0
LEAST_LENGTHS: Final = 0.05
SLOWEST_HZ: Final = 3.0
NOISE_TIMES: Final = 8.0  # a range under this many RMS of the noise is noise
LEFT_TIMES: Final = 16.0  # the same of what smoothing leaves, which is slow and lasts as long as a hold
NOISY_SHARE: Final = 0.2  # of the least movement: from this noise on the signal is smoothed
CUTOFF_HZ: Final = 2.0  # a raised cosine of 1 Hz keeps 97 % of its range
LEAST_SEEN: Final = 0.5  # of the frames: what fewer say is of the moments that were easy to see
LEAST_USABLE: Final = 0.2  # of the repetitions
ORDERS: Final = (2, 4)  # of differences: few pictures of a held movement, of a movement that never rests
SMOOTHED_HZ: Final = (24.0, 1000.0)  # pictures a second; with fewer, a fast movement looks like noise
SLOW_S: Final = 0.45  # each half of a way that smoothing leaves as it is: to 1.1 Hz
WILD_TIMES: Final = 6.0  # noises off its neighbours: a wild picture, which smoothing would spread


def measure_range(
    trace: Trace,
    *,
    neutral: float | None = None,
    towards: int = 1,
    statistic: Statistic = "percentile",
    noise: float | None = None,
) -> list[Measured]:
    """range_of_motion, end_of_range and neutral_position of the best of three or more repetitions.

    neutral    the rest position of a calibration, in the signal's unit; None takes each repetition's own
    towards    +1 where the joint moves towards higher numbers, -1 towards lower
    statistic  see `range_repetitions`
    noise      RMS of the signal at rest, in its unit; None or NaN where no rest is known. What the
               trace itself trembles by counts where it is more.

    Coverage is the share of repetitions that were seen without a gap and were slow enough for this
    camera. Where fewer than a fifth were, the reason is GAP or TOO_SLOW; fewer than three are TOO_FEW.
    Where under half of the frames could be measured, it is their commonest reason. Raises
    ValueError for another statistic, or where towards is neither +1 nor -1.
    """
    if towards not in {1, -1}:
        raise ValueError(f"a joint moves towards +1 or -1, not {towards}")
    samples = of_trace(trace)
    least = _least(trace.unit)
    t_s, x, clear, pictures = _quieted(samples, least, noise)
    found = range_repetitions(t_s, towards * x, least=least, statistic=statistic)
    usable = [r for r in found if r.seen and r.slow_enough and r.pictures >= pictures]
    why = _why_not(samples, found, usable, clear)
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


def tremble(x: Array) -> float:
    """RMS of the white noise in a series (n,), robustly; 0 for too few samples.

    From the differences of second or fourth order, whichever hold less: movement adds to both, noise
    is the same in both.
    """
    found = [_white(np.diff(x, order), order) for order in ORDERS if len(x) > order]
    return min(found, default=0.0)


def _white(differences: Array, order: int) -> float:
    return float(np.median(np.abs(differences))) / (0.6745 * math.sqrt(math.comb(2 * order, order)))


@np.errstate(all="ignore")
def _quieted(samples: Samples, least: float, noise: float | None) -> tuple[Array, Array, float, float]:
    """Times, values, and what a range must be to be no noise: smoothed where noise is large.
    Last the pictures that each half of its way must have, not to be narrowed by that.

    Only what changes from picture to picture is smoothed away; the slow rest of a known noise stays.
    """
    t_s, x = samples.t_s, samples.x
    white, fs_hz = tremble(x), rate_hz(t_s)
    known = noise if noise is not None and math.isfinite(noise) else 0.0
    if not max(known, white) >= NOISY_SHARE * least or not SMOOTHED_HZ[0] <= fs_hz <= SMOOTHED_HZ[1]:
        return t_s, x, NOISE_TIMES * max(known, white), 0.0
    middle = np.median(np.stack([x[:-2], x[1:-1], x[2:]]), axis=0)
    x = np.concatenate([x[:1], np.where(abs(x[1:-1] - middle) > WILD_TIMES * white, middle, x[1:-1]), x[-1:]])
    gaps = np.flatnonzero(np.diff(t_s) > bridge_s(t_s)) + 1
    smooth = low_pass(np.insert(x, gaps, np.nan), fs_hz, CUTOFF_HZ)
    smooth = np.delete(smooth, gaps + np.arange(len(gaps)))
    kept = np.isfinite(smooth)
    f_hz = np.linspace(0.0, fs_hz / 2, 200)
    passed = float(np.mean(response(f_hz, fs_hz, CUTOFF_HZ) ** 2))
    slow = math.sqrt(max(known**2 - white**2, 0.0))
    clear = math.hypot(NOISE_TIMES * slow, LEFT_TIMES * math.sqrt(passed) * white)
    return t_s[kept], smooth[kept], clear, SLOW_S * fs_hz


def _why_not(
    samples: Samples, found: list[RangeRepetition], usable: list[RangeRepetition], clear: float
) -> Validity:
    """clear: what a range must be to be no noise."""
    unmeasured = _unmeasured(samples)
    if unmeasured is not Validity.GOOD:
        return unmeasured
    if samples.coverage < LEAST_SEEN:
        return samples.why if samples.why is not Validity.GOOD else Validity.TOO_FEW
    if not found:
        return Validity.NO_MOVEMENT
    if len(found) < FEWEST:
        return Validity.TOO_FEW
    if len(usable) < max(1.0, LEAST_USABLE * len(found)):
        return Validity.TOO_SLOW if any(r.seen and r not in usable for r in found) else Validity.GAP
    return Validity.GOOD if max(r.range for r in usable) >= clear else Validity.NOISE
