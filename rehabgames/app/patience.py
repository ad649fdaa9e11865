"""Patience: how long a session may look and calibrate where nobody is there who would end it.

A session itself waits for as long as it takes. At home that is right: whoever went to fetch a chair comes
back. A virtual patient or a video that has not begun after so long never will.
"""

from __future__ import annotations

from typing import Final

from rehabgames.core.errors import UseError, VideoError
from rehabgames.core.view import Phase
from rehabgames.session import Setup
from rehabgames.tracking.sources import SourceSpec, VideoSpec, WebcamSpec

LOOKING_S: Final = 120.0
CALIBRATING_S: Final = 900.0  # what ships takes less than half of it, with every time-out
NOT_BEGUN, NOT_CALIBRATED = "not_begun", "not_calibrated"


class Patience:
    """See live.Ending: until something is played."""

    def __init__(self) -> None:
        self._since_s: dict[bool, float] = {}  # looking or not → when that was first so

    def lost(self, phase: Phase, *, playing: bool, now_s: float) -> str:
        """Why it is to be stopped, as the reason of a session; "" while it is waited for."""
        if playing:
            return ""
        looking = phase == "looking"
        waited_s = now_s - self._since_s.setdefault(looking, now_s)
        if waited_s < (LOOKING_S if looking else CALIBRATING_S):
            return ""
        return NOT_BEGUN if looking else NOT_CALIBRATED


def patience_with(spec: SourceSpec) -> Patience | None:
    """None with a webcam: people are waited for."""
    return None if isinstance(spec, WebcamSpec) else Patience()


def impatient(setup: Setup, reason: str, spec: SourceSpec) -> UseError | None:
    """What to tell where it was stopped for one of these reasons; None where it was not."""
    whole = setup.exercise or setup.protocol
    who = str(spec.path) if isinstance(spec, VideoSpec) else "The virtual patient"
    if reason == NOT_BEGUN:
        what = f"{who} was not seen as {whole.id} needs it for {LOOKING_S:g} seconds"
    elif reason == NOT_CALIBRATED:
        what = f"{who} had not come to the end of the calibration after {CALIBRATING_S / 60:g} minutes"
    else:
        return None
    what += "; the session was stopped and is saved."
    if isinstance(spec, VideoSpec):
        return VideoError(what, f"Choose a video that was filmed as is needed here. {whole.camera}")
    return UseError(what, f"See whether a file is at fault: rehabgames check {whole.id}")
