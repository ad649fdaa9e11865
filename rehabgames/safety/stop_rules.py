"""Stop rules: what follows from what a person says. Source: SAFETY "Stop rules"; hazards H5 and H11.

States are ordered by strictness and the strictest that stands counts:

    GO < NO_RISE < EASE < REST < END_EXERCISE < END_SESSION

An answer takes the place of the last answer to the same question. EASE and REST become NO_RISE
when their rest is over; END_EXERCISE stands until the next exercise and as long as the answer itself
does; END_SESSION stands for good. An answer that is no number is asked again, and nothing goes on
until then; one beyond the scale is the worst of the scale.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import IntEnum

from rehabgames.core.inputs import Answer
from rehabgames.core.limits import Limits
from rehabgames.safety.merge import tightest
from rehabgames.safety.walls import number

RED_FLAGS = ("sharp_pain", "chest_pain", "new_weakness", "speech_or_vision", "dizziness", "fall")
SCALES = ("pain", "effort", "soreness")
WORST = 10.0
EFFORT_REST_S = 120.0


class State(IntEnum):
    GO = 0
    NO_RISE = 1
    EASE = 2  # rest, then one step down
    REST = 3  # rest for longer, then one step down
    END_EXERCISE = 4
    END_SESSION = 5


@dataclass(frozen=True, slots=True)
class Ruling:
    """code: stable name of the reason; flag: the therapist is to be told.

    rest_s  how long the rest is; inf: until it is answered; 0: none
    """

    state: State
    code: str
    flag: bool = False
    rest_s: float = 0.0


GO_ON = Ruling(State.GO, "go_on")
AGAIN = Ruling(State.REST, "answer_again", rest_s=math.inf)


class StopRules:
    """limits: see Limits "How it feels". first_pain: today's first pain answer, if one was given before."""

    def __init__(self, limits: Limits, first_pain: float | None = None) -> None:
        self.limits = tightest(limits)
        first = number(first_pain)
        self.first_pain = min(WORST, first) if 0 <= first < math.inf else None
        self.support: bool | None = None
        self._heard: dict[str, tuple[Ruling, float, float]] = {}  # ruling, value, when
        self._ended: Ruling | None = None

    def hear(self, answer: Answer, now_s: float) -> Ruling:
        """What this answer asks for, or the end that was already said."""
        return self._remember(answer.what, number(answer.value), number(now_s))

    def _remember(self, what: str, value: float, now_s: float) -> Ruling:
        ruling = self._rule(what, value)
        self._heard[what] = (ruling, value, now_s)
        if ruling.state >= State.END_EXERCISE and (self._ended is None or ruling.state > self._ended.state):
            self._ended = ruling
        return ruling if self._ended is None else max(self._ended, ruling, key=_strictness)

    def standing(self, now_s: float) -> Ruling:
        """The strictest that stands at this time; a clock that is no number ends no rest."""
        all_of_them = [_aged(ruling, number(now_s) - at_s) for ruling, _, at_s in self._heard.values()]
        ended = [] if self._ended is None else [self._ended]
        return max([GO_ON, *ended, *all_of_them], key=_strictness)

    def again(self) -> tuple[str, ...]:
        """The questions whose last answers still end an exercise: asked anew before the next one."""
        return tuple(
            what for what, (ruling, _, _) in self._heard.items() if ruling.state == State.END_EXERCISE
        )

    def begin_exercise(self) -> None:
        """An exercise's end is over with it; a session's is not."""
        if self._ended is not None and self._ended.state < State.END_SESSION:
            self._ended = None

    def tighten(self, limits: Limits) -> list[tuple[str, Ruling]]:
        """Both limits from now on, also for what was answered before: the questions whose answers ask for
        more than they did, with what they ask for now."""
        self.limits = tightest(self.limits, limits)
        before = list(self._heard.items())
        again = [(what, old, self._remember(what, value, at_s)) for what, (old, value, at_s) in before]
        return [(what, ruling) for what, old, ruling in again if self._heard[what][0].state > old.state]

    def _rule(self, what: str, value: float) -> Ruling:
        if what not in {*RED_FLAGS, *SCALES, "support"}:
            return replace(AGAIN, rest_s=self.limits.rest_s)  # what nobody asked cannot be answered again
        if not (math.isfinite(value) and value >= 0):
            self.support = None if what == "support" else self.support
            return AGAIN
        if what in RED_FLAGS:
            return Ruling(State.END_SESSION, what, flag=True) if value > 0 else GO_ON
        if what == "support":
            self.support = value == 1
            return GO_ON
        value = min(WORST, value)
        if what == "effort":
            return self._effort(value)
        return self._pain(value) if what == "pain" else self._soreness(value)

    def _pain(self, pain: float) -> Ruling:
        limits = self.limits
        self.first_pain = pain if self.first_pain is None else self.first_pain
        if pain >= limits.pain_stop:
            return Ruling(State.END_SESSION, "pain_stop", flag=True)
        if pain >= limits.pain_end:
            return Ruling(State.END_EXERCISE, "pain_end")
        if pain < limits.pain_ease:
            return GO_ON
        if pain - self.first_pain >= limits.pain_rise:
            return Ruling(State.END_EXERCISE, "pain_rise")
        return Ruling(State.EASE, "pain_ease", rest_s=limits.rest_s)

    def _effort(self, effort: float) -> Ruling:
        if effort >= self.limits.effort_end:
            return Ruling(State.END_EXERCISE, "effort_end")
        if effort >= self.limits.effort_rest:
            return Ruling(State.REST, "effort_rest", rest_s=max(EFFORT_REST_S, self.limits.rest_s))
        return Ruling(State.NO_RISE, "effort_hold") if effort >= self.limits.effort_hold else GO_ON

    def _soreness(self, soreness: float) -> Ruling:
        """Soreness of the last time is no pain of now: the same steps, one milder below the worst."""
        if soreness >= self.limits.pain_stop:
            return Ruling(State.END_SESSION, "soreness_stop", flag=True)
        if soreness >= self.limits.pain_end:
            return Ruling(State.EASE, "soreness_ease", rest_s=self.limits.rest_s)
        return Ruling(State.NO_RISE, "soreness_hold") if soreness >= self.limits.pain_ease else GO_ON


def _strictness(ruling: Ruling) -> State:
    return ruling.state


def _aged(ruling: Ruling, age_s: float) -> Ruling:
    rests = ruling.state in {State.EASE, State.REST}
    return Ruling(State.NO_RISE, ruling.code) if rests and age_s >= ruling.rest_s else ruling
