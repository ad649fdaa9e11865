"""Contents: picture, number, label and facts of a choice, laid into its card."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import pygame

from rehabgames.stage.easel import Easel
from rehabgames.stage.menus.cards import RING_IN_PX, RING_PX, fine
from rehabgames.stage.menus.words import LEAST, fitted, height_of, write

# what points to where reading goes on, or came from
AHEAD: Final = ("go_on", "back", "skip")
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
SCALES: Final = (1.0, 1.2, 1.4, 1.6, 1.8)  # of letters that are tried, up to this person's own
FLOOR, FLOOR_FIGURE = 28.0, 32.0  # under that a picture or a number gives way no more
FACTS_SHARE: Final = 0.45  # of the height of the words
SHARES: Final = (1.0, 0.8, 0.64, 0.5)  # of the room beside the words that a picture may give way to
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
    facts; figure_px: the size of the number."""

    picture: Rect
    figure: Rect
    words: Rect
    figure_px: int = 1

    def turned(self, width: float) -> Rooms:
        """The same on a card of this width that is read from the right."""
        areas = (self.picture, self.figure, self.words)
        picture, figure, words = ((width - x - across, y, across, down) for x, y, across, down in areas)
        return Rooms(picture, figure, words, self.figure_px)


def rooms(easel: Easel, size: Size, told: Told) -> Rooms:
    """The words stand beside the picture on a wide card, where they are not larger below it; else below it,
    where a number stands beside the picture."""
    pad = easel.px(PAD * fine(easel, size))
    if not (told.picture or told.figure):
        return Rooms((pad, pad, 0, 0), (pad, pad, 0, 0), (pad, pad, size[0] - 2 * pad, size[1] - 2 * pad))
    found = _rooms(easel, size, told)
    return found.turned(size[0]) if easel.letters.right_to_left else found


def _rooms(easel: Easel, size: Size, told: Told) -> Rooms:
    below = _below(easel, size, told)
    if size[0] < WIDE * size[1] or not told.picture or told.figure:
        return below
    beside = _beside(easel, size, told)
    large = _label_px(easel, beside, told)
    keeps = large >= easel.px(told.largest) or large >= easel.px(LEAST) > below.picture[3]
    return beside if keeps or large >= _label_px(easel, below, told) else below


def _beside(easel: Easel, size: Size, told: Told) -> Rooms:
    """Both are in the middle. The picture gives way where the words would be too small for this person."""
    pad, gap = easel.px(PAD * fine(easel, size)), easel.px(GAP)
    width, height = size[0] - 2 * pad, size[1] - 2 * pad
    side = min(height, width * 0.46, easel.px(MOST_PICTURE))
    found = []
    for share in SHARES:
        aside = max(share * side, min(side, easel.px(LEAST_PICTURE)))
        room = int(width - aside - 3 * gap)
        words = min(room, _broad(easel, told, (room, height)))
        left = pad + (width - aside - 3 * gap - words) / 2
        picture = (left, pad, aside, height)
        found.append(Rooms(picture, (pad, pad, 0, 0), (left + aside + 2 * gap, pad, words, height)))
        if easel.comfort.letters <= 1.0 and _label_px(easel, found[0], told) >= easel.px(LEAST):
            return found[0]
    wanted = min(easel.letters_px(LEAST), easel.letters_px(told.largest))
    return max(found, key=lambda each: (min(wanted, _label_px(easel, each, told)), each.picture[2]))


def _below(easel: Easel, size: Size, told: Told) -> Rooms:
    pad, gap = easel.px(PAD * fine(easel, size)), easel.px(GAP)
    width, height = size[0] - 2 * pad, size[1] - 2 * pad
    most = easel.px(MOST_PICTURE) if told.picture else 0
    number_px = max(easel.px(FIGURE), min(easel.letters_px(FIGURE), round(0.3 * size[0])))
    least = min(easel.px(LEAST_PICTURE if told.picture else FIGURE), height * LEAST_SHARE)
    needed = _needed(easel, told, width, (height - gap - least, round(SHARE * size[1])))
    floor = min(least, easel.px(FLOOR_FIGURE if told.figure else FLOOR))  # words that can be read go before
    side = max(floor, height - gap - needed)
    figure_px = max(1, min(number_px, round(side)))
    number = easel.letters.width(told.figure, figure_px, bold=True)
    between = 2 * gap if told.picture and told.figure else 0
    side = min(side, width - number - between, most or side)
    aside, words = side if told.picture else 0, height - side - gap
    sizes = easel.px(LEAST), easel.letters_px(told.largest)
    spare = max(0.0, words - _least_height(easel, told, width, sizes)) / 2
    left, top = pad + (width - aside - number - between) / 2, pad + spare
    return Rooms(
        (left, top, aside, side),
        (left + aside + between, top, number, side),
        (pad, top + side + gap, width, words - spare),
        figure_px,
    )


