"""Signals of trunk, neck and balance. Formulas: MEASURES sections 1 and 6."""

from __future__ import annotations

from typing import Final

import numpy as np

from rehabgames.core.landmarks import SIDES, Side
from rehabgames.core.pose import Array, Recording
from rehabgames.signals.arm import TRUNK, facing
from rehabgames.signals.geometry import middle, point
from rehabgames.signals.mass import Ends, centre_of_mass
from rehabgames.signals.scale import BodyScale
from rehabgames.signals.signal import Signal, Swing


def _lean(rec: Recording) -> Array:
    """Of the trunk from vertical, degrees, + to the picture's left."""
    up = middle(rec, "shoulder") - middle(rec, "hip")
    lean: Array = np.degrees(np.arctan2(-up[:, 0], -up[:, 1]))
    return np.where(np.hypot(up[:, 0], up[:, 1]) > 0, lean, np.nan)


def _trunk_lean(rec: Recording, side: Side, scale: BodyScale) -> Array:
    return _lean(rec)


def _trunk_forward_lean(rec: Recording, side: Side, scale: BodyScale) -> Array:
    return -_lean(rec) * facing(rec)


def _slope(rec: Recording, name: str) -> Array:
    """Of the line left → right on a person who faces the camera, degrees, + where the right is lower."""
    left, right = point(rec, f"left_{name}"), point(rec, f"right_{name}")
    across, down = left[:, 0] - right[:, 0], right[:, 1] - left[:, 1]
    return np.where(np.hypot(across, down) > 0, np.degrees(np.arctan2(down, across)), np.nan)


def _neck_lateral_flexion(rec: Recording, side: Side, scale: BodyScale) -> Array:
    return (_slope(rec, "ear") - _slope(rec, "shoulder") + 180.0) % 360.0 - 180.0


def _head_tilt(rec: Recording, side: Side, scale: BodyScale) -> Array:
    # over the trunk's axis: a raised arm turns the line of the shoulders by 7 degrees, but not the head
    return (_slope(rec, "ear") - _lean(rec) + 180.0) % 360.0 - 180.0


def _neck_rotation(rec: Recording, side: Side, scale: BodyScale) -> Array:
    ears = np.abs(point(rec, "left_ear")[:, 0] - point(rec, "right_ear")[:, 0])
    turned = middle(rec, "ear")[:, 0] - point(rec, "nose")[:, 0]
    return np.divide(turned, ears, out=np.full_like(turned, np.nan), where=ears > 0)


def upper_ends(rec: Recording) -> Ends:
    """Segments above the hips by their ends. A head has its mass between the ears; a hand at the wrist."""
    ends: Ends = {
        "head": (middle(rec, "ear"), middle(rec, "ear")),
        "trunk": (middle(rec, "shoulder"), middle(rec, "hip")),
    }
    for side in SIDES:
        shoulder, elbow, wrist = (point(rec, f"{side}_{j}") for j in ("shoulder", "elbow", "wrist"))
        ends[f"{side} upper arm"] = (shoulder, elbow)
        ends[f"{side} forearm"] = (elbow, wrist)
        ends[f"{side} hand"] = (wrist, wrist)
    return ends


def _whole_ends(rec: Recording) -> Ends:
    ends = upper_ends(rec)
    for side in SIDES:
        hip, knee, ankle = (point(rec, f"{side}_{j}") for j in ("hip", "knee", "ankle"))
        ends[f"{side} thigh"] = (hip, knee)
        ends[f"{side} shank"] = (knee, ankle)
        ends[f"{side} foot"] = (point(rec, f"{side}_heel"), point(rec, f"{side}_foot_index"))
    return ends


def _com_x(rec: Recording, side: Side, scale: BodyScale) -> Array:
    # + to the person's right; the origin is the picture's corner, for only changes have a meaning
    return -centre_of_mass(_whole_ends(rec))[:, 0] / scale.trunk_px


def _com_y(rec: Recording, side: Side, scale: BodyScale) -> Array:
    return -centre_of_mass(_whole_ends(rec))[:, 1] / scale.trunk_px


def _weight_shift(rec: Recording, side: Side, scale: BodyScale) -> Array:
    left, right = point(rec, "left_ankle")[:, 0], point(rec, "right_ankle")[:, 0]
    com, apart = centre_of_mass(_whole_ends(rec))[:, 0], right - left
    # feet side by side within a few pixels have no middle to speak of
    wide = np.abs(apart) > 0.1 * scale.trunk_px
    return np.divide(com - left, apart, out=np.full_like(com, np.nan), where=wide)


def _seated_shift(rec: Recording, side: Side, scale: BodyScale) -> Array:
    return (middle(rec, "hip")[:, 0] - centre_of_mass(upper_ends(rec))[:, 0]) / scale.trunk_px


_EARS: Final = ("left_ear", "right_ear")
_UPPER: Final = (*TRUNK, "left_elbow", "right_elbow", "left_wrist", "right_wrist", *_EARS)
_LOWER: Final = ("left_knee", "right_knee", "left_ankle", "right_ankle")
_WHOLE: Final = (*_UPPER, *_LOWER)

TRUNK_SIGNALS: Final = (
    Signal("trunk_lean", "deg", False, TRUNK, _trunk_lean, Swing(10.0), ("trunk",), "front"),
    Signal(
        "trunk_forward_lean",
        "deg",
        False,
        (*TRUNK, "nose"),
        _trunk_forward_lean,
        Swing(15.0),
        ("trunk",),
        "side",
    ),
    Signal(
        "neck_lateral_flexion",
        "deg",
        False,
        (*TRUNK[:2], *_EARS),
        _neck_lateral_flexion,
        Swing(10.0),
        (),
        "front",
    ),
    Signal("head_tilt", "deg", False, (*TRUNK, *_EARS), _head_tilt, Swing(10.0), ("trunk",), "front"),
    Signal(
        "neck_rotation", "ear distances", False, ("nose", *_EARS), _neck_rotation, Swing(0.3), (), "front"
    ),
    Signal("com_x", "trunk lengths", False, _WHOLE, _com_x, Swing(0.2), (), "front"),
    Signal("com_y", "trunk lengths", False, _WHOLE, _com_y, Swing(0.2)),
    Signal("weight_shift", "ratio", False, _WHOLE, _weight_shift, Swing(0.3), (), "front"),
    Signal("seated_shift", "trunk lengths", False, _UPPER, _seated_shift, Swing(0.1), (), "front"),
)
