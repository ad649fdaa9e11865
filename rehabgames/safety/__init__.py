"""Floor 1: what may be asked of this person at all. Small, pure, and everything passes through it."""

from rehabgames.safety.envelope import Envelope
from rehabgames.safety.over_range import OverRange

__all__ = ["Envelope", "OverRange"]
