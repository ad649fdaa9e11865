"""Originals: what smaller pictures are made of, once decoded, for all who paint in this process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

import pygame

MOST_BYTES: Final = 48_000_000  # two places at 1280x720


class Originals:
    """Surfaces that nobody paints on, by a key that says all that they depend on. What was not asked for the
    longest is let go."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes, self._bytes = most_bytes, 0
        self._kept: OrderedDict[object, pygame.Surface] = OrderedDict()

    def of(self, key: object, make: Callable[[], pygame.Surface | None]) -> pygame.Surface | None:
        """What is kept under the key, else what `make` gives; None is not kept."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        made = make()
        if made is not None:
            self._kept[key] = made
            self._bytes += _bytes_of(made)
            while self._bytes > self._most_bytes:
                self._bytes -= _bytes_of(self._kept.popitem(last=False)[1])
        return made


def _bytes_of(surface: pygame.Surface) -> int:
    return surface.get_pitch() * surface.get_height()


SHARED: Final = Originals()
