"""Floor 2: protocol → profile."""

from rehabgames.calibrate.calibration import Calibration, Part
from rehabgames.calibrate.in_turn import InTurn
from rehabgames.calibrate.machines import calibration_of
from rehabgames.calibrate.movement import MovementCalibration
from rehabgames.calibrate.reach import ReachCalibration
from rehabgames.calibrate.recheck import Recheck
from rehabgames.calibrate.room import RoomCalibration

__all__ = [
    "Calibration",
    "InTurn",
    "MovementCalibration",
    "Part",
    "ReachCalibration",
    "Recheck",
    "RoomCalibration",
    "calibration_of",
]
