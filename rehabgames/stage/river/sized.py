"""Sized: one picture in many sizes, from far to near, each a little larger and clearer than the last.

A scene that comes nearer needs a picture in every size. They are made ahead from one large raster, in steps
that the eye takes for even, so that no frame has to scale anything.
"""

from __future__ import annotations

import math
from typing import Final

import pygame

from rehabgames.stage.palette import rgb
from rehabgames.stage.pictures import Pictures

STEP: Final = 1.03  # from one size to the next
_PER_STEP: Final = 1.0 / math.log(STEP)


class Sized:
    """width_px: across at `near` 1; span: smallest and largest `near` that is asked for; haze: the colour
    that far things take on, by the share `thick` where they are smallest; calmed: a colour that all sizes are
    drawn towards, by a share, so that what passes does not flicker; adorns: see Pictures.sprite."""

    def __init__(
        self,
        pictures: Pictures,
        part: str,
        width_px: float,
        span: tuple[float, float],
        *,
        style: str = "",
        haze: str = "",
        thick: float = 0.0,
        calmed: tuple[str, float] = ("", 0.0),
        flip: bool = False,
        adorns: bool = False,
    ) -> None:
        self._first, self._last = _step(span[0]), _step(span[1])
        large = pictures.sprite(part, width_px * span[1], flip=flip, style=style, adorns=adorns)
        large = _filled(large)
        self._sizes = []
        for step in range(self._first, self._last + 1):
            near = STEP**step
            across = max(1, round(width_px * near))
            down = max(1, round(across * large.get_height() / large.get_width()))
            made = pygame.transform.smoothscale(large, (across, down))
            if calmed[0]:
                _veil(made, *calmed)
            if haze:
                far = 1.0 - (step - self._first) / max(1, self._last - self._first)
                _veil(made, haze, thick * far**1.5)
            self._sizes.append(made)

    def at(self, near: float) -> pygame.Surface:
        step = min(self._last, max(self._first, _step(near)))
        return self._sizes[step - self._first]


def _step(near: float) -> int:
    return round(math.log(near) * _PER_STEP)


def _filled(surface: pygame.Surface) -> pygame.Surface:
    """The same picture, with the mean of its colours where it is clear: made smaller, it gets no dark rim."""
    seen = pygame.surfarray.pixels_alpha(surface) > 0
    filled = surface.copy()
    colours = pygame.surfarray.pixels3d(filled)
    if seen.any():
        colours[~seen] = colours[seen].mean(axis=0)
    return filled


def _veil(surface: pygame.Surface, haze: str, share: float) -> None:
    """Draws the colours towards the haze and leaves what is clear as it is."""
    kept = round(255 * (1.0 - share))
    red, green, blue = (round(channel * share) for channel in rgb(haze))
    surface.fill((kept, kept, kept), special_flags=pygame.BLEND_RGB_MULT)
    surface.fill((red, green, blue), special_flags=pygame.BLEND_RGB_ADD)
