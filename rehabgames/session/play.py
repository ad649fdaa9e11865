"""Play: the trials of one exercise. Asks the adapter, passes the envelope, runs the game, tells back.

A trial is settled, and shown as counted, only after its document is on disk.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from rehabgames.adapt import ADAPTERS, Adapter, Path, Start
from rehabgames.core.exercise import Exercise
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.plan import Prescription
from rehabgames.core.trial import Learnt, Outcome, TrialSpec
from rehabgames.games import GAMES
from rehabgames.safety import Guard, Refusal
from rehabgames.session.diary import Diary
from rehabgames.session.dosing import Dosing
from rehabgames.session.leaning import Leaning
from rehabgames.session.setup import Setup

PATIENCE_S = 10.0  # for the record, after the dose is done; then the session ends without it
SAFE = Message("adapt.safe")
POINTS = 100  # for a fruit at one arm length; nearer ones give their share


class Play:
    """One block of trials; `step` while the hand is seen, `over` when the dose is done."""

    def __init__(self, setup: Setup, profile: Profile, guard: Guard, diary: Diary) -> None:
        if setup.exercise is None:
            raise ValueError("there is no exercise to play")
        self._exercise: Exercise = setup.exercise
        self._guard = guard
        self._leaning = Leaning()
        self.dosing = Dosing(setup, self._exercise, guard)
        self._diary = diary
        self._rng = np.random.default_rng(setup.seed)
        self._prescription = setup.prescription or Prescription(self._exercise.id, setup.side)
        self._adapter_name = self._prescription.adapter or self._exercise.adapter
        self._adapter = adapter_of(setup, self._exercise)
        self.game = GAMES[self._exercise.game](self._exercise.settings, profile, setup.side)
        self._bag: list[float] = []
        self._now_s = 0.0
        self._spec: TrialSpec | None = None
        self._unsaved: tuple[int, Outcome] | None = None
        self._unsaved_s = 0.0
        self._wait_s = 0.0
        self.trials = 0
        self.successes = 0
        self.score = 0

    @property
    def over(self) -> bool:
        """The dose is done and nothing waits to be recorded, or has waited for too long."""
        done = self.dosing.done
        if self._unsaved is not None:
            return done and self._unsaved_s > PATIENCE_S
        return done and self._wait_s <= 0

    def learnt(self) -> Learnt | None:
        """What the next session may begin with."""
        try:
            return self._adapter.learnt()
        except Exception:  # an adapter may be a plug-in, and raise anything
            return None

    @property
    def seconds_left(self) -> float:
        """Of play, or of the rest that is had now."""
        return self.dosing.seconds_left if self.dosing.resting is None else self.dosing.rest_left_s

    @property
    def saving(self) -> bool:
        return self._unsaved is not None

    @property
    def successes_written(self) -> int:
        """As the record's trials say: with the one that waits to be on disk."""
        probe = self._spec is not None and self._spec.probe
        waits = self._unsaved is not None and self._unsaved[1].success is True and not probe
        return self.successes + waits

    def pass_time(self, dt_s: float, now_s: float, *, playing: bool) -> None:
        """The dose's clock runs while paused, too: a pause is not a longer session. playing: the hand is
        seen and nothing is paused."""
        self._now_s = now_s
        self.dosing.pass_time(dt_s, now_s, playing=playing)
        if not playing:  # `step` is not called then, and what was placed has been looked at
            self._wait_s = max(0.0, self._wait_s - dt_s)
        self._unsaved_s = self._unsaved_s + dt_s if self._unsaved is not None else 0.0
        over = self.dosing.done or self.dosing.resting is not None
        if over and self._unsaved is None and self._spec is not None:
            self.abandon()

    def step(self, hand: tuple[float, float], guards: Mapping[str, float], dt_s: float) -> None:
        """Advance by dt_s with the hand at a finite place."""
        self._leaning.update(guards.get("trunk_lean", math.nan), dt_s)
        outcome = self.game.step(hand, dt_s)
        if self._unsaved is not None:
            return
        if outcome is not None:
            self._record(replace(outcome, compensated=self._leaning.held))
        elif self._spec is None and self.dosing.resting is None:
            self._wait_s = max(0.0, self._wait_s - dt_s)
            if self._wait_s <= 0 and not self.over:
                self._begin()

    def prompt(self) -> Message | None:
        if self.dosing.resting is not None:
            return Message("play.rest")
        return self.game.prompt()

    def recorded(self, number: int) -> None:
        """Documents up to `number` are on disk: settle a trial that waited for it."""
        if self._unsaved is None or number < self._unsaved[0]:
            return
        outcome, spec = self._unsaved[1], self._spec
        assert spec is not None
        self._unsaved, self._spec = None, None
        self._wait_s = self._exercise.settings.get("pause_s", 0.0)
        self.dosing.tried()
        counted = outcome.success is True and not spec.probe  # the results of probes are kept apart
        self.successes += counted
        self.score += round(POINTS * spec.goal.distance) if counted else 0
        self.game.settle(counted=counted)

    def abandon(self) -> None:
        """End a running trial unjudged. It is an event of the record, not one of its trials."""
        outcome = self.game.abandon()
        if outcome is not None and self._spec is not None:
            self._diary.abandoned(self._spec, outcome)
            self._tell(self._spec, outcome)
            self._spec = None

    def _begin(self) -> None:
        levels, rules, event = self._guard.levels_of(self._adapter.ask)
        if event is not None:
            self._diary.event(event, adapter=self._adapter_name)
        direction_deg = self._next_direction()
        probe = self._probe(direction_deg)
        if probe is not None:
            self._start(probe)
            return
        offer = self._guard.trial_of(
            lambda: self.game.propose(self.trials, levels, direction_deg), self._now_s
        )
        if offer.event is not None:
            self._diary.event(offer.event, game=self._exercise.game)
        if isinstance(offer.trial, Refusal):
            self._diary.event("refused", code=offer.trial.code)
            self.dosing.refused(offer.trial.code)
            return
        why = self._why(rules, moved=offer.trial.levels != levels) if event is None else SAFE
        self._start(replace(offer.trial, why=why))

    def _probe(self, direction_deg: float) -> TrialSpec | None:
        """A retention probe where one is due and allowed: always the same levels, and no feedback."""
        every = self._prescription.probe_every
        if every <= 0 or (self.trials + 1) % every:
            return None
        fixed = {axis.name: axis.start for axis in self._exercise.axes} | self._prescription.probe_levels
        wanted = self.game.propose(self.trials, fixed, direction_deg)
        allowed = self._guard.trial(replace(wanted, probe=True), self._now_s)
        return None if isinstance(allowed, Refusal) else replace(allowed, why=Message("adapt.probe"))

    def _start(self, spec: TrialSpec) -> None:
        self._spec = spec
        self._leaning.begin()
        self.game.begin(spec)
        if spec.clamped:
            self._diary.event("clamped", trial=spec.number, rules=list(spec.clamped))

    def _why(self, rules: tuple[str, ...], *, moved: bool) -> Message:
        if "no_rise" in rules:
            return Message("adapt.held")
        if moved:
            return Message("adapt.limit")
        try:
            return self._adapter.explain()
        except Exception:  # an adapter may be a plug-in, and raise anything
            return SAFE

    def _record(self, outcome: Outcome) -> None:
        assert self._spec is not None
        self._unsaved = (self._diary.trial(self._spec, outcome), outcome)
        self._tell(self._spec, outcome)
        self.trials += 1

    def _tell(self, spec: TrialSpec, outcome: Outcome) -> None:
        self._guard.told(spec, outcome)
        try:
            self._adapter.tell(spec, outcome)
        except Exception:  # an adapter may be a plug-in, and raise anything
            self._diary.event("plug_in_raised", adapter=self._adapter_name)

    def _next_direction(self) -> float:
        """Every direction once in a seeded order, then all again: practice is spread, not guessed."""
        if not self._bag:
            self._bag = [float(d) for d in self._rng.permutation(self._exercise.directions_deg)]
        return self._bag.pop()


def adapter_of(setup: Setup, exercise: Exercise) -> Adapter:
    """The adapter as the plan prescribes it, else as the exercise file does."""
    ordered = setup.prescription or Prescription(exercise.id, setup.side)
    path = Path(exercise.axes, ordered.order, ordered.locked)
    target = exercise.target_success if ordered.target_success is None else ordered.target_success
    rule = ADAPTERS[ordered.adapter or exercise.adapter]
    return Adapter(path, rule, Start(target, seed=setup.seed), setup.aim, setup.learnt)
