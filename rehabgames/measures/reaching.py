"""Find one reach in a hand's path, and how clearly it stands out from what the camera adds.

A camera adds two things. Jitter is there at rest too and is white: a low-pass takes most of it away.
Wobble comes from the tracker only while the arm moves, because its error depends on where the arm is.
It lies at 2 to 4 Hz like a patient's submovements and no filter tells them apart. Measured with
MediaPipe on drawn figures (6 looks, 180 minimum-jerk reaches of 0.2 to 0.45 m in 0.6 to 2 s): an error of
2 px, whose speed is that of white noise of WOBBLE at 30 Hz, whatever the noise at rest. Below a peak
speed of 1.0 arm lengths a second it makes an ideal reach look like a patient's.

The cutoff is the highest of CUTOFFS_HZ at which the reach stands clear of both, so that a clean signal
keeps a tremor that a noisy one has to lose. MEASURES 0.6 has 4 to 6 Hz for the arm.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from rehabgames.core.measured import Validity
from rehabgames.core.pose import Array
from rehabgames.measures.movement import HandPath, Movement, movement_after, smoothed
from rehabgames.measures.noise import moving_noise, noise_speed, quietest_noise
from rehabgames.signals.gaps import uniform, usable

CUTOFFS_HZ: Final = (10.0, 8.0, 6.0, 5.0, 4.5, 4.0, 3.5, 3.0)
OF_RATE: Final = 0.4  # a cutoff above this share of the sampling rate is no filter
CLEAR: Final = 35.0  # peak speed over noise speed, for smoothness; see `smoothness`
WOBBLE: Final = 0.0055  # arm lengths, RMS per axis: 3.1 mm
WOBBLE_HZ: Final = 30.0
SHAKING: Final = 1.5  # jitter while moving over jitter at rest, from where on it counts
HOPE: Final = 0.8
SIGN: Final = 6.0  # wobble is at most so many times what it leaves above the highest cutoff
AROUND_S: Final = 1.5
FEWEST_SAMPLES: Final = 5
MOST_CLEAR: Final = 1000.0  # as a number for people; without noise it has no bound


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """One reach, prepared for its measures.

    clearance   its peak speed over the speed of jitter (infinite without any, NaN where unknown)
    steadiness  its peak speed over the speed of jitter or wobble, whichever is greater
    coverage    share of its camera samples that could be used
    """

    path: HandPath
    movement: Movement | None
    clearance: float
    steadiness: float
    coverage: float

    def numbers(self, clearance: float, needed: float) -> dict[str, str | int | float]:
        """What its measures depend on, for `Measured.how`; finite, so that it can be written down."""
        return {
            "cutoff_hz": self.path.cutoff_hz,
            "fs_hz": round(self.path.fs_hz, 1) if math.isfinite(self.path.fs_hz) else 0.0,
            "clearance": round(min(clearance, MOST_CLEAR), 1) if clearance >= 0 else 0.0,
            "needed": needed,
        }


@np.errstate(all="ignore")
def find_reach(
    t_s: Array,
    xy: Array,
    *,
    noise: float | None = None,
    wobble: float = WOBBLE,
    cue_s: float = -math.inf,
    reached_s: float = math.inf,
    target: Array | None = None,
    near: float = math.inf,
) -> Reach:
    """Find the reach that follows a cue in a hand's path xy (n, k), and the cutoff that suits it.

    It needs the hand for half a second or more before and after.
    noise   RMS per axis at rest (`noise.rest_noise`); None takes that of the quietest second
    wobble  of the tracker, in the unit of the path; the default is MediaPipe's in arm lengths. It counts
            only as far as the path shows anything above the highest cutoff
    cue_s, reached_s, target and near: see `movement_after`.
    """
    t_s, xy = np.asarray(t_s, dtype=np.float64), np.asarray(xy, dtype=np.float64)
    sigma = quietest_noise(t_s, xy) if noise is None else noise
    rate = _rate_hz(t_s)
    near_by = (t_s >= cue_s - AROUND_S) & (t_s <= reached_s + AROUND_S)
    t_s, xy = t_s[near_by], xy[near_by]
    even = uniform(t_s, xy, rate)
    possible = [hz for hz in CUTOFFS_HZ if hz <= OF_RATE * even.fs_hz] or [CUTOFFS_HZ[-1]]

    def low_passed(cutoff_hz: float) -> Reach:
        path = smoothed(even, cutoff_hz, sigma)
        found = movement_after(path, cue_s, reached_s, target=target, near=near)
        return Reach(path, found, math.nan, math.nan, _coverage(t_s, xy, found))

    reach = low_passed(possible[0])
    jitter, shaking = _jitter_and_wobble(reach.path, reach.movement, wobble)
    reach = _against(reach, jitter, shaking)
    for cutoff_hz in possible[1:]:
        if reach.steadiness >= CLEAR:
            break
        if cutoff_hz == possible[-1] or _hopeful(reach, cutoff_hz, jitter, shaking):
            reach = _against(low_passed(cutoff_hz), jitter, shaking)
    return reach


def judge(reach: Reach, clear: float) -> Validity:
    """Whether a measure that needs a peak speed of `clear` jitter speeds may be made of this reach."""
    path, found = reach.path, reach.movement
    if not len(path.t_s):
        return Validity.TOO_FEW
    if found is None:
        return Validity.NO_MOVEMENT if np.isfinite(path.speed).any() else Validity.GAP
    if not found.seen:
        return Validity.GAP
    if not found.whole or found.stop - found.first < FEWEST_SAMPLES:
        return Validity.TOO_FEW
    if math.isnan(reach.clearance):
        return Validity.NO_BASELINE
    return Validity.GOOD if reach.clearance >= clear else Validity.NOISE


def _jitter_and_wobble(path: HandPath, found: Movement | None, wobble: float) -> tuple[float, float]:
    """RMS per axis that counts, from what the highest cutoff takes off, which is hardly ever movement."""
    if found is None:
        return path.noise, wobble
    part = slice(found.first, found.stop)
    moving, rest = moving_noise(path.raw[part], path.xy[part], path.fs_hz, path.cutoff_hz), path.noise
    if math.isnan(moving):
        return rest, 0.0
    known = rest if math.isfinite(rest) else 0.0
    return moving if moving > SHAKING * known else known, min(wobble, SIGN * moving)


def _against(reach: Reach, jitter: float, wobble: float) -> Reach:
    path, found = reach.path, reach.movement
    if found is None:
        return reach
    jittering = noise_speed(jitter, path.fs_hz, path.cutoff_hz)
    wobbling = noise_speed(wobble, WOBBLE_HZ, path.cutoff_hz)
    both = max(jittering, wobbling) if math.isfinite(jittering) else math.nan
    return replace(
        reach, clearance=_over(found.peak_speed, jittering), steadiness=_over(found.peak_speed, both)
    )


def _hopeful(reach: Reach, cutoff_hz: float, jitter: float, wobble: float) -> bool:
    """Whether a lower cutoff may be enough; it spares the filtering where it is far from it."""
    expected = _against(replace(reach, path=replace(reach.path, cutoff_hz=cutoff_hz)), jitter, wobble)
    return expected.steadiness >= HOPE * CLEAR


def _rate_hz(t_s: Array) -> float | None:
    """Of the whole recording, so that every reach of it has the same; None where times do not advance."""
    steps = np.diff(t_s[np.isfinite(t_s)])
    steps = steps[steps > 0]
    rate = 1.0 / float(np.median(steps)) if len(steps) else math.inf
    return rate if 0 < rate < math.inf else None


def _over(peak: float, noise: float) -> float:
    if noise > 0:
        return peak / noise
    return math.inf if noise == 0 else math.nan


def _coverage(t_s: Array, xy: Array, found: Movement | None) -> float:
    if found is not None:
        inside = (t_s >= found.onset_s) & (t_s <= found.offset_s)
        t_s, xy = t_s[inside], xy[inside]
    return float(usable(t_s, xy).mean()) if len(t_s) else 0.0
