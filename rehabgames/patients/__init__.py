"""Virtual patients: people who do not exist, with a motor model that sees the game and moves."""

from rehabgames.patients.body import Body, Build
from rehabgames.patients.kinds import KINDS, Kind
from rehabgames.patients.patient import Patient, posture

__all__ = ["KINDS", "Body", "Build", "Kind", "Patient", "posture"]
