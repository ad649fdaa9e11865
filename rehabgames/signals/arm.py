"""Signals of arm and neck-shoulder. Formulas: MEASURES section 1.

The picture is not mirrored: a person who faces the camera has the own right on the picture's left.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from rehabgames.core.landmarks import Side
from rehabgames.core.pose import Array, Recording
from rehabgames.signals.geometry import angle_deg, middle, point, turn_deg
from rehabgames.signals.scale import BodyScale
from rehabgames.signals.signal import Signal, Swing

DOWN = np.array([0.0, 1.0])
OVERHEAD_DEG = 270.0  # an arm that is lifted past the head has gone on, it has not come round from behind


def _arm(rec: Recording, side: Side) -> tuple[Array, Array, Array]:
    return point(rec, f"{side}_shoulder"), point(rec, f"{side}_elbow"), point(rec, f"{side}_wrist")


def _hand_x(rec: Recording, side: Side, scale: BodyScale) -> Array:
    shoulder, _, wrist = _arm(rec, side)
    return (shoulder[:, 0] - wrist[:, 0]) / scale.arm_px(side)


def _hand_y(rec: Recording, side: Side, scale: BodyScale) -> Array:
    shoulder, _, wrist = _arm(rec, side)
    return (shoulder[:, 1] - wrist[:, 1]) / scale.arm_px(side)


def _hand_height(rec: Recording, side: Side, scale: BodyScale) -> Array:
    hip, wrist = point(rec, f"{side}_hip"), point(rec, f"{side}_wrist")
    height: Array = (hip[:, 1] - wrist[:, 1]) / scale.arm_px(side)
    return height


def trunk_up(rec: Recording) -> Array:
    """(n, 2) unit vector from mid-hip to mid-shoulder, px; NaN where the trunk has no length."""
    up = middle(rec, "shoulder") - middle(rec, "hip")
    size = np.hypot(up[:, 0], up[:, 1])[:, None]
    return np.divide(up, size, out=np.full_like(up, np.nan), where=size > 0)


def _from_trunk(rec: Recording, side: Side) -> tuple[Array, Array]:
    """Hand from mid-shoulder in the trunk's own axes, px: to the person's right, and up."""
    away, up = point(rec, f"{side}_wrist") - middle(rec, "shoulder"), trunk_up(rec)
    right = np.stack([up[:, 1], -up[:, 0]], axis=1)
    return (away * right).sum(axis=1), (away * up).sum(axis=1)


def _hand_trunk_x(rec: Recording, side: Side, scale: BodyScale) -> Array:
    return _from_trunk(rec, side)[0] / scale.arm_px(side)


def _hand_trunk_y(rec: Recording, side: Side, scale: BodyScale) -> Array:
    return _from_trunk(rec, side)[1] / scale.arm_px(side)


def _elbow_flexion(rec: Recording, side: Side, scale: BodyScale) -> Array:
    return 180.0 - angle_deg(*_arm(rec, side))


def shoulder_elevation(rec: Recording, side: Side, scale: BodyScale) -> Array:
    """Upper arm over gravity's vertical, 0..180 degrees."""
    shoulder, elbow, _ = _arm(rec, side)
    return angle_deg(shoulder + DOWN, shoulder, elbow)


def _from_trunk_down(rec: Recording, side: Side) -> Array:
    """Signed turn from the trunk's downward direction to the upper arm, on the picture."""
    shoulder, elbow, _ = _arm(rec, side)
    return turn_deg(-trunk_up(rec), elbow - shoulder)


def _past_overhead(angle: Array) -> Array:
    """-90..270 instead of -180..180."""
    return np.where(angle < OVERHEAD_DEG - 360.0, angle + 360.0, angle)


def _shoulder_abduction(rec: Recording, side: Side, scale: BodyScale) -> Array:
    turned = _from_trunk_down(rec, side)
    return _past_overhead(turned if side == "right" else -turned)


def facing(rec: Recording) -> Array:
    """(n,) +1 where a person seen from the side faces the picture's right, -1 the left."""
    ahead = point(rec, "nose")[:, 0] - middle(rec, "ear")[:, 0]
    return np.where(ahead >= 0, 1.0, -1.0)


def _shoulder_flexion(rec: Recording, side: Side, scale: BodyScale) -> Array:
    # clockwise from down leads to the picture's left
    return _past_overhead(-_from_trunk_down(rec, side) * facing(rec))


def _arm_asymmetry(rec: Recording, side: Side, scale: BodyScale) -> Array:
    return shoulder_elevation(rec, "left", scale) - shoulder_elevation(rec, "right", scale)


def _shoulder_height(rec: Recording, side: Side, scale: BodyScale) -> Array:
    above = ((point(rec, f"{side}_shoulder") - middle(rec, "hip")) * trunk_up(rec)).sum(axis=1)
    height: Array = above / scale.px("shoulders")
    return height


ARM: Final = ("{side}_shoulder", "{side}_elbow", "{side}_wrist")
TRUNK: Final = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")
_ELBOWS: Final = ("left_elbow", "right_elbow")
_UPPER: Final = ("{side}_upper_arm",)
_BOTH: Final = ("{side}_upper_arm", "{side}_forearm")

ARM_SIGNALS: Final = (
    Signal("hand_x", "arm lengths", True, ARM, _hand_x, Swing(0.3)),
    Signal("hand_y", "arm lengths", True, ARM, _hand_y, Swing(0.3, mark="onset")),
    Signal("hand_height", "arm lengths", True, (*ARM, "{side}_hip"), _hand_height, Swing(0.3, mark="onset")),
    Signal("hand_trunk_x", "arm lengths", True, (*ARM, *TRUNK), _hand_trunk_x, Swing(0.3), view="front"),
    Signal("hand_trunk_y", "arm lengths", True, (*ARM, *TRUNK), _hand_trunk_y, Swing(0.3, mark="onset")),
    Signal("elbow_flexion", "deg", True, ARM, _elbow_flexion, Swing(40.0), _BOTH),
    Signal("shoulder_elevation", "deg", True, ARM[:2], shoulder_elevation, Swing(30.0), _UPPER),
    Signal(
        "shoulder_abduction",
        "deg",
        True,
        (*ARM[:2], *TRUNK),
        _shoulder_abduction,
        Swing(30.0),
        _UPPER,
        "front",
    ),
    Signal(
        "shoulder_flexion",
        "deg",
        True,
        (*ARM[:2], *TRUNK, "nose", "{side}_ear"),
        _shoulder_flexion,
        Swing(30.0),
        _UPPER,
        "side",
    ),
    Signal(
        "arm_asymmetry",
        "deg",
        False,
        (*TRUNK[:2], *_ELBOWS),
        _arm_asymmetry,
        Swing(20.0),
        ("left_upper_arm", "right_upper_arm"),
        "front",
    ),
    Signal("shoulder_height", "shoulder widths", True, TRUNK, _shoulder_height, Swing(0.15), view="front"),
)
