"""Scene: what a session is at one instant, as the view that people get of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from rehabgames.core.document import StopStatus
from rehabgames.core.message import Message
from rehabgames.core.pose import PoseFrame
from rehabgames.core.sample import Sample
from rehabgames.core.trial import Space
from rehabgames.core.view import Guide, Lacks, Phase, Target, View
from rehabgames.session import shown
from rehabgames.session.calibrating import Calibrating
from rehabgames.session.confirming import Confirming
from rehabgames.session.farewell import farewell
from rehabgames.session.pausing import Pausing
from rehabgames.session.play import Play
from rehabgames.session.setup import Setup

PLACE: Final = "orchard"  # where no exercise says otherwise


@dataclass(frozen=True, slots=True)
class Scene:
    """steers: `sample` with what steers carried forward to when it is seen; space: of the play coordinates;
    unsupported: it waits for something to hold on to; trouble: what cannot be saved."""

    setup: Setup
    now_s: float
    frame: PoseFrame | None
    sample: Sample
    steers: Sample
    space: Space
    pausing: Pausing
    confirming: Confirming
    confirmed: int
    calibrating: Calibrating | None
    play: Play | None
    trouble: Message | None
    closed: StopStatus | None
    reason: str
    unsupported: bool
    halting: float

    def view(self) -> View:
        frame, play, exercise, side = self.frame, self.play, self.setup.exercise, self.setup.side
        shows, phase = shown.shows_of(self.setup), self._phase()
        lacks = self.pausing.lacks(phase)
        body_px, hand_px = shown.landmarks_of(frame, shows, side, present=self.sample.present)
        return View(
            t_s=self.now_s,
            phase=phase,
            place=exercise.place if exercise else PLACE,
            side=side,
            seed=self.setup.seed,
            window=shown.window_of(self.space, side, self.setup.limits),
            target=self._target(),
            guide=self._guide(phase, lacks),
            things=play.game.things() if play is not None else (),
            hand=shown.hand_of(self.steers),
            prompt=self._prompt(phase, lacks),
            count=play.successes if play else 0,
            goal=self._goal(),
            score=play.score if play else 0,
            progress=self._progress(),
            performance=play is not None and play.performance,
            trunk=play.trunk if play is not None else 0.0,
            seconds_left=play.seconds_left if play else None,
            body_px=body_px,
            hand_px=hand_px,
            shows=shows,
            lacks=lacks,
            countdown=self.pausing.countdown(self.now_s) if self.closed is None else 0,
            picture_size=frame.size if frame is not None else (0, 0),
            confirmed=self.confirmed,
            halting=self.halting,
        )

    @property
    def _goes_on(self) -> bool:
        return self.closed is None and self.pausing.why is None

    def _target(self) -> Target | None:
        if not self._goes_on:
            return None
        if self.play is not None:
            return self.play.game.target()
        return None if self.calibrating is None else self.calibrating.machine.target()

    def _guide(self, phase: Phase, lacks: Lacks) -> Guide | None:
        if lacks == "alone":
            return Guide("one_person", self.setup.side, False, 0.0, 0, 0, 0, shows=shown.shows_of(self.setup))
        if phase == "looking" or self._asks_in_a_pause:
            return self.confirming.guide()
        if not self._goes_on or self.play is not None or self.calibrating is None:
            return None
        return self.calibrating.machine.guide()

    @property
    def _asks_in_a_pause(self) -> bool:
        waits = self.pausing.why == "other_person" and not math.isfinite(self.pausing.goes_on_s)
        return self.closed is None and waits and self.confirming.asks

    def _phase(self) -> Phase:
        if self.closed is not None:
            return "done"
        if self.pausing.why is not None:
            return "paused"
        if self.play is not None:
            if self.play.dosing.resting is not None:
                return "rest"
            return "saving" if self.play.saving and self.trouble else "play"
        if self.calibrating is None:
            return "looking"
        return "rest" if self.calibrating.machine.part == "rest" else "calibrate"

    def _prompt(self, phase: Phase, lacks: Lacks) -> Message | None:
        if self.closed is not None:
            machine = None if self.calibrating is None else self.calibrating.machine
            exercise, made = self.setup.exercise, self.play.successes if self.play else 0
            return farewell(self.closed, self.reason, made, machine, exercise.id if exercise else "")
        if self.trouble is not None:
            return self.trouble
        if phase == "looking":
            return self._looking(lacks)
        if phase == "paused":
            lost = self.pausing.prompt(shown.shows_of(self.setup))
            return (self._asks_in_a_pause and self.confirming.prompt()) or lost
        if self.play is not None:
            return self.play.prompt()
        return None if self.calibrating is None else self.calibrating.machine.prompt()

    def _looking(self, lacks: Lacks) -> Message:
        if self.unsupported:
            return Message("look.support")
        asked = self.confirming.prompt()
        if asked is not None and lacks not in ("alone", "camera", "upright"):
            return asked
        return self.pausing.asked() or shown.come_in(shown.shows_of(self.setup))

    def _goal(self) -> int:
        """How many are to be made, 0 where time alone ends it."""
        if self.setup.exercise is None or self.setup.minutes is not None:
            return 0
        return self.play.dosing.repetitions if self.play else self.setup.exercise.dose.repetitions

    def _progress(self) -> float:
        if self.play is not None:
            return self.play.dosing.progress
        return self.calibrating.machine.progress() if self.calibrating is not None else 0.0
