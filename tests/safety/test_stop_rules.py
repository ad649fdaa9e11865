"""The stop rules of SAFETY as states, answer by answer (hazards H5 and H11)."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.inputs import Answer
from rehabgames.core.limits import Limits
from rehabgames.safety import Ruling, State, StopRules

GO = Ruling(State.GO, "go_on")
AGAIN = Ruling(State.REST, "answer_again", False, math.inf)
RED_FLAGS = ["sharp_pain", "chest_pain", "new_weakness", "speech_or_vision", "dizziness", "fall"]


def hear(what: str, *values: float, limits: Limits | None = None) -> list[Ruling]:
    rules = StopRules(limits or Limits())
    return [rules.hear(Answer(what, value), float(i)) for i, value in enumerate(values)]  # type: ignore[arg-type]


def test_states_are_ordered_by_strictness() -> None:
    names = ["GO", "NO_RISE", "EASE", "REST", "END_EXERCISE", "END_SESSION"]
    assert [state.name for state in sorted(State)] == names
    assert all(a < b for a, b in pairwise(State))


@pytest.mark.parametrize("what", RED_FLAGS)
def test_hazard_h11_a_red_flag_ends_the_session_for_good_and_is_told(what: str) -> None:
    rules = StopRules(Limits())
    assert rules.hear(Answer(what, 0), 0.0) == GO  # type: ignore[arg-type]
    ended = Ruling(State.END_SESSION, what, True)
    assert rules.hear(Answer(what, 1), 1.0) == ended  # type: ignore[arg-type]
    assert rules.hear(Answer(what, 0), 2.0) == ended  # type: ignore[arg-type]
    rules.begin_exercise()
    assert rules.standing(1e9) == ended
    for value in (0.5, 2.0, 1e9):
        assert hear(what, value) == [ended]


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        (0, 3.9, GO),
        (3, 3, GO),
        (4, 4, Ruling(State.EASE, "pain_ease", False, 60.0)),
        (4, 5.9, Ruling(State.EASE, "pain_ease", False, 60.0)),
        (3, 4, Ruling(State.EASE, "pain_ease", False, 60.0)),
        (2, 4, Ruling(State.END_EXERCISE, "pain_rise")),
        (3, 5, Ruling(State.END_EXERCISE, "pain_rise")),
        (0, 3, GO),
        (4, 6, Ruling(State.END_EXERCISE, "pain_end")),
        (0, 7.9, Ruling(State.END_EXERCISE, "pain_end")),
        (0, 8, Ruling(State.END_SESSION, "pain_stop", True)),
        (0, 10, Ruling(State.END_SESSION, "pain_stop", True)),
        (0, 99, Ruling(State.END_SESSION, "pain_stop", True)),
    ],
)
def test_pain(first: float, then: float, expected: Ruling) -> None:
    assert hear("pain", first, then)[1] == expected
    again = StopRules(Limits(), first_pain=first)
    assert again.hear(Answer("pain", then), 0.0) == expected
    assert again.first_pain == first


def test_the_first_pain_of_today_is_remembered_and_nothing_but_a_number_is_one() -> None:
    rules = StopRules(Limits())
    assert rules.first_pain is None
    for value in (math.nan, -1.0, math.inf):
        assert rules.hear(Answer("pain", value), 0.0) == AGAIN
        assert rules.first_pain is None
    rules.hear(Answer("effort", 2), 0.0)
    assert rules.first_pain is None
    rules.hear(Answer("pain", 1), 0.0)
    rules.hear(Answer("pain", 3), 0.0)
    assert rules.first_pain == 1
    assert StopRules(Limits(), math.nan).first_pain is None
    assert StopRules(Limits(), -1.0).first_pain is None
    assert StopRules(Limits(), math.inf).first_pain is None
    assert StopRules(Limits(), 0.0).first_pain == 0.0
    assert StopRules(Limits(), 11.0).first_pain == 10.0


@pytest.mark.parametrize(
    ("effort", "expected"),
    [
        (0, GO),
        (5.9, GO),
        (6, Ruling(State.NO_RISE, "effort_hold")),
        (6.9, Ruling(State.NO_RISE, "effort_hold")),
        (7, Ruling(State.REST, "effort_rest", False, 120.0)),
        (8.9, Ruling(State.REST, "effort_rest", False, 120.0)),
        (9, Ruling(State.END_EXERCISE, "effort_end")),
        (50, Ruling(State.END_EXERCISE, "effort_end")),
    ],
)
def test_effort(effort: float, expected: Ruling) -> None:
    assert hear("effort", effort) == [expected]


@pytest.mark.parametrize(
    ("soreness", "expected"),
    [
        (3.9, GO),
        (4, Ruling(State.NO_RISE, "soreness_hold")),
        (5.9, Ruling(State.NO_RISE, "soreness_hold")),
        (6, Ruling(State.EASE, "soreness_ease", False, 60.0)),
        (7.9, Ruling(State.EASE, "soreness_ease", False, 60.0)),
        (8, Ruling(State.END_SESSION, "soreness_stop", True)),
    ],
)
def test_soreness(soreness: float, expected: Ruling) -> None:
    assert hear("soreness", soreness) == [expected]


def test_a_longer_rest_of_the_therapist_holds_after_effort_too() -> None:
    limits = Limits(rest_s=200)
    assert hear("effort", 7, limits=limits)[0].rest_s == 200
    assert hear("pain", 4, limits=limits)[0].rest_s == 200
    assert hear("soreness", 6, limits=limits)[0].rest_s == 200


def test_limits_move_every_step() -> None:
    limits = Limits(
        pain_ease=1, pain_end=2, pain_stop=3, pain_rise=9, effort_hold=1, effort_rest=2, effort_end=3
    )
    assert [r.code for r in hear("pain", 0.9, 1, 2, 3, limits=limits)] == [
        "go_on",
        "pain_ease",
        "pain_end",
        "pain_stop",
    ]
    assert [r.code for r in hear("effort", 0.9, 1, 2, 3, limits=limits)] == [
        "go_on",
        "effort_hold",
        "effort_rest",
        "effort_end",
    ]
    assert hear("pain", 0, 4, limits=Limits(pain_rise=5))[1].code == "pain_ease"


@pytest.mark.parametrize("what", ["pain", "effort", "soreness", "support", *RED_FLAGS])
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, -0.1, None, "yes"])
def test_hazard_h11_what_is_no_answer_is_asked_again_and_nothing_goes_on(what: str, value: float) -> None:
    rules = StopRules(Limits())
    assert rules.hear(Answer(what, value), 0.0) == AGAIN  # type: ignore[arg-type]
    assert rules.standing(1e12) == AGAIN
    rules.hear(Answer(what, 0), 5.0)  # type: ignore[arg-type]
    assert rules.standing(5.0) == GO


def test_a_question_that_nobody_asked_makes_a_rest() -> None:
    rules = StopRules(Limits(rest_s=70))
    assert rules.hear(Answer("mood", 3), 0.0) == Ruling(State.REST, "answer_again", False, 70.0)  # type: ignore[arg-type]
    assert rules.standing(69.0).state == State.REST
    assert rules.standing(70.0) == Ruling(State.NO_RISE, "answer_again")


def test_support_is_there_only_after_a_plain_yes() -> None:
    rules = StopRules(Limits())
    assert rules.support is None
    for value, there in ((1, True), (0, False), (1, True), (2, False), (1, True), (math.nan, None)):
        rules.hear(Answer("support", value), 0.0)
        assert rules.support is there
    rules.hear(Answer("support", 1), 0.0)
    rules.hear(Answer("fall", math.nan), 0.0)
    assert rules.support is True


def test_a_rest_ends_with_its_time_and_holds_the_difficulty() -> None:
    rules = StopRules(Limits())
    rest = rules.hear(Answer("effort", 7), 100.0)
    assert rules.standing(219.9) == rest
    assert rules.standing(220.0) == Ruling(State.NO_RISE, "effort_rest")
    assert rules.standing(math.nan) == rest
    assert rules.standing(50.0) == rest
    ease = rules.hear(Answer("pain", 4), 300.0)
    assert rules.standing(359.0) == ease
    assert rules.standing(360.0).state == State.NO_RISE
    rules.hear(Answer("pain", 1), 400.0)
    rules.hear(Answer("effort", 6), 400.0)
    assert rules.standing(1e9) == Ruling(State.NO_RISE, "effort_hold")
    rules.hear(Answer("effort", 2), 401.0)
    assert rules.standing(401.0) == GO


def test_an_answer_whose_time_is_no_number_rests_until_the_next() -> None:
    rules = StopRules(Limits())
    rest = rules.hear(Answer("effort", 7), math.nan)
    assert rules.standing(1e9) == rest


def test_the_end_of_an_exercise_stands_until_the_next_and_a_better_answer() -> None:
    rules = StopRules(Limits())
    end = rules.hear(Answer("pain", 6), 0.0)
    assert rules.hear(Answer("pain", 1), 1.0) == end
    assert rules.standing(9e9) == end
    rules.begin_exercise()
    assert rules.standing(2.0) == GO
    rules.hear(Answer("pain", 6), 3.0)
    rules.begin_exercise()
    assert rules.standing(4.0) == end
    assert rules.hear(Answer("pain", 1), 5.0) == GO
    assert rules.standing(5.0) == GO


def test_of_two_ends_the_stricter_stands() -> None:
    rules = StopRules(Limits())
    exercise = rules.hear(Answer("effort", 9), 0.0)
    assert rules.hear(Answer("pain", 7), 1.0) == exercise
    session = rules.hear(Answer("pain", 9), 2.0)
    assert session.state == State.END_SESSION
    assert rules.hear(Answer("effort", 9), 3.0) == session
    assert rules.standing(4.0) == session


def test_tightened_limits_hold_for_what_was_said_before_h18() -> None:
    rules = StopRules(Limits())
    rules.hear(Answer("pain", 3), 0.0)
    rules.hear(Answer("effort", 5), 7.0)
    rules.tighten(Limits(effort_rest=5))
    assert rules.standing(126.9) == Ruling(State.REST, "effort_rest", False, 120.0)
    assert rules.standing(127.0).state == State.NO_RISE
    rules.tighten(Limits(pain_end=3))
    assert rules.standing(200.0) == Ruling(State.END_EXERCISE, "pain_end")
    assert rules.limits.pain_stop == 8
    rules.tighten(Limits(effort_rest=9, pain_end=9))
    assert (rules.limits.effort_rest, rules.limits.pain_end) == (5, 3)
    assert StopRules(Limits(pain_stop=math.nan)).limits.pain_stop == 1


values = st.floats(allow_nan=True, allow_infinity=True) | st.integers(0, 10)
questions = st.sampled_from(["pain", "effort", "soreness", "support", "mood", *RED_FLAGS])


@given(st.lists(st.tuples(questions, values, st.floats(allow_nan=True)), max_size=30))
def test_nothing_that_is_said_is_ever_ignored(said: list[tuple[str, float, float]]) -> None:
    """Whoever heard more never rules milder than who heard only this; an end of the session stays."""
    rules, over = StopRules(Limits()), False
    for what, value, now in said:
        alone = StopRules(Limits(), rules.first_pain).hear(Answer(what, value), now)  # type: ignore[arg-type]
        got = rules.hear(Answer(what, value), now)  # type: ignore[arg-type]
        assert got.state >= alone.state
        assert rules.standing(now).state >= min(got.state, State.NO_RISE)
        assert got.state == State.END_SESSION or not over
        over = got.state == State.END_SESSION
        assert got.flag == over
