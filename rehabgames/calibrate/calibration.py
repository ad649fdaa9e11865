"""Calibration: what every machine that turns a protocol into a profile can be asked."""

from __future__ import annotations

from typing import Final, Literal, Protocol

from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.pose import PoseFrame
from rehabgames.core.sample import Sample
from rehabgames.core.view import Cue, Guide, Target

Part = Literal["rest", "ask", "done"]

LONGEST_GAP_S: Final = (
    0.25  # between two pictures; what lies beyond was not seen. A slow camera gives 5 a second
)


class Calibration(Protocol):
    """Call `step` with every tracked picture; when `part` is "done", `profile()` is there.

    needs  full names of the signals that the samples have to hold
    """

    @property
    def needs(self) -> tuple[str, ...]: ...

    @property
    def part(self) -> Part: ...

    def step(self, frame: PoseFrame, sample: Sample) -> None:
        """Pictures that are not newer than the last one are passed over. Never raises."""

    def target(self) -> Target | None:
        """Where the hand is asked to be."""

    def guide(self) -> Guide | None:
        """Which movement is asked."""

    def prompt(self) -> Message: ...

    def progress(self) -> float:
        """0..1."""

    def cues(self) -> tuple[Cue, ...]:
        """Those since the last call."""

    def profile(self) -> Profile:
        """Raises ValueError before `part` is "done"."""
