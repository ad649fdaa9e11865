"""Pointing: what a patient means on a screen, and how the choosing hand gets there by what the eye sees.

Where the hand has to be nobody tells: it is raised, the pointer is seen, and it goes on from there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from rehabgames.core.landmarks import Side
from rehabgames.core.menu import Choice, Menu, inside
from rehabgames.patients.body import Point
from rehabgames.patients.kinds import Kind

RAISED: Final = (0.1, -0.3)  # where the hand goes first: arm lengths outward and up from its shoulder
PER_SCREEN: Final = (0.9, 0.55)  # arm lengths that somebody takes a screen to be wide and high
BESIDE: Final = (0.5, 0.14)  # of the screen: where nothing is to be chosen
NEAR: Final = 0.3  # share of a box within which the pointer is on it well enough
MOVES_S: Final = 0.7
LOOKS_S: Final = 0.45  # after a movement until it is seen where the pointer is
# what somebody means who is well and wants to practise, the first one that is there
USUALLY: Final = ("start", "go_on", "yes", "0", "3", "finish", "left", "sitting")
WAITS: Final = ("rest",)
SAYS_NO: Final = ("chest_pain", "new_weakness", "speech_or_vision", "dizziness", "fall", "sharp_pain")


class Pointing:
    """side: of the choosing hand; means: screen → what is meant there, where that is not the usual answer;
    kind: who it is, and so what is seen late."""

    def __init__(self, side: Side, means: Mapping[str, str], kind: Kind) -> None:
        self.side: Side = side
        self._means = dict(means)
        self._neglects, self._delay_s = kind.neglect, kind.neglect_delay_s
        self._seen: int | None = None
        self._looks_s = 0.0
        self._left = False  # the hand has been beside the choices of this screen
        self._hand: Point = RAISED
        self._up = False

    def look(self, menu: Menu, t_s: float, reaction_s: float) -> Point | None:
        """Where the hand is to go now, arm lengths outward and up from its shoulder; None: it stays."""
        wanted = self.meant(menu)
        if menu.number != self._seen:
            self._seen, self._left = menu.number, False
            self._looks_s = t_s + reaction_s + (self._late(wanted) if wanted is not None else 0.0)
        if t_s < self._looks_s or wanted is None:
            return None
        self._looks_s = t_s + MOVES_S + LOOKS_S
        if menu.pointer is None:
            self._hand, self._up = RAISED, True
            return self._hand
        on = any(inside(each.box, *menu.pointer) for each in menu.choices)
        self._left = self._left or not on or menu.pointed != ""
        return self._towards(wanted.box if self._left else (*BESIDE, 0.0, 0.0), menu.pointer)

    def meant(self, menu: Menu) -> Choice | None:
        """The choice that this person would make; None: to wait."""
        by_id = {each.id: each for each in menu.choices}
        if menu.screen in WAITS:
            return None
        usual = ("no",) if menu.screen in SAYS_NO else (*USUALLY, menu.choices[0].id)
        return next(
            (by_id[each] for each in (self._means.get(menu.screen, ""), *usual) if each in by_id), None
        )

    def _towards(self, box: tuple[float, float, float, float], pointer: tuple[float, float]) -> Point | None:
        left, top, across, down = box
        dx, dy = left + across / 2 - pointer[0], top + down / 2 - pointer[1]
        if abs(dx) <= NEAR * across and abs(dy) <= NEAR * down:
            return None
        outward = 1.0 if self.side == "right" else -1.0  # the screen is a mirror
        self._hand = (self._hand[0] + outward * dx * PER_SCREEN[0], self._hand[1] - dy * PER_SCREEN[1])
        far = math.hypot(*self._hand)
        self._hand = self._hand if far <= 0.95 else (0.95 * self._hand[0] / far, 0.95 * self._hand[1] / far)
        return self._hand

    def _late(self, wanted: Choice) -> float:
        middle = wanted.box[0] + wanted.box[2] / 2
        return self._delay_s if self._neglects == ("left" if middle < 0.5 else "right") else 0.0
