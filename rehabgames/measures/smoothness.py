"""Smoothness of one movement: SPARC first, movement units second, LDLJ to compare (MEASURES section 3).

Sources: Balasubramanian et al. 2012, 2015 (SPARC, DLJ); Frykberg et al. 2021 (movement units).
None of them is for rhythmic movement, and an out-and-back movement is two movements.

The gate. Noise makes a slow ideal reach look impaired, so a value is shown only where the reach's
peak speed is CLEAR times the speed of the noise or more (`reaching`: jitter and the tracker's wobble).
MEASURES 0.7 asks for 20; in simulation (ideal reaches, 0.15 to 0.5 m, 0.6 to 3 s, 15 to 60 Hz, white
noise of 0 to 5 mm) that lets 2.8 % of the values be off by over 0.15, 35 lets 0.1 %. The cutoff comes down
from 10 to 3 Hz as far as the noise asks for it, and what lies above it is not in the value.

The threshold. SPARC looks at the spectrum above 5 % of its peak. The tracker's wobble alone, a ripple of
3 % of the speed, lifts the first side lobe of an ideal reach over that, and each lobe costs 0.14. Through
MediaPipe (8 looks, 40 ideal reaches of 0.5 to 0.9 s; 4 looks, 24 of one to three submovements) 5 % puts
36 % of the ideal values off by over 0.15, with a bias of -0.14; 11 % puts none off, with a bias of
+0.04. Jerky ones come out smoother by 0.09, at worst by 0.43, by what the filter takes. So what is
measured uses CAMERA_THRESHOLD, and says so; it compares with itself, and with published values within
those errors. The speed profile ends at 5 % of the peak, not at three noise speeds: a bell that is cut
higher up looks rough by its edges.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import scipy

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Array
from rehabgames.measures.movement import PEAK_SHARE, HandPath, Movement
from rehabgames.measures.reaching import CLEAR, Reach, judge

CAMERA_THRESHOLD: Final = 0.11
FEWEST_SAMPLES: Final = 10
SLOWEST_HZ: Final = 14.0  # below, movement units of 2 to 3 a second are averaged away
UNITS_APART_S: Final = 0.150
UNIT_SHARE: Final = 0.10
UNIT_NOISE_TIMES: Final = 4.0
UNIT_RISE: Final = 0.036  # arm lengths a second: 20 mm/s with an arm of 0.55 m


@np.errstate(all="ignore")
def sparc(
    speed: Array, fs_hz: float, *, padlevel: int = 4, fc_hz: float = 10.0, amp_threshold: float = 0.05
) -> float:
    """Spectral arc length of a speed profile (n,): no unit, at most 0, closer to 0 is smoother.

    One ideal movement has -1.40. Values with other parameters do not compare. NaN for fewer than two
    samples, for a sample that is not finite, for no speed, and where one frequency alone is kept.
    As in the reference program fc_hz may lie above half the sampling rate. Raises ValueError for a
    rate, cutoff or threshold out of range, or a speed that is not one-dimensional.
    """
    speed = _checked(speed, fs_hz)
    if padlevel < 0 or not fc_hz > 0 or not 0 <= amp_threshold < 1:
        raise ValueError("SPARC needs padlevel >= 0, fc_hz > 0 and amp_threshold from 0 to below 1")
    if len(speed) < 2:
        return math.nan
    size = 2 ** (math.ceil(math.log2(len(speed))) + padlevel)
    f_hz = np.arange(size) * (fs_hz / size)
    magnitude = np.abs(scipy.fft.fft(speed, size))
    magnitude = magnitude / magnitude.max()
    kept = f_hz <= fc_hz
    f_hz, magnitude = f_hz[kept], magnitude[kept]
    strong = np.flatnonzero(magnitude >= amp_threshold)
    if len(strong) < 2:
        return math.nan
    f_hz, magnitude = f_hz[strong[0] : strong[-1] + 1], magnitude[strong[0] : strong[-1] + 1]
    steps = np.diff(f_hz) / (f_hz[-1] - f_hz[0])
    return _finite(-float(np.hypot(steps, np.diff(magnitude)).sum()))


@np.errstate(all="ignore")
def dimensionless_jerk(speed: Array, fs_hz: float) -> float:
    """-(T³ / peak²)·∫|d²v/dt²|² dt of a speed profile (n,); an ideal movement has -204.8.

    NaN for fewer than three samples, one that is not finite, or no speed. Raises ValueError as `sparc`.
    """
    speed = _checked(speed, fs_hz)
    if len(speed) < 3:
        return math.nan
    dt_s = 1.0 / fs_hz
    bend = np.diff(speed, 2) / dt_s**2
    return _finite(-((len(speed) * dt_s) ** 3) * float((bend**2).sum()) * dt_s)


@np.errstate(all="ignore")
def ldlj(speed: Array, fs_hz: float) -> float:
    """Log dimensionless jerk, -ln|DLJ|; an ideal movement has -5.322, closer to 0 is smoother.

    With a webcam it tells of noise and rest at the ends rather than of the movement. NaN as
    `dimensionless_jerk`, and where there is no jerk at all.
    """
    jerk = abs(dimensionless_jerk(speed, fs_hz))
    return _finite(-math.log(jerk)) if jerk > 0 else math.nan


@np.errstate(all="ignore")
def movement_units(speed: Array, fs_hz: float, *, least_rise: float = 0.0, noise_speed: float = 0.0) -> float:
    """How many times a speed profile (n,) rises from a minimum to a maximum: 1 for an ideal movement.

    A rise counts above the greatest of least_rise, 10 % of the peak and 4 noise speeds (units of
    `speed`; MEASURES section 3), and its peak comes 150 ms or more after the last one. NaN for no samples
    or one that is not finite. Raises ValueError for a rate that is not positive.
    """
    speed = _checked(speed, fs_hz, scaled=False)
    if not len(speed):
        return math.nan
    rise = max(least_rise, UNIT_SHARE * float(speed.max()), UNIT_NOISE_TIMES * noise_speed)
    turns = np.flatnonzero(np.diff(np.sign(np.diff(speed)))) + 1
    low, high, last, count = float(speed[0]), -math.inf, -math.inf, 0
    at = 0
    for i in (*turns.tolist(), len(speed) - 1):
        value = float(speed[i])
        if value > high:
            high, at = value, i
        if high - low > rise and (high - value > rise or i == len(speed) - 1):
            if at - last >= UNITS_APART_S * fs_hz - 1e-6:
                count, last = count + 1, at
            low, high = value, -math.inf
        elif value < low:
            low, high = value, -math.inf
    return float(count)


def gate(reach: Reach, *, clear: float = CLEAR) -> Validity:
    """Whether the smoothness of a reach may be shown, or why not."""
    validity, found = judge(reach, 0.0), reach.movement
    if found is None or validity is not Validity.GOOD:
        return validity
    if reach.path.fs_hz < SLOWEST_HZ:
        return Validity.TOO_SLOW
    if len(profile(reach.path, found)) < FEWEST_SAMPLES:
        return Validity.TOO_FEW
    return Validity.GOOD if reach.steadiness >= clear else Validity.NOISE


def profile(path: HandPath, found: Movement) -> Array:
    """(m,) speed of a movement, widened at both ends to 5 % of its peak."""
    above = path.speed > PEAK_SHARE * found.peak_speed
    before = np.flatnonzero(~above[: found.first])
    after = np.flatnonzero(~above[found.stop :])
    first = int(before[-1]) + 1 if len(before) else 0
    stop = found.stop + int(after[0]) if len(after) else len(above)
    return path.speed[first:stop]


def measured(reach: Reach, *, of: str = "", least_rise: float = UNIT_RISE) -> list[Measured]:
    """SPARC, movement units and LDLJ of one reach (see `reaching.find_reach`), or why there are none."""
    validity, path = gate(reach), reach.path
    numbers = {"sparc": math.nan, "movement_units": math.nan, "ldlj": math.nan}
    if validity is Validity.GOOD and reach.movement:
        speed, fs_hz = profile(path, reach.movement), path.fs_hz
        noise_speed = reach.movement.peak_speed / reach.steadiness
        numbers = {
            "sparc": sparc(speed, fs_hz, fc_hz=min(10.0, fs_hz / 2), amp_threshold=CAMERA_THRESHOLD),
            "movement_units": movement_units(speed, fs_hz, least_rise=least_rise, noise_speed=noise_speed),
            "ldlj": ldlj(speed, fs_hz),
        }
    how = reach.numbers(reach.steadiness, CLEAR)
    hows = {"sparc": {**how, "threshold": CAMERA_THRESHOLD}}
    return [
        Measured(
            name,
            of,
            value,
            "",
            Message(f"how.{name}", hows.get(name, how)),
            validity,
            reach.coverage,
        )
        for name, value in numbers.items()
    ]


def _checked(speed: Array, fs_hz: float, *, scaled: bool = True) -> Array:
    """The speed with its greatest size made 1; empty where it has none or is not finite throughout."""
    if not (fs_hz > 0 and math.isfinite(fs_hz)):
        raise ValueError(f"the sampling rate must be a positive number of hertz, not {fs_hz}")
    speed = np.asarray(speed, dtype=np.float64)
    if speed.ndim != 1:
        raise ValueError(f"a speed profile has the shape (n,), not {speed.shape}")
    if not len(speed) or not np.isfinite(speed).all():
        return np.empty(0)
    if not scaled:
        return speed
    top = float(np.abs(speed).max())
    return speed / top if top > 0 else np.empty(0)


def _finite(value: float) -> float:
    return value if math.isfinite(value) else math.nan
