"""Hazard H3 (overexertion): rests, breaks and caps hold, whatever clocks, dates and restarts do."""

from __future__ import annotations

import math

import pytest

from rehabgames.core.limits import Limits
from rehabgames.safety import Amounts, Done

MONDAY, TUESDAY, SUNDAY = "2026-11-23", "2026-11-24", "2026-11-22"
SMALL = Limits(minutes_work=1, rest_s=30, minutes_session=3, break_minutes=2, minutes_day=5)


def play(amounts: Amounts, now_s: float, seconds: float, day: str = MONDAY) -> float:
    """Play in steps of 0.5 s whether allowed or not; returns the time at the end."""
    for _ in range(round(seconds * 2)):
        now_s += 0.5
        amounts.played(0.5, now_s, day)
    return now_s


def test_hazard_h3_five_minutes_then_a_rest_of_a_minute_and_no_shorter() -> None:
    amounts = Amounts(Limits())
    amounts.at(0.0, MONDAY)
    assert (amounts.state, amounts.seconds_left) == ("go", pytest.approx(299.9))
    now = play(amounts, 0.0, 299.5)
    assert (amounts.state, amounts.seconds_left) == ("go", pytest.approx(0.4))
    now = play(amounts, now, 0.5)
    assert (amounts.state, amounts.seconds_left) == ("rest", 60.0)
    amounts.rested(59.0, now + 59.0, MONDAY)
    assert (amounts.state, amounts.seconds_left) == ("rest", 1.0)
    amounts.rested(1.0, now + 60.0, MONDAY)
    assert (amounts.state, amounts.seconds_left) == ("go", pytest.approx(299.9))


def test_hazard_h3_a_rest_that_is_interrupted_begins_again() -> None:
    amounts = Amounts(SMALL)
    now = play(amounts, 0.0, 60)
    amounts.rested(29, now + 29)
    now = play(amounts, now + 29, 0.5)
    assert (amounts.state, amounts.seconds_left) == ("rest", 30.0)


def test_hazard_h3_a_longer_break_after_the_session_s_minutes_and_an_end_after_the_day_s() -> None:
    amounts, now = Amounts(SMALL), 0.0
    for _ in range(3):
        now = play(amounts, now, 60)
        if amounts.state == "rest":
            amounts.rested(30, now + 30)
            now += 30
    assert (amounts.state, amounts.seconds_left) == ("break", 120.0)
    amounts.rested(90, now + 90)
    assert (amounts.state, amounts.seconds_left) == ("break", 30.0)
    amounts.rested(30, now + 120)
    assert amounts.state == "go"
    now = play(amounts, now + 120, 60)
    amounts.rested(30, now + 30)
    now = play(amounts, now + 30, 30)
    assert (amounts.state, amounts.seconds_left) == ("go", pytest.approx(29.9))
    now = play(amounts, now, 30)
    assert (amounts.state, amounts.seconds_left) == ("day_over", 0.0)
    amounts.rested(3 * 3600, now + 3 * 3600, TUESDAY)
    assert amounts.state == "day_over"
    amounts.rested(3600, now + 4 * 3600, TUESDAY)
    assert amounts.state == "go"


def test_seconds_left_are_of_what_comes_first() -> None:
    amounts = Amounts(Limits(minutes_work=4, minutes_session=3, minutes_day=9))
    assert amounts.seconds_left == pytest.approx(179.9)
    amounts.tighten(Limits(minutes_day=1))
    assert amounts.seconds_left == pytest.approx(59.9)
    assert amounts.limits.minutes_work == 4


def test_repetitions_are_counted_in_the_block_and_in_the_day() -> None:
    limits = Limits(repetitions_block=3, repetitions_day=5)
    amounts = Amounts(limits)
    left = []
    for _ in range(4):
        left.append(amounts.repetitions_left)
        amounts.tried()
    assert left == [3, 2, 1, 0]
    assert amounts.state == "go"
    assert amounts.repetitions_left == 0
    amounts.begin_block()
    assert amounts.repetitions_left == 1
    amounts.tried()
    assert (amounts.state, amounts.repetitions_left) == ("day_over", 0)
    assert Amounts(limits, [Done(0, 1, 4, MONDAY)]).repetitions_left == 1
    assert Amounts(limits, [Done(0, 1, 4, MONDAY), Done(99, 1, 4, TUESDAY)]).state == "day_over"


