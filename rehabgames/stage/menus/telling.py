"""Telling: what was done today in numbers, and what came of it, on a sheet of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pygame

from rehabgames.core.menu import NewsKind, Sums
from rehabgames.core.message import Message
from rehabgames.stage.easel import Easel
from rehabgames.stage.frame import Area
from rehabgames.stage.menus.cards import even
from rehabgames.stage.menus.heading import sheet_of
from rehabgames.stage.menus.seen import Say, Seen
from rehabgames.stage.menus.words import LEAST, fitted, height_of, write
from rehabgames.stage.motion import approach, ease

NUMBER, TEXT = 46, 38  # sizes of letters, px of the 720 px grid, as all here
PAD, GAP, APART = 9.0, 14.0, 46.0
LESS: Final = 0.75  # of a size: before words would be as small, shorter ones are written
CLOSE: Final = 0.88  # of the height of a line is needed: fonts leave room over and under their letters
SIDE: Final = 0.9  # of a picture, of the height of its row
MOST_LINES: Final = 2
SMALLER: Final = 8 / 9  # from one scale of letters that is tried to the next
SHOWN_S: Final = 0.4
MAKES_S: Final = 0.002  # of a frame, for what is new
PICTURES: Final[dict[NewsKind, str]] = {
    "better": "better",
    "same": "same",
    "knowing": "help",
    "next": "next_time",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A picture of the folder "screens" and the words beside it; short: for where these are too broad, ""
    where they may have several lines."""

    picture: str
    text: str
    short: str = ""


Row = tuple[Piece, ...]


