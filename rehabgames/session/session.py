"""Session: the only loop. Frames, inputs and time go in; a view, cues and documents come out.

The same setup, frames, inputs and times give the same documents, byte for byte.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from rehabgames.core.document import Document, StopStatus
from rehabgames.core.inputs import (
    Answer,
    Flipped,
    HearingTrouble,
    Input,
    NotRecorded,
    Question,
    Recorded,
    Stop,
    Tighten,
    TrackingTrouble,
)
from rehabgames.core.landmarks import Side, other_side
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.pose import PoseFrame
from rehabgames.core.sample import Sample
from rehabgames.core.trial import Space
from rehabgames.core.view import Cue, View
from rehabgames.safety import State
from rehabgames.session import shown
from rehabgames.session.calibrating import Calibrating
from rehabgames.session.confirming import Confirming
from rehabgames.session.control import Control
from rehabgames.session.diary import Diary
from rehabgames.session.guarding import guard_of
from rehabgames.session.halting import Halting
from rehabgames.session.pausing import OTHERS, Pausing
from rehabgames.session.play import Play
from rehabgames.session.plugged import Bounded, at_once, ready
from rehabgames.session.ranges import lacking
from rehabgames.session.scene import Scene
from rehabgames.session.setup import Setup
from rehabgames.session.sizing import Sizing
from rehabgames.session.step import Step
from rehabgames.session.timing import Timing

LONGEST_STEP_S = 0.1  # a stalled screen must not make a trial jump
LOOK_S = 0.5  # of a person in view before anything is asked
ASKS_ON_S = 2.0  # after it was seen last
ASK_AGAIN_S = 4.0  # of somebody who is not, or not surely, the patient
NO_SUPPORT, NO_RANGE = "support_unconfirmed", "no_range"
HAND, GUARDS = "hand_position", ("shoulder_elevation", "trunk_lean")  # where no exercise says otherwise


class Session:
    """Call `step` about 60 times a second until `closed`.

    bounded, bounded_game: run adapters and games that may be a plug-in's; without, these are waited for.
    """

    def __init__(self, setup: Setup, bounded: Bounded = at_once, bounded_game: Bounded = at_once) -> None:
        self._setup, self._shows = setup, shown.shows_of(setup)
        self._bounded, self._bounded_game = bounded, bounded_game
        self._heard: tuple[Answer, ...] = ()
        self._over_at: int | None = None  # how much had been heard when the play was over
        exercise = setup.exercise
        self._guard = guard_of(setup)
        watched = exercise.guards if exercise else GUARDS
        guards = () if self._shows == "hand" else watched  # beside a hand alone a body is a ghost
        self._control = Control(exercise.control if exercise else HAND, guards, setup.side)
        self._diary = Diary(setup.session_id)
        self._timing = Timing(setup, self._diary)
        self._calibrating: Calibrating | None = None
        self._play: Play | None = None
        self._sample = self._steers = Sample(-math.inf)
        self._frame: PoseFrame | None = None
        self._start_s: float | None = None
        self._now_s = 0.0
        self._sizing, self._pausing = Sizing(), Pausing(self._guard, alone=shown.alone(setup))
        self._confirming = Confirming(setup.side, self._shows, self._diary)
        self._halting = Halting(other_side(setup.side))
        self._trouble: Message | None = None
        self._cues: list[Cue] = []
        self.frames_seen = self.frames_tracked = 0
        self.lacking: dict[str, str] = {}  # by `ranges.lacking`: why it was closed as NO_RANGE
        self.closed: StopStatus | None = None
        self.reason = ""
        ready(setup)

    @property
    def trials(self) -> int:
        return self._play.trials if self._play else 0

    @property
    def successes(self) -> int:
        return self._play.successes if self._play else 0

    @property
    def minutes(self) -> float:
        """Of play so far."""
        return self._guard.amounts.done.minutes

    @property
    def exercise_id(self) -> str:
        return "" if self._setup.exercise is None else self._setup.exercise.id

    @property
    def confirmed(self) -> int:
        """How often who plays was confirmed, by a hand or by a room check."""
        return self._confirming.confirmed + (self._calibrating is not None and self._calibrating.confirmed)

    @property
    def asks(self) -> tuple[Question, ...]:
        """What is still to be answered before it closes; () while it is played."""
        if self._over_at is None or self.closed is not None:
            return ()
        since = {each.what for each in self._heard[self._over_at :]}
        return tuple(what for what in self._setup.asks if what not in since)

    @property
    def hands(self) -> tuple[Side, ...]:
        """Whose own landmarks are wanted: what is asked of a hand is asked of the working one."""
        return (self._setup.side,) if shown.watches_hands(self._setup) else ()

    @property
    def playing(self) -> bool:
        """Calibration is done and the session is not closed."""
        return self._play is not None and self.closed is None

    def step(
        self, frame: PoseFrame | None, inputs: Iterable[Input], now_s: float, shown_s: float | None = None
    ) -> Step:
        """frame: a newly tracked one or None; now_s: a monotonic clock, seconds; shown_s: when this step will
        be seen, to which what steers the play is carried forward. After `closed` only the view goes on."""
        if self._start_s is None:
            self._start_s = self._now_s = now_s
            self._diary.start(self._setup, now_s)
            self._guard.amounts.at(now_s, self._setup.day)
            for answer in self._setup.said:
                self._answer(answer)
            if not self._setup.confirms and self._setup.profile is not None and self.closed is None:
                self._begin_play(self._setup.profile)
        dt_s = min(LONGEST_STEP_S, max(0.0, now_s - self._now_s))
        self._now_s = max(self._now_s, now_s)
        self._diary.at(self._now_s - self._start_s)
        if frame is not None and self.closed is None:
            self._take(frame)
        self._steers = self._sample if shown_s is None or not self.playing else self._control.at(shown_s)
        for each in inputs:
            self._hear(each)
        if self.closed is None:
            self._advance(dt_s)
        self._timing.stepped(now_s)
        return Step(self._view(), self._taken_cues(), self._diary.take())

    def close(self, status: StopStatus, reason: str) -> tuple[Document, ...]:
        """End it from outside (a fault of the machine); returns the last documents."""
        self._close(status, reason)
        return self._diary.take()

    def _take(self, frame: PoseFrame) -> None:
        frame = self._sizing.same(frame)
        # a camera's clock that runs ahead must not make an old picture look new
        self._pausing.picture(min(frame.t_s, self._now_s), frame)
        self._pausing.changed = self._sizing.changed
        if self._setup.confirms:
            self._confirming.picture(frame, present=self._pausing.company.somebody)
        # SAFETY H7: from here on somebody who is not surely the patient is nobody
        self._frame = frame = frame.unseen() if frame.of_another else frame
        self.frames_seen += 1
        self.frames_tracked += shown.found_in(frame, self._setup)
        self._sample = self._control.update(frame)
        if self._halting.picture(frame, listens=not self._asks_to_raise):
            self._hear(Stop("hand"))
        self._diary.frame(frame if self._known else frame.unseen())
        self._timing.frame(frame)
        if self._calibrating is not None and self._play is None and self._pausing.why is None:
            self._calibrating.step(frame, self._sample)

    def _hear(self, heard: Input) -> None:
        if isinstance(heard, Recorded):
            self._trouble = None
            own = heard.session in ("", self._setup.session_id)
            if self._play is not None and own:
                self._play.recorded(heard.number)
        elif isinstance(heard, NotRecorded):
            self._trouble = Message("save.trouble")
        elif self.closed is None:
            self._pausing.hear(heard)
            if isinstance(heard, Stop):
                self._guard.stopped()
                self._close("stopped", heard.by)
            elif isinstance(heard, Answer):
                self._answer(heard)
            elif isinstance(heard, Tighten):
                self._tighten(heard)
            elif isinstance(heard, HearingTrouble):
                self._diary.event("hearing_trouble", what=heard.what)
            elif isinstance(heard, Flipped):
                self._timing.flipped(heard.at_s)
                if self._play is not None and self._start_s is not None:
                    self._play.flipped(heard.at_s - self._start_s)
            elif isinstance(heard, TrackingTrouble):
                self._diary.event("tracking_trouble", what=heard.what, fatal=heard.fatal)
                if heard.fatal:
                    self._close("failed", "tracking")

    def _answer(self, answer: Answer) -> None:
        ruling = self._guard.hear(answer, self._now_s - answer.ago_s)
        self._diary.answered(answer, ruling)
        self._heard += (answer,)
        if self._play is not None:
            self._play.hear(answer)
        if ruling.state >= State.END_EXERCISE:
            self._close("stopped", ruling.code)
        elif ruling.state >= State.EASE and self._play is not None:
            self._play.abandon()

    def _tighten(self, asked: Tighten) -> None:
        """A running trial that is no longer allowed goes away at once, unjudged."""
        still = self._guard.tighten(asked.limits)
        self._diary.limits(self._guard.envelope.limits)
        if not still and self._play is not None:
            self._play.abandon()

    def _advance(self, dt_s: float) -> None:
        at = self._steers.at
        self._watch()
        if self.closed is not None:
            return
        self._ask_who()
        if self._play is not None:
            playing = self._pausing.why is None and at is not None
            self._play.pass_time(dt_s, self._now_s, playing=playing)
            if self._pausing.why is None and at is not None:
                self._play.step(at, self._steers, dt_s)
            self._cues += self._play.cues()
            if self._play.broken:
                self._close("failed", "game")
            elif self._play.over and self._play.saving:
                self._close("failed", "record")
            elif self._play.over:
                self._over_at = len(self._heard) if self._over_at is None else self._over_at
                if not self.asks:
                    self._close("completed", self._play.dosing.why_done)
        elif self._calibrating is not None:
            self._cues += self._calibrating.cues()
            if self._calibrating.done:
                self._calibrated(self._calibrating.profile())
        elif not self._may_stand():
            pass
        elif self._now_s - self._pausing.seen_since_s >= LOOK_S and self._known and not self._confirming.asks:
            self._begin()

    @property
    def _asks_to_raise(self) -> bool:
        """A hand, which then means no STOP."""
        guide = None if self._calibrating is None else self._calibrating.machine.guide()
        return self._confirming.asks or (guide is not None and guide.name == "raise_hand")

    def _may_stand(self) -> bool:
        """Closed where standing is locked; until a support is confirmed, it waits."""
        refused = self._stands()
        if refused is not None and refused != NO_SUPPORT:
            self._close("stopped", refused)
        return refused is None

    def _stands(self) -> str | None:
        posture, support = shown.posture_of(self._setup), self._guard.stop_rules.support
        return self._guard.envelope.exercise_allowed(posture, support)

    def _seen(self) -> bool:
        """What has to be in the picture now is in it: in play the hand, else what is watched for."""
        if self._play is not None:
            return self._sample.at is not None
        if self._calibrating is not None:
            return self._calibrating.sees(self._sample)
        return shown.begins(self._frame, self._sample, self._setup)

    def _watch(self) -> None:
        """Pause while what steers is lost or over a limit, resume when it is back."""
        was_long, playing = self._pausing.long, self._play is not None
        why = self._pausing.update(self._sample, self._now_s, seen=self._seen(), playing=playing)
        if self._pausing.over_range:
            self._close("stopped", "over_range")
        if self._play is not None and self._pausing.long and not was_long:
            self._play.abandon()  # the hand is not where it was: nothing of this try could be judged
        begun = self._play is not None or self._calibrating is not None
        if begun and why != self._pausing.why:
            self._diary.event("pause" if why else "resume", reason=why or self._pausing.why)
            self._cues.append(Cue("pause" if why else "resume"))
            self._pausing.why = why
            if why in OTHERS and self._play is not None:
                self._play.abandon()

    @property
    def _known(self) -> bool:
        """Nobody has to be confirmed, or somebody was."""
        return not self._setup.confirms or self._setup.known or self._confirming.confirmed > 0

    def _ask_who(self) -> None:
        """Who plays is to be confirmed at the start, and when somebody else was seen for a while."""
        pausing, looking = self._pausing, self._play is None and self._calibrating is None
        company, asks = pausing.company, self._confirming.asks
        since_s = max(company.stranger_since_s, self._confirming.confirmed_s)
        if (company.strange or asks) and self._now_s - since_s >= ASK_AGAIN_S:
            wanted = looking or pausing.why == "other_person"
        else:
            # what is lost for a moment is not asked anew: some machines give few pictures
            kept = asks and self._now_s - pausing.seen_s < ASKS_ON_S
            seen = kept or self._now_s - pausing.seen_since_s >= LOOK_S
            wanted = looking and seen and not self._known and self._stands() is None
        aside = company.crowd or pausing.failing
        self._confirming.want(wanted=self._setup.confirms and wanted and not aside)

    def _begin(self) -> None:
        if self._setup.profile is not None:
            self._begin_play(self._setup.profile)
        else:
            self._begin_calibration()

    def _begin_calibration(self) -> None:
        setup = self._setup
        arm_px = self._control.scale.arm_px(setup.side)
        if setup.protocol.needs_the_arm and not math.isfinite(arm_px):
            return
        if math.isfinite(arm_px):
            self._control.use_arm(arm_px)
        self._calibrating = Calibrating(setup, self._guard.envelope, arm_px, self._diary, self._control)

    def _calibrated(self, profile: Profile) -> None:
        if self._setup.exercise is not None:
            self._begin_play(profile)
        else:
            self._diary.profile(profile)
            self._close("completed", "calibrated")

    def _begin_play(self, profile: Profile) -> None:
        self._diary.profile(profile)
        self.lacking = lacking(profile, self._control.steering)
        if self.lacking:
            self._close("stopped", NO_RANGE)
            return
        self._control.use(profile)
        self._control.watch(())
        self._play = Play(
            self._setup,
            profile,
            self._guard,
            self._diary,
            heard=self._heard,
            bounded=self._bounded,
            bounded_game=self._bounded_game,
        )

    def _close(self, status: StopStatus, reason: str) -> None:
        if self.closed is not None:
            return
        if self._play is not None:
            self._play.abandon()
        made = self._play.successes_written if self._play else 0
        counts = {"trials": self.trials, "successes": made}
        counts |= {"frames_seen": self.frames_seen, "frames_tracked": self.frames_tracked}
        learnt = self._play.learnt() if self._play else None
        ledger = self._play.ledger() if self._play else None
        self._timing.note()
        self._diary.stop(status, reason, counts, self._guard.amounts.done, learnt=learnt, ledger=ledger)
        self._cues.append(Cue("done"))
        self.closed, self.reason = status, reason

    def _taken_cues(self) -> tuple[Cue, ...]:
        told, self._cues = tuple(self._cues), []
        return told

    def _view(self) -> View:
        # a calibration of reaches has the coordinates of the arm
        space: Space = "arm" if self._play is None else self._control.steering.space
        looking = self._play is None and self._calibrating is None
        return Scene(
            setup=self._setup,
            now_s=self._now_s,
            frame=self._frame,
            sample=self._sample,
            steers=self._steers,
            space=space,
            pausing=self._pausing,
            confirming=self._confirming,
            confirmed=self.confirmed,
            calibrating=self._calibrating,
            play=self._play,
            trouble=self._trouble,
            closed=self.closed,
            reason=self.reason,
            unsupported=looking and self._stands() == NO_SUPPORT,
            halting=self._halting.share,
        ).view()
