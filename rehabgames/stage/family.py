"""Family: one page about a week of practice, to be shown to others: A4, painted, saved as a picture or PDF.

Times, names and numbers come as words of a language; it is written from the side that the language is.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pygame

from rehabgames.core.menu import WeekDay
from rehabgames.core.view import View
from rehabgames.stage import rounds
from rehabgames.stage.canvas import LEAST as WINDOW_PX
from rehabgames.stage.canvas import Canvas
from rehabgames.stage.easel import Easel
from rehabgames.stage.frame import Frame
from rehabgames.stage.layout import Layout
from rehabgames.stage.letters import Letters
from rehabgames.stage.menus.cards import even
from rehabgames.stage.menus.heading import sheet_of
from rehabgames.stage.menus.today import STILL, card_of, place_picture
from rehabgames.stage.menus.week import PICTURES
from rehabgames.stage.menus.words import fitted, height_of, write
from rehabgames.stage.palette import INK, INK_SOFT
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.shelf import Shelf

A4_IN: Final = (8.27, 11.69)
DPI: Final = 200
SIZE: Final = (1654, 2338)  # px
PAPER: Final = "#fdf9ee"
EDGE: Final = 72.0  # px of a page that is 1280 wide, as all here
BANNER: Final = 560.0  # height of the place on top
HEAD: Final = (860.0, 190.0)  # what is over its lower edge
NAME: Final = 72.0  # so much higher with a name in it
SKY: Final = "#cfe0dc"  # where no place is known
DAY, TODAY, APART = 96.0, 136.0, 148.0
CARD: Final = 322.0  # height of what a number is on
NUMBER: Final = 92
LABEL: Final = (38, 24)  # sizes, the largest and the smallest
PLACE: Final = (352.0, 198.0)
NEWS: Final = 62.0
LEAST_GAP: Final = 26.0


@dataclass(frozen=True, slots=True)
class Number:
    """picture: of the folder "screens"."""

    picture: str
    number: str
    label: str


@dataclass(frozen=True, slots=True)
class Page:
    """name: "" where none is wanted; days: names of those of the week; places: (place,
    how its exercise is called), that of the banner first; news: (picture, text)."""

    title: str
    name: str
    date: str
    week: tuple[WeekDay, ...]
    days: tuple[str, ...]
    numbers: tuple[Number, ...]
    places: tuple[tuple[str, str], ...]
    news: tuple[tuple[str, str], ...]
    foot: str


def painted(page: Page, assets: Path, language: str, notes: list[str]) -> pygame.Surface:
    """notes: gets a sentence for each thing that was missing. Raises MachineError where nothing can be
    painted."""
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    Canvas(WINDOW_PX, headless=True)
    sheet = pygame.Surface(SIZE).convert()
    sheet.fill(PAPER)
    layout = Layout.of(SIZE, "right")
    pictures = Pictures(assets / "pictures", notes, Shelf())
    letters = Letters(notes, language)
    frame = Frame(SIZE, (-1.0, -1.0, 1.0, 1.0), layout.play)
    _Painter(Easel(sheet, pictures, letters, layout, frame, 0.0, comfort=STILL), page).paint()
    return sheet


def as_png(sheet: pygame.Surface) -> bytes:
    stream = io.BytesIO()
    pygame.image.save(sheet, stream, "page.png")
    return stream.getvalue()


def as_pdf(sheet: pygame.Surface) -> bytes:
    """One A4 page that is the picture."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - half a second that only a page needs

    stream, figure = io.BytesIO(), Figure(figsize=A4_IN)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.imshow(pygame.surfarray.array3d(sheet).swapaxes(0, 1), aspect="auto", interpolation="none")
    figure.savefig(stream, format="pdf", dpi=DPI, metadata={"CreationDate": None, "Creator": "rehabgames"})
    return stream.getvalue()


