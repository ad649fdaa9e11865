"""The one thing to do now: halo, shape, ring of the hold, and what leads the eye to it."""

from __future__ import annotations

import math

import pygame

from rehabgames.core.view import Hand, Target
from rehabgames.stage import svg
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.motion import FirstSeen, ease, swell
from rehabgames.stage.palette import BLUE, CREAM, INK, OUTLINE

MIN_ACROSS_PX = 48.0
_HALO = 1.5  # of the target's radius
_RING = 1.36
_SPARE = 12.0  # between a disc and the edge of the screen, px of the 720 px grid
# arm lengths: half a bow across, nearest to the shoulder, and beside the path what still counts as on it
_BOW, _LEAST, _BESIDE = 0.23, 0.12, 0.12


def radius_px(easel: Easel, radius: float) -> float:
    """Radius on the screen, never under half of 48 px of the 720 px grid."""
    return max(easel.frame.length(radius), MIN_ACROSS_PX / 2 * easel.layout.unit)


def _centre(easel: Easel, target: Target) -> Point:
    """Where it is; a farthest place, which only says which way, so much nearer that all of its disc is on
    the screen."""
    if target.kind != "farthest":
        return easel.frame.to_screen(target.x, target.y)
    (x0, y0), (x, y) = easel.frame.origin_px, easel.frame.to_screen(target.x, target.y)
    spare = radius_px(easel, target.radius) * _HALO + easel.px(_SPARE)
    share = 1.0
    for at, start, size in zip((x, y), (x0, y0), easel.layout.size, strict=True):
        most = (size - spare if at > start else spare) - start
        if abs(at - start) > abs(most):
            share = min(share, abs(most / (at - start)))
    return x0 + (x - x0) * share, y0 + (y - y0) * share


class Targets:
    """Paints view.target; remembers how far the hand has come towards a farthest place.

    `clear` 0..1 fades the target while the scene pauses.
    """

    def __init__(self) -> None:
        self._seen = FirstSeen()
        self._best: tuple[int, float] = (-1, 0.0)

    def below(self, easel: Easel, target: Target, hand: Hand | None, clear: float) -> None:
        """What lies under the things: light, path, cushion."""
        self._seen.prune(easel.now_s)
        shown = clear * ease(self._seen.age(("target", target.number), easel.now_s) / 0.4)
        centre, radius = _centre(easel, target), radius_px(easel, target.radius)
        if target.kind == "farthest":
            self._path(easel, target, hand, shown)
        easel.stamp(easel.glow(radius * 2.5, "#fff3c4", 0.3), centre, 0.9 * shown)
        easel.stamp(easel.disc(radius * _HALO, CREAM), centre, shown)
        if target.kind == "rest":
            easel.stamp(easel.sprite("orchard/cushion", radius * 2.3), centre, shown)

    def above(self, easel: Easel, target: Target, hand: Hand | None, clear: float) -> None:
        """What lies over the things: ring, arrows, dots that lead from the hand."""
        shown = clear * ease(self._seen.age(("target", target.number), easel.now_s) / 0.4)
        centre, radius = _centre(easel, target), radius_px(easel, target.radius)
        if target.kind == "farthest":
            easel.stamp(easel.sprite("orchard/lantern", radius * 1.5), centre, shown)
            self._pushed(easel, target, shown)
        paint_ring(easel, centre, radius * _RING, target.hold, shown)
        if target.kind in ("place", "rest"):
            drop = swell(easel.now_s / 1.8 % 1.0) * 0.24
            above = (centre[0], centre[1] - radius * (2.15 - drop))
            easel.stamp(easel.chevron(radius * 1.1, 90, BLUE, CREAM), above, shown)
        if target.kind == "rest":
            aside = (1 if easel.mirrored else -1) * radius * 3.1
            paint_sign(easel, "rest", (centre[0] + aside, centre[1] - radius * 0.6), easel.px(148), shown)
        if hand and target.kind != "farthest":
            lead(easel, easel.frame.to_screen(hand.x, hand.y), centre, radius, shown * hand.sure)

    def _path(self, easel: Easel, target: Target, hand: Hand | None, shown: float) -> None:
        """A broad path of light that way, and arrows that glide along it."""
        away = math.hypot(target.x, target.y)
        if away < 1e-6:
            return
        ux, uy = target.x / away, target.y / away
        number, best = self._best
        best = best if number == target.number else 0.0
        if hand and abs(hand.y * ux - hand.x * uy) < _BESIDE:
            best = max(best, min(1.3 * away, hand.x * ux + hand.y * uy))
        self._best = (target.number, best)
        beam, corner = self._beam(easel, ux, uy, away)
        beam.set_alpha(round(255 * shown))
        easel.canvas.blit(beam, corner)
        turn = math.degrees(math.atan2(-uy, ux))
        at = hand.x * ux + hand.y * uy if hand else 0.0
        near, far = max(0.2, min(at, 0.6 * away)) + 0.16, away - 1.7 * target.radius
        for i in range(3):
            k = (easel.now_s / 3.6 + i / 3) % 1.0
            along = near + (far - near) * k
            spot = easel.frame.to_screen(along * ux, along * uy)
            easel.stamp(easel.chevron(easel.px(64), turn, BLUE, CREAM), spot, shown * math.sqrt(swell(k)))

    def _pushed(self, easel: Easel, target: Target, shown: float) -> None:
        """A bow across the path that the hand pushes on: how far it has come on it."""
        best = self._best[1]
        if best > _LEAST:
            turn = math.atan2(target.y, target.x)
            spot = easel.frame.to_screen(best * math.cos(turn), best * math.sin(turn))
            easel.stamp(_bow(easel, round(math.degrees(-turn))), spot, shown)

    @staticmethod
    def _beam(easel: Easel, ux: float, uy: float, away: float) -> tuple[pygame.Surface, tuple[int, int]]:
        length, half = easel.frame.length(away * 1.1), easel.frame.length(0.27)
        box = math.ceil(length + half)
        turn = round(math.degrees(math.atan2(-uy, ux)))
        wedge = (
            f"M0 {-half * 0.3:.0f} L{length:.0f} {-half:.0f} Q{length + half:.0f} 0 {length:.0f} {half:.0f} "
            f"L0 {half * 0.3:.0f}Z"
        )
        warm = "#fff0b8"

        def said() -> str:
            return svg.document(
                box / 2,
                box / 2,
                svg.ramp("g", (0, warm, 0.35), (0.55, warm, 0.9), (1, warm, 0), towards=svg.ACROSS),
                svg.blur("s", half * 0.12),
                svg.path(wedge, fill="url(#g)", filter="url(#s)", transform=f"rotate({turn})"),
                box=(-box, -box, 2 * box, 2 * box),
            )

        key = f"beam {box} {turn}"
        whole, left, top = easel.pictures.cut_out(key, said, (2 * box, 2 * box))
        x, y = easel.frame.origin_px
        return whole, (round(x - box) + left, round(y - box) + top)


