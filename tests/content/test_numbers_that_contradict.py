"""Numbers of an exercise file that are good each by itself, and with which nobody can play."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shipped import PROFILE, changed, told

from rehabgames.app.repertoire import library
from rehabgames.content.growth import LEAST_SHARE, SESSION
from rehabgames.content.known import AXES
from rehabgames.content.times import QUICKEST_WAY_S, WAY_S
from rehabgames.games import GAMES, SHIPPED

KNOWN = library().known
TIME = {"easiest": 10, "hardest": 5, "start": 8, "step": 1}
SIZE = {"easiest": 0.3, "hardest": 0.1, "start": 0.2, "step": 0.01}

FOUND = [
    pytest.param(
        "concert_taps",
        [("directions_deg", [0, 45])],
        "directions_deg: must be [0], the game 'taps' has one way only, got [0, 45]",
        id="fingers with directions",
    ),
    pytest.param(
        "concert_taps",
        [("directions_deg", [10, 20, 30, 40, 50])],
        "directions_deg: must be [0], the game 'taps' has one way only, got [10, 20, 30, 40, ...]",
        id="fingers with many directions",
    ),
    pytest.param(
        "concert_taps",
        [("settings.beats", 3.5)],
        "settings.beats: must be a whole number 2..8, got 3.5",
        id="half a beat",
    ),
    pytest.param(
        "orchard_reach", [("settings.carry", 0.5)], "settings.carry: must be 0 or 1, got 0.5", id="half"
    ),
    pytest.param(
        "orchard_reach", [("settings.carry", True)], "settings.carry: must be 0 or 1, got true", id="true"
    ),
    pytest.param(
        "orchard_reach",
        [("settings.trial_s", 2)],
        "settings.trial_s: must be 2.9 seconds or more, 0.9 to hold and 1 for each of 2 ways, got 2",
        id="no time to reach and carry",
    ),
    pytest.param(
        "orchard_reach",
        [("settings.trial_s", 2), ("settings.hold_s", 1.9), ("settings.carry", 0)],
        "settings.trial_s: must be 2.9 seconds or more, 1.9 to hold and 1 for the way, got 2",
        id="0.1 s to reach",
    ),
    pytest.param(
        "river_steer",
        [("axes.time", TIME | {"start": 5.5, "hardest": 3.1}), ("settings.hold_s", 3)],
        "axes.time.hardest: must be 3.25 seconds or more, 3 to hold and 0.25 for the way, got 3.1",
        id="hardest before anybody can be there",
    ),
    pytest.param(
        "workshop_tilt",
        [("axes.time", TIME | {"hardest": 4, "start": 4.9}), ("settings.hold_s", 3)],
        "axes.time.start: must be 5 seconds or more, 3 to hold and 1 for each of 2 ways, got 4.9",
        id="the first try is too short",
    ),
    pytest.param(
        "concert_taps",
        [("axes.tempo.hardest", 1.25), ("axes.tempo.step", 0.2), ("dose.repetitions", 500)],
        "dose.repetitions: cannot be done in the time: beats and pauses alone take 35 minutes, "
        "dose.minutes is 8; got 500",
        id="more bars than there is time for",
    ),
    pytest.param(
        "orchard_reach",
        [("axes.distance.step", 0.001)],
        "axes.distance.step: must be 0.0014 or more, or it never gets harder: "
        "40 successes move it by 0.04 of 0.55, got 0.001",
        id="a step of nothing",
    ),
    pytest.param(
        "orchard_reach",
        [("axes.distance", {"easiest": 0.7, "hardest": 0.71, "start": 0.7, "step": 0.01})],
        "axes.distance.hardest: must be 0.02 or more away from easiest (0.7), or nobody notices, got 0.71",
        id="a range of nothing",
    ),
    pytest.param(
        "orchard_reach",
        [("axes.load", {"easiest": 1.6, "hardest": 2.4, "start": 1.6, "step": 0.1})],
        "axes.load.hardest: must be 1 or more away from easiest (1.6), or nobody notices, got 2.4",
        id="the same number of others",
    ),
    pytest.param(
        "garden_catch",
        [("axes.size", None), ("axes.distance.easiest", 0.2), ("settings.catch_radius", 0.3)],
        "settings.catch_radius: must be less than the nearest distance that is asked (0.2), or there is no "
        "way to go, got 0.3",
        id="a ring around the shoulder",
    ),
    pytest.param(
        "kitchen_grasp_close",
        [("axes.distance.easiest", 0.15)],
        "axes.size.easiest: must be less than the nearest distance that is asked (0.15), or there is no way "
        "to go, got 0.17",
        id="a cup around the hand",
    ),
    pytest.param(
        "kitchen_pour",
        [("settings.jug_distance", 0.1)],
        "settings.jug_radius: must be less than the nearest distance that is asked (0.1), or there is no way "
        "to go, got 0.16",
        id="a jug at the hand",
    ),
    pytest.param(
        "orchard_reach",
        [("settings.fruit_radius", 0.4)],
        "settings.fruit_radius: must be 0.3 or less, or a hand that brought one to the basket is in the "
        "next one already, got 0.4",
        id="a fruit over the basket",
    ),
    pytest.param(
        "star_shift",
        [("axes.shift.easiest", 0.15)],
        "axes.size.easiest: must be less than the least shift that is asked (0.15), or the middle is in it, "
        "got 0.2",
        id="a star over the middle, when it is easiest",
    ),
]


@pytest.mark.parametrize(("name", "changes", "said"), FOUND)
def test_what_cannot_be_is_one_sentence_at_its_key(
    name: str, changes: list[tuple[str, Any]], said: str
) -> None:
    findings = told(changed(name, *changes), KNOWN)
    assert said in findings
    beside = [each for each in findings if each != said]
    assert all("the middle is in it" in each and "the middle is in it" in said for each in beside)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("concert_taps", [("directions_deg", [0.0])]),
        ("concert_taps", [("settings.beats", 4.0)]),
        ("concert_taps", [("settings.hits_needed_share", 0.5)]),  # no count
        ("library_trace", [("settings.curve", 0.5)]),
        ("orchard_reach", [("settings.trial_s", 2.9)]),
        ("orchard_reach", [("settings.trial_s", 2), ("settings.hold_s", 1), ("settings.carry", 0)]),
        (
            "orchard_reach",
            [("axes.time", TIME | {"hardest": 2}), ("settings.trial_s", 2)],
        ),  # the axis says it
        ("orchard_reach", [("axes.distance.step", 0.0014), ("child", None)]),
        ("orchard_reach", [("axes.distance.step", 0.0001), ("adapter", "fixed")]),
        ("orchard_reach", [("dose.repetitions", 1), ("child", None)]),  # short for once, its step is good
        ("orchard_reach", [("axes.distance.start", 1.25), ("axes.distance.step", 0.001)]),  # at its hardest
        ("orchard_reach", [("settings.fruit_radius", 0.3)]),
        ("orchard_reach", [("settings.fruit_radius", 0.4), ("settings.carry", 0)]),
        ("orchard_reach", [("settings.fruit_radius", 0.4), ("axes.size", SIZE)]),  # the axis says it
        ("kitchen_pour", [("settings.jug_distance", 0)]),  # nobody is to go there
        ("garden_catch", [("axes.size", None), ("settings.catch_radius", 0.4)]),
        (
            "concert_taps",
            [("axes", {"amplitude": {"easiest": 0.3, "hardest": 0.9, "start": 0.5, "step": 0.1}})],
        ),
    ],
)
def test_what_can_be_is_left_alone(name: str, changes: list[tuple[str, Any]]) -> None:
    assert told(changed(name, *changes), KNOWN) == []


@pytest.mark.parametrize("game", sorted(SHIPPED))
def test_a_game_says_of_itself_what_is_so(game: str) -> None:
    """counts: between whole numbers. directed: another direction is another trial. moves: never more ways
    than there are places to go to."""
    mechanic = GAMES[game]
    exercise = next(each for each in library().exercises() if each.game == game)
    made = mechanic.make(exercise.settings, PROFILE, "right", (-90.0, 90.0), 3)
    start = {axis.name: axis.start for axis in exercise.axes}
    one, other = (made.propose(0, start, direction) for direction in (-90.0, 90.0))
    assert mechanic.directed == (one != other)
    assert mechanic.moves <= len(one.goals)
    assert (mechanic.moves > 0) == ("trial_s" in mechanic.settings)
    for name in mechanic.counts:
        assert all(end == int(end) for end in mechanic.settings[name])


def test_every_axis_has_a_least_range_that_fits() -> None:
    for axis in AXES.values():
        assert 0 < axis.least < axis.highest - axis.lowest


@given(
    trial_s=st.floats(2, 60),
    hold_s=st.floats(0, 3),
    basket_hold_s=st.floats(0, 3),
    carry=st.sampled_from([0, 1]),
)
def test_time_is_needed_for_what_is_asked_alone(
    trial_s: float, hold_s: float, basket_hold_s: float, carry: int
) -> None:
    source = changed(
        "orchard_reach",
        ("settings.trial_s", trial_s),
        ("settings.hold_s", hold_s),
        ("settings.basket_hold_s", basket_hold_s),
        ("settings.carry", carry),
        ("dose.repetitions", 20),
        ("child", None),
    )
    needed_s = hold_s + WAY_S + carry * (basket_hold_s + WAY_S)
    found = any(said.startswith("settings.trial_s") for said in told(source, KNOWN))
    assert found == (trial_s < needed_s) or math.isclose(trial_s, needed_s, abs_tol=1e-5)


@given(step=st.floats(1e-4, 0.3), repetitions=st.integers(1, 200))
def test_a_step_that_is_named_is_enough(step: float, repetitions: int) -> None:
    changes = [("dose.repetitions", repetitions), ("dose.minutes", 20), ("child", None)]
    source = changed("garden_catch", ("axes.distance.step", step), *changes)
    found = [said for said in told(source, KNOWN) if said.startswith("axes.distance.step")]
    assert bool(found) == (step * max(SESSION, repetitions) < LEAST_SHARE * 0.55 * (1 - 1e-9))
    if found:
        enough = float(found[0].partition("must be ")[2].partition(" or more")[0])
        assert told(changed("garden_catch", ("axes.distance.step", enough), *changes), KNOWN) == []


def test_who_begins_has_more_time_than_anybody_needs_at_the_end() -> None:
    assert QUICKEST_WAY_S < WAY_S