class _Painter:
    """From top to bottom; what is left of the height is spread between the parts."""

    def __init__(self, easel: Easel, page: Page) -> None:
        self._easel, self._page = easel, page
        self._width, self._height = easel.layout.size
        self._view = View(
            t_s=0.0, phase="menu", place="orchard", side="right", seed=0, window=easel.frame.window
        )

    def paint(self) -> None:
        px = self._easel.px
        self._banner()
        foot = self._height - px(54)
        self._text(self._page.foot, (self._width / 2, foot), (28, 18), px(1280 - 2 * EDGE), INK_SOFT)
        parts = list(self._parts())
        top, bottom = px(BANNER + HEAD[1] / 2), foot - px(36)
        gap = max(px(LEAST_GAP), (bottom - top - sum(high for high, _ in parts)) / (len(parts) + 1))
        y = top + gap
        for high, paint in parts:
            paint(y)
            y += high + gap

    def _parts(self) -> Iterator[tuple[float, Callable[[float], None]]]:
        """How high each is, and what paints it from there down."""
        px, page = self._easel.px, self._page
        yield px(TODAY + 56), self._week
        yield px(CARD), self._numbers
        if page.places:
            yield px(PLACE[1] + 60), self._places
        if page.news:
            yield px(NEWS) * len(page.news), self._news

    def _banner(self) -> None:
        """The place that was played in most, and over its lower edge whose page it is."""
        easel, px = self._easel, self._easel.px
        place = self._page.places[0][0] if self._page.places else ""
        across = self._width, px(BANNER)
        picture = place_picture(easel, easel.pictures, place, self._view, across)
        easel.canvas.fill(SKY, (0, 0, *across))
        if picture is not None:
            easel.canvas.blit(picture, (0, 0))
        size = even((px(HEAD[0]), px(self._head_high)))
        sheet, shade = sheet_of(easel, size)
        x, y = self._width / 2, px(BANNER) - (px(self._head_high) - px(HEAD[1])) / 2
        easel.stamp(shade, (x, y + px(5)))
        easel.stamp(sheet, (x, y))
        room, low = size[0] - px(48), y + size[1] / 2
        self._text(self._page.title, (x, y - size[1] / 2 + px(60)), (74, 40), room, INK, bold=True)
        if self._page.name:
            self._text(self._page.name, (x, low - px(100)), (54, 28), room, INK)
        self._text(self._page.date, (x, low - px(42)), (40, 24), room, INK_SOFT)

    @property
    def _head_high(self) -> float:
        return HEAD[1] + (NAME if self._page.name else 0.0)

    def _week(self, top: float) -> None:
        easel, px = self._easel, self._easel.px
        for number, (day, name) in enumerate(zip(self._page.week, self._page.days, strict=True)):
            x = self._at((number - 3) * px(APART) + px(TODAY - DAY) * (0.25 if day.today else -0.25))
            size = px(TODAY if day.today else DAY)
            picture = easel.sprite(f"screens/{PICTURES[day.practised, day.today]}", size, lit=False)
            easel.stamp(picture, (x, top + px(TODAY) / 2))
            at = x, top + px(TODAY + 32)
            self._text(name, at, (34, 20), px(APART - 12), INK if day.today else INK_SOFT, bold=day.today)

    def _numbers(self, top: float) -> None:
        easel, px = self._easel, self._easel.px
        across = px(1280 - 2 * EDGE) / len(self._page.numbers)
        size = even((across - px(24), px(CARD)))
        slab = easel.pictures.kept(
            f"number {size}", lambda: rounds.slab(size, px(28), easel.theme.sheet, "#d8caa6", px(2))
        )
        for number, each in enumerate(self._page.numbers):
            x = self._at((number - (len(self._page.numbers) - 1) / 2) * across)
            easel.stamp(slab, (x, top + size[1] / 2))
            easel.stamp(easel.sprite(f"screens/{each.picture}", px(84), lit=False), (x, top + px(66)))
            self._text(each.number, (x, top + px(164)), (NUMBER, 40), size[0] - px(24), INK, bold=True)
            self._text(each.label, (x, top + px(258)), LABEL, size[0] - px(28), INK_SOFT, lines=2)

    def _places(self, top: float) -> None:
        easel, px = self._easel, self._easel.px
        size = even((px(PLACE[0]), px(PLACE[1])))
        for number, (place, title) in enumerate(self._page.places):
            x = self._at((number - (len(self._page.places) - 1) / 2) * px(PLACE[0] + 40))
            picture = card_of(easel, easel.pictures, place, self._view, size)
            easel.stamp(picture, (x, top + size[1] / 2))
            self._text(title, (x, top + size[1] + px(34)), (38, 22), size[0] + px(24), INK, bold=True)

    def _news(self, top: float) -> None:
        """One under the other, beginning where reading does."""
        easel, px = self._easel, self._easel.px
        side, room = px(52), px(1280 - 2 * EDGE - 80)
        found = [
            fitted(easel.letters, text, (room, px(NEWS)), px(40), px(24), bold=True)
            for _, text in self._page.news
        ]
        size = min(each for each, _ in found)
        widths = [max(easel.letters.width(x, size, bold=True) for x in lines) for _, lines in found]
        begins = -(side + px(18) + max(widths)) / 2
        for number, ((picture, _), (_, lines)) in enumerate(zip(self._page.news, found, strict=True)):
            y = top + px(NEWS) * (number + 0.5)
            easel.stamp(easel.sprite(f"screens/{picture}", side, lit=False), (self._at(begins + side / 2), y))
            x = self._at(begins + side + px(18) + widths[number] / 2)
            write(easel, lines, size, (x, y), INK, bold=True)

    def _at(self, off: float) -> float:
        """So far from the middle, in the way in which it is read."""
        return self._width / 2 + (-off if self._easel.letters.right_to_left else off)

    def _text(
        self,
        text: str,
        middle: tuple[float, float],
        sizes: tuple[int, int],
        room: float,
        colour: str,
        *,
        bold: bool = False,
        lines: int = 1,
    ) -> None:
        largest, least = (self._easel.px(size) for size in sizes)
        high = height_of(self._easel.letters, lines, largest, bold=bold)
        size, found = fitted(self._easel.letters, text, (int(room), high), largest, least, bold=bold)
        write(self._easel, found, size, middle, colour, bold=bold)
