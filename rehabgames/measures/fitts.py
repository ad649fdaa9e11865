"""Throughput of aimed movements, ISO 9241-411 (MEASURES section 2).

MacKenzie 2018; the effective amplitude follows MacKenzie's GoFitts: |target - start| + dx of each trial.
One value belongs to one sequence of trials with one amplitude and width, never to a single trial.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import Final, Literal, NamedTuple

import numpy as np
import scipy

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Array

WIDTHS_PER_SD: Final = 4.133
FEWEST_TRIALS: Final = 15

WidthFrom = Literal["spread", "errors", "target"]


def index_of_difficulty(amplitude: float, width: float, *, formula: str = "shannon") -> float:
    """Bits: "shannon" log2(A/W + 1), "fitts" log2(2A/W).

    NaN where an argument is not positive and finite. Raises ValueError for another formula.
    """
    if formula not in {"shannon", "fitts"}:
        raise ValueError(f"the formula is 'shannon' or 'fitts', not '{formula}'")
    if not (0 < amplitude < math.inf and 0 < width < math.inf):
        return math.nan
    ratio = amplitude / width
    inner = ratio + 1.0 if formula == "shannon" else 2.0 * ratio
    return math.log2(inner) if 0 < inner < math.inf else math.nan


def nominal_throughput(amplitude: float, width: float, movement_time_s: float) -> float:
    """Shannon index of difficulty over a mean movement time, bit/s, with the target's own width."""
    if not 0 < movement_time_s < math.inf:
        return math.nan
    rate = index_of_difficulty(amplitude, width) / movement_time_s
    return rate if math.isfinite(rate) else math.nan


def effective_width(error_along: Array) -> float:
    """4.133 standard deviations (n - 1) of the end points along the movement, (n,); NaN under two."""
    error_along = np.asarray(error_along, dtype=np.float64)
    error_along = error_along[np.isfinite(error_along)]
    if len(error_along) < 2:
        return math.nan
    with np.errstate(all="ignore"):
        width = WIDTHS_PER_SD * float(np.std(error_along, ddof=1))
    return width if math.isfinite(width) else math.nan


def width_from_errors(width: float, error_rate: float) -> float:
    """The width that would have been missed 4 % of the time: W·2.066 / z(1 - error/2).

    NaN where nothing or everything was missed: then the rate tells no width.
    """
    if not (0 < error_rate < 1 and 0 < width < math.inf):
        return math.nan
    z = float(scipy.special.ndtri(1.0 - error_rate / 2.0))
    made = width * 2.066 / z if z > 0 else math.inf
    return made if math.isfinite(made) else math.nan


class Throughput(NamedTuple):
    """bits_per_s of one sequence, and what it is made of; lengths in the unit of the points.

    effective_id bit; errors = trials whose end lay further than width/2 from the target, NaN where no
    width was given; trials = those that counted; error_along (trials,) along the movement, + is too far.
    """

    bits_per_s: float
    effective_width: float
    effective_amplitude: float
    effective_id: float
    movement_time_s: float
    errors: float
    trials: int
    error_along: Array


@np.errstate(all="ignore")
def throughput(
    start: Array,
    target: Array,
    selection: Array,
    movement_time_s: Array,
    width: float = math.nan,
    *,
    width_from: WidthFrom = "spread",
) -> Throughput:
    """Throughput of one sequence: start, target, selection (n, k) or (n,), movement times (n,) without
    the reaction time, and the target's width (its diameter).

    width_from  "spread": 4.133 SD of the ends; "errors": the discrete-error method; "target": as drawn.
    Trials that are not finite, that took no time, or whose start is the target are left out. NaN where
    there are too few to tell. Raises ValueError for shapes that do not fit or another width_from.
    """
    if width_from not in {"spread", "errors", "target"}:
        raise ValueError(f"width_from is 'spread', 'errors' or 'target', not '{width_from}'")
    from_, to, at, took = _trials(start, target, selection, movement_time_s)
    way = to - from_
    distance = np.linalg.norm(way, axis=1)
    along = ((at - to) * way).sum(axis=1) / distance
    missed = np.linalg.norm(at - to, axis=1) > width / 2
    errors = float(missed.sum()) if width > 0 else math.nan
    if width_from == "spread":
        wide = effective_width(along)
    elif width_from == "errors":
        wide = width_from_errors(width, errors / len(took) if len(took) else math.nan)
    else:
        wide = width
    amplitude = float((distance + along).mean()) if len(took) else math.nan
    mean_s = float(took.mean()) if len(took) else math.nan
    bits = index_of_difficulty(amplitude, wide)
    rate = bits / mean_s if mean_s > 0 else math.nan
    rate = rate if math.isfinite(rate) else math.nan
    return Throughput(rate, wide, amplitude, bits, mean_s, errors, len(took), along)


def throughput_by_sequence(
    sequence: Sequence[Hashable],
    start: Array,
    target: Array,
    selection: Array,
    movement_time_s: Array,
    *,
    width: Array | float = math.nan,
    width_from: WidthFrom = "spread",
) -> dict[Hashable, Throughput]:
    """`throughput` of every sequence, in order of its first trial; width (n,) or one for all."""
    from_, to, at, took = (
        np.asarray(a, dtype=np.float64) for a in (start, target, selection, movement_time_s)
    )
    widths = np.broadcast_to(np.asarray(width, dtype=np.float64), (len(sequence),))
    rows: dict[Hashable, list[int]] = {}
    for i, name in enumerate(sequence):
        rows.setdefault(name, []).append(i)
    return {
        name: throughput(from_[i], to[i], at[i], took[i], float(widths[i[0]]), width_from=width_from)
        for name, i in rows.items()
    }


def measured(
    start: Array,
    target: Array,
    selection: Array,
    movement_time_s: Array,
    width: float,
    *,
    of: str = "",
    fewest: int = FEWEST_TRIALS,
) -> list[Measured]:
    """Throughput of one sequence, or that it has too few trials for one."""
    made = throughput(start, target, selection, movement_time_s, width)
    given = len(np.atleast_1d(movement_time_s))
    validity = Validity.GOOD if made.trials >= fewest else Validity.TOO_FEW
    errors = int(made.errors) if math.isfinite(made.errors) else 0
    how = Message("how.throughput", {"trials": made.trials, "errors": errors, "needed": fewest})
    coverage = made.trials / given if given else 0.0
    return [Measured("throughput", of, made.bits_per_s, "bit/s", how, validity, coverage)]


def _trials(
    start: Array, target: Array, selection: Array, movement_time_s: Array
) -> tuple[Array, Array, Array, Array]:
    """The trials that count, points as (n, k)."""
    took = np.atleast_1d(np.asarray(movement_time_s, dtype=np.float64))
    points = [np.asarray(p, dtype=np.float64) for p in (start, target, selection)]
    points = [p.reshape(-1, 1) if p.ndim < 2 else p for p in points]
    if took.ndim != 1 or any(p.shape != (len(took), points[0].shape[1]) for p in points):
        raise ValueError("a sequence has as many starts, targets and selections as movement times")
    from_, to, at = points
    whole = np.isfinite(np.hstack([*points, took[:, None]])).all(axis=1)
    distance = np.linalg.norm(to - from_, axis=1)
    whole &= (took > 0) & (distance > 0) & np.isfinite(distance)
    return from_[whole], to[whole], at[whole], took[whole]
