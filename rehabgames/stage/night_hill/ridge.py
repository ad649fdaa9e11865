"""On the ridge: the star that calls, its light on the ground, the hut, the lamp that somebody carries, and
the constellations above."""

from __future__ import annotations

import itertools
import math
from typing import Final

import pygame

from rehabgames.core.view import Target, Thing, View
from rehabgames.stage import svg
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.ground import Ground
from rehabgames.stage.motion import FirstSeen, approach, ease
from rehabgames.stage.night_hill.lingering import Lingering
from rehabgames.stage.night_hill.scene import ridge_at
from rehabgames.stage.palette import BLUE, CREAM, OUTLINE
from rehabgames.stage.targets import paint_ring

NIGHT: Final = "#0a1430"
_FADE_S = 0.5
_LEAST = 40.0  # radius of a star's ring, px of the 720 px grid
_STRIDE = 16.0  # px between two steps
_ACROSS, _WIDE = 98.0, 116.0  # of the picture of who walks: px of the 720 px grid, and its own units
_ASIDE, _HIGH = 36.0, 72.0  # where the lamp is in it: right of the middle, up from the ground


class Ridge:
    """Paints what stands on the ridge and over it. Only the x of things counts: y follows the ground."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._seen = FirstSeen()
        self._stars: Lingering[Thing] = Lingering(_FADE_S)
        self._calls: Lingering[Target] = Lingering(_FADE_S)
        self._x: float | None = None
        self._sure = 0.0
        self._lamp: tuple[Point, float] | None = None
        self._last_s: float | None = None
        self._last_px: float | None = None
        self._way = 1.0

    def foot(self, easel: Easel, x: float) -> Point:
        """The place on the ridge for an x of the play world, px."""
        px, _ = easel.frame.to_screen(x, 0.0)
        return px, self._ground.to_screen(0.0, ridge_at(self._ground.unit_x(px)))[1] + easel.px(4)

    def hut(self, easel: Easel, view: View, target: Target | None, shown: float) -> None:
        """The middle: it stands there all the time, and is ringed while it calls."""
        if not any(thing.kind == "home" for thing in view.things) and view.phase != "play":
            return
        x, y = self.foot(easel, 0.0)
        called = target is not None and _home(view, target)
        easel.stamp(easel.sprite("night_hill/hut", easel.px(112)), (x, y - easel.px(34)), 0.95)
        calls = {str(target.number): target} if called and target is not None else {}
        for asked, seen in self._calls.step(calls, easel.now_s):
            self._home(easel, asked, (x, y), seen * shown)

    @staticmethod
    def _home(easel: Easel, asked: Target, foot: Point, shown: float) -> None:
        radius = max(easel.px(56), easel.frame.length(asked.radius))
        middle = (foot[0], foot[1] - easel.px(36))
        easel.stamp(easel.glow(radius * 1.7, "#ffd98a", 0.3), middle, 0.5 * shown)
        easel.stamp(easel.disc(radius, "#ffe6a6"), middle, shown)
        easel.stamp(easel.sprite("night_hill/hut", easel.px(84)), (foot[0], middle[1] + easel.px(4)), shown)
        paint_ring(easel, middle, radius, asked.hold, shown)
        arrow = easel.chevron(easel.px(48), 90, CREAM, OUTLINE)
        easel.stamp(arrow, (foot[0], middle[1] - radius - easel.px(34)), shown)

    def stars(self, easel: Easel, view: View, target: Target | None, shown: float) -> None:
        self._seen.prune(easel.now_s)
        stars = [thing for thing in view.things if thing.kind == "star"]
        if target is not None and not _home(view, target) and not stars:
            stars = [Thing(f"target {target.number}", "star", target.x, 0.12, target.radius)]
        for star, seen in self._stars.step({star.key: star for star in stars}, easel.now_s):
            centre = easel.frame.to_screen(star.x, star.y)
            radius = max(easel.px(_LEAST), easel.frame.length(star.radius))
            age = self._seen.age((star.key, star.state), easel.now_s)
            if star.state in ("growing", "ready"):
                self._calling(easel, star, centre, radius, shown * seen)
            elif star.state == "held":
                self._beam(easel, star, centre, 0.8 * shown * seen * (1.0 - ease(age / 0.8)))
                _lit(easel, centre, 1.5 * radius, shown * seen)
            elif star.state == "placed":
                left = 1.0 - ease(age / 0.9)
                _lit(easel, centre, easel.px(22) + left * (1.5 * radius - easel.px(22)), shown * seen)
            else:
                gone = 1.0 - ease(age / 0.8)
                picture = easel.sprite("night_hill/star", _even(1.3 * radius))
                easel.stamp(picture, centre, 0.8 * gone * shown * seen)

    def _calling(self, easel: Easel, star: Thing, centre: Point, radius: float, shown: float) -> None:
        self._beam(easel, star, centre, shown)
        easel.stamp(easel.glow(radius * 2.6, "#cfe0ff", 0.2), centre, 0.5 * shown)
        easel.stamp(easel.disc(radius * 1.12, NIGHT), centre, 0.94 * shown)
        easel.stamp(easel.glow(radius * 1.05, "#ffd98a", 0.05), centre, (0.5 + 0.45 * star.share) * shown)
        easel.stamp(easel.sprite("night_hill/star", _even(1.66 * radius)), centre, shown)
        paint_ring(easel, centre, radius * 1.14, star.share, shown, colour=BLUE)

    def _beam(self, easel: Easel, star: Thing, centre: Point, shown: float) -> None:
        """Light that falls from the star on the ground, as wide as the star may be missed by."""
        foot = self.foot(easel, star.x)
        high, wide = _even(foot[1] - centre[1]), _even(2 * easel.frame.length(star.radius))
        if high < 8 or shown <= 0.01:
            return
        top = (centre[0], centre[1] + high / 2)
        easel.stamp(_cone(easel, wide, high), top, 0.75 * shown)
        easel.stamp(_patch(easel, wide), (foot[0], foot[1] + easel.px(2)), shown)
        for side in (-1, 1):
            cairn = easel.sprite("night_hill/cairn", easel.px(26))
            easel.stamp(cairn, (foot[0] + side * (wide / 2 + easel.px(8)), foot[1] - easel.px(9)), shown)

    def light(self, easel: Easel, view: View) -> None:
        """The light of the lamp on the ground and in the air, before what is to be done."""
        self._find(easel, view)
        if self._lamp is not None:
            (x, y), sure = self._lamp
            easel.stamp(easel.glow(easel.px(90), "#ffb648", 0.04), (x, y - _HIGH * _unit(easel)), 0.55 * sure)
            easel.stamp(_pool(easel), (x, y + easel.px(4)), 0.7 * sure)

    def lamp(self, easel: Easel, target: Target | None, shown: float) -> None:
        """Somebody who carries a lamp: the lamp is where the weight is. After `light`."""
        if self._lamp is None:
            return
        (x, y), sure = self._lamp
        if self._last_px is not None and abs(x - self._last_px) > 0.4 * easel.layout.unit:
            self._way = math.copysign(1.0, x - self._last_px)
        self._last_px = x
        if target is not None:
            self._lead(easel, x, target, shown)
        step = 1 + math.floor(x / (_STRIDE * easel.layout.unit)) % 2
        picture = easel.pictures.sprite(f"night_hill/walker{step}", easel.px(_ACROSS), flip=self._way < 0)
        # the picture stands so that its lamp is where the weight is
        middle = (x - self._way * _ASIDE * _unit(easel), y - picture.get_height() / 2 + easel.px(3))
        easel.stamp(picture, middle, sure)
        easel.stamp(easel.glow(easel.px(20), "#fff3c4", 0.2), (x, y - _HIGH * _unit(easel)), 0.75 * sure)

    def _find(self, easel: Easel, view: View) -> None:
        """Where the lamp stands on the ridge, px, and how much of it is seen: it fades before it vanishes."""
        lamp = next((thing for thing in view.things if thing.kind == "lamp"), None)
        x = lamp.x if lamp is not None else view.hand.x if view.hand is not None else None
        sure = 0.0 if x is None else 1.0
        if view.hand is not None:
            sure = 0.35 + 0.65 * min(1.0, max(0.0, view.hand.sure))
        dt_s = 0.0 if self._last_s is None else max(0.0, easel.now_s - self._last_s)
        self._sure = sure if self._last_s is None else approach(self._sure, sure, dt_s, _FADE_S)
        self._last_s = easel.now_s
        self._x = self._x if x is None else x
        self._lamp = None if self._x is None or self._sure <= 0.0 else (self.foot(easel, self._x), self._sure)

    def _lead(self, easel: Easel, start: float, target: Target, shown: float) -> None:
        """Dots along the ridge from the lamp to where it is called, and an arrow there."""
        goal = easel.frame.to_screen(target.x, 0.0)[0]
        if abs(goal - start) <= easel.frame.length(target.radius):
            return
        side = math.copysign(1.0, goal - start)
        end = goal - side * easel.frame.length(target.radius)
        first, last = start + side * easel.px(62), end - side * easel.px(34)
        dot = easel.disc(easel.px(6), CREAM, edge=OUTLINE, edge_px=2.2 * easel.layout.unit)
        at = first
        while (last - at) * side > 0:
            easel.stamp(dot, (at, self._ground_at(easel, at)), shown)
            at += side * easel.px(28)
        if (last - first) * side > -easel.px(20):
            arrow = easel.chevron(easel.px(44), 0 if side > 0 else 180, CREAM, OUTLINE)
            easel.stamp(arrow, (last, self._ground_at(easel, last)), shown)

    def _ground_at(self, easel: Easel, x_px: float) -> float:
        return self._ground.to_screen(0.0, ridge_at(self._ground.unit_x(x_px)))[1] - easel.px(16)


def _home(view: View, target: Target) -> bool:
    """The middle is what is asked now."""
    if any(thing.kind == "home" and thing.state == "wanted" for thing in view.things):
        return True
    return not any(thing.kind == "star" for thing in view.things) and target.x == 0.0


def _unit(easel: Easel) -> float:
    return easel.px(_ACROSS) / _WIDE


def _even(length: float) -> int:
    """In steps, so that few pictures are drawn."""
    return max(8, 4 * round(length / 4))


def _lit(easel: Easel, centre: Point, across: float, shown: float) -> None:
    """A lit star of any size, made smaller from one large picture."""
    size, glow = _even(across), 16 * max(1, round(across * 0.85 / 16))
    whole = easel.sprite("night_hill/star", easel.px(136))

    def made() -> pygame.Surface:
        whole.set_alpha(255)
        return pygame.transform.smoothscale(whole, (size, size))

    easel.stamp(easel.glow(glow, "#ffe2a0", 0.1), centre, 0.6 * shown)
    easel.stamp(easel.pictures.kept(f"lit star {size} {easel.mirrored}", made), centre, shown)


def _cone(easel: Easel, wide: int, high: int) -> pygame.Surface:
    def said() -> str:
        light = svg.ramp("g", (0, "#ffe7ae", 0.3), (0.5, "#ffe7ae", 0.22), (1, "#fff3cf", 0.5))
        return svg.document(48, 72, light, svg.path("M21 0 L27 0 L48 72 L0 72Z", fill="url(#g)"))

    return easel.pictures.soft("cone", said, (wide, high))


def _patch(easel: Easel, wide: int) -> pygame.Surface:
    high = max(6, wide // 5)

    def made() -> pygame.Surface:
        large = pygame.Surface((3 * wide, 3 * high), pygame.SRCALPHA)
        large.fill((*pygame.Color("#ffefbe")[:3], 0))
        pygame.draw.ellipse(large, "#ffefbe", large.get_rect())
        pygame.draw.ellipse(large, OUTLINE, large.get_rect(), max(3, high // 4))
        return pygame.transform.smoothscale(large, (wide, high))

    return easel.pictures.kept(f"patch {wide}", made)


def _pool(easel: Easel) -> pygame.Surface:
    """The light of the lamp on the ground."""
    wide, high = easel.px(170), easel.px(44)

    def said() -> str:
        glow = svg.light("g", (0, "#ffc866", 0.85), (0.5, "#ffb648", 0.3), (1, "#ffb648", 0))
        return svg.document(84, 22, glow, svg.tag("ellipse", cx=42, cy=11, rx=42, ry=11, fill="url(#g)"))

    return easel.pictures.soft("pool of the lamp", said, (wide, high))


def paint_constellations(easel: Easel, view: View) -> None:
    """What was lit in this session: small stars and thin lines, calmer than the star that calls."""
    for thing in view.things:
        if thing.kind == "constellation" and thing.way:
            whole = thing.state == "placed"
            points = [easel.frame.to_screen(x, y) for x, y in thing.way]
            paint_figure(easel, points, easel.px(17 if whole else 15), 0.95 if whole else 0.8)


def paint_figure(
    easel: Easel, points: list[Point], across: float, shown: float, *, line: str = "#8fa3cf"
) -> None:
    """Stars joined by thin lines."""
    for a, b in itertools.pairwise(points):
        pygame.draw.aaline(easel.canvas, line, a, b)
    spark = easel.sprite("night_hill/spark", across)
    for point in dict.fromkeys(points):
        easel.stamp(easel.glow(across, "#cfe0ff", 0.05), point, 0.4 * shown)
        easel.stamp(spark, point, shown)
