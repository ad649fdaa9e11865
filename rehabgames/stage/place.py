"""Place: what every scene of the games can do. The stage paints the rest: mirror, board, hand, prompt."""

from __future__ import annotations

from typing import Final, Protocol

import pygame

from rehabgames.core.landmarks import Side
from rehabgames.core.view import Cue, Target, View
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.pictures import Pictures

SIGN: Final = 60  # width of the picture beside the prompt, on the 720 px grid


_ASKED: Final = ("rest", "calibrate", "play", "paused")


def asked(view: View) -> Target | None:
    """What is to be done now, in the phases in which something is."""
    return view.target if view.phase in _ASKED else None


class PlaceOf(Protocol):
    """Draws the still parts of a place for a seed, a screen and a side: may take a second."""

    def __call__(self, pictures: Pictures, seed: int, size: tuple[int, int], side: Side) -> Place: ...


class Place(Protocol):
    """One scene. Times are those of the easel; nothing here blinks, nothing moves by itself when
    `view.phase` is "paused", and what only decorates stands still on a calm easel (see Clock).

    shows_hand  the stage paints the working hand with its arm and trail; False where the place shows what
                steers in a way of its own
    """

    shows_hand: bool

    def paint_back(self, easel: Easel, view: View) -> None:
        """Everything behind what is played. Planes move by `easel.shift`."""

    def paint_play(self, easel: Easel, view: View, shown: float) -> None:
        """Target and things. shown 0..1 fades what is to be done while the scene pauses."""

    def paint_front(self, easel: Easel, view: View) -> None:
        """What moves in front of it: air, a leaf, spray. Never over a target."""

    def paint_rewards(self, easel: Easel) -> None:
        """What cues opened; after the player, so that it is seen."""

    def paint_done(self, easel: Easel, view: View, middle: Point, grown: float) -> None:
        """What was made in this session, at its end; grown 0..1 as it opens."""

    def paint_goal(self, easel: Easel, view: View, centre: Point, across: float) -> None:
        """A small picture of what the board counts."""

    def sign(self, easel: Easel, view: View, across: float) -> pygame.Surface | None:
        """A picture beside the prompt, or None for the pictogram of the movement."""

    def cue(self, cue: Cue, now_s: float) -> None:
        """Something happened: let its reward open."""
