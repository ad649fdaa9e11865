"""Hazard H3: clocks that jump, steps without a time, and doses that are none."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.limits import Limits
from rehabgames.safety import AllowedDose, Amounts, Done

MONDAY, TUESDAY, SUNDAY = "2026-11-23", "2026-11-24", "2026-11-22"
SMALL = Limits(minutes_work=1, rest_s=30, minutes_session=3, break_minutes=2, minutes_day=5)


def play(amounts: Amounts, now_s: float, seconds: float, day: str = MONDAY) -> float:
    """Play in steps of 0.5 s whether allowed or not; returns the time at the end."""
    for _ in range(round(seconds * 2)):
        now_s += 0.5
        amounts.played(0.5, now_s, day)
    return now_s


def test_hazard_h3_a_clock_that_goes_back_while_playing_gives_nothing() -> None:
    amounts = Amounts(SMALL)
    now = play(amounts, 1000.0, 300)
    for t in (now - 900, now - 899):
        amounts.rested(500.0, t, TUESDAY)
        assert amounts.state == "day_over"
    amounts.rested(9e9, math.nan, TUESDAY)
    amounts.rested(9e9, math.inf, TUESDAY)
    assert amounts.state == "day_over"
    again = Amounts(SMALL, [amounts.done])
    again.at(now - 800, TUESDAY)
    assert again.state == "day_over"
    resting = Amounts(SMALL)
    now = play(resting, 1000.0, 60)
    resting.rested(500.0, now - 900)
    assert resting.seconds_left == 30.0
    resting.rested(10.0, now - 890)
    assert resting.seconds_left == 20.0


def test_hazard_h3_an_end_that_the_clock_did_not_show_is_followed_by_no_rest() -> None:
    amounts = Amounts(SMALL)
    now = play(amounts, 0.0, 31)
    for _ in range(29):
        amounts.played(1.0, math.nan)
    assert amounts.done.begun_s == 0.5
    assert math.isnan(amounts.done.ended_s)
    again = Amounts(SMALL, [amounts.done])
    assert math.isnan(again.done.ended_s), "nothing was shown since"
    again.at(now + 3600)
    assert (again.state, again.seconds_left) == ("rest", 30.0)
    assert again.done.ended_s == now + 3600
    twice = Amounts(SMALL, [amounts.done, Amounts(SMALL, [amounts.done]).done])
    twice.at(now + 3600)
    assert (twice.state, twice.seconds_left) == ("rest", 30.0)
    amounts.rested(1.0, now + 40)
    again = Amounts(SMALL, [amounts.done])
    again.at(now + 65)
    assert (again.state, again.seconds_left) == ("rest", 5.0)


def test_hazard_h3_without_an_end_the_night_begins_when_all_minutes_may_be_over() -> None:
    spent = [Done(0.0, 5, 9, MONDAY)]
    for hours, state in ((4 * 3600 + 299, "day_over"), (4 * 3600 + 300, "go")):
        amounts = Amounts(SMALL, spent)
        amounts.at(hours, TUESDAY)
        assert amounts.state == state


def test_an_end_is_enough_where_the_beginning_is_not_known() -> None:
    amounts = Amounts(SMALL, [Done(math.nan, 1, 9, MONDAY, 60.0)])
    amounts.at(80.0, MONDAY)
    assert (amounts.state, amounts.seconds_left) == ("rest", 10.0)


def test_a_block_s_own_time_counts_its_rests() -> None:
    amounts = Amounts(SMALL)
    amounts.at(0.0, MONDAY)
    amounts.rested(1.0, 100)
    amounts.played(0.5, 100.5)
    amounts.rested(1.0, 110)
    amounts.played(0.5, 110.5)
    assert amounts.done == Done(100.5, pytest.approx(1 / 60), 0, MONDAY, 110.5)


def test_hazard_h3_a_clock_that_jumps_forward_is_no_rest_and_a_stall_is_play() -> None:
    amounts = Amounts(SMALL)
    now = play(amounts, 0.0, 60)
    amounts.rested(0.1, now + 3600)
    assert amounts.seconds_left == pytest.approx(29.9)
    stalled = Amounts(SMALL)
    stalled.at(0.0, MONDAY)
    stalled.played(0.1, 2.0)
    assert stalled.seconds_left == pytest.approx(57.9)
    stalled.played(0.1, 3600.0)
    assert stalled.seconds_left == pytest.approx(52.9)
    stalled.played(10.0, 3601.0)
    assert stalled.seconds_left == pytest.approx(42.9)


@pytest.mark.parametrize("dt_s", [math.nan, math.inf, -math.inf, -1.0])
def test_steps_that_are_no_number_are_play_and_no_rest(dt_s: float) -> None:
    amounts = Amounts(SMALL)
    amounts.played(dt_s, 0.0)
    assert amounts.seconds_left == pytest.approx(54.9)
    now = play(amounts, 0.0, 60)
    amounts.rested(dt_s, now + 1)
    assert amounts.seconds_left == (29.0 if dt_s == math.inf else 30.0)
    amounts.played(0.0, now + 1)
    assert amounts.seconds_left == 30.0


def test_the_clock_says_what_went_by() -> None:
    amounts = Amounts(SMALL, [Done(0.0, 0.0, 0, MONDAY, 100.0)])
    assert amounts.repetitions_left == 100
    assert amounts.seconds_left == pytest.approx(59.9)
    assert [amounts.at(t) for t in (110.0, 112.5, math.nan, 90.0, 91.0)] == [10.0, 2.5, 0.0, 0.0, 1.0]
    assert Amounts(SMALL).at(5.0) == 0.0


def test_a_break_and_a_new_day_give_all_of_it_back() -> None:
    amounts = Amounts(Limits(minutes_work=3, minutes_session=3, repetitions_day=2), [Done(0, 3, 2, MONDAY)])
    amounts.at(180 + 4 * 3600, TUESDAY)
    assert amounts.seconds_left == pytest.approx(179.9)
    assert amounts.repetitions_left == 2


def test_a_step_without_a_time_is_play_all_the_same() -> None:
    amounts = Amounts(SMALL)
    amounts.played(7.0, math.nan)
    assert math.isnan(amounts.done.begun_s)
    assert math.isnan(amounts.done.ended_s)
    assert amounts.done.minutes == pytest.approx(7 / 60)


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -1.0])
def test_blocks_that_are_no_numbers_count_as_the_most(wrong: float) -> None:
    limits = Limits(repetitions_block=7, repetitions_day=9, minutes_session=3, minutes_day=5)
    minutes = Amounts(limits, [Done(0, wrong, 1, MONDAY)])
    assert minutes.state == "break"
    tries = Amounts(limits, [Done(0, 1, wrong, MONDAY)])  # type: ignore[arg-type]
    assert tries.repetitions_left == 2
    part = Amounts(limits, [Done(0, 1, 1.5, MONDAY)])  # type: ignore[arg-type]
    assert part.repetitions_left == 7
    part.tighten(Limits(repetitions_day=3))
    assert part.repetitions_left == 1


def test_a_block_without_a_time_counts_by_its_date_and_gives_no_rest() -> None:
    amounts = Amounts(SMALL, [Done(10, 4, 1, MONDAY), Done(math.nan, 1, 1, MONDAY)])
    amounts.at(1e6, MONDAY)
    assert amounts.state == "day_over"
    amounts = Amounts(SMALL, [Done(10, 4, 1, MONDAY), Done(math.nan, 1, 1, TUESDAY)])
    amounts.at(1e6, TUESDAY)
    assert (amounts.state, amounts.seconds_left) == ("rest", 30.0)
    amounts = Amounts(SMALL, [Done(math.nan, 5, 1, MONDAY)])
    amounts.at(1.0, TUESDAY)
    assert (amounts.state, amounts.seconds_left) == ("go", pytest.approx(59.9))
    amounts = Amounts(SMALL, [Done(math.nan, 0.5, 1, MONDAY), Done(50.0, 0.25, 1, MONDAY)])
    amounts.at(66.0, TUESDAY)
    assert amounts.seconds_left == pytest.approx(14.9)


def test_a_block_s_own_count_begins_with_it() -> None:
    amounts = Amounts(SMALL, [Done(0, 1, 3, MONDAY)])
    amounts.at(500.0, MONDAY)
    assert amounts.done == Done(500.0, 0.0, 0, MONDAY, 500.0)
    now = play(amounts, 500.0, 2)
    amounts.begin_block()
    now = play(amounts, now, 1)
    assert amounts.done == Done(502.5, pytest.approx(1 / 60), 0, MONDAY, 503.0)


def test_a_dose_inside_the_limits_is_left_alone() -> None:
    amounts = Amounts(Limits())
    assert amounts.dose(20, 3, 90.0, 15.0) == AllowedDose(20, 3, 90.0, 15.0)


def test_hazard_h3_a_dose_is_cut_to_what_is_left() -> None:
    amounts = Amounts(Limits(repetitions_block=50))
    got = amounts.dose(20, 3, 10.0, 45.0)
    assert got == AllowedDose(20, 2, 60.0, pytest.approx(1199.9 / 60), ("sets", "rest", "minutes"))
    assert amounts.dose(70, 2, 60.0, 5.0) == AllowedDose(50, 1, 60.0, 5.0, ("repetitions", "sets"))
    assert amounts.dose(25, 2, 60.0, 5.0) == AllowedDose(25, 2, 60.0, 5.0)
    short = Amounts(Limits(minutes_day=2))
    assert short.dose(20, 1, 60.0, 45.0).minutes == pytest.approx(119.9 / 60)


def test_when_nothing_is_left_there_is_no_dose() -> None:
    none = AllowedDose(0, 0, 60.0, 0.0, ("repetitions", "sets", "minutes"))
    spent = Amounts(Limits(), [Done(0, 60, 10, MONDAY)])
    assert spent.dose(20, 3, 60.0, 15.0) == none
    tired = Amounts(Limits(), [Done(0, 5, 10, MONDAY)])
    assert tired.dose(20, 3, 60.0, 15.0) == AllowedDose(0, 0, 60.0, pytest.approx(899.9 / 60), none.rules)


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -2.0, None])
def test_a_dose_that_is_no_number_is_none(wrong: float) -> None:
    amounts = Amounts(Limits())
    assert amounts.dose(wrong, 3, 90.0, 5.0) == AllowedDose(0, 0, 90.0, 5.0, ("repetitions", "sets"))  # type: ignore[arg-type]
    assert amounts.dose(20, wrong, 90.0, 5.0) == AllowedDose(0, 0, 90.0, 5.0, ("repetitions", "sets"))  # type: ignore[arg-type]
    assert amounts.dose(20, 3, wrong, 5.0) == AllowedDose(20, 3, 60.0, 5.0, ("rest",))
    assert amounts.dose(20, 3, 90.0, wrong) == AllowedDose(20, 3, 90.0, 0.0, ("minutes",))
    assert amounts.dose(2.9, 1.5, 90.0, 5.0) == AllowedDose(2, 1, 90.0, 5.0, ("repetitions", "sets"))  # type: ignore[arg-type]


steps = st.tuples(
    st.sampled_from(["play", "rest", "restart"]),
    st.floats(0, 60),
    st.sampled_from([0.0, 0.0, 0.0, -1e4, 7000.0, math.nan]),
    st.sampled_from([MONDAY, TUESDAY, SUNDAY, "2040-01-01", "soon"]),
)


@given(st.lists(steps, max_size=60))
def test_hazard_h3_nobody_plays_over_a_cap_in_less_than_a_night(
    todo: list[tuple[str, float, float, str]],
) -> None:
    """Somebody plays whenever it says go, in steps of a second; restarts, dates and clocks that jump."""
    amounts, before, clock, real_s, played_s, work_s = Amounts(SMALL), [], 1e6, 0.0, 0.0, 0.0
    amounts.at(clock, MONDAY)
    for what, seconds, jump, day in todo:
        if real_s + abs(seconds) > 3 * 3600:
            break
        if what == "restart":
            before.append(amounts.done)
            amounts = Amounts(SMALL, before)
            continue
        clock = clock + jump if math.isfinite(jump) and jump < 0 else clock
        for _ in range(int(seconds)):
            clock, real_s = clock + 1, real_s + 1
            shown = clock if math.isfinite(jump) else jump
            if what == "play" and amounts.state == "go":
                amounts.played(1.0, shown, day)
                played_s, work_s = played_s + 1, work_s + 1
            else:
                amounts.rested(1.0, shown, day)
    assert played_s <= 300


def test_a_step_of_no_length_is_no_play() -> None:
    amounts = Amounts(SMALL)
    amounts.at(0.0, MONDAY)
    for _ in range(100):
        amounts.played(0.0, 0.0)
    assert (amounts.done.minutes, amounts.state) == (0.0, "go")


@pytest.mark.parametrize("tries", [0, 1])
def test_a_block_of_few_tries_counts_them_and_no_more(tries: int) -> None:
    amounts = Amounts(Limits(repetitions_block=10, repetitions_day=10), [Done(0.0, 1.0, tries, MONDAY, 60.0)])
    amounts.at(100.0, MONDAY)
    assert amounts.repetitions_left == 10 - tries


def test_hazard_h3_a_date_set_back_and_forth_over_a_night_is_the_same_day() -> None:
    amounts = Amounts(SMALL)
    amounts.at(0.0, MONDAY)
    now = play(amounts, 0.0, 60, MONDAY)
    now = play(amounts, now, 60, SUNDAY)
    amounts.rested(20_000.0, now + 20_000.0, MONDAY)
    now = play(amounts, now + 20_000.0, 60, MONDAY)
    amounts.rested(200.0, now + 200.0, MONDAY)
    now = play(amounts, now + 200.0, 60, MONDAY)
    amounts.rested(200.0, now + 200.0, MONDAY)
    play(amounts, now + 200.0, 60, MONDAY)
    assert amounts.state == "day_over"
