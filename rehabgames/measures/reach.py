"""How a reach went: times, speed, straightness, and where it ended (MEASURES section 2).

A measure is shown where the peak speed is CLEAR_REACH times the speed of jitter, the factor of MEASURES
0.7. In simulation (0.05 to 0.5 m, 0.6 to 3 s, 0 to 5 mm, straight and curved) movement time then is
within 12 % and the path ratio within 0.06; below, noise shortens a movement's time, because its slow
ends drown, and a tracker that jumps lengthens its path.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from rehabgames.core.delay import Delay
from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Array, Mask
from rehabgames.measures.movement import Movement
from rehabgames.measures.reaching import Reach, judge

CLEAR_REACH: Final = 20.0
SLOWEST_HZ: Final = 9.0
ANTICIPATED_S: Final = 0.1
NOT_AN_ANSWER_S: Final = 3.0


@np.errstate(all="ignore")
def path_ratio(points: Array) -> float:
    """Length of a path (n, 2) or (n, 3) over the distance of its ends: 1 is straight. No unit.

    The path has to be one movement, low-passed: noise lengthens it. NaN for fewer than two points, one
    that is not finite, or ends that coincide. Raises ValueError for another shape.
    """
    points, chord = _chord(points)
    if not chord > 0:
        return math.nan
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    ratio = float(steps.sum()) / chord
    return max(1.0, ratio) if math.isfinite(ratio) else math.nan


@np.errstate(all="ignore")
def perpendicular_deviation(points: Array) -> float:
    """Greatest distance of a path (n, 2) or (n, 3) from the line through its ends, % of their distance.

    NaN and Raises as `path_ratio`.
    """
    points, chord = _chord(points)
    if not chord > 0:
        return math.nan
    along = (points[-1] - points[0]) / chord
    away = points - points[0]
    off = np.linalg.norm(away - (away @ along)[:, None] * along, axis=1)
    share = 100.0 * float(off.max()) / chord
    return share if math.isfinite(share) else math.nan


def reaction_time(onset_s: float, cue_s: float, delay: Delay | None) -> float:
    """Onset (by the stamps of pictures) minus cue (by the flip of its scene) minus what neither tells, s.

    NaN where the delay is unknown, and for what is no answer to the cue: under 0.1 s or over 3 s.
    """
    if delay is None:
        return math.nan
    seconds = onset_s - cue_s - delay.of_reaction_s
    return seconds if ANTICIPATED_S <= seconds <= NOT_AN_ANSWER_S else math.nan


def time_to_peak(movement: Movement) -> float:
    """When the peak of speed came, % of the movement's time; NaN where it has no time."""
    if not movement.duration_s > 0:
        return math.nan
    return 100.0 * (movement.peak_s - movement.onset_s) / movement.duration_s


class EndpointErrors(NamedTuple):
    """Where reaches ended against their targets, in the unit of the points or % of the target's size.

    constant  size of the mean error; constant_along + is too far, constant_across + is to the left of
              the way from start to target (x right, y up; to the right where y points down)
    variable  standard deviation (n - 1) about the mean error, both axes together
    absolute  mean distance from the target
    The along and across parts are NaN without starts, the variable ones with fewer than two reaches.
    """

    constant: float
    variable: float
    absolute: float
    constant_along: float
    constant_across: float
    variable_along: float
    variable_across: float


@np.errstate(all="ignore")
def endpoint_errors(
    selection: Array, target: Array, start: Array | None = None, *, size: float | None = None
) -> EndpointErrors:
    """Errors of n reaches that ended at selection (n, 2) for target (n, 2) from start (n, 2).

    Reaches that are not finite are left out. size: width of the target; with it errors are % of it.
    Raises ValueError for shapes that do not fit.
    """
    ends = [np.asarray(p, dtype=np.float64) for p in (selection, target, *([] if start is None else [start]))]
    if any(p.ndim != 2 or p.shape[1:] != (2,) or len(p) != len(ends[0]) for p in ends):
        raise ValueError("selection, target and start are points (n, 2), as many of each")
    error = ends[0] - ends[1]
    if size is not None:
        error = error * (100.0 / size) if size > 0 else np.full_like(error, np.nan)
    if start is None:
        split = np.full_like(error, np.nan)
    else:
        way = ends[1] - ends[2]
        along = way / np.linalg.norm(way, axis=1)[:, None]
        across = np.stack([-along[:, 1], along[:, 0]], axis=1)
        split = np.stack([(error * along).sum(axis=1), (error * across).sum(axis=1)], axis=1)
    mean, spread = _mean_and_spread(error)
    split_mean, split_spread = _mean_and_spread(split)
    whole = np.isfinite(error).all(axis=1)
    absolute = np.linalg.norm(error[whole], axis=1).mean() if whole.any() else math.nan
    numbers = (np.linalg.norm(mean), np.linalg.norm(spread), absolute, *split_mean, *split_spread)
    return EndpointErrors(*(float(x) if math.isfinite(x) else math.nan for x in numbers))


