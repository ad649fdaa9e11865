"""Plugged: an adapter that may be somebody else's code. Whatever it does, the session goes on."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

from rehabgames.adapt import ADAPTERS, SHIPPED, Adapter, Path, Start
from rehabgames.core.exercise import Exercise
from rehabgames.core.message import Message
from rehabgames.core.plan import Prescription
from rehabgames.core.trial import Learnt, Outcome, TrialSpec
from rehabgames.games import GAMES
from rehabgames.safety import Guard
from rehabgames.session.diary import Diary
from rehabgames.session.setup import Setup

SAFE = Message("adapt.safe")
GONE = Message("adapt.gone")
UNEXPLAINED = Message("adapt.unexplained")
STEADY = "fixed"  # what takes the place of an adapter that cannot even begin

# Runs a piece of work and gives what it gives. Raises TimeoutError where it takes too long; a session has
# no clock, so whoever runs it says what too long is.
Bounded = Callable[[Callable[[], Any]], Any]


def at_once(work: Callable[[], Any]) -> Any:
    """Waits for as long as it takes."""
    return work()


class Plugged:
    """The adapter of a block. One that raises is asked again for the next trial; one that hung is not."""

    def __init__(self, setup: Setup, exercise: Exercise, diary: Diary, bounded: Bounded) -> None:
        self._diary = diary
        self._hung = self._replaced = False
        ordered = setup.prescription or Prescription(exercise.id, setup.side)
        self._name = ordered.adapter or exercise.adapter
        # what ships is known to be quick: a slow moment of the machine must not switch it off
        self._bounded = at_once if self._name in SHIPPED else bounded
        try:
            self._adapter: Adapter = self._call(lambda: adapter_of(setup, exercise))
        except Exception as error:  # a plug-in may raise anything
            self._wrong(error)
            self._hung, self._replaced, self._bounded = False, True, at_once
            self._adapter = adapter_of(
                replace(setup, prescription=replace(ordered, adapter=STEADY)), exercise
            )

    def levels(self, guard: Guard) -> tuple[dict[str, float], dict[str, float], Message | None]:
        """What the guard allows of what the adapter asks, what it asked ({} where that is unknown), and why
        these differ, or None where they do not."""
        asked: dict[str, float] = {}

        def ask() -> object:
            answer = self._call(self._adapter.ask)
            asked.update(answer if isinstance(answer, dict) else {})
            return answer

        silent = self._hung  # was told when it happened
        levels, rules, event = guard.levels_of(ask)
        if event is not None and not silent:
            self._diary.event("plug_in_hung" if self._hung else event, adapter=self._name)
        if event is not None:
            return levels, {}, SAFE
        if "no_rise" in rules:
            return levels, asked, Message("adapt.held")
        return levels, asked, Message("adapt.limit") if rules else None

    def explain(self) -> Message:
        if self._replaced:
            return GONE
        try:
            why = self._call(self._adapter.explain)
        except Exception as error:  # a plug-in may raise anything
            self._wrong(error)
            return UNEXPLAINED
        return why if isinstance(why, Message) else UNEXPLAINED

    def tell(self, spec: TrialSpec, outcome: Outcome) -> None:
        try:
            # copies: whatever a stranger does to them, the record and the guard keep what was played
            told = (spec, outcome) if self._name in SHIPPED else deepcopy((spec, outcome))
            self._call(lambda: self._adapter.tell(*told))
        except Exception as error:  # a plug-in may raise anything
            self._wrong(error)

    def learnt(self) -> Learnt | None:
        """What the next session may begin with."""
        try:
            told = self._call(self._adapter.learnt)
        except Exception as error:  # a plug-in may raise anything
            self._wrong(error)
            return None
        return told if isinstance(told, Learnt) else None

    def _call(self, work: Callable[[], Any]) -> Any:
        if self._hung:
            raise GoneError
        try:
            return self._bounded(work)
        except TimeoutError:
            self._hung = True
            raise

    def _wrong(self, error: Exception) -> None:
        if not isinstance(error, GoneError):
            self._diary.event("plug_in_hung" if self._hung else "plug_in_raised", adapter=self._name)


class GoneError(Exception):
    """It hung before and is not asked any more."""


def adapter_of(setup: Setup, exercise: Exercise) -> Adapter:
    """The adapter as the plan prescribes it, else as the exercise file does."""
    ordered = setup.prescription or Prescription(exercise.id, setup.side)
    path = Path(exercise.axes, ordered.order, ordered.locked)
    target = exercise.target_success if ordered.target_success is None else ordered.target_success
    rule = ADAPTERS[ordered.adapter or exercise.adapter]
    start = Start(target, seed=setup.seed)
    return Adapter(path, rule, start, setup.aim, setup.learnt, whole=GAMES[exercise.game].whole)


def ready(setup: Setup) -> None:
    """What a rule that ships works out once for all players is worked out now, and not as the play begins."""
    if setup.exercise is not None:
        ordered = setup.prescription or Prescription(setup.exercise.id, setup.side)
        if (ordered.adapter or setup.exercise.adapter) in SHIPPED:
            adapter_of(setup, setup.exercise)
