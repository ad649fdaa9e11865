"""The boat: the player. It heels, leaves a wake, and hoists a pennant for a gate that it passed."""

from __future__ import annotations

import math
from typing import Final

import pygame

from rehabgames.core.view import Cue, Thing
from rehabgames.stage import rounds, svg
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.motion import ease, swell
from rehabgames.stage.opened import Opened
from rehabgames.stage.palette import CREAM, SKY
from rehabgames.stage.river.course import Course
from rehabgames.stage.river.hours import Hour
from rehabgames.stage.river.water import Wake

HULL: Final = 0.13  # half its width, play coordinates: where its middle is in a lane, it is all between poles
_PICTURE: Final = 128 / 104  # width of the picture over that of the hull
_LINE: Final = 158 / 174  # share of the picture's height where the water is
_HOISTED_S: Final = 2.4
_APART_S: Final = 1.0  # a second reward within this time is left out: nothing on the water flickers
_STAFF: Final = (44.0, -34.0, -150.0)  # x, foot and top in the boat picture's own measure


class Boat:
    """clock_s is the place's own: it stands still where nothing may move by itself."""

    def __init__(self) -> None:
        self._wake = Wake()
        self._hoisted_s = -math.inf

    def hoist(self, now_s: float) -> None:
        self._hoisted_s = now_s

    def below(self, course: Course, boat: Thing, travelled: float, shown: float) -> None:
        """Wake and shade on the water."""
        easel = course.easel
        self._wake.paint(course, boat.x, travelled, shown)
        x, y = course.at(boat.x, 0.0)
        across = 2.0 * HULL * course.scale
        easel.stamp(
            _shade(easel, across * 1.5), (x + across * (-0.1 if easel.mirrored else 0.1), y + across * 0.06)
        )

    def inside(self, course: Course, boat: Thing, shown: float) -> None:
        """Light round the hull while it is where it is asked to be."""
        if shown > 0.01:
            width = 2.0 * HULL * course.scale * 1.75
            x, y = course.at(boat.x, 0.0)
            course.easel.stamp(ripple(course.easel, width, SKY), (x, y - width * 0.04), shown)

    def paint(self, course: Course, boat: Thing, hour: Hour, clock_s: float, shown: float) -> None:
        easel = course.easel
        across = 2.0 * HULL * course.scale * _PICTURE
        turn = round(math.degrees(boat.angle_rad) / 3) * 3
        x, y = course.at(boat.x, 0.0)
        y += easel.px(2) * math.sin(clock_s * 1.7)
        picture = easel.turned("river/boat", across, turn)
        # the picture turns about its middle, the boat about its waterline
        lift = across * 174 / 128 * (_LINE - 0.5)
        aside = math.radians(turn)
        middle = (x - lift * math.sin(aside), y - lift * math.cos(aside))
        if hour.lamp:
            lamp = (x - 1.1 * across * math.sin(aside), y - 1.1 * across * math.cos(aside))
            easel.stamp(easel.glow(across * 0.9, "#ffcf8a", 0.05), lamp, 0.6 * hour.lamp)
        easel.stamp(picture, middle, 0.45 + 0.55 * shown)
        self._pennant(easel, (x, y), across / 128, aside)

    def _pennant(self, easel: Easel, foot: Point, scale: float, heel_rad: float) -> None:
        age = easel.now_s - self._hoisted_s
        if not 0.0 <= age < _HOISTED_S:
            return
        clear = 1.0 - ease((age - _HOISTED_S + 0.5) / 0.5)
        up = _STAFF[1] + (_STAFF[2] + 12 - _STAFF[1]) * ease(age / 0.5)

        def spot(px: float, py: float) -> Point:
            return (
                foot[0] + scale * (px * math.cos(heel_rad) + py * math.sin(heel_rad)),
                foot[1] + scale * (py * math.cos(heel_rad) - px * math.sin(heel_rad)),
            )

        low, high = spot(_STAFF[0], _STAFF[1]), spot(_STAFF[0], _STAFF[2])
        pygame.draw.line(easel.canvas, "#3a2a1f", low, high, max(2, easel.px(3)))
        flag = easel.sprite("river/pennant", 62 * scale, lit=False)
        x, y = spot(_STAFF[0] + 31, up)
        easel.stamp(flag, (x, y), clear)


class Rewards:
    """Rings of light that widen on the water round where the boat was; one faint ring where it was not."""

    def __init__(self) -> None:
        self._open = Opened({"place": 1.1, "miss": 1.1}, _APART_S)

    def add(self, cue: Cue, now_s: float) -> None:
        self._open.add(cue, now_s)

    def paint(self, course: Course) -> None:
        easel = course.easel
        for age_s, cue in self._open.at(easel.now_s):
            x, kind = cue.x, cue.kind
            for i in range(2 if kind == "place" else 1):
                k = (age_s - 0.2 * i) / 0.8
                if not 0.0 < k < 1.0:
                    continue
                width = course.scale * (0.3 + (0.75 + 0.2 * i) * (1.0 - (1.0 - k) ** 2))
                tint = CREAM if kind == "place" else "#c9dbe0"
                alpha = (0.85 if kind == "place" else 0.35) * (1.0 - ease(k))
                easel.stamp(ripple(easel, width, tint), course.at(x, 0.0), alpha)
            if kind == "place":
                k = age_s / 0.9
                light = easel.glow(course.scale * 0.5, "#fff0c0", 0.05)
                easel.stamp(light, course.at(x, 0.0), 0.5 * swell(k))


def ripple(easel: Easel, width: float, tint: str) -> pygame.Surface:
    """A flat ring on the water, in steps of its width."""
    step, most = easel.px(10), easel.px(480)
    across = min(most, max(step, round(width / step) * step))
    radii, line = (round(0.46 * across), max(1, round(0.126 * across))), max(1.0, 0.022 * across)
    return easel.pictures.kept(
        f"river ripple {across} {tint}", lambda: rounds.oval(radii, line, tint, inside=0.12)
    )


def _shade(easel: Easel, width: float) -> pygame.Surface:
    def said() -> str:
        dark = svg.tag("ellipse", rx=48, ry=11, fill="#0c2733", fill_opacity=0.75, filter="url(#s)")
        return svg.document(width, width * 0.34, svg.blur("s", 4), dark, box=(-60, -20, 120, 40))

    return easel.pictures.drawn(f"river shade {round(width)}", said)
