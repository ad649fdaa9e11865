"""Exercise: what a file of exercises/ says, once read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Posture = Literal["sitting", "standing"]


@dataclass(frozen=True, slots=True)
class Axis:
    """One direction in which an exercise can get harder: `easiest` to `hardest`, begun at `start`.

    step is the rise after a success; which unit the numbers have is said by the axis's name:
    "distance" share of the patient's calibrated reach in the asked direction (1 = all of it).
    """

    name: str
    easiest: float
    hardest: float
    start: float
    step: float

    @property
    def lowest(self) -> float:
        return min(self.easiest, self.hardest)

    @property
    def highest(self) -> float:
        return max(self.easiest, self.hardest)


@dataclass(frozen=True, slots=True)
class Dose:
    """repetitions end a block, or minutes do, whichever comes first."""

    repetitions: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Cues:
    """What is heard besides, while it is played: 0 where it is not. target_calls_s: so often a target that is
    not reached calls from where it is."""

    beats_per_minute: float = 0.0
    target_calls_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Purpose:
    """Whom it is for and why; words for people, nothing computes with them."""

    goal: str
    for_whom: tuple[str, ...]
    not_for: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise file. `sha256` is of the file's bytes; `settings` are the game's own numbers."""

    id: str
    title: str
    game: str
    control: str
    guards: tuple[str, ...]
    calibration: str
    place: str
    posture: Posture
    camera: str
    axes: tuple[Axis, ...]
    dose: Dose
    target_success: float
    adapter: str
    settings: dict[str, float]
    directions_deg: tuple[float, ...]
    purpose: Purpose
    sha256: str
    cues: Cues = Cues()
