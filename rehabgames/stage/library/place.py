"""The library as a place: its still layers, the line and its ink, the quill, the pages that are kept."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pygame

from rehabgames.core.landmarks import Side
from rehabgames.core.view import Cue, Target, Thing, View
from rehabgames.stage.clock import Clock
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.ground import Ground
from rehabgames.stage.library.hours import evening_of
from rehabgames.stage.library.lines import Drawn, Lines, page_of, paint_end, paint_own
from rehabgames.stage.library.scene import still
from rehabgames.stage.motion import FirstSeen, ease, swell
from rehabgames.stage.opened import Opened
from rehabgames.stage.palette import CREAM, OUTLINE, VERMILLION
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.place import asked
from rehabgames.stage.targets import Targets
from rehabgames.stage.trunk import Bending

PINNED, PINNED_PX = 5, 56.0  # pages under the board, and px of one on the 720 px grid
SHOWN_PAGES, PAGE_PX = 8, 132.0  # at the end of a session
BEAD_PX: Final = 30.0  # radius of what the hand follows, on the 720 px grid, at least
COME_S: Final = 0.5
BLOOM_S: Final = 0.9


class Library:
    """See Place."""

    shows_hand = True

    def __init__(self, pictures: Pictures, seed: int, size: tuple[int, int], side: Side) -> None:
        self._still = still(pictures, seed, Ground(size, side))
        self._chart = evening_of(seed).chart
        self._lines, self._targets, self._seen = Lines(self._chart), Targets(), FirstSeen()
        self._pages: dict[tuple[str, int], pygame.Surface] = {}
        self._blooms = Opened({"place": BLOOM_S, "calibrated": BLOOM_S})
        self._air = Air(seed)
        self._bending, self._clock = Bending(), Clock()
        self._clock_s = self._drifted = 0.0

    def paint_back(self, easel: Easel, view: View) -> None:
        """The room, and the lamp's light on the sheet, which drifts away where the trunk helps."""
        self._still.room.paint(easel)
        self._clock_s = self._clock.at(easel, view)
        self._drifted = self._bending.step(view, self._clock.dt_s)
        if self._drifted > 0.0:
            self._dusk(easel)

    def paint_play(self, easel: Easel, view: View, shown: float) -> None:
        self._seen.prune(easel.now_s)
        self._pinned(easel, view)
        target = asked(view)
        line = next((t for t in view.things if t.kind == "line" and t.state != "placed"), None)
        drawn = None
        if line is not None and len(line.way) > 1 and view.phase in ("play", "paused"):
            drawn = self._lines.paint(easel, line, shown)
            shown *= ease((easel.now_s - drawn.begun_s) / COME_S)  # all of it comes with its line
            if line.state not in ("held", "fading"):
                paint_end(easel, easel.frame.to_screen(*line.way[-1]), shown)
            own = next((t for t in view.things if t.kind == "own_way"), None)
            if own is not None and view.performance and line.state != "fading":
                paint_own(easel, own.way, shown)
        if target is None:
            return
        pen = next((t for t in view.things if t.kind == "pen"), None)
        if target.kind != "follow":
            self._targets.below(easel, target, view.hand, shown)
            self._targets.above(easel, target, view.hand, shown)
        elif pen is None or drawn is None or pen.share >= 1.0:
            self._targets.above(easel, target, view.hand, shown)  # the start, or the end, is to be held
            if pen is None:
                self._bead(easel, target, shown, None)
        else:
            self._following(easel, view, pen, drawn, shown)

    def paint_front(self, easel: Easel, view: View) -> None:
        away = round((-1 if easel.mirrored else 1) * self._drifted * easel.px(16))
        self._still.lamp.paint(easel, (away, 0))
        self._still.desk.paint(easel)
        self._air.paint(easel, self._clock_s)

    def paint_rewards(self, easel: Easel) -> None:
        """Gold dust that rises from the end of the line."""
        for age_s, cue in self._blooms.at(easel.now_s):
            k = age_s / BLOOM_S
            x, y = easel.frame.to_screen(cue.x, cue.y)
            out = easel.px(34 + 52 * (1.0 - (1.0 - k) ** 3))
            for i in range(9):
                angle = math.tau * i / 9 + 0.2
                spot = (x + out * math.cos(angle), y + out * math.sin(angle) - easel.px(26) * k)
                name = easel.sprite("library/star", easel.px(26 if i % 2 else 18), adorns=True)
                easel.stamp(name, spot, 1.0 - ease(k))

    def paint_done(self, easel: Easel, view: View, middle: Point, grown: float) -> None:
        """The pages of this session, laid out."""
        kept = _kept(view)[-SHOWN_PAGES:]
        side, rows = easel.px(PAGE_PX), (kept[:4], kept[4:])
        for row, pages in enumerate(rows):
            for i, thing in enumerate(pages):
                x = middle[0] + (i - (len(pages) - 1) / 2) * side * 1.08
                y = middle[1] + easel.px(10) + row * side * 1.08
                easel.stamp(self._page(easel, thing, side), (x, y), grown)
        if not kept:
            big = easel.sprite("library/page", easel.px(240))
            easel.stamp(big, (middle[0], middle[1] + easel.px(90)), grown)

    def paint_goal(self, easel: Easel, view: View, centre: Point, across: float) -> None:
        easel.stamp(easel.sprite("library/page", across), centre)

    def sign(self, easel: Easel, view: View, across: float) -> pygame.Surface | None:
        """The quill, beside the prompts of a line."""
        phases = ("play",) if view.target is None else ("play", "rest", "calibrate")
        asked = view.phase in phases and (view.target is None or view.target.kind == "follow")
        return easel.sprite("library/quill", across) if asked else None

    def cue(self, cue: Cue, now_s: float) -> None:
        self._blooms.add(cue, now_s)

    def _dusk(self, easel: Easel) -> None:
        """Shade that comes over the sheet from the side of the resting arm."""
        left, top, width, height = easel.layout.play
        out = -1 if easel.mirrored else 1
        x = left + width / 2 - out * width * (0.62 - 0.2 * self._drifted)
        dark = easel.glow(height * 0.62, "#3a2413", 0.15)
        easel.stamp(dark, (x, top + height * 0.55), 0.5 * self._drifted)

    def _following(self, easel: Easel, view: View, pen: Thing, drawn: Drawn, shown: float) -> None:
        """The bead that runs ahead on the line, and the quill at the ink; both wait for the hand."""
        target, at = view.target, easel.frame.to_screen(pen.x, pen.y)
        assert target is not None
        place = np.array(easel.frame.to_screen(target.x, target.y))
        here = int(np.hypot(*(drawn.way - place).T).argmin())
        on = drawn.way[min(len(drawn.way) - 1, here + 6)] - drawn.way[max(0, here - 6)]
        turn = math.degrees(math.atan2(on[1], on[0]))
        waits = self._seen.age(("waits", pen.state), easel.now_s) if pen.state == "ready" else 0.0
        if pen.state == "ready":
            self._targets.above(easel, target, view.hand, shown * ease(waits / 0.3))
        self._bead(easel, target, shown, turn)
        quill = easel.sprite("library/quill", easel.px(118), lit=False, adorns=True)
        half = quill.get_width() / 2
        tip = (at[0] + half * 0.86, at[1] - quill.get_height() * 0.44)
        easel.stamp(quill, tip, shown)

    @staticmethod
    def _bead(easel: Easel, target: Target, shown: float, turn_deg: float | None) -> None:
        """What the hand follows: a bright bead with an arrow on it."""
        at = easel.frame.to_screen(target.x, target.y)
        radius = max(easel.px(BEAD_PX), 0.6 * easel.frame.length(target.radius))
        easel.stamp(easel.glow(radius * 1.9, "#fff8e6", 0.4), at, 0.9 * shown)
        easel.stamp(easel.disc(radius, VERMILLION, edge=OUTLINE, edge_px=easel.px(5)), at, shown)
        if turn_deg is not None:
            easel.stamp(easel.chevron(radius * 1.25, turn_deg, CREAM, OUTLINE), at, shown)
        else:
            easel.stamp(easel.disc(radius * 0.4, CREAM, edge=OUTLINE, edge_px=easel.px(3)), at, shown)

    def _pinned(self, easel: Easel, view: View) -> None:
        """The newest pages hang under the board."""
        kept = _kept(view)[-PINNED:]
        left, top, width, height = easel.layout.board
        side, gap = easel.px(PINNED_PX), easel.px(8)
        y = top + height + easel.px(18) + side / 2
        first = left + width / 2 - (PINNED - 1) / 2 * (side + gap)
        for i, thing in enumerate(kept):
            come = (
                ease(self._seen.age(("page", thing.key), easel.now_s) / 0.6) if view.phase == "play" else 1.0
            )
            easel.stamp(self._page(easel, thing, side), (first + i * (side + gap), y), come)
        wanted = {thing.key for thing in _kept(view)[-SHOWN_PAGES:]}
        self._pages = {key: page for key, page in self._pages.items() if key[0] in wanted}

    def _page(self, easel: Easel, thing: Thing, side: int) -> pygame.Surface:
        key = (thing.key, side)
        if key not in self._pages:
            self._pages[key] = page_of(easel, thing, self._chart, side)
        return self._pages[key]


