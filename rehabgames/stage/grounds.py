"""Ground: a scene's own 1920×1080 measure on any screen, and documents of parts of it."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from rehabgames.stage import svg
from rehabgames.stage.easel import Point
from rehabgames.stage.pictures import Pictures

WIDTH, HEIGHT = 1920, 1080
Box = tuple[float, float, float, float]  # left, top, width, height on the ground
WHOLE: Box = (0.0, 0.0, float(WIDTH), float(HEIGHT))


@dataclass(frozen=True, slots=True)
class Ground:
    """Cut, never stretched; mirrored for the left side."""

    size: tuple[int, int]
    mirrored: bool

    @property
    def scale(self) -> float:
        return max(self.size[0] / WIDTH, self.size[1] / HEIGHT)

    def spot(self, x: float, y: float) -> Point:
        k = self.scale
        across = (self.size[0] - WIDTH * k) / 2 + x * k
        return (self.size[0] - across if self.mirrored else across), (self.size[1] - HEIGHT * k) / 2 + y * k

    def area(self, box: Box) -> pygame.Rect:
        left, top, width, height = box
        a, b = self.spot(left, top), self.spot(left + width, top + height)
        x0, x1 = sorted((round(a[0]), round(b[0])))
        return pygame.Rect(x0, round(a[1]), x1 - x0, round(b[1]) - round(a[1]))

    def raster(self, pictures: Pictures, defs: str, body: str, box: Box, plain: str = "") -> pygame.Surface:
        """This part of the ground at the screen's scale, mirrored where the scene is; WHOLE fills the screen.

        plain: a colour makes it opaque, and fills it where nothing can be rasterised.
        """
        size = self.size if box == WHOLE else (round(box[2] * self.scale), round(box[3] * self.scale))
        view = " ".join(svg.number(n) for n in box)
        said = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" viewBox="{view}" '
            f'preserveAspectRatio="xMidYMid slice"><defs>{defs}</defs>{body}</svg>'
        )
        made = pictures.raster(said, opaque=bool(plain))
        if made is None:
            made = pygame.Surface(size, 0 if plain else pygame.SRCALPHA)
            if plain:
                made.fill(plain)
        return pygame.transform.flip(made, True, False) if self.mirrored else made

    def near(
        self, pictures: Pictures, defs: str, body: str, box: Box
    ) -> tuple[pygame.Surface, tuple[int, int]]:
        """The same, clear, cut to what it shows; and the corner where it belongs."""
        whole = self.raster(pictures, defs, body, box)
        used, at = whole.get_bounding_rect(), self.area(box)
        return whole.subsurface(used).copy(), (at.x + used.x, at.y + used.y)


def parts(pictures: Pictures, names: dict[str, str]) -> str:
    """Parts to be used by id: id → name of the part."""
    made = ((key, pictures.part(name)) for key, name in names.items())
    return "".join(svg.tag("g", part.inner if part else "", id=key) for key, part in made)


def use(part: str, at: Point, scale: float, **more: svg.Value) -> str:
    moved = f"translate({at[0]:.0f} {at[1]:.0f}) scale({scale:.3f})"
    return svg.tag("use", href=f"#{part}", transform=moved, **more)


def oval(x: float, y: float, rx: float, ry: float, **more: svg.Value) -> str:
    return svg.tag("ellipse", cx=x, cy=y, rx=rx, ry=ry, **more)


def box(x: float, y: float, width: float, height: float, **more: svg.Value) -> str:
    return svg.tag("rect", x=x, y=y, width=width, height=height, **more)
