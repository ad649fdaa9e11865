"""Dosing: how much of a block is left, and when it rests: sets, caps, tiredness, and what people said."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from rehabgames.adapt.advice import Advice, advice, after_soreness
from rehabgames.adapt.fatigue import FatigueWatch
from rehabgames.core.exercise import Exercise
from rehabgames.core.inputs import Answer
from rehabgames.core.plan import Prescription
from rehabgames.core.trial import Outcome, TrialSpec
from rehabgames.safety import Guard
from rehabgames.session.setup import Setup

# refusals of the guard that time alone lifts; all others end the block
WAITED_FOR: Final = frozenset({"rest", "pain_ease", "soreness_ease", "effort_rest", "answer_again", "clock"})
LOOK_EVERY: Final = 20  # tries: so often a long set is looked at as well
AS_PRESCRIBED: Final = after_soreness(None)


class Dosing:
    """The dose of an exercise as the plan prescribes it, the guard allows it and the person bears it today.

    noise    of the hand at rest, arm lengths, NaN where unknown
    heard    what the person has said today, newest last
    resting  why nothing is asked now: "set" between two sets, "tired", or the guard's code; None in play
    ended    why nothing more will be asked in this block, None while it goes on
    """

    def __init__(
        self, setup: Setup, exercise: Exercise, guard: Guard, noise: float, heard: tuple[Answer, ...] = ()
    ) -> None:
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
        self._rest_s = 0.0
        self._watch = FatigueWatch(noise if math.isfinite(noise) else 0.0)
        self._said: dict[str, float] = {}
        self._today = self._now = AS_PRESCRIBED
        self._done, self._tries = 0, 0  # tries of all sets, and of this one
        self._sets_left = self.dose.sets if self.dose.repetitions else 0
        self._news: list[Advice] = []
        self.resting: str | None = None
        self.ended: str | None = None
        for answer in heard:
            self.hear(answer)

    @property
    def repetitions(self) -> int:
        """Of all sets, done and still to do, as it looks now."""
        this = max(0, self._each - self._tries) if self._sets_left else 0
        return self._done + this + self._each * max(0, self._sets_left - 1)

    @property
    def seconds_left(self) -> float:
        """Of play, without the rests."""
        return max(0.0, self._left_s)

    @property
    def rest_left_s(self) -> float:
        """Of the rest that is had now, as far as it is known."""
        return max(self._rest_s, self._guard.amounts.seconds_left if self.resting == "rest" else 0.0)

    @property
    def done(self) -> bool:
        return self.ended is not None or self._sets_left <= 0 or self._left_s <= 0

    @property
    def why_done(self) -> str:
        """Of a block that is done: "dose" where all tries were made, "time" where their time was over
        first, or why nothing more was asked."""
        return self.ended or ("dose" if self._sets_left <= 0 else "time")

    @property
    def progress(self) -> float:
        whole = self.repetitions
        by_count = self._done / whole if whole else 1.0
        by_time = 1 - self._left_s / self.play_s if self.play_s > 0 else 1.0
        return min(1.0, max(by_count, by_time))

    def pass_time(self, dt_s: float, now_s: float, *, playing: bool) -> None:
        """playing: the hand is seen and nothing is paused. The dose goes on while it is not, a rest does not
        use it up; nor is it play when nothing more is asked and the end of the last try is shown."""
        if playing and self.resting is None and self.ended is None:
            self._guard.amounts.played(dt_s, now_s)
            # a cap is a cap, also in the middle of a trial
            if self._guard.amounts.state != "go":
                self.refused(self._guard.amounts.state)
        else:
            self._guard.amounts.rested(dt_s, now_s)
        if self.resting is None:
            self._left_s -= dt_s
            return
        self._rest_s = max(0.0, self._rest_s - dt_s)
        if self._rest_s <= 0 and self._guard.refusal(now_s) is None:
            self.resting = None

    def tried(self, spec: TrialSpec, outcome: Outcome, now_s: float) -> None:
        """A trial was judged, or could not be; after the last one of a set comes a rest."""
        self._watch.told(spec, outcome, now_s)
        self._done, self._tries = self._done + 1, self._tries + 1
        look = self._tries >= self._each or self._tries % LOOK_EVERY == 0
        lower = self._looked() if look else False
        if self._tries >= self._each:
            self._tries, self._sets_left = 0, self._sets_left - 1
            if self._sets_left:
                self.resting, self._rest_s = "set", self.dose.rest_s + self._now.rest_s
        elif lower:
            self.resting, self._rest_s = "tired", self._now.rest_s

    def hear(self, answer: Answer) -> None:
        """What the person says of pain and effort lowers the next sets, soreness the whole of today."""
        self._said[answer.what] = answer.value
        if answer.what == "soreness":
            less = after_soreness(answer.value, self._guard.amounts.limits)
            if less.share < self._today.share:
                self._today = less
                self._left_s = min(self._left_s, less.share * self.play_s)
                self._news.append(less)
                self._sets_left = self._sets_left if self._each else 0
        elif answer.what in {"effort", "pain"}:
            self._looked()

    def refused(self, code: str) -> None:
        """The guard allows no trial now."""
        if code in WAITED_FOR:
            self.resting = code
        else:
            self.ended = code

    def news(self) -> tuple[Advice, ...]:
        """Why the dose was lowered since the last call, for the record."""
        told, self._news = tuple(self._news), []
        return told

    @property
    def _each(self) -> int:
        """Tries of a set, by today's advice and that of now."""
        both = replace(self._now, share=self._today.share * self._now.share)
        return both.repetitions(self.dose.repetitions)

    def _looked(self) -> bool:
        """True where the dose goes down by what the trials and the person say. It never goes up again."""
        limits = self._guard.amounts.limits
        less = advice(self._watch.sign(), self._said.get("effort"), self._said.get("pain"), limits)
        if less.share >= self._now.share:
            return False
        self._now = less
        self._news.append(less)
        return True
