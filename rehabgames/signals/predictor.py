"""Predictor: where a steered coordinate will be when the picture that shows it is seen.

At rest it gives the one-euro filter's answer and nothing else, so that it is as steady; the faster the
coordinate moves, the more it gives that of a Kalman filter with a decaying acceleration (Singer 1970,
doi:10.1109/TAES.1970.310128), carried forward to the asked time. What brakes is carried to where it stops and
never back: a picture that runs ahead of a hand that has stopped is worse than one that is late.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from rehabgames.signals.one_euro import OneEuroFilter

LONGEST_S: Final = 0.12  # farther ahead nothing is said: that is guessing
LOOK: Final = 0.95  # share of the time ahead: all of it overshoots a reversal
BEHIND_S: Final = 0.012  # MediaPipe smooths, too: a moving hand is 8 to 18 ms older than its picture
NOISE: Final = 0.012  # of a landmark while it moves, arm lengths
JERK: Final = 3000.0  # spectral density of what changes the acceleration
MEMORY_S: Final = 0.4  # in which an acceleration is forgotten
SLOW: Final = 0.1  # arm lengths a second: up to this it rests
BRISK: Final = 0.4  # and from this it moves
STEADY_S: Final = 0.08  # over which the speed is taken that tells: noise is quick and goes nowhere


class Predictor:
    """Call `update(t_s, x)` for each frame, then `at(t_s)` for any later time. x is in units of which one is
    about an arm length, a range or a hand's closing; NaN starts anew.

    min_cutoff_hz, beta: of the one-euro filter. Raises ValueError as that does.
    """

    def __init__(self, min_cutoff_hz: float, beta: float) -> None:
        self._steady = OneEuroFilter(min_cutoff_hz, beta)
        self.reset()

    def reset(self) -> None:
        self._steady.reset()
        self._t_s = math.nan
        self._x = math.nan
        self._state = np.zeros(3)
        self._spread = np.diag([NOISE**2, 4.0, 100.0])
        self._going = 0.0

    def update(self, t_s: float, x: float) -> float:
        """The filtered x, not carried forward; a time that is not later than the last gives the last one."""
        if not math.isfinite(x):
            self.reset()
            return math.nan
        if math.isnan(self._t_s):
            self._t_s, self._state[0] = t_s, x
        elif t_s > self._t_s:
            self._learn(t_s - self._t_s, x)
            self._t_s = t_s
        self._x = self._steady(t_s, x)
        return self._x

    def _learn(self, dt_s: float, x: float) -> None:
        step = np.array(
            [[1.0, dt_s, dt_s * dt_s / 2], [0.0, 1.0, dt_s], [0.0, 0.0, math.exp(-dt_s / MEMORY_S)]]
        )
        shaken = np.array([dt_s * dt_s / 6, dt_s / 2, 1.0])
        state = step @ self._state
        spread = step @ self._spread @ step.T + JERK * dt_s * np.outer(shaken, shaken)
        gain = spread[:, 0] / (spread[0, 0] + NOISE**2)
        self._state = state + gain * (x - state[0])
        self._spread = spread - np.outer(gain, spread[0])
        self._going += (float(self._state[1]) - self._going) * min(1.0, dt_s / STEADY_S)

    def at(self, t_s: float, sure: float = 1.0) -> float:
        """x as it will be at t_s, at most LONGEST_S after the last frame; NaN where the last x was.

        sure: 0..1, how far what is tracked is to be trusted; nothing is carried forward where it is not.
        """
        if not math.isfinite(self._x):
            return math.nan
        place, speed, change = (float(value) for value in self._state)
        ahead_s = LOOK * min(LONGEST_S, max(0.0, t_s - self._t_s) + BEHIND_S)
        brakes = change * speed < 0.0
        if brakes:
            ahead_s = min(ahead_s, -speed / change)
        carried = place + speed * ahead_s + (change * ahead_s * ahead_s / 2 if brakes else 0.0)
        share = min(1.0, max(0.0, (abs(self._going) - SLOW) / (BRISK - SLOW)))
        share *= share * (3.0 - 2.0 * share) * min(1.0, max(0.0, sure))
        return self._x + share * (carried - self._x)
