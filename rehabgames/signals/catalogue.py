"""The catalogue of signals: name → unit, landmarks it needs, formula, and what a repetition of it is.

Formulas: MEASURES section 1 unless said otherwise. Sided names end in `.left` or `.right` (the
person's own); the bare name of a sided signal means the side that the camera sees better.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from rehabgames.core.errors import unknown_name
from rehabgames.core.landmarks import FINGERTIPS, MIDDLE_KNUCKLE, SIDES, WRIST, Side
from rehabgames.core.pose import Array, Recording
from rehabgames.signals.geometry import angle_deg, length, middle, point
from rehabgames.signals.scale import BodyScale

Formula = Callable[[Recording, Side, BodyScale], Array]


@dataclass(frozen=True, slots=True)
class Swing:
    """What counts as one repetition of a signal.

    size     how far it must move from its turning point, in the signal's unit
    towards  +1 a rise counts, -1 a fall counts
    mark     which moment stands for the repetition: its "onset", or its "top" (the turning point)
    from_below, to_above  the move must begin under and arrive over these values; None = anywhere
    """

    size: float
    towards: Literal[1, -1] = 1
    mark: Literal["onset", "top"] = "top"
    from_below: float | None = None
    to_above: float | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """unit, needed landmarks ("{side}_elbow" is filled in), formula, and its repetition."""

    name: str
    unit: str
    sided: bool
    needs: tuple[str, ...]
    formula: Formula
    swing: Swing
    by_hand: bool = False


def _arm(rec: Recording, side: Side) -> tuple[Array, Array, Array]:
    return point(rec, f"{side}_shoulder"), point(rec, f"{side}_elbow"), point(rec, f"{side}_wrist")


def _hand_x(rec: Recording, side: Side, scale: BodyScale) -> Array:
    shoulder, _, wrist = _arm(rec, side)
    # the picture is not mirrored: the person's right is on its left
    return (shoulder[:, 0] - wrist[:, 0]) / scale.arm_px(side)


def _hand_y(rec: Recording, side: Side, scale: BodyScale) -> Array:
    shoulder, _, wrist = _arm(rec, side)
    return (shoulder[:, 1] - wrist[:, 1]) / scale.arm_px(side)


def _hand_height(rec: Recording, side: Side, scale: BodyScale) -> Array:
    hip, wrist = point(rec, f"{side}_hip"), point(rec, f"{side}_wrist")
    height: Array = (hip[:, 1] - wrist[:, 1]) / scale.arm_px(side)
    return height


def _elbow_flexion(rec: Recording, side: Side, scale: BodyScale) -> Array:
    return 180.0 - angle_deg(*_arm(rec, side))


def _shoulder_elevation(rec: Recording, side: Side, scale: BodyScale) -> Array:
    shoulder, elbow, _ = _arm(rec, side)
    return angle_deg(shoulder + np.array([0.0, 1.0]), shoulder, elbow)


def _trunk_lean(rec: Recording, side: Side, scale: BodyScale) -> Array:
    up = middle(rec, "shoulder") - middle(rec, "hip")
    lean: Array = np.degrees(np.arctan2(-up[:, 0], -up[:, 1]))
    return lean


def _knee_flexion(rec: Recording, side: Side, scale: BodyScale) -> Array:
    hip, knee, ankle = (point(rec, f"{side}_{j}") for j in ("hip", "knee", "ankle"))
    return 180.0 - angle_deg(hip, knee, ankle)


def _hip_height(rec: Recording, side: Side, scale: BodyScale) -> Array:
    height: Array = (middle(rec, "ankle")[:, 1] - middle(rec, "hip")[:, 1]) / scale.leg_px
    return height


def _hand_open(rec: Recording, side: Side, scale: BodyScale) -> Array:
    hand = rec.hands_px[:, SIDES.index(side)]
    wrist = hand[:, WRIST]
    tips = np.stack([length(wrist, hand[:, tip]) for tip in FINGERTIPS], axis=-1).mean(axis=-1)
    palm = length(wrist, hand[:, MIDDLE_KNUCKLE])
    ratio: Array = np.divide(tips, palm, out=np.full_like(tips, np.nan), where=palm > 0)
    return ratio


_ARM: Final = ("{side}_shoulder", "{side}_elbow", "{side}_wrist")
_LEG: Final = ("{side}_hip", "{side}_knee", "{side}_ankle")

_ALL = (
    Signal("hand_x", "arm lengths", True, _ARM, _hand_x, Swing(0.3)),
    Signal("hand_y", "arm lengths", True, _ARM, _hand_y, Swing(0.3, mark="onset")),
    Signal("hand_height", "arm lengths", True, (*_ARM, "{side}_hip"), _hand_height, Swing(0.3, mark="onset")),
    Signal("elbow_flexion", "deg", True, _ARM, _elbow_flexion, Swing(40.0)),
    Signal("shoulder_elevation", "deg", True, _ARM[:2], _shoulder_elevation, Swing(30.0)),
    Signal(
        "trunk_lean",
        "deg",
        False,
        ("left_shoulder", "right_shoulder", "left_hip", "right_hip"),
        _trunk_lean,
        Swing(10.0),
    ),
    Signal("knee_flexion", "deg", True, _LEG, _knee_flexion, Swing(40.0)),
    Signal(
        "hip_height",
        "leg lengths",
        False,
        ("left_hip", "right_hip", "left_ankle", "right_ankle"),
        _hip_height,
        Swing(0.25, towards=-1),
    ),
    Signal(
        "hand_open",
        "ratio",
        True,
        (),
        _hand_open,
        Swing(0.4, from_below=1.05, to_above=1.45),
        by_hand=True,
    ),
)

SIGNALS: Final[dict[str, Signal]] = {signal.name: signal for signal in _ALL}

# what an exercise may be steered by: a place in the plane made of two signals
CONTROLS: Final[dict[str, tuple[str, str]]] = {"hand_position": ("hand_x", "hand_y")}


def all_names() -> tuple[str, ...]:
    """Every full name: sided signals once per side, and bare names."""
    names: list[str] = []
    for signal in _ALL:
        names.append(signal.name)
        if signal.sided:
            names += [f"{signal.name}.{side}" for side in SIDES]
    return tuple(names)


def resolve(name: str) -> tuple[Signal, Side | None]:
    """`hand_height.left` → (signal, "left"); a bare name → (signal, None).

    Raises UnknownNameError for a name that does not exist.
    """
    base, _, side = name.partition(".")
    signal = SIGNALS.get(base)
    if signal is None or (side and (not signal.sided or side not in SIDES)):
        raise unknown_name("signal", name, all_names())
    return signal, "left" if side == "left" else "right" if side == "right" else None
