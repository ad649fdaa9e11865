"""Easel: what every painter needs (canvas, pictures, letters, places) and a few soft shapes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pygame

from rehabgames.core.player import AS_USUAL, Comfort
from rehabgames.stage import rounds
from rehabgames.stage.frame import Frame
from rehabgames.stage.layout import Layout
from rehabgames.stage.letters import Letters
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.theme import STRONG, USUAL, Theme

Point = tuple[float, float]
MOST_SHIFT = 18.0  # px on the 720 px grid: draw planes so much wider than they are seen


@dataclass(slots=True)
class Easel:
    """`mirrored` is True for the left arm: the light then comes from the right.

    head  where the player's head is, from the middle of the mirror: right and up, -1 .. 1; (0, 0) where it
          is unknown or the room is not to follow it
    comfort  what suits whoever looks
    """

    canvas: pygame.Surface
    pictures: Pictures
    letters: Letters
    layout: Layout
    frame: Frame
    now_s: float
    head: Point = (0.0, 0.0)
    comfort: Comfort = AS_USUAL

    @property
    def calm(self) -> bool:
        """Reduced motion: what moves for its own sake stands still, what informs goes on."""
        return self.comfort.calm

    @property
    def theme(self) -> Theme:
        return STRONG if self.comfort.contrast else USUAL

    @property
    def mirrored(self) -> bool:
        return self.layout.side == "left"

    def shift(self, depth: float) -> tuple[int, int]:
        """How far a plane moves on the screen with the head, px, as in a window. depth: 0 at the glass, up to
        1 far behind it, down to -1 before it."""
        most = depth * MOST_SHIFT * self.layout.unit
        return round(most * self.head[0]), round(-0.5 * most * self.head[1])

    def px(self, grid_px: float) -> int:
        return self.layout.px(grid_px)

    def letters_px(self, grid_px: float) -> int:
        """The size of letters that grow with this player's text scale."""
        return self.layout.letters_px(grid_px)

    def stamp(self, surface: pygame.Surface, centre: Point, alpha: float = 1.0) -> None:
        """Blits with the centre at `centre`; alpha 0..1 of the whole surface."""
        if alpha <= 0.01:
            return
        surface.set_alpha(round(255 * min(1.0, alpha)))
        width, height = surface.get_size()
        self.canvas.blit(surface, (round(centre[0] - width / 2), round(centre[1] - height / 2)))

    def sprite(
        self, name: str, width_px: float, *, lit: bool = True, style: str = "", adorns: bool = False
    ) -> pygame.Surface:
        """A part; `lit` parts are mirrored with the light; what only `adorns` is left out where it is
        missing."""
        return self.pictures.sprite(name, width_px, flip=lit and self.mirrored, style=style, adorns=adorns)

    def turned(
        self,
        name: str,
        width_px: float,
        turn_deg: float,
        *,
        lit: bool = True,
        step_deg: int = 3,
        fine: bool = False,
    ) -> pygame.Surface:
        """A part turned counter-clockwise, in steps, each kept. fine: from a picture twice as large, for what
        has thin lines."""
        width, step = round(width_px), round(turn_deg / step_deg) * step_deg % 360
        large = self.sprite(name, 2 * width if fine else width_px, lit=lit)
        if not (step or fine):
            return large

        def made() -> pygame.Surface:
            large.set_alpha(255)
            return pygame.transform.rotozoom(large, step, 0.5 if fine else 1.0)

        return self.pictures.kept(f"turned {name} {width} {step} {fine} {lit and self.mirrored}", made)

    def glow(self, radius_px: float, colour: str, core: float = 0.0) -> pygame.Surface:
        """A soft round light; full strength up to the share `core` of its radius."""
        r = max(2, round(radius_px))

        def made() -> pygame.Surface:
            small = r if r < 32 else max(16, r // 4)
            stops = ((core, 1.0), ((1 + core) / 2, 0.36), (1.0, 0.0))
            return pygame.transform.smoothscale(rounds.light(small, colour, stops), (2 * r, 2 * r))

        return self.pictures.kept(f"glow {r} {colour} {core:.2f}", made)

    def disc(
        self, radius_px: float, colour: str, *, edge: str = "none", edge_px: float = 0.0
    ) -> pygame.Surface:
        r, e = max(1, round(radius_px)), round(edge_px, 1)
        return self.pictures.kept(f"disc {r} {colour} {edge} {e}", lambda: rounds.disc(r, colour, edge, e))

    def ring(self, radius_px: float, width_px: float, share: float, colour: str) -> pygame.Surface:
        """A ring filled clockwise from the top, in steps of 1/72 so that each is drawn only once."""
        r, w = max(4, round(radius_px)), max(2, round(width_px))
        step = round(72 * min(1.0, max(0.0, share)))
        end = math.tau * step / 72
        return self.pictures.kept(
            f"ring {r} {w} {step} {colour}", lambda: rounds.arc(r, w, (0.0, end), colour)
        )

    def chevron(self, size_px: float, turn_deg: float, colour: str, edge: str) -> pygame.Surface:
        """An arrow head that points to the right at 0, clockwise on the screen."""
        s, turn = max(6, round(size_px)), round(turn_deg / 3) * 3 % 360
        return self.pictures.kept(
            f"chevron {s} {turn} {colour} {edge}", lambda: _chevron(s, turn, colour, edge)
        )


def _chevron(side: int, turn: int, colour: str, edge: str) -> pygame.Surface:
    """Half as large as the square of 48 units that it is written in; a square that holds it at any turn."""
    unit, cos, sin = side / 48, math.cos(math.radians(turn)), math.sin(math.radians(turn))
    half = math.ceil(0.5 * math.sqrt(2) * side)
    head = [
        (unit * (x * cos - y * sin), unit * (x * sin + y * cos)) for x, y in ((-7, -14), (8, 0), (-7, 14))
    ]
    made = rounds.stroke(half, head, 13 * unit, edge)
    made.blit(rounds.stroke(half, head, 7.5 * unit, colour), (0, 0))
    return made