def _kept(view: View) -> list[Thing]:
    return [t for t in view.things if t.kind == "line" and t.state == "placed" and len(t.way) > 1]


class Air:
    """Dust in the lamp's light, and now and then a moth. Functions of the seed and of the time."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng([seed, 19])
        self._motes = [
            (float(rng.uniform(0.4, 0.97)), float(rng.uniform(0, 1)), float(rng.uniform(14, 26)))
            for _ in range(9)
        ]
        self._moth_s = float(rng.uniform(10, 30))

    def paint(self, easel: Easel, clock_s: float) -> None:
        if easel.calm:
            return
        width, height = easel.layout.size
        out = -1.0 if easel.mirrored else 1.0
        dot = easel.glow(easel.px(5), "#fff3cf", 0.2)
        for i, (x, start, slow) in enumerate(self._motes):
            k = (clock_s / slow + start) % 1.0
            sway = 0.012 * math.sin(clock_s * 0.4 + 2 * i)
            at = x + sway if out > 0 else 1.0 - x - sway
            easel.stamp(dot, (at * width, (0.1 + 0.5 * k) * height), 0.7 * swell(k))
        k = (clock_s - self._moth_s) % 53.0 / 8.0
        if 0.0 <= k <= 1.0:
            angle = 3 * math.tau * k
            x = 0.885 + 0.035 * math.cos(angle) + 0.2 * (1 - swell(k)) ** 3
            y = 0.19 + 0.05 * math.sin(angle * 1.3) - 0.1 * (1 - swell(k)) ** 3
            at = x if out > 0 else 1.0 - x
            moth = easel.sprite("library/moth", easel.px(30), adorns=True)
            easel.stamp(moth, (at * width, y * height), min(1.0, 6 * swell(k)))
