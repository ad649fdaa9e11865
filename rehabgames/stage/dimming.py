"""Dimming: what lies behind the play is taken back, for whom it must stand out by far."""

from __future__ import annotations

from typing import Final

import pygame

from rehabgames.stage.easel import Easel
from rehabgames.stage.theme import STRONG

CLOTH: Final = STRONG.ground


class Dimming:
    """Keeps the cloth that it lays over."""

    def __init__(self) -> None:
        self._cloth: pygame.Surface | None = None

    def paint(self, easel: Easel, share: float) -> None:
        """So much of what is on the canvas is lost, 0..1."""
        if share <= 0.0:
            return
        size = easel.canvas.get_size()
        if self._cloth is None or self._cloth.get_size() != size:
            self._cloth = pygame.Surface(size).convert()
            self._cloth.fill(CLOTH)
        self._cloth.set_alpha(round(255 * share))
        easel.canvas.blit(self._cloth, (0, 0))
