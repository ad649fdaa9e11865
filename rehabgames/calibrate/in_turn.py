"""In turn: how far the hand reaches, then movements that are asked, as one calibration with one profile.

Games that steer by the arm and grip with the hand need both. Each part rests, asks and refuses as it does
alone; the reach comes first, for a hand that has just been closed hard is slow to reach.
"""

from __future__ import annotations

from dataclasses import replace

from rehabgames.calibrate.calibration import Part
from rehabgames.calibrate.movement import MovementCalibration
from rehabgames.calibrate.reach import ReachCalibration
from rehabgames.core.landmarks import Side
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.pose import PoseFrame
from rehabgames.core.protocol import MovementProtocol, ReachProtocol
from rehabgames.core.sample import Sample
from rehabgames.core.view import Cue, Guide, Target
from rehabgames.safety import Envelope


class InTurn:
    """A Calibration of a protocol of reach that has asks. arm_px_guess: as for ReachCalibration."""

    def __init__(self, protocol: ReachProtocol, envelope: Envelope, side: Side, arm_px_guess: float) -> None:
        self.reach = ReachCalibration(protocol, envelope, side, arm_px_guess)
        self.movement = MovementCalibration(_asked(protocol), envelope, side)
        self._parts = (len(protocol.directions_deg), len(protocol.asks))

    @property
    def needs(self) -> tuple[str, ...]:
        return self.movement.needs

    @property
    def part(self) -> Part:
        """Each of the two begins with a rest."""
        return self.reach.part if self._reaching else self.movement.part

    def step(self, frame: PoseFrame, sample: Sample) -> None:
        if self._reaching:
            self.reach.step(frame, sample)
        else:
            self.movement.step(frame, sample)

    def target(self) -> Target | None:
        return self.reach.target() if self._reaching else self.movement.target()

    def guide(self) -> Guide | None:
        return None if self._reaching else self.movement.guide()

    def prompt(self) -> Message:
        return self.reach.prompt() if self._reaching else self.movement.prompt()

    def progress(self) -> float:
        """Each direction and each movement is worth the same."""
        reaches, asks = self._parts
        done = reaches * self.reach.progress() + asks * self.movement.progress()
        return done / max(1, reaches + asks)

    def cues(self) -> tuple[Cue, ...]:
        return (*self.reach.cues(), *self.movement.cues())

    def profile(self) -> Profile:
        """That of the reach, with what the movements found and refused. Raises ValueError before part is
        "done"."""
        moved = self.movement.profile()
        reached = self.reach.profile()
        return replace(reached, found=moved.found, refused=reached.refused | moved.refused)

    def noise_of(self, name: str) -> float:
        """RMS at rest of the signal that this ask watched; NaN where it is not known."""
        return self.movement.noise_of(name)

    @property
    def _reaching(self) -> bool:
        return self.reach.part != "done"


def _asked(protocol: ReachProtocol) -> MovementProtocol:
    """The asks of it, as a protocol of their own."""
    return MovementProtocol(
        id=protocol.id,
        title=protocol.title,
        posture=protocol.posture,
        camera=protocol.camera,
        rest_s=protocol.rest_s,
        sha256=protocol.sha256,
        asks=protocol.asks,
    )