def test_hazard_h3_caps_hold_over_restarts() -> None:
    first = Amounts(SMALL)
    now = play(first, 100.0, 50)
    first.tried()
    done = first.done
    assert done == Done(100.5, pytest.approx(50 / 60), 1, MONDAY, now)
    again = Amounts(SMALL, [done])
    again.at(now + 5, MONDAY)
    assert again.seconds_left == pytest.approx(9.9)
    assert again.repetitions_left == 99 + 1
    now = play(again, now + 5, 10)
    assert (again.state, again.seconds_left) == ("rest", 30.0)
    rested = Amounts(SMALL, [done, again.done])
    rested.at(now + 31, MONDAY)
    assert rested.state == "go"
    assert rested.seconds_left == pytest.approx(59.9)
    spent = Amounts(SMALL, [Done(0, 5, 9, MONDAY)])
    spent.at(300 + 3600, MONDAY)
    assert spent.state == "day_over"


def test_only_the_first_look_at_the_clock_is_a_rest() -> None:
    amounts = Amounts(SMALL)
    now = play(amounts, 0.0, 60)
    amounts.at(now + 500, MONDAY)
    assert (amounts.state, amounts.seconds_left) == ("rest", 30.0)


def test_rest_between_blocks_counts_from_their_end_where_it_is_known() -> None:
    known = Amounts(SMALL, [Done(0, 1, 9, MONDAY, 200.0)])
    known.at(215.0, MONDAY)
    assert (known.state, known.seconds_left) == ("rest", 15.0)
    for ended in (math.nan, math.inf):
        unknown = Amounts(SMALL, [Done(0, 1, 9, MONDAY, ended)])
        unknown.at(9000.0, MONDAY)
        assert (unknown.state, unknown.seconds_left) == ("rest", 30.0)
    two = Amounts(SMALL, [Done(0, 1, 9, MONDAY, 60), Done(90, 0.5, 9, MONDAY, 120)])
    two.at(121.0, MONDAY)
    assert two.seconds_left == pytest.approx(29.9)


@pytest.mark.parametrize("day", [TUESDAY, "2031-01-01"])
def test_hazard_h3_a_date_set_forward_is_the_same_day(day: str) -> None:
    amounts = Amounts(SMALL)
    now = play(amounts, 0.0, 300)
    amounts.rested(4 * 3600 - 1, now + 4 * 3600 - 1, day)
    assert amounts.state == "day_over"
    again = Amounts(SMALL, [amounts.done])
    again.at(now + 4 * 3600 - 1, day)
    assert again.state == "day_over"
    again = Amounts(SMALL, [Done(0, 5, 9, MONDAY)])
    again.at(300 + 4 * 3600, day)
    assert again.state == "go"


@pytest.mark.parametrize("day", [SUNDAY, "1999-12-31", "yesterday", "", None])
def test_hazard_h3_a_date_set_back_or_no_date_is_the_same_day(day: str | None) -> None:
    amounts = Amounts(SMALL)
    now = play(amounts, 0.0, 300)
    amounts.rested(9e6, now + 9e6, day)
    assert amounts.state == "day_over"
    assert amounts.done.day == MONDAY
    amounts.rested(1.0, now + 9e6 + 1, TUESDAY)
    assert amounts.state == "go"


def test_a_day_that_was_not_known_yet_takes_nothing_back() -> None:
    amounts = Amounts(SMALL)
    for i in range(600):
        amounts.played(0.5, i / 2)
    amounts.rested(1e6, 1e6, MONDAY)
    assert amounts.state == "day_over"


