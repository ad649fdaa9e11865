"""The life of a trial, which every game shares; and holding."""

from __future__ import annotations

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.message import Message
from rehabgames.core.trial import Goal, Outcome, TrialSpec
from rehabgames.core.view import Cue
from rehabgames.games import Course
from rehabgames.games.holding import FORGET, Hold

SHOW_S = 0.5
SPEC = TrialSpec(7, {}, Goal(45.0, 0.8, 0.1, 0.3), None, 2.0)
PROBE = dataclasses.replace(SPEC, probe=True)


def begun(spec: TrialSpec = SPEC) -> Course[str]:
    course = Course[str](SHOW_S)
    course.begin(spec, "reach")
    return course


def ended(spec: TrialSpec = SPEC, *, counted: bool = True) -> Course[str]:
    course = begun(spec)
    course.end(success=counted, reason="reached" if counted else "not_reached")
    course.settle(counted=counted)
    return course


def test_a_trial_goes_from_idle_to_idle() -> None:
    course = Course[str](SHOW_S)
    stages = [course.stage]
    course.begin(SPEC, "reach")
    stages.append(course.stage)
    course.go_on("carry")
    stages.append(course.stage)
    course.end(success=True, reason="placed")
    stages.append(course.stage)
    assert course.settle(counted=True)
    stages.append(course.stage)
    course.step(SHOW_S)
    assert [*stages, course.stage] == ["idle", "reach", "carry", "saving", "shown", "idle"]


def test_it_is_played_in_the_stages_of_the_game_alone() -> None:
    course = Course[str](SHOW_S)
    assert not course.playing
    assert not course.step(0.1)
    course.begin(SPEC, "reach")
    assert course.playing
    assert course.step(0.1)
    course.go_on("carry")
    assert course.step(0.1)
    course.end(success=False, reason="not_placed")
    assert not course.step(0.1)
    course.settle(counted=False)
    assert not course.step(0.1)


def test_the_clock_runs_while_it_is_played_and_starts_again_with_the_next() -> None:
    course = begun()
    course.step(0.4)
    course.go_on("carry")
    course.step(0.8)
    outcome = course.end(success=True, reason="placed")
    course.step(5.0)
    assert outcome.duration_s == course.clock_s == pytest.approx(1.2)
    course.begin(SPEC, "reach")
    assert course.clock_s == 0.0


def test_its_time_is_up_at_the_limit() -> None:
    course = begun()
    course.step(SPEC.limit_s - 0.01)
    assert not course.time_is_up
    course.step(0.01)
    assert course.time_is_up


def test_an_outcome_has_the_number_of_its_trial_and_says_nothing_that_is_not_known() -> None:
    outcome = begun().end(success=True, reason="reached", margin=0.04)
    assert (outcome.number, outcome.success, outcome.reason, outcome.margin) == (7, True, "reached", 0.04)
    assert all(math.isnan(each) for each in (outcome.reached, outcome.reach_s, outcome.path_ratio))


def test_a_game_may_keep_another_time_than_the_clock() -> None:
    course = begun()
    course.step(1.0)
    measures = {"reached": 0.7, "reach_s": 0.2, "path_ratio": 1.1, "duration_s": 0.9}
    expected = Outcome(7, False, "missed", **measures)
    outcome = course.end(success=False, reason="missed", **measures)
    assert repr(outcome) == repr(expected)  # a margin that is NaN equals none
    assert course.outcome is outcome


def test_a_trial_that_is_stopped_is_idle_at_once_and_never_settled() -> None:
    course = begun()
    outcome = course.end(success=None, reason="stopped")
    assert (outcome.success, course.stage) == (None, "idle")
    assert not course.settle(counted=True)
    assert (course.stage, course.counted, course.verdict()) == ("idle", False, None)


def test_a_trial_that_was_lost_waits_for_the_record_as_any_other() -> None:
    course = begun()
    course.end(success=None, reason="lost")
    assert course.stage == "saving"
    assert not course.won


@pytest.mark.parametrize("stage", ["idle", "reach", "shown"])
def test_only_what_waits_for_the_record_can_be_settled(stage: str) -> None:
    course = {"idle": Course[str](SHOW_S), "reach": begun(), "shown": ended(counted=False)}[stage]
    assert not course.settle(counted=True)
    assert (course.stage, course.counted) == (stage, False)


def test_the_end_is_shown_for_so_long_and_every_time() -> None:
    course = Course[str](SHOW_S)
    for _ in range(2):
        course.begin(SPEC, "reach")
        course.end(success=True, reason="reached")
        course.settle(counted=True)
        course.step(SHOW_S - 0.1)
        assert (course.stage, course.shown_s) == ("shown", pytest.approx(SHOW_S - 0.1))
        course.step(0.1)
        assert course.stage == "idle"