def _needed(easel: Easel, told: Told, width: int, room: tuple[float, int]) -> float:
    """How high the words are to be: as this person reads where that leaves room for a picture, else smaller.
    room: what they may have, and the size of a label of one line."""
    least, letters = easel.px(LEAST), easel.comfort.letters
    needed = math.inf
    for scale in (*(each for each in SCALES if each < letters), letters)[::-1]:
        sizes = round(scale * least), max(round(scale * least), round(scale * room[1]))
        needed = _least_height(easel, told, width, sizes)
        if needed <= room[0]:
            return needed
    return min(needed, _least_height(easel, told, width, (least, least)))


def _broad(easel: Easel, told: Told, box: Size) -> float:
    """How broad the words of a wide card are, with some room around them."""
    letters = easel.letters
    texts = [(told.label, told.largest, True), *((fact, FACTS[0], False) for fact in told.facts)]
    broad = 0
    for text, most, bold in texts:
        size, lines = fitted(letters, text, box, easel.letters_px(most), easel.px(LEAST), bold=bold)
        broad = max(broad, *(letters.width(line, size, bold=bold) for line in lines))
    return 1.2 * broad


def _least_height(easel: Easel, told: Told, width: int, sizes: tuple[int, int]) -> float:
    """What the words need at a size; a label of one line has the other one. Nothing is high enough for words
    that are too broad at that size."""
    letters, (least, one_px) = easel.letters, sizes
    one_px = max(least, min(one_px, easel.letters_px(told.largest)))
    whole = 0.0
    for text, bold in ((told.label, True), *((fact, False) for fact in told.facts)):
        size, lines = fitted(letters, text, (width, 6 * least), least, least, bold=bold)
        if size < least and least > easel.px(LEAST):
            return math.inf
        whole += height_of(letters, len(lines), one_px if bold and len(lines) == 1 else least, bold=bold)
    return whole


def label_size(easel: Easel, size: Size, told: Told) -> int:
    """The size that the label has room for, px: all cards of a screen take the smallest."""
    return _label_px(easel, rooms(easel, size, told), told)


def _label_px(easel: Easel, within: Rooms, told: Told) -> int:
    room = _label_room(easel, within, told)
    return fitted(
        easel.letters, told.label, room, easel.letters_px(told.largest), easel.px(LEAST), bold=True
    )[0]


def _label_room(easel: Easel, within: Rooms, told: Told) -> Size:
    _, _, width, height = within.words
    used = sum(each for _, _, each in facts_of(easel, within, told))
    return int(width), max(1, int(height - used))


def facts_of(easel: Easel, within: Rooms, told: Told) -> list[tuple[int, tuple[str, ...], int]]:
    """Size, lines, and how high they are: less than half of the words' room for all of them."""
    _, _, width, height = within.words
    if not told.facts:
        return []
    box = int(width), int(height * FACTS_SHARE / len(told.facts))
    sizes = easel.letters_px(FACTS[0]), easel.px(FACTS[1])
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
        write(easel, (told.figure,), within.figure_px, at, easel.theme.ink, bold=True, onto=onto)
    _write(easel, onto, told, within, label_px)


def _write(easel: Easel, onto: pygame.Surface, told: Told, within: Rooms, label_px: int) -> None:
    """Label and facts, in the middle of their room."""
    left, top, width, height = within.words
    room, letters = _label_room(easel, within, told), easel.letters
    label = fitted(letters, told.label, room, label_px, min(label_px, easel.px(LEAST)), bold=True)
    facts = facts_of(easel, within, told)
    high = height_of(letters, len(label[1]), label[0], bold=True)
    y = top + max(0.0, (height - high - sum(each for _, _, each in facts)) / 2)
    write(easel, label[1], label[0], (left + width / 2, y + high / 2), easel.theme.ink, bold=True, onto=onto)
    y += high
    for size, lines, each in facts:
        write(easel, lines, size, (left + width / 2, y + each / 2), easel.theme.ink_soft, onto=onto)
        y += each


def _picture(easel: Easel, name: str, room: tuple[float, float]) -> pygame.Surface:
    """As large as the room allows; some are wider than they are high."""
    part = easel.pictures.part(f"screens/{name}")
    shape = part.box[2] / part.box[3] if part else 1.0
    turned = easel.letters.right_to_left and name in AHEAD
    return easel.pictures.sprite(f"screens/{name}", min(room[0], room[1] * shape), flip=turned)
