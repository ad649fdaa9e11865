"""Floor 2: protocol → profile."""

from rehabgames.calibrate.reach import ReachCalibration

__all__ = ["ReachCalibration"]
