"""OverRange: the arm went higher than allowed. Source: SAFETY "Range".

Beyond the limit + 5° for 300 ms the target goes away until the arm is back under the limit; the
third time ends the exercise. What cannot be measured (NaN) is not over the limit, and does not
end an ease-back either.
"""

from __future__ import annotations

import math
from typing import Literal

MARGIN_DEG = 5.0
PATIENCE_S = 0.3
MOST_TIMES = 3

Verdict = Literal["fine", "ease_back", "end"]


class OverRange:
    """Watches one angle against its limit; `update` once per sample. A limit that is not finite is 0."""

    def __init__(self, limit_deg: float) -> None:
        self.limit_deg = limit_deg if math.isfinite(limit_deg) else 0.0
        self.times = 0
        self._since_s: float | None = None
        self._easing = False

    def update(self, angle_deg: float, now_s: float) -> Verdict:
        if self._easing:
            if angle_deg < self.limit_deg:
                self._easing, self._since_s = False, None
            return self._verdict()
        if angle_deg > self.limit_deg + MARGIN_DEG:
            self._since_s = now_s if self._since_s is None else self._since_s
            if now_s - self._since_s >= PATIENCE_S:
                self._easing = True
                self.times += 1
        else:
            self._since_s = None
        return self._verdict()

    def _verdict(self) -> Verdict:
        if self.times >= MOST_TIMES:
            return "end"
        return "ease_back" if self._easing else "fine"
