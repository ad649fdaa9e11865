"""Limits of stability: how far, how fast and how straight a standing person leans towards a target.

MEASURES section 6; the five numbers of dynamic posturography (reaction time, mean velocity, endpoint
and maximal excursion, directional control). Theoretical limits (8 degrees to the sides and forward,
4.5 backward) do not equal a person's own, so 100 % is what this person reached before
(`own_limits`). The first three trials improve by learning and are left out.

The formulas of one trial are in `excursion`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Array
from rehabgames.measures.excursion import SAME_AXIS, TRIAL_S, Excursion, axis_of, excursion
from rehabgames.signals.gaps import uniform
from rehabgames.signals.trace import Trace
from rehabgames.signals.zero_lag import low_pass

DISCARDED: Final = 3
EARLIEST_S: Final = 0.1  # who moves sooner did not wait for the cue
LATEST_S: Final = 3.0
MEASURES: Final = (
    "lean_reaction_time",
    "lean_mean_velocity",
    "endpoint_excursion",
    "maximal_excursion",
    "directional_control",
)
CUTOFF_HZ: Final = 3.0
BEFORE_S: Final = 1.0
THEORETICAL: Final = 0.5527  # height of the centre of mass over the body's height


@dataclass(frozen=True, slots=True, eq=False)
class LeanTrial:
    """One trial of leaning towards a target.

    direction_deg  0 = forward, 90 = to the person's right, 180 = backward, 270 = left
    t_s            (n,) seconds
    xy             (n, 2) centre of mass, any one unit: + to the person's right, + forward. A column of
                   NaN is an axis that the camera does not see: forward from the front, right from the side.
    cue_s          when the target appeared
    """

    direction_deg: float
    t_s: Array
    xy: Array
    cue_s: float


def lean_seen_from_front(com_x: Trace, direction_deg: float, cue_s: float) -> LeanTrial:
    """One trial out of the Trace of the signal com_x: low-passed at 3 Hz, without a forward axis."""
    grid = uniform(com_x.t_s, com_x.x)
    near = (grid.t_s >= cue_s - BEFORE_S) & (grid.t_s <= cue_s + TRIAL_S + BEFORE_S)
    right = low_pass(grid.x, grid.fs_hz, CUTOFF_HZ) if len(grid.x) else grid.x
    xy = np.stack([right, np.full_like(right, np.nan)], axis=1)
    return LeanTrial(direction_deg, grid.t_s[near], xy[near], cue_s)


def theoretical_limit(height: float, direction_deg: float) -> float:
    """Of a body of this height, in its unit: 0.5527 height sin(8°), or sin(4.5°) backward. For
    comparison only; it is not what a person can do."""
    if not math.isfinite(direction_deg):
        return math.nan
    backward = math.cos(math.radians(direction_deg)) < -SAME_AXIS
    return THEORETICAL * height * math.sin(math.radians(4.5 if backward else 8.0))


def own_limits(trials: Sequence[LeanTrial], *, noise_speed: float = 0.0) -> dict[float, float]:
    """Direction → this person's own limit: the median maximum of the trials that way, after the first
    three of all are left out. A direction in which nothing was measured is left out."""
    reached: dict[float, list[float]] = {}
    for trial in trials[DISCARDED:]:
        found = _of(trial, noise_speed).maximum
        if math.isfinite(found):
            reached.setdefault(trial.direction_deg, []).append(found)
    return {direction: float(np.median(values)) for direction, values in reached.items()}


def stability_measures(
    trials: Sequence[LeanTrial],
    limits: Mapping[float, float],
    *,
    unit: str,
    noise: float,
    noise_speed: float,
    latency_s: float | None = None,
) -> list[Measured]:
    """Per direction: "lean_reaction_time" (s), "lean_mean_velocity" (unit/s), "endpoint_excursion" and
    "maximal_excursion" (% of the own limit), "directional_control" (%); medians over the trials.

    limits     direction_deg → own limit, unit of the paths (`own_limits` of a calibration)
    noise      RMS that rest alone gives; noise_speed of its speed (NaN: NO_BASELINE)
    latency_s  measured delay of camera and screen, taken off the reaction time; None: NO_LATENCY

    The first three trials do not count; TOO_FEW where that leaves none. VIEW where the camera does
    not see the direction's axis (for directional control: either axis), UNCALIBRATED without a limit,
    GAP where a trial was seen with holes, NO_MOVEMENT where nobody leaned that way, NOISE where the
    lean is under three times the noise.
    """
    results: list[Measured] = []
    for direction in dict.fromkeys(trial.direction_deg for trial in trials):
        results += _of_direction(
            direction,
            [trial for trial in trials[DISCARDED:] if trial.direction_deg == direction],
            limit=limits.get(direction, math.nan),
            unit=unit,
            noise=noise,
            noise_speed=noise_speed,
            latency_s=latency_s,
        )
    return results


def _of_direction(
    direction: float,
    trials: Sequence[LeanTrial],
    *,
    limit: float,
    unit: str,
    noise: float,
    noise_speed: float,
    latency_s: float | None,
) -> list[Measured]:
    each = [_of(trial, noise_speed) for trial in trials]
    measured = [found for found in each if math.isfinite(found.maximum)]
    middle = Excursion(*(_median(measured, name) for name in Excursion._fields))
    why = _why_not(trials, measured, middle.maximum, noise, noise_speed)
    good = why is Validity.GOOD
    calibrated = math.isfinite(limit) and limit > 0
    share_why = Validity.UNCALIBRATED if good and not calibrated else why
    reaction, reaction_why = _reaction(middle.reaction_time_s, latency_s)
    control_why = Validity.VIEW if good and not math.isfinite(middle.directional_control) else why
    percent = 100.0 / limit if calibrated else math.nan
    of, coverage = f"{direction:g} deg", len(measured) / len(each) if each else 0.0
    n: dict[str, str | int | float] = {"trials": len(measured), "limit": limit, "unit": unit}
    rows = (
        (reaction, "s", Message("how.lean_reaction_time", n), reaction_why if good else why),
        (middle.mean_velocity, f"{unit}/s", Message("how.lean_mean_velocity", n), why),
        (middle.endpoint * percent, "%", Message("how.endpoint_excursion", n), share_why),
        (middle.maximum * percent, "%", Message("how.maximal_excursion", n), share_why),
        (middle.directional_control, "%", Message("how.directional_control", n), control_why),
    )
    return [
        Measured(name, of, value, of_unit, how, validity, coverage)
        for name, (value, of_unit, how, validity) in zip(MEASURES, rows, strict=True)
    ]


def _reaction(seen_s: float, latency_s: float | None) -> tuple[float, Validity]:
    """Less the delay of camera and screen, and whether that can be a reaction at all."""
    if latency_s is None or not math.isfinite(latency_s):
        return math.nan, Validity.NO_LATENCY
    reaction = seen_s - latency_s
    return reaction, Validity.GOOD if EARLIEST_S <= reaction <= LATEST_S else Validity.BAD_NUMBER


def _why_not(
    trials: Sequence[LeanTrial],
    measured: Sequence[Excursion],
    maximum: float,
    noise: float,
    noise_speed: float,
) -> Validity:
    if not trials:
        return Validity.TOO_FEW
    if not (math.isfinite(noise) and math.isfinite(noise_speed)):
        return Validity.NO_BASELINE
    if not any(_seen(trial) for trial in trials):
        return Validity.VIEW
    if not measured:
        return Validity.GAP if any(_holed(trial) for trial in trials) else Validity.NO_MOVEMENT
    return Validity.NOISE if maximum < 3.0 * noise else Validity.GOOD


def _of(trial: LeanTrial, noise_speed: float) -> Excursion:
    speed = noise_speed if math.isfinite(noise_speed) else 0.0
    return excursion(trial.t_s, trial.xy, trial.direction_deg, cue_s=trial.cue_s, noise_speed=speed)


def _holed(trial: LeanTrial) -> bool:
    finite = np.isfinite(trial.xy)
    return bool((finite.any(axis=0) & ~finite.all(axis=0)).any())


def _seen(trial: LeanTrial) -> bool:
    axis = axis_of(trial.direction_deg)
    return bool(axis is not None and np.asarray(np.isfinite(trial.xy).any(axis=0))[axis != 0].all())


def _median(found: Sequence[Excursion], name: str) -> float:
    values = np.array([getattr(each, name) for each in found])
    values = values[np.isfinite(values)]
    return float(np.median(values)) if len(values) else math.nan
