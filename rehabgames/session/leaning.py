"""Leaning: whether the trunk did in a trial what the arm was to do, as it happens.

Two lines are drawn. What counts as compensation is the same for everybody and always (LEAN_DEG). What is
still tolerated, where the arm is to be restored, begins looser and is shaped towards that line: each trial
within it draws it closer, each trial beyond it lets it go out by about twice as much. So about one trial
in three asks for more than came by itself, whoever leans much at first.
"""

from __future__ import annotations

import math
from typing import Final

from rehabgames.measures.compensation import HELD_S, TRUNK_LEAN_RAD

LEAN_DEG: Final = math.degrees(TRUNK_LEAN_RAD)
LOOSEST_DEG: Final = 2 * LEAN_DEG
CLOSER: Final = 0.95
LOOSER: Final = 1.1


class Leaning:
    """Call `begin` at the start of a trial, `update` at every step and `judged` at its end.

    held          the trunk leaned LEAN_DEG away from where it was when the trial began, for HELD_S without a
                  break (MEASURES section 4)
    tolerated     it was not beyond `tolerance_deg` for so long
    What cannot be measured (NaN) is no lean.
    """

    def __init__(self) -> None:
        self.tolerance_deg = LOOSEST_DEG
        self._compensating, self._beyond = _Held(LEAN_DEG), _Held(self.tolerance_deg)
        self._baseline_deg = self._away_deg = math.nan

    @property
    def held(self) -> bool:
        return self._compensating.so

    @property
    def tolerated(self) -> bool:
        return not self._beyond.so

    @property
    def share(self) -> float:
        """How far the trunk leans now, 1 is as far as is tolerated; 0 where it is not seen."""
        return 0.0 if math.isnan(self._away_deg) else self._away_deg / self.tolerance_deg

    def begin(self) -> None:
        self._away_deg = math.nan
        self._baseline_deg = math.nan
        self._compensating, self._beyond = _Held(LEAN_DEG), _Held(self.tolerance_deg)

    def update(self, lean_deg: float, dt_s: float) -> None:
        if math.isnan(self._baseline_deg):
            self._baseline_deg = lean_deg
        self._away_deg = abs(lean_deg - self._baseline_deg)
        self._compensating.update(self._away_deg, dt_s)
        self._beyond.update(self._away_deg, dt_s)

    def judged(self) -> None:
        """The trial was one that counts: shape what is tolerated in the next one."""
        if not math.isnan(self._baseline_deg):
            wanted = self.tolerance_deg * (CLOSER if self.tolerated else LOOSER)
            self.tolerance_deg = min(LOOSEST_DEG, max(LEAN_DEG, wanted))


class _Held:
    """Whether an angle was over a limit for HELD_S without a break."""

    def __init__(self, over_deg: float) -> None:
        self._over_deg = over_deg
        self._for_s = 0.0
        self.so = False

    def update(self, angle_deg: float, dt_s: float) -> None:
        self._for_s = self._for_s + dt_s if angle_deg > self._over_deg else 0.0
        self.so |= self._for_s >= HELD_S
