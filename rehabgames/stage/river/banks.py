"""What stands on both banks and comes nearer as the river flows: trees, bushes, reeds, flowers, a heron."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pygame

from rehabgames.stage.pictures import Pictures
from rehabgames.stage.river.course import FAR, HALF_WIDTH, Course
from rehabgames.stage.river.hours import SECOND, Hour, style_of, tree_of
from rehabgames.stage.river.sized import Sized

_FARTHEST: Final = 8.0 / FAR  # ahead, where the still picture takes over
_DAWN: Final = 0.5  # over so much of the way they become clear
_TABLE: Final = 97  # things of a row, before the same come again


@dataclass(frozen=True, slots=True)
class _Kind:
    """across: px of the 720 px grid at the boat's distance; closest: largest `near` at which it can be seen;
    farthest: ahead, where it comes up; foot: share of the picture's height that is above where it stands;
    calmed: how far its colours are drawn towards the meadow's."""

    across: float
    closest: float
    farthest: float = _FARTHEST
    foot: float = 0.975
    reed: bool = False
    calmed: float = 0.2


_KINDS: Final = {
    "poplar": _Kind(118.0, 0.85),
    "willow": _Kind(280.0, 0.85),
    "alder": _Kind(230.0, 0.85),
    "bush": _Kind(150.0, 1.2, 1.7, calmed=0.3),
    "reeds": _Kind(104.0, 2.2, 1.4, reed=True, calmed=0.4),
    "shore": _Kind(250.0, 2.2, 1.5, foot=0.55, reed=True, calmed=0.35),
    "tuft": _Kind(54.0, 1.6, 1.2, reed=True),
    "heron": _Kind(52.0, 1.6, 1.4, calmed=0.0),
}


@dataclass(frozen=True, slots=True)
class _Row:
    """Things that stand `apart` from each other along the river, between two distances from the middle."""

    apart: float
    between: tuple[float, float]
    kinds: tuple[str, ...]

    @property
    def farthest(self) -> float:
        return max(_KINDS[kind].farthest for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class _Thing:
    kind: str
    x: float
    jitter: float


class Banks:
    """Everything is a function of the seed and of how far the river has flowed."""

    def __init__(self, pictures: Pictures, seed: int, hour: Hour, unit: float, *, mirrored: bool) -> None:
        rng = np.random.default_rng([seed, 11])
        styles = {True: style_of(hour.reeds), False: style_of(hour.leaves)}
        second = style_of(hour.other_leaves)
        self._sizes = {
            name: Sized(
                pictures,
                f"river/{name}",
                kind.across * unit,
                (1.0 / (1.0 + FAR * kind.farthest), kind.closest),
                style=second if name in SECOND else styles[kind.reed],
                haze=hour.haze,
                thick=0.42 + 0.3 * hour.mist,
                calmed=(hour.bank[1], kind.calmed),
                flip=mirrored,
                adorns=True,
            )
            for name, kind in _KINDS.items()
        }
        most = tree_of(seed)
        trees = (most, most, most, "alder", "poplar", "bush", "willow")
        edge = HALF_WIDTH
        rows = (
            _Row(0.06, (edge - 0.06, edge + 0.06), ("shore",)),
            _Row(0.085, (edge + 0.02, edge + 0.2), ("reeds", "reeds", "reeds", "bush")),
            _Row(0.19, (edge + 0.75, edge + 1.5), trees),
            _Row(0.3, (edge + 1.9, edge + 3.6), (*trees, "bush")),
            _Row(0.16, (edge + 0.3, edge + 1.2), ("tuft", "tuft", "bush", "tuft")),
        )
        self._rows = [
            (row, [_thing(row, side, rng) for _ in range(_TABLE)]) for row in rows for side in (-1, 1)
        ]
        self._rows.append((_Row(1.0, (edge, edge), ("heron",)), _herons(rng)))

    def paint(self, course: Course, travelled: float) -> None:
        """From far to near, so that the nearer hide the farther."""
        standing: list[tuple[float, _Thing]] = []
        for row, things in self._rows:
            first = math.ceil(travelled / row.apart - 0.5 / (FAR * row.apart))
            for cell in range(first, math.floor((travelled + row.farthest) / row.apart)):
                thing = things[cell % _TABLE]
                standing.append(((cell + thing.jitter) * row.apart - travelled, thing))
        standing.sort(key=_farness, reverse=True)
        screen = _Screen(course)
        shown = [put for ahead, thing in standing if (put := self._stand(screen, thing, ahead)) is not None]
        course.easel.canvas.blits(shown, doreturn=False)

    def _stand(
        self, screen: _Screen, thing: _Thing, ahead: float
    ) -> tuple[pygame.Surface, tuple[int, int]] | None:
        kind, near = _KINDS[thing.kind], screen.course.near(ahead)
        if near > kind.closest or ahead > kind.farthest:
            return None
        picture = self._sizes[thing.kind].at(near)
        width, height = picture.get_size()
        x, y = screen.course.at(thing.x, ahead)
        left, top = round(x - width / 2), round(y - height * kind.foot)
        if screen.hides(left, top, width, height):
            return None
        clear = min(1.0, (kind.farthest - ahead) / _DAWN)
        picture.set_alpha(round(255 * clear))
        return picture, (left, top)


class _Screen:
    """What of the screen shows the banks: not what is beside it, nor behind the mirror and the board."""

    def __init__(self, course: Course) -> None:
        self.course = course
        layout = course.easel.layout
        self._width = layout.size[0]
        self._covered = [pygame.Rect(layout.mirror), pygame.Rect(layout.board)]

    def hides(self, left: int, top: int, width: int, height: int) -> bool:
        if left >= self._width or left + width <= 0:
            return True
        return any(area.contains((left, top, width, height)) for area in self._covered)


def _farness(each: tuple[float, _Thing]) -> float:
    return each[0]


def _thing(row: _Row, side: int, rng: np.random.Generator) -> _Thing:
    kind = row.kinds[int(rng.integers(len(row.kinds)))]
    # broad crowns keep clear of the water
    aside = 0.32 if kind in ("willow", "alder") else 0.0
    return _Thing(kind, side * (float(rng.uniform(*row.between)) + aside), float(rng.uniform(0.0, 0.9)))


def _herons(rng: np.random.Generator) -> list[_Thing]:
    """One here and there, at the edge of the water."""
    return [
        _Thing("heron", (1 if rng.uniform() < 0.5 else -1) * (HALF_WIDTH - 0.05), float(rng.uniform(0, 0.9)))
        for _ in range(_TABLE)
    ]