class Telling:
    """Remembers the sheet, and how far it has come. What is new is made a few milliseconds at a time; what
    was told before stands meanwhile."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._sheet: pygame.Surface | None = None
        self._before: pygame.Surface | None = None  # over which it comes
        self._making: Iterator[pygame.Surface | None] = iter(())
        self._shown = self._last_s = 0.0

    def paint(self, easel: Easel, seen: Seen, room: Area) -> None:
        """In the middle of the room; nothing where nothing is told."""
        dt_s, self._last_s = max(0.0, easel.now_s - self._last_s), easel.now_s
        menu = seen.menu
        key = menu.sums, menu.news, room, easel.comfort
        if key != self._key:  # said once, and not at every frame
            self._key, self._making = key, _drawn(easel, seen, room)
            if menu.sums is None or not menu.sums.known:
                self._sheet = self._before = None
        self._make()
        if self._sheet is None:
            self._shown = 0.0
            return
        self._shown = approach(self._shown, 1.0, dt_s, SHOWN_S)
        left, top, width, height = room
        for sheet, shown in ((self._before, 1.0), (self._sheet, ease(self._shown))):
            if sheet is not None:
                middle = left + width / 2, top + height / 2
                shadow = sheet_of(easel, sheet.get_size())[1]
                easel.stamp(shadow, (middle[0], middle[1] + easel.px(5)), shown)
                easel.stamp(sheet, middle, shown)
        self._before = None if self._shown >= 1.0 else self._before

    def _make(self) -> None:
        until_s = time.perf_counter() + MAKES_S
        for made in self._making:
            if made is not None:
                self._before, self._sheet, self._shown = self._sheet, made, 0.0
            if time.perf_counter() >= until_s:
                return


def rows_of(seen: Seen) -> tuple[Row, ...]:
    """The numbers first, as far as they are known."""
    sums, say = seen.menu.sums, seen.say
    if sums is None or not sums.known:
        return ()
    news = ((Piece(PICTURES[each.kind], say(each.text)),) for each in seen.menu.news)
    return (_numbers(sums, say), *news)


def _numbers(sums: Sums, say: Say) -> Row:
    minutes, of = (round(each) for each in (sums.minutes, sums.of_minutes))
    goal = Message("told.goal", {"minutes": minutes, "of": of}) if minutes < of else None
    basket = "goal" if goal is None else "goal_half" if sums.minutes > 0 else "goal_empty"
    days = Message("told.days", {"days": sums.days, "of": sums.of_days})
    only = say(Message("menu.minutes", {"minutes": minutes}))
    return (
        Piece(basket, say(goal) if goal is not None else only, only),
        Piece("again", say(Message("told.count", {"count": sums.count})), str(sums.count)),
        Piece("calendar", say(days), f"{sums.days}/{sums.of_days}"),
    )


def _drawn(easel: Easel, seen: Seen, room: Area) -> Iterator[pygame.Surface | None]:
    """The sheet in the end: the numbers in the middle; what came of it one under the other, and begins where
    reading does."""
    rows = rows_of(seen)
    lines: list[_Line] = []
    if rows:
        for each in _laid(easel, rows, room):
            lines = each
            yield None
    if not lines:
        return
    high = sum(line.high for line in lines)
    broad = max(line.width for line in lines)
    size = even((broad + 2 * easel.px(PAD + GAP), min(room[3], high + 2 * easel.px(PAD))))
    sheet = sheet_of(easel, size)[0].copy()
    yield None
    news = max((line.width for line in lines[1:]), default=0.0)
    y = (sheet.get_height() - high) / 2
    for number, line in enumerate(lines):
        begins = (sheet.get_width() - (news if number else line.width)) / 2
        for _ in line.paint(easel, sheet, (begins, y + line.high / 2)):
            yield None
        y += line.high
    yield sheet


def _laid(easel: Easel, rows: tuple[Row, ...], room: Area) -> Iterator[list[_Line]]:
    """As large as this person reads, else smaller; what has no room then is left out. The last that it gives
    is what fits."""
    most, down = room[2] - 2 * easel.px(PAD + GAP), room[3] - 2 * easel.px(PAD)
    scale, least = easel.comfort.letters, LEAST / TEXT
    while True:
        lines: list[_Line] = []
        for row in rows:
            lines.append(_Line(easel, row, scale, most))
            yield lines
        if sum(line.high for line in lines) <= down or (scale <= least and len(rows) == 1):
            return
        if scale > least:
            scale = max(least, SMALLER * scale)
        else:
            rows = _without_one(rows)


def _without_one(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """What stayed goes first, then what comes next; what is better stays as long as there is room for it."""
    for kind in ("same", "knowing", "next", "better"):
        for number in reversed(range(1, len(rows))):
            if rows[number][0].picture == PICTURES[kind]:
                return (*rows[:number], *rows[number + 1 :])
    return rows[:1]


class _Line:
    """Pieces beside each other. width, high: of all of them, px."""

    def __init__(self, easel: Easel, row: Row, scale: float, most: float) -> None:
        self._row = row
        letters, several = easel.letters, len(row) > 1
        size, least = easel.px((NUMBER if several else TEXT) * scale), easel.px(LEAST)
        one = CLOSE * height_of(letters, 1, size, bold=True)
        self._side, self._gap = round(SIDE * one), easel.px(GAP)
        self._apart = easel.px(APART)
        texts = [piece.text for piece in row]
        if several and self._broad(easel, texts, round(LESS * size)) > most:
            texts, self._apart = [piece.short for piece in row], easel.px(GAP)
        aside = len(row) * (self._side + self._gap) + (len(row) - 1) * self._apart
        while several and size > least and self._broad(easel, texts, size) > most:
            size = max(least, round(SMALLER * size))
        fits = not several or self._broad(easel, texts, size) <= most  # beside each other
        room = int(most - aside) if fits else int((most - aside) / len(row))
        box = room, height_of(letters, 1 if several else MOST_LINES, size, bold=True)
        found = [fitted(letters, text, box, size, least, bold=True) for text in texts]
        self._size = min(px for px, _ in found)
        self._lines = [each for _, each in found]
        self._widths = [max(letters.width(x, self._size, bold=True) for x in each) for each in self._lines]
        self._deep = CLOSE * height_of(letters, 1, self._size, bold=True)
        self.high = max(one, self._deep * max(len(each) for each in self._lines))
        self.width = sum(self._widths) + aside

    def _broad(self, easel: Easel, texts: list[str], size: int) -> float:
        """Of pieces with these words in one line each."""
        words = sum(easel.letters.width(text, size, bold=True) for text in texts)
        return words + len(texts) * (self._side + self._gap) + (len(texts) - 1) * self._apart

    def paint(self, easel: Easel, sheet: pygame.Surface, at: tuple[float, float]) -> Iterator[None]:
        """at: where reading begins, and the middle down. One piece at a step."""
        x, whole = at[0], sheet.get_width()

        def place(along: float) -> float:
            return whole - along if easel.letters.right_to_left else along

        for piece, lines, width in zip(self._row, self._lines, self._widths, strict=True):
            picture = easel.sprite(f"screens/{piece.picture}", self._side, lit=False)
            picture.set_alpha(255)
            middle = place(x + self._side / 2), at[1]
            across, down = picture.get_size()
            sheet.blit(picture, (round(middle[0] - across / 2), round(middle[1] - down / 2)))
            x += self._side + self._gap
            for n, line in enumerate(lines):
                half = easel.letters.width(line, self._size, bold=True) / 2
                middle = place(x + half), at[1] + (n - (len(lines) - 1) / 2) * self._deep
                write(easel, (line,), self._size, middle, easel.theme.ink, bold=True, onto=sheet)
            x += width + self._apart
            yield
