"""Farewell: what is said when a session is over."""

from __future__ import annotations

from rehabgames.calibrate import Calibration
from rehabgames.core.document import StopStatus
from rehabgames.core.message import Message


def farewell(
    closed: StopStatus, reason: str, made: int, calibration: Calibration | None, exercise: str
) -> Message:
    """made: how many repetitions counted; exercise: "" where only a calibration was done."""
    if closed != "completed":
        return Message("done.game" if reason == "game" else "done.stopped")
    if exercise:
        return Message("done.summary", {"count": made})
    return Message("calibrate.done") if calibration is None else calibration.prompt()
