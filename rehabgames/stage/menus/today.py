"""Today: the exercises of the day, each with a small picture of its place, its name and its minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pygame

from rehabgames.core.landmarks import Side
from rehabgames.core.view import View
from rehabgames.stage import rounds
from rehabgames.stage.easel import Easel
from rehabgames.stage.frame import Area, Frame
from rehabgames.stage.layout import Layout
from rehabgames.stage.menus.cards import even
from rehabgames.stage.menus.words import LEAST, fitted, height_of, write
from rehabgames.stage.palette import CREAM, INK
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.places import PLACES

MOST: Final = 5  # exercises that are shown
GAP, PAD = 18.0, 4.0  # px of the 720 px grid, as all here
WIDEST: Final = 300.0
SHAPE: Final = 16 / 9
MINUTES: Final = 32
AT_S: Final = 20.0  # of the life of a place


Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Item:
    """An exercise, in words of a language."""

    title: str
    minutes: str
    place: str
    done: bool


class Today:
    """Draws the pictures of places one at a time: that takes tenths of a second where it was never done."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._made: dict[tuple[str, int, Side, Size], pygame.Surface] = {}
        self._names: tuple[tuple[tuple[Item, ...], int], list[tuple[int, tuple[str, ...]]]] | None = None
        self._fresh = 1  # so many may still be drawn anew for this picture of the screen

    def paint(self, easel: Easel, view: View, items: tuple[Item, ...], room: Area) -> None:
        """In the middle of the room."""
        shown = _most_wanted(items)
        if not shown:
            return
        left, top, width, height = room
        gap = easel.px(GAP)
        across = min(easel.px(WIDEST), (width - gap * (len(shown) - 1)) // len(shown))
        names = self._named(easel, shown, across)
        words = max(height_of(easel.letters, len(lines), size, bold=True) for size, lines in names)
        down = min(height - words - easel.px(PAD), across / SHAPE)
        size = even((down * SHAPE, down))
        x = left + (width - len(shown) * across - gap * (len(shown) - 1)) / 2 + across / 2
        self._fresh = 1
        for item, (size_px, lines) in zip(shown, names, strict=True):
            easel.stamp(self._picture(easel, item.place, view, size), (x, top + size[1] / 2))
            self._badge(easel, item, (x, top + size[1]))
            high = height_of(easel.letters, len(lines), size_px, bold=True)
            write(easel, lines, size_px, (x, top + size[1] + easel.px(PAD) + high / 2), CREAM, bold=True)
            x += across + gap

    def _named(self, easel: Easel, items: tuple[Item, ...], across: int) -> list[tuple[int, tuple[str, ...]]]:
        """Size and lines of their names, measured once."""
        key = items, across
        if self._names is None or self._names[0] != key:
            box, sizes = (across, easel.px(2.8 * LEAST)), (easel.px(LEAST), easel.px(24))
            self._names = key, [fitted(easel.letters, item.title, box, *sizes, bold=True) for item in items]
        return self._names[1]

    def _picture(self, easel: Easel, place: str, view: View, size: Size) -> pygame.Surface:
        """Of the place; plain until its turn has come."""
        key = place, view.seed, view.side, size
        if key not in self._made and self._fresh:
            self._fresh -= 1
            self._made[key] = self._drawn(easel, place, view, size)
        return self._made.get(key) or _blank(easel, size)

    @staticmethod
    def _badge(easel: Easel, item: Item, below: tuple[float, float]) -> None:
        """Minutes on the lower edge of the picture; what was done has a tick instead."""
        if item.done:
            easel.stamp(easel.disc(easel.px(30), CREAM), (below[0], below[1] - easel.px(36)))
            tick = easel.sprite("screens/tick_done", easel.px(44), lit=False)
            easel.stamp(tick, (below[0], below[1] - easel.px(36)))
            return
        text = easel.letters.line(item.minutes, easel.px(MINUTES), INK, bold=True)
        size = even((text.get_width() + easel.px(22), easel.px(40)))
        plate = easel.pictures.kept(
            f"minutes {size}", lambda: rounds.slab(size, size[1] / 2, CREAM, "#c3b48f", easel.px(2))
        )
        at = below[0], below[1] - easel.px(26)
        easel.stamp(plate, at)
        easel.stamp(text, at)

    def _drawn(self, easel: Easel, name: str, view: View, size: Size) -> pygame.Surface:
        """The place as it is behind the play, with round corners."""
        make = PLACES.get(name)
        if make is None:
            return _blank(easel, size)
        layout, canvas = Layout.of(size, view.side), pygame.Surface(size).convert()
        frame = Frame(size, view.window, layout.play)
        small = Easel(canvas, self._pictures, easel.letters, layout, frame, AT_S, calm=True)
        make(self._pictures, view.seed, size, view.side).paint_back(small, view)
        self._pictures.forget()
        return rounded(canvas, min(size) / 8)


def rounded(picture: pygame.Surface, radius: float) -> pygame.Surface:
    """The same with round corners and a light edge."""
    size = picture.get_size()
    made = picture.convert_alpha()
    mask = rounds.slab(size, radius, "#ffffff", "#ffffff", 1.0)
    made.blit(mask, (-1, -1), special_flags=pygame.BLEND_RGBA_MULT)
    half = size[0] // 2, size[1] // 2
    made.blit(rounds.band(half, size, radius, CREAM, (-4.0, 0.5)), (0, 0))
    return made


def _blank(easel: Easel, size: Size) -> pygame.Surface:
    return easel.pictures.kept(
        f"no place {size}", lambda: rounds.slab(size, min(size) / 8, "#7d948f", CREAM, 3.0)
    )


def _most_wanted(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """As many as there is room for; what is still to be done goes before what was done."""
    kept = list(items)
    for item in items:
        if len(kept) > MOST and item.done:
            kept.remove(item)
    return tuple(kept[:MOST])
