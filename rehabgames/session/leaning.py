"""Leaning: whether the trunk did in a trial what the arm was to do, as it happens."""

from __future__ import annotations

import math

from rehabgames.measures.compensation import HELD_S, TRUNK_LEAN_RAD

LEAN_DEG = math.degrees(TRUNK_LEAN_RAD)


class Leaning:
    """Call `begin` at the start of a trial and `update` at every step; `held` says what came of it.

    The trunk counts as leaning from LEAN_DEG away from where it was when the trial began, once it did so for
    HELD_S without a break (MEASURES section 4). What cannot be measured (NaN) is no lean.
    """

    def __init__(self) -> None:
        self._baseline_deg = math.nan
        self._for_s = 0.0
        self.held = False

    def begin(self) -> None:
        self._baseline_deg, self._for_s, self.held = math.nan, 0.0, False

    def update(self, lean_deg: float, dt_s: float) -> None:
        if math.isnan(self._baseline_deg):
            self._baseline_deg = lean_deg
        leans = abs(lean_deg - self._baseline_deg) > LEAN_DEG
        self._for_s = self._for_s + dt_s if leans else 0.0
        self.held |= self._for_s >= HELD_S
