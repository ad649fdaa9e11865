"""Course: the life of a trial, which is the same in every game."""

from __future__ import annotations

import math
from typing import Generic, Literal, TypeVar

from rehabgames.core.message import Message
from rehabgames.core.trial import Outcome, OutcomeReason, TrialSpec
from rehabgames.core.view import Cue
from rehabgames.games.holding import Hold

Own = TypeVar("Own", bound=str)  # names of a game's own stages


class Course(Generic[Own]):
    """A trial is "idle" until it begins. Then it goes through the game's own stages while it is played, is
    "saving" until its outcome is on record, "shown" for show_s, and idle again. One that is stopped is idle
    at once.

    stage    where it is
    begun    there was a first trial: before that there is no spec
    clock_s  for how long it is played, or was
    shown_s  for how long its end is shown
    hold     of the current stage
    targets  number of the target that is asked for, counted through the whole session
    outcome  of the trial; None while it is played
    counted  it was a repetition; said when the outcome is on record
    """

    def __init__(self, show_s: float) -> None:
        self._show_s = show_s
        self._spec: TrialSpec | None = None
        self._told: list[Cue] = []
        self.stage: Own | Literal["idle", "saving", "shown"] = "idle"
        self.clock_s = self.shown_s = 0.0
        self.hold = Hold()
        self.targets = 0
        self.outcome: Outcome | None = None
        self.counted = False

    def begin(self, spec: TrialSpec, stage: Own, targets: int = 1) -> None:
        """targets: so many numbers are taken, where there are several to go to; the last is current."""
        self._spec, self.outcome, self.counted = spec, None, False
        self.clock_s = 0.0
        self.go_on(stage, targets)

    def go_on(self, stage: Own, targets: int = 1) -> None:
        """To another of the game's own stages. targets: 0 where the target is the same as before."""
        self.stage = stage
        self.targets += targets
        self.hold.clear()

    def step(self, dt_s: float) -> bool:
        """Time goes by. True while the trial is played."""
        if self.stage == "shown":
            self.shown_s += dt_s
            if self.shown_s >= self._show_s:
                self.stage = "idle"
        if not self.playing:
            return False
        self.clock_s += dt_s
        return True

    def end(
        self,
        *,
        success: bool | None,
        reason: OutcomeReason,
        margin: float = math.nan,
        reached: float = math.nan,
        reach_s: float = math.nan,
        path_ratio: float = math.nan,
        duration_s: float | None = None,
    ) -> Outcome:
        """The outcome of the trial, see there; duration_s: None where the clock says it."""
        self.stage = "idle" if reason == "stopped" else "saving"
        self.outcome = Outcome(
            self.spec.number,
            success,
            reason,
            margin=margin,
            reached=reached,
            reach_s=reach_s,
            duration_s=self.clock_s if duration_s is None else duration_s,
            path_ratio=path_ratio,
        )
        return self.outcome

    def settle(self, *, counted: bool) -> bool:
        """The outcome is on record. True where there was one to wait for: then it is shown from now on."""
        if self.stage != "saving":
            return False
        self.stage, self.shown_s, self.counted = "shown", 0.0, counted
        return True

    @property
    def begun(self) -> bool:
        return self._spec is not None

    @property
    def spec(self) -> TrialSpec:
        """What is played, or was last. Raises LookupError before the first trial."""
        if self._spec is None:
            raise LookupError("no trial has begun")
        return self._spec

    @property
    def playing(self) -> bool:
        return self.stage not in ("idle", "saving", "shown")

    @property
    def time_is_up(self) -> bool:
        return self.clock_s >= self.spec.limit_s

    @property
    def won(self) -> bool:
        """The trial has ended, and well."""
        return self.outcome is not None and self.outcome.success is True

    def tell(self, kind: str, x: float, y: float) -> None:
        """Something happened there, for ear and eye; see Cue."""
        self._told.append(Cue(kind, x, y))

    def cues(self) -> tuple[Cue, ...]:
        """What was told since the last call."""
        told, self._told = tuple(self._told), []
        return told

    def tell_end(self, x: float, y: float) -> None:
        """Tell how it went: a probe is never judged aloud."""
        if not self.spec.probe:
            self.tell("place" if self.counted else "miss", x, y)

    def verdict(self, missed: str = "play.missed") -> Message | None:
        """What is said while the end is shown, nothing of a probe. missed: id of the message where it did not
        count."""
        if self.stage != "shown" or self.spec.probe:
            return None
        return Message("play.well_done" if self.counted else missed)
