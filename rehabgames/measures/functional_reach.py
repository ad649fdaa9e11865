"""Functional reach: how far a standing person's fingertips travel forward with the arm held out.

Duncan 1990; MEASURES section 6: arm level at 90° of flexion, feet fixed, two trials for practice and the mean
of the next three. Only from the side: a front camera does not see forward. In arm lengths; in cm only
where the length of this person's arm is known, because shoulder width and height are no scale for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rehabgames.core.landmarks import POSE, Side
from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Recording
from rehabgames.signals.arm import facing
from rehabgames.signals.compute import examine
from rehabgames.signals.gaps import uniform
from rehabgames.signals.scale import SEEN, BodyScale
from rehabgames.signals.trace import Trace
from rehabgames.signals.zero_lag import derivative, low_pass

LEVEL_DEG: Final = 90.0
WITHIN_DEG: Final = 20.0
HELD_S: Final = 0.25
START_S: Final = 0.5
STEADY_DEG_S: Final = 15.0  # an arm that is still on its way up takes the fingertip along
CUTOFF_HZ: Final = 4.0
PRACTICE: Final = 2
COUNTED: Final = 3
FEET_FIXED: Final = 0.10  # arm lengths that the foot may seem to move
NOISE_TIMES: Final = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class ReachTrial:
    """Traces of one trial over the same frames, all of one side.

    tip        fingertip in the room, + forward, arm lengths
    elevation  of the arm over gravity's vertical, degrees: 90 = level. It is the shoulder's flexion while
               the trunk is upright; a trunk that leans into the reach does not change it.
    foot       as tip, of the ankle, to see that it stayed
    """

    tip: Trace
    elevation: Trace
    foot: Trace


def reach_trial(rec: Recording, side: Side, scale: BodyScale | None = None) -> ReachTrial:
    """Of the frames of one trial, seen from the side. Every other frame is VIEW, NOBODY and so on, as
    for the signal shoulder_flexion. The pose's index landmark stands for the fingertip."""
    names = (f"shoulder_flexion.{side}", f"shoulder_elevation.{side}")
    flexion, elevation = (examine(rec, names, scale=scale)[name] for name in names)
    known = scale if scale is not None else BodyScale.of(rec)
    level = np.where(flexion.good, elevation.x, np.nan)
    return ReachTrial(
        tip=_forward(rec, f"{side}_index", flexion, known.arm_px(side)),
        elevation=Trace(names[1], "deg", flexion.t_s, level, flexion.why),
        foot=_forward(rec, f"{side}_ankle", flexion, known.arm_px(side)),
    )


@np.errstate(all="ignore")
def reach_travel(t_s: npt.ArrayLike, forward: npt.ArrayLike, elevation_deg: npt.ArrayLike) -> float:
    """How far the fingertip travelled forward, in the unit of `forward` (n,); times and elevation (n,).

    From the median place of the first 0.5 s in which the arm is steady within 20° of level, 90°, to the
    furthest place that is held for 250 ms while it stays level, low-passed at 4 Hz. NaN where that never
    happens. Raises ValueError for shapes that do not fit.
    """
    times, place = np.asarray(t_s, dtype=np.float64), np.asarray(forward, dtype=np.float64)
    elevation = np.asarray(elevation_deg, dtype=np.float64)
    if elevation.shape != place.shape:
        raise ValueError(f"elevation has the shape {elevation.shape} where {place.shape} is expected")
    grid = uniform(times, np.stack([place, elevation], axis=-1))
    if len(grid.x) == 0:
        return math.nan
    tip = low_pass(grid.x[:, 0], grid.fs_hz, CUTOFF_HZ)
    out = np.isfinite(tip) & (np.abs(grid.x[:, 1] - LEVEL_DEG) <= WITHIN_DEG)
    held = max(1, math.ceil(HELD_S * grid.fs_hz))
    turning = derivative(low_pass(grid.x[:, 1], grid.fs_hz, CUTOFF_HZ / 2), grid.fs_hz)
    first = _first_run(out & (np.abs(turning) < STEADY_DEG_S), max(1, math.ceil(START_S * grid.fs_hz)))
    if first is None:
        return math.nan
    start = float(np.median(tip[first : first + math.ceil(START_S * grid.fs_hz)]))
    reached = np.where(out, tip, -np.inf)[first:]
    kept = np.lib.stride_tricks.sliding_window_view(reached, held).min(axis=1)
    travel = float(kept.max()) - start
    return travel if math.isfinite(travel) else math.nan


