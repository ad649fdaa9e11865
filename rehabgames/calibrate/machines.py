"""Which machine runs which kind of protocol."""

from __future__ import annotations

from rehabgames.calibrate.calibration import Calibration
from rehabgames.calibrate.in_turn import InTurn
from rehabgames.calibrate.movement import MovementCalibration
from rehabgames.calibrate.reach import ReachCalibration
from rehabgames.calibrate.room import RoomCalibration
from rehabgames.core.landmarks import Side
from rehabgames.core.protocol import MovementProtocol, Protocol, ReachProtocol, RoomProtocol
from rehabgames.safety import Envelope


def calibration_of(protocol: Protocol, envelope: Envelope, side: Side, arm_px_guess: float) -> Calibration:
    """The machine of a protocol. arm_px_guess: the arm length by which hands come in; a movement or a
    room has no use for it. Raises ValueError for a protocol of no known kind."""
    if isinstance(protocol, ReachProtocol):
        if protocol.asks:
            return InTurn(protocol, envelope, side, arm_px_guess)
        return ReachCalibration(protocol, envelope, side, arm_px_guess)
    if isinstance(protocol, MovementProtocol):
        return MovementCalibration(protocol, envelope, side)
    if isinstance(protocol, RoomProtocol):
        return RoomCalibration(protocol, side)
    raise ValueError(f"there is no machine for a {type(protocol).__name__}")
