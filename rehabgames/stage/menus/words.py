"""Words on screens: a text as large as its box allows, and never out of it. All text of the screens is drawn
here."""

from __future__ import annotations

from typing import Final

import pygame

from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.letters import Letters

LEAST: Final = 32  # px of the 720 px grid that can be read at three metres
SMALLEST: Final = 6  # what does not fit otherwise is written smaller: better than out of its box
Size = tuple[int, int]


def fitted(
    letters: Letters, text: str, box: Size, size_px: int, least_px: int, *, bold: bool = False
) -> tuple[int, tuple[str, ...]]:
    """(size, lines): the largest size from `size_px` down whose lines fit a box of (width, height) px. Under
    `least_px` it goes only where nothing else fits; in the end words are parted anywhere."""
    found = letters.fit(text, box, size_px, least_px, bold=bold)
    if not found.fits and least_px > SMALLEST:
        found = letters.fit(text, box, least_px, SMALLEST, bold=bold)
    return found.size_px, found.lines


def height_of(letters: Letters, lines: int, size_px: int, *, bold: bool = False) -> int:
    """Of so many lines in the player's language, px."""
    return lines * letters.height(letters.sample, size_px, bold=bold)


def write(
    easel: Easel,
    lines: tuple[str, ...],
    size_px: int,
    middle: Point,
    colour: str,
    *,
    bold: bool = False,
    onto: pygame.Surface | None = None,
) -> None:
    """Lines one under the other, all of them centred at `middle` of the canvas, or of another surface."""
    whole = height_of(easel.letters, len(lines), size_px, bold=bold)
    y = middle[1] - whole / 2
    for i, text in enumerate(lines):
        line = easel.letters.line(text, size_px, colour, bold=bold)
        corner = (round(middle[0] - line.get_width() / 2), round(y + i * whole / len(lines)))
        (onto or easel.canvas).blit(line, corner)
