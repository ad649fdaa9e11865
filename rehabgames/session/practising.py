"""Practising: a first try that does not count, so that it is understood what is asked before it is judged.

It is as easy as the exercise can be, in its middle direction. Nothing adapts to it and it is none of the
record's trials; but it is a repetition of the body, so that the caps count it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from rehabgames.core.exercise import Exercise
from rehabgames.core.message import Message
from rehabgames.core.trial import Outcome, TrialSpec
from rehabgames.games import Game
from rehabgames.safety import Guard, Refusal
from rehabgames.session.diary import Diary
from rehabgames.session.guarded import BrokenError

NUMBER: Final = 1_000_000  # no trial of a session has it: what is seeded by it comes once
TOLD_S: Final = 3.0  # for which it is said that it does not count, and that it does now
BETWEEN_S: Final = 2.5  # before the first trial


class Practising:
    """due: it is still to come; on: it is what is done now."""

    def __init__(self, exercise: Exercise, diary: Diary, *, wanted: bool) -> None:
        self._exercise, self._diary = exercise, diary
        self.due, self.on = wanted, False
        self._told: tuple[str, float] = "", 0.0

    def spec(self, game: Game, guard: Guard, now_s: float) -> TrialSpec | None:
        """None where it cannot be: then it is left out."""
        self.due = False
        directions = sorted(self._exercise.directions_deg)
        easiest = {axis.name: axis.easiest for axis in self._exercise.axes}
        try:
            wanted = game.propose(NUMBER, easiest, directions[len(directions) // 2])
        except BrokenError:
            return None
        # to the guard it is like a probe: nothing follows from it
        allowed = guard.trial(replace(wanted, probe=True), now_s)
        if isinstance(allowed, Refusal):
            return None
        self.on, self._told = True, ("play.practice", now_s)
        return replace(allowed, probe=False)

    def ended(self, spec: TrialSpec, outcome: Outcome, guard: Guard, now_s: float) -> None:
        self.on, self._told = False, ("play.counts_now", now_s)
        self._diary.practised(spec, outcome)
        guard.told(spec, outcome)

    def message(self, now_s: float) -> Message | None:
        name, since_s = self._told
        return Message(name) if name and now_s - since_s < TOLD_S else None
