"""On the water: the calm ring, the swell that is coming, the raft with its wake."""

from __future__ import annotations

import math
from collections import deque
from typing import Final

import pygame

from rehabgames.core.view import Target, Thing, View
from rehabgames.stage import rounds
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.motion import FirstSeen, approach, ease
from rehabgames.stage.palette import BLUE, CREAM, OUTLINE

FLAT: Final = 0.5  # how flat a circle on the water looks
CALM: Final = "#ffefb4"  # warm, where all the water is cool
_STEPS = 48
_WAKE_S = 2.4
_NO_SWELL = 0.04  # share of the strongest
_CROSSING_S = 2.2  # in which a wave comes one gap nearer


def flat_ring(easel: Easel, radius: float, width: float, share: float, colour: str) -> pygame.Surface:
    """As Easel.ring, lying on the water; filled from what is nearest to the player, both ways at once."""
    r, w = max(6, round(radius)), max(2, round(width))
    step = round(_STEPS * min(1.0, max(0.0, share)))

    radii = r, round(r * FLAT)
    return easel.pictures.kept(
        f"flat {r} {w} {step} {colour}", lambda: rounds.oval(radii, w, colour, share=step / _STEPS)
    )


def flat_disc(easel: Easel, radius: float, colour: str) -> pygame.Surface:
    """A disc lying on the water."""
    r = max(6, round(radius))

    radii = r, round(r * FLAT)
    return easel.pictures.kept(f"flat disc {r} {colour}", lambda: rounds.oval(radii, 1.0, colour, inside=1.0))


class Ring:
    """The calm ring between its two buoys: a bright pool whose rim fills while it is held."""

    def __init__(self) -> None:
        self._seen = FirstSeen()

    def paint(self, easel: Easel, view: View, target: Target | None, shown: float) -> None:
        self._seen.prune(easel.now_s)
        ring = next((thing for thing in view.things if thing.kind == "ring"), None)
        if ring is None and target is None:
            return
        x, y, radius, hold = _where(ring, target)
        if ring is not None and ring.state in ("fading", "placed"):
            shown *= 1.0 - ease(self._seen.age(("away", ring.key), easel.now_s) / 0.9)
        elif target is not None:
            shown *= ease(self._seen.age(target.number, easel.now_s) / 0.6)
        centre, r = easel.frame.to_screen(x, y), easel.frame.length(radius)
        if r < 4 or shown <= 0.01:
            return
        width = max(easel.px(9), r * 0.13)
        # the middle of the raft may touch the inner edge of the rim, not its outer one
        rim = r + width * 0.5
        easel.stamp(easel.glow(rim * 1.9, "#fff0b8", 0.3), centre, 0.26 * shown)
        easel.stamp(flat_disc(easel, rim + 1.9 * width, OUTLINE), centre, 0.35 * shown)
        easel.stamp(flat_disc(easel, rim, CALM), centre, shown)
        easel.stamp(flat_ring(easel, rim, width + easel.px(6), 1.0, OUTLINE), centre, shown)
        easel.stamp(flat_ring(easel, rim, width, 1.0, "#ffffff"), centre, shown)
        if hold > 0:
            easel.stamp(flat_ring(easel, rim, width, hold, BLUE), centre, shown)
        self._buoys(easel, centre, rim + 0.6 * width, shown)

    @staticmethod
    def _buoys(easel: Easel, centre: Point, away: float, shown: float) -> None:
        picture = easel.sprite("harbour/buoy", easel.px(30))
        lift = picture.get_height() * (0.5 - 16 / 100)
        for side in (-1, 1):
            easel.stamp(picture, (centre[0] + side * away, centre[1] - lift), shown)


def _where(ring: Thing | None, target: Target | None) -> tuple[float, float, float, float]:
    """x, y, radius and hold of what is asked, of the target where there is one."""
    if target is not None:
        return target.x, target.y, target.radius, target.hold
    assert ring is not None
    return ring.x, ring.y, ring.radius, ring.share


class Waves:
    """The swell that is coming: crests on the side that it comes from, as high as it will push, which roll
    towards the ring. No arrow: an arrow says where to go, and that is not the way the water pushes."""

    def paint(self, easel: Easel, view: View, clock_s: float, shown: float) -> None:
        swell = next((thing for thing in view.things if thing.kind == "swell"), None)
        if swell is None or swell.share < _NO_SWELL or shown <= 0.0:
            return
        way = math.copysign(1.0, swell.x)
        strong = min(1.0, swell.share)
        middle = easel.frame.to_screen(0.0, 0.0)
        first = easel.frame.length(swell.radius) + easel.px(96)
        gap = easel.px(112)
        near = clock_s / _CROSSING_S % 1.0
        grown = ease(min(1.0, (strong - _NO_SWELL) / 0.2))
        for i in (2, 1, 0):
            k = i + 1.0 - near  # 0 at the ring, 3 farthest
            fade = 0.82 * min(1.0, 1.4 * k, 1.2 * (3.0 - k)) * grown * shown
            wide = easel.px(8) * round((96 + 164 * strong) * (1.0 - 0.1 * k) / 8)
            picture = easel.pictures.sprite("harbour/wave", wide, flip=way < 0)
            x = middle[0] - way * (first + k * gap)
            easel.stamp(picture, (x, middle[1] + easel.px(22) - picture.get_height() * 0.34), fade)


