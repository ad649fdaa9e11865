"""The player in the scene: the arm as a soft shadow from the shoulder, the hand, its trail."""

from __future__ import annotations

import math

import pygame

from rehabgames.core.landmarks import Side
from rehabgames.core.view import Hand, View
from rehabgames.stage import svg
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.motion import Trail
from rehabgames.stage.palette import CREAM, OUTLINE, SIDE_COLOUR
from rehabgames.stage.sleeve import Sleeve

ACROSS = 84.0  # px of the hand picture on the 720 px grid


class Player:
    """Remembers the last place of the hand, so that it fades where it was lost."""

    def __init__(self) -> None:
        self._trail, self._sleeve = Trail(), Sleeve()
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
        self._sleeve.paint(easel, view, at, sure)
        # the path just made is knowledge of performance: not in every trial
        for x, y, fresh in self._trail.points(now_s, 0.035) if view.performance else ():
            dot = easel.glow(easel.px(8 + 14 * fresh), CREAM, 0.35)
            easel.stamp(dot, easel.frame.to_screen(x, y), 0.55 * fresh * sure)
        paint_hand(easel, at, view.side, letter, closed=hand.closed, shown=sure)


def paint_hand(
    easel: Easel,
    at: Point,
    side: Side,
    letter: str,
    *,
    closed: bool,
    shown: float,
    across_px: float = ACROSS,
) -> None:
    """The working hand, palm centred at `at`; its side is told by thumb, cuff colour, badge and letter."""
    across = easel.px(across_px)
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
    smaller = across_px / ACROSS
    easel.stamp(_badge(easel, side, colour, easel.px(15 * smaller)), badge, shown)
    text = easel.letters.line(letter, easel.px(20 * smaller), CREAM, bold=True)
    easel.stamp(text, badge, shown)


def _badge(easel: Easel, side: Side, colour: str, r: int) -> pygame.Surface:
    if side == "right":
        return easel.disc(r, colour, edge=OUTLINE, edge_px=easel.px(2))

    def said() -> str:
        shape = svg.path("M0 -13 L13 0 L0 13 L-13 0Z", fill=colour, stroke=OUTLINE, stroke_width=2)
        return svg.document(3 * r, 3 * r, shape, box=(-15, -15, 30, 30))

    return easel.pictures.drawn(f"badge {r}", said)
