"""Holding: staying somewhere for a while."""

from __future__ import annotations

from typing import Final

FORGET: Final = 2.0  # a hold that was left is lost this many times faster than it was made


class Hold:
    """so_far_s: how much of it is made."""

    def __init__(self) -> None:
        self.so_far_s = 0.0

    def clear(self) -> None:
        self.so_far_s = 0.0

    def step(self, dt_s: float, for_s: float, *, inside: bool) -> bool:
        """True where it is inside now and was held for_s."""
        if inside:
            self.so_far_s += dt_s
            return self.so_far_s >= for_s
        self.so_far_s = max(0.0, self.so_far_s - FORGET * dt_s)
        return False

    def share(self, for_s: float, of_none: float = 0.0) -> float:
        """How much of it is made, 0..1; of_none: where nothing is to be held."""
        return min(1.0, self.so_far_s / for_s) if for_s > 0.0 else of_none
