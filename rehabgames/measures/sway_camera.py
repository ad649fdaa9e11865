"""Sway as far as a front camera sees it: the centre of mass, from side to side (MEASURES section 6).

A front camera sees no forward and backward sway. The landmarks' jitter of 2 mm alone makes a path of
about 106 mm/s, so path and velocity are always refused. What is left is low-passed; the power that
the jitter has left in it is taken off; and under 5 mm RMS, as in quiet stance, nothing is claimed.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import scipy

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Array
from rehabgames.signals.gaps import uniform
from rehabgames.signals.trace import Trace
from rehabgames.signals.zero_lag import low_pass, response

CUTOFF_HZ: Final = 2.0
SHORTEST_S: Final = 20.0
SLOWEST_HZ: Final = 8.0
JITTER_FROM_HZ: Final = 3.0  # a body does not sway so fast: what is there is jitter
FLOOR_TRUNKS: Final = 0.01  # 5 mm of a trunk of half a metre
FLOOR_MM: Final = 5.0


class CameraSway(NamedTuple):
    """rms and range of the filtered series in its unit, noise_rms the jitter that was left in it; rms
    is what remains of the RMS without that."""

    rms: float
    range: float
    noise_rms: float


@np.errstate(all="ignore")
def jitter(x: Array, fs_hz: float) -> float:
    """White noise of an evenly sampled series (n,), RMS in its unit, by its power above 3 Hz.

    Jitter that is stronger at low frequencies is underrated by this. NaN under 8 Hz or 30 samples.
    """
    if len(x) < 30 or fs_hz < SLOWEST_HZ or not np.isfinite(x).all():
        return math.nan
    f_hz, power = scipy.signal.periodogram(x, fs=fs_hz, window="hann")
    above = power[(f_hz > JITTER_FROM_HZ) & (f_hz < fs_hz / 2)]
    return float(np.sqrt(above.mean() * fs_hz / 2)) if len(above) else math.nan


@np.errstate(all="ignore")
def camera_sway(x: Array, fs_hz: float, sigma: float, cutoff_hz: float = CUTOFF_HZ) -> CameraSway:
    """Of one axis (n,), evenly sampled, under white noise of RMS sigma in the same unit.

    NaN for series that are not finite or under 10 samples, and for a sigma that is not finite.
    Raises ValueError for a rate or cutoff that is not positive.
    """
    still = low_pass(np.asarray(x, dtype=np.float64), fs_hz, cutoff_hz)
    if not len(still) or not np.isfinite(still).all() or not math.isfinite(sigma):
        return CameraSway(math.nan, math.nan, math.nan)
    passed = float((response(np.linspace(0.0, fs_hz / 2, 2048), fs_hz, cutoff_hz) ** 2).mean())
    noise = abs(sigma) * math.sqrt(passed)
    rms = math.sqrt(max(0.0, float(np.var(still)) - noise**2))
    return CameraSway(rms, float(np.ptp(still)), noise)


def sway_measures(
    com_x: Trace, *, sigma: float | None = None, trunk_mm: float | None = None, cutoff_hz: float = CUTOFF_HZ
) -> list[Measured]:
    """RMS and range of side-to-side sway from the centre of mass; path and velocity as refused.

    com_x     Trace of the signal com_x, trunk lengths. Its longest stretch without a gap is taken.
    sigma     RMS of its jitter in trunk lengths; None estimates it from the trace itself (`jitter`)
    trunk_mm  length of this person's trunk where known: then results are in mm

    At least 20 s without a gap are needed; less is TOO_FEW, or the commonest reason why it was not
    seen. NOISE where the RMS is under 5 mm (0.01 trunk lengths) or no more than the jitter left in it.
    """
    known = trunk_mm is not None and math.isfinite(trunk_mm) and trunk_mm > 0
    scale, floor = (trunk_mm, FLOOR_MM) if known and trunk_mm is not None else (1.0, FLOOR_TRUNKS)
    unit = "mm" if known else com_x.unit
    x, fs_hz, why = _longest(com_x)
    found = CameraSway(math.nan, math.nan, math.nan)
    if why is Validity.GOOD:
        given = jitter(x, fs_hz) if sigma is None else sigma
        found = camera_sway(x * scale, fs_hz, given * scale, cutoff_hz)
        if not math.isfinite(found.rms):
            why = Validity.NO_BASELINE if not math.isfinite(given) else Validity.BAD_NUMBER
        elif found.rms < max(floor, found.noise_rms):
            why = Validity.NOISE
    n: dict[str, str | int | float] = {
        "seconds": len(x) / fs_hz if fs_hz > 0 else 0.0,
        "cutoff": cutoff_hz,
        "noise": found.noise_rms,
        "unit": unit,
    }
    refused = Validity.NOISE if why is Validity.GOOD else why
    rows = (
        ("sway_rms_ml", found.rms, unit, Message("how.sway_rms_ml", n), why),
        ("sway_range_ml", found.range, unit, Message("how.sway_range_ml", n), why),
        ("sway_mean_velocity", math.nan, f"{unit}/s", Message("how.sway_mean_velocity"), refused),
        ("sway_path_length", math.nan, unit, Message("how.sway_path_length"), refused),
    )
    return [
        Measured(name, "", value, of_unit, how, validity, com_x.coverage)
        for name, value, of_unit, how, validity in rows
    ]


def _longest(trace: Trace) -> tuple[Array, float, Validity]:
    """The longest stretch without a gap, evenly sampled, its rate, and why it will not do."""
    grid = uniform(trace.t_s, trace.x)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], np.isfinite(grid.x), [False]]).astype(np.int8)))
    if not len(edges):
        reason = trace.reason
        return np.empty(0), math.nan, Validity.TOO_FEW if reason is Validity.GOOD else reason
    starts, stops = edges[::2], edges[1::2]
    at = int(np.argmax(stops - starts))
    x = np.asarray(grid.x[starts[at] : stops[at]])
    if grid.fs_hz < SLOWEST_HZ:
        return x, grid.fs_hz, Validity.TOO_SLOW
    if len(x) < SHORTEST_S * grid.fs_hz:
        whole = len(grid.x) >= SHORTEST_S * grid.fs_hz
        mostly = trace.reason if trace.coverage < 0.5 else Validity.GAP
        return x, grid.fs_hz, mostly if whole else Validity.TOO_FEW
    return x, grid.fs_hz, Validity.GOOD
