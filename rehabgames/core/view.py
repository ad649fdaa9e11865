"""View: what people see and hear at one instant, said without pixels of a screen.

Play coordinates: origin at the working shoulder, one unit = one arm length, +x towards the
player's own right, +y up. The screen is a mirror: the player's right is drawn right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from rehabgames.core.landmarks import Side
from rehabgames.core.message import Message

Phase = Literal["looking", "rest", "calibrate", "play", "paused", "saving", "done"]
ThingState = Literal["growing", "ready", "held", "placed", "fading"]


@dataclass(frozen=True, slots=True)
class Target:
    """The one thing to do now.

    kind       "rest" (hand to the lap), "farthest" (as far as is comfortable that way),
               "pick" (reach and hold), "place" (carry to and hold)
    x, y       play coordinates; radius in the same unit
    hold       0..1, share of the hold already done
    number     counts the targets of a session from 0, so that whoever looks sees a new one
    """

    kind: Literal["rest", "farthest", "pick", "place"]
    x: float
    y: float
    radius: float
    hold: float
    number: int


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of the game's world that is drawn: a fruit, the basket. Place as in Target.

    key stays with one thing for as long as it lives, so that drawing can ease its motion.
    """

    key: str
    kind: str
    x: float
    y: float
    radius: float
    angle_rad: float = 0.0
    state: ThingState = "ready"


@dataclass(frozen=True, slots=True)
class Hand:
    """Where the working hand is. `sure` 0..1 falls while tracking is unsure: fade it by that."""

    x: float
    y: float
    sure: float
    closed: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """Everything the stage needs to paint, and everything a player can see.

    window       (x_min, y_min, x_max, y_max) of play coordinates that must fit on the screen
    body_px      (33, 2) landmarks of the newest camera picture in its pixels, or None
    picture_size (width, height) of that picture
    progress     0..1 of the goal of this block
    seed         seeds the scene's variety (weather, hour); the same all through a session
    """

    t_s: float
    phase: Phase
    place: str
    side: Side
    seed: int
    window: tuple[float, float, float, float]
    target: Target | None = None
    things: tuple[Thing, ...] = ()
    hand: Hand | None = None
    prompt: Message | None = None
    count: int = 0
    goal: int = 0
    score: int = 0
    progress: float = 0.0
    seconds_left: float | None = None
    trial_left: float | None = None
    body_px: npt.NDArray[np.float64] | None = field(default=None, compare=False)
    picture_size: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Cue:
    """A short event for ear and eye: "appear", "pick", "place", "miss", "calibrated", "pause",
    "resume", "done". `x, y` say where, in play coordinates, for the pan of the sound and the bloom."""

    kind: str
    x: float = 0.0
    y: float = 0.0
