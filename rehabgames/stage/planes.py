"""Planes: the still layers of a place, each composed of SVG once and shifted with the player's head."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import pygame

from rehabgames.stage import svg
from rehabgames.stage.easel import MOST_SHIFT, Easel
from rehabgames.stage.ground import HEIGHT, WHOLE, WIDTH, Box, Ground
from rehabgames.stage.layout import Layout
from rehabgames.stage.pictures import Pictures

Bands = tuple[tuple[float, str], ...]  # colours, each from a share of the screen's height down to the next


@dataclass(frozen=True, slots=True)
class Plane:
    """A layer with the corner at which it lies; depth as in Easel.shift. The head never moves it up or down,
    because most planes end at a waterline or at the edge of the screen."""

    surface: pygame.Surface
    corner: tuple[int, int]
    depth: float

    def paint(self, easel: Easel, moved: tuple[int, int] = (0, 0)) -> None:
        """moved: right and down, px, besides what the head does."""
        aside, _ = easel.shift(self.depth)
        easel.canvas.blit(self.surface, (self.corner[0] + aside + moved[0], self.corner[1] + moved[1]))


class Painter:
    """Makes the planes of one scene. parts: names of the pictures in `folder` that the scene uses as #name;
    defs: gradients and filters; style: CSS for the parts."""

    def __init__(
        self,
        pictures: Pictures,
        ground: Ground,
        folder: str,
        parts: Iterable[str],
        defs: str,
        *,
        style: str = "",
    ) -> None:
        self._pictures, self._ground = pictures, ground
        found = {name: pictures.part(f"{folder}/{name}") for name in parts}
        used = "".join(svg.tag("g", part.inner if part else "", id=name) for name, part in found.items())
        self._defs = (svg.tag("style", style) if style else "") + svg.tag("defs", used + defs)

    def back(self, body: Iterable[str], depth: float, plain: Bands) -> Plane:
        """The opaque farthest plane; plain bands of colour where nothing can be rasterised."""
        said, size, corner = "".join(body), self._ground.size, (0, 0)
        if depth:
            whole, corner = self._spread(said, depth, opaque=True)
        else:
            whole = self._drawn(said, size, WHOLE, opaque=True)
        return Plane(whole, corner, depth) if whole else Plane(_banded(size, plain), (0, 0), depth)

    def plane(self, body: Iterable[str], depth: float) -> Plane:
        """Cut to what is not empty; an empty plane where nothing can be rasterised. The scene draws SPARE
        beyond its edges."""
        whole, corner = self._spread("".join(body), depth)
        return _cut(whole, corner, depth)

    def enlarged(self, body: Iterable[str], depth: float, times: float) -> Plane:
        """The same of a scene that ends at its edges: it is drawn somewhat larger about its middle."""
        width, height = self._ground.size
        across, down = round(width * times), round(height * times)
        whole = self._drawn("".join(body), (across, down), WHOLE)
        return _cut(whole, ((width - across) // 2, (height - down) // 2), depth)

    def piece(self, body: Iterable[str], box: Box, depth: float, plain: str = "") -> Plane:
        """A part of the scene, cut to what is not empty. plain: a colour makes it opaque and whole, and fills
        it where nothing can be rasterised."""
        scale, at = self._ground.scale, self._ground.area(box)
        size = round(box[2] * scale), round(box[3] * scale)
        made = self._drawn("".join(body), size, box, opaque=bool(plain))
        if not plain:
            return _cut(made, at.topleft, depth)
        return Plane(made or _banded(size, ((0.0, plain),)), at.topleft, depth)

    def _spread(
        self, body: str, depth: float, *, opaque: bool = False
    ) -> tuple[pygame.Surface | None, tuple[int, int]]:
        """The whole scene, as much larger than the screen as the plane may be shifted, and its corner."""
        (width, height), scale = self._ground.size, self._ground.scale
        unit = Layout.of(self._ground.size, self._ground.side).unit
        spare = math.ceil(abs(depth) * MOST_SHIFT * unit) + 2
        across, down = width + 2 * spare, height + 2 * spare
        box = (
            WIDTH / 2 - across / 2 / scale,
            HEIGHT / 2 - down / 2 / scale,
            across / scale,
            down / scale,
        )
        return self._drawn(body, (across, down), box, opaque=opaque), (-spare, -spare)

    def _drawn(
        self, body: str, size: tuple[int, int], box: Box, *, opaque: bool = False
    ) -> pygame.Surface | None:
        said = svg.document(*size, self._defs, body, box=box, fit="xMidYMid slice")
        surface = self._pictures.raster(said, opaque=opaque)
        if surface is not None and self._ground.side == "left":
            surface = pygame.transform.flip(surface, True, False)
        return surface


def _cut(whole: pygame.Surface | None, corner: tuple[int, int], depth: float) -> Plane:
    used = whole.get_bounding_rect() if whole is not None else None
    if whole is None or not used:  # nothing can be drawn here, or the only part of it is missing
        return Plane(pygame.Surface((1, 1), pygame.SRCALPHA), (0, 0), depth)
    return Plane(whole.subsurface(used).copy(), (corner[0] + used.x, corner[1] + used.y), depth)


def _banded(size: tuple[int, int], bands: Bands) -> pygame.Surface:
    surface = pygame.Surface(size)
    for share, colour in bands:
        surface.fill(colour, (0, round(share * size[1]), *size))
    return surface.convert()