def measured(
    reach: Reach,
    *,
    of: str = "",
    unit: str = "arm lengths",
    cue_s: float = math.nan,
    delay: Delay | None = None,
) -> list[Measured]:
    """Every measure of one reach (see `reaching.find_reach`), or why it cannot be made.

    unit: of the path's lengths. cue_s: when the cue was shown, NaN where there was none. delay: of camera
    and screen, None where nobody knows it.
    """
    found, path = reach.movement, reach.path
    points = path.xy[found.first : found.stop] if found else np.empty((0, 2))
    validity = judge(reach, CLEAR_REACH)
    if validity is Validity.GOOD and path.fs_hz < SLOWEST_HZ:
        validity = Validity.TOO_SLOW
    values = {
        "movement_time": (found.duration_s if found else math.nan, "s"),
        "peak_velocity": (found.peak_speed if found else math.nan, f"{unit}/s"),
        "time_to_peak": (time_to_peak(found) if found else math.nan, "%"),
        "path_ratio": (path_ratio(points), ""),
        "perpendicular_deviation": (perpendicular_deviation(points), "%"),
    }
    numbers = reach.numbers(reach.clearance, CLEAR_REACH)
    results = [
        Measured(name, of, value, its_unit, Message(f"how.{name}", numbers), validity, reach.coverage)
        for name, (value, its_unit) in values.items()
    ]
    return [*results, _reaction(reach, validity, of, cue_s, delay)]


def _reaction(reach: Reach, validity: Validity, of: str, cue_s: float, delay: Delay | None) -> Measured:
    """Its ± is of the delay and of the pictures' rate: what may be wrong with all of them alike."""
    known = delay if delay is not None and math.isfinite(delay.seconds) else None
    seconds = within_s = math.nan
    if known is None:
        validity = Validity.NO_LATENCY
    elif not math.isfinite(cue_s):
        validity = Validity.TOO_FEW
    elif reach.movement:
        seconds = reaction_time(reach.movement.onset_s, cue_s, known)
        within_s = known.of_pictures(1 / reach.path.fs_hz)
    numbers = reach.numbers(reach.clearance, CLEAR_REACH)
    if known is not None:
        numbers |= {"delay_ms": round(1000 * known.of_reaction_s, 1), "origin": f"delay.{known.origin}"}
    how = Message("how.reaction_time", numbers)
    return Measured("reaction_time", of, seconds, "s", how, validity, reach.coverage, within_s)


def endpoints_measured(
    selection: Array, target: Array, start: Array, width: float, *, of: str = ""
) -> list[Measured]:
    """Constant (along the way), variable and absolute error of a set of reaches, % of the target's width."""
    errors = endpoint_errors(selection, target, start, size=width)
    ends = np.hstack([np.asarray(p, dtype=np.float64) for p in (selection, target, start)])
    whole: Mask = np.asarray(np.isfinite(ends).all(axis=1))
    validity = Validity.GOOD if whole.sum() >= 2 else Validity.TOO_FEW
    coverage = float(whole.mean()) if len(whole) else 0.0
    values = {
        "endpoint_constant": errors.constant_along,
        "endpoint_variable": errors.variable,
        "endpoint_absolute": errors.absolute,
    }
    return [
        Measured(
            name, of, value, "%", Message(f"how.{name}", {"reaches": int(whole.sum())}), validity, coverage
        )
        for name, value in values.items()
    ]


def _chord(points: Array) -> tuple[Array, float]:
    """The points and the distance of the last from the first; NaN where there is none."""
    points = np.asarray(points, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] not in {2, 3}:
        raise ValueError(f"a path has the shape (n, 2) or (n, 3), not {points.shape}")
    if len(points) < 2 or not np.isfinite(points).all():
        return points, math.nan
    return points, float(np.linalg.norm(points[-1] - points[0]))


def _mean_and_spread(error: Array) -> tuple[Array, Array]:
    """(2,) mean and (2,) standard deviation of the finite rows."""
    error = error[np.isfinite(error).all(axis=1)]
    unknown = np.full(2, np.nan)
    mean = error.mean(axis=0) if len(error) else unknown
    return mean, error.std(axis=0, ddof=1) if len(error) > 1 else unknown
