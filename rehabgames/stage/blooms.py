"""Blooms: rewards of leaves and light that open for half a second and settle, in places with trees."""

from __future__ import annotations

import math

import pygame

from rehabgames.core.view import Cue
from rehabgames.stage import svg
from rehabgames.stage.easel import Easel
from rehabgames.stage.hours import Hour
from rehabgames.stage.motion import ease, swell
from rehabgames.stage.opened import Opened
from rehabgames.stage.palette import CREAM

_BLOOM_S = {"pick": 0.6, "place": 0.9, "calibrated": 0.9, "miss": 1.4}


class Blooms:
    """Remembers which are open."""

    def __init__(self) -> None:
        self._open = Opened(_BLOOM_S)

    def add(self, cue: Cue, now_s: float) -> None:
        self._open.add(cue, now_s)

    def paint(self, easel: Easel, hour: Hour) -> None:
        for age_s, cue in self._open.at(easel.now_s):
            k = age_s / _BLOOM_S[cue.kind]
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
