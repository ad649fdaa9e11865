"""Signals of hip, knee and foot. Formulas: MEASURES sections 1 and 7."""

from __future__ import annotations

from typing import Final

from rehabgames.core.landmarks import Side, other_side
from rehabgames.core.pose import Array, Recording
from rehabgames.signals.geometry import angle_deg, middle, point
from rehabgames.signals.scale import BodyScale
from rehabgames.signals.signal import Signal, Swing


def _knee_flexion(rec: Recording, side: Side, scale: BodyScale) -> Array:
    hip, knee, ankle = (point(rec, f"{side}_{j}") for j in ("hip", "knee", "ankle"))
    return 180.0 - angle_deg(hip, knee, ankle)


def _hip_flexion(rec: Recording, side: Side, scale: BodyScale) -> Array:
    shoulder, hip, knee = (point(rec, f"{side}_{j}") for j in ("shoulder", "hip", "knee"))
    return 180.0 - angle_deg(shoulder, hip, knee)


def _hip_height(rec: Recording, side: Side, scale: BodyScale) -> Array:
    height: Array = (middle(rec, "ankle")[:, 1] - middle(rec, "hip")[:, 1]) / scale.leg_px
    return height


def _step_height(rec: Recording, side: Side, scale: BodyScale) -> Array:
    """How much higher this ankle is than the other one."""
    lifted = point(rec, f"{other_side(side)}_ankle")[:, 1] - point(rec, f"{side}_ankle")[:, 1]
    height: Array = lifted / scale.leg_px
    return height


def _knee_lift(rec: Recording, side: Side, scale: BodyScale) -> Array:
    """0 where the thigh hangs down, 1 where knee and hip are level."""
    below = point(rec, f"{side}_knee")[:, 1] - point(rec, f"{side}_hip")[:, 1]
    lift: Array = 1.0 - below / scale.thigh_px(side)
    return lift


LEG: Final = ("{side}_hip", "{side}_knee", "{side}_ankle")
_BOTH: Final = ("{side}_thigh", "{side}_shank")
_ANKLES: Final = ("left_ankle", "right_ankle")

LEG_SIGNALS: Final = (
    Signal("knee_flexion", "deg", True, LEG, _knee_flexion, Swing(40.0), _BOTH, "side"),
    Signal(
        "hip_flexion",
        "deg",
        True,
        ("{side}_shoulder", *LEG[:2]),
        _hip_flexion,
        Swing(40.0),
        _BOTH[:1],
        "side",
    ),
    Signal(
        "hip_height",
        "leg lengths",
        False,
        ("left_hip", "right_hip", *_ANKLES),
        _hip_height,
        Swing(0.25, towards=-1),
    ),
    Signal("step_height", "leg lengths", True, _ANKLES, _step_height, Swing(0.05)),
    Signal("knee_lift", "thigh lengths", True, LEG[:2], _knee_lift, Swing(0.2)),
)
