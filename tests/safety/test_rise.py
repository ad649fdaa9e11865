"""Hazard H5 (harder despite pain or fatigue): the monotone rule, and exactly when it lets go."""

from __future__ import annotations

import math

import numpy as np
import pytest
from guarded import FAR, QUICK, SUCCESS

from rehabgames.core.exercise import Axis
from rehabgames.core.trial import Outcome
from rehabgames.safety import Rise, Ruling, State

GO = Ruling(State.GO, "go_on")
EASE = Ruling(State.EASE, "pain_ease", False, 60.0)
REST = Ruling(State.REST, "effort_rest", False, 120.0)
HOLD = Ruling(State.NO_RISE, "effort_hold")
MISS = Outcome(0, False, "not_reached")
COMPENSATED = Outcome(0, True, "placed", compensated=True)
ASSISTED = Outcome(0, True, "placed", assisted=True)
NOW = {"distance": 0.8, "time": 6.0}
HARDER = {"distance": 0.9, "time": 5.0}


def played(rise: Rise, levels: dict[str, float] = NOW, outcome: Outcome = SUCCESS) -> None:
    rise.told(levels, outcome)


def begun() -> Rise:
    rise = Rise([FAR, QUICK])
    played(rise)
    return rise


def test_as_long_as_nothing_holds_everything_may_rise() -> None:
    rise = begun()
    assert not rise.held
    assert rise.allow(HARDER, NOW) == (HARDER, False)
    assert rise.allow({"distance": math.nan}, {}) == (NOW, False)
    assert rise.allow({"distance": math.nan}, {"distance": 0.5, "time": math.inf}) == (
        {"distance": 0.5, "time": 6.0},
        False,
    )
    rise.ruled("pain", GO)
    assert not rise.held


@pytest.mark.parametrize("state", [s for s in State if s >= State.NO_RISE])
def test_hazard_h5_after_every_ruling_that_holds_no_axis_gets_harder(state: State) -> None:
    rise = begun()
    rise.ruled("effort", Ruling(state, "whatever", False, math.inf))
    assert rise.held
    assert rise.allow(HARDER, NOW) == (NOW, True)
    assert rise.allow({"distance": 0.9, "time": 7.0}, NOW) == ({"distance": 0.8, "time": 7.0}, True)
    assert rise.allow(NOW, NOW) == (NOW, False)
    easier = {"distance": 0.7, "time": 7.0}
    assert rise.allow(easier, NOW) == (easier, False)


def test_hazard_h5_while_it_holds_what_was_easier_stays_the_most() -> None:
    rise = begun()
    rise.ruled("effort", HOLD)
    easier = {"distance": 0.6, "time": 8.5}
    played(rise, easier)
    assert rise.allow(NOW, easier) == (easier, True)
    played(rise, {"distance": 0.6, "time": 7.0}, MISS)  # nobody ought to ask that, and it lifts nothing
    assert rise.allow(HARDER, {}) == (easier, True)
    assert rise.allow(HARDER, {"distance": 0.5, "time": 8.9})[0] == {"distance": 0.5, "time": 8.9}


@pytest.mark.parametrize("ruling", [EASE, REST])
def test_hazard_h5_after_ease_and_rest_it_is_one_step_down_at_least(ruling: Ruling) -> None:
    rise = begun()
    rise.ruled("pain", ruling)
    down = {"distance": pytest.approx(0.7), "time": 6.5}
    assert rise.allow(NOW, NOW) == (down, True)
    played(rise)  # the trial that ran when it was said
    assert rise.allow(NOW, NOW) == (down, True)


def test_a_step_down_ends_at_the_easiest_and_lifts_nobody() -> None:
    rise = Rise([FAR, QUICK])
    played(rise, {"distance": 0.45, "time": 8.8})
    rise.ruled("pain", EASE)
    assert rise.allow(HARDER, {})[0] == {"distance": 0.4, "time": 9.0}
    rise = Rise([FAR, QUICK])
    played(rise, {"distance": 0.3, "time": 9.5})  # the envelope drew it nearer than the easiest
    rise.ruled("pain", EASE)
    assert rise.allow(HARDER, {})[0] == {"distance": 0.3, "time": 9.5}
    rise = Rise([Axis("distance", 0.4, 1.2, 0.7, -0.1)])
    rise.ruled("pain", EASE)
    assert rise.allow(HARDER, {})[0] == {"distance": pytest.approx(0.6)}


