"""All that was brought home or filled in a session: on a tray while it is little, else on a rack."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import pygame

from rehabgames.core.view import Thing, View
from rehabgames.stage import svg
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.kitchen.things import OBJECTS, glass, lift, paint_tray, small

ON_TRAY: Final = 6
TRAY, STEP, LARGEST = 170.0, 66.0, 96  # px on the 720 px grid: half the tray, from thing to thing, of a thing
WIDE, HIGH = 420.0, 236.0  # room for the rack
CLOSE: Final = 0.7  # from thing to thing, share of their pictures' width
PLANK: Final = 8.0
_SMALLEST, _FINER = 8, 4
# places on the ground and width of one, two, three things in a picture of width 1
_TOGETHER: Final = (
    ((0.0,), 0.9),
    ((-0.23, 0.23), 0.74),
    ((-0.33, 0.33, 0.0), 0.66),
)


class Rows(NamedTuple):
    """How many rows, at most so many in each, and how wide the picture of each is, px on the 720 px grid."""

    rows: int
    each: int
    across: float

    @property
    def pitch(self) -> float:
        return 1.02 * self.across + PLANK


def rows_for(count: int) -> Rows:
    """The largest pictures with which all of `count`, above 0, have room."""
    for across in range(LARGEST, _SMALLEST, -_FINER):
        found = Rows(math.ceil(count / int(WIDE / (CLOSE * across))), 0, across)
        if found.rows * found.pitch <= HIGH:
            break
    return found._replace(each=math.ceil(count / found.rows))


def paint_brought(easel: Easel, view: View, drink: str, foot: Point, grown: float) -> None:
    """foot: the middle of the ground on which it all stands; grown 0..1 as it opens."""
    placed = [t for t in view.things if t.state == "placed"]
    if len(placed) <= ON_TRAY:
        paint_tray(easel, foot, easel.px(TRAY))
        _row(easel, placed, drink, (foot, STEP, LARGEST), grown)
        return
    rows = rows_for(len(placed))
    picture = _rack(easel, rows)
    easel.stamp(picture, (foot[0], foot[1] + easel.px(PLANK + 4) - picture.get_height() / 2))
    for row in range(rows.rows):
        ground = foot[0], foot[1] - easel.px(row * rows.pitch)
        those = placed[row * rows.each : (row + 1) * rows.each]
        _row(easel, those, drink, (ground, CLOSE * rows.across, rows.across), grown)


def _row(
    easel: Easel, things: Sequence[Thing], drink: str, where: tuple[Point, float, float], grown: float
) -> None:
    """where: middle of the ground, px; from thing to thing and width of each, px on the 720 px grid."""
    (x, y), step, across = where
    for i, thing in enumerate(things):
        picture = small(easel, thing, drink, easel.layout.unit * across)
        at = x + easel.layout.unit * step * (i - (len(things) - 1) / 2)
        easel.stamp(picture, (at, y - lift(thing, picture)), grown)


def paint_kinds(easel: Easel, view: View, drink: str, centre: Point, across: float) -> None:
    """A small picture of what is counted: the day's glass, or the kinds that came home first, else the one
    that is to be brought."""
    if any(t.kind == "glass" for t in view.things):
        easel.stamp(glass(easel, across * 0.6, drink, 0.68), centre)
        return
    there = sorted((t for t in view.things if t.kind in OBJECTS), key=lambda t: t.state != "placed")
    home = [t.kind for t in there if t.state == "placed"] or [t.kind for t in there[:1]] or [OBJECTS[0]]
    kinds = list(dict.fromkeys(home))[: len(_TOGETHER)]
    places, share = _TOGETHER[len(kinds) - 1]
    for kind, x in zip(kinds, places, strict=True):
        before = 0.06 * across if x == 0 and len(kinds) > 1 else 0.0
        picture = easel.sprite(f"kitchen/{kind}", across * share)
        easel.stamp(picture, (centre[0] + x * across, centre[1] + before))


def _rack(easel: Easel, rows: Rows) -> pygame.Surface:
    """Two uprights, a pale back, and a plank under each row; its lowest plank at the lower edge."""
    wide, high = WIDE + 56.0, rows.rows * rows.pitch + PLANK + 16.0
    unit = easel.layout.unit

    def said() -> str:
        edge: dict[str, svg.Value] = {"stroke": "#4f351d", "stroke_width": 2}
        parts = [svg.tag("rect", x=10, y=8, width=wide - 20, height=high - 14, fill="#fff6e2", opacity=0.82)]
        for x in (4.0, wide - 16.0):
            parts.append(svg.tag("rect", x=x, y=2, width=12, height=high - 4, rx=4, fill="#8f6238", **edge))
        for row in range(rows.rows):
            y = high - 4 - PLANK - row * rows.pitch
            parts.append(svg.tag("rect", x=10, y=y, width=wide - 20, height=PLANK, fill="#b98a58", **edge))
        return svg.document(wide * unit, high * unit, *parts, box=(0, 0, wide, high))

    return easel.pictures.drawn(f"rack {rows} {unit:.3f}", said)