def test_the_next_trial_may_begin_while_the_last_is_shown() -> None:
    course = ended()
    course.begin(dataclasses.replace(SPEC, number=8), "reach")
    assert (course.stage, course.spec.number) == ("reach", 8)
    assert (course.outcome, course.won, course.counted) == (None, False, False)


def test_every_target_has_a_number_of_its_own() -> None:
    course = begun()
    assert course.targets == 1
    course.go_on("carry")
    assert course.targets == 2
    course.go_on("end", targets=0)
    assert course.targets == 2
    course.begin(SPEC, "reach", targets=4)
    assert course.targets == 6


def test_another_stage_and_another_trial_begin_a_new_hold() -> None:
    course = begun()
    course.hold.step(0.2, 0.3, inside=True)
    course.go_on("carry")
    assert course.hold.so_far_s == 0.0
    course.hold.step(0.2, 0.3, inside=True)
    course.begin(SPEC, "reach")
    assert course.hold.so_far_s == 0.0


def test_before_the_first_trial_there_is_none() -> None:
    course = Course[str](SHOW_S)
    assert (course.begun, course.verdict(), course.cues()) == (False, None, ())
    with pytest.raises(LookupError):
        _ = course.spec
    course.begin(SPEC, "reach")
    assert (course.begun, course.spec) == (True, SPEC)


@pytest.mark.parametrize(
    ("counted", "kind", "said"), [(True, "place", "well_done"), (False, "miss", "missed")]
)
def test_it_says_how_it_went_once_that_is_on_record(counted: bool, kind: str, said: str) -> None:
    course = ended(counted=counted)
    course.tell_end(0.3, 0.4)
    assert course.cues() == (Cue(kind, 0.3, 0.4),)
    assert course.verdict() == Message(f"play.{said}")
    course.step(SHOW_S)
    assert course.verdict() is None


def test_a_game_may_say_a_miss_in_its_own_words() -> None:
    assert ended(counted=False).verdict("play.dropped") == Message("play.dropped")
    assert ended(counted=True).verdict("play.dropped") == Message("play.well_done")


@pytest.mark.parametrize("counted", [True, False])
def test_a_probe_is_never_judged_aloud(counted: bool) -> None:
    course = ended(PROBE, counted=counted)
    course.tell_end(0.3, 0.4)
    assert (course.stage, course.verdict(), course.cues()) == ("shown", None, ())


def test_what_was_told_is_given_once_and_in_order() -> None:
    course = begun()
    course.tell("appear", 0.1, 0.2)
    course.tell("pick", 0.3, 0.4)
    assert course.cues() == (Cue("appear", 0.1, 0.2), Cue("pick", 0.3, 0.4))
    assert course.cues() == ()


def test_a_hold_is_made_by_staying() -> None:
    hold = Hold()
    assert [hold.step(0.25, 0.75, inside=True) for _ in range(4)] == [False, False, True, True]


def test_a_hold_that_is_left_is_lost_faster_than_it_was_made_but_not_at_once() -> None:
    hold = Hold()
    hold.step(0.5, 1.0, inside=True)
    hold.step(0.1, 1.0, inside=False)
    assert hold.so_far_s == pytest.approx(0.5 - FORGET * 0.1)
    hold.step(1.0, 1.0, inside=False)
    assert hold.so_far_s == 0.0


def test_nothing_is_held_from_outside() -> None:
    assert not Hold().step(0.1, 0.0, inside=False)
    assert Hold().step(0.0, 0.0, inside=True)


@pytest.mark.parametrize("of_none", [0.0, 1.0])
def test_the_share_of_nothing_is_what_the_game_says(of_none: float) -> None:
    hold = Hold()
    hold.step(0.2, 0.8, inside=True)
    assert hold.share(0.0, of_none) == of_none
    assert hold.share(0.8, of_none) == pytest.approx(0.25)


@given(st.lists(st.tuples(st.floats(0.0, 0.2), st.booleans()), max_size=40), st.floats(0.01, 2.0))
def test_a_hold_is_done_only_where_its_share_is_whole(steps: list[tuple[float, bool]], for_s: float) -> None:
    hold = Hold()
    for dt_s, inside in steps:
        held = hold.step(dt_s, for_s, inside=inside)
        assert held == (inside and hold.share(for_s) == 1.0)
        assert 0.0 <= hold.share(for_s) <= 1.0
