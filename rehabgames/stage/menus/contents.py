"""Contents: picture, number, label and facts of a choice, laid into its card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pygame

from rehabgames.stage.easel import Easel
from rehabgames.stage.menus.cards import RING_IN_PX, RING_PX, fine
from rehabgames.stage.menus.words import LEAST, fitted, height_of, write
from rehabgames.stage.palette import INK, INK_SOFT

Size = tuple[int, int]
Rect = tuple[float, float, float, float]

PAD: Final = RING_IN_PX + RING_PX + 5.0  # inside of the ring; px of the 720 px grid, as all here
GAP: Final = 8.0
FIGURE: Final = 72
LABELS: Final = (44, LEAST)  # sizes, the largest and the smallest
GREAT: Final = 60  # of the label of what most want
SHARE: Final = 0.16  # of a card's height: the size of its label where it has one line
FACTS: Final = (34, LEAST)
WIDE: Final = 1.45  # times as wide as high: the words stand beside the picture
MOST_PICTURE: Final = 210.0
LEAST_PICTURE: Final = 56.0
LEAST_SHARE: Final = 0.42  # of the height, where a card is so small that there is no room even for that


@dataclass(frozen=True, slots=True)
class Told:
    """What a card tells, in words of a language."""

    label: str
    picture: str
    figure: str
    facts: tuple[str, ...]
    great: bool = False

    @property
    def largest(self) -> int:
        return GREAT if self.great else LABELS[0]


@dataclass(frozen=True, slots=True)
class Rooms:
    """(left, top, width, height) px in a card, of no width where there is none: picture, number, label with
    facts."""

    picture: Rect
    figure: Rect
    words: Rect


def rooms(easel: Easel, size: Size, told: Told) -> Rooms:
    """The words stand beside the picture on a wide card, else below it, where a number stands beside the
    picture."""
    pad, gap = easel.px(PAD * fine(easel, size)), easel.px(GAP)
    width, height = size[0] - 2 * pad, size[1] - 2 * pad
    most = easel.px(MOST_PICTURE) if told.picture else 0
    none = (pad, pad, 0, 0)
    if size[0] >= WIDE * size[1] and told.picture and not told.figure:
        side = min(height, width * 0.46, most)
        words = min(width - side - 3 * gap, _broad(easel, told, (int(width - side - 3 * gap), height)))
        left = pad + (width - side - 3 * gap - words) / 2  # both are in the middle
        return Rooms((left, pad, side, height), none, (left + side + 2 * gap, pad, words, height))
    if not (told.picture or told.figure):
        return Rooms(none, none, (pad, pad, width, height))
    least = min(easel.px(LEAST_PICTURE if told.picture else FIGURE), height * LEAST_SHARE)
    side = max(least, height - gap - _least_height(easel, told, width, round(SHARE * size[1])))
    number = easel.letters.width(told.figure, _figure_px(easel, side), bold=True)
    between = 2 * gap if told.picture and told.figure else 0
    side = min(side, width - number - between, most or side)
    aside, words = side if told.picture else 0, height - side - gap
    spare = max(0.0, words - _least_height(easel, told, width, easel.px(told.largest))) / 2
    left, top = pad + (width - aside - number - between) / 2, pad + spare
    return Rooms(
        (left, top, aside, side),
        (left + aside + between, top, number, side),
        (pad, top + side + gap, width, words - spare),
    )


def _broad(easel: Easel, told: Told, box: Size) -> float:
    """How broad the words of a wide card are, with some room around them."""
    letters = easel.letters
    texts = [(told.label, told.largest, True), *((fact, FACTS[0], False) for fact in told.facts)]
    broad = 0
    for text, most, bold in texts:
        size, lines = fitted(letters, text, box, easel.px(most), easel.px(LEAST), bold=bold)
        broad = max(broad, *(letters.width(line, size, bold=bold) for line in lines))
    return 1.2 * broad


def _figure_px(easel: Easel, side: float) -> int:
    """The size of a number that is to be as high as this."""
    return max(1, min(easel.px(FIGURE), round(side)))


def _least_height(easel: Easel, told: Told, width: int, one_px: int) -> float:
    """What the words need, if they are as small as can be read; a label of one line has this size."""
    letters, least = easel.letters, easel.px(LEAST)
    one_px = max(least, min(one_px, easel.px(told.largest)))
    whole = 0.0
    label = fitted(letters, told.label, (width, 6 * least), least, least, bold=True)[1]
    whole += height_of(letters, len(label), one_px if len(label) == 1 else least, bold=True)
    for fact in told.facts:
        whole += height_of(letters, len(fitted(letters, fact, (width, 6 * least), least, least)[1]), least)
    return whole


def label_size(easel: Easel, size: Size, told: Told) -> int:
    """The size that the label has room for, px: all cards of a screen take the smallest."""
    room = _label_room(easel, rooms(easel, size, told), told)
    return fitted(easel.letters, told.label, room, easel.px(told.largest), easel.px(LEAST), bold=True)[0]


def _label_room(easel: Easel, within: Rooms, told: Told) -> Size:
    _, _, width, height = within.words
    used = sum(each for _, _, each in _facts(easel, within, told))
    return int(width), max(1, int(height - used))


def _facts(easel: Easel, within: Rooms, told: Told) -> list[tuple[int, tuple[str, ...], int]]:
    """Size, lines, and how high they are: less than half of the words' room for all of them."""
    _, _, width, height = within.words
    if not told.facts:
        return []
    box = int(width), int(height * 0.48 / len(told.facts))
    sizes = tuple(easel.px(px) for px in FACTS)
    found = [fitted(easel.letters, fact, box, *sizes) for fact in told.facts]
    return [(size, lines, height_of(easel.letters, len(lines), size)) for size, lines in found]


def paint(easel: Easel, onto: pygame.Surface, told: Told, label_px: int) -> None:
    """Onto a card."""
    within = rooms(easel, onto.get_size(), told)
    if told.picture:
        left, top, width, height = within.picture
        picture = _picture(easel, told.picture, (width, height))
        picture.set_alpha(255)
        across, down = picture.get_size()
        onto.blit(picture, (round(left + (width - across) / 2), round(top + (height - down) / 2)))
    if told.figure:
        left, top, width, height = within.figure
        at = left + width / 2, top + height / 2
        write(easel, (told.figure,), _figure_px(easel, height), at, INK, bold=True, onto=onto)
    _write(easel, onto, told, within, label_px)


def _write(easel: Easel, onto: pygame.Surface, told: Told, within: Rooms, label_px: int) -> None:
    """Label and facts, in the middle of their room."""
    left, top, width, height = within.words
    room, letters = _label_room(easel, within, told), easel.letters
    label = fitted(letters, told.label, room, label_px, min(label_px, easel.px(LEAST)), bold=True)
    facts = _facts(easel, within, told)
    high = height_of(letters, len(label[1]), label[0], bold=True)
    y = top + max(0.0, (height - high - sum(each for _, _, each in facts)) / 2)
    write(easel, label[1], label[0], (left + width / 2, y + high / 2), INK, bold=True, onto=onto)
    y += high
    for size, lines, each in facts:
        write(easel, lines, size, (left + width / 2, y + each / 2), INK_SOFT, onto=onto)
        y += each


def _picture(easel: Easel, name: str, room: tuple[float, float]) -> pygame.Surface:
    """As large as the room allows; some are wider than they are high."""
    part = easel.pictures.part(f"screens/{name}")
    shape = part.box[2] / part.box[3] if part else 1.0
    return easel.sprite(f"screens/{name}", min(room[0], room[1] * shape), lit=False)
