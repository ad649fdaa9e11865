"""Gates: two poles at their entry and two at their exit, and the lane of light on the water between them.

The lane reaches from the gate to the boat's row, so it is as large as the target from the first moment on.
The poles stand so far apart that all of the hull is between them where the boat's middle is within the
radius.
"""

from __future__ import annotations

import math
from typing import Final

import pygame

from rehabgames.core.view import Target, Thing
from rehabgames.stage.easel import Easel
from rehabgames.stage.motion import FirstSeen, ease
from rehabgames.stage.palette import CREAM, ORANGE, OUTLINE
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.river.boat import HULL
from rehabgames.stage.river.course import CLOSEST, FAR, Course
from rehabgames.stage.river.sized import Sized
from rehabgames.stage.river.water import lane

_BEFORE: Final = -0.055  # the lane begins so far behind the boat's middle
_LEFT: Final = -0.15  # so far behind the boat nothing is asked any more
_FLOATS: Final = 0.08  # apart along both edges
_MOST_LED: Final = 0.34  # ahead, to where the boat is led at most
_POLE: Final = (48.0, 172.0, 162.0)  # across, down, and the waterline's place in the pole's own picture
_TALL: Final = 150.0  # px of the 720 px grid at the boat


class Gates:
    """Paints the things of kind "gate". Remembers when each took its state, to fade it."""

    def __init__(self, pictures: Pictures, unit: float) -> None:
        span = (_size(1.0 / (1.0 + FAR)), _size(1.0 / CLOSEST))
        size = _TALL / _POLE[1] * unit
        self._pole = Sized(pictures, "river/pole", _POLE[0] * size, span)
        self._flags = {
            name: Sized(pictures, f"river/{name}", 64 * size, span, adorns=True)
            for name in ("pennant", "pennant_hung")
        }
        self._seen = FirstSeen()

    def clear(self, easel: Easel, gate: Thing) -> float:
        """How clear a gate is: it comes up gently, and fades where it was let go."""
        come = ease(self._seen.age(gate.key, easel.now_s) / 0.6)
        in_state = self._seen.age((gate.key, gate.state), easel.now_s)
        return come * (1.0 - ease(in_state / 0.9) if gate.state == "fading" else 1.0)

    def lanes(self, course: Course, gates: list[Thing], shown: float) -> None:
        """What lies flat on the water."""
        easel = course.easel
        self._seen.prune(easel.now_s)
        for gate in gates:
            entry, leaving = ends(gate)
            clear = shown * self.clear(easel, gate)
            edges = (gate.x - gate.radius - HULL, gate.x + gate.radius + HULL)
            nearest = _BEFORE if entry > _BEFORE else max(entry, _LEFT)
            if leaving > nearest and gate.state != "placed":
                lane(course, edges, (nearest, leaving), clear, easel.px(60))
            self._floats(course, gate, (entry, leaving), clear)

    def _floats(self, course: Course, gate: Thing, between: tuple[float, float], clear: float) -> None:
        """Small floats along both edges: they stay with the gate, so that they tell how fast it comes."""
        entry, leaving = between
        half, easel = gate.radius + HULL, course.easel
        at = leaving
        while at > max(_BEFORE, entry - 1.0):
            if course.seen(at):
                size = max(2.0, easel.layout.unit * 7.5 * course.near(at))
                steps = max(2, round(size))
                disc = easel.disc(steps, ORANGE, edge=OUTLINE, edge_px=max(1.0, 0.26 * steps))
                for side in (-1, 1):
                    spot = course.at(gate.x + side * half, at)
                    easel.stamp(disc, spot, clear * course.off_signs(spot))
            at -= _FLOATS

    def poles(self, course: Course, gate: Thing, *, behind: bool, shown: float) -> None:
        """Those ahead of the boat, or those behind it, which hide it."""
        clear = shown * self.clear(course.easel, gate)
        for ahead in sorted(ends(gate), reverse=True):
            if (ahead < 0.0) == behind and course.seen(ahead):
                for side in (-1, 1):
                    self._stand(course, gate, side, ahead, clear)

    def _stand(self, course: Course, gate: Thing, side: int, ahead: float, clear: float) -> None:
        easel, near = course.easel, course.near(ahead)
        x, y = course.at(gate.x + side * (gate.radius + HULL), ahead)
        pole = self._pole.at(_size(near))
        width, height = pole.get_size()
        scale = height / _POLE[1] * 182 / 172
        clear *= course.off_signs((x, y))
        easel.stamp(pole, (x, y + height * (0.5 - _POLE[2] / 172 * 172 / 182)), clear)
        passed = gate.state == "placed"
        raised = ease(self._seen.age((gate.key, gate.state), easel.now_s) / 0.5) if passed else 0.0
        flag = self._flags["pennant" if passed else "pennant_hung"].at(_size(near))
        up = (92.0 + 42.0 * raised if passed else 128.0) * height / 182
        easel.stamp(flag, (x + flag.get_width() * 0.46 + 0.04 * width * scale, y - up), clear)


