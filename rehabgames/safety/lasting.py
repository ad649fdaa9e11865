"""Lasting: how long something has been so, where single pictures may be wrong or missing."""

from __future__ import annotations

LONGEST_GAP_S = 0.3  # so much counts between two pictures, however far apart they are
ROUNDING_S = 1e-6


class Lasting:
    """Seconds that count up while it is so and down while it is not."""

    def __init__(self) -> None:
        self._lasted_s = 0.0
        self._seen_s: float | None = None
        self._was = False

    def update(self, so: bool | None, now_s: float) -> float:
        """so: None where it cannot be seen, which counts neither way. Returns seconds.

        A clock that stands still or goes back adds nothing.
        """
        if so is None:
            return self._lasted_s
        gap_s = 0.0 if self._seen_s is None else max(0.0, now_s - self._seen_s)
        if so and self._was:
            self._lasted_s += min(LONGEST_GAP_S, gap_s)
        elif not so:
            self._lasted_s = max(0.0, self._lasted_s - gap_s)
        self._seen_s, self._was = now_s, so
        return self._lasted_s

    def has(self, patience_s: float) -> bool:
        """It has lasted so long."""
        return self._was and self._lasted_s >= patience_s - ROUNDING_S

    def reset(self) -> None:
        self._lasted_s, self._seen_s, self._was = 0.0, None, False
