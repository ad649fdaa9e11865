"""Guarded: a game that may be somebody else's code. One that raises, hangs or answers nonsense is over; the
session is saved and says so."""

from __future__ import annotations

import math
from collections.abc import Callable
from copy import deepcopy
from typing import Any, TypeVar

from rehabgames.core.message import Message
from rehabgames.core.trial import Outcome, TrialSpec
from rehabgames.core.view import Cue, Target, Thing
from rehabgames.games import Game
from rehabgames.session.answers import plain_outcome, sound, too_large
from rehabgames.session.diary import Diary
from rehabgames.session.plugged import Bounded

T = TypeVar("T")
MOST_SHOWN = 200  # things, or cues in one step: more than anybody could see
GRACE_S = 5.0  # so long after its time a try has to have ended


class BrokenError(Exception):
    """The game broke before and is not asked any more."""


class Guarded:
    """A Game that asks another one. `broken`: it raised, hung or answered with what no game may.

    shows: whether a target may be shown at this place (play coordinates). What it gets of others are copies.
    """

    def __init__(
        self,
        make: Callable[[], Game],
        name: str,
        diary: Diary,
        bounded: Bounded,
        shows: Callable[[tuple[float, float]], bool] = lambda _: True,
    ) -> None:
        self._name, self._diary, self._bounded, self._shows = name, diary, bounded, shows
        self.broken = False
        self._running: int | None = None  # number of the trial that has begun and not ended
        self._left_s = math.inf  # of its time
        self._game: Any = self._done(make)

    def propose(self, number: int, levels: dict[str, float], direction_deg: float) -> TrialSpec:
        """Raises BrokenError, also where it broke before."""
        spec = self._asked("propose", number, dict(levels), direction_deg)
        if not self.broken and not (isinstance(spec, TrialSpec) and spec.number == number):
            self._broke("plug_in_answered")
        if self.broken:
            raise BrokenError
        return spec  # type: ignore[no-any-return]  # its parts are looked at by the guard of trials

    def begin(self, spec: TrialSpec) -> None:
        self._running, self._left_s = spec.number, spec.limit_s + GRACE_S
        self._asked("begin", deepcopy(spec))

    def step(self, hand: tuple[float, float], dt_s: float, grip: float = math.nan) -> Outcome | None:
        outcome = self._one("step", Outcome, hand, dt_s, grip)
        if outcome is not None:
            return self._ended(outcome)
        self._left_s -= dt_s
        if self._running is not None and self._left_s < 0:
            self._broke("plug_in_never_ended")
        return None

    def abandon(self) -> Outcome | None:
        outcome = self._one("abandon", Outcome)
        if self._running is None and outcome is None:
            return None
        if outcome is None or outcome.success is not None:  # it goes on, or judges what was cut short
            self._broke("plug_in_answered")
            return None
        return self._ended(outcome)

    def _ended(self, outcome: Outcome) -> Outcome | None:
        """The outcome, where it is of the trial that runs."""
        if outcome.number != self._running:
            self._broke("plug_in_answered")
            return None
        self._running = None
        return plain_outcome(outcome)

    def settle(self, *, counted: bool) -> None:
        self._done(lambda: self._game.settle(counted=counted))

    def target(self) -> Target | None:
        target = self._one("target", Target)
        if target is None or self._shows((float(target.x), float(target.y))):
            return target
        self._broke("plug_in_went_too_far")
        return None

    def things(self) -> tuple[Thing, ...]:
        return self._all("things", Thing)

    def prompt(self) -> Message | None:
        return self._one("prompt", Message)

    def cues(self) -> tuple[Cue, ...]:
        return self._all("cues", Cue)

    def _one(self, name: str, kind: type[T], *given: object) -> T | None:
        answer = self._asked(name, *given)
        if answer is None or (isinstance(answer, kind) and sound(answer)):
            return answer
        self._broke("plug_in_answered")
        return None

    def _all(self, name: str, kind: type[T]) -> tuple[T, ...]:
        answer = self._asked(name)
        few = isinstance(answer, tuple) and len(answer) <= MOST_SHOWN
        if few and all(isinstance(each, kind) and sound(each) for each in answer) and not too_large(answer):
            return answer  # type: ignore[no-any-return]  # looked at in this line
        self._broke("plug_in_answered")
        return ()

    def _asked(self, name: str, *given: object) -> Any:
        return self._done(lambda: getattr(self._game, name)(*given))

    def _done(self, work: Callable[[], Any]) -> Any:
        """What the work gives; None where it fails, and ever after."""
        if self.broken:
            return None
        try:
            return self._bounded(work)
        except TimeoutError:
            self._broke("plug_in_hung")
        except Exception:  # a plug-in may raise anything
            self._broke("plug_in_raised")
        return None

    def _broke(self, how: str) -> None:
        if not self.broken:
            self.broken = True
            self._diary.event(how, game=self._name)