def _bow(easel: Easel, turn: int) -> pygame.Surface:
    """A bow that bulges to the right at 0 degrees, clockwise on the screen."""
    half, deep = easel.frame.length(_BOW), easel.frame.length(_BOW) * 0.17
    side = 2 * math.ceil(half + easel.px(14))

    def said() -> str:
        bow = f"M{-deep:.1f} {-half:.1f} Q{deep:.1f} 0 {-deep:.1f} {half:.1f}"
        both = "".join(
            svg.line(bow, colour, wide * easel.layout.unit, transform=f"rotate({turn})")
            for colour, wide in ((OUTLINE, 11), (CREAM, 6.5))
        )
        return svg.document(side, side, both, box=(-side / 2, -side / 2, side, side))

    return easel.pictures.drawn(f"bow {side} {turn}", said)


def lead(easel: Easel, start: Point, end: Point, radius: float, shown: float) -> None:
    """Dots that travel from the hand to the rim of the target and grow on their way."""
    away = math.hypot(end[0] - start[0], end[1] - start[1])
    first, last = easel.px(58), away - radius * (_RING + 0.3) - easel.px(22)
    gap = easel.px(30)
    if last - first < gap:
        return
    dx, dy = (end[0] - start[0]) / away, (end[1] - start[1]) / away
    at = first + easel.now_s * 0.9 % 1.0 * gap
    while at < last:
        k = (at - first) / (last - first)
        size = round((4.5 + 3.5 * k) * easel.layout.unit)
        dot = easel.disc(size, CREAM, edge=OUTLINE, edge_px=2.2 * easel.layout.unit)
        fade = min(1.0, (at - first) / gap, (last - at) / gap)
        easel.stamp(dot, (start[0] + dx * at, start[1] + dy * at), shown * fade)
        at += gap
    turn = math.degrees(math.atan2(dy, dx))
    tip = (start[0] + dx * last, start[1] + dy * last)
    easel.stamp(easel.chevron(easel.px(40), turn, CREAM, OUTLINE), tip, shown)


def ribbon(easel: Easel, a: Point, b: Point, width: float, colour: str) -> None:
    """A straight band with round ends and smooth edges."""
    away = math.hypot(b[0] - a[0], b[1] - a[1]) or 1.0
    nx, ny = -(b[1] - a[1]) / away * width / 2, (b[0] - a[0]) / away * width / 2
    corners = [(a[0] + nx, a[1] + ny), (b[0] + nx, b[1] + ny), (b[0] - nx, b[1] - ny), (a[0] - nx, a[1] - ny)]
    for end in (a, b):
        easel.stamp(easel.disc(width / 2, colour), end)
    pygame.draw.polygon(easel.canvas, colour, corners)
    pygame.draw.aalines(easel.canvas, colour, True, corners)


def paint_ring(
    easel: Easel, centre: Point, radius: float, hold: float, shown: float, *, colour: str = BLUE
) -> None:
    """The ring of the hold: an outlined track that fills clockwise."""
    width = max(easel.px(8), radius * 0.15)
    easel.stamp(easel.ring(radius, width + easel.px(5), 1.0, OUTLINE), centre, shown)
    easel.stamp(easel.ring(radius, width, 1.0, "#ffffff"), centre, shown)
    if hold > 0:
        easel.stamp(easel.ring(radius, width, hold, colour), centre, shown)


def paint_sign(easel: Easel, name: str, centre: Point, across: int, shown: float = 1.0) -> None:
    """A pictogram on a round plate."""
    easel.stamp(easel.disc(across / 2, CREAM, edge=INK, edge_px=easel.px(2)), centre, shown)
    easel.stamp(easel.sprite(f"signs/{name}", across * 0.68), centre, shown)
