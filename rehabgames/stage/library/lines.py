"""Lines on the old sheet: the faint way, the ink after the hand, what it becomes, and the kept pages."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pygame

from rehabgames.core.view import Thing
from rehabgames.stage import svg
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.library.hours import Chart
from rehabgames.stage.motion import ease
from rehabgames.stage.targets import radius_px

INK: Final = "#14345f"
GOLD: Final = "#e6b93f"
FAINT: Final = "#6b4a26"
PENCIL: Final = "#8a4b2a"
INK_PX, GOLD_PX, FAINT_PX = 15.0, 5.0, 5.0  # widths on the 720 px grid
GAP_PX: Final = 2.0  # between two places of the ink
EDGE: Final = 2  # px round a line's width that belong to its soft edge
LEAST_RUN: Final = 240.0  # places that the ink runs on in a second, at least
RUNS_S: Final = 0.075  # in which it runs over two thirds of what it still has to
GILDED_S: Final = 0.6  # in which a finished line turns to gold, from its start to its end
GONE_S: Final = 0.6
MARKS: Final[dict[Chart, str]] = {"stars": "star", "sea": "boat", "plants": "sprig"}
MANY: Final[dict[Chart, int]] = {"stars": 7, "sea": 1, "plants": 9}

Way = npt.NDArray[np.float64]  # (n, 2) px


def smooth(way: Way, gap_px: float) -> Way:
    """The way through the same places without corners (Catmull-Rom), a place every gap_px or so."""
    if len(way) < 3:
        return way
    ends = np.vstack([2 * way[0] - way[1], way, 2 * way[-1] - way[-2]])
    parts = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        steps = max(1, math.ceil(float(np.hypot(*(c - b))) / gap_px))
        t = (np.arange(steps) / steps)[:, None]
        parts.append(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        )
    return np.vstack([*parts, way[-1:]])


def path_of(way: Way) -> str:
    return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in way)


@dataclass(slots=True)
class Drawn:
    """One line as it is on the screen: still faint, and the ink that was added so far.

    corner  of all surfaces; inked, gilded: how many places of `way` have their ink, their gold; tip: how many
            the pen has passed, and ran the same without rounding; last_s: when it was painted last
    whole   (ink, gold) of the finished line, from which `ink` is filled
    """

    key: tuple[str, tuple[int, int], float]
    corner: tuple[int, int]
    way: Way
    faint: pygame.Surface
    ink: pygame.Surface
    whole: tuple[pygame.Surface, pygame.Surface]
    begun_s: float
    last_s: float
    inked: int = 0
    tip: int = 0
    ran: float = 0.0
    gilded: int = 0
    gilding_s: float | None = None
    fading_s: float | None = None
    shares: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros(1))


class Lines:
    """Paints the line of the trial. What is drawn is kept until another line comes."""

    def __init__(self, chart: Chart) -> None:
        self._chart = chart
        self._drawn: Drawn | None = None

    def paint(self, easel: Easel, line: Thing, shown: float) -> Drawn:
        """The way, its ink, and its gold where it is done."""
        drawn = self._of(easel, line)
        alpha = shown * ease((easel.now_s - drawn.begun_s) / 0.5)
        if line.state == "fading":
            drawn.fading_s = easel.now_s if drawn.fading_s is None else drawn.fading_s
            alpha *= 1.0 - ease((easel.now_s - drawn.fading_s) / GONE_S)
        self._add_ink(easel, drawn, line)
        for surface in (drawn.faint, drawn.ink):
            surface.set_alpha(round(255 * alpha))
            easel.canvas.blit(surface, drawn.corner)
        if 0 < drawn.tip < len(drawn.way):
            easel.stamp(easel.disc(easel.px(INK_PX) / 2, INK), tuple(drawn.way[drawn.tip - 1]), alpha)
        if drawn.gilding_s is not None:
            self._marks(easel, drawn, alpha)
        return drawn

    def _of(self, easel: Easel, line: Thing) -> Drawn:
        key = (line.key, easel.layout.size, easel.frame.scale)
        if self._drawn is None or self._drawn.key != key or line.share + 0.02 < self._share():
            self._drawn = _begun(easel, line, key)
        return self._drawn

    def _share(self) -> float:
        """Of the line that has its ink."""
        drawn = self._drawn
        return 0.0 if drawn is None or not drawn.tip else float(drawn.shares[drawn.tip - 1])

    @staticmethod
    def _add_ink(easel: Easel, drawn: Drawn, line: Thing) -> None:
        wanted = int(np.searchsorted(drawn.shares, line.share + 1e-9)) if line.share > 0 else 0
        # ink runs, and never jumps
        dt_s, drawn.last_s = max(0.0, easel.now_s - drawn.last_s), easel.now_s
        run = max(LEAST_RUN * dt_s, (wanted - drawn.ran) * -math.expm1(-dt_s / RUNS_S))
        drawn.ran = max(drawn.ran, min(wanted, drawn.ran + run))
        wanted = int(drawn.ran)
        drawn.tip = max(drawn.tip, wanted)
        # each place brings half a pen's width of ink beyond it
        behind = (
            0
            if wanted >= len(drawn.way) - 1
            else round((easel.px(INK_PX) / 2 + EDGE) / max(1.0, GAP_PX * easel.layout.unit))
        )
        _fill(drawn, 0, drawn.way[drawn.inked : max(0, wanted - behind)], easel.px(INK_PX))
        drawn.inked = max(drawn.inked, wanted - behind)
        if line.state == "held" and line.share >= 1.0 and drawn.tip >= len(drawn.way) - 1:
            drawn.gilding_s = easel.now_s if drawn.gilding_s is None else drawn.gilding_s
            wanted = round(len(drawn.way) * ease((easel.now_s - drawn.gilding_s) / GILDED_S))
            _fill(drawn, 1, drawn.way[drawn.gilded : wanted], easel.px(GOLD_PX))
            drawn.gilded = max(drawn.gilded, wanted)

    def _marks(self, easel: Easel, drawn: Drawn, alpha: float) -> None:
        """The finished line becomes a small drawing: stars on it, leaves beside it, a boat at its end."""
        assert drawn.gilding_s is not None
        age = easel.now_s - drawn.gilding_s
        for i, (x, y, turn) in enumerate(marks_of(drawn.way, self._chart, easel.px(17))):
            come = ease((age - 0.5 * i / MANY[self._chart]) / 0.35)
            mark = easel.turned(f"library/{MARKS[self._chart]}", easel.px(46), turn, step_deg=6, fine=True)
            easel.stamp(mark, (x, y), alpha * come)


def marks_of(way: Way, chart: Chart, aside: float) -> list[tuple[float, float, float]]:
    """(x, y, turn_deg) of the marks that make a line a drawing; aside: px from the line."""
    many = MANY[chart]
    found = []
    for i in range(many):
        at = len(way) - 1 if many == 1 else round((i + 0.5) / many * (len(way) - 1))
        x, y = way[at]
        before, after = way[max(0, at - 4)], way[min(len(way) - 1, at + 4)]
        turn = math.degrees(math.atan2(-(after[1] - before[1]), after[0] - before[0]))
        if chart == "plants":
            side = 1 if i % 2 else -1
            out = math.radians(turn + side * 52)
            found.append((x + aside * math.cos(out), y - aside * math.sin(out), turn + side * 52))
        else:
            found.append((float(x), float(y) - (aside if chart == "sea" else 0.0), 0.0))
    return found


def _begun(easel: Easel, line: Thing, key: tuple[str, tuple[int, int], float]) -> Drawn:
    places = np.array([easel.frame.to_screen(x, y) for x, y in line.way])
    gap = max(1.0, GAP_PX * easel.layout.unit)
    way = smooth(places, gap)
    radius = radius_px(easel, line.radius)
    pad = math.ceil(radius + easel.px(12))
    low, high = np.floor(way.min(axis=0)) - pad, np.ceil(way.max(axis=0)) + pad
    width, height = (int(n) for n in high - low)
    d = path_of(way - low)
    said = svg.document(
        width,
        height,
        svg.blur("s", easel.px(5)),
        svg.line(d, "#fffdf4", 2 * radius, stroke_linejoin="round", stroke_opacity=0.85, filter="url(#s)"),
        svg.line(d, "#b58f4e", 2 * radius, stroke_linejoin="round", stroke_opacity=0.16),
        svg.line(d, "#fffdf4", 2 * radius - easel.px(5), stroke_linejoin="round", stroke_opacity=0.9),
        svg.line(d, FAINT, easel.px(FAINT_PX), stroke_dasharray=f"{easel.px(3)} {easel.px(13)}"),
    )
    size, inside = (width, height), way - low
    faint = easel.pictures.raster(said, keep=False) or _plain(
        size, inside, ("#fffdf4", 2 * radius), (FAINT, easel.px(FAINT_PX))
    )
    ink, gold = (
        easel.pictures.raster(
            svg.document(*size, svg.line(d, colour, wide, stroke_linejoin="round")), keep=False
        )
        or _plain(size, inside, (colour, wide))
        for colour, wide in ((INK, easel.px(INK_PX)), (GOLD, easel.px(GOLD_PX)))
    )
    empty = pygame.Surface((width, height), pygame.SRCALPHA).convert_alpha()
    long = np.concatenate([[0.0], np.hypot(*np.diff(way, axis=0).T).cumsum()])
    shares = long / max(1e-9, float(long[-1]))
    corner = (int(low[0]), int(low[1]))
    return Drawn(key, corner, way, faint, empty, (ink, gold), easel.now_s, easel.now_s, shares=shares)


def _plain(size: tuple[int, int], places: Way, *lines: tuple[str, float]) -> pygame.Surface:
    """The same where nothing can be rasterised; lines: colour and width, px."""
    surface = pygame.Surface(size, pygame.SRCALPHA)
    for colour, wide in lines:
        for x, y in places:
            pygame.draw.circle(surface, colour, (float(x), float(y)), wide / 2)
    return surface


def _fill(drawn: Drawn, which: int, places: Way, wide: int) -> None:
    """Let what the finished line shows at these places show now."""
    side = wide + 2 * EDGE
    blend = pygame.BLEND_RGBA_MAX if which == 0 else 0
    for x, y in places:
        corner = (round(x - drawn.corner[0] - side / 2), round(y - drawn.corner[1] - side / 2))
        drawn.ink.blit(drawn.whole[which], corner, (*corner, side, side), special_flags=blend)


def paint_own(easel: Easel, way: tuple[tuple[float, float], ...], shown: float) -> None:
    """Where the hand went, in fine dots of another colour than ink."""
    dot = easel.disc(easel.px(2.6), PENCIL)
    for x, y in way[-300:]:
        easel.stamp(dot, easel.frame.to_screen(x, y), 0.8 * shown)


def paint_end(easel: Easel, at: Point, shown: float) -> None:
    """Where the line leads: a star in a ring."""
    easel.stamp(easel.disc(easel.px(23), "#fff8e6", edge=INK, edge_px=easel.px(4)), at, shown)
    easel.stamp(easel.sprite("library/star", easel.px(30)), at, shown)


def page_of(easel: Easel, thing: Thing, chart: Chart, side: int) -> pygame.Surface:
    """A small page with a finished line on it, its drawing included; (side, side) px."""

    def said() -> str:
        places = np.array(thing.way, dtype=np.float64) * (1.0, -1.0)
        way = smooth(places, 0.02)
        low, high = way.min(axis=0), way.max(axis=0)
        scale = 58.0 / max(1e-6, float((high - low).max()))
        way = (way - (low + high) / 2) * scale + 50.0
        part = easel.pictures.part(f"library/{MARKS[chart]}")
        marks = "".join(
            svg.tag(
                "g",
                part.inner if part else "",
                transform=f"translate({x:.1f} {y:.1f}) rotate({-turn:.0f}) scale(.36)",
            )
            for x, y, turn in marks_of(way, chart, 8.0)[:: 1 if chart == "sea" else 3]
        )
        return svg.document(
            side,
            side,
            svg.blur("s", 2.5),
            svg.tag(
                "rect", x=9, y=10, width=86, height=86, fill="#120b06", fill_opacity=0.5, filter="url(#s)"
            ),
            svg.tag(
                "rect",
                x=6,
                y=6,
                width=86,
                height=86,
                rx=2,
                fill="#f7ebcd",
                stroke="#9a7a45",
                stroke_width=1.5,
            ),
            svg.line(path_of(way), INK, 6.5, stroke_linejoin="round"),
            svg.line(path_of(way), GOLD, 2.0, stroke_linejoin="round"),
            svg.tag("g", marks, color=INK),
            svg.tag("circle", cx=49, cy=9, r=4.5, fill="#c1502e", stroke="#6d2413", stroke_width=1.2),
            box=(0, 0, 100, 100),
        )

    return easel.pictures.raster(said(), keep=False) or pygame.Surface((side, side), pygame.SRCALPHA)
