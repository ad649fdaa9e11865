"""Sample: what is known of one instant, as the game, the guards and a calibration read it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sample:
    """The measurement stream and the control stream of one picture, side by side.

    values   signal name → raw number in the signal's unit, NaN where it cannot be measured
    guards   the same for the signals that watch limits; without the gates that ask how the body
             stands to the camera, because a limit holds however it stands
    at       play coordinates of what steers (the working hand, or the weight), smoothed; None where it is
             not seen
    grip     how far the working hand is closed, share of its own range, 0 open .. 1 closed, smoothed; NaN
             where it is not watched or not seen
    arm_px   apparent shoulder → elbow → wrist of the working arm, px; NaN where it is not known
    present  False where no person is there (a ghost is not a person)
    sure     0..1 how far the landmarks that steer are to be trusted
    """

    t_s: float
    values: dict[str, float] = field(default_factory=dict)
    guards: dict[str, float] = field(default_factory=dict)
    at: tuple[float, float] | None = None
    grip: float = math.nan
    arm_px: float = math.nan
    present: bool = False
    sure: float = 0.0

    def __getitem__(self, name: str) -> float:
        return self.values.get(name, math.nan)
