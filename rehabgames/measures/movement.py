"""Where a hand's movements begin and end (MEASURES section 2).

A path is low-passed without lag by a double Butterworth pass at a nominal cutoff, as in the simulation
that the noise rules of MEASURES 0.7 were found with.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from rehabgames.core.pose import Array
from rehabgames.measures.noise import noise_speed, quietest_noise
from rehabgames.signals.gaps import Uniform, uniform
from rehabgames.signals.zero_lag import derivative, low_pass

PEAK_SHARE: Final = 0.05
NOISE_TIMES: Final = 3.0
HOLD_S: Final = 0.100
HYSTERESIS: Final = 2.0  # a movement rises to twice the speed that ends it
FLOOR_SHARE: Final = 0.02  # of the path's fastest speed: below it nothing is a movement


@dataclass(frozen=True, slots=True, eq=False)
class HandPath:
    """A hand's path on an even grid, low-passed. NaN inside gaps and in stretches too short to filter.

    t_s (n,); xy (n, k) and raw (n, k) with and without the low-pass; speed (n,) per second;
    cutoff_hz nominal; noise RMS per axis at rest, NaN where unknown.
    """

    t_s: Array
    xy: Array
    raw: Array
    speed: Array
    fs_hz: float
    cutoff_hz: float
    noise: float

    @property
    def noise_speed(self) -> float:
        """Per axis; NaN where the noise is unknown."""
        return noise_speed(self.noise, self.fs_hz, self.cutoff_hz) if self.fs_hz > 0 else math.nan


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement of a HandPath, samples [first, stop).

    onset_s, offset_s, peak_s  between samples, by interpolation
    threshold  the speed that it was cut at: the greater of 5 % of its peak and 3 noise speeds
    whole      it begins and ends inside the path; a movement that is cut off has no duration
    seen       no sample of it is missing
    """

    first: int
    stop: int
    onset_s: float
    peak_s: float
    offset_s: float
    peak_speed: float
    threshold: float
    whole: bool
    seen: bool

    @property
    def duration_s(self) -> float:
        return self.offset_s - self.onset_s


def hand_path(t_s: Array, xy: Array, *, cutoff_hz: float = 6.0, noise: float | None = None) -> HandPath:
    """Path xy (n, k) at times (n,), any unit of length. noise None takes that of the quietest second.

    A series without two usable samples gives an empty path. Raises ValueError as `uniform` does.
    """
    return smoothed(uniform(t_s, xy), cutoff_hz, quietest_noise(t_s, xy) if noise is None else noise)


@np.errstate(all="ignore")
def smoothed(even: Uniform, cutoff_hz: float, noise: float) -> HandPath:
    """The path of a series that `uniform` has laid on an even grid."""
    if not len(even.t_s):
        return HandPath(even.t_s, even.x, even.x, np.empty(0), math.nan, cutoff_hz, noise)
    smooth = low_pass(even.x, even.fs_hz, cutoff_hz, true_cutoff=False)
    speed = np.linalg.norm(derivative(smooth, even.fs_hz), axis=1)
    speed = np.where(np.isfinite(speed), speed, np.nan)
    return HandPath(even.t_s, smooth, even.x, speed, even.fs_hz, cutoff_hz, noise)


@np.errstate(all="ignore")
def movements(path: HandPath, *, smallest: float = 0.0) -> list[Movement]:
    """Every movement of a recording, without cues, in order.

    A stretch above the noise is cut at 5 % of its own peak; what rises to less than twice that speed,
    or goes less far than `smallest` from where it began, is none.
    """
    speed = path.speed
    if not np.nanmax(speed, initial=0.0) > 0:
        return []
    least = _least(path)
    found: list[Movement] = []
    for low, high in _runs(speed, least, _hold(path)):
        part = speed[low:high]
        threshold = max(least, PEAK_SHARE * float(np.nanmax(part)))
        for first, stop in _runs(part, threshold, _hold(path)):
            made = _movement(path, low + first, low + stop, threshold)
            if made.peak_speed >= HYSTERESIS * threshold and _far(path, made) >= smallest:
                found.append(made)
    return found


