"""Watching: what is told of camera, tracking and record while a visit goes on."""

from __future__ import annotations

from collections.abc import Iterable

from rehabgames.core.inputs import Input, NotRecorded, Recorded, TrackingTrouble
from rehabgames.visit.troubles import CAMERAS, known


class Watching:
    """Told of every step.

    code     of the camera's or the tracking's trouble, "" for none
    waits    that may end by itself: the tracking looks out for the camera
    unsaved  something cannot be written down
    """

    def __init__(self) -> None:
        self.code = ""
        self.waits = self.unsaved = False
        self._camera = "camera_gone"  # what was said last of a camera that is waited for

    def hear(self, heard: Iterable[Input], *, gone: bool) -> None:
        """gone: the camera has given nothing for long."""
        for each in heard:
            if isinstance(each, TrackingTrouble) and each.fatal:
                self.code, self.waits = known(each.code), False
            elif isinstance(each, TrackingTrouble) and each.code in CAMERAS:
                # it was there before
                self._camera = "camera_gone" if each.code == "camera_none" else each.code
            elif isinstance(each, NotRecorded | Recorded):
                self.unsaved = isinstance(each, NotRecorded)
        if gone and not self.code:
            self.code, self.waits = self._camera, True
        elif self.waits and not gone:
            self.begin()

    def begin(self) -> None:
        """The camera is begun anew, or is back."""
        self.code, self.waits, self._camera = "", False, "camera_gone"