class Floating:
    """The raft, its reflection and light, the way it went lately, and dots that lead it back."""

    def __init__(self) -> None:
        self._wake: deque[tuple[float, float]] = deque()
        self._light, self._last_s = 0.0, 0.0

    def paint(self, easel: Easel, view: View, target: Target | None, clock_s: float, shown: float) -> None:
        raft = next((thing for thing in view.things if thing.kind == "raft"), None)
        if raft is None:
            if view.hand is None or view.phase not in ("play", "paused"):
                return
            raft = Thing("raft", "raft", view.hand.x, 0.0, 0.11)
        centre = easel.frame.to_screen(raft.x, raft.y)
        if view.performance:
            self._path(easel, clock_s, raft.x, centre[1], shown)
        held = raft.state == "held"
        self._light = approach(self._light, float(held), easel.now_s - self._last_s, 0.5)
        self._last_s = easel.now_s
        if target is not None and not held:
            _lead(easel, centre, easel.frame.to_screen(target.x, target.y), target, shown)
        _paint_raft(easel, centre, raft.angle_rad, ease(self._light), 0.35 + 0.65 * shown)

    def _path(self, easel: Easel, clock_s: float, x: float, y_px: float, shown: float) -> None:
        """Foam where the raft was, nearer to the player the longer ago."""
        while self._wake and not 0.0 <= clock_s - self._wake[0][0] <= _WAKE_S:
            self._wake.popleft()
        if not self._wake or clock_s - self._wake[-1][0] >= 0.08:
            self._wake.append((clock_s, x))
        for t_s, at in self._wake:
            age = (clock_s - t_s) / _WAKE_S
            dot = flat_disc(easel, easel.px(5 + round(7 * age)), "#ffffff")
            spot = easel.frame.to_screen(at, 0.0)[0], y_px + easel.px(16) + age * easel.px(88)
            easel.stamp(dot, spot, 0.6 * (1.0 - age) * shown)


def _paint_raft(easel: Easel, centre: Point, angle_rad: float, light: float, shown: float) -> None:
    wide = easel.px(92)
    turn = round(math.degrees(angle_rad) / 3) * 3
    upright = easel.sprite("harbour/raft", wide, lit=False)
    picture = easel.turned("harbour/raft", wide, turn, lit=False)
    # the picture's middle lies 48 of 160 above the waterline; it heels about the waterline
    up = 48 / 160 * upright.get_height()
    heel = math.radians(turn)
    middle = (centre[0] - up * math.sin(heel), centre[1] - up * math.cos(heel))
    easel.stamp(flat_disc(easel, wide * 0.5, "#10303f"), (centre[0], centre[1] + easel.px(9)), 0.34 * shown)
    lamp = (centre[0] - 1.25 * up * math.sin(heel), centre[1] - 1.25 * up * math.cos(heel))
    easel.stamp(easel.glow(wide * 0.62, "#ffc44d", 0.12), lamp, (0.45 + 0.5 * light) * shown)
    easel.stamp(picture, middle, shown)


def _lead(easel: Easel, start: Point, end: Point, target: Target, shown: float) -> None:
    """Dots on the water from the raft to the rim of the ring, and an arrow there."""
    way = end[0] - start[0]
    side = math.copysign(1.0, way)
    first, last = easel.px(62), abs(way) - easel.frame.length(target.radius) - easel.px(56)
    y, gap = start[1] + easel.px(4), easel.px(26)
    dot = easel.disc(easel.px(6), CREAM, edge=OUTLINE, edge_px=2.2 * easel.layout.unit)
    at = first
    while at < last:
        easel.stamp(dot, (start[0] + side * at, y), shown)
        at += gap
    if abs(way) > easel.frame.length(target.radius):
        # between the raft and the ring where there is room for it, else over the buoy
        arrow = easel.chevron(easel.px(44), 0 if side > 0 else 180, CREAM, OUTLINE)
        easel.stamp(arrow, (start[0] + side * max(first, last + easel.px(16)), y), shown)
