"""Led: from the side that is seen, a line and a bird lead across to a target on the side that is missed.

Who misses one side of the room does not look there for what they do not see; what begins on the other side
and moves takes the eye along.
"""

from __future__ import annotations

import math
from typing import Final

from rehabgames.core.landmarks import Side
from rehabgames.core.view import View
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.motion import FirstSeen, ease
from rehabgames.stage.palette import CREAM, OUTLINE
from rehabgames.stage.targets import radius_px

FLIES_S: Final = 1.8
AGAIN_S: Final = 4.5  # from one flight to the next, until the target is held
WINGS_HZ: Final = 2.5
APART: Final = 44.0  # of the line's dots, px of the 720 px grid, as all here
EDGE: Final = 30.0
BIRD: Final = 92.0
ARCH: Final = 46.0  # how high the bird's way goes over the line


class Led:
    """Remembers when each target came."""

    def __init__(self) -> None:
        self._seen = FirstSeen()

    def paint(self, easel: Easel, view: View, shown: float) -> None:
        """Where the target is on the missed half of the play area. shown: 0..1, as of what is to be done."""
        sees, target = easel.comfort.sees, view.target
        self._seen.prune(easel.now_s)
        if not sees or target is None or view.phase != "play" or target.hold > 0.0:
            return
        end = easel.frame.to_screen(target.x, target.y)
        start = begins(easel, sees, end[1])
        if not missed(easel, sees, end[0]):
            return
        age_s = self._seen.age(target.number, easel.now_s)
        clear = shown * ease(age_s / 0.4)
        stop = radius_px(easel, target.radius) * 1.7
        self._line(easel, start, end, stop, clear)
        if not easel.calm:
            self._bird(easel, (start, end), stop, age_s, clear)

    @staticmethod
    def _line(easel: Easel, start: Point, end: Point, stop: float, clear: float) -> None:
        """Dots, and an arrow head at every fourth of them."""
        way = 1.0 if end[0] > start[0] else -1.0
        far, step = abs(end[0] - start[0]) - stop, easel.px(APART)
        for i in range(max(0, int(far / step)) + 1):
            at = start[0] + way * i * step, start[1]
            if i % 4 == 3:
                turn = 0.0 if way > 0 else 180.0
                easel.stamp(easel.chevron(easel.px(58), turn, CREAM, OUTLINE), at, clear)
            else:
                dot = easel.disc(easel.px(8), CREAM, edge=OUTLINE, edge_px=easel.px(3))
                easel.stamp(dot, at, clear)

    @staticmethod
    def _bird(easel: Easel, ends: tuple[Point, Point], stop: float, age_s: float, clear: float) -> None:
        """There in an arch; it is gone until it comes again."""
        (x, y), (to_x, _) = ends
        k = age_s % AGAIN_S / FLIES_S
        if k >= 1.0:
            return
        way = 1.0 if to_x > x else -1.0
        along = ease(k) * (abs(to_x - x) - stop)
        at = x + way * along, y - easel.px(ARCH) * math.sin(math.pi * k) - easel.px(20)
        wings = "lead_up" if math.sin(math.tau * WINGS_HZ * age_s) > 0 else "lead_down"
        picture = easel.pictures.sprite(f"signs/{wings}", easel.px(BIRD), flip=way < 0)
        easel.stamp(picture, at, clear * min(1.0, 5.0 * k, 5.0 * (1.0 - k)))


def begins(easel: Easel, sees: Side, y: float) -> Point:
    """At the edge of the play area on the side that is seen."""
    left, _, width, _ = easel.layout.play
    edge = easel.px(EDGE)
    return (left + width - edge if sees == "right" else left + edge), y


def missed(easel: Easel, sees: Side, x: float) -> bool:
    """It is on the other half of the play area."""
    left, _, width, _ = easel.layout.play
    middle = left + width / 2
    return x < middle if sees == "right" else x > middle
