"""The board under the mirror: how many of how many, progress, score and time; prompt and STOP signs."""

from __future__ import annotations

import math

import pygame

from rehabgames.core.view import View
from rehabgames.stage import svg
from rehabgames.stage.carved import board, plate
from rehabgames.stage.easel import Easel
from rehabgames.stage.frame import Area
from rehabgames.stage.motion import FirstSeen, swell
from rehabgames.stage.palette import GREEN, INK, ORANGE, VERMILLION
from rehabgames.stage.place import Place
from rehabgames.stage.targets import paint_ring

_PROMPT_PX = (36, 32)  # the largest, and the smallest that can be read
_BELOW = 20  # px of the grid that two lines may hang down under the place of the prompt


def counts(view: View) -> bool:
    """Something is counted now, or was: not before the play, and not where nothing is played."""
    return view.phase == "play" or bool(view.things or view.count) or view.seconds_left is not None


class Board:
    """Remembers the longest time left, so that the sun's arc knows where the morning began."""

    def __init__(self) -> None:
        self._longest_s = 0.0
        self._stood_s: float | None = None  # what the clock showed before it was hidden
        self._counts = FirstSeen(forget_s=1e9)

    def paint(self, easel: Easel, view: View, place: Place) -> None:
        left, top, width, height = easel.layout.board
        easel.canvas.blit(*board(easel, easel.layout.board))
        pad = easel.px(16)
        icon = easel.px(84)
        place.paint_goal(easel, view, (left + pad + icon / 2, top + easel.px(58)), icon)
        grown = 1.0
        if view.count:
            grown += 0.14 * swell(self._counts.age(view.count, easel.now_s) / 0.5)
        number = easel.letters.line(str(view.count), easel.px(round(84 * grown)), INK, bold=True)
        middle = top + easel.px(56)
        x = left + pad + icon + easel.px(20)
        easel.stamp(number, (x + number.get_width() / 2, middle))
        if view.goal:
            rest = easel.letters.line(f"/{view.goal}", easel.px(64), easel.theme.ink_soft)
            plain = easel.letters.line(str(view.count), easel.px(84), INK, bold=True)
            easel.stamp(
                rest, (x + plain.get_width() + easel.px(8) + rest.get_width() / 2, middle + easel.px(5))
            )
        self._ribbon(easel, view, left + pad, top + easel.px(112), width - 2 * pad)
        row = top + easel.px(174) + (height - easel.px(208)) // 2
        star = easel.px(34)
        easel.stamp(easel.sprite("signs/star", star, lit=False), (left + pad + star / 2, row))
        room = round(0.44 * width) - pad - star - easel.px(10)
        score = _number(easel, str(view.score), 30, INK, room, bold=True)
        easel.stamp(score, (left + pad + star + easel.px(10) + score.get_width() / 2, row))
        if view.seconds_left is not None and math.isfinite(view.seconds_left):
            self._time(easel, view, view.seconds_left, (left + width - pad, row))

    def paint_asked(self, easel: Easel, view: View, place: Place, sign: str | pygame.Surface | None) -> None:
        """Before the play: what is asked, or what is played for, and how far all of it has come."""
        left, top, width, height = self.paint_guided(easel, view)
        across, middle = easel.px(112), (left + width / 2, top + height / 2 + easel.px(4))
        if sign is None:
            place.paint_goal(easel, view, middle, across)
            return
        easel.stamp(easel.sprite(f"signs/{sign}", across) if isinstance(sign, str) else sign, middle)

    def paint_guided(self, easel: Easel, view: View) -> Area:
        """While nothing is counted: only how far all of it has come. Returns the room above that."""
        left, top, width, height = easel.layout.board
        easel.canvas.blit(*board(easel, easel.layout.board))
        pad = easel.px(16)
        self._ribbon(easel, view, left + pad, top + height - easel.px(44), width - 2 * pad)
        return left + pad, top, width - 2 * pad, height - easel.px(60)

    @staticmethod
    def _ribbon(easel: Easel, view: View, left: int, top: int, width: int) -> None:
        height = easel.px(22)
        steps = max(0, min(100, round(100 * view.progress))) if math.isfinite(view.progress) else 0
        easel.canvas.blit(_bar(easel, width, height, "#cdc5a6"), (left, top))
        if not steps:
            return
        full, cap = _bar(easel, width, height, GREEN), height // 2
        filled = max(height, round(width * steps / 100))
        easel.canvas.blit(full, (left, top), (0, 0, filled - cap, height))
        easel.canvas.blit(full, (left + filled - cap, top), (width - cap, 0, cap, height))

    def _time(self, easel: Easel, view: View, seconds: float, corner: tuple[int, int]) -> None:
        """The sun goes its arc as the time goes; minutes and seconds stand beside it. Who is told to take
        their time in a pause is not shown how it goes on: the sun stands, pale, without a number."""
        right, row = corner
        paused = view.phase == "paused"
        if paused and self._stood_s is not None:
            seconds = self._stood_s
        self._stood_s = seconds
        self._longest_s = max(self._longest_s, seconds)
        whole = max(0, math.ceil(seconds))
        room = round(0.48 * easel.layout.board[2]) - easel.px(80)
        text = _number(easel, f"{whole // 60}:{whole % 60:02d}", 28, easel.theme.ink_soft, room)
        shown = 0.35 if paused else 1.0
        if not paused:
            easel.stamp(text, (right - text.get_width() / 2, row))
        r = easel.px(26)
        middle = (right - text.get_width() - easel.px(18) - r, row + easel.px(12))
        bow = f"M4 {r + 4} A{r} {r} 0 0 1 {2 * r + 4} {r + 4}"
        arc = easel.pictures.drawn(
            f"arc {r}",
            lambda: svg.document(2 * r + 8, 2 * r + 8, svg.line(bow, "#9d8f63", 3.5, stroke_dasharray="1 8")),
        )
        easel.stamp(arc, middle, shown)
        gone = 1.0 - seconds / self._longest_s if self._longest_s > 0 else 0.0
        angle = math.pi * (1.0 - gone)
        sun = (middle[0] + r * math.cos(angle), middle[1] - r * math.sin(angle))
        easel.stamp(easel.disc(easel.px(8), ORANGE, edge="#8a5b00", edge_px=easel.px(2)), sun, shown)


