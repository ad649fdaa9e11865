"""Closing: how far the hand has closed around a thing, and has to: two arcs that meet as fingers do."""

from __future__ import annotations

import math
from typing import Final

import pygame

from rehabgames.stage import rounds
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.palette import BLUE, GREEN, OUTLINE

_STEPS: Final = 36
_WIDEST: Final = math.radians(168)  # of each side, from below
_LEAST: Final = math.radians(14)  # so much is always there: where the fingers are


def paint_closing(
    easel: Easel, centre: Point, radius: float, share: float, shown: float, *, opens: bool = False
) -> None:
    """A track that is open above, and in it two arcs that rise from below and meet above where share is 1:
    then they are as a whole, in another colour, with knobs that touch. opens: it is to go the other way, and
    the colour changes where share is 0."""
    width = max(easel.px(9), radius * 0.15)
    easel.stamp(_arcs(easel, radius, width + easel.px(5), _STEPS, OUTLINE), centre, shown)
    easel.stamp(_arcs(easel, radius, width, _STEPS, "#ffffff"), centre, shown)
    step = round(_STEPS * min(1.0, max(0.0, share)))
    colour = GREEN if step == (0 if opens else _STEPS) else BLUE
    easel.stamp(_arcs(easel, radius, width, step, colour), centre, shown)
    end = _LEAST + (_WIDEST - _LEAST) * step / _STEPS
    knob = easel.disc(width * 0.86, colour, edge=OUTLINE, edge_px=easel.px(2.5))
    for way in (-1.0, 1.0):
        spot = centre[0] + way * radius * math.sin(end), centre[1] + radius * math.cos(end)
        easel.stamp(knob, spot, shown)


def _arcs(easel: Easel, radius: float, width: float, step: int, colour: str) -> pygame.Surface:
    r, w = max(4, round(radius)), max(2, round(width))
    end = _LEAST + (_WIDEST - _LEAST) * step / _STEPS
    both = math.pi - end, math.pi + end
    return easel.pictures.kept(f"closing {r} {w} {step} {colour}", lambda: rounds.arc(r, w, both, colour))
