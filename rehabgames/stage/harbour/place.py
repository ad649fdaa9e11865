"""The harbour as a place: still layers, glints, gulls, and a line of pennants, one for each hold."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pygame

from rehabgames.core.landmarks import Side
from rehabgames.core.view import Cue, View
from rehabgames.stage import rounds
from rehabgames.stage.clock import Clock
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.ground import Ground
from rehabgames.stage.harbour.hours import hour_of, surprise_of
from rehabgames.stage.harbour.scene import HORIZON, still
from rehabgames.stage.harbour.water import Floating, Ring, Waves, flat_ring
from rehabgames.stage.motion import ease, swell
from rehabgames.stage.opened import Opened
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.place import asked
from rehabgames.stage.targets import Targets

_PENNANTS: Final = ("#0072b2", "#e69f00", "#f4ecd8", "#d55e00", "#56b4e9")
_LINE: Final = 24  # pennants on the line
_BLOOM_S: Final = {"place": 1.2}
_GAP_S: Final = 1.2  # rings that overlapped would swing the light too often (hazard H6)
_BIRD_EVERY_S, _SURPRISE_EVERY_S = 31.0, 48.0


class Harbour:
    """See Place."""

    shows_hand = False

    def __init__(self, pictures: Pictures, seed: int, size: tuple[int, int], side: Side) -> None:
        self._ground = Ground(size, side)
        self._still = still(pictures, seed, self._ground)
        self._hour, self._surprise = hour_of(seed), surprise_of(seed)
        rng = np.random.default_rng([seed, 0x61])
        self._glints = [
            (float(rng.uniform(0, 1)), float(rng.uniform(0, 1)) ** 1.2, float(rng.uniform(0, 6.28)))
            for _ in range(34)
        ]
        self._bird_s, self._surprise_s = float(rng.uniform(4, 16)), float(rng.uniform(10, 26))
        self._clock = Clock()
        self._clock_s = 0.0
        self._ring, self._waves, self._floating = Ring(), Waves(), Floating()
        self._targets = Targets()
        self._open = Opened(_BLOOM_S, _GAP_S)

    def paint_back(self, easel: Easel, view: View) -> None:
        self._clock_s = self._clock.at(easel, view)
        self._still.far.paint(easel)
        self._still.water.paint(easel)
        self._shimmer(easel)
        if self._surprise == "ferry":
            self._ferry(easel)
        self._still.boats.paint(easel)
        if self._surprise == "seal":
            self._seal(easel)
        self._gull(easel)
        self._still.jetty.paint(easel)
        self._pennants(easel, view)

    def paint_play(self, easel: Easel, view: View, shown: float) -> None:
        target = asked(view)
        if target is not None and target.kind != "lean":
            self._targets.below(easel, target, view.hand, shown)
            self._targets.above(easel, target, view.hand, shown)
            target = None
        if view.phase not in ("play", "paused"):
            return
        self._ring.paint(easel, view, target, shown)
        self._waves.paint(easel, view, self._clock_s, shown)
        self._floating.paint(easel, view, target, self._clock_s, shown)

    def paint_front(self, easel: Easel, view: View) -> None:
        """Nothing is before the water: the jetty lies below it."""

    def paint_rewards(self, easel: Easel) -> None:
        """Rings that open on the water when a hold is on record."""
        for age_s, cue in self._open.at(easel.now_s):
            centre = easel.frame.to_screen(cue.x, cue.y)
            for late in (0.0, 0.34):
                k = (age_s - late) / 0.86
                if 0.0 < k < 1.0:
                    r = easel.px(4) * round(easel.px(60 + 150 * ease(k)) / easel.px(4))
                    easel.stamp(flat_ring(easel, r, easel.px(7), 1.0, "#fff3c4"), centre, swell(0.5 + k / 2))
            k = age_s / _BLOOM_S[cue.kind]
            easel.stamp(easel.glow(easel.px(150), "#ffe9a8", 0.1), centre, 0.7 * swell(k))

    def paint_done(self, easel: Easel, view: View, middle: Point, grown: float) -> None:
        """A sailing boat that is dressed with the pennants of this session."""
        x, y = middle[0], middle[1] + easel.px(132)
        easel.stamp(
            flat_ring(easel, easel.px(190), easel.px(5), 1.0, "#ffffff"), (x, y + easel.px(60)), 0.5 * grown
        )
        boat = easel.sprite("harbour/sail", easel.px(226), style="svg{color:#2f5f86}")
        easel.stamp(boat, (x, y - easel.px(30)), grown)
        high = boat.get_height()
        top, low = y - easel.px(30) - 0.46 * high, y + easel.px(30)
        many = min(14, view.count)
        for i in range(many):
            side, k = (-1 if i % 2 else 1), (i // 2 + 0.6) / 7.2
            spot = (x + side * easel.px(118) * k, top + (low - top) * k + 10)
            self._pennant(easel, i, spot, 26, ease(grown * 1.6 - 0.04 * i))

    def paint_goal(self, easel: Easel, view: View, centre: Point, across: float) -> None:
        picture = easel.sprite("harbour/raft", across * 0.84, lit=False)
        easel.stamp(picture, centre)

    def sign(self, easel: Easel, view: View, across: float) -> pygame.Surface | None:
        """The raft in its ring, while the game is played."""
        if view.phase != "play" or (view.target is not None and view.target.kind != "lean"):
            return None
        key = f"sign harbour {round(across)} {easel.mirrored}"
        return easel.pictures.kept(key, lambda: _sign(easel, across))

    def cue(self, cue: Cue, now_s: float) -> None:
        self._open.add(cue, now_s)

    def _shimmer(self, easel: Easel) -> None:
        """Short lights on the water that come and go over seconds and drift a little."""
        width, height = easel.layout.size
        top = self._ground.to_screen(0.0, HORIZON + 10.0)[1]
        for x, deep, phase in self._glints:
            wide = 4 * round((18 + 74 * deep) / 4)
            light = 0.5 + 0.5 * math.sin(self._clock_s * 0.55 + phase)
            drift = math.sin(self._clock_s * 0.21 + phase) * 0.012
            y = top + (height - top) * 0.84 * deep
            easel.stamp(_glint(easel, wide, self._hour.glint), ((x + drift) * width, y), 0.42 * light)

    def _gull(self, easel: Easel) -> None:
        width, height = easel.layout.size
        if self._surprise == "gull":
            x, y = self._ground.to_screen(1888.0, 846.0)
            aside, _ = easel.shift(-0.6)
            easel.stamp(easel.sprite("harbour/gull_rest", easel.px(48), adorns=True), (x + aside, y))
        k = (self._clock_s - self._bird_s) % _BIRD_EVERY_S / 12.0
        if not 0.0 <= k <= 1.0 or easel.calm:
            return
        gliding = math.sin(self._clock_s * 0.9) > -0.2
        flaps = "gull_up" if gliding or math.sin(self._clock_s * 9.0) > 0 else "gull_down"
        x = (1.06 - 1.12 * k if easel.mirrored else -0.06 + 1.12 * k) * width
        y = (0.30 - 0.07 * math.sin(math.pi * k) + 0.012 * math.sin(self._clock_s * 1.4)) * height
        easel.stamp(easel.sprite(f"harbour/{flaps}", easel.px(50), adorns=True), (x, y), 0.95)

    def _ferry(self, easel: Easel) -> None:
        """A ferry comes in past the mole, once in a while."""
        k = (self._clock_s + 60.0 - self._surprise_s) % 90.0 / 70.0
        if k <= 1.0:
            x, y = self._ground.to_screen(1960.0 - 460.0 * k, 424.0)
            picture = easel.pictures.sprite(
                "harbour/ferry", easel.px(112), flip=not easel.mirrored, adorns=True
            )
            easel.stamp(picture, (x, y - easel.px(12)), 0.9 * min(1.0, 12 * k, 9 * (1 - k)))

    def _seal(self, easel: Easel) -> None:
        """A seal looks out of the water, and goes again."""
        k = (self._clock_s - self._surprise_s) % _SURPRISE_EVERY_S / 7.0
        if 0.0 <= k <= 1.0:
            x, y = self._ground.to_screen(730.0, 720.0)
            up = ease(3 * min(k, 1 - k))
            easel.stamp(
                easel.sprite("harbour/seal", easel.px(74), adorns=True), (x, y + easel.px(8) * (1 - up)), up
            )

    def _pennants(self, easel: Easel, view: View) -> None:
        """The line between the posts: a pennant more for each hold that counted."""
        aside, _ = easel.shift(-0.6)
        a, b = self._ground.to_screen(604.0, 884.0), self._ground.to_screen(1888.0, 884.0)
        line = [_sagging(a, b, i / 32, easel.px(58)) for i in range(33)]
        line = [(x + aside, y) for x, y in line]
        pygame.draw.lines(easel.canvas, "#2b2f33", False, line, easel.px(4))
        pygame.draw.lines(easel.canvas, "#e9dcbc", False, line, easel.px(2))
        for i in range(min(_LINE, view.count)):
            x, y = _sagging(a, b, (i + 1) / (_LINE + 1), easel.px(58))
            self._pennant(easel, i, (x + aside, y + easel.px(13)), 24, 1.0)

    def _pennant(self, easel: Easel, number: int, top: Point, wide: float, shown: float) -> None:
        colour = _PENNANTS[number % len(_PENNANTS)]
        picture = easel.sprite("harbour/pennant", easel.px(wide), lit=False, style=f"svg{{color:{colour}}}")
        easel.stamp(picture, top, shown)


def _sagging(a: Point, b: Point, k: float, sag: float) -> Point:
    return a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k + 4 * sag * k * (1 - k)


def _glint(easel: Easel, wide: int, colour: str) -> pygame.Surface:
    across = easel.px(wide)
    radii = across // 2, max(1, across // 32)
    return easel.pictures.kept(
        f"glint {across} {colour}", lambda: rounds.oval(radii, 0.5, colour, inside=1.0)
    )


def _sign(easel: Easel, across: float) -> pygame.Surface:
    side = round(across)
    plate = pygame.Surface((side, side), pygame.SRCALPHA)
    rim = flat_ring(easel, side * 0.4, easel.px(6), 1.0, "#0072b2")
    rim.set_alpha(255)
    plate.blit(rim, ((side - rim.get_width()) // 2, round(side * 0.74 - rim.get_height() / 2)))
    raft = easel.pictures.sprite("harbour/raft", side * 0.66)
    raft.set_alpha(255)
    plate.blit(raft, (round(side * 0.17), round(side * 0.04)))
    return plate
