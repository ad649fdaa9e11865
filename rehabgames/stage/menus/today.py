"""Today: the exercises of the day, each with a small picture of its place, its name and its minutes."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pygame

from rehabgames import __version__
from rehabgames.core.landmarks import Side
from rehabgames.core.player import Comfort
from rehabgames.core.view import View
from rehabgames.stage import rounds
from rehabgames.stage.easel import Easel
from rehabgames.stage.frame import Area, Frame
from rehabgames.stage.layout import Layout
from rehabgames.stage.menus.cards import even
from rehabgames.stage.menus.words import LEAST, fitted, height_of, write
from rehabgames.stage.palette import CREAM, INK
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.place import PlaceOf
from rehabgames.stage.places import PLACES

MOST: Final = 5  # exercises that are shown
GAP, PAD = 18.0, 4.0  # px of the 720 px grid, as all here
WIDEST: Final = 300.0
LEAST_WIDE, LEAST_HIGH = 180.0, 80.0  # of a picture
SHAPE: Final = 16 / 9
MINUTES: Final = 32
MOST_BADGE: Final = (0.8, 0.6)  # of the width and the height of its picture
AT_S: Final = 20.0  # of the life of a place
STILL: Final = Comfort(calm=True)


Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Item:
    """An exercise, in words of a language."""

    title: str
    minutes: str
    place: str
    done: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """The exercises that are shown, the size and lines of their names, the size of their pictures, the middle
    of the first one, and how far it is from each to the next, px."""

    items: tuple[Item, ...]
    names: tuple[tuple[int, tuple[str, ...]], ...]
    size: Size
    first: float
    step: int


class Today:
    """Draws the pictures of places one at a time: that takes tenths of a second where it was never done."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._made: dict[tuple[str, int, Side, Size], pygame.Surface] = {}
        self._strip: tuple[tuple[object, ...], Strip] | None = None
        self._fresh = 1  # so many may still be drawn anew for this picture of the screen

    def paint(self, easel: Easel, view: View, items: tuple[Item, ...], room: Area) -> None:
        """In the middle of the room."""
        strip = self.lay(easel, items, room)
        self._fresh = 1
        top, size, x = room[1], strip.size, strip.first
        for item, (size_px, lines) in zip(strip.items, strip.names, strict=True):
            easel.stamp(self._picture(easel, item.place, view, size), (x, top + size[1] / 2))
            self._badge(easel, item, (x, top + size[1]), size)
            high = height_of(easel.letters, len(lines), size_px, bold=True)
            below = x, top + size[1] + easel.px(PAD) + high / 2
            write(easel, lines, size_px, below, easel.theme.light, bold=True)
            x += strip.step

    def lay(self, easel: Easel, items: tuple[Item, ...], room: Area) -> Strip:
        """Measured once."""
        key = items, room, easel.comfort
        if self._strip is None or self._strip[0] != key:
            self._strip = key, _strip(easel, items, room)
        return self._strip[1]

    def _picture(self, easel: Easel, place: str, view: View, size: Size) -> pygame.Surface:
        """Of the place; plain until its turn has come."""
        key = place, view.seed, view.side, size
        if key not in self._made and self._fresh:
            self._fresh -= 1
            self._made[key] = card_of(easel, self._pictures, place, view, size)
        return self._made.get(key) or _blank(easel, size)

    @staticmethod
    def _badge(easel: Easel, item: Item, below: tuple[float, float], of: Size) -> None:
        """Minutes on the lower edge of a picture of that size; what was done has a tick instead."""
        if item.done:
            easel.stamp(easel.disc(easel.px(30), CREAM), (below[0], below[1] - easel.px(36)))
            tick = easel.sprite("screens/tick_done", easel.px(44), lit=False)
            easel.stamp(tick, (below[0], below[1] - easel.px(36)))
            return
        room = round(MOST_BADGE[0] * of[0]), round(MOST_BADGE[1] * of[1])
        sizes = easel.letters_px(MINUTES), easel.px(MINUTES)
        size_px = fitted(easel.letters, item.minutes, room, *sizes, bold=True)[0]
        text = easel.letters.line(item.minutes, size_px, INK, bold=True)
        size = even((text.get_width() + easel.px(22), 1.25 * size_px))
        plate = easel.pictures.kept(
            f"minutes {size}", lambda: rounds.slab(size, size[1] / 2, CREAM, "#c3b48f", easel.px(2))
        )
        at = below[0], below[1] - easel.px(6) - size[1] / 2
        easel.stamp(plate, at)
        easel.stamp(text, at)


