"""Floor 4: plan → calibration → trials, the only loop."""

from rehabgames.session.halting import Halting
from rehabgames.session.session import Session
from rehabgames.session.setup import Setup
from rehabgames.session.step import Step

__all__ = ["Halting", "Session", "Setup", "Step"]