def _number(
    easel: Easel, number: str, grid_px: float, colour: str, room: int, *, bold: bool = False
) -> pygame.Surface:
    """A number as large as this player's text scale makes it and its room allows."""
    size, least = easel.letters_px(grid_px), easel.px(grid_px)
    fitted = easel.letters.fit(number, (room, 2 * size), size, least, bold=bold)
    return easel.letters.line(number, fitted.size_px, colour, bold=bold)


def _bar(easel: Easel, width: int, height: int, colour: str) -> pygame.Surface:
    def said() -> str:
        return svg.document(
            width, height, svg.tag("rect", width=width, height=height, rx=height / 2, fill=colour)
        )

    return easel.pictures.drawn(f"bar {width} {height} {colour}", said)


def paint_prompt(easel: Easel, text: str, sign: str | pygame.Surface | None) -> tuple[float, float]:
    """One sentence on a soft plate, with the pictogram of a body doing it: its name, the picture, or None for
    one that is painted later. Returns the middle of the pictogram."""
    left, top, width, height = easel.layout.prompt
    icon = easel.px(66)
    room = width - icon - easel.px(56)
    size, least = easel.letters_px(_PROMPT_PX[0]), easel.px(_PROMPT_PX[1])
    fitted = easel.letters.fit(text, (room, height + easel.px(_BELOW)), size, least)
    lines = [easel.letters.line(each, fitted.size_px, INK) for each in fitted.lines]
    across = max(line.get_width() for line in lines) + icon + easel.px(56)
    down = max(easel.px(72), sum(line.get_height() for line in lines) + easel.px(8))
    x = left + (width - across) / 2
    ground = plate(easel, across, down)
    easel.stamp(ground, (x + across / 2, top + down / 2))
    beside = (x + easel.px(16) + icon / 2, top + down / 2)
    middle = x + easel.px(28) + icon + (across - icon - easel.px(44)) / 2
    if easel.letters.right_to_left:
        beside, middle = (2 * x + across - beside[0], beside[1]), 2 * x + across - middle
    picture = easel.sprite(f"signs/{sign}", icon) if isinstance(sign, str) else sign
    if picture is not None:
        easel.stamp(picture, beside)
    y = top + (down - sum(line.get_height() for line in lines)) / 2
    for line in lines:
        easel.stamp(line, (middle, y + line.get_height() / 2))
        y += line.get_height()
    return beside


def paint_stops(easel: Easel, halting: float, hears: bool | None = None) -> None:
    """STOP on both halves of the screen: an octagon with a hand, and the key that does it. halting: share of
    the time for which a hand is held up for it; hears: whether the word for it is heard, None where nobody
    listens."""
    for left, top, width, height in easel.layout.stops:
        middle = (left + width / 2, top + height / 2)
        key = easel.letters.line("ESC", easel.letters_px(18), INK, bold=True)
        deep = easel.letters_px(22)
        ear = None
        if hears is not None:
            ear = easel.sprite("screens/microphone" + ("" if hears else "_off"), deep * 0.86, lit=False)
        beside = 0 if ear is None else ear.get_width() + easel.px(3)
        cap = plate(easel, key.get_width() + easel.px(12) + beside, deep)
        low = middle[1] + height * 0.42 - (deep - easel.px(22)) / 2
        across = min(width * 0.72, low - deep / 2 - top)
        high = min(middle[1] - height * 0.12, low - deep / 2 - across / 2)
        easel.stamp(easel.sprite("signs/stop", across, lit=False), (middle[0], high))
        if halting > 0:
            held = round(halting * 24) / 24
            paint_ring(easel, (middle[0], high), across * 0.55, held, 1.0, colour=VERMILLION)
        easel.stamp(cap, (middle[0], low))
        easel.stamp(key, (middle[0] - beside / 2, low))
        if ear is not None:
            easel.stamp(ear, (middle[0] + (key.get_width() + easel.px(3)) / 2, low))
