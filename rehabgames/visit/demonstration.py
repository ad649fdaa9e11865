"""Demonstration: the movement of an exercise, as it is shown before it begins."""

from __future__ import annotations

from typing import Final

from rehabgames.core.limits import Limits
from rehabgames.core.view import Guide
from rehabgames.visit.day import Block

THERE_S: Final = 2.4  # for which the movement is shown there, and as long back


def demonstrated(block: Block, limits: Limits, since_s: float, number: int) -> Guide:
    """There and back, for as long as it is shown. since_s: for which it has been; number: of the screen."""
    return Guide(
        name=block.guide,
        side=block.side,
        back=since_s % (2 * THERE_S) >= THERE_S,
        hold=0.0,
        done=0,
        of=0,
        number=number,
        shows="standing" if block.posture == "standing" else "sitting",
        most_deg=limits.shoulder_elevation_deg,
    )
