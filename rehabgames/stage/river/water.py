"""Light and waves on the water that flow by, the wake behind the boat, and the lane of a gate."""

from __future__ import annotations

import math
from collections import deque
from typing import Final

import numpy as np
import pygame

from rehabgames.stage import svg
from rehabgames.stage.easel import Easel
from rehabgames.stage.motion import ease
from rehabgames.stage.palette import rgb
from rehabgames.stage.river.course import HALF_WIDTH, Course
from rehabgames.stage.river.hours import Hour

_SEEN: Final = 1.15  # ahead, as far as single waves are seen
_BEHIND: Final = -0.15
_APART: Final = 0.03
_TABLE: Final = 89
_STEP: Final = 1.08  # from one size of a wave to the next
_LIGHT: Final = "#ff9c40"  # added to the blue of the water it is a warm cream
_BRIGHT: Final = 0.8  # of the lane's light in its middle
_EDGES: Final = 9  # steps in which it rises from the edge, over _SOFT of the half width
_SOFT: Final = 0.26
_WAKE: Final = 0.13  # so far behind the boat its wake is seen


class Waves:
    """Flat strokes of light and dark; where each is says the seed and how far the river has flowed."""

    def __init__(self, seed: int, hour: Hour) -> None:
        rng = np.random.default_rng([seed, 17])
        self._tints = (hour.glint, hour.deep)
        self._waves = [
            (
                float(rng.uniform(-1, 1)) * HALF_WIDTH * 0.96,
                float(rng.uniform(0.6, 1.3)),
                int(rng.uniform() < 0.45),
            )
            for _ in range(_TABLE)
        ]

    def paint(self, course: Course, travelled: float) -> None:
        easel = course.easel
        first = math.ceil((travelled + _BEHIND) / _APART)
        last = math.floor((travelled + _SEEN) / _APART)
        for cell in range(last, first - 1, -1):
            x, wide, dark = self._waves[cell % _TABLE]
            ahead = cell * _APART - travelled
            if not course.seen(ahead):
                continue
            near = course.near(ahead)
            step = round(math.log(near * wide) / math.log(_STEP))
            fade = min(1.0, (_SEEN - ahead) / 0.3) * (0.5 if dark else 0.42)
            easel.stamp(_stroke(easel, _STEP**step, self._tints[dark]), course.at(x, ahead), fade)


def _stroke(easel: Easel, near: float, tint: str) -> pygame.Surface:
    """A lens of light, `near` times its size at the boat."""
    width, height = max(4, easel.px(128 * near)), max(2, easel.px(6.5 * near))

    def said() -> str:
        ramp = svg.ramp("g", (0, tint, 0), (0.5, tint, 1), (1, tint, 0), towards=svg.ACROSS)
        lens = svg.path("M0 4 C30 0 70 0 100 4 C70 8 30 8 0 4Z", fill="url(#g)")
        return svg.document(width, height, ramp, lens, box=(0, 0, 100, 8), fit="none")

    return easel.pictures.drawn(f"river stroke {width} {height} {tint}", said)


class Wake:
    """Where the boat has been, as two lines of foam that part behind it."""

    def __init__(self) -> None:
        self._been: deque[tuple[float, float]] = deque(maxlen=240)

    def paint(self, course: Course, x: float, travelled: float, shown: float) -> None:
        """Of the river's own places: the wake stays where it was made and is carried behind."""
        if self._been and not 0.0 <= travelled - self._been[-1][0] < _WAKE:
            self._been.clear()
        if not self._been or travelled - self._been[-1][0] > 0.002:
            self._been.append((travelled, x))
        easel = course.easel
        last = None
        for at, was in [*self._been, (travelled, x)]:
            behind = travelled - at
            if behind >= _WAKE or not course.seen(-behind):
                continue
            if last is not None and last - behind < 0.003 and behind > 0:
                continue
            last = behind
            gone = behind / _WAKE
            for side in (-1, 1):
                spot = course.at(was + side * (0.09 + 0.24 * gone), -behind)
                light = easel.glow(easel.px(9 + 12 * gone), "#ffffff", 0.05)
                easel.stamp(light, spot, 0.3 * shown * (1.0 - gone) ** 0.8)


def lane(
    course: Course, across: tuple[float, float], ahead: tuple[float, float], shown: float, soft_px: int = 0
) -> None:
    """A soft band of light on the water, from one x to another and from one place ahead to another; the light
    comes up over `soft_px` at its near end."""
    middle, half = (across[0] + across[1]) / 2, (across[1] - across[0]) / 2
    corners = [course.at(x, at) for at in ahead for x in across]
    left, right = math.floor(min(c[0] for c in corners)), math.ceil(max(c[0] for c in corners))
    top, bottom = math.floor(min(c[1] for c in corners)), math.ceil(max(c[1] for c in corners))
    screen = course.easel.canvas.get_rect()
    box = pygame.Rect(left, top, right - left + 1, bottom - top + 1).clip(screen)
    if box.width < 2 or box.height < 2 or shown <= 0.01:
        return
    band = pygame.Surface(box.size)
    red, green, blue = rgb(_LIGHT)
    for step in range(_EDGES):
        share = 1.0 - _SOFT * step / _EDGES
        edges = ((-1, ahead[0]), (-1, ahead[1]), (1, ahead[1]), (1, ahead[0]))
        points = [course.at(middle + side * half * share, at) for side, at in edges]
        light = _BRIGHT * shown * ((step + 1) / _EDGES) ** 0.7
        colour = (round(red * light), round(green * light), round(blue * light))
        pygame.draw.polygon(band, colour, [(px - box.left, py - box.top) for px, py in points])
    if soft_px:
        dawn = pygame.transform.scale(_dawn(course.easel, soft_px), (box.width, soft_px))
        band.blit(dawn, (0, bottom - box.top - soft_px), special_flags=pygame.BLEND_RGB_MULT)
    course.easel.canvas.blit(band, box.topleft, special_flags=pygame.BLEND_RGB_ADD)


def _dawn(easel: Easel, height: int) -> pygame.Surface:
    """A column that goes from white, above, to black."""

    def made() -> pygame.Surface:
        column = pygame.Surface((1, height))
        for y in range(height):
            grey = round(255 * (1.0 - ease((y + 0.5) / height)))
            column.set_at((0, y), (grey, grey, grey))
        return column

    return easel.pictures.kept(f"river dawn {height}", made)
