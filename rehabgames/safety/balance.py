"""Balance: signs that somebody may be about to fall. Hazard H2; source: SAFETY "Balance".

Each sign pauses within 500 ms, also at ten pictures a second. It is an instability pause without any
penalty, and no fall detection: a fall that a camera cannot see, or that is slow, is not found.

trunk_tilt   more than 20° over the baseline, to either side, for 0.2 s
hip_drop     hips 0.3 leg lengths lower than at any moment of the last 0.4 s (0.75 leg lengths / s, about
             0.65 m/s: a buckling knee, and faster than sitting down in 1.2 s)
out_of_zone  a foot out of the zone for 0.2 s
lost_moving  not seen for 0.3 s, and moving when last seen
"""

from __future__ import annotations

import math
from collections import deque

from rehabgames.safety.lasting import ROUNDING_S, Lasting

TILT_DEG = 20.0
PATIENCE_S = 0.2
LOST_S = 0.3
DROP = 0.3  # leg lengths
DROP_S = 0.4
STEADY_S = 1.0  # without any sign, and seen, before it goes on


class Balance:
    """trunk_baseline_deg: lean of the trunk at rest; not finite: upright."""

    def __init__(self, trunk_baseline_deg: float) -> None:
        self._baseline_deg = trunk_baseline_deg if math.isfinite(trunk_baseline_deg) else 0.0
        self._tilt, self._out, self._lost, self._steady = Lasting(), Lasting(), Lasting(), Lasting()
        self._hips: deque[tuple[float, float]] = deque()
        self._moving = False
        self._paused: str | None = None

    def update(
        self, lean_deg: float, hip_height: float, *, seen: bool, moving: bool, out_of_zone: bool, now_s: float
    ) -> str | None:
        """The sign for which it is to pause, or None. Call it for every step, seen or not.

        lean_deg: trunk_lean; hip_height: leg lengths over the ankles; NaN where not measured. moving:
        now, or when last seen. A pause stands until all is steady for STEADY_S. A time that is no number
        moves nothing.
        """
        if not math.isfinite(now_s):
            return self._paused
        self._lost.update(not seen, now_s)
        if seen:
            self._moving = moving
            tilted = abs(lean_deg - self._baseline_deg) > TILT_DEG if math.isfinite(lean_deg) else None
            self._tilt.update(tilted, now_s)
            self._out.update(out_of_zone, now_s)
            sign = self._sign(self._dropped(hip_height, now_s))
        else:
            self._moving = self._moving or moving
            sign = "lost_moving" if self._moving and self._lost.has(LOST_S) else None
        self._settle(sign, seen, now_s)
        return self._paused

    def _sign(self, dropped: bool) -> str | None:
        if self._tilt.has(PATIENCE_S):
            return "trunk_tilt"
        if dropped:
            return "hip_drop"
        return "out_of_zone" if self._out.has(PATIENCE_S) else None

    def _settle(self, sign: str | None, seen: bool, now_s: float) -> None:
        if sign is not None:
            self._paused = sign
            self._steady.reset()
            return
        self._steady.update(seen, now_s)
        if self._steady.has(STEADY_S):
            self._paused = None

    def _dropped(self, hip_height: float, now_s: float) -> bool:
        if not math.isfinite(hip_height):
            return False
        self._hips.append((now_s, hip_height))
        while not now_s - DROP_S - ROUNDING_S <= self._hips[0][0] <= now_s:
            self._hips.popleft()
        return max(height for _, height in self._hips) - hip_height >= DROP