def test_an_axis_that_cannot_move_stays() -> None:
    rise = Rise([Axis("distance", 0.5, 0.5, 0.5, 0.1)])
    rise.ruled("pain", EASE)
    assert rise.allow({"distance": 0.5}, {}) == ({"distance": 0.5}, False)
    assert rise.allow({"distance": 0.6}, {}) == ({"distance": 0.5}, True)


def test_before_anything_was_played_the_start_is_the_most() -> None:
    rise = Rise([FAR, QUICK], held=True)
    assert rise.held
    assert rise.allow(HARDER, {}) == ({"distance": 0.7, "time": 8.0}, True)
    rise = Rise([FAR])
    rise.ruled("pain", HOLD)
    assert rise.allow(HARDER, {}) == ({"distance": 0.7}, True)


def test_hazard_h5_a_stop_holds_too() -> None:
    rise = begun()
    rise.stopped()
    assert rise.allow(HARDER, NOW) == (NOW, True)


def test_hazard_h5_answers_from_before_a_stop_do_not_let_it_go() -> None:
    rise = Rise([FAR])
    rise.ruled("pain", GO)
    rise.ruled("effort", GO)
    rise.stopped()
    rise.ruled("soreness", GO)
    rise.ruled("effort", GO)
    assert rise.held
    rise.ruled("pain", GO)
    assert not rise.held


def test_hazard_h5_good_answers_between_trials_release_nothing() -> None:
    rise = begun()
    rise.ruled("effort", HOLD)
    for what in ("pain", "effort", "pain"):
        rise.ruled(what, GO)
    assert rise.held


def test_the_next_block_releases_after_both_answers_and_before_its_first_trial() -> None:
    rise = begun()
    rise.ruled("pain", EASE)
    rise.begin_block([FAR, QUICK])
    assert rise.held
    assert rise.allow(HARDER, {})[0] == {"distance": pytest.approx(0.7), "time": 6.5}
    rise.ruled("pain", GO)
    assert rise.held
    rise.ruled("fall", GO)
    assert rise.held
    rise.ruled("effort", GO)
    assert not rise.held
    assert rise.allow(HARDER, {}) == (HARDER, False)


def test_an_answer_that_turned_bad_is_no_good_answer_any_more() -> None:
    rise = Rise([FAR], held=True)
    rise.ruled("pain", GO)
    rise.ruled("pain", EASE)
    rise.ruled("effort", GO)
    assert rise.held
    rise.ruled("pain", GO)
    assert not rise.held


def test_answers_of_the_last_block_do_not_open_this_one() -> None:
    rise = begun()
    rise.ruled("pain", GO)
    rise.ruled("effort", HOLD)
    rise.begin_block([FAR, QUICK])
    rise.ruled("effort", GO)
    assert rise.held
    rise.ruled("pain", GO)
    assert not rise.held


def test_a_trial_that_could_not_be_judged_closes_the_opening_and_was_not_played() -> None:
    rise = begun()
    rise.stopped()
    rise.begin_block([FAR, QUICK])
    played(rise, {"distance": 0.4, "time": 9.0}, Outcome(0, None, "lost"))
    rise.ruled("pain", GO)
    rise.ruled("effort", GO)
    assert rise.held
    assert rise.allow(HARDER, {})[0] == NOW


def test_soreness_holds_for_the_whole_session() -> None:
    rise = Rise([FAR])
    rise.ruled("soreness", Ruling(State.NO_RISE, "soreness_hold"))
    for _ in range(2):
        rise.ruled("pain", GO)
        rise.ruled("effort", GO)
        assert rise.held
        rise.begin_block([FAR])
    played(rise, {"distance": 0.7})
    assert rise.allow({"distance": 0.8}, {}) == ({"distance": 0.7}, True)