def _size(near: float) -> float:
    """Far poles are a little larger than they would be, so that they are seen, and near ones smaller."""
    return float(near**0.75)


def ends(gate: Thing) -> tuple[float, float]:
    """How far ahead of the boat a gate's entry and exit are: 1 in sight .. 0 at the boat, less behind it."""
    if len(gate.way) == 2:
        return 1.0 - gate.way[0][1], 1.0 - gate.way[1][1]
    return 1.0 - gate.share, 1.1 - gate.share


def gates_of(things: tuple[Thing, ...], target: Target | None) -> list[Thing]:
    """The farthest first; where a lean is asked for and no gate is told of, one that is half way here."""
    gates = [thing for thing in things if thing.kind == "gate"]
    if not gates and target is not None and target.kind == "lean":
        key = f"target {target.number}"
        gates = [
            Thing(
                key,
                "gate",
                target.x,
                target.y,
                target.radius,
                share=0.7,
                way=((target.x, 0.7), (target.x, 0.8)),
            )
        ]
    return sorted(gates, key=lambda gate: -ends(gate)[0])


def lead(course: Course, boat_x: float, gate: Thing, clock_s: float, shown: float) -> None:
    """A curve of lights on the water from the bow into the lane, and an arrow beside the boat that points to
    it: seen from either half of the screen. It goes as the boat comes in."""
    easel = course.easel
    away = gate.x - boat_x
    needed = shown * ease((abs(away) - 0.55 * gate.radius) / (0.5 * gate.radius + 0.05))
    if needed <= 0.01:
        return
    last = max(0.12, min(_MOST_LED, ends(gate)[0] - 0.03))
    count = max(4, round(abs(away) * course.scale / easel.px(34)) + 3)
    phase = clock_s * 0.9 % 1.0
    for i in range(count):
        k = (i + phase) / count
        x, y = course.at(boat_x + away * ease(k), 0.05 + (last - 0.05) * k)
        size = round((7.0 - 2.0 * k) * easel.layout.unit)
        dot = easel.disc(size, CREAM, edge=OUTLINE, edge_px=2.2 * easel.layout.unit)
        easel.stamp(dot, (x, y), needed * min(1.0, 4.0 * k, 5.0 * (1.0 - k)))
    towards = 1.0 if away > 0 else -1.0
    arrow = easel.chevron(easel.px(52), 0.0 if towards > 0 else 180.0, ORANGE, OUTLINE)
    x, y = course.at(boat_x + towards * (HULL + 0.14), 0.0)
    glide = easel.px(5) * math.sin(clock_s * 2.4) * towards
    easel.stamp(arrow, (x + glide, y - easel.px(22)), needed)


def garland(easel: Easel, middle: tuple[float, float], count: int, grown: float) -> None:
    """A pennant for every gate passed, as many as have room, on a line between two poles."""
    half, sag, top = easel.px(300), easel.px(64), middle[1] - easel.px(66)

    def spot(k: float) -> tuple[float, float]:
        return middle[0] + (2 * k - 1) * half, top + sag * (1 - (2 * k - 1) ** 2)

    for side in (-1, 1):
        pole = easel.sprite("river/pole", easel.px(84))
        easel.stamp(pole, (middle[0] + side * half, top + pole.get_height() * 0.42), grown)
    pygame.draw.aalines(easel.canvas, OUTLINE, False, [spot(i / 40) for i in range(41)])
    shown = min(count, 18)
    for i in range(shown):
        colour = (ORANGE, "#56b4e9", CREAM, "#d55e00")[i % 4]
        x, y = spot((i + 1) / (shown + 1))
        drop = ease(grown * (shown + 6) / 6 - i / 6) * easel.px(42)
        wide = easel.px(13)
        points = [(x - wide, y), (x + wide, y), (x, y + drop)]
        pygame.draw.polygon(easel.canvas, colour, points)
        pygame.draw.polygon(easel.canvas, OUTLINE, points, max(1, easel.px(2)))
