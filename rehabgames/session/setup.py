"""Setup: everything a session knows before it begins."""

from __future__ import annotations

from dataclasses import dataclass, field

from rehabgames.core.delay import Onlooker
from rehabgames.core.exercise import Exercise
from rehabgames.core.inputs import Answer, Question
from rehabgames.core.landmarks import Side
from rehabgames.core.limits import Limits
from rehabgames.core.person import Profile
from rehabgames.core.plan import Aim, Prescription
from rehabgames.core.protocol import Protocol
from rehabgames.core.trial import Learnt
from rehabgames.safety import Done


@dataclass(frozen=True, slots=True)
class Setup:
    """patient    a pseudonym
    exercise   None: calibrate by the protocol, and end
    started_utc, zone  text for the record; the session has no clock of its own
    profile    play with it as it is; None: calibrate first
    previous   the last profile of this person, protocol and side: is checked again in 20 seconds,
               and kept where it still fits
    minutes    takes the place of the dose's where given, never more than the exercise's
    prescription  what the plan says of this exercise; None: as its file says
    day        date by the wall, ISO 8601; before: what this person did earlier, the oldest first
    first_pain today's first answer, where one was given in an earlier session; held: after what was felt then
               nothing gets harder until both pain and effort are fine
    said       what the person answered before it began; asks: what is asked when the play is over, before
               it is closed
    practice   a first try does not count
    learnt     what the last session with this exercise and side found
    confirms   who plays is confirmed before anything is asked; known: and was in a session just before, since
               when the tracking has held on to them
    accompanied  somebody may stand beside: a second person does not pause, as long as the patient is told
               from them
    aim        whether an arm is to be restored or a task to be done
    source     says which camera, versions which programs
    onlooker   who sees the screen, and is seen through what
    filmed_s   motion to photon as somebody filmed it here; None where nobody did
    """

    session_id: str
    patient: str
    exercise: Exercise | None
    protocol: Protocol
    side: Side
    seed: int
    started_utc: str
    zone: str
    limits: Limits = field(default_factory=Limits)
    profile: Profile | None = None
    previous: Profile | None = None
    minutes: float | None = None
    prescription: Prescription | None = None
    confirms: bool = False
    known: bool = False
    accompanied: bool = False
    aim: Aim = "restitution"
    said: tuple[Answer, ...] = ()
    asks: tuple[Question, ...] = ()
    practice: bool = False
    learnt: Learnt | None = None
    day: str | None = None
    before: tuple[Done, ...] = ()
    first_pain: float | None = None
    held: bool = False
    source: str = ""
    onlooker: Onlooker = ""
    filmed_s: float | None = None
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def play_s(self) -> float:
        """How long the exercise is played."""
        if self.exercise is None:
            return 0.0
        longest = self.exercise.dose.minutes
        return 60.0 * (longest if self.minutes is None else min(longest, self.minutes))
