"""The room check: one check after the other, each with what would put it right, until it is right.

What stays wrong for the protocol's time is refused with its reason, and the next check follows: whoever
puts things right hears of all of them at once.
"""

from __future__ import annotations

import math
from typing import Final

from rehabgames.calibrate.calibration import LONGEST_GAP_S, Part
from rehabgames.calibrate.prompts import guided
from rehabgames.calibrate.room_checks import CHECKS, Finding
from rehabgames.calibrate.side_check import SideCheck
from rehabgames.core.landmarks import SIDES, Side
from rehabgames.core.measured import Validity
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.pose import PoseFrame
from rehabgames.core.protocol import RoomProtocol
from rehabgames.core.sample import Sample
from rehabgames.core.view import Cue, Guide, Target

UNKNOWN_S: Final = 5.0  # so long a picture may leave something untold before it is refused


class RoomCalibration:
    """A Calibration whose profile holds 1.0 for every check that was passed."""

    needs: tuple[str, ...] = ()

    def __init__(self, protocol: RoomProtocol, side: Side) -> None:
        self._protocol = protocol
        self._side: Side = side
        self.part: Part = "ask"
        self._index = 0
        self._last_s: float | None = None
        self._cues: list[Cue] = []
        self._number = 0
        self._shown: tuple[str, Side, bool, int] | None = None
        self.found: dict[str, float] = {}
        self.refused: dict[str, str] = {}
        self._sides: SideCheck | None = None
        self._finding = Finding()
        self._elapsed_s = self._steady_s = self._unknown_s = 0.0
        self._begin()

    def step(self, frame: PoseFrame, sample: Sample) -> None:
        t_s = frame.t_s
        if (
            self.part == "done"
            or not math.isfinite(t_s)
            or (self._last_s is not None and t_s <= self._last_s)
        ):
            return
        dt_s = 0.0 if self._last_s is None else min(t_s - self._last_s, LONGEST_GAP_S)
        self._last_s = t_s
        if self._sides is not None:
            self._sides.step(frame, dt_s)
            if self._sides.over:
                self._settle(self._sides.why)
        else:
            self._judge(CHECKS[self._check](frame, sample.present, self._protocol.posture), dt_s)
        self._count_guides()

    def target(self) -> Target | None:
        return None

    def guide(self) -> Guide | None:
        if self.part == "done":
            return None
        shows = self._protocol.posture
        if self._sides is not None:
            sides = self._sides
            done, of = sides.done, len(SIDES)
            return Guide(
                "raise_hand", sides.asked, sides.back, sides.share, done, of, self._number, shows=shows
            )
        share = min(1.0, self._steady_s / self._protocol.steady_s)
        return Guide(self._finding.guide or "rest", self._side, False, share, 0, 0, self._number, shows=shows)

    def prompt(self) -> Message:
        if self.part == "done":
            return self._farewell()
        if self._sides is None:
            return guided(self._finding.guide or "rest", self._side)
        if self._sides.wrong and not self._sides.back:
            return guided("raise_hand_again", self._sides.asked)
        return guided("raise_hand", self._sides.asked, back=self._sides.back)

    def progress(self) -> float:
        return min(1.0, self._index / max(1, len(self._protocol.checks)))

    def cues(self) -> tuple[Cue, ...]:
        told, self._cues = tuple(self._cues), []
        return told

    def profile(self) -> Profile:
        if self.part != "done":
            raise ValueError("the calibration is not done")
        return Profile(self._protocol.id, self._side, found=dict(self.found), refused=dict(self.refused))

    def _farewell(self) -> Message:
        if Validity.WRONG_SIDE.name in self.refused.values():
            return Message("room.wrong_side")
        return Message("room.refused" if self.refused else "room.fine")

    @property
    def _check(self) -> str:
        return self._protocol.checks[self._index]

    def _judge(self, finding: Finding, dt_s: float) -> None:
        self._finding = finding
        self._elapsed_s += dt_s
        self._steady_s = self._steady_s + dt_s if finding.good else 0.0
        self._unknown_s = self._unknown_s + dt_s if finding.why is Validity.TOO_FEW else 0.0
        if self._steady_s >= self._protocol.steady_s:
            self._settle(Validity.GOOD)
        elif self._elapsed_s >= self._protocol.timeout_s or self._unknown_s >= UNKNOWN_S:
            self._settle(finding.why if not finding.good else Validity.GAP)

    def _settle(self, why: Validity) -> None:
        if why is Validity.GOOD:
            self.found[self._check] = 1.0
            self._cues.append(Cue("calibrated"))
        else:
            self.refused[self._check] = why.name
        self._index += 1
        if self._index >= len(self._protocol.checks):
            self.part = "done"
        else:
            self._begin()

    def _begin(self) -> None:
        steady_s, timeout_s = self._protocol.steady_s, self._protocol.timeout_s
        self._sides = SideCheck(steady_s, timeout_s) if self._check == "side" else None
        self._finding = Finding()
        self._elapsed_s = self._steady_s = self._unknown_s = 0.0

    def _count_guides(self) -> None:
        """Whoever looks sees by the number that something else is asked."""
        guide = self.guide()
        if guide is None:
            return
        tries = self._sides.tries if self._sides is not None else 0
        shown = (guide.name, guide.side, guide.back, tries)
        if self._shown is not None and shown != self._shown:
            self._number += 1
        self._shown = shown
