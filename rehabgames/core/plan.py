"""Plan: what a therapist prescribes for one person. Prescription: one exercise of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from rehabgames.core.landmarks import Side
from rehabgames.core.limits import Limits

# restitution: the arm is to do it as it once did; compensation: it is to be done, however
Aim = Literal["restitution", "compensation"]


@dataclass(frozen=True, slots=True)
class Prescription:
    """One exercise. None: as the exercise file says.

    repetitions     of one set; sets: how many of them; rest_s: between two sets
    minutes         longest for all sets together
    target_success  share of tries that ought to succeed
    adapter         name of an adaptation rule
    order           names of the axes that may move, the first one first; () as in the file
    locked          axis → the level at which it stays
    probe_every     one try in so many is a retention probe; 0: none
    probe_levels    axis → level of the probes; {} where the exercise starts
    """

    exercise: str
    side: Side
    repetitions: int | None = None
    sets: int = 1
    rest_s: float | None = None
    minutes: float | None = None
    target_success: float | None = None
    adapter: str | None = None
    order: tuple[str, ...] = ()
    locked: dict[str, float] = field(default_factory=dict)
    probe_every: int = 0
    probe_levels: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """version counts the plans of this person from 1; made_utc ISO 8601; by and reason are free words.

    onset       ISO date of the stroke or injury, "" where unknown; early_dose: the whole dose is allowed in
                the first days after it
    contact     whom to call when something is wrong, as it stands on the screen; "" where nobody said
    sha256  of the file's bytes, "" where there is no file
    """

    patient: str
    aim: Aim = "restitution"
    limits: Limits = field(default_factory=Limits)
    prescriptions: tuple[Prescription, ...] = ()
    onset: str = ""
    early_dose: bool = False
    contact: str = ""
    version: int = 1
    made_utc: str = ""
    by: str = ""
    reason: str = ""
    sha256: str = ""
