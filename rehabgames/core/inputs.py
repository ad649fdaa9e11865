"""Inputs: what people and the record told the session since the last step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rehabgames.core.limits import Limits

StopBy = Literal["key", "press", "hand", "voice", "window", "signal", "source", "sleep"]
Question = Literal[
    "pain",
    "effort",
    "soreness",
    "sharp_pain",
    "chest_pain",
    "new_weakness",
    "speech_or_vision",
    "dizziness",
    "fall",
    "support",
]


@dataclass(frozen=True, slots=True)
class Stop:
    """It is to end, now. `by` says which channel: a key, a press of mouse or finger on the sign, the hand
    that does not train, held up high, the voice that says the word, the window's close button, a signal of
    the system (Ctrl-C), the source, because a video is at its end, or the sleep of the machine, after which
    all has to be asked anew."""

    by: StopBy


@dataclass(frozen=True, slots=True)
class Recorded:
    """The document of this number, and all before it, is on disk. session: its id; "": whichever hears it."""

    number: int
    session: str = ""


@dataclass(frozen=True, slots=True)
class NotRecorded:
    """The record cannot be written any more; `why` is one plain sentence."""

    why: str


@dataclass(frozen=True, slots=True)
class TrackingTrouble:
    """The tracker or the camera failed or was restarted; `what` is one plain sentence; code: that of the
    error behind it, "" for none."""

    what: str
    fatal: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class HearingTrouble:
    """The word that means STOP cannot be heard any more; `what` is one plain sentence."""

    what: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person says about itself.

    what   "pain", "effort" and "soreness" (of the last time): 0 to 10;
           "sharp_pain", "chest_pain", "new_weakness", "speech_or_vision", "dizziness", "fall"
           (since last time), "support" (something to hold on to is in reach): 1 yes, 0 no
    ago_s  so long ago it was said, when it is heard
    """

    what: Question
    value: float
    ago_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Tighten:
    """From now on these limits hold as well as those that held before."""

    limits: Limits


@dataclass(frozen=True, slots=True)
class Hidden:
    """The window cannot be seen (minimised, or behind a screen saver), or it can again."""

    yes: bool


@dataclass(frozen=True, slots=True)
class Woke:
    """The machine slept, or this program stood still, for longer than anybody keeps a hand where it was.
    after_s: for so long; 0 where that is not known."""

    after_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Flipped:
    """The scene of the step before was on the screen from this time on, by the clock of the steps."""

    at_s: float


@dataclass(frozen=True, slots=True)
class Key:
    """The one key that chooses went down: the space bar, the return key or a switch."""


@dataclass(frozen=True, slots=True)
class Press:
    """A mouse or a finger was pressed there; shares of the screen from its left and from its top."""

    x: float
    y: float


Input = (
    Answer
    | Flipped
    | HearingTrouble
    | Hidden
    | Key
    | NotRecorded
    | Press
    | Recorded
    | Stop
    | Tighten
    | TrackingTrouble
    | Woke
)
