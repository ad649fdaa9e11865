"""What lives in the orchard without being asked: drifting clouds, a bird, a leaf."""

from __future__ import annotations

import math

import numpy as np

from rehabgames.stage.blooms import leaf
from rehabgames.stage.easel import Easel
from rehabgames.stage.hours import Hour
from rehabgames.stage.motion import ease, swell


class Life:
    """Everything is a function of the seed and of clock_s, which stands still where nothing may move."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng([seed, 7])
        self._clouds = [
            (
                ("cloud", "cloud_long")[i % 2],
                float(rng.uniform(0, 1)),
                float(rng.uniform(0.09, 0.24)),
                float(rng.uniform(0.0022, 0.0045)),
                float(rng.uniform(0.15, 0.24)),
            )
            for i in range(3)
        ]
        self._bird_s = float(rng.uniform(3, 14))
        self._leaf_s = float(rng.uniform(0, 9))

    def sky(self, easel: Easel, clock_s: float) -> None:
        """Clouds and, now and then, a bird; behind the boughs."""
        width, height = easel.layout.size
        for name, start, y, speed, size in self._clouds:
            x = (start + clock_s * speed) % 1.3 - 0.15
            easel.stamp(
                easel.sprite(f"orchard/{name}", size * width, adorns=True), (x * width, y * height), 0.6
            )
        k = (clock_s - self._bird_s) % 34.0 / 8.0
        if 0.0 <= k <= 1.0:
            wings = "bird_up" if math.sin(clock_s * 11.0) > -0.2 else "bird_down"
            way = -1.0 if easel.mirrored else 1.0
            x = (k if way > 0 else 1.0 - k) * 1.2 - 0.1
            y = 0.3 - 0.1 * math.sin(math.pi * k) + 0.012 * math.sin(clock_s * 2.1)
            easel.stamp(
                easel.sprite(f"orchard/{wings}", easel.px(46), adorns=True), (x * width, y * height), 0.85
            )

    def air(self, easel: Easel, hour: Hour, clock_s: float) -> None:
        """One leaf that sails down in front of the scene."""
        k = (clock_s + self._leaf_s) % 13.0 / 8.0
        if k > 1.0:
            return
        width, height = easel.layout.size
        turn = clock_s + self._leaf_s
        lane = 0.62 + 0.2 * math.sin(7.0 * ((turn // 13.0) + 1))
        x = (1 - lane if easel.mirrored else lane) * width + math.sin(turn * 1.7) * easel.px(46)
        y = (0.28 + 0.6 * k) * height
        step = round(math.degrees(math.sin(turn * 1.3)) / 12) * 12
        easel.stamp(
            leaf(easel, hour.leaves[2], step, 30),
            (x, y),
            0.9 * swell(min(1.0, k * 3) / 2) * (1 - ease(4 * k - 3)),
        )
