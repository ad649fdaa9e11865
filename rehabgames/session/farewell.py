"""Farewell: what is said when a session is over."""

from __future__ import annotations

from typing import Final

from rehabgames.calibrate import Calibration
from rehabgames.core.document import StopStatus
from rehabgames.core.message import Message

WORDS: Final = {"game": Message("done.game"), "no_range": Message("done.no_range")}  # by the reason


def farewell(
    closed: StopStatus, reason: str, made: int, calibration: Calibration | None, exercise: str
) -> Message:
    """made: how many repetitions counted; exercise: "" where only a calibration was done."""
    if closed != "completed":
        return WORDS.get(reason, Message("done.stopped"))
    if exercise:
        return Message("done.summary", {"count": made})
    return Message("calibrate.done") if calibration is None else calibration.prompt()
