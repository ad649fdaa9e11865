"""Timing: how late a movement is seen in this session. It is told of pictures, steps and flips, and notes the
estimate once it has settled, so that a session which breaks off has one, and again at the end."""

from __future__ import annotations

import math
from typing import Final

from rehabgames.core.delay import MotionToPhoton, outside_of
from rehabgames.core.pose import PoseFrame
from rehabgames.core.spread import Spread
from rehabgames.session.diary import Diary
from rehabgames.session.setup import Setup

SETTLED: Final = 300  # pictures: ten seconds of a common camera


class Timing:
    """All times are those of one clock, seconds; pictures of another one are left out."""

    def __init__(self, setup: Setup, diary: Diary) -> None:
        self._onlooker, self._filmed_s, self._diary = setup.onlooker, setup.filmed_s, diary
        self._every, self._captures, self._steps = Spread(), Spread(), Spread()
        self._last: tuple[float, int] | None = None  # capture and number of the last picture
        self._taken_s = math.nan  # capture of the picture that came with this step
        self._due = (math.nan, math.nan)  # capture and step of the scene that is to be flipped
        self._settled = False

    def frame(self, frame: PoseFrame) -> None:
        """A picture came with the step that is made now."""
        if not frame.fresh:
            return
        if self._last is not None and frame.index > self._last[1]:
            self._every.add(1000 * (frame.t_s - self._last[0]) / (frame.index - self._last[1]))
        self._last, self._taken_s = (frame.t_s, frame.index), frame.t_s

    def stepped(self, now_s: float) -> None:
        """That step is made."""
        self._due, self._taken_s = (self._taken_s, now_s), math.nan

    def flipped(self, at_s: float) -> None:
        """Its scene is on the screen."""
        captured_s, step_s = self._due
        self._due = (math.nan, math.nan)
        self._captures.add(1000 * (at_s - captured_s))
        self._steps.add(1000 * (at_s - step_s))
        if not self._settled and len(self._captures) >= SETTLED:
            self._settled = True
            self.note()

    def note(self) -> None:
        """Write down what is known by now, where anything is."""
        if len(self._captures) and len(self._every):
            self._diary.motion_to_photon(self._found())

    def _found(self) -> MotionToPhoton:
        every_s, to_flip_s = (_middle_s(each) for each in (self._every, self._captures))
        return MotionToPhoton(
            len(self._captures),
            every_s,
            self._captures.told(),
            self._steps.told(),
            outside_of(self._onlooker, self._filmed_s, every_s, to_flip_s),
        )


def _middle_s(spread: Spread) -> float:
    ms = spread.percentile(50)
    return math.nan if ms is None else ms / 1000
