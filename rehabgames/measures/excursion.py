"""One lean: its path along and across the axis that was asked for, and the five numbers of it.

Deviations from dynamic posturography: distances are those of the seen centre of mass, not of a force
plate's angle. Directional control compares the ways that were gone, on and off the axis, from onset to
endpoint, because the published formula does not say whether it means ways or distances; on a straight
lean both agree.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rehabgames.core.pose import Array, Mask
from rehabgames.signals.gaps import LONGEST_GAP_S, SLACK, usable

TRIAL_S: Final = 8.0
START_S: Final = 0.2  # the place before the cue, averaged
ONSET_SHARE: Final = 0.05
NOISE_TIMES: Final = 3.0
HELD_S: Final = 0.100
SAME_AXIS: Final = 1e-6
_ROUNDING_S: Final = 1e-9


class Excursion(NamedTuple):
    """One trial. Lengths in the unit of its path, directional control in percent.

    reaction_time_s      cue → first motion; the delay of camera and screen is not taken off
    mean_velocity        over 5–95 % of the way to the endpoint
    endpoint             distance along the axis where the first continuous attempt ended
    maximum              furthest along the axis in the trial
    directional_control  100 (way on the axis - way off it) / way on the axis; 100 is straight, and
                         NaN where only one axis is seen
    """

    reaction_time_s: float = math.nan
    mean_velocity: float = math.nan
    endpoint: float = math.nan
    maximum: float = math.nan
    directional_control: float = math.nan


class LeanPath(NamedTuple):
    """t_s (n,) from the cue on; on, off (n,) from the starting place along the axis and to its right,
    off NaN where it is not seen; velocity (n,) along the axis."""

    t_s: Array
    on: Array
    off: Array
    velocity: Array


@np.errstate(all="ignore")
def excursion(
    t_s: npt.ArrayLike,
    xy: npt.ArrayLike,
    direction_deg: float,
    *,
    cue_s: float,
    noise_speed: float = 0.0,
) -> Excursion:
    """The five numbers of one lean, from cue_s to at most 8 s after it.

    t_s, xy        (n,), (n, 2) as in LeanTrial; a path of a webcam is low-passed at 2–3 Hz first
    noise_speed    what rest alone gives; motion begins over the larger of 5 % of the peak and three
                   times this, held for 100 ms
    The endpoint is where the velocity along the axis first returns to 0 or less. NaN where nothing
    moved that way, where the direction lies on an axis that is not seen, for fewer than four samples,
    and over a gap of more than 100 ms. Raises ValueError for shapes that do not fit.
    """
    path = along(t_s, xy, direction_deg, cue_s=cue_s, longest_s=TRIAL_S)
    if path is None:
        return Excursion()
    attempt = first_attempt(path, noise_speed)
    if attempt is None:
        return Excursion()
    onset, end = attempt
    return Excursion(
        reaction_time_s=_finite(path.t_s[onset] - cue_s),
        mean_velocity=_mean_velocity(path, onset, end),
        endpoint=_finite(path.on[end]),
        maximum=_finite(path.on.max()),
        directional_control=_control(path, onset, end),
    )


def axis_of(direction_deg: float) -> Array | None:
    """(2,) unit vector, + right and + forward, its tiny parts 0; None for a bad number."""
    if not math.isfinite(direction_deg):
        return None
    angle = math.radians(direction_deg)
    axis = np.array([math.sin(angle), math.cos(angle)])
    return np.where(np.abs(axis) < SAME_AXIS, 0.0, axis)


@np.errstate(all="ignore")
def along(
    t_s: npt.ArrayLike, xy: npt.ArrayLike, direction_deg: float, *, cue_s: float, longest_s: float
) -> LeanPath | None:
    """The path (n, 2) in the axes of a direction: 0 = forward (column 1), 90 = right (column 0).

    It starts from the mean place of the 0.2 s up to the cue, or from the first sample after it. None
    for fewer than four samples after the cue, a gap of over 100 ms (and 1.5 frames) between them, numbers
    that are not finite, and a direction that needs a column without numbers. Raises ValueError for
    shapes that do not fit.
    """
    times, points = np.asarray(t_s, dtype=np.float64), np.asarray(xy, dtype=np.float64)
    if times.ndim != 1 or points.shape != (len(times), 2):
        raise ValueError(f"a lean has times (n,) and points (n, 2), not {times.shape} and {points.shape}")
    axis = axis_of(direction_deg)
    if axis is None or not math.isfinite(cue_s):
        return None
    seen: Mask = np.asarray(np.isfinite(points).any(axis=0))
    if not seen[axis != 0].all():
        return None
    kept = usable(times, points[:, seen])
    times, points = times[kept], points[kept]
    before = (times <= cue_s) & (times >= cue_s - START_S)
    after = (times >= cue_s) & (times <= cue_s + longest_s)
    if int(after.sum()) < 4:
        return None
    steps = np.diff(times[after])
    if steps.max() > max(LONGEST_GAP_S, SLACK * float(np.median(steps))) + _ROUNDING_S:
        return None
    start = points[before].mean(axis=0) if before.any() else points[after][0]
    gone = points[after] - start
    whole = np.where(seen, gone, 0.0)
    on = whole @ axis
    off = gone @ np.array([axis[1], -axis[0]]) if seen.all() else np.full(len(on), np.nan)
    velocity = np.gradient(on, times[after])
    if not (np.isfinite(on).all() and np.isfinite(velocity).all()):
        return None
    return LeanPath(times[after], on, off, velocity)


@np.errstate(all="ignore")
def first_attempt(path: LeanPath, noise_speed: float) -> tuple[int, int] | None:
    """(onset, end) of the first continuous movement along the axis, as indices of the path.

    Onset: velocity over the larger of 5 % of its peak and 3 noise_speed, for 100 ms. End: the first
    sample after it whose velocity is 0 or less, or the last one. None where nothing moved that way.
    """
    peak = float(path.velocity.max())
    threshold = max(ONSET_SHARE * peak, NOISE_TIMES * abs(noise_speed))
    if not peak > threshold:
        return None
    edges = np.flatnonzero(np.diff(np.concatenate([[False], path.velocity > threshold, [False]]).astype(int)))
    starts, stops = edges[::2], edges[1::2] - 1
    held = np.flatnonzero(path.t_s[stops] - path.t_s[starts] >= HELD_S - _ROUNDING_S)
    if not len(held):
        return None
    onset = int(starts[held[0]])
    over = np.flatnonzero(path.velocity[onset:] <= 0)
    return onset, onset + int(over[0]) if len(over) else len(path.t_s) - 1


def _mean_velocity(path: LeanPath, onset: int, end: int) -> float:
    gone = path.on[onset : end + 1] - path.on[onset]
    whole = gone[-1]
    if not whole > 0:
        return math.nan
    # velocity is positive all the way, so distance ascends and times can be read off it
    times = np.interp([0.05 * whole, 0.95 * whole], gone, path.t_s[onset : end + 1])
    return _finite(np.divide(0.9 * whole, times[1] - times[0]))


def _control(path: LeanPath, onset: int, end: int) -> float:
    on = float(np.abs(np.diff(path.on[onset : end + 1])).sum())
    off = float(np.abs(np.diff(path.off[onset : end + 1])).sum())
    return _finite(100.0 * np.divide(on - off, on)) if on > 0 else math.nan


def _finite(value: float) -> float:
    return float(value) if math.isfinite(value) else math.nan
