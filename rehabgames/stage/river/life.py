"""What lives on the river without being asked: swallows, and the glow of fireflies at dusk."""

from __future__ import annotations

import math

import numpy as np

from rehabgames.stage.easel import Easel
from rehabgames.stage.river.hours import Hour


class Life:
    """Everything is a function of the seed and of clock_s, which stands still where nothing may move."""

    def __init__(self, seed: int, hour: Hour) -> None:
        rng = np.random.default_rng([seed, 5])
        self._swallows = [
            (float(rng.uniform(0, 24)), float(rng.uniform(0.2, 0.5)), float(rng.uniform(0.7, 1.2)))
            for _ in range(int(rng.integers(2, 5)))
        ]
        self._flies = [
            (float(rng.uniform(0.3, 1.0)), float(rng.uniform(0.36, 0.62)), float(rng.uniform(0, 6)))
            for _ in range(14 if hour.lamp else 0)
        ]

    def sky(self, easel: Easel, clock_s: float) -> None:
        width, height = easel.layout.size
        way = -1.0 if easel.mirrored else 1.0
        for start_s, level, size in self._swallows:
            k = (clock_s + start_s) % 26.0 / 7.0
            if k > 1.0:
                continue
            wings = "swallow_up" if math.sin(clock_s * 9.0 + start_s) > -0.1 else "swallow_down"
            across = (k if way > 0 else 1.0 - k) * 1.2 - 0.1
            dip = 0.16 * math.sin(math.pi * k) * (1.0 if level < 0.35 else -0.6)
            spot = (across * width, (level * 0.5 + dip + 0.02 * math.sin(clock_s * 1.9 + start_s)) * height)
            easel.stamp(easel.sprite(f"river/{wings}", easel.px(34 * size), adorns=True), spot, 0.85)

    def air(self, easel: Easel, clock_s: float) -> None:
        width, height = easel.layout.size
        for across, down, phase in self._flies:
            x = (across + 0.012 * math.sin(clock_s * 0.5 + phase)) * width
            y = (down + 0.016 * math.sin(clock_s * 0.7 + 2.0 * phase)) * height
            clear = 0.32 + 0.18 * math.sin(clock_s * 0.9 + phase)
            easel.stamp(easel.glow(easel.px(7), "#ffe9a0", 0.2), (x, y), clear)
