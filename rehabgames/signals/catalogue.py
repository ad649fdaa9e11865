"""The catalogue of signals: name → unit, landmarks it needs, formula, and what a repetition of it is.

Sided names end in `.left` or `.right` (the person's own); the bare name of a sided signal means the
side that the camera sees better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rehabgames.core.errors import unknown_name
from rehabgames.core.landmarks import SIDES, Side
from rehabgames.core.trial import Space
from rehabgames.signals.arm import ARM_SIGNALS
from rehabgames.signals.hand import HAND_SIGNALS
from rehabgames.signals.leg import LEG_SIGNALS
from rehabgames.signals.signal import Signal
from rehabgames.signals.trunk import TRUNK_SIGNALS

_ALL = (*ARM_SIGNALS, *TRUNK_SIGNALS, *LEG_SIGNALS, *HAND_SIGNALS)

SIGNALS: Final[dict[str, Signal]] = {signal.name: signal for signal in _ALL}


@dataclass(frozen=True, slots=True)
class Steering:
    """What an exercise may be steered by: signals that make a place in the plane, and a grip.

    x, y   names of signals; y "" where there is one way only
    grip   of the hand's opening, "" where it is not watched
    space  of the goals, as in core.trial.Goal; in "shift" x is a share of the own calibrated range
    """

    x: str
    y: str = ""
    grip: str = ""
    space: Space = "arm"

    @property
    def by_hand(self) -> bool:
        """The landmarks of the hand itself are needed."""
        return any(SIGNALS[name].by_hand for name in (self.x, self.y, self.grip) if name)

    @property
    def needs_a_body(self) -> bool:
        return not SIGNALS[self.x].by_hand

    @property
    def found(self) -> tuple[str, ...]:
        """Names of the asks that a calibration has to have, so that shares of the own range are known."""
        ends = tuple(f"{self.x}.{side}" for side in SIDES) if self.space == "shift" else ()
        return ends + (tuple(f"{self.grip}.{end}" for end in ("closed", "open")) if self.grip else ())


CONTROLS: Final[dict[str, Steering]] = {
    "hand_position": Steering("hand_x", "hand_y"),
    "hand_grip": Steering("hand_x", "hand_y", grip="hand_open"),
    "seated_shift": Steering("seated_shift", space="shift"),
    "weight_shift": Steering("weight_shift", space="shift"),
    "close_up_grip": Steering("palm_x", "palm_y", grip="hand_open", space="picture"),
    "close_up_pinch": Steering("palm_x", "palm_y", grip="pinch", space="picture"),
}


def all_names() -> tuple[str, ...]:
    """Every full name: sided signals once per side, and bare names."""
    names: list[str] = []
    for signal in _ALL:
        names.append(signal.name)
        if signal.sided:
            names += [f"{signal.name}.{side}" for side in SIDES]
    return tuple(names)


def sided_names() -> tuple[str, ...]:
    """Every signal once for each side that it has."""
    return tuple(name for name in all_names() if "." in name or not SIGNALS[name].sided)


def resolve(name: str) -> tuple[Signal, Side | None]:
    """`hand_height.left` → (signal, "left"); a bare name → (signal, None).

    Raises UnknownNameError for a name that does not exist.
    """
    base, _, side = name.partition(".")
    signal = SIGNALS.get(base)
    if signal is None or (side and (not signal.sided or side not in SIDES)):
        raise unknown_name("signal", name, all_names())
    return signal, "left" if side == "left" else "right" if side == "right" else None
