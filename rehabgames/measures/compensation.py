"""Compensation: the value of a sign that was sustained in a repetition, and the thresholds.

Source: Pavlikov et al. 2026 (MEASURES section 4; tests/reference/upper_limb_compensation_validation):
healthy adults who raised both arms and acted the signs, two blind clinicians. A detector of that
kind loses on patients (MEASURES: 0.82 → 0.17 for a lean), so a flag is a question to a clinician
and never a verdict, and every threshold can be set by one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final, Literal, get_args

import numpy as np

from rehabgames.core.pose import Array

Sign = Literal[
    "trunk_lean", "elbow_extension", "head_tilt", "arm_asymmetry", "shoulder_rise", "shoulder_hike"
]
SIGNS: Final[tuple[Sign, ...]] = get_args(Sign)

TRUNK_LEAN_RAD: Final = 0.090
TRUNK_SUPPRESSION_RAD: Final = 0.072
ELBOW_ANGLE_DEG: Final = 153.4
HEAD_TILT_DEG: Final = 6.4
ARM_ASYMMETRY_DEG: Final = 13.2
SHOULDER_RISE: Final = 0.174  # shoulder widths, with what raising an arm lifts the shoulder anyway
SHOULDER_LIFT: Final = 0.128  # that share of it: the median of clean raises
HELD_S: Final = 0.250
LONGEST_GAP_S: Final = 0.100  # a frame never stands for more time than this
_ROUNDING_S: Final = 1e-9  # five frames of 0.05 s are 0.25 s


@dataclass(frozen=True, slots=True)
class CompensationThresholds:
    """From where a sustained value is a sign. The defaults are the published ones.

    trunk_lean_deg     lean from rest, either way: at or above
    elbow_angle_deg    angle of the elbow, 180 = straight: below. Straight arms of healthy people read
                       158–175 degrees, so less than 20 degrees of bend are not told from none.
    head_tilt_deg      tilt from rest, either way: at or above
    arm_asymmetry_deg  difference in elevation of two arms that are raised together: at or above
    shoulder_rise      of the shoulder over rest, shoulder widths: at or above (F1 0.55 and 0.50)
    shoulder_hike      of that, what exceeds the person's own good side: at or above; experimental,
                       the published rise without the lift of a clean raise. Both are asked for.
    suppression_deg    lean from which head and asymmetry are not judged: the trunk takes them along
    held_s             how long, all in all in a repetition

    Raises ValueError where one is negative or not finite.
    """

    trunk_lean_deg: float = math.degrees(TRUNK_LEAN_RAD)
    elbow_angle_deg: float = ELBOW_ANGLE_DEG
    head_tilt_deg: float = HEAD_TILT_DEG
    arm_asymmetry_deg: float = ARM_ASYMMETRY_DEG
    shoulder_rise: float = SHOULDER_RISE
    shoulder_hike: float = SHOULDER_RISE - SHOULDER_LIFT
    suppression_deg: float = math.degrees(TRUNK_SUPPRESSION_RAD)
    held_s: float = HELD_S

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if not (math.isfinite(value) and value >= 0):
                raise ValueError(f"{each.name} must be a number from 0 on, not {value}")

    def of(self, sign: Sign) -> float:
        """The threshold of one sign, in its unit: degrees, or shoulder widths of the shoulder's."""
        return {
            "trunk_lean": self.trunk_lean_deg,
            "elbow_extension": self.elbow_angle_deg,
            "head_tilt": self.head_tilt_deg,
            "arm_asymmetry": self.arm_asymmetry_deg,
            "shoulder_rise": self.shoulder_rise,
            "shoulder_hike": self.shoulder_hike,
        }[sign]

    def passed(self, sign: Sign, sustained: float) -> bool:
        """Is this sustained value a sign? NaN never is. The elbow's is one below its threshold."""
        if sign == "elbow_extension":
            return sustained < self.of(sign)
        return sustained >= self.of(sign)


PUBLISHED: Final = CompensationThresholds()


def frame_time_s(t_s: Array) -> Array:
    """(n,) seconds that each frame stands for: those since the frame before it, at most 100 ms.

    The first frame stands for none, nor does one whose time is not finite, equal or goes backwards.
    """
    if not len(t_s):
        return np.zeros(0)
    with np.errstate(invalid="ignore", over="ignore"):
        gap = np.diff(t_s, prepend=t_s[0])
        return np.where(gap > 0, np.minimum(gap, LONGEST_GAP_S), 0.0)


def sustained(t_s: Array, x: Array, *, held_s: float = HELD_S, above: bool = True) -> float:
    """The most extreme v so that the time spent at or beyond v reaches held_s.

    t_s, x  (n,) the frames of one repetition; frames whose x is not finite give no time
    above   True: beyond is higher; False: beyond is lower

    A threshold was passed for held_s exactly when this value has passed it. NaN where the frames
    do not add up to held_s. Raises ValueError for another shape or a negative held_s.
    """
    t_s, x = np.asarray(t_s, dtype=np.float64), np.asarray(x, dtype=np.float64)
    if t_s.ndim != 1 or t_s.shape != x.shape:
        raise ValueError(f"times and values must be one row each of the same length: {t_s.shape}, {x.shape}")
    if not held_s >= 0:
        raise ValueError(f"held_s must be 0 or more, not {held_s}")
    seen = np.isfinite(x)
    values, time_s = x[seen], frame_time_s(t_s)[seen]
    order = np.argsort(-values if above else values, kind="stable")
    reached = np.flatnonzero(np.cumsum(time_s[order]) >= held_s - _ROUNDING_S)
    return float(values[order[reached[0]]]) if len(reached) else math.nan


def flags(values: Mapping[Sign, float], thresholds: CompensationThresholds = PUBLISHED) -> dict[Sign, bool]:
    """Sign → whether its sustained value is one, for the signs in `values`. NaN is not a sign.

    Values in degrees; `elbow_extension` is the angle of the elbow (180 = straight), those of
    the shoulder are in shoulder widths. Raises ValueError for the name of a sign that does not exist.
    """
    for sign in values:
        if sign not in SIGNS:
            raise ValueError(f"there is no sign {sign!r}; there are {', '.join(SIGNS)}")
    return {sign: thresholds.passed(sign, value) for sign, value in values.items()}