@pytest.mark.parametrize("outcome", [COMPENSATED, ASSISTED])
def test_hazard_h5_a_success_with_help_holds_until_the_next_purposeful_one(outcome: Outcome) -> None:
    rise = begun()
    played(rise, HARDER, outcome)
    assert rise.held
    assert rise.allow({"distance": 1.0, "time": 4.0}, HARDER) == (HARDER, True)
    played(rise, NOW, MISS)
    played(rise, NOW, Outcome(0, None, "lost", compensated=True))
    assert rise.held
    assert rise.allow(HARDER, NOW) == (NOW, True)
    played(rise, NOW, SUCCESS)
    assert not rise.held
    assert rise.allow(HARDER, NOW) == (HARDER, False)


def test_a_compensated_miss_holds_nothing() -> None:
    rise = begun()
    played(rise, NOW, Outcome(0, False, "not_reached", compensated=True))
    assert not rise.held


def test_pain_outlasts_a_purposeful_success_and_help_outlasts_good_answers() -> None:
    rise = begun()
    played(rise, NOW, COMPENSATED)
    rise.ruled("effort", HOLD)
    played(rise, NOW, SUCCESS)
    assert rise.held
    rise = Rise([FAR, QUICK], held=True)
    played(rise, NOW, COMPENSATED)
    rise.begin_block([FAR, QUICK])
    rise.ruled("pain", GO)
    rise.ruled("effort", GO)
    assert rise.held


def test_the_second_hold_starts_from_what_is_played_then() -> None:
    rise = begun()
    played(rise, {"distance": 0.5, "time": 8.0}, COMPENSATED)
    played(rise, {"distance": 0.5, "time": 8.0}, SUCCESS)
    played(rise, HARDER, SUCCESS)
    rise.ruled("effort", HOLD)
    assert rise.allow({"distance": 1.0, "time": 4.0}, {}) == (HARDER, True)


def test_another_exercise_goes_on_from_its_own_start() -> None:
    rise = begun()
    rise.begin_block([FAR])
    assert rise.allow({}, {}) == ({"distance": 0.7}, False)
    played(rise, {"distance": 0.9, "moon": 3.0})
    rise.ruled("effort", HOLD)
    rise.begin_block([QUICK])
    assert rise.allow(HARDER, {}) == ({"time": 8.0}, True)
    rise.begin_block([FAR, QUICK])
    assert rise.allow({"distance": 1.0, "time": 3.0}, {})[0] == {"distance": 0.7, "time": 8.0}


def test_levels_that_were_not_told_stay_as_they_were() -> None:
    rise = begun()
    played(rise, {"distance": 0.9})
    rise.stopped()
    assert rise.allow({"distance": 1.0, "time": 1.0}, {}) == ({"distance": 0.9, "time": 6.0}, True)


@pytest.mark.parametrize("seed", range(20))
def test_hazard_h5_in_random_courses_levels_never_rise_while_held(seed: int) -> None:
    """A model beside it: from a hold to its release no level is harder than any played in between."""
    rng = np.random.default_rng(seed)
    rise = Rise([FAR, QUICK])
    last, most = {"distance": 0.7, "time": 8.0}, None
    for _ in range(400):
        event = rng.integers(6)
        if event == 0:
            rise.ruled("effort", [GO, HOLD, REST][rng.integers(3)])
        elif event == 1:
            rise.ruled("pain", [GO, EASE][rng.integers(2)])
        elif event == 2 and rng.random() < 0.2:
            rise.begin_block([FAR, QUICK])
        else:
            asked = {"distance": float(rng.uniform(0.2, 2)), "time": float(rng.uniform(1, 12))}
            levels, _ = rise.allow(asked, last)
            if rise.held and most is not None:
                assert levels["distance"] <= most["distance"]
                assert levels["time"] >= most["time"]
            outcome = [SUCCESS, MISS, COMPENSATED][rng.integers(3)]
            rise.told(levels, outcome)
            last = levels
        if not rise.held:
            most = None
        elif most is None:
            most = dict(last)
        else:
            most = {
                "distance": min(most["distance"], last["distance"]),
                "time": max(most["time"], last["time"]),
            }


@pytest.mark.parametrize(("outcome", "holds"), [(COMPENSATED, False), (ASSISTED, True)])
def test_where_the_trunk_may_help_only_another_hand_holds(outcome: Outcome, holds: bool) -> None:
    rise = Rise([FAR], trunk_helps=True)
    played(rise, NOW, outcome)
    assert rise.held is holds
