"""Letters: text of the system's humanist sans, each line drawn once."""

from __future__ import annotations

import warnings
from collections import OrderedDict

import pygame

from rehabgames.stage.notes import once

_FAMILIES = ("notosans", "opensans", "segoeui", "ubuntu", "helveticaneue", "dejavusans")
_KEPT = 96


class Letters:
    """Noto Sans where there is one, else the nearest family; `notes` tells what was not found."""

    def __init__(self, notes: list[str]) -> None:
        pygame.font.init()
        self.notes = notes
        self._paths = {bold: self._find(bold) for bold in (False, True)}
        self._fonts: dict[tuple[int, bool], pygame.font.Font] = {}
        self._lines: OrderedDict[tuple[str, int, str, bool], pygame.Surface] = OrderedDict()
        if self._paths[False] is None:
            once(notes, "No sans-serif system font was found; the letters of pygame stand in for it.")

    @staticmethod
    def _find(bold: bool) -> str | None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for family in _FAMILIES:
                try:
                    found = pygame.font.match_font(family, bold=bold)
                except (OSError, ValueError, TypeError):
                    return None
                if found:
                    return str(found)
        return None

    def font(self, size_px: int, bold: bool = False) -> pygame.font.Font:
        key = (size_px, bold)
        if key not in self._fonts:
            try:
                made = pygame.font.Font(self._paths[bold], size_px)
                made.size("x")  # a damaged file is opened without a word, and fails at its first letter
                self._fonts[key] = made
            except (OSError, pygame.error):
                once(self.notes, "The system's font cannot be opened; the letters of pygame stand in for it.")
                self._paths[bold] = None
                self._fonts[key] = pygame.font.Font(None, size_px)
        return self._fonts[key]

    def line(self, text: str, size_px: int, colour: str, *, bold: bool = False) -> pygame.Surface:
        """One line of text; `size_px` is the height that the font is opened with."""
        key = (text, size_px, colour, bold)
        if key not in self._lines:
            self._lines[key] = (
                self.font(size_px, bold).render(text, True, pygame.Color(colour)).convert_alpha()
            )
            if len(self._lines) > _KEPT:
                self._lines.popitem(last=False)
        self._lines.move_to_end(key)
        return self._lines[key]

    def wrap(self, text: str, size_px: int, width_px: int) -> list[str]:
        """`text` in as few lines as fit `width_px`, of about even length."""
        measure = self.font(size_px).size
        if measure(text)[0] <= width_px:
            return [text]
        words = text.split()
        best = min(
            range(1, max(2, len(words))),
            key=lambda i: max(measure(" ".join(words[:i]))[0], measure(" ".join(words[i:]))[0]),
        )
        return [" ".join(words[:best]), " ".join(words[best:])]
