"""Floor 4: plan → calibration → trials, the only loop."""

from rehabgames.session.session import Session, Step
from rehabgames.session.setup import Setup

__all__ = ["Session", "Setup", "Step"]
