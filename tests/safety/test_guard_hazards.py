"""Guard: what people say, stops, amounts and limits that are tightened. Hazards H1, H3 and H5."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from guarded import DAY, FAR, SUCCESS, code, guard, spec

from rehabgames.core.inputs import Answer
from rehabgames.core.limits import Limits
from rehabgames.core.trial import Outcome, TrialSpec
from rehabgames.safety import Done, Guard, Refusal, State


@pytest.mark.parametrize(
    ("what", "value", "until", "refused"),
    [
        ("pain", 4, 60.0, "pain_ease"),
        ("pain", 6, math.inf, "pain_end"),
        ("pain", 8, math.inf, "pain_stop"),
        ("effort", 7, 120.0, "effort_rest"),
        ("effort", 9, math.inf, "effort_end"),
        ("fall", 1, math.inf, "fall"),
        ("pain", math.nan, math.inf, "answer_again"),
    ],
)
def test_hazard_h5_during_a_rest_or_after_an_end_no_trial_begins(
    what: Any, value: float, until: float, refused: str
) -> None:
    g = guard()
    assert g.hear(Answer(what, value), 0.0).code == refused
    assert code(g.trial(spec(), 0.0)) == refused
    assert g.refusal(59.0) == Refusal(refused)
    if until < math.inf:
        assert g.refusal(until - 0.1) == Refusal(refused)
        assert g.refusal(until) is None
        assert code(g.trial(spec(0.7), until)) == "no_rise"
        assert isinstance(g.trial(spec(0.6), until), TrialSpec)
    else:
        assert g.refusal(1e9) == Refusal(refused)


def test_an_answer_that_is_none_is_asked_again() -> None:
    for junk in (None, 4, "pain", Answer(3, 3.0), Answer(["pain"], 3.0)):  # type: ignore[arg-type]
        g = guard()
        assert g.hear(junk, 0.0).code == "answer_again"
        assert g.held
        assert g.refusal(1e9) == Refusal("answer_again")
        g.hear(Answer("pain", 0), 1.0)
        assert g.refusal(1.0) is None


def test_hazard_h5_a_compensated_success_holds_until_a_purposeful_one() -> None:
    g = guard()
    g.trial(spec(), 0.0)
    g.told(spec(), replace(SUCCESS, compensated=True))
    assert g.held
    assert code(g.trial(spec(0.9), 0.0)) == "no_rise"
    assert g.levels({"distance": 0.9})[0] == {"distance": 0.8}
    g.trial(spec(number=1), 0.0)
    g.told(spec(number=1), SUCCESS)
    assert not g.held
    assert isinstance(g.trial(spec(0.9), 0.0), TrialSpec)


def test_only_the_running_trial_can_be_told_and_only_once() -> None:
    helped = replace(SUCCESS, assisted=True)
    g = guard()
    g.told(spec(), helped)
    g.trial(spec(number=3), 0.0)
    for stranger in (spec(number=2), None, "trial"):
        g.told(stranger, helped)
    assert not g.held
    g.told(spec(number=3), "placed")
    g.told(spec(number=3), helped)
    assert not g.held
    g.trial(spec(), 0.0)
    g.told(spec(levels={"distance": 1.1}), helped)
    assert g.held
    assert g.levels({"distance": 1.0})[0] == {"distance": 0.8}


def test_a_trial_that_could_not_be_judged_was_not_played() -> None:
    g = guard()
    g.trial(spec(1.0), 0.0)
    g.told(spec(), Outcome(0, None, "lost"))
    g.hear(Answer("effort", 6), 0.0)
    assert g.levels({"distance": 1.0})[0] == {"distance": 0.7}


def test_a_probe_teaches_nothing_and_is_held_like_all_others() -> None:
    g = guard()
    g.trial(spec(1.0, probe=True), 0.0)
    g.told(spec(1.0, probe=True), replace(SUCCESS, compensated=True))
    assert not g.held
    g.hear(Answer("effort", 6), 0.0)
    assert g.levels({"distance": 1.0})[0] == {"distance": 0.7}
    assert code(g.trial(spec(1.0, probe=True), 0.0)) == "no_rise"


def test_stop_is_for_the_whole_session_and_holds_the_next() -> None:
    g = guard()
    g.stopped()
    assert g.held
    g.begin_block([FAR])
    assert code(g.trial(spec(), 0.0)) == "stopped"
    later = guard(held=True)
    assert later.held
    assert code(later.trial(spec(0.8), 0.0)) == "no_rise"
    later.hear(Answer("pain", 1), 0.0)
    later.hear(Answer("effort", 1), 0.0)
    assert not later.held


def test_hazard_h3_no_trial_begins_beyond_an_amount() -> None:
    g = guard(Limits(repetitions_block=2, repetitions_day=3))
    g.amounts.at(0.0, DAY)
    assert [type(g.trial(spec(number=i), 0.0)) for i in range(3)] == [TrialSpec, TrialSpec, Refusal]
    assert g.refusal(0.0) == Refusal("block_over")
    g.begin_block([FAR])
    assert isinstance(g.trial(spec(), 0.0), TrialSpec)
    assert g.refusal(0.0) == Refusal("day_over")
    g = guard(Limits(minutes_work=1))
    for i in range(12):
        g.amounts.played(5.0, 5.0 * i, DAY)
    assert g.refusal(60.0) == Refusal("rest")
    for minutes, refused in ((20, "break"), (60, "day_over")):
        g = guard(before=[Done(0, minutes, 10, DAY)])
        assert g.refusal(minutes * 60.0) == Refusal(refused)


def test_a_refused_trial_is_no_repetition() -> None:
    g = guard(Limits(repetitions_block=1))
    for junk in (None, spec(levels={}), spec(1.0, levels={"distance": 9.0})):
        assert isinstance(g.trial(junk, 0.0), Refusal)
    assert g.amounts.repetitions_left == 1


def test_hazard_h1_a_standing_exercise_needs_the_limit_and_the_support() -> None:
    assert guard(posture="standing").refusal(0.0) == Refusal("standing_locked")
    g = guard(Limits(standing=True), posture="standing")
    assert g.refusal(0.0) == Refusal("support_unconfirmed")
    g.hear(Answer("support", 1), 0.0)
    assert g.refusal(0.0) is None
    g.hear(Answer("support", 0), 0.0)
    assert g.refusal(0.0) == Refusal("support_unconfirmed")
    g.begin_block([FAR])
    assert g.refusal(0.0) is None
    g.begin_block([FAR], "standing")
    assert g.refusal(0.0) == Refusal("support_unconfirmed")
    g.hear(Answer("support", 1), 0.0)
    g.tighten(Limits())
    assert g.refusal(0.0) == Refusal("standing_locked")


def test_hazard_h1_limits_tightened_in_the_middle_of_a_trial() -> None:
    g = guard()
    assert g.tighten(Limits(reach=1.0)) is True
    g.trial(spec(0.9), 0.0)
    assert g.tighten(Limits(reach=0.95)) is True
    assert g.tighten(Limits(reach=0.8)) is False
    g.told(spec(0.9), Outcome(0, None, "stopped"))
    assert g.tighten(Limits(reach=0.7)) is True
    assert g.tighten(Limits(reach=1.1, shoulder_elevation_deg=60.0, minutes_day=10, effort_end=5)) is True
    assert g.envelope.limits.reach == 0.7
    assert g.over_range.limit_deg == 60.0
    assert g.amounts.limits.minutes_day == 10
    assert g.hear(Answer("effort", 5), 0.0).code == "effort_end"


def test_tightened_limits_are_heard_by_what_was_answered_before() -> None:
    g = guard()
    g.hear(Answer("effort", 5), 0.0)
    g.tighten(Limits())
    assert not g.held
    g.hear(Answer("pain", 5), -1e9)
    before = g.levels({"distance": 1.2})[0]
    g.tighten(Limits())
    assert g.levels({"distance": 1.2})[0] == before
    g = guard()
    g.hear(Answer("effort", 5), 0.0)
    g.tighten(Limits(effort_rest=5))
    assert g.held
    assert g.refusal(10.0) == Refusal("effort_rest")
    assert g.refusal(120.0) is None
    assert g.levels({"distance": 0.7})[0] == {"distance": pytest.approx(0.6)}


def test_the_parts_know_the_person() -> None:
    limits = Limits(70.0, angles_deg={"shoulder_flexion": (0.0, 65.0)})
    g = guard(limits, trunk_baseline_deg=10.0, first_pain=2.0, before=[Done(0, 1, 10, DAY)])
    assert g.over_range.limit_deg == 65.0
    assert g.stop_rules.first_pain == 2.0
    assert g.hear(Answer("pain", 4), 0.0).code == "pain_rise"
    assert g.amounts.repetitions_left == 100
    steps = [
        g.balance.update(-15.0, 1.0, seen=True, moving=True, out_of_zone=False, now_s=i / 10)
        for i in range(3)
    ]
    assert steps[2] == "trunk_tilt"
    upright = guard()
    steps = [
        upright.balance.update(19.0, 1.0, seen=True, moving=True, out_of_zone=False, now_s=i / 10)
        for i in range(3)
    ]
    assert steps == [None] * 3


def test_the_end_of_an_exercise_is_over_with_the_next_when_it_is_better() -> None:
    g = guard()
    assert g.hear(Answer("effort", 9), 0.0).state == State.END_EXERCISE
    g.hear(Answer("effort", 2), 1.0)
    assert g.refusal(1.0) == Refusal("effort_end")
    g.begin_block([FAR])
    assert g.refusal(2.0) is None
    assert g.held


def answer_in_the_opening(g: Guard, pain: float, effort: float) -> None:
    g.hear(Answer("pain", pain), 0.0)
    g.hear(Answer("effort", effort), 0.0)


def test_hazard_h5_an_answer_that_tightened_limits_made_bad_is_no_good_one_any_more() -> None:
    g = guard(held=True)
    g.hear(Answer("pain", 3), 0.0)
    g.tighten(Limits(pain_ease=2))
    g.hear(Answer("effort", 1), 0.0)
    assert g.held
    g.hear(Answer("pain", 1), 1.0)
    assert not g.held


def test_hazard_h5_soreness_that_tightened_limits_made_bad_holds_for_the_session() -> None:
    g = guard()
    g.hear(Answer("soreness", 3), 0.0)
    assert not g.held
    g.tighten(Limits(pain_ease=2))
    g.begin_block([FAR])
    answer_in_the_opening(g, 0, 0)
    assert g.held


def test_hazard_h5_tightened_limits_hold_whatever_else_stands() -> None:
    g = guard()
    g.hear(Answer("mood", 1), 0.0)  # type: ignore[arg-type]
    answer_in_the_opening(g, 3, 1)
    assert not g.held
    g.tighten(Limits(pain_ease=2))
    assert g.held
    assert code(g.trial(spec(0.7), 1e6)) == "no_rise"
    assert isinstance(g.trial(spec(0.6), 1e6), TrialSpec)


@pytest.mark.parametrize("helps", [True, False])
def test_hazard_h5_a_plan_that_aims_at_compensation_lets_the_trunk_help_and_no_other_hand(
    helps: bool,
) -> None:
    for help_by, holds in (("compensated", not helps), ("assisted", True)):
        g = guard(trunk_helps=helps)
        g.trial(spec(), 0.0)
        g.told(spec(), replace(SUCCESS, **{help_by: True}))
        assert g.held is holds
        assert isinstance(g.trial(spec(0.9), 0.0), Refusal) is holds
