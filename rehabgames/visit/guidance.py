"""Guidance: what a screen tells whoever cannot be seen well, and whether a hand may choose now.

It looks at pictures as a session that looks for somebody does (session.pausing) and as a room check does for
the distance (calibrate.room_checks). Whose face it is does not matter here: anybody may answer a screen, and
no try is credited for it.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from rehabgames.calibrate.room_checks import distance
from rehabgames.core.exercise import Posture
from rehabgames.core.inputs import Input, Woke
from rehabgames.core.limits import Limits
from rehabgames.core.message import Message
from rehabgames.core.pose import PoseFrame
from rehabgames.core.sample import Sample
from rehabgames.core.view import Lacks
from rehabgames.safety import Guard
from rehabgames.session.pausing import Pausing
from rehabgames.session.shown import come_in

TOLD_S: Final = 1.0  # what lacks for less is not told: words must not flicker
GONE_S: Final = 20.0  # a camera that gives nothing for so long is a trouble, and not only a pause
DISTANCES: Final = ("come_closer", "step_back")


class Guidance:
    """Told of every picture and every step.

    lacks   what of camera, light, person is missing, or that nobody else is in the picture; "" for nothing
    """

    def __init__(self) -> None:
        self._pausing = Pausing(Guard(Limits(), ()), alone=True)
        self.lacks: Lacks = ""
        self._far = ""  # guide of the distance that is not right
        self._told = ""
        self._since_s = self._now_s = 0.0
        self._picture_s = math.nan  # when the newest came; NaN before the first

    def picture(self, frame: PoseFrame, sample: Sample, posture: Posture, now_s: float) -> None:
        """sample: of the choosing hand."""
        self._pausing.picture(min(frame.t_s, now_s), replace(frame, whose=""))
        if frame.fresh:
            self._picture_s = now_s
        finding = distance(frame, sample.present, posture)
        self._far = finding.guide if finding.guide in DISTANCES else ""

    def update(self, heard: tuple[Input, ...], sample: Sample, now_s: float) -> None:
        for each in heard:
            self._pausing.hear(each)
            if isinstance(each, Woke) and not math.isnan(self._picture_s):
                self._picture_s = now_s  # the clock may have gone on while the camera slept
        self._now_s = now_s
        self._pausing.update(sample, now_s, seen=sample.present, playing=False)
        self.lacks = self._pausing.lacks("looking")
        told = self.lacks or self._far
        if told != self._told:
            self._told, self._since_s = told, now_s

    def begin(self) -> None:
        """The camera is begun anew: it is waited for as at the start."""
        self._picture_s = math.nan

    @property
    def alone(self) -> bool:
        """Nobody else is in the picture, whose hand might choose."""
        return self.lacks != "alone"

    @property
    def gone(self) -> bool:
        """The camera gave pictures, and has given none for long."""
        return self._now_s - self._picture_s >= GONE_S  # before the first one the tracker tells

    @property
    def sign(self) -> str:
        """Its pictogram, of the folder "signs"."""
        if not self.lacks:
            return {"come_closer": "lacks_closer", "step_back": "lacks_back"}.get(self._far, "")
        return "looking_sitting" if self.lacks == "person" else f"lacks_{self.lacks}"

    def prompt(self) -> Message | None:
        """What is told of it; None where nothing is, or not yet."""
        if not self._told or self._now_s - self._since_s < TOLD_S:
            return None
        if self.lacks == "camera" and math.isnan(self._picture_s):
            return Message("guide.camera_starts")
        if self.lacks == "person":
            return come_in("sitting")
        return self._pausing.asked() if self.lacks else Message(f"guide.{self._far}")
