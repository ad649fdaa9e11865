"""Gripping: whether the hand is open or closed, by how far it is closed; with hysteresis and with gaps.

Between `open_at` and `close_at` the hand is what it was. While it is not seen (NaN) it stays what it was for
KEPT_S; after that it is neither open nor closed, so that nothing follows from not being seen.
"""

from __future__ import annotations

import math
from typing import Final

KEPT_S: Final = 0.5  # so long a hand that is not seen is what it was
# so long it has to be otherwise: one wrong picture closes no hand. The filter of what steers draws one out
# over two, which at 15 pictures a second are 0.13 s: where opening drops something it has to last longer
SURE_S: Final = 0.08
NEVER_DROPS_S: Final = 0.15
OPEN_SHARE: Final = 0.75  # of what counts as closed: an open hand is clearly less


class Gripping:
    """`step` it with every picture. close_at: share of the own closing from which on the hand is closed;
    open_at: up to which it is open, drawn below OPEN_SHARE of close_at; opens_s: for how long."""

    def __init__(self, close_at: float, open_at: float, opens_s: float = SURE_S) -> None:
        self.close_at = close_at
        self.open_at = min(open_at, OPEN_SHARE * close_at)
        self._opens_s = opens_s
        self.share = 0.0  # 0..1 of close_at, as last seen
        self._closed: bool | None = None
        self._other_s = self._unseen_s = 0.0

    @property
    def closed(self) -> bool:
        return self._closed is True and self._unseen_s <= KEPT_S

    @property
    def opened(self) -> bool:
        """The hand is open now."""
        return self._closed is False and self._unseen_s <= KEPT_S

    @property
    def firm(self) -> float:
        """0 where the hand is open, 1 where it is as closed as is asked."""
        at = self.open_at / self.close_at if self.close_at > 0 else 0.0
        return max(0.0, (self.share - at) / (1.0 - at)) if at < 1 else 0.0

    @property
    def seen(self) -> bool:
        """Its grip is known in this picture."""
        return self._unseen_s <= 0

    def step(self, grip: float, dt_s: float) -> None:
        """grip: 0 open .. 1 closed, NaN where it is not known now."""
        if not math.isfinite(grip):
            self._unseen_s += dt_s
            self._other_s = 0.0
            return
        self._unseen_s = 0.0
        self.share = max(0.0, min(1.0, grip / self.close_at)) if self.close_at > 0 else 1.0
        now = True if grip >= self.close_at else False if grip <= self.open_at else self._closed
        if now == self._closed:
            self._other_s = 0.0
            return
        self._other_s += dt_s
        if self._closed is None or self._other_s >= (SURE_S if now else self._opens_s):
            self._closed, self._other_s = now, 0.0
