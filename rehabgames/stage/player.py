"""The player in the scene: the arm as a soft shadow from the shoulder, the hand, its trail."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pygame

from rehabgames.core.landmarks import POSE, Side
from rehabgames.core.view import Hand, View
from rehabgames.stage import svg
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.motion import Trail
from rehabgames.stage.palette import CREAM, OUTLINE, SIDE_COLOUR

_ACROSS = 84.0  # px of the hand picture on the 720 px grid
_SLEEVE, _SLEEVE_DENSE = (46, 88, 104), 0.56


class Player:
    """Remembers the last place of the hand, so that it fades where it was lost."""

    def __init__(self) -> None:
        self._trail = Trail()
        self._last: tuple[float, Hand] | None = None

    def paint(self, easel: Easel, view: View, letter: str, shown: float) -> None:
        """`shown` 0..1 fades all of it, for a pause."""
        now_s = easel.now_s
        if view.hand and math.isfinite(view.hand.x) and math.isfinite(view.hand.y):
            self._last = (now_s, view.hand)
            self._trail.add(now_s, view.hand.x, view.hand.y)
        self._trail.trim(now_s)
        if not self._last:
            return
        seen_s, hand = self._last
        away = now_s - seen_s
        if not 0.0 <= away < 0.8:
            self._last = None
            return
        sure = (0.25 + 0.75 * min(1.0, max(0.0, hand.sure))) * (1.0 - away / 0.8) * shown
        at = easel.frame.to_screen(hand.x, hand.y)
        if view.target is None or view.target.kind != "farthest":
            self._arm(easel, view, at, sure)
        # the path just made is knowledge of performance: not in every trial
        for x, y, fresh in self._trail.points(now_s, 0.035) if view.performance else ():
            dot = easel.glow(easel.px(8 + 14 * fresh), CREAM, 0.35)
            easel.stamp(dot, easel.frame.to_screen(x, y), 0.55 * fresh * sure)
        paint_hand(easel, at, view.side, letter, closed=hand.closed, shown=sure)

    @staticmethod
    def _arm(easel: Easel, view: View, hand: Point, sure: float) -> None:
        """A translucent sleeve, clear at the shoulder; drawn small and enlarged for a soft edge."""
        shoulder = easel.frame.origin_px
        elbow = elbow_between(view.body_px, view.side, shoulder, hand)
        pad = easel.px(40)
        left = min(shoulder[0], elbow[0], hand[0]) - pad
        top = min(shoulder[1], elbow[1], hand[1]) - pad
        width = round(max(shoulder[0], elbow[0], hand[0]) + pad - left)
        height = round(max(shoulder[1], elbow[1], hand[1]) + pad - top)
        if not 3 < width < 3 * easel.layout.size[0] or not 3 < height < 3 * easel.layout.size[1]:
            return
        small = pygame.Surface((width // 2, height // 2), pygame.SRCALPHA)
        small.fill((*_SLEEVE, 0))
        for a, b, k0, k1 in ((shoulder, elbow, 0.0, 0.5), (elbow, hand, 0.5, 1.0)):
            steps = max(12, int(math.hypot(b[0] - a[0], b[1] - a[1]) / easel.px(4)))
            for i in range(steps + 1):
                x, y = a[0] + (b[0] - a[0]) * i / steps - left, a[1] + (b[1] - a[1]) * i / steps - top
                radius = easel.px(31 - 13 * (k0 + (k1 - k0) * i / steps)) / 2
                pygame.draw.circle(small, _SLEEVE, (x / 2, y / 2), radius)
        dawn = _dawn(easel)
        corner = (
            (shoulder[0] - left) / 2 - dawn.get_width() / 2,
            (shoulder[1] - top) / 2 - dawn.get_height() / 2,
        )
        small.blit(dawn, (round(corner[0]), round(corner[1])), special_flags=pygame.BLEND_RGBA_MULT)
        soft = pygame.transform.smoothscale(small, (width, height))
        soft.set_alpha(round(255 * sure))
        easel.canvas.blit(soft, (round(left), round(top)))


def _dawn(easel: Easel) -> pygame.Surface:
    """White that is clear in the middle and grows denser outwards, to fade the sleeve at the shoulder."""
    side = round(easel.frame.length(1.6))

    def said() -> str:
        ramp = svg.light(
            "g", (0.05, "#fff", 0.0), (0.42, "#fff", _SLEEVE_DENSE), (1.0, "#fff", _SLEEVE_DENSE)
        )
        few = side // 6
        return svg.document(few, few, ramp, svg.tag("rect", width=few, height=few, fill="url(#g)"))

    surface = easel.pictures.soft("dawn", said, (side, side))
    surface.set_alpha(255)
    return surface


def elbow_between(body_px: npt.NDArray[np.float64] | None, side: Side, shoulder: Point, hand: Point) -> Point:
    """The elbow on the screen: bent as in the camera picture, mirrored; straight where it is unknown."""
    middle = ((shoulder[0] + hand[0]) / 2, (shoulder[1] + hand[1]) / 2)
    if body_px is None:
        return middle
    points = body_px[[POSE[f"{side}_shoulder"], POSE[f"{side}_elbow"], POSE[f"{side}_wrist"]]]
    if not np.isfinite(points).all():
        return middle
    s, e, w = (complex(-x, y) for x, y in points)
    if abs(w - s) < 0.25 * (abs(e - s) + abs(w - e)):
        return middle
    bend = (e - s) / (w - s)
    bend = complex(min(0.9, max(0.1, bend.real)), min(0.7, max(-0.7, bend.imag)))
    found = complex(*shoulder) + bend * (complex(*hand) - complex(*shoulder))
    return found.real, found.imag


def paint_hand(easel: Easel, at: Point, side: Side, letter: str, *, closed: bool, shown: float) -> None:
    """The working hand, palm centred at `at`; its side is told by thumb, cuff colour, badge and letter."""
    across = easel.px(_ACROSS)
    colour = SIDE_COLOUR[side]
    picture = easel.pictures.sprite(
        "signs/hand_closed" if closed else "signs/hand_open",
        across,
        flip=side == "left",
        style=f".cuff{{fill:{colour}}}",
    )
    easel.stamp(easel.glow(across * 0.8, CREAM, 0.2), at, 0.5 * shown)
    easel.stamp(picture, (at[0], at[1] - across * 0.12), shown)
    badge = (at[0] + (1 if side == "right" else -1) * across * 0.03, at[1] + across * 0.16)
    easel.stamp(_badge(easel, side, colour), badge, shown)
    text = easel.letters.line(letter, easel.px(20), CREAM, bold=True)
    easel.stamp(text, badge, shown)


def _badge(easel: Easel, side: Side, colour: str) -> pygame.Surface:
    r = easel.px(15)
    if side == "right":
        return easel.disc(r, colour, edge=OUTLINE, edge_px=easel.px(2))

    def said() -> str:
        shape = svg.path("M0 -13 L13 0 L0 13 L-13 0Z", fill=colour, stroke=OUTLINE, stroke_width=2)
        return svg.document(3 * r, 3 * r, shape, box=(-15, -15, 30, 30))

    return easel.pictures.drawn(f"badge {r}", said)
