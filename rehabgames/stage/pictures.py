"""Pictures: SVG parts of a folder as pygame surfaces, each rasterised once for each octave of sizes.

A target has another size in every try, and to rasterise costs milliseconds: what is not large is made smaller
from a picture at most twice as wide, in a tenth of the time.

What is missing or damaged is told once, and something plain stands in for it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import pygame

from rehabgames.stage.notes import once
from rehabgames.stage.originals import SHARED
from rehabgames.stage.palette import CREAM, ORANGE, OUTLINE
from rehabgames.stage.shelf import Shelf

_SVG = re.compile(r"<svg[^>]*viewBox=\"([-\d. ]+)\"[^>]*?>(.*)</svg>", re.DOTALL)
_COLOUR = re.compile(r"<svg[^>]*\scolor=\"([^\"]+)\"")
LARGEST: Final = 512  # px; what is wider is rasterised as wide as it is shown
Said = Callable[[], str]  # composes an SVG document
Shape = Callable[[], pygame.Surface]


def _nothing() -> pygame.Surface:
    return pygame.Surface((1, 1), pygame.SRCALPHA)


@dataclass(frozen=True, slots=True)
class Part:
    """The inside of one SVG file: `inner` markup, `box` (left, top, width, height) of its view."""

    inner: str
    box: tuple[float, float, float, float]
    colour: str = "#000"

    def document(self, width_px: int, height_px: int, style: str = "") -> str:
        view = " ".join(f"{n:g}" for n in self.box)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_px}" height="{height_px}" '
            f'viewBox="{view}" color="{self.colour}"><style>{style}</style>{self.inner}</svg>'
        )


class Pictures:
    """Reads parts lazily. `notes` tells what is missing or damaged: a folder, or single pictures of it."""

    def __init__(self, folder: Path, notes: list[str], shelf: Shelf | None = None) -> None:
        self.folder = folder
        self.notes = notes
        self._shelf = shelf or Shelf()
        self._parts: dict[str, Part | None] = {}
        self._told: dict[Path, str] = {}
        self._sprites: dict[tuple[str, int, bool, str], pygame.Surface] = {}
        self._originals: dict[tuple[str, int, str], pygame.Surface | None] = {}
        self._soft: dict[tuple[str, int, int], pygame.Surface] = {}
        self._cut: dict[str, tuple[pygame.Surface, int, int]] = {}

    def part(self, name: str) -> Part | None:
        """The part "orchard/apple" of the folder, or None where it cannot be read."""
        if name not in self._parts:
            self._parts[name] = self._read(name)
        return self._parts[name]

    def _read(self, name: str) -> Part | None:
        path = self.folder / f"{name}.svg"
        if not self.folder.is_dir():
            once(self.notes, "The pictures are missing; plain shapes stand in for them.")
        elif not path.parent.is_dir():
            once(
                self.notes,
                f"The pictures of '{path.parent.name}' are missing; plain shapes stand in for them.",
            )
        elif not path.exists():
            self._tell(path, f"The picture {name}.svg is missing; a plain shape stands in for it.")
        else:
            try:
                return read_part(path.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                self._tell(path, f"The picture {name}.svg cannot be read; a plain shape stands in for it.")
        return None

    def _tell(self, path: Path, sentence: str) -> None:
        """Of the first picture of a folder; of all of them, where there are more."""
        before = self._told.get(path.parent)
        more = f"Pictures of '{path.parent.name}' are missing or damaged; plain shapes stand in for them."
        if before is None:
            once(self.notes, sentence)
        elif before in self.notes:
            self.notes[self.notes.index(before)] = more
        self._told[path.parent] = sentence if before is None else more

    def forget(self) -> None:
        """Drops what was rasterised, for another size of the window."""
        for kept in (self._sprites, self._originals, self._soft, self._cut):
            kept.clear()

    def raster(self, svg: str, *, opaque: bool = False, keep: bool = True) -> pygame.Surface | None:
        """A whole SVG document as a surface in the display's format, or None where that fails. keep: it is
        the same at every start, and therefore put on the shelf."""
        try:
            surface = self._from_shelf(svg) or self._rasterised(svg, keep=keep)
        except (ImportError, ValueError, pygame.error):
            once(self.notes, "Pictures cannot be drawn on this machine; plain shapes stand in for them.")
            return None
        return surface.convert() if opaque else surface.convert_alpha()

    def shelved(self, key: str, make: Shape) -> pygame.Surface:
        """An opaque picture that takes tenths of a second to make, kept from one start to the next. key: says
        all that it depends on."""
        found = self._from_shelf(key)
        if found is None:
            found, png = make(), io.BytesIO()
            pygame.image.save(found, png, "made.png")
            self._shelf.put(key, png.getvalue())
        return found.convert()

    def _from_shelf(self, svg: str) -> pygame.Surface | None:
        png = self._shelf.find(svg)
        with suppress(pygame.error):  # a damaged file
            return pygame.image.load(io.BytesIO(png), "part.png") if png else None
        return None

    def _rasterised(self, svg: str, *, keep: bool) -> pygame.Surface:
        import resvg_py  # noqa: PLC0415  (a missing rasteriser is a plain shape, not an error)

        png = bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))
        surface = pygame.image.load(io.BytesIO(png), "part.png")
        if keep:
            self._shelf.put(svg, png)
        return surface

    def sprite(
        self, name: str, width_px: float, *, flip: bool = False, style: str = "", adorns: bool = False
    ) -> pygame.Surface:
        """The part `width_px` wide; `flip` mirrors it left to right; `style` is CSS for it. Where there is
        none a plain disc stands in, or nothing where it only adorns the scene."""
        width = max(2, round(width_px))
        key = (f"{name}?" if adorns else name, width, flip, style)
        if key not in self._sprites:
            self._sprites[key] = self._make(name, width, flip, style) or _stand_in(width, adorns=adorns)
        return self._sprites[key]

    def _make(self, name: str, width: int, flip: bool, style: str) -> pygame.Surface | None:
        part = self.part(name)
        if part is None:
            return None
        height = max(2, round(width * part.box[3] / part.box[2]))
        if width > LARGEST:
            made = self.raster(part.document(width, height, style))
        else:
            made = self._original(name, part, octave(width), style)
            made = made and pygame.transform.smoothscale(made, (width, height))
        return pygame.transform.flip(made, True, False) if made and flip else made

    def _original(self, name: str, part: Part, width: int, style: str) -> pygame.Surface | None:
        """What pictures of half to all of this width are made of."""
        key = (name, width, style)
        if key not in self._originals:
            height = max(2, round(width * part.box[3] / part.box[2]))
            document = part.document(width, height, style)
            self._originals[key] = SHARED.of(self._shelf.name(document), lambda: self._bled(document))
        return self._originals[key]

    def _bled(self, document: str) -> pygame.Surface | None:
        made = self.raster(document)
        return made and bled(made)

    def warm(self, folder: str, most_px: int) -> None:
        """Rasterises the parts of a folder for all sizes up to `most_px`, so that no picture of the play
        waits for it: some tenths of a second."""
        for path in sorted((self.folder / folder).glob("*.svg")):
            if (part := self.part(f"{folder}/{path.stem}")) is not None:
                for width in (32, 64, 128, 256, LARGEST):
                    if width <= octave(most_px):
                        self._original(f"{folder}/{path.stem}", part, width, "")

    def soft(self, key: str, svg: Said, size_px: tuple[int, int]) -> pygame.Surface:
        """Like `drawn`, enlarged to `size_px`: light and shade have no detail, and small is quick."""
        full = (f"~{key}", *size_px)
        if full not in self._soft:
            made = self.raster(svg()) or pygame.Surface((2, 2), pygame.SRCALPHA)
            self._soft[full] = pygame.transform.smoothscale(made, size_px)
        return self._soft[full]

    def cut_out(self, key: str, svg: Said, size_px: tuple[int, int]) -> tuple[pygame.Surface, int, int]:
        """Like `soft`, cut to what is not empty: (surface, left, top) inside the whole."""
        if key not in self._cut:
            whole = self.soft(key, svg, size_px)
            used = whole.get_bounding_rect()
            self._cut[key] = whole.subsurface(used), used.x, used.y
        return self._cut[key]

    def drawn(self, key: str, svg: Said, plain: Shape = _nothing) -> pygame.Surface:
        """A small document composed in code, kept under `key`; `plain` where it cannot be rasterised.

        `svg` is only called where nothing is kept: most frames compose no SVG at all.
        """
        full = (f"={key}", 0, False, "")
        if full not in self._sprites:
            self._sprites[full] = self.raster(svg()) or plain()
        return self._sprites[full]

    def kept(self, key: str, make: Callable[[], pygame.Surface]) -> pygame.Surface:
        """Whatever `make` paints, kept under `key`."""
        full = (f"+{key}", 0, False, "")
        if full not in self._sprites:
            self._sprites[full] = make()
        return self._sprites[full]


def read_part(text: str) -> Part:
    """The part that an SVG file holds. Raises ValueError where it is damaged."""
    found = _SVG.search(text)
    try:
        ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise ValueError(f"no XML: {error}") from error
    if not found:
        raise ValueError("no <svg> with a viewBox")
    left, top, width, height = (float(n) for n in found[1].split())
    if not (width > 0 and height > 0):
        raise ValueError(f"a viewBox without room: {found[1]}")
    colour = _COLOUR.search(text)
    return Part(found[2], (left, top, width, height), colour[1] if colour else "#000")


def bled(picture: pygame.Surface) -> pygame.Surface:
    """With the colour of what it borders on in the clear pixels beside it: they are black, and would darken
    every edge when the picture is made smaller."""
    spread = pygame.Surface(picture.get_size(), pygame.SRCALPHA)
    for to in ((-2, 0), (2, 0), (0, -2), (0, 2), (-1, -1), (1, -1), (-1, 1), (1, 1), (0, 0)):
        spread.blit(picture, to)
    pygame.surfarray.pixels_alpha(spread)[...] = pygame.surfarray.array_alpha(picture)
    return spread


def octave(width: int) -> int:
    """The power of two from which a picture so wide is made smaller."""
    return 1 << max(3, (width - 1).bit_length())


def _stand_in(width: int, *, adorns: bool) -> pygame.Surface:
    """A disc with two edges, so that it is seen on dark and on light."""
    made = pygame.Surface((width, width), pygame.SRCALPHA)
    if not adorns:
        for colour, share in ((CREAM, 0.5), (OUTLINE, 0.46), (ORANGE, 0.4)):
            pygame.draw.circle(made, colour, (width / 2, width / 2), width * share)
    return made
