"""Signal: what one signal is made of, and what counts as a repetition of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from rehabgames.core.landmarks import Side
from rehabgames.core.pose import Array, Recording
from rehabgames.signals.scale import BodyScale

Formula = Callable[[Recording, Side, BodyScale], Array]
CameraView = Literal["any", "front", "side"]


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
    """How a signal is computed and when it may be believed.

    needs     landmarks that must be seen; "{side}_elbow" is filled in
    segments  segments of `scale.SEGMENTS` that must lie in the picture plane: an angle between
              segments that point at the camera is not the angle of the joint (MEASURES 0.3)
    view      where the camera must stand
    by_hand   made of the hand's own landmarks, which need no body
    """

    name: str
    unit: str
    sided: bool
    needs: tuple[str, ...]
    formula: Formula
    swing: Swing
    segments: tuple[str, ...] = ()
    view: CameraView = "any"
    by_hand: bool = False
