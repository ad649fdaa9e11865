"""Cards: what choices lie on. What kind of answer one is, is told by its corners and its edge; what is
pointed at by a ring that fills along the edge; what the one key would choose by a double frame around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pygame

from rehabgames.core.menu import Tone
from rehabgames.stage import rounds
from rehabgames.stage.easel import Easel
from rehabgames.stage.theme import Theme

RING_PX, RING_IN_PX = 13.0, 9.0  # broad, and so far inside of the card's edge; px of the 720 px grid
FULL_PX: Final = 190.0  # of the shorter side: on smaller cards the ring is finer
DARK_PX, LIGHT_PX = 6.0, 13.0  # how far out the two lines of the double frame go
DARK, LIGHT = "#0b1719", "#ffffff"
SHADOW: Final = "#081315"
SOFT_PX: Final = 22.0
Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """radius and grown (on every side) in px of the 720 px grid."""

    radius: float
    grown: float = 0.0


SHAPES: Final[dict[Tone, Shape]] = {
    "go": Shape(26.0, grown=7.0),
    "yes": Shape(64.0),
    "no": Shape(5.0),
    "plain": Shape(26.0),
}


def fine(easel: Easel, size: tuple[float, float]) -> float:
    """How fine the ring of a card of this size is, 0.6 to 1."""
    return max(0.6, min(1.0, min(size) / (FULL_PX * easel.layout.unit)))


def even(size: tuple[float, float]) -> Size:
    """The same in whole px, both even."""
    return 2 * round(size[0] / 2), 2 * round(size[1] / 2)


class Card:
    """The surfaces of one size and tone, painted once. size: as large as it is drawn, px."""

    def __init__(self, easel: Easel, size: tuple[float, float], tone: Tone) -> None:
        shape, unit, theme = SHAPES[tone], easel.layout.unit, easel.theme
        edge, edge_px = theme.edges[tone]
        self.size = even((size[0] + 2 * shape.grown * unit, size[1] + 2 * shape.grown * unit))
        self.radius = min(shape.radius * unit, min(self.size) / 2)
        self.paper = rounds.slab(self.size, self.radius, theme.paper, edge, max(2.0, edge_px * unit))
        soft = easel.px(SOFT_PX)
        self.shadow = rounds.shade(self.size, self.radius, SHADOW, soft, theme.shadow)
        self._unit, self._fine, self._theme = unit, fine(easel, self.size), theme
        self._frame: pygame.Surface | None = None
        self._ring: Ring | None = None

    @property
    def frame(self) -> pygame.Surface:
        """The double frame, dark inside and light outside: one of them is seen on anything."""
        if self._frame is None:
            dark, light = DARK_PX * self._unit, LIGHT_PX * self._unit
            half = self.size[0] // 2 + round(light) + 2, self.size[1] // 2 + round(light) + 2
            made = rounds.band(half, self.size, self.radius, LIGHT, (dark - 1.0, light))
            made.blit(rounds.band(half, self.size, self.radius, DARK, (-0.5, dark)), (0, 0))
            self._frame = made
        return self._frame

    @property
    def ringed(self) -> bool:
        """Its ring is made."""
        return self._ring is not None

    @property
    def ring(self) -> Ring:
        if self._ring is None:
            self._ring = Ring(self.size, self.radius, self._unit * self._fine, self._theme)
        return self._ring


class Ring:
    """A broad line inside of a card's edge, filled clockwise from the middle of its top."""

    STEPS: Final = 180

    def __init__(self, size: Size, radius: float, unit: float, theme: Theme) -> None:
        outer, inner = -RING_IN_PX * unit, -(RING_IN_PX + RING_PX) * unit
        half = size[0] // 2, size[1] // 2
        self.track = rounds.band(half, size, radius, theme.track, (inner, outer))
        self._full = rounds.band(half, size, radius, theme.filled, (inner, outer))
        self._alpha: npt.NDArray[np.uint8] = pygame.surfarray.array_alpha(self._full)
        self._along = rounds.round_box(half, size)
        self._step = self.STEPS

    def filled(self, share: float) -> pygame.Surface:
        """Up to this share, 0..1."""
        step = round(self.STEPS * min(1.0, max(0.0, share)))
        if step != self._step:
            self._step = step
            shown = self._along <= step / self.STEPS
            pygame.surfarray.pixels_alpha(self._full)[...] = np.where(shown & (step > 0), self._alpha, 0)
        return self._full
