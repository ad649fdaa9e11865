"""Player: who plays at home, and how screens, sound and words suit this person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from rehabgames.core.exercise import Posture
from rehabgames.core.landmarks import Side

Affected = Literal["left", "right", "both"]
PICTURES: Final = (
    "boat",
    "tree",
    "house",
    "bird",
    "fish",
    "cup",
    "sun",
    "flower",
    "mountain",
    "bicycle",
    "book",
    "guitar",
)
DWELL_S: Final = (0.6, 4.0)  # shortest and longest that may be set
SCAN_S: Final = (0.8, 6.0)
LETTERS: Final = (1.0, 2.0)
LEFTWARDS: Final = ("ar",)  # languages that are written from right to left
PACE: Final = (0.5, 1.5)


@dataclass(frozen=True, slots=True)
class Comfort:
    """dwell_s  how long the hand is held on what is chosen; scan_s: how long each is lit for one key
    letters  scale of all text
    contrast high contrast; calm: reduced motion
    voice    what is asked is spoken; volume 0..1 of voice and sounds; pace: of the voice, 1 is unhurried
    voice_stop  the word "stop" means STOP, where a microphone and a recogniser are there
    neglects side of the room that this person tends to miss, "" for none: what is asked leads there
    child    words and pictures for a child
    """

    language: str = "en"
    dwell_s: float = 1.5
    scan_s: float = 2.0
    letters: float = 1.0
    contrast: bool = False
    calm: bool = False
    voice: bool = True
    voice_stop: bool = False
    volume: float = 0.8
    pace: float = 1.0
    neglects: Side | Literal[""] = ""
    child: bool = False

    @property
    def leftwards(self) -> bool:
        """Its language is written from right to left, and so are rows of choices."""
        return self.language.partition("_")[0] in LEFTWARDS

    @property
    def sees(self) -> Side | Literal[""]:
        """The half of the screen to which things belong that must not be missed; "" for both."""
        return {"left": "right", "right": "left"}.get(self.neglects, "")  # type: ignore[return-value]


AS_USUAL: Final = Comfort()


@dataclass(frozen=True, slots=True)
class Player:
    """id       the pseudonym of record and plan
    name     as this person is called, on this machine alone; picture: of PICTURES
    affected which arm is trained; points: which hand chooses on screens
    """

    id: str
    name: str = ""
    picture: str = PICTURES[0]
    affected: Affected = "right"
    points: Side = "left"
    posture: Posture = "sitting"
    comfort: Comfort = field(default_factory=Comfort)
