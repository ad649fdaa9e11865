"""Rhythm: how near the beat somebody taps or steps, and how evenly.

Source: MEASURES section 9; Rayleigh's test with the approximation of Zar 1999, equation 27.4 (that
of the CircStat toolbox and of pingouin). Angles are of one period of the beat; late is positive.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Array
from rehabgames.measures.samples import variation_percent

FEWEST: Final = 5  # fewer responses say nothing about how even they are


class Rhythm(NamedTuple):
    """Asynchronies in seconds (late is positive, SD with n - 1), their circular mean in rad and
    resultant length, Rayleigh's z and p, mean and CV of the intervals between responses, and by how
    many per cent they are longer than the beat's period."""

    mean_asynchrony_s: float
    sd_asynchrony_s: float
    circular_mean_rad: float
    resultant: float
    rayleigh_z: float
    rayleigh_p: float
    interval_s: float
    interval_cv_percent: float
    period_error_percent: float


def asynchronies(taps_s: Array, beats_s: Array) -> Array:
    """(n,) each tap's time after its nearest beat, s; taps or beats that are not finite are left out,
    and no beats give an empty row."""
    taps, beats = _finite(taps_s), np.sort(_finite(beats_s))
    if not len(beats):
        return np.zeros(0)
    after = np.clip(np.searchsorted(beats, taps), 1, max(len(beats) - 1, 1))
    late, early = beats[after - 1], beats[np.minimum(after, len(beats) - 1)]
    nearest = np.where(taps - late <= early - taps, late, early)
    return np.asarray(taps - nearest)


@np.errstate(all="ignore")
def rhythm(taps_s: Array, beats_s: Array, period_s: float, *, latency_s: float = 0.0) -> Rhythm:
    """Taps (n,) against beats (m,), both in seconds of the same clock.

    latency_s is how much later than it happened a tap is known; it is taken off. Numbers that
    cannot be computed are NaN. Raises ValueError where the period is not positive.
    """
    if not period_s > 0 or not math.isfinite(period_s):
        raise ValueError(f"the period of a beat must be positive and finite, not {period_s}")
    taps = np.sort(_finite(taps_s)) - latency_s
    late = asynchronies(taps, beats_s)
    mean, sd = (float(late.mean()), _sd(late)) if len(late) else (math.nan, math.nan)
    angle, resultant = circular(2 * math.pi * late / period_s)
    z, p = rayleigh(resultant, len(late))
    intervals = np.diff(taps)
    interval = float(intervals.mean()) if len(intervals) else math.nan
    cv = variation_percent(intervals, 2)
    numbers = (mean, sd, angle, resultant, z, p, interval, cv, 100.0 * (interval - period_s) / period_s)
    return Rhythm(*(v if math.isfinite(v) else math.nan for v in numbers))


def circular(angles_rad: Array) -> tuple[float, float]:
    """Mean direction in rad and resultant length 0..1; NaN for none."""
    if not len(angles_rad):
        return math.nan, math.nan
    mean = complex(np.exp(1j * np.asarray(angles_rad, dtype=np.float64)).mean())
    return math.atan2(mean.imag, mean.real), abs(mean)


def rayleigh(resultant: float, n: int) -> tuple[float, float]:
    """z and p that n directions of this resultant length came from all sides alike; NaN for none."""
    if n < 1 or not math.isfinite(resultant):
        return math.nan, math.nan
    total = resultant * n
    p = math.exp(math.sqrt(1 + 4 * n + 4 * max(n**2 - total**2, 0.0)) - (1 + 2 * n))
    return total**2 / n, min(p, 1.0)


def measure_rhythm(
    taps_s: Array, beats_s: Array, period_s: float, *, of: str = "", latency_s: float | None = None
) -> list[Measured]:
    """Asynchrony (needs the measured latency), its SD, circular R, Rayleigh's p, CV, period error.

    Coverage is the share of beats with a response within half a period. Fewer than 5 responses are
    TOO_FEW; times that go backwards are TIME; without `latency_s` the mean asynchrony is NO_LATENCY.
    Raises ValueError where the period is not positive.
    """
    found = rhythm(taps_s, beats_s, period_s, latency_s=latency_s or 0.0)
    beats, taps = _finite(beats_s), _finite(taps_s)
    n, coverage = len(taps), _answered(taps, beats, period_s, latency_s or 0.0)
    why = Validity.TOO_FEW if n < FEWEST or not len(beats) else Validity.GOOD
    if len(taps) > 1 and not (np.diff(taps) > 0).all():
        why = Validity.TIME
    latency = Validity.NO_LATENCY if why is Validity.GOOD and latency_s is None else why
    known_ms = math.nan if latency_s is None else 1000 * latency_s
    ms, gaps = 1000.0, max(n - 1, 0)
    rows = (
        ("asynchrony_sd", ms * found.sd_asynchrony_s, "ms", Message("how.asynchrony_sd", {"n": n})),
        ("rhythm_consistency", found.resultant, "ratio", Message("how.rhythm_consistency", {"n": n})),
        ("rayleigh_p", found.rayleigh_p, "ratio", Message("how.rayleigh_p", {"n": n})),
        ("inter_response_cv", found.interval_cv_percent, "%", Message("how.inter_response_cv", {"n": gaps})),
        (
            "period_error",
            found.period_error_percent,
            "%",
            Message("how.period_error", {"period_ms": ms * period_s}),
        ),
    )
    mean = Message("how.asynchrony", {"n": n, "latency_ms": known_ms})
    first = Measured("asynchrony", of, ms * found.mean_asynchrony_s, "ms", mean, latency, coverage)
    return [
        first,
        *(Measured(name, of, value, unit, how, why, coverage) for name, value, unit, how in rows),
    ]


def _answered(taps: Array, beats: Array, period_s: float, latency_s: float) -> float:
    if not len(beats) or not len(taps):
        return 0.0
    with np.errstate(all="ignore"):
        distance = np.abs(asynchronies(beats, taps - latency_s))
    return float((distance <= period_s / 2).mean())


def _finite(values: Array) -> Array:
    v = np.asarray(values, dtype=np.float64)
    if v.ndim != 1:
        raise ValueError(f"times are one row of numbers, not of shape {v.shape}")
    with np.errstate(invalid="ignore"):
        return v[np.abs(v) < 1e12]


def _sd(values: Array) -> float:
    return float(values.std(ddof=1)) if len(values) > 1 else math.nan
