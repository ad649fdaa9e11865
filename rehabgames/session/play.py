"""Play: the trials of one exercise. Asks the adapter, passes the envelope, runs the game, tells back.

A trial is settled, and shown as counted, only after its document is on disk.
"""

from __future__ import annotations

import math
from copy import deepcopy
from dataclasses import replace

import numpy as np

from rehabgames.core.exercise import Exercise
from rehabgames.core.inputs import Answer
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.plan import Prescription
from rehabgames.core.sample import Sample
from rehabgames.core.trial import Learnt, Outcome, TrialSpec
from rehabgames.core.view import Cue
from rehabgames.games import GAMES, SHIPPED, Game
from rehabgames.safety import Guard, Refusal
from rehabgames.session.cueing import Cueing
from rehabgames.session.diary import Diary
from rehabgames.session.dosing import Dosing
from rehabgames.session.fading import shown_in
from rehabgames.session.guarded import BrokenError, Guarded
from rehabgames.session.leaning import Leaning
from rehabgames.session.pacing import Pacing
from rehabgames.session.plugged import Bounded, Plugged, at_once
from rehabgames.session.practising import BETWEEN_S, Practising
from rehabgames.session.saying import Saying
from rehabgames.session.setup import Setup
from rehabgames.session.sounding import Sounding
from rehabgames.session.tally import Ledger, Tally
from rehabgames.signals import CONTROLS

PATIENCE_S = 10.0  # for the record, after the dose is done; then the session ends without it
POINTS = 100  # at a distance of 1 (an arm length, the whole own shift); nearer goals give their share


