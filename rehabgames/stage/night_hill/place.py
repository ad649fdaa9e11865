"""The hill at night as a place: sky, hills, stars to light, a lamp, and what happens at night."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pygame

from rehabgames.core.landmarks import Side
from rehabgames.core.view import Cue, Thing, View
from rehabgames.stage import svg
from rehabgames.stage.clock import Clock
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.ground import Ground
from rehabgames.stage.motion import ease, swell
from rehabgames.stage.night_hill.hours import surprise_of
from rehabgames.stage.night_hill.ridge import NIGHT, Ridge, paint_constellations, paint_figure
from rehabgames.stage.night_hill.scene import still
from rehabgames.stage.opened import Opened
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.place import asked
from rehabgames.stage.targets import Targets

_BLOOM_S: Final = {"pick": 1.0, "place": 1.6}
_METEOR_S, _METEOR_EVERY_S = 2.2, 37.0
_OWL_S, _OWL_EVERY_S = 13.0, 44.0
_TRAIN_S, _TRAIN_EVERY_S = 26.0, 61.0


class NightHill:
    """See Place."""

    shows_hand = False

    def __init__(self, pictures: Pictures, seed: int, size: tuple[int, int], side: Side) -> None:
        self._ground = Ground(size, side)
        self._still = still(pictures, seed, self._ground)
        self._surprise = surprise_of(seed)
        rng = np.random.default_rng([seed, 0x6E])
        self._twinkling = [
            (float(rng.uniform(0, 1920)), float(rng.uniform(10, 460)), float(rng.uniform(0, 6.28)))
            for _ in range(22)
        ]
        self._surprise_s = float(rng.uniform(6, 20))
        self._clock = Clock()
        self._clock_s = 0.0
        self._ridge, self._targets = Ridge(self._ground), Targets()
        self._open = Opened(_BLOOM_S)
        self._figures: tuple[Thing, ...] = ()

    def paint_back(self, easel: Easel, view: View) -> None:
        self._clock_s = self._clock.at(easel, view)
        self._still.sky.paint(easel)
        self._twinkle(easel)
        if self._surprise == "meteor" and not easel.calm:
            self._meteor(easel)
        self._still.hills.paint(easel)
        if self._surprise == "train" and not easel.calm:
            self._train(easel)
        self._still.ridge.paint(easel)
        if self._surprise == "owl" and not easel.calm:
            self._owl(easel)
        self._figures = tuple(t for t in view.things if t.kind == "constellation") or self._figures
        if view.phase != "done":
            paint_constellations(easel, view)

    def paint_play(self, easel: Easel, view: View, shown: float) -> None:
        target = asked(view)
        if target is not None and target.kind != "lean":
            self._targets.below(easel, target, view.hand, shown)
            self._targets.above(easel, target, view.hand, shown)
            target = None
        if view.phase not in ("play", "paused"):
            return
        self._ridge.light(easel, view)
        self._ridge.hut(easel, view, target, shown)
        self._ridge.stars(easel, view, target, shown)
        self._ridge.lamp(easel, target, shown)

    def paint_front(self, easel: Easel, view: View) -> None:
        """Pines and grass, below and beside what is played."""
        self._still.front.paint(easel)

    def paint_rewards(self, easel: Easel) -> None:
        """Light that opens round a star when it is lit, and again where it comes to stand."""
        for age_s, cue in self._open.at(easel.now_s):
            k = age_s / _BLOOM_S[cue.kind]
            centre = easel.frame.to_screen(cue.x, cue.y)
            if cue.kind == "pick":
                easel.stamp(easel.glow(easel.px(150), "#ffe2a0", 0.08), centre, 0.75 * swell(k))
                continue
            # the star arrives after most of the time
            late = max(0.0, (k - 0.5) / 0.5)
            easel.stamp(easel.glow(easel.px(90), "#e6efff", 0.06), centre, 0.8 * swell(late))

    def paint_done(self, easel: Easel, view: View, middle: Point, grown: float) -> None:
        """The constellations of this session, on a piece of night sky."""
        wide, high = easel.px(620), easel.px(240)
        top = middle[1] - easel.px(60)
        easel.stamp(_piece_of_sky(easel, wide, high), (middle[0], top + high / 2), grown)
        figures = [t for t in view.things if t.kind == "constellation"] or list(self._figures)
        if not figures or not view.count:
            return
        room = wide / len(figures)
        for i, figure in enumerate(figures):
            scale = min(room * 0.4, high * 0.62) / max(0.05, figure.radius)
            x = middle[0] - wide / 2 + room * (i + 0.5)
            points = [
                (x + (px - figure.x) * scale, top + high / 2 - (py - figure.y) * scale)
                for px, py in figure.way
            ]
            if grown > 0.3 + 0.15 * i:
                paint_figure(easel, points, easel.px(30), ease(grown * 1.4 - 0.2 * i), line="#dfe8fb")

    def paint_goal(self, easel: Easel, view: View, centre: Point, across: float) -> None:
        easel.stamp(easel.disc(across * 0.5, NIGHT), centre)
        easel.stamp(easel.sprite("night_hill/star", across * 0.86, lit=False), centre)

    def sign(self, easel: Easel, view: View, across: float) -> pygame.Surface | None:
        """The star, or the hut while the middle is asked for."""
        if view.phase != "play" or (view.target is not None and view.target.kind != "lean"):
            return None
        home = any(thing.kind == "home" and thing.state == "wanted" for thing in view.things)
        key = f"sign night {round(across)} {home}"
        return easel.pictures.kept(key, lambda: _sign(easel, across, "hut" if home else "star"))

    def cue(self, cue: Cue, now_s: float) -> None:
        self._open.add(cue, now_s)

    def _twinkle(self, easel: Easel) -> None:
        """A few stars that grow and fade over seconds."""
        aside, _ = easel.shift(1.0)
        spark = easel.sprite("night_hill/spark", easel.px(11), adorns=True)
        for x, y, phase in self._twinkling:
            light = 0.45 + 0.3 * math.sin(self._clock_s * 0.7 + phase)
            px, py = self._ground.to_screen(x, y)
            easel.stamp(spark, (px + aside, py), light)

    def _meteor(self, easel: Easel) -> None:
        """A shooting star that draws its line slowly and fades: no flash."""
        k = (self._clock_s - self._surprise_s) % _METEOR_EVERY_S / _METEOR_S
        if not 0.0 <= k <= 1.0:
            return
        turn = (self._clock_s - self._surprise_s) // _METEOR_EVERY_S
        lane = 0.5 + 0.5 * math.sin(2.4 * turn)
        x, y = self._ground.to_screen(1120 + 420 * lane + 300 * k, 190 + 80 * lane + 104 * k)
        picture = easel.pictures.kept(
            f"meteor {easel.px(150)} {easel.mirrored}",
            lambda: pygame.transform.flip(_trail(easel), easel.mirrored, False),
        )
        easel.stamp(picture, (x, y), 0.8 * swell(k))

    def _owl(self, easel: Easel) -> None:
        k = (self._clock_s - self._surprise_s) % _OWL_EVERY_S / _OWL_S
        if 0.0 <= k <= 1.0:
            wings = "owl_up" if math.sin(self._clock_s * 4.2) > 0.3 else "owl_down"
            x, y = self._ground.to_screen(2000 - 1500 * k, 820 - 60 * math.sin(3 * k))
            easel.stamp(easel.sprite(f"night_hill/{wings}", easel.px(44), adorns=True), (x, y), 0.75)

    def _train(self, easel: Easel) -> None:
        """A small train with light in its windows goes along the far shore."""
        k = (self._clock_s - self._surprise_s) % _TRAIN_EVERY_S / _TRAIN_S
        if not 0.0 <= k <= 1.0:
            return
        aside, _ = easel.shift(0.5)
        lamp = easel.disc(easel.px(2), "#ffcf7a")
        for i in range(9):
            x, y = self._ground.to_screen(900 + 620 * k - 9 * i, 688.0)
            easel.stamp(lamp, (x + aside, y), 0.8 * min(1.0, 8 * k, 8 * (1 - k)))


def _trail(easel: Easel) -> pygame.Surface:
    wide = easel.px(150)
    light = svg.ramp("g", (0, "#dfe9ff", 0), (1, "#ffffff", 0.9), towards=(1.0, 0.0))
    line = svg.path("M2 4 L148 52 L146 55Z", fill="url(#g)")
    made = easel.pictures.raster(svg.document(wide, wide * 60 / 150, light, line, box=(0, 0, 150, 60)))
    return made or pygame.Surface((1, 1), pygame.SRCALPHA)


def _piece_of_sky(easel: Easel, wide: int, high: int) -> pygame.Surface:
    def said() -> str:
        dusk = svg.ramp("g", (0, "#0a1330", 0.96), (1, "#23406f", 0.96))
        shape = {"width": wide - 4, "height": high - 4, "rx": high * 0.12, "x": 2, "y": 2}
        return svg.document(
            wide, high, dusk, svg.tag("rect", fill="url(#g)", stroke="#fff3cf", stroke_width=3, **shape)
        )

    return easel.pictures.drawn(f"piece of sky {wide} {high}", said)


def _sign(easel: Easel, across: float, name: str) -> pygame.Surface:
    """The picture on a dark disc, so that it is seen on the light plate."""
    side = round(across)
    plate = pygame.Surface((side, side), pygame.SRCALPHA)
    disc = easel.disc(side * 0.48, NIGHT)
    disc.set_alpha(255)
    plate.blit(disc, disc.get_rect(center=(side // 2, side // 2)))
    picture = easel.sprite(f"night_hill/{name}", side * 0.78, lit=False)
    picture.set_alpha(255)
    plate.blit(picture, picture.get_rect(center=(side // 2, round(side * 0.48))))
    return plate
