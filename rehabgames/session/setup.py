"""Setup: everything a session knows before it begins."""

from __future__ import annotations

from dataclasses import dataclass, field

from rehabgames.core.exercise import Exercise, Protocol
from rehabgames.core.landmarks import Side
from rehabgames.core.person import Limits, Profile


@dataclass(frozen=True, slots=True)
class Setup:
    """patient is a pseudonym; started_utc and zone are text for the record (the session has no clock
    of its own); profile None means: calibrate first. source says which camera, versions which
    programs. minutes, where given, takes the place of the dose's, never more than the exercise's."""

    session_id: str
    patient: str
    exercise: Exercise
    protocol: Protocol
    side: Side
    seed: int
    started_utc: str
    zone: str
    limits: Limits = field(default_factory=Limits)
    profile: Profile | None = None
    minutes: float | None = None
    source: str = ""
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def play_s(self) -> float:
        """How long the exercise is played."""
        longest = self.exercise.dose.minutes
        return 60.0 * (longest if self.minutes is None else min(longest, self.minutes))
