"""Virtual patients: people who do not exist, with a motor model that sees the game and moves."""

from rehabgames.patients.body import Body, Build
from rehabgames.patients.close_up import CloseUpPatient, HeldUp, close_up_frame
from rehabgames.patients.condition import Before
from rehabgames.patients.kinds import KINDS, Kind
from rehabgames.patients.landmarks import Tracked, frame_of, nobody
from rehabgames.patients.patient import Patient
from rehabgames.patients.stance import posture
from rehabgames.patients.traits import (
    TRAITS,
    Dropouts,
    Fatigue,
    Learning,
    Pain,
    Refusal,
    Soreness,
    Traits,
    person_named,
)
from rehabgames.patients.trials import TrialPatient

__all__ = [
    "KINDS",
    "TRAITS",
    "Before",
    "Body",
    "Build",
    "CloseUpPatient",
    "Dropouts",
    "Fatigue",
    "HeldUp",
    "Kind",
    "Learning",
    "Pain",
    "Patient",
    "Refusal",
    "Soreness",
    "Tracked",
    "Traits",
    "TrialPatient",
    "close_up_frame",
    "frame_of",
    "nobody",
    "person_named",
    "posture",
]
