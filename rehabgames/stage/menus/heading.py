"""Heading: what is asked, large, in the middle over the choices: its words, its picture, what more is told,
and how much time is left."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import pygame

from rehabgames.stage import rounds
from rehabgames.stage.easel import Easel
from rehabgames.stage.frame import Area
from rehabgames.stage.menus.cards import SHADOW, SOFT_PX, even
from rehabgames.stage.menus.words import fitted, height_of, write

TITLE: Final = (54, 40)  # sizes, the largest and the smallest; px of the 720 px grid, as all here
FACTS: Final = (44, 32)
PICTURE: Final = 230.0
PAD, GAP = 20.0, 8.0
FACTS_PX: Final = 126.0  # the height of each
NUMBER: Final = 76
RADIUS: Final = 26.0
RING_PX: Final = 14.0
SMALLER: Final = 8 / 9  # from one scale of letters that is tried to the next
LEAST_PICTURE: Final = (88.0, 52.0)  # alone, and over facts

Text = tuple[int, tuple[str, ...], float]
Fitted = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Head:
    """What is told, in words of a language."""

    title: str
    facts: tuple[str, ...] = ()


@dataclass(slots=True)
class Laid:
    """A heading as it lies on the screen. area: its sheet; title, facts: size, lines and middle down; shown:
    what is left for a picture."""

    area: Area
    title: Text
    facts: tuple[Text, ...]
    shown: Area

    @property
    def bottom(self) -> int:
        return self.area[1] + self.area[3]


def laid(easel: Easel, head: Head, room: Area, wanted: tuple[float, float]) -> Laid:
    """room: what it may use of the screen; wanted: (width, height) px of a picture at its largest, (0, 0) for
    none."""
    left, top, width, height = room
    letters, pad, gap = easel.letters, easel.px(PAD), easel.px(GAP)
    across = width - 2 * pad
    least = min(wanted[1], easel.px(LEAST_PICTURE[bool(head.facts)])) + gap if wanted[1] else 0.0
    title, facts = _words(easel, head, (across, height - pad - least), pictured=bool(wanted[1]))
    highs = [height_of(letters, len(lines), px) for px, lines in facts]
    title_high = height_of(letters, len(title[1]), title[0], bold=True)
    used = title_high + sum(highs) + pad
    scale = max(0.0, min(1.0, (height - used - gap) / wanted[1])) if wanted[1] else 0.0
    shown = wanted[0] * scale, wanted[1] * scale
    whole = used + shown[1] + (gap if scale else 0)
    begins = top if scale else top + max(0.0, (height - whole) / 2)
    y = begins + pad / 2
    told = [(*title, y + title_high / 2)]
    y += title_high
    picture = (round(left + (width - shown[0]) / 2), round(y), round(shown[0]), round(shown[1]))
    y += shown[1] + (gap if scale else 0)
    for (px, lines), high in zip(facts, highs, strict=True):
        told.append((px, lines, y + high / 2))
        y += high
    texts = [(*title, True), *((*fact, False) for fact in facts)]
    broad = max(letters.width(line, px, bold=bold) for px, lines, bold in texts for line in lines)
    sheet = min(width, max(broad, round(shown[0])) + 4 * pad)
    area = (left + (width - sheet) // 2, round(begins), sheet, round(whole))
    return Laid(area, told[0], tuple(told[1:]), picture)


def _words(
    easel: Easel, head: Head, room: tuple[int, float], *, pictured: bool
) -> tuple[Fitted, list[Fitted]]:
    """Title and facts: as large as this person reads where the room allows that, else smaller."""
    scale, least = easel.comfort.letters, TITLE[1] / TITLE[0]
    alone = not (head.facts or pictured)
    while True:
        title = _title(easel, head, (room[0], int(room[1])), scale, alone=alone)
        left = room[1] - height_of(easel.letters, len(title[1]), title[0], bold=True)
        each, last = easel.px(FACTS_PX * scale), scale <= least
        if last and head.facts:
            each = max(1, int(left / len(head.facts)))
        sizes = easel.px(max(FACTS[1], FACTS[0] * scale)), easel.px(FACTS[1])
        facts = [_fact(easel, fact, (room[0], each), sizes, short=pictured) for fact in head.facts]
        high = sum(height_of(easel.letters, len(lines), px) for px, lines in facts)
        if last or (high <= left and all(px >= sizes[1] for px, _ in facts)):
            return title, facts
        scale = max(least, SMALLER * scale)


def _title(easel: Easel, head: Head, box: tuple[int, int], scale: float, *, alone: bool) -> Fitted:
    """In one line where that can be read and something else is to be seen, too."""
    large, least = easel.px(TITLE[0] * scale), easel.px(TITLE[1])
    line = height_of(easel.letters, 1, large, bold=True)
    found = fitted(easel.letters, head.title, (box[0], min(line, box[1])), large, least, bold=True)
    if found[0] >= least * max(1.0, scale) and not alone:
        return found
    down = box[1] // 2 if head.facts else box[1]
    return fitted(easel.letters, head.title, (box[0], down), large, least, bold=True)


def _fact(easel: Easel, text: str, box: tuple[int, int], sizes: tuple[int, int], *, short: bool) -> Fitted:
    """As large as there is room. short: in one line, where that can be read."""
    if short:
        line = min(box[1], height_of(easel.letters, 1, sizes[0]))
        found = fitted(easel.letters, text, (box[0], line), *sizes)
        if found[0] >= sizes[1]:
            return found
    return fitted(easel.letters, text, box, *sizes)


def paint(easel: Easel, where: Laid) -> None:
    """The words on their sheet."""
    left, top, width, height = where.area
    middle = left + width / 2
    under, shade = sheet_of(easel, (width, height))
    easel.stamp(shade, (middle, top + height / 2 + easel.px(5)))
    easel.stamp(under, (middle, top + height / 2))
    ink = easel.theme.ink
    write(easel, where.title[1], where.title[0], (middle, where.title[2]), ink, bold=True)
    for size, lines, at in where.facts:
        write(easel, lines, size, (middle, at), ink)


def paint_picture(easel: Easel, name: str, where: Area) -> None:
    part = easel.pictures.part(f"screens/{name}")
    shape = part.box[2] / part.box[3] if part else 1.0
    picture = easel.sprite(f"screens/{name}", where[3] * shape, lit=False)
    easel.stamp(picture, (where[0] + where[2] / 2, where[1] + where[3] / 2))


def sheet_of(easel: Easel, size: tuple[float, float]) -> tuple[pygame.Surface, pygame.Surface]:
    """What is told lies on it; and its shadow."""
    whole, soft = even(size), easel.px(SOFT_PX * 0.7)
    radius, theme = easel.px(RADIUS), easel.theme
    edge, edge_px = theme.sheet_edge
    name = f"{whole} {radius} {theme.name}"
    under = easel.pictures.kept(
        f"heading {name}", lambda: rounds.slab(whole, radius, theme.sheet, edge, easel.px(edge_px))
    )
    shade = easel.pictures.kept(
        f"heading shade {name}", lambda: rounds.shade(whole, radius, SHADOW, soft, 0.8 * theme.shadow)
    )
    return under, shade


class Countdown:
    """Seconds that are left, as a ring that empties, with the number in it."""

    def __init__(self) -> None:
        self._longest_s = 0.0
        self._arc: tuple[tuple[int, int, int, str], pygame.Surface] | None = None

    def begin(self) -> None:
        """Another time is counted."""
        self._longest_s = 0.0

    def paint(self, easel: Easel, seconds: float, middle: tuple[float, float], radius: float) -> None:
        self._longest_s = max(self._longest_s, seconds)
        share = seconds / self._longest_s if self._longest_s > 0 else 0.0
        broad, (disc, edge, left) = easel.px(RING_PX), easel.theme.countdown
        easel.stamp(easel.disc(radius, disc, edge=edge, edge_px=broad), middle)
        easel.stamp(self._left(round(radius), broad, share, left), middle)
        whole = max(0, math.ceil(seconds))
        text = str(whole) if whole < 60 else f"{whole // 60}:{whole % 60:02d}"
        box = (round(1.5 * radius), round(1.5 * radius))
        size, lines = fitted(easel.letters, text, box, easel.letters_px(NUMBER), easel.px(40), bold=True)
        write(easel, lines, size, middle, easel.theme.ink, bold=True)

    def _left(self, radius: int, broad: int, share: float, colour: str) -> pygame.Surface:
        """What is left of the ring; it empties clockwise. Only the newest is kept: they are large."""
        key = radius, broad, round(360 * (1.0 - share)), colour
        if self._arc is None or self._arc[0] != key:
            ends = math.tau * key[2] / 360, math.tau
            self._arc = key, rounds.arc(radius, broad, ends, colour)
        return self._arc[1]