@np.errstate(all="ignore")
def movement_after(
    path: HandPath,
    cue_s: float = -math.inf,
    reached_s: float = math.inf,
    *,
    target: Array | None = None,
    near: float = math.inf,
) -> Movement | None:
    """The movement that a cue asked for, or None where nothing moved.

    Onset: the first 100 ms above the threshold after cue_s. Offset: the first 100 ms below it within
    `near` of the target; without a target the end of the last movement begun before reached_s;
    without either the end of the movement that has the highest speed.
    """
    after = path.t_s >= cue_s
    begun = np.where(after, path.speed, 0.0)
    until = np.where(after & (path.t_s <= reached_s), path.speed, np.nan)
    away = None if target is None else np.linalg.norm(path.xy - target, axis=1)
    peak, chosen, threshold = float(np.nanmax(until, initial=0.0)), None, 0.0
    if not peak > 0:
        return None
    for _ in range(2):  # first above 5 % of the highest speed of all, then of its own
        threshold = max(_least(path), PEAK_SHARE * peak)
        runs = [run for run in _runs(begun, threshold, _hold(path)) if path.t_s[run[0]] <= reached_s]
        if not runs:
            break
        chosen = _chosen(runs, path, reached_s, away, near)
        peak = float(np.nanmax(path.speed[slice(*chosen)]))
    return _movement(path, *chosen, threshold) if chosen else None


def _chosen(
    runs: list[tuple[int, int]], path: HandPath, reached_s: float, away: Array | None, near: float
) -> tuple[int, int]:
    """From the first onset to the offset that `movement_after` means."""
    if away is not None:
        there = [stop for _, stop in runs if away[min(stop, len(away) - 1)] <= near]
        return runs[0][0], there[0] if there else runs[-1][1]
    if math.isfinite(reached_s):
        return runs[0][0], runs[-1][1]
    return max(runs, key=lambda run: float(np.nanmax(path.speed[slice(*run)])))


def _least(path: HandPath) -> float:
    """The speed that noise alone may have, or the ringing of a filter where there is no noise."""
    speed = path.noise_speed
    floor = FLOOR_SHARE * float(np.nanmax(path.speed, initial=0.0))
    return max(floor, NOISE_TIMES * speed) if math.isfinite(speed) else floor


def _hold(path: HandPath) -> int:
    return max(1, math.ceil(HOLD_S * path.fs_hz - 1e-6))


def _runs(speed: Array, threshold: float, hold: int) -> list[tuple[int, int]]:
    """Runs [first, stop) above the threshold, joined over breaks shorter than `hold`, that last `hold`.

    What nobody saw may have been moving: it joins what lies beside it, which then is not `seen`. Alone
    it is no run.
    """
    above = (speed > threshold) | ~np.isfinite(speed)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], above, [False]]).astype(np.int8)))
    first, stop = edges[::2], edges[1::2]
    if not len(first):
        return []
    apart = first[1:] - stop[:-1] >= hold
    first, stop = first[np.concatenate([[True], apart])], stop[np.concatenate([apart, [True]])]
    runs = [(int(a), int(b)) for a, b in zip(first, stop, strict=True) if b - a >= hold]
    return [(a, b) for a, b in runs if np.isfinite(speed[a:b]).any()]


def _far(path: HandPath, found: Movement) -> float:
    part = path.xy[found.first : found.stop]
    away = np.linalg.norm(part - part[0], axis=1)
    return float(np.nanmax(away)) if np.isfinite(away).any() else 0.0


def _movement(path: HandPath, first: int, stop: int, threshold: float) -> Movement:
    """Of samples [first, stop), of which one or more are finite."""
    speed, t_s = path.speed, path.t_s
    peak = first + int(np.nanargmax(speed[first:stop]))
    whole = first > 0 and stop < len(speed) and bool(speed[first - 1] <= threshold >= speed[stop])
    onset_s, offset_s = float(t_s[first]), float(t_s[stop - 1])
    if whole:
        onset_s = _crossing(path, first - 1, threshold)
        offset_s = _crossing(path, stop - 1, threshold)
    return Movement(
        first,
        stop,
        onset_s,
        _top_s(path, peak),
        offset_s,
        float(speed[peak]),
        threshold,
        whole,
        bool(np.isfinite(speed[first:stop]).all()),
    )


def _crossing(path: HandPath, before: int, threshold: float) -> float:
    """Time between two samples at which the speed passes the threshold."""
    a, b = path.speed[before], path.speed[before + 1]
    share = (threshold - a) / (b - a) if a != b else 0.0
    return float(path.t_s[before] + min(1.0, max(0.0, share)) / path.fs_hz)


def _top_s(path: HandPath, peak: int) -> float:
    """Time of the parabola's top through the highest sample and its neighbours."""
    if 0 < peak < len(path.speed) - 1:
        a, b, c = path.speed[peak - 1 : peak + 2]
        bend = a - 2 * b + c
        if bend < 0:
            return float(path.t_s[peak] + 0.5 * (a - c) / bend / path.fs_hz)
    return float(path.t_s[peak])
