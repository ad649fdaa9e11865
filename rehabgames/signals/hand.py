"""Signals of the hand's own landmarks: they need no body. Formulas: MEASURES section 8, HOUSE."""

from __future__ import annotations

from typing import Final

import numpy as np

from rehabgames.core.landmarks import (
    FINGERTIPS,
    INDEX_TIP,
    MIDDLE_KNUCKLE,
    PALM,
    SIDES,
    THUMB_TIP,
    WRIST,
    Side,
)
from rehabgames.core.pose import Array, Recording
from rehabgames.signals.geometry import angle_deg, length
from rehabgames.signals.scale import BodyScale
from rehabgames.signals.signal import Signal, Swing

# A palm is 1.2 to 1.6 times as long (wrist to middle knuckle) as the row of its knuckles is broad.
# Under this it points at the camera, tilted by 50 degrees and more: divided by so short a palm, a
# fist looks open (up to 3 palm lengths, where a flat hand has 2).
LEAST_LONG_PER_BROAD: Final = 0.75
# A hand opens from a fist (0.8 to 0.9 palms) to flat (1.85 and more): a fifth of the way it is still
# closed, three quarters of it are open. A fist with its thumb up, whose landmarks tremble, reads up to 1.5.
OPENS: Final = Swing(0.4, from_below=1.05, to_above=1.6)
_INDEX_KNUCKLE: Final = 5
_LITTLE_KNUCKLE: Final = 17


def _hand(rec: Recording, side: Side) -> Array:
    return rec.hands_px[:, SIDES.index(side)]


def _per_palm(distance: Array, hand: Array) -> Array:
    """NaN where the palm points at the camera."""
    palm = length(hand[:, WRIST], hand[:, MIDDLE_KNUCKLE])
    broad = length(hand[:, _INDEX_KNUCKLE], hand[:, _LITTLE_KNUCKLE])
    faces = (palm > 0) & ~(palm < LEAST_LONG_PER_BROAD * broad)
    return np.divide(distance, palm, out=np.full_like(distance, np.nan), where=faces)


def hand_open(rec: Recording, side: Side, scale: BodyScale) -> Array:
    """Mean distance of the fingertips from the wrist, in lengths of the palm; NaN where that points at
    the camera."""
    hand = _hand(rec, side)
    tips = np.stack([length(hand[:, WRIST], hand[:, tip]) for tip in FINGERTIPS], axis=-1).mean(axis=-1)
    return _per_palm(tips, hand)


def _opening(rec: Recording, side: Side, scale: BodyScale) -> Array:
    closed, opened = scale.hand_open
    return (
        (hand_open(rec, side, scale) - closed) / (opened - closed)
        if opened > closed
        else np.full(len(rec), np.nan)
    )


def _pinch(rec: Recording, side: Side, scale: BodyScale) -> Array:
    hand = _hand(rec, side)
    return _per_palm(length(hand[:, THUMB_TIP], hand[:, INDEX_TIP]), hand)


def _tap_angle(rec: Recording, side: Side, scale: BodyScale) -> Array:
    hand = _hand(rec, side)
    return angle_deg(hand[:, THUMB_TIP], hand[:, WRIST], hand[:, INDEX_TIP])


def _palm(rec: Recording, side: Side) -> Array:
    middle: Array = _hand(rec, side)[:, PALM].mean(axis=1)
    return middle


def _palm_x(rec: Recording, side: Side, scale: BodyScale) -> Array:
    """Of the palm's middle from the picture's middle, half picture widths, + to the person's right."""
    half = rec.size[:, 0] / 2
    return (half - _palm(rec, side)[:, 0]) / half


def _palm_y(rec: Recording, side: Side, scale: BodyScale) -> Array:
    return (rec.size[:, 1] / 2 - _palm(rec, side)[:, 1]) / (rec.size[:, 0] / 2)


HAND_SIGNALS: Final = (
    Signal("hand_open", "ratio", True, (), hand_open, OPENS, by_hand=True),
    Signal("hand_opening", "share of own range", True, (), _opening, Swing(0.5), by_hand=True),
    Signal("pinch", "palm lengths", True, (), _pinch, Swing(0.2), by_hand=True),
    Signal("tap_angle", "deg", True, (), _tap_angle, Swing(10.0), by_hand=True),
    Signal("palm_x", "half picture widths", True, (), _palm_x, Swing(0.2), by_hand=True),
    Signal("palm_y", "half picture widths", True, (), _palm_y, Swing(0.2), by_hand=True),
)
