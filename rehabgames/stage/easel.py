"""Easel: what every painter needs (canvas, pictures, letters, places) and a few soft shapes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pygame

from rehabgames.stage import svg
from rehabgames.stage.frame import Frame
from rehabgames.stage.layout import Layout
from rehabgames.stage.letters import Letters
from rehabgames.stage.pictures import Pictures

Point = tuple[float, float]
MOST_SHIFT = 18.0  # px on the 720 px grid: draw planes so much wider than they are seen


@dataclass(slots=True)
class Easel:
    """`mirrored` is True for the left arm: the light then comes from the right.

    head  where the player's head is, from the middle of the mirror: right and up, -1 .. 1; (0, 0) where it
          is unknown or the room is not to follow it
    calm  reduced motion: what moves for its own sake stands still, what informs goes on
    """

    canvas: pygame.Surface
    pictures: Pictures
    letters: Letters
    layout: Layout
    frame: Frame
    now_s: float
    head: Point = (0.0, 0.0)
    calm: bool = False

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

        def said() -> str:
            stops = ((core, colour, 1.0), ((1 + core) / 2, colour, 0.36), (1.0, colour, 0.0))
            small = r if r < 32 else max(16, r // 4)
            circle = svg.tag("circle", cx=small, cy=small, r=small, fill="url(#g)")
            return svg.document(2 * small, 2 * small, svg.light("g", *stops), circle)

        return self.pictures.soft(f"glow {colour} {core:.2f}", said, (2 * r, 2 * r))

    def disc(
        self, radius_px: float, colour: str, *, edge: str = "none", edge_px: float = 0.0
    ) -> pygame.Surface:
        r, e = max(1, round(radius_px)), round(edge_px, 1)

        def said() -> str:
            half = r + int(e) + 1
            circle = svg.tag("circle", cx=half, cy=half, r=r, fill=colour, stroke=edge, stroke_width=e)
            return svg.document(2 * half, 2 * half, circle)

        def plain() -> pygame.Surface:
            half = r + int(e) + 1
            surface = pygame.Surface((2 * half, 2 * half), pygame.SRCALPHA)
            for tint, grown in ((edge, e / 2), (colour, -e / 2)):
                if tint != "none":
                    pygame.draw.circle(surface, tint, (half, half), r + grown)
            return surface

        return self.pictures.drawn(f"disc {r} {colour} {edge} {e}", said, plain)

    def ring(self, radius_px: float, width_px: float, share: float, colour: str) -> pygame.Surface:
        """A ring filled clockwise from the top, in steps of 1/72 so that each is drawn only once."""
        r, w = max(4, round(radius_px)), max(2, round(width_px))
        step = round(72 * min(1.0, max(0.0, share)))
        return self.pictures.kept(f"ring {r} {w} {step} {colour}", lambda: _ring(r, w, step, colour))

    def chevron(self, size_px: float, turn_deg: float, colour: str, edge: str) -> pygame.Surface:
        """An arrow head that points to the right at 0, clockwise on the screen."""
        s, turn = max(6, round(size_px)), round(turn_deg / 3) * 3 % 360

        def said() -> str:
            head = "M-7 -14 L8 0 L-7 14"
            both = svg.line(head, edge, 13, stroke_linejoin="round") + svg.line(
                head, colour, 7.5, stroke_linejoin="round"
            )
            return svg.document(2 * s, 2 * s, both, box=(-24, -24, 48, 48))

        def plain() -> pygame.Surface:
            surface = pygame.Surface((2 * s, 2 * s), pygame.SRCALPHA)
            pygame.draw.polygon(surface, edge, [(0.4 * s, 0.2 * s), (1.7 * s, s), (0.4 * s, 1.8 * s)])
            pygame.draw.polygon(surface, colour, [(0.6 * s, 0.5 * s), (1.4 * s, s), (0.6 * s, 1.5 * s)])
            return surface

        large = self.pictures.drawn(f"chevron {s} {colour} {edge}", said, plain)
        return self.pictures.kept(
            f"chevron {s} {turn} {colour} {edge}", lambda: pygame.transform.rotozoom(large, -turn, 0.5)
        )


def _ring(radius: int, width: int, step: int, colour: str) -> pygame.Surface:
    """Painted three times as large and made smaller: a new step costs a tenth of rasterising it."""
    side = 2 * (radius + width)
    large = pygame.Surface((3 * side, 3 * side), pygame.SRCALPHA)
    large.fill((*pygame.Color(colour)[:3], 0))
    middle, r, w = 1.5 * side, 3 * radius, 1.5 * width
    if step:
        angles = [math.tau * i / 144 for i in range(2 * step + 1)]
        outer = [(middle + (r + w) * math.sin(a), middle - (r + w) * math.cos(a)) for a in angles]
        inner = [(middle + (r - w) * math.sin(a), middle - (r - w) * math.cos(a)) for a in angles]
        pygame.draw.polygon(large, colour, outer + inner[::-1])
        for end in (angles[0], angles[-1]):
            pygame.draw.circle(large, colour, (middle + r * math.sin(end), middle - r * math.cos(end)), w)
    return pygame.transform.smoothscale(large, (side, side))
