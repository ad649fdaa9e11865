"""Letters: text in the system's fonts, in every script, each line drawn once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pygame

from rehabgames.stage import scripts, wrapping
from rehabgames.stage.fonts import Face, found, missing_scripts, opened, packages_of
from rehabgames.stage.notes import once
from rehabgames.stage.runs import Run, runs, way_of
from rehabgames.stage.scripts import LATIN, Script

_KEPT: Final = 96
_SMALLER: Final = 8 / 9  # from one size that is tried to the next
# Fonts for Arabic leave room for marks upon marks, twice the letters' height: of that so much is kept where
# nothing is drawn beyond, as shares of the size over and under the line that letters stand on.
_ROOM: Final[dict[Script, tuple[float, float]]] = {scripts.ARABIC: (1.15, 0.5)}


SAMPLES: Final = {"ar": "\u0623\u062c\u0651", "zh": "\u56fd"}


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text as it is to be drawn in a box.

    fits  False where even the smallest allowed size was too large for whole words: then words are parted
          anywhere, and a text that is longer still ends with "…"; no line leaves the box all the same
    """

    size_px: int
    lines: tuple[str, ...]
    fits: bool = True


class Letters:
    """Noto Sans where there is one, else the nearest family; `notes` tells what was not found.

    language          the player's: says from which side a text is read that has letters of both ways
    sample            letters as high and as low as those of that language are
    right_to_left     whether that language is written to the left: what stands before a text is then on its
                      right
    """

    def __init__(self, notes: list[str], language: str = "en") -> None:
        pygame.font.init()
        self.notes = notes
        self.right_to_left = scripts.right_to_left(language)
        self.sample = SAMPLES.get(language.partition("_")[0], "\u00c1g")
        self._fonts: dict[tuple[Script, int, bool], pygame.font.Font] = {}
        self._lines: OrderedDict[tuple[str, int, str, bool], pygame.Surface] = OrderedDict()
        self._fitted: OrderedDict[tuple[str, tuple[int, int], int, int, bool], Fitted] = OrderedDict()
        missing = missing_scripts(language)
        if LATIN in missing:
            once(notes, "No sans-serif system font was found; the letters of pygame stand in for it.")
        if missing and missing[-1] != LATIN:
            packages = " ".join(packages_of(missing[-1:]))
            once(notes, f"No font for {missing[-1]} letters was found; boxes stand in for them ({packages}).")

    def line(self, text: str, size_px: int, colour: str, *, bold: bool = False) -> pygame.Surface:
        """One line of text; `size_px` is the height that the fonts are opened with."""
        key = (text, size_px, colour, bold)
        if key not in self._lines:
            self._lines[key] = self._drawn(text, size_px, colour, bold)
            if len(self._lines) > _KEPT:
                self._lines.popitem(last=False)
        self._lines.move_to_end(key)
        return self._lines[key]

    def width(self, text: str, size_px: int, *, bold: bool = False) -> int:
        """How wide a line is, px."""
        return sum(self._font(run.script, size_px, bold).size(run.text)[0] for run in self._runs(text))

    def height(self, text: str, size_px: int, *, bold: bool = False) -> int:
        """How high a line with the letters of a text is, px; higher where marks are piled up."""
        return sum(self._room(self._runs(text), size_px, bold))

    def fit(
        self, text: str, box: tuple[int, int], size_px: int, least_px: int, *, bold: bool = False
    ) -> Fitted:
        """A text as large as a box allows, in as few lines of about even length as it then needs.

        box: (width, height), px. Sizes go from `size_px` down to `least_px`, the smallest that can be read.
        """
        key = (text, box, size_px, least_px, bold)
        if key not in self._fitted:
            self._fitted[key] = self._fit(text, box, _sizes(size_px, least_px), bold)
            if len(self._fitted) > _KEPT:
                self._fitted.popitem(last=False)
        self._fitted.move_to_end(key)
        return self._fitted[key]

    def _fit(self, text: str, box: tuple[int, int], sizes: list[int], bold: bool) -> Fitted:
        parts = wrapping.pieces(text)
        way = way_of(text, leftwards=self.right_to_left)
        for size in sizes:
            if (lines := self._wrapped(parts, size, box[0], bold)) and len(lines) <= self._rows(
                text, size, box[1], bold
            ):
                return Fitted(size, tuple(way + line for line in lines))
        size = sizes[-1]
        parted = [piece for each in parts for piece in self._parted(each, size, box[0], bold)]
        lines = self._wrapped(parted, size, box[0], bold) or [piece.text for piece in parted]
        rows = max(1, self._rows(text, size, box[1], bold))
        if len(lines) > rows:
            last = lines[rows - 1]
            while last and self.width(f"{last}…", size, bold=bold) > box[0]:
                last = last[:-1]
            lines = [*lines[: rows - 1], f"{last}…"]
        return Fitted(size, tuple(way + line for line in lines), fits=False)

    def _rows(self, text: str, size: int, height: int, bold: bool) -> int:
        """How many lines a height has room for."""
        return height // max(1, self.height(text, size, bold=bold))

    def _wrapped(self, parts: list[wrapping.Piece], size: int, most: int, bold: bool) -> list[str]:
        """Lines that are no wider than `most`; [] where a piece is wider."""
        widths = [self.width(piece.text, size, bold=bold) for piece in parts]
        blank = self.width("x x", size, bold=bold) - 2 * self.width("x", size, bold=bold)
        room = most
        while max(widths) <= room:
            broken = wrapping.lines(parts, widths, blank, room)
            goes_on = [after[0].after for _, after in pairwise(broken)]
            lines = [wrapping.joined(*each) for each in zip(broken, [*goes_on, ""], strict=True)]
            over = max(self.width(line, size, bold=bold) for line in lines) - most
            if over <= 0:  # letters that stand closer or farther apart in a line than alone are rare
                return lines
            room -= over
        return []

    def _parted(self, piece: wrapping.Piece, size: int, most: int, bold: bool) -> Iterator[wrapping.Piece]:
        """A piece parted anywhere, so that each part is no wider than `most` (one letter at least)."""
        part, after = "", piece.after
        for cluster in scripts.clusters(piece.text):
            if part and self.width(part + cluster, size, bold=bold) > most:
                yield wrapping.Piece(part, after)
                part, after = "", ""
            part += cluster
        yield wrapping.Piece(part, after)

    def _runs(self, text: str) -> list[Run]:
        return runs(text, leftwards=self.right_to_left)

    def _room(self, of: list[Run], size: int, bold: bool) -> tuple[int, int]:
        """What runs need over and under the line that they stand on, px."""
        over = under = 0
        for run in of:
            font = self._font(run.script, size, bold)
            high, low = _ROOM.get(run.script, (9.0, 9.0))
            over = max(over, min(font.get_ascent(), round(high * size)))
            under = max(under, min(font.get_height() - font.get_ascent(), round(low * size)))
        return over, under

    def _drawn(self, text: str, size: int, colour: str, bold: bool) -> pygame.Surface:
        ink, of = pygame.Color(colour), self._runs(text)
        if len(of) == 1 and of[0].script not in _ROOM:
            return self._font(of[0].script, size, bold).render(of[0].text, True, ink).convert_alpha()
        over, under = self._room(of, size, bold)
        drawn: list[tuple[pygame.Surface, int]] = []  # with how far it goes up from the line
        for run in of:
            font = self._font(run.script, size, bold)
            surface = font.render(run.text, True, ink)
            inked = surface.get_bounding_rect()
            piled = surface.get_height() - font.get_height() if not inked.top else 0
            up = font.get_ascent() + max(0, piled)  # a surface grows upwards where marks are piled up
            drawn.append((surface, up))
            over, under = max(over, up - inked.top), max(under, inked.bottom - up)
        line = pygame.Surface(
            (sum(surface.get_width() for surface, _ in drawn), over + under), pygame.SRCALPHA
        )
        line.fill((ink.r, ink.g, ink.b, 0))
        x = 0
        for surface, up in drawn:
            line.blit(surface, (x, over - up), special_flags=pygame.BLEND_RGBA_MAX)
            x += surface.get_width()
        return line.convert_alpha()

    def _font(self, script: Script, size_px: int, bold: bool) -> pygame.font.Font:
        key = (script, size_px, bold)
        if key not in self._fonts:
            face = found(script, bold=bold) or found(LATIN, bold=bold)
            self._fonts[key] = self._opened(face, size_px, script)
        return self._fonts[key]

    def _opened(self, face: Face | None, size_px: int, script: Script) -> pygame.font.Font:
        if face is not None:
            try:
                return opened(face, size_px, script)
            except (OSError, pygame.error):
                once(self.notes, "The system's font cannot be opened; the letters of pygame stand in for it.")
        return pygame.font.Font(None, size_px)


def _sizes(size_px: int, least_px: int) -> list[int]:
    sizes = [size_px]
    while round(sizes[-1] * _SMALLER) > least_px:
        sizes.append(round(sizes[-1] * _SMALLER))
    return sizes if size_px <= least_px else [*sizes, least_px]
