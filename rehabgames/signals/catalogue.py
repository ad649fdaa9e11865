"""The catalogue of signals: name → unit, landmarks it needs, formula, and what a repetition of it is.

Sided names end in `.left` or `.right` (the person's own); the bare name of a sided signal means the
side that the camera sees better.
"""

from __future__ import annotations

from typing import Final

from rehabgames.core.errors import unknown_name
from rehabgames.core.landmarks import SIDES, Side
from rehabgames.signals.arm import ARM_SIGNALS
from rehabgames.signals.hand import HAND_SIGNALS
from rehabgames.signals.leg import LEG_SIGNALS
from rehabgames.signals.signal import Signal
from rehabgames.signals.trunk import TRUNK_SIGNALS

_ALL = (*ARM_SIGNALS, *TRUNK_SIGNALS, *LEG_SIGNALS, *HAND_SIGNALS)

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