def test_hazard_h3_what_was_played_after_midnight_counts_for_both_days() -> None:
    amounts = Amounts(SMALL)
    now = play(amounts, 0.0, 180, MONDAY)
    amounts.rested(120, now + 120, TUESDAY)
    now = play(amounts, now + 120, 60, TUESDAY)
    amounts.tried()
    assert amounts.repetitions_left == 99
    now = play(amounts, now, 60, TUESDAY)
    assert (amounts.state, amounts.done.day) == ("day_over", MONDAY)
    amounts.rested(4 * 3600, now + 4 * 3600, TUESDAY)
    assert (amounts.state, amounts.done.day) == ("go", TUESDAY)
    amounts.tighten(Limits(minutes_work=9, minutes_session=9, repetitions_day=3))
    assert amounts.seconds_left == pytest.approx(59.9)
    amounts.begin_block()
    assert amounts.repetitions_left == 2
    now += 4 * 3600
    for day in (SUNDAY, "no date"):
        now = play(amounts, now, 1, day)
    amounts.rested(5 * 3600, now + 5 * 3600, "2026-11-25")
    assert amounts.repetitions_left == 3
    assert amounts.seconds_left == pytest.approx(59.9)


def test_hazard_h3_all_that_was_played_after_midnight_counts() -> None:
    amounts = Amounts(Limits(repetitions_day=9, minutes_day=2.5))
    now = play(amounts, 0.0, 10, MONDAY)
    now = play(amounts, now, 120, TUESDAY)
    for _ in range(4):
        amounts.tried()
    amounts.at(now + 4 * 3600, TUESDAY)
    assert amounts.done.day == TUESDAY
    assert amounts.repetitions_left == 5
    assert amounts.seconds_left == pytest.approx(29.9)


def test_a_break_gives_the_whole_session_back() -> None:
    amounts = Amounts(Limits(minutes_work=9, minutes_session=3, break_minutes=2))
    now = play(amounts, 0.0, 100)
    amounts.rested(120, now + 120)
    assert amounts.seconds_left == pytest.approx(179.9)


def test_hazard_h3_a_block_counts_for_the_day_it_was_recorded_under() -> None:
    before = [Done(0, 1, 2, MONDAY, 60), Done(100, 2, 5, TUESDAY, 220), Done(-9000, 1, 6, TUESDAY, -8940)]
    amounts = Amounts(SMALL, before)
    assert amounts.done.day == TUESDAY
    amounts.tighten(Limits(repetitions_day=20, minutes_work=9, minutes_session=9, minutes_day=3.5))
    assert amounts.repetitions_left == 9
    amounts.at(-8000.0, TUESDAY)
    assert amounts.seconds_left == pytest.approx(29.9)


def test_hazard_h3_a_new_day_is_no_rest_from_what_was_played_under_its_date() -> None:
    before = [Done(0, 1, 2, MONDAY), Done(100, 0.5, 5, TUESDAY), Done(-9000, 0.25, 6, TUESDAY)]
    amounts = Amounts(SMALL, before)
    amounts.at(-8985.0, TUESDAY)
    assert amounts.seconds_left == pytest.approx(14.9)
    amounts.tighten(Limits(minutes_work=9, minutes_session=1))
    assert amounts.seconds_left == pytest.approx(14.9)


def test_hazard_h3_a_repetition_is_play_also_where_no_time_was_told() -> None:
    amounts = Amounts(Limits(repetitions_day=9))
    amounts.at(0.0, MONDAY)
    amounts.tried()
    amounts.at(60.0, TUESDAY)
    assert amounts.repetitions_left == 8
    amounts.at(60.0 + 4 * 3600, TUESDAY)
    assert amounts.repetitions_left == 9


def test_after_a_restart_of_the_machine_the_date_alone_counts() -> None:
    spent = [Done(80000, 5, 9, MONDAY)]
    same = Amounts(SMALL, spent)
    same.at(20.0, MONDAY)
    assert same.state == "day_over"
    other = Amounts(SMALL, spent)
    other.at(20.0, TUESDAY)
    assert other.state == "go"
    tired = Amounts(SMALL, [Done(80000, 1, 9, MONDAY)])
    tired.at(20.0, MONDAY)
    assert (tired.state, tired.seconds_left) == ("rest", 30.0)