def card_of(easel: Easel, pictures: Pictures, name: str, view: View, size: Size) -> pygame.Surface:
    """`place_picture` with round corners; plain where the place is not known."""
    picture = place_picture(easel, pictures, name, view, size)
    return _blank(easel, size) if picture is None else rounded(picture, min(size) / 8)


def place_picture(
    easel: Easel, pictures: Pictures, name: str, view: View, size: Size
) -> pygame.Surface | None:
    """The place as it is behind the play; None where it is not known. pictures: drop what it is made of."""
    make = PLACES.get(name)
    if make is None:
        return None
    of = _made_of(make, pictures.folder / name)
    key = f"place {name} {view.seed} {view.side} {view.window} {size} {of}"
    return pictures.shelved(key, lambda: _painted(easel, pictures, make, view, size))


def _painted(easel: Easel, pictures: Pictures, make: PlaceOf, view: View, size: Size) -> pygame.Surface:
    layout, canvas = Layout.of(size, view.side), pygame.Surface(size).convert()
    frame = Frame(size, view.window, layout.play)
    small = Easel(canvas, pictures, easel.letters, layout, frame, AT_S, comfort=STILL)
    make(pictures, view.seed, size, view.side).paint_back(small, view)
    pictures.forget()
    return canvas


def _made_of(make: PlaceOf, pictures: Path) -> str:
    """Another one where what a place is drawn by was changed: its code or its pictures."""
    module = getattr(sys.modules.get(make.__module__), "__file__", None)
    code = sorted(Path(module).parent.glob("*.py")) if module else []
    told = [(path.name, path.stat().st_mtime_ns) for path in (*code, *sorted(pictures.glob("*.svg")))]
    return f"{__version__} {told}"


def _strip(easel: Easel, items: tuple[Item, ...], room: Area) -> Strip:
    left, _, width, height = room
    gap = easel.px(GAP)
    shown = _most_wanted(items, max(1, (width + gap) // (easel.px(LEAST_WIDE) + gap)))
    if not shown or height < easel.px(LEAST_HIGH) / 2:
        return Strip((), (), (0, 0), 0.0, 0)
    across = min(easel.px(WIDEST), (width - gap * (len(shown) - 1)) // len(shown))
    box, least = (across, max(easel.px(2.8 * LEAST), round(0.45 * height))), easel.px(LEAST)
    most = easel.letters_px(LEAST)
    names = tuple(fitted(easel.letters, each.title, box, most, least, bold=True) for each in shown)
    words = max(height_of(easel.letters, len(lines), size, bold=True) for size, lines in names)
    down = min(height - words - easel.px(PAD), across / SHAPE)
    if down < easel.px(LEAST_HIGH):  # who reads such letters knows the places by their pictures
        names, down = tuple((size, ()) for size, _ in names), min(height, across / SHAPE)
    first = left + (width - len(shown) * across - gap * (len(shown) - 1)) / 2 + across / 2
    return Strip(shown, names, even((down * SHAPE, down)), first, across + gap)


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


def _most_wanted(items: tuple[Item, ...], room: int) -> tuple[Item, ...]:
    """As many as there is room for; what is still to be done goes before what was done."""
    kept, most = list(items), min(room, MOST)
    for item in items:
        if len(kept) > most and item.done:
            kept.remove(item)
    return tuple(kept[:most])
