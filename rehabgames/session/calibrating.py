"""Calibrating: the protocol of a session, begun with a re-check where an earlier profile is offered."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from rehabgames.calibrate import Calibration, Recheck, RoomCalibration, calibration_of
from rehabgames.core.person import Profile
from rehabgames.core.pose import PoseFrame, Recording
from rehabgames.core.protocol import ReachProtocol, RoomProtocol
from rehabgames.core.sample import Sample
from rehabgames.core.view import Cue
from rehabgames.safety import Envelope
from rehabgames.session.control import Control
from rehabgames.session.diary import Diary
from rehabgames.session.ranges import lacking
from rehabgames.session.setup import Setup
from rehabgames.signals.noise import noise_floor


class Calibrating:
    """`step` with every picture until `done`; then `profile` is there. Watches the rest for its noise."""

    def __init__(
        self, setup: Setup, envelope: Envelope, arm_px: float, diary: Diary, control: Control
    ) -> None:
        self._setup = setup
        self._envelope = envelope
        self._arm_px = arm_px
        self._diary = diary
        self._control = control
        self._resting: list[PoseFrame] = []
        self._noted = False
        self._recheck = self._check_again(setup.previous)
        self.machine: Calibration = self._recheck or self._whole()
        self._begin("recheck" if self._recheck else "calibration")

    @property
    def done(self) -> bool:
        return self.machine.part == "done"

    @property
    def confirmed(self) -> bool:
        """A room check saw the right hands rise, one after the other: who raised them is who plays."""
        return isinstance(self.machine, RoomCalibration) and "side" in self.machine.found

    def step(self, frame: PoseFrame, sample: Sample) -> None:
        was_resting = self.machine.part == "rest" and not self._noted
        if was_resting:
            self._resting.append(frame)
        self.machine.step(frame, sample)
        if was_resting and self.machine.part != "rest":
            self._note_the_noise()  # of the first rest: the hand is in the lap
        if self.done and self._recheck is not None and not self._recheck.agrees:
            self._recheck = None
            self.machine = self._whole()
            self._begin("calibration")

    def sees(self, sample: Sample) -> bool:
        """What this protocol looks at is in the picture."""
        if isinstance(self._setup.protocol, RoomProtocol):
            return True  # to get people into the picture is what it is for
        if isinstance(self._setup.protocol, ReachProtocol) and self.machine.guide() is None:
            return sample.at is not None  # after the reach a guide may ask for movements
        return sample.present or any(map(math.isfinite, sample.values.values()))

    def cues(self) -> tuple[Cue, ...]:
        return self.machine.cues()

    def profile(self) -> Profile:
        """Numbered on from the previous one, and dated."""
        previous = self._setup.previous
        version = 1 if previous is None else previous.version + 1
        return replace(self.machine.profile(), version=version, made_utc=self._setup.started_utc)

    def _check_again(self, previous: Profile | None) -> Recheck | None:
        """None where there is no previous profile, or where it could not be played with."""
        exercise = self._setup.exercise
        if previous is None or (exercise is not None and lacking(previous, self._control.steering)):
            return None
        return Recheck(previous, self._setup.protocol, self._envelope, self._setup.side, self._arm_px)

    def _whole(self) -> Calibration:
        return calibration_of(self._setup.protocol, self._envelope, self._setup.side, self._arm_px)

    def _begin(self, what: str) -> None:
        self._noted = False
        self._control.watch(self.machine.needs)
        self._diary.event(what, protocol=self._setup.protocol.id)

    def _note_the_noise(self) -> None:
        rec = Recording.of(self._resting)
        newest = rec.t_s >= rec.t_s[-1] - self._setup.protocol.rest_s
        self._diary.noise_floor(noise_floor(rec.only(np.asarray(newest))))
        self._resting = []
        self._noted = True
