"""View: what people see and hear at one instant, said without pixels of a screen.

Play coordinates: +x towards the player's own right, +y up. What origin and unit are depends on what
steers (core.trial.Goal, "space"): the working shoulder and one arm length; the middle and the own
calibrated shift of weight; the middle of the picture and half its width. The screen is a mirror: the
player's right is drawn right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from rehabgames.core.landmarks import Side
from rehabgames.core.menu import Menu
from rehabgames.core.message import Message
from rehabgames.core.player import Comfort

Phase = Literal["looking", "rest", "calibrate", "play", "paused", "saving", "done", "menu"]
Shows = Literal["sitting", "standing", "hand"]
Lacks = Literal["", "person", "light", "camera", "upright", "patient", "certainty", "alone"]
ThingState = Literal["growing", "ready", "held", "placed", "fading", "wanted"]
TargetKind = Literal[
    "rest",
    "farthest",
    "pick",
    "place",
    "follow",
    "catch",
    "lean",
    "grasp",
    "release",
    "pinch",
    "tap",
]

HALF_CLOSED: Final = 0.5
STEERED: Final = ("boat", "raft", "ball")  # kinds of things that go, in their own way, where they are steered

# every fruit that can be asked for by its kind: it has a name "fruit.<kind>", and the stage draws it
FRUITS: Final = ("apple", "pear", "plum", "lemon", "cherries")


@dataclass(frozen=True, slots=True)
class Target:
    """The one thing to do now. There is none while it is to be chosen which of some things is meant, until
    the hand is in one of them, be it the right one.

    kind       "rest" (hand to the lap), "farthest" (as far as is comfortable that way),
               "pick" (reach and hold), "place" (carry to and hold), "follow" (along the line to here),
               "catch" (be here when it falls), "lean" (shift the weight to here and stay), "grasp" (go
               there and close the hand), "release" (carry there and open it), "pinch" (go there and keep
               the pinch for as long as it is asked), "tap" (close and open the fingers to the beat)
    x, y       play coordinates; radius in the same unit
    hold       0..1, share of the hold already done
    number     counts the targets of a session from 0, so that whoever looks sees a new one
    """

    kind: TargetKind
    x: float
    y: float
    radius: float
    hold: float
    number: int


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of the game's world that is drawn: a fruit, the basket. Place as in Target.

    key stays with one thing for as long as it lives, so that drawing can ease its motion.
    kind   "basket", "fruit" (whatever the place bears), or one of FRUITS, where there is something to choose;
           what else there is, each game says
    state  "wanted": a picture of the kind that is asked for; the thing itself hangs elsewhere
    share  0..1 of what the thing is about: how full it is, how much of a line is drawn, how near a beat is
    way    for a line, the places that it goes through
    """

    key: str
    kind: str
    x: float
    y: float
    radius: float
    angle_rad: float = 0.0
    state: ThingState = "ready"
    share: float = 0.0
    way: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Hand:
    """Where the working hand is, or what else steers. `sure` 0..1 falls while tracking is unsure: fade it
    by that. grip: how far the hand is closed, 0 open .. 1 closed; NaN where it is not watched."""

    x: float
    y: float
    sure: float
    grip: float = math.nan

    @property
    def closed(self) -> bool:
        return self.grip >= HALF_CLOSED


# every movement that can be asked for: it has a prompt "guide.<name>", and the stage draws it;
# those that have a side are done with, or towards, the side that the guide names
GUIDES: Final = (
    "rest",
    "arm_out",
    "arm_forward",
    "elbow_bend",
    "elbow_straight",
    "lean",
    "shift_weight",
    "hand_open",
    "hand_close",
    "pinch_open",
    "pinch_close",
    "stand_up",
    "sit_down",
    "step",
    "raise_hand",
    "come_into_picture",
    "come_closer",
    "step_back",
    "face_camera",
    "more_light",
    "one_person",
)


@dataclass(frozen=True, slots=True)
class Guide:
    """The movement that is asked for now.

    name     of GUIDES; side: which arm, leg or direction, the person's own
    back     True while the way back to rest is asked
    hold     0..1, share of the hold (or of the time, where repetitions are counted) already done
    done, of  repetitions made and wanted
    number   counts the movements asked in a session from 0, so that whoever looks sees a new one
    counted  repetitions are counted: hold is the share of the time, and back follows the movement
    shows    what of the person the picture shows: whoever stands must not see a picture of sitting
    most_deg highest elevation of an arm that may be asked: the picture goes no higher either
    """

    name: str
    side: Side
    back: bool
    hold: float
    done: int
    of: int
    number: int
    counted: bool = False
    shows: Shows = "sitting"
    most_deg: float = 180.0


@dataclass(frozen=True, slots=True)
class View:
    """Everything the stage needs to paint, and everything a player can see.

    window       (x_min, y_min, x_max, y_max) of play coordinates that must fit on the screen
    body_px      (33, 2) landmarks of the newest camera picture in its pixels, or None
    hand_px      (21, 2) landmarks of the working hand, the same way, where the camera sees a hand alone
    picture_size (width, height) of that picture
    shows        what of the person the camera is to see: its outline is shown while it is looked for
    lacks        what everything waits for: the person or the hand that the camera is to see ("person"), light
                 to see them by, a camera that stands upright, the camera itself, the one who plays while
                 somebody else is seen ("patient"), that it can be told who is seen ("certainty"), or that
                 nobody else is in the picture ("alone"); "" where nothing is lacking
    halting      0..1 of the time for which the hand that means STOP is to be held up
    countdown    seconds until a pause that is over goes on, 3, 2, 1; 0 where nothing is counted down
    progress     0..1 of the goal of this block
    performance  knowledge of performance is shown in this trial: path, trunk, how it was held
    trunk        how far the trunk helps now: 1 is as far as is tolerated; 0 where that is not watched
    seed         seeds the scene's variety (weather, hour); the same all through a session
    confirmed    how often who plays was confirmed in this session: it goes up by one at the instant at which
                 the named hand was held up long enough, and the body in the newest picture is the player's
    menu         what can be chosen, where it is no play but a screen
    comfort      what suits whoever plays; None: what it was so far
    """

    t_s: float
    phase: Phase
    place: str
    side: Side
    seed: int
    window: tuple[float, float, float, float]
    target: Target | None = None
    guide: Guide | None = None
    things: tuple[Thing, ...] = ()
    hand: Hand | None = None
    prompt: Message | None = None
    count: int = 0
    goal: int = 0
    score: int = 0
    progress: float = 0.0
    performance: bool = True
    trunk: float = 0.0
    halting: float = 0.0
    seconds_left: float | None = None
    trial_left: float | None = None
    body_px: npt.NDArray[np.float64] | None = field(default=None, compare=False)
    hand_px: npt.NDArray[np.float64] | None = field(default=None, compare=False)
    picture_size: tuple[int, int] = (0, 0)
    shows: Shows = "sitting"
    lacks: Lacks = ""
    countdown: int = 0
    confirmed: int = 0
    menu: Menu | None = None
    comfort: Comfort | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """A short event for ear and eye: "appear", "pick", "place", "miss", "calibrated", "pause",
    "resume", "done", "beat" (one beat of a rhythm that is played to), "tick" (of one that is
    only heard), "call" (from where the target is), "pour". `x, y` say where, in play coordinates, for the
    pan of the sound and the bloom."""

    kind: str
    x: float = 0.0
    y: float = 0.0
