"""Ground: the place of the view with its slow life, under a veil, so that the cards stand out by far."""

from __future__ import annotations

import math
from typing import Final

import pygame

from rehabgames.core.view import View
from rehabgames.stage.easel import Easel
from rehabgames.stage.place import Place

# laid over; to multiply instead takes as long as all the rest
VEIL, VEILED = "#16302f", 0.62
ANEW_S: Final = 0.045  # under the veil nothing moves so fast that more than twenty pictures a second are seen


class Ground:
    """Keeps the newest picture of the place for as long as it is good enough."""

    def __init__(self) -> None:
        self._cloth: pygame.Surface | None = None
        self._kept: pygame.Surface | None = None
        self._place: Place | None = None
        self._kept_s = -math.inf

    def paint(self, easel: Easel, view: View, place: Place) -> bool:
        """Says whether it was painted anew, which takes milliseconds."""
        canvas = easel.canvas
        if easel.theme.ground:
            canvas.fill(easel.theme.ground)
            return False
        kept = self._kept
        same = kept is not None and kept.get_size() == canvas.get_size() and place is self._place
        anew_s = math.inf if easel.calm else ANEW_S
        if kept is not None and same and 0.0 <= easel.now_s - self._kept_s < anew_s:
            canvas.blit(kept, (0, 0))
            return False
        place.paint_back(easel, view)
        place.paint_front(easel, view)
        if self._cloth is None or self._cloth.get_size() != canvas.get_size():
            self._cloth = pygame.Surface(canvas.get_size()).convert()
            self._cloth.fill(VEIL)
            self._cloth.set_alpha(round(255 * VEILED))
        canvas.blit(self._cloth, (0, 0))
        if kept is None or kept.get_size() != canvas.get_size():
            self._kept = kept = pygame.Surface(canvas.get_size()).convert()
        kept.blit(canvas, (0, 0))
        self._place, self._kept_s = place, easel.now_s
        return True
