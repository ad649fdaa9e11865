"""Crossing: one screen gives way to the next without a jump, however quickly they follow each other (H6)."""

from __future__ import annotations

import math
from collections.abc import Hashable
from typing import Final

import pygame

from rehabgames.stage.motion import ease

FADE_S: Final = 0.35
MOST_ALPHA: Final = 254  # pygame takes ten times as long to lay a surface over with 255
RESTLESS_S: Final = 1.0  # where the next one comes before this one is there


class Crossing:
    """Keeps a picture of the screen that was, and lays it thinner and thinner over the one that is."""

    def __init__(self) -> None:
        self._key: Hashable = None
        self._known = False
        self._was: pygame.Surface | None = None  # to make one anew takes ten times as long as to fill it
        self._there = False
        self._since_s, self._fade_s = -math.inf, FADE_S

    def step(self, canvas: pygame.Surface, key: Hashable, now_s: float) -> None:
        """Before the screen `key` is painted; canvas: as it was painted last."""
        if self._known and key != self._key:
            self._fade_s = RESTLESS_S if self._left(now_s) > 0.0 else FADE_S
            if self._was is None or self._was.get_size() != canvas.get_size():
                self._was = pygame.Surface(canvas.get_size()).convert()
            self._was.blit(canvas, (0, 0))
            self._there, self._since_s = True, now_s
        self._key, self._known = key, True

    def paint(self, canvas: pygame.Surface, now_s: float) -> None:
        left = self._left(now_s)
        if self._was is None or left <= 0.0 or self._was.get_size() != canvas.get_size():
            self._there = False
        if not self._there or self._was is None:
            return
        self._was.set_alpha(min(MOST_ALPHA, round(255 * ease(left))))
        canvas.blit(self._was, (0, 0))

    def _left(self, now_s: float) -> float:
        """1 when it begins, 0 when it is over."""
        age_s = now_s - self._since_s
        return 1.0 - age_s / self._fade_s if 0.0 <= age_s < self._fade_s else 0.0