def functional_reach(
    trials: Sequence[ReachTrial], *, noise: float, side: Side, arm_cm: float | None = None
) -> Measured:
    """ "functional_reach" of one arm: the mean of the first three good trials after two for practice.

    noise   RMS of the resting fingertip, arm lengths; NaN: NO_BASELINE
    arm_cm  shoulder to wrist of this person, cm, where somebody measured it; None: the result is in arm
            lengths

    TOO_FEW under three good trials, or the commonest reason why the others are not good: VIEW from
    anywhere but the side, NO_MOVEMENT where the arm was never held out or a foot moved. NOISE where the
    reach is under three times the noise. `coverage` is the share of the counted trials that are good.
    """
    travels: list[float] = []
    reasons: list[Validity] = []
    for trial in trials[PRACTICE:]:
        if len(travels) == COUNTED:
            break
        travel, why = _judged(trial)
        reasons.append(why)
        if why is Validity.GOOD:
            travels.append(travel)
    known = arm_cm is not None and math.isfinite(arm_cm) and arm_cm > 0
    value = float(np.mean(travels)) if travels else math.nan
    bad = [why for why in reasons if why is not Validity.GOOD]
    if len(travels) < COUNTED:
        validity: Validity = max(set(bad), key=bad.count) if len(bad) > len(travels) else Validity.TOO_FEW
    elif not (math.isfinite(noise) and noise >= 0):
        validity = Validity.NO_BASELINE
    else:
        validity = Validity.NOISE if value < NOISE_TIMES * noise else Validity.GOOD
    return Measured(
        name="functional_reach",
        of=side,
        value=value * arm_cm if known and arm_cm is not None else value,
        unit="cm" if known else "arm lengths",
        how=Message("how.functional_reach", {"trials": len(travels), "practice": PRACTICE}),
        validity=validity,
        coverage=len(travels) / len(reasons) if reasons else 0.0,
    )


def _judged(trial: ReachTrial) -> tuple[float, Validity]:
    """The travel of one trial, or why it does not count."""
    if not trial.tip.good.any():
        return math.nan, trial.tip.reason
    travel = reach_travel(trial.tip.t_s, trial.tip.x, trial.elevation.x)
    if not math.isfinite(travel):
        mostly_hidden = trial.tip.coverage < 0.5
        return math.nan, trial.tip.reason if mostly_hidden else Validity.NO_MOVEMENT
    foot = trial.foot.x[trial.foot.good]
    if not len(foot):
        return math.nan, trial.foot.reason
    # 5 to 95 %: a landmark that jumps once has not stepped
    low, high = np.percentile(foot, [5, 95])
    return (travel, Validity.GOOD) if high - low <= FEET_FIXED else (math.nan, Validity.NO_MOVEMENT)


@np.errstate(all="ignore")
def _forward(rec: Recording, landmark: str, like: Trace, arm_px: float) -> Trace:
    """A landmark's place to where the person faces, in arm lengths, believed where `like` is."""
    at = POSE[landmark]
    # which way they face is one answer for a trial, not one per frame
    ways = facing(rec)[like.good]
    ahead = 1.0 if not len(ways) or np.median(ways) >= 0 else -1.0
    x = ahead * rec.points_px[:, at, 0] / arm_px
    why = like.why.copy()
    lost = (why == Validity.GOOD) & ~(rec.visibility[:, at] >= SEEN)
    why[lost] = Validity.UNSEEN
    why[(why == Validity.GOOD) & ~np.isfinite(x)] = (
        Validity.BAD_NUMBER if math.isfinite(arm_px) else Validity.NO_SCALE
    )
    return Trace(landmark, "arm lengths", like.t_s, np.where(why == Validity.GOOD, x, np.nan), why)


def _first_run(which: npt.NDArray[np.bool_], shortest: int) -> int | None:
    """Where the first run of at least `shortest` True begins."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], which, [False]]).astype(int)))
    long = np.flatnonzero(edges[1::2] - edges[::2] >= shortest)
    return int(edges[::2][long[0]]) if len(long) else None
