"""OverRange: the arm went higher than allowed. Source: SAFETY "Range"; hazard H4.

Beyond the limit + 5° for 300 ms the target goes away until the arm is back under the limit; the
third time ends the exercise. Noise that dips under the line counts off what it lasts, back under
the limit all is forgotten. What cannot be measured (NaN, inf) is not over the limit, and does not
end an ease-back either.
"""

from __future__ import annotations

import math
from typing import Literal

from rehabgames.safety.lasting import Lasting

MARGIN_DEG = 5.0
PATIENCE_S = 0.3
MOST_TIMES = 3

Verdict = Literal["fine", "ease_back", "end"]


class OverRange:
    """Watches one angle against its limit; `update` once per sample. A limit that is not finite is 0."""

    def __init__(self, limit_deg: float) -> None:
        self.limit_deg = limit_deg if math.isfinite(limit_deg) else 0.0
        self.times = 0
        self._beyond = Lasting()
        self._easing = False

    def update(self, angle_deg: float, now_s: float) -> Verdict:
        seen = math.isfinite(angle_deg)
        if seen and angle_deg < self.limit_deg:
            self._easing = False
            self._beyond.reset()
        elif not self._easing:
            self._beyond.update(angle_deg > self.limit_deg + MARGIN_DEG if seen else None, now_s)
            if self._beyond.has(PATIENCE_S):
                self._easing = True
                self.times += 1
        return self._verdict()

    def tighten(self, limit_deg: float) -> None:
        """A lower limit from now on; a higher one or none changes nothing."""
        self.limit_deg = min(self.limit_deg, OverRange(limit_deg).limit_deg)

    def _verdict(self) -> Verdict:
        if self.times >= MOST_TIMES:
            return "end"
        return "ease_back" if self._easing else "fine"
