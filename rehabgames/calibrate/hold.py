"""HoldAsk: one movement that is asked a few times: go there, hold, come back. The best hold counts.

Positions are turned so that the asked way is up. Where the signal could not be measured at rest the
lowest place of each try takes the rest's place: then only what was seen to move is believed.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np

from rehabgames.calibrate.calibration import LONGEST_GAP_S
from rehabgames.core.measured import Validity
from rehabgames.core.protocol import Ask

STEADY: Final = 0.15  # share of a repetition's size: how far a hold may stray from the farthest place
NOISES: Final = 5.0  # or so many times the noise of the rest
STILL_WAITING_S: Final = 4.0  # who has heard it and not moved by then is taken to be there already
RETURNED: Final = 0.4  # share of the way out that may be left to be back at rest
LONGEST_BACK_S: Final = 6.0
MOST_FAILS: Final = 2
LEAST_MEASURED: Final = 0.5  # share of a try that has to be measured for it to say anything


@dataclass(frozen=True, slots=True)
class Rest:
    """Of one signal, in its unit: where it is at rest (NaN unknown) and its RMS noise (NaN unknown)."""

    level: float = math.nan
    noise: float = math.nan


class _Try:
    """What was seen since the movement was asked: positions turned so that the asked way is up."""

    def __init__(self, level: float, steady: float, least: float) -> None:
        self._level = level
        self._steady = steady
        self._least = least
        self._raw: deque[float] = deque(maxlen=3)
        self._lowest = math.inf
        self._frames = self._seen_frames = 0
        self._unseen_s = 0.0
        self.trail: list[tuple[float, float]] = []  # seconds seen so far, position
        self.seen_s = 0.0
        self.farthest = -math.inf
        self.lost = Validity.UNSEEN

    def add(self, y: float, dt_s: float, lost: Validity) -> None:
        """A hold goes on where it was interrupted: what was not seen adds nothing."""
        self._frames += 1
        if not math.isfinite(y):
            self._unseen_s += dt_s
            self.lost = lost
            return
        if self._unseen_s <= 0 and dt_s < LONGEST_GAP_S:
            self.seen_s += dt_s
        self._unseen_s = 0.0
        self._seen_frames += 1
        self._raw.append(y)
        smooth = float(np.median(self._raw))
        self.trail.append((self.seen_s, smooth))
        self.farthest = max(self.farthest, smooth)
        self._lowest = min(self._lowest, smooth)

    @property
    def seen_now(self) -> bool:
        return bool(self.trail) and self._unseen_s <= 0

    @property
    def measured(self) -> bool:
        """Enough of it was seen to say something."""
        return bool(self.trail) and self._seen_frames >= LEAST_MEASURED * self._frames

    @property
    def moved(self) -> float:
        """How far it came from rest at most."""
        return self.farthest - self._base if self.trail else -math.inf

    @property
    def believed(self) -> bool:
        """It moved far enough; where the place itself counts it need not move at all."""
        return bool(self.trail) and (self._least <= 0 or self.moved >= self._least)

    @property
    def away(self) -> float:
        """How far from rest it is now."""
        return self.trail[-1][1] - self._base if self.trail else math.inf

    @property
    def _base(self) -> float:
        return self._level if math.isfinite(self._level) else self._lowest

    @property
    def ready(self) -> bool:
        """The place that is reached may be taken if it is held."""
        if not self.seen_now:
            return False
        # twice, or the slow beginning of a movement would be a hold
        moving = self.farthest - self.trail[0][1] > 2 * self._steady
        begun = moving or self.seen_s > STILL_WAITING_S
        return begun and self.believed

    @property
    def held_s(self) -> float:
        """How long the newest stretch is that strays little and is not far from the farthest place."""
        since_s = self.seen_s
        low = high = self.trail[-1][1]
        for t_s, y in reversed(self.trail):
            low, high = min(low, y), max(high, y)
            if high - low > self._steady or low < self.farthest - 2 * self._steady:
                break
            since_s = t_s
        return self.seen_s - since_s

    def between(self, since_s: float, until_s: float) -> list[float]:
        return [y for t, y in self.trail if since_s <= t <= until_s]


class HoldAsk:
    """`step` until `over`; `value` is NaN where nothing was found, and then `why` says why.

    size   what one repetition of the signal is, in its unit (`Swing.size`)
    back   the way back to rest is asked; taken: holds so far; tries: how often it was asked
    """

    def __init__(self, ask: Ask, rest: Rest, size: float) -> None:
        self._ask = ask
        self._level = ask.towards * rest.level
        noise = rest.noise if math.isfinite(rest.noise) else 0.0
        self._steady = max(STEADY * size, NOISES * noise)
        self._found: list[float] = []
        self._fails = 0
        self._try = self._new_try()
        self._began_s: float | None = None
        self.back = False
        self.over = False
        self.value = math.nan
        self.why = Validity.GOOD
        self.tries = 1

    @property
    def taken(self) -> int:
        return len(self._found)

    @property
    def share(self) -> float:
        """0..1 of the hold that is going on."""
        if self.back or not self._try.ready:
            return 0.0
        return min(1.0, self._try.held_s / self._ask.hold_s)

    @property
    def progress(self) -> float:
        return 1.0 if self.over else min(1.0, self.taken / max(1, self._ask.times))

    def step(self, now_s: float, x: float, dt_s: float, at_limit: float, lost: Validity) -> None:
        """now_s: a clock that goes on by dt_s; x: the signal, NaN where it is not measured.

        at_limit  the value to take because the movement must go no farther, or NaN
        lost      why x is NaN
        """
        if self._began_s is None:
            self._began_s = now_s
        self._try.add(self._ask.towards * x, dt_s, lost)
        if self.back:
            self._come_back(now_s, now_s - self._began_s)
        else:
            self._go(now_s, now_s - self._began_s, at_limit)

    def _go(self, now_s: float, elapsed_s: float, at_limit: float) -> None:
        now = self._try
        if math.isfinite(at_limit) and now.believed:
            self._take(self._ask.towards * at_limit, now_s)
        elif now.ready and now.held_s >= self._ask.hold_s:
            self._take(self._statistic(now.between(now.seen_s - self._ask.hold_s, now.seen_s)), now_s)
        elif elapsed_s >= self._ask.timeout_s:
            self._time_is_over(now_s)

    def _time_is_over(self, now_s: float) -> None:
        now, half_s = self._try, self._ask.hold_s / 2
        if now.measured and now.believed:
            top_s = max(now.trail, key=lambda each: each[1])[0]
            self._take(self._statistic(now.between(top_s - half_s, top_s + half_s)), now_s)
            return
        nowhere = Validity.NO_MOVEMENT if math.isfinite(self._level) else Validity.NO_BASELINE
        self.why = nowhere if now.measured else now.lost
        self._fails += 1
        if self._found or self._fails >= MOST_FAILS:
            self._end()
        else:
            self._start_try()

    def _statistic(self, hold: list[float]) -> float:
        return float(np.median(hold)) if self._ask.statistic == "median" else max(hold)

    def _come_back(self, now_s: float, elapsed_s: float) -> None:
        near = max(RETURNED * self._try.moved, self._steady, self._ask.least / 2)
        returned = self._try.seen_now and self._try.away <= near
        if returned or elapsed_s >= LONGEST_BACK_S:
            if self.taken >= self._ask.times:
                self._end()
            else:
                self._start_try()

    def _take(self, y: float, now_s: float) -> None:
        self._found.append(y)
        self.back = True
        self._began_s = now_s
        self._come_back(now_s, 0.0)  # who did not have to leave the rest need not come back to it

    def _end(self) -> None:
        self.over, self.back = True, False
        if self._found:
            self.value, self.why = self._ask.towards * max(self._found), Validity.GOOD

    def _start_try(self) -> None:
        self.back = False
        self.tries += 1
        self._began_s = None
        self._try = self._new_try()

    def _new_try(self) -> _Try:
        return _Try(self._level, self._steady, self._ask.least)