class Play:
    """One block of trials; `step` while the hand is seen, `over` when the dose is done.

    performance  knowledge of performance is shown, in the running trial and until the next one begins
    """

    def __init__(
        self,
        setup: Setup,
        profile: Profile,
        guard: Guard,
        diary: Diary,
        *,
        heard: tuple[Answer, ...] = (),
        bounded: Bounded = at_once,
        bounded_game: Bounded = at_once,
    ) -> None:
        if setup.exercise is None:
            raise ValueError("there is no exercise to play")
        self._exercise: Exercise = setup.exercise
        self._guard = guard
        self._leaning = Leaning()
        space = CONTROLS[self._exercise.control].space
        self._by_arm = space == "arm"
        self._restores = setup.aim == "restitution"
        self._cueing = Cueing()
        self._saying, self._sounding = Saying(), Sounding(self._exercise.cues)
        self._heard_besides: list[Cue] = []
        self._practising = Practising(self._exercise, diary, wanted=setup.practice)
        self._pacing = Pacing(GAMES[self._exercise.game].pictures_s)
        self._tally = Tally(profile.noise, 1.0 if setup.side == "right" else -1.0, space)
        self.dosing = Dosing(setup, self._exercise, guard, profile.noise, heard)
        self._diary = diary
        self._rng = np.random.default_rng(setup.seed)
        self._prescription = setup.prescription or Prescription(self._exercise.id, setup.side)
        self._adapter = Plugged(setup, self._exercise, diary, bounded)
        self._seed = setup.seed
        self.game = self._game_of(setup, profile, bounded_game)
        self._bag: list[float] = []
        self._direction_deg = math.nan
        self.performance = True
        self._now_s = 0.0
        self._spec: TrialSpec | None = None
        self._seen_s = math.nan  # when the first scene with it was on the screen, session time
        self._unsaved: tuple[int, Outcome] | None = None
        self._unsaved_s = 0.0
        self._wait_s = 0.0
        self.trials = 0
        self.successes = 0
        self.score = 0

    def _game_of(self, setup: Setup, profile: Profile, bounded: Bounded) -> Game:
        exercise = self._exercise
        mechanic = GAMES[exercise.game]

        given = (exercise.settings, profile, setup.side, exercise.directions_deg, setup.seed)
        # what ships is known to be quick and to keep its word: it is asked directly
        if exercise.game in SHIPPED:
            return mechanic.make(*given)
        outward, space = 1.0 if setup.side == "right" else -1.0, CONTROLS[exercise.control].space

        def shows(at: tuple[float, float]) -> bool:
            return self._guard.envelope.shows(at, outward, space)

        own = deepcopy(given)  # whatever it does to them
        return Guarded(lambda: mechanic.make(*own), exercise.game, self._diary, bounded, shows)

    @property
    def broken(self) -> bool:
        """The game is a plug-in that raised, hung or answered with what no game may."""
        return isinstance(self.game, Guarded) and self.game.broken

    @property
    def trunk(self) -> float:
        """How far the trunk helps: 1 is as far as is tolerated. Where it may help, nothing is said of it."""
        return self._leaning.share if self._restores else 0.0

    @property
    def over(self) -> bool:
        """The dose is done and nothing waits to be recorded, or has waited for too long."""
        done = self.dosing.done
        if self._unsaved is not None:
            return done and self._unsaved_s > PATIENCE_S
        return done and self._wait_s <= 0

    def learnt(self) -> Learnt | None:
        """What the next session may begin with."""
        return self._adapter.learnt()

    def ledger(self) -> Ledger:
        return self._tally.ledger()

    def hear(self, answer: Answer) -> None:
        """What the person says; what must follow from it has followed."""
        self.dosing.hear(answer)
        self._tell_dose()

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
        if self._unsaved is None or self._spec is None:
            return self.successes
        return self.successes + self._counts(self._spec, self._unsaved[1])

    def pass_time(self, dt_s: float, now_s: float, *, playing: bool) -> None:
        """The dose's clock runs while paused, too: a pause is not a longer session. playing: the hand is
        seen and nothing is paused."""
        self._now_s = now_s
        self._heard_besides = []
        self.dosing.pass_time(dt_s, now_s, playing=playing)
        if not playing or self.dosing.resting is not None:
            self._sounding.silent()
        if not playing:  # `step` is not called then, and what was placed has been looked at
            self._tally.paused()
            self._wait_s = max(0.0, self._wait_s - dt_s)
        self._unsaved_s = self._unsaved_s + dt_s if self._unsaved is not None else 0.0
        over = self.dosing.done or self.dosing.resting is not None
        if over and self._unsaved is None and self._spec is not None:
            self.abandon()

    def step(self, at: tuple[float, float], sample: Sample, dt_s: float) -> None:
        """Advance by dt_s with what steers at a finite place."""
        # where the trunk is what is trained, its lean is no compensation
        lean_deg = sample.guards.get("trunk_lean", math.nan) if self._by_arm else math.nan
        self._leaning.update(lean_deg, dt_s)
        if self.dosing.resting is None:
            self._tally.moved(at, dt_s, sample.grip)
        self._pacing.step(sample.t_s, dt_s)
        outcome = self.game.step(at, dt_s, sample.grip)
        if self.dosing.resting is None:
            self._heard_besides = self._sounding.step(self.game.target(), self._now_s)
        if self._unsaved is not None:
            return
        if outcome is not None:
            tolerated = self._leaning.tolerated or not self._restores
            made = self._pacing.judged(replace(outcome, compensated=self._leaning.held, tolerated=tolerated))
            if self._practising.on:
                self._practised(made)
            else:
                self._record(made)
        elif self._spec is None and self.dosing.resting is None:
            self._wait_s = max(0.0, self._wait_s - dt_s)
            if self._wait_s <= 0 and not self.over:
                self._begin()

    def cues(self) -> list[Cue]:
        """What is heard now: of the game, and what the exercise asks for besides."""
        return [*self.game.cues(), *self._heard_besides]

    def flipped(self, at_s: float) -> None:
        """The scene of the step before was on the screen from this session time on."""
        if self._spec is not None and math.isnan(self._seen_s):
            self._seen_s = at_s

    def prompt(self) -> Message | None:
        if self.dosing.resting is not None:
            return Message("play.rest")
        told = self._pacing.message or self._cueing.message(self._now_s)
        if told := told or self._practising.message(self._now_s):
            return told
        target = self.game.target()
        about = None if target is None else (target.kind, target.number)
        return self._saying.of(self.game.prompt(), about, self._now_s)

    def recorded(self, number: int) -> None:
        """Documents up to `number` are on disk: settle a trial that waited for it."""
        if self._unsaved is None or number < self._unsaved[0]:
            return
        outcome, spec = self._unsaved[1], self._spec
        assert spec is not None
        self._unsaved, self._spec = None, None
        self._wait_s = self._exercise.settings.get("pause_s", 0.0)
        self.dosing.tried(spec, outcome, self._now_s)
        self._tell_dose()
        counted = self._counts(spec, outcome)
        if not spec.probe and self._restores and outcome.success is not None:
            self._cueing.told(outcome, self._now_s)
            self._leaning.judged()
        self.successes += counted
        self.score += round(POINTS * (spec.goal.distance or 1.0)) if counted else 0
        self.game.settle(counted=counted)

    def abandon(self) -> None:
        """End a running trial unjudged. It is an event of the record, not one of its trials."""
        outcome = self.game.abandon()
        if outcome is not None and self._spec is not None and self._practising.on:
            self._practising.ended(self._spec, outcome, self._guard, self._now_s)
            self._spec = None
        elif outcome is not None and self._spec is not None:
            self._diary.abandoned(self._spec, outcome, self._seen_s)
            self._tell(self._spec, outcome)
            self._spec = None

    def _practised(self, outcome: Outcome) -> None:
        """It is settled at once, since nothing is to wait for the record of what does not count."""
        assert self._spec is not None
        self._practising.ended(self._spec, outcome, self._guard, self._now_s)
        self.game.settle(counted=outcome.success is True)
        self._spec, self._wait_s = None, BETWEEN_S

    def _begin(self) -> None:
        practice = (
            self._practising.spec(self.game, self._guard, self._now_s) if self._practising.due else None
        )
        if practice is not None:
            self._start(practice)
            return
        levels, asked, changed = self._adapter.levels(self._guard)
        direction_deg = self._next_direction()
        probe = self._probe(direction_deg)
        if probe is not None:
            self._start(probe)
            return
        offer = self._guard.trial_of(
            lambda: self.game.propose(self.trials, levels, direction_deg), self._now_s
        )
        if self.broken:
            return
        if offer.event is not None:
            self._diary.event(offer.event, game=self._exercise.game)
        if isinstance(offer.trial, Refusal):
            self._diary.event("refused", code=offer.trial.code)
            self.dosing.refused(offer.trial.code)
            return
        if changed is None and offer.trial.levels != levels:
            changed = Message("adapt.limit")
        self._start(replace(offer.trial, why=changed or self._adapter.explain(), asked=asked))

    def _probe(self, direction_deg: float) -> TrialSpec | None:
        """A retention probe where one is due and allowed: always the same levels, and no feedback."""
        every = self._prescription.probe_every
        if every <= 0 or (self.trials + 1) % every:
            return None
        fixed = {axis.name: axis.start for axis in self._exercise.axes} | self._prescription.probe_levels
        try:
            wanted = self.game.propose(self.trials, fixed, direction_deg)
        except BrokenError:
            return None
        allowed = self._guard.trial(replace(wanted, probe=True), self._now_s)
        return None if isinstance(allowed, Refusal) else replace(allowed, why=Message("adapt.probe"))

    def _start(self, spec: TrialSpec) -> None:
        self._spec, self._seen_s = spec, math.nan
        practice = self._practising.on
        self.performance = practice or shown_in(self.trials, self._seed, probe=spec.probe)
        self._leaning.begin()
        self._pacing.begin()
        if not practice:
            self._tally.begin(spec.goal)
        self.game.begin(spec)
        if spec.clamped:
            self._diary.event("clamped", trial=spec.number, rules=list(spec.clamped))

    def _record(self, outcome: Outcome) -> None:
        assert self._spec is not None
        self._unsaved = (self._diary.trial(self._spec, outcome, self._seen_s), outcome)
        self._tally.told(self._spec, outcome)
        self._tell(self._spec, outcome)
        self.trials += 1

    def _tell(self, spec: TrialSpec, outcome: Outcome) -> None:
        self._guard.told(spec, outcome)
        self._adapter.tell(spec, outcome)

    def _counts(self, spec: TrialSpec, outcome: Outcome) -> bool:
        """A repetition that counts: made, and with no more help than is tolerated. Probes are kept apart."""
        return outcome.success is True and outcome.tolerated and not spec.probe

    def _tell_dose(self) -> None:
        for less in self.dosing.news():
            self._diary.dose(less)

    def _next_direction(self) -> float:
        """Every direction once in a seeded order, then all again, none twice running: practice is spread, not
        guessed, and nobody is there already."""
        if not self._bag:
            self._bag = [float(d) for d in self._rng.permutation(self._exercise.directions_deg)]
            if len(self._bag) > 1 and self._bag[-1] == self._direction_deg:
                self._bag.insert(0, self._bag.pop())
        self._direction_deg = self._bag.pop()
        return self._direction_deg
