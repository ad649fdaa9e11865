"""Glints: rewards that open for half a second and settle, and a miss that sinks; in a place's colours."""

from __future__ import annotations

import math

from rehabgames.core.view import Cue
from rehabgames.stage.easel import Easel
from rehabgames.stage.motion import ease, swell
from rehabgames.stage.opened import Opened


class Glints:
    """lasting: cue kind → seconds it is seen; what is not in it has no glint. light, drops: CSS colours."""

    def __init__(self, lasting: dict[str, float], light: str, drops: tuple[str, str]) -> None:
        self._lasting, self._light, self._drops = lasting, light, drops
        self._open = Opened(lasting)

    def add(self, cue: Cue, now_s: float) -> None:
        self._open.add(cue, now_s)

    def paint(self, easel: Easel) -> None:
        for age_s, cue in self._open.at(easel.now_s):
            k = age_s / self._lasting[cue.kind]
            x, y = easel.frame.to_screen(cue.x, cue.y)
            if cue.kind == "miss":
                spot = (x + math.sin(k * 7.0) * easel.px(12), y + easel.px(90) * k)
                easel.stamp(easel.disc(easel.px(7), self._drops[0]), spot, 0.8 * (1 - ease(k)))
                continue
            easel.stamp(easel.glow(easel.px(96), self._light, 0.1), (x, y), 0.7 * swell(k))
            out = easel.px(52 + 62 * (1.0 - (1.0 - k) ** 3))
            for i in range(12):
                angle = 2 * math.pi * i / 12 + 0.2
                drop = easel.disc(easel.px(8 - 3 * (i % 2)), self._drops[i % 2])
                spot = (x + out * math.cos(angle), y + out * math.sin(angle) + easel.px(16) * k * k)
                easel.stamp(drop, spot, 1 - ease(k))
