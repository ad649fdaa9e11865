"""Guard: the one object a session asks. It refuses in doubt, and never raises.

A session asks it before every trial, tells it everything, and does nothing that it refuses.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rehabgames.core.exercise import Axis
from rehabgames.core.inputs import Answer
from rehabgames.core.limits import Limits
from rehabgames.core.trial import Outcome, Space, TrialSpec
from rehabgames.safety.amounts import Amounts, Done
from rehabgames.safety.balance import Balance
from rehabgames.safety.envelope import Envelope
from rehabgames.safety.merge import contradictions, tightest
from rehabgames.safety.over_range import OverRange
from rehabgames.safety.plain import plain_levels, plain_trial
from rehabgames.safety.rise import Rise
from rehabgames.safety.room import span_deg
from rehabgames.safety.stop_rules import Ruling, State, StopRules
from rehabgames.safety.walls import MARGIN_DEG, number

Levels = dict[str, float]
TOO_FAR = frozenset({"levels", "no_rise", "no_room", "space"})  # refusals that are the plug-in's own doing
NOT_UNDERSTOOD = Answer("pain", math.nan)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nothing may be asked now; code: stable name of the reason."""

    code: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What came of asking a plug-in; event: what was wrong with it, for the record, or None."""

    trial: TrialSpec | Refusal
    event: str | None = None


class Guard:
    """One person's session.

    before              earlier blocks, the oldest first
    posture             of the exercise
    trunk_baseline_deg  lean of the trunk at rest; NaN: upright
    first_pain          today's first pain answer, None where there is none yet
    held                `held` of an earlier session today
    trunk_helps         the plan aims at compensation: a success that the trunk helped in may be followed by
                        something harder
    space               in which the exercise is steered: goals of another one are refused, since limits of
                        the arm would not hold for them; None where any may be asked
    """

    def __init__(
        self,
        limits: Limits,
        axes: Sequence[Axis],
        before: Sequence[Done] = (),
        *,
        posture: str = "sitting",
        trunk_baseline_deg: float = math.nan,
        first_pain: float | None = None,
        held: bool = False,
        trunk_helps: bool = False,
        space: Space | None = None,
    ) -> None:
        self._unclear = False
        try:
            safe = tightest(limits)
        except Exception:  # limits that cannot be read allow nothing
            safe, self._unclear = Limits(), True
        self.envelope = Envelope(safe)
        self.amounts = Amounts(safe, before)
        self.stop_rules = StopRules(safe, first_pain)
        self.balance = Balance(trunk_baseline_deg)
        self.over_range = OverRange(self._watched_deg)
        self._rise = Rise((), held=held, trunk_helps=trunk_helps)
        self._was_stopped = False
        self._space = space
        self.begin_block(axes, posture)

    @property
    def held(self) -> bool:
        """Nothing may get harder."""
        return self._rise.held

    def begin_block(self, axes: Sequence[Axis], posture: str = "sitting") -> None:
        """Another exercise in the same session, or the same again. What people said goes on to count."""
        self._axes = tuple(axes)
        self._posture = posture
        self._running: TrialSpec | None = None
        self._safe: TrialSpec | None = None
        self._played: Levels = {}
        self.amounts.begin_block()
        self.stop_rules.begin_exercise()
        self._rise.begin_block(self._axes)

    def refusal(self, now_s: float) -> Refusal | None:
        """Why no trial may begin now, or None."""
        code = self._never() or self._not_now(now_s)
        return None if code is None else Refusal(code)

    def levels(self, asked: object) -> tuple[Levels, tuple[str, ...]]:
        """One allowed level per axis, and the names of the rules that moved one: "level", "no_rise".

        asked: a mapping of axis → level; instead of what is none, the last levels played.
        """
        plain = plain_levels(asked)
        levels, rules = self.envelope.levels(self._played if plain is None else plain, self._axes)
        allowed, held_back = self._rise.allow(levels, self._played)
        return allowed, (*rules, "no_rise") if held_back else rules

    def trial(self, spec: object, now_s: float) -> TrialSpec | Refusal:
        """The trial inside the limits, or why there is none. An allowed one counts as a repetition."""
        refused = self.refusal(now_s)
        if refused is not None:
            return refused
        asked = plain_trial(spec)
        if asked is None:
            return Refusal("not_a_trial")
        asked = replace(
            asked, levels={a.name: asked.levels[a.name] for a in self._axes if a.name in asked.levels}
        )
        code = self._too_far(asked)
        if code is not None:
            return Refusal(code)
        allowed = self.envelope.trial(asked)
        if not all(map(self.envelope.allows, allowed.goals)):
            return Refusal("no_room")
        self.amounts.tried()
        self._running = self._safe = allowed
        return allowed

    def trial_of(self, plug_in: Callable[[], object], now_s: float) -> Offer:
        """Asks a plug-in for a trial. Where it raises or gives what is none, the last safe trial again.

        One that hangs is not this room's business: whoever calls it has to bound its time.
        """
        try:
            asked, event = plug_in(), None
        except Exception:  # a plug-in may raise anything
            asked, event = None, "plug_in_raised"
        if event is None and plain_trial(asked) is None:
            event = "plug_in_gave_no_trial"
        if event is None:
            offered = self.trial(asked, now_s)
            if not isinstance(offered, Refusal) or offered.code not in TOO_FAR:
                return Offer(offered)
            event = "plug_in_went_too_far"
        if self._safe is None:
            return Offer(self.refusal(now_s) or Refusal("plug_in"), event)
        again = replace(self._safe, number=self._safe.number + 1)
        return Offer(self.trial(again, now_s), event)

    def levels_of(self, plug_in: Callable[[], object]) -> tuple[Levels, tuple[str, ...], str | None]:
        """Asks a plug-in for levels: `levels` of its answer, and what was wrong with it or None; where it
        raises or gives no mapping, the last levels played."""
        try:
            asked, event = plug_in(), None
        except Exception:  # a plug-in may raise anything
            asked, event = None, "plug_in_raised"
        if event is None and plain_levels(asked) is None:
            event = "plug_in_gave_no_levels"
        return *self.levels(asked), event

    def hear(self, answer: object, now_s: float) -> Ruling:
        """What follows from an Answer. What is none counts as a pain that was not understood."""
        known = isinstance(answer, Answer) and isinstance(answer.what, str)
        heard = answer if known and isinstance(answer, Answer) else NOT_UNDERSTOOD
        ruling = self.stop_rules.hear(heard, now_s)
        self._rise.ruled(heard.what, ruling)
        return ruling

    def told(self, spec: object, outcome: object) -> None:
        """The allowed trial came to this. A probe is no practice: nothing follows from it."""
        running = self._running
        if running is None or getattr(spec, "number", None) != running.number:
            return
        self._running = None
        if running.probe or not isinstance(outcome, Outcome):
            return
        self._rise.told(running.levels, outcome)
        if outcome.success is not None:
            self._played = dict(running.levels)

    def tighten(self, limits: Limits) -> bool:
        """Both limits from now on; False: the running trial is no longer allowed."""
        try:
            self.envelope = self.envelope.tightened(limits)
        except Exception:  # limits that cannot be read: nothing is allowed any more
            self._unclear = True
            return False
        self.amounts.tighten(limits)
        for what, ruling in self.stop_rules.tighten(limits):
            self._rise.ruled(what, ruling)
        self.over_range.tighten(self._watched_deg)
        return self._running is None or self.envelope.still_allows(self._running)

    def stopped(self) -> None:
        """Somebody said STOP: nothing is asked any more in this session."""
        self._was_stopped = True
        self._rise.stopped()

    def _too_far(self, asked: TrialSpec) -> str | None:
        """What no clamp mends."""
        if self._space is not None and asked.goal.space not in {self._space, "grip"}:
            return "space"
        if not all(_not_too_hard(axis, asked.levels) for axis in self._axes):
            return "levels"
        return "no_rise" if self._rise.allow(asked.levels, self._played)[1] else None

    def _never(self) -> str | None:
        """What no waiting changes."""
        if self._was_stopped:
            return "stopped"
        if self._unclear or contradictions(self.envelope.limits):
            return "limits"
        if not all(map(_sound, self._axes)):
            return "axes"
        return self.envelope.exercise_allowed(self._posture, self.stop_rules.support)

    def _not_now(self, now_s: float) -> str | None:
        if not math.isfinite(number(now_s)):
            return "clock"
        ruling = self.stop_rules.standing(now_s)
        if ruling.state >= State.EASE:
            return ruling.code
        if self.amounts.state != "go":
            return self.amounts.state
        return None if self.amounts.repetitions_left else "block_over"

    @property
    def _watched_deg(self) -> float:
        """The limit of which targets stay MARGIN_DEG inside."""
        return span_deg(self.envelope.limits)[1] + MARGIN_DEG


def _sound(axis: Axis) -> bool:
    return all(map(math.isfinite, (axis.easiest, axis.hardest, axis.start, axis.step)))


def _not_too_hard(axis: Axis, levels: Levels) -> bool:
    """There is a level and it is not harder than the hardest; easier ones come from the envelope."""
    if axis.name not in levels:
        return False
    over = levels[axis.name] - axis.hardest
    return over <= 0 if axis.hardest >= axis.easiest else over >= 0
