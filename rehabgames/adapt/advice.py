"""Advice: how much of the dose to do, by how the trials go and by what the person says. Never more."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from rehabgames.adapt.fatigue import Fatigue
from rehabgames.core.limits import Limits
from rehabgames.core.message import Message

SHARES: Final = (1.0, 0.8, 0.6)
EXTRA_REST_S: Final = (0.0, 30.0, 60.0)
WORST: Final = 10.0


@dataclass(frozen=True, slots=True)
class Advice:
    """share   of the prescribed repetitions, 0..1
    rest_s  to be added to the prescribed rest
    why     for people
    """

    share: float
    rest_s: float
    why: Message

    def repetitions(self, prescribed: int) -> int:
        """Whole repetitions, never more than prescribed; at least one where any are to be done."""
        if prescribed <= 0 or self.share <= 0:
            return 0
        return min(prescribed, max(1, math.floor(self.share * prescribed + 1e-9)))


def advice(
    sign: Fatigue, effort: float | None = None, pain: float | None = None, limits: Limits | None = None
) -> Advice:
    """Of the next set, never more than prescribed. effort, pain: last answers, 0..10; None: not asked. An
    answer that is no number counts for nothing here: the stop rules ask it again before anything goes on.

    Signs of the trials and an effort from "no rise" on are one step each; effort that needs a rest, or pain
    that needs one, are two. Two steps are the most.
    """
    held = limits or Limits()
    effort, pain = _answer(effort), _answer(pain)
    of_trials = {"none": 0, "some": 1, "much": 2}[sign.level]
    of_effort = 2 if effort >= held.effort_rest else 1 if effort >= held.effort_hold else 0
    of_pain = 2 if pain >= held.pain_ease else 0
    steps = min(2, max(of_trials + of_effort, of_pain))
    share, rest_s = SHARES[steps], EXTRA_REST_S[steps]
    params: dict[str, str | int | float] = {"percent": round(100 * share), "rest_s": round(rest_s)}
    if of_pain:
        why = Message("dose.pain", {**params, "pain": pain})
    elif of_trials and of_effort:
        why = Message("dose.fatigue_and_effort", {**params, "effort": effort, "trials": sign.trials})
    elif of_effort:
        why = Message("dose.effort", {**params, "effort": effort})
    elif of_trials:
        why = Message(f"dose.fatigue.{_named(sign)}", {**params, "trials": sign.trials})
    else:
        why = Message("dose.as_prescribed")
    return Advice(share, rest_s, why)


def after_soreness(soreness: float | None, limits: Limits | None = None) -> Advice:
    """Of today's dose, by the soreness since the last time, 0..10; None: not asked. The more, the less, by
    the steps of the pain limits. An answer that is no number from 0 on leaves half."""
    if soreness is None:
        return Advice(1.0, 0.0, Message("dose.as_prescribed"))
    held = limits or Limits()
    if math.isnan(soreness) or soreness < 0:
        return Advice(0.5, 0.0, Message("dose.soreness_unknown", {"percent": 50}))
    value = min(WORST, soreness)
    steps = ((held.pain_ease / 2, 0.9), (held.pain_ease, 0.8), (held.pain_end, 0.5), (held.pain_stop, 0.0))
    share = min([1.0, *(share for least, share in steps if value >= least)])
    if share >= 1:
        return Advice(1.0, 0.0, Message("dose.as_prescribed"))
    name = "dose.soreness" if share > 0 else "dose.soreness_none"
    return Advice(share, 0.0, Message(name, {"percent": round(100 * share), "soreness": value}))


def _named(sign: Fatigue) -> str:
    return sign.from_slopes[0] if len(sign.from_slopes) == 1 else "several"


def _answer(value: float | None) -> float:
    """0..10; -1 where it says nothing."""
    return -1.0 if value is None or math.isnan(value) or value < 0 else min(WORST, float(value))
