"""What lives in the orchard without being asked: drifting clouds, a bird, a leaf, petals of a bloom."""

from __future__ import annotations

import math

import numpy as np
import pygame

from rehabgames.core.view import Cue
from rehabgames.stage import svg
from rehabgames.stage.easel import Easel
from rehabgames.stage.hours import Hour
from rehabgames.stage.motion import ease, swell
from rehabgames.stage.palette import CREAM

_BLOOM_S = {"pick": 0.6, "place": 0.9, "calibrated": 0.9, "miss": 1.4}
_GAP_S = 0.5  # a second bloom within this time is left out: rewards never flicker


class Life:
    """Everything is a function of the seed and of now_s, so the same instant looks the same."""

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

    def sky(self, easel: Easel) -> None:
        """Clouds and, now and then, a bird; behind the boughs."""
        width, height = easel.layout.size
        for name, start, y, speed, size in self._clouds:
            x = (start + easel.idle_s * speed) % 1.3 - 0.15
            easel.stamp(easel.sprite(f"orchard/{name}", size * width), (x * width, y * height), 0.6)
        k = (easel.idle_s - self._bird_s) % 34.0 / 8.0
        if 0.0 <= k <= 1.0:
            wings = "bird_up" if math.sin(easel.idle_s * 11.0) > -0.2 else "bird_down"
            way = -1.0 if easel.mirrored else 1.0
            x = (k if way > 0 else 1.0 - k) * 1.2 - 0.1
            y = 0.3 - 0.1 * math.sin(math.pi * k) + 0.012 * math.sin(easel.idle_s * 2.1)
            easel.stamp(easel.sprite(f"orchard/{wings}", easel.px(46)), (x * width, y * height), 0.85)

    def air(self, easel: Easel, hour: Hour) -> None:
        """One leaf that sails down in front of the scene."""
        k = (easel.idle_s + self._leaf_s) % 13.0 / 8.0
        if k > 1.0:
            return
        width, height = easel.layout.size
        turn = easel.idle_s + self._leaf_s
        lane = 0.62 + 0.2 * math.sin(7.0 * ((turn // 13.0) + 1))
        x = (1 - lane if easel.mirrored else lane) * width + math.sin(turn * 1.7) * easel.px(46)
        y = (0.28 + 0.6 * k) * height
        step = round(math.degrees(math.sin(turn * 1.3)) / 12) * 12
        easel.stamp(
            leaf(easel, hour.leaves[2], step, 30),
            (x, y),
            0.9 * swell(min(1.0, k * 3) / 2) * (1 - ease(4 * k - 3)),
        )


class Blooms:
    """Rewards that open for half a second and settle."""

    def __init__(self) -> None:
        self._open: list[tuple[float, Cue]] = []

    def add(self, cue: Cue, now_s: float) -> None:
        if cue.kind in _BLOOM_S and not any(0 <= now_s - t < _GAP_S for t, _ in self._open):
            self._open.append((now_s, cue))

    def paint(self, easel: Easel, hour: Hour) -> None:
        self._open = [(t, c) for t, c in self._open if 0 <= easel.now_s - t < _BLOOM_S[c.kind]]
        for start_s, cue in self._open:
            k = (easel.now_s - start_s) / _BLOOM_S[cue.kind]
            x, y = easel.frame.to_screen(cue.x, cue.y)
            if cue.kind == "miss":
                sway = math.sin(k * 9.0) * easel.px(16)
                spot = (x + sway, y + easel.px(120) * k)
                easel.stamp(
                    leaf(easel, hour.leaves[1], round(40 * math.sin(k * 9) / 12) * 12, 36), spot, 1 - ease(k)
                )
                continue
            out = easel.px(44 + 56 * (1.0 - (1.0 - k) ** 3))
            easel.stamp(easel.glow(easel.px(96), "#fff3c4", 0.1), (x, y), 0.7 * swell(k))
            for i in range(10):
                angle = 2 * math.pi * i / 10 + 0.3
                spot = (x + out * math.cos(angle), y + out * math.sin(angle) + easel.px(14) * k * k)
                if i % 2:
                    easel.stamp(easel.disc(easel.px(6), CREAM), spot, 1 - ease(k))
                else:
                    easel.stamp(
                        leaf(easel, hour.leaves[2], round(math.degrees(angle) / 12) * 12, 34),
                        spot,
                        1 - ease(k),
                    )


def leaf(easel: Easel, colour: str, turn_deg: int, size: float) -> pygame.Surface:
    """One leaf turned clockwise, kept for each turn."""
    part = easel.pictures.part("orchard/leaf")
    s = easel.px(size)

    def said() -> str:
        turned = svg.tag("g", part.inner if part else "", transform=f"rotate({turn_deg})", color=colour)
        return svg.document(s, s, turned, box=(-50, -50, 100, 100))

    return easel.pictures.drawn(f"leaf {s} {colour} {turn_deg}", said)


def petals(easel: Easel, middle: tuple[float, float], shown: float) -> None:
    """Blossom that sails down slowly on both sides of what was made."""
    for i in range(14):
        k = (easel.now_s / (9.0 + i % 4) + i * 0.37) % 1.0
        aside = (170 + i * 53 % 190) * (1 if i % 2 else -1)
        x = middle[0] + aside * easel.layout.unit + math.sin(easel.now_s + i) * easel.px(18)
        y = middle[1] + (k - 0.5) * easel.px(560)
        easel.stamp(
            easel.disc(easel.px(5 + i % 3), ("#ffffff", "#f6c9d4")[i % 2]), (x, y), 0.9 * shown * swell(k)
        )
