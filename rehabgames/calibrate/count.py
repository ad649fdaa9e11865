"""CountAsk: how many repetitions are made in the time; it runs from the onset of the first.

Repetitions are counted as everywhere (`measures.repetitions`): by the turning points of the signal, a
repetition being a way of at least `Ask.least`; one that is on its way up by more than that when the
time is over counts. Where a fifth of the time could not be seen there is no count.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from rehabgames.core.measured import Validity
from rehabgames.core.protocol import Ask
from rehabgames.measures.repetitions import count
from rehabgames.signals import Swing

LEAST_MEASURED: Final = 0.8
SETTLED_S: Final = 0.2  # so long no farther: the movement has turned, and the way back is shown


class CountAsk:
    """`step` until `over`; `value` is NaN where nothing was found, and then `why` says why.

    at_top  the rest is where the movement leads to, so the way back comes first
    """

    def __init__(self, ask: Ask, *, at_top: bool) -> None:
        self._ask = ask
        self._swing = Swing(ask.least, ask.towards)
        self._t_s: list[float] = []
        self._x: list[float] = []
        self._asked_s: float | None = None  # by the clock, when it was asked
        self._began_s: float | None = None  # and when the first repetition began
        self._elapsed_s = 0.0
        self._frames = self._measured = 0
        self._lost = Validity.UNSEEN
        self._turn = (math.nan, 0.0)  # farthest place of the half that is shown, and when it was reached
        self._from = math.nan
        self.back = at_top
        self.over = False
        self.value = math.nan
        self.why = Validity.GOOD
        self.taken = 0
        self.tries = 1

    @property
    def share(self) -> float:
        """0..1 of the time."""
        return min(1.0, self._elapsed_s / self._ask.timeout_s)

    @property
    def progress(self) -> float:
        return 1.0 if self.over else self.share

    def step(self, now_s: float, t_s: float, x: float, lost: Validity) -> None:
        """now_s: a clock that stands still while nobody is asked; t_s: of the picture, ascending;
        x: the signal, NaN where it is not measured; lost: why it is NaN."""
        if self._asked_s is None:
            self._asked_s = now_s
        self._frames += 1
        if math.isfinite(x):
            self._measured += 1
            self._t_s.append(t_s)
            self._x.append(x)
            self._show_the_way(now_s, self._ask.towards * x)
            self._count(now_s, t_s)
        else:
            self._lost = lost
        waited_s = now_s - self._asked_s
        self._elapsed_s = 0.0 if self._began_s is None else now_s - self._began_s
        if max(self._elapsed_s, waited_s if self._began_s is None else 0.0) >= self._ask.timeout_s:
            self._end()

    def _count(self, now_s: float, t_s: float) -> None:
        found = count(np.array(self._t_s), np.array(self._x), self._swing)
        if found and self._began_s is None:
            self._began_s = now_s - max(0.0, t_s - found[0].onset_s)
        self.taken = len(found)

    def _end(self) -> None:
        self.over = True
        self.back = False
        if self._measured < LEAST_MEASURED * self._frames:
            self.why = self._lost
        elif not self.taken:
            self.why = Validity.NO_MOVEMENT
        else:
            self.value = float(self.taken)

    def _show_the_way(self, now_s: float, y: float) -> None:
        """There and back are shown in turn, as the movement goes."""
        towards = -y if self.back else y
        if math.isnan(self._from):
            self._from, self._turn = towards, (towards, now_s)
        self._from = min(self._from, towards)
        if towards > self._turn[0]:
            self._turn = (towards, now_s)
        far = self._turn[0] - self._from >= self._ask.least
        if far and now_s - self._turn[1] >= SETTLED_S:
            self.back = not self.back
            self._from, self._turn = -towards, (-towards, now_s)
