"""Dosing: how much of a block is left, and when it rests: sets, caps, and what people said."""

from __future__ import annotations

from typing import Final

from rehabgames.core.exercise import Exercise
from rehabgames.core.plan import Prescription
from rehabgames.safety import Guard
from rehabgames.session.setup import Setup

# refusals of the guard that time alone lifts; all others end the block
WAITED_FOR: Final = frozenset({"rest", "pain_ease", "soreness_ease", "effort_rest", "answer_again", "clock"})


class Dosing:
    """The dose of an exercise as the plan prescribes it and the guard allows it.

    resting  why nothing is asked now: "set" between two sets, or the guard's code; None in play
    ended    why nothing more will be asked in this block, None while it goes on
    """

    def __init__(self, setup: Setup, exercise: Exercise, guard: Guard) -> None:
        wanted = setup.prescription or Prescription(exercise.id, setup.side)
        self._guard = guard
        self.dose = guard.amounts.dose(
            exercise.dose.repetitions if wanted.repetitions is None else wanted.repetitions,
            wanted.sets,
            guard.amounts.limits.rest_s if wanted.rest_s is None else wanted.rest_s,
            setup.play_s / 60,
        )
        self.play_s = self.dose.minutes * 60
        self._left_s = self.play_s
        self._set_rest_s = 0.0
        self._tries = 0
        self.resting: str | None = None
        self.ended: str | None = None

    @property
    def repetitions(self) -> int:
        """Of all sets."""
        return self.dose.repetitions * self.dose.sets

    @property
    def seconds_left(self) -> float:
        """Of play, without the rests."""
        return max(0.0, self._left_s)

    @property
    def rest_left_s(self) -> float:
        """Of the rest that is had now, as far as it is known."""
        return max(self._set_rest_s, self._guard.amounts.seconds_left if self.resting == "rest" else 0.0)

    @property
    def done(self) -> bool:
        return self.ended is not None or self._tries >= self.repetitions or self._left_s <= 0

    @property
    def progress(self) -> float:
        by_count = self._tries / self.repetitions if self.repetitions else 1.0
        by_time = 1 - self._left_s / self.play_s if self.play_s > 0 else 1.0
        return min(1.0, max(by_count, by_time))

    def pass_time(self, dt_s: float, now_s: float, *, playing: bool) -> None:
        """playing: the hand is seen and nothing is paused. The dose goes on while it is not, a rest does not
        use it up."""
        if playing and self.resting is None:
            self._guard.amounts.played(dt_s, now_s)
            # a cap is a cap, also in the middle of a trial
            if self._guard.amounts.state != "go":
                self.refused(self._guard.amounts.state)
        else:
            self._guard.amounts.rested(dt_s, now_s)
        if self.resting is None:
            self._left_s -= dt_s
            return
        self._set_rest_s = max(0.0, self._set_rest_s - dt_s)
        if self._set_rest_s <= 0 and self._guard.refusal(now_s) is None:
            self.resting = None

    def tried(self) -> None:
        """A trial was judged, or could not be; after the last one of a set comes a rest."""
        self._tries += 1
        if self._tries % max(1, self.dose.repetitions) == 0 and not self.done:
            self.resting, self._set_rest_s = "set", self.dose.rest_s

    def refused(self, code: str) -> None:
        """The guard allows no trial now."""
        if code in WAITED_FOR:
            self.resting = code
        else:
            self.ended = code
