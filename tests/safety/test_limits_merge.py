"""Hazard H18: of several sets of limits the tightest wins, however they come."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.limits import Limits, Sector
from rehabgames.safety import contradictions, tightest
from rehabgames.safety.walls import WALLS, number

anything = (
    st.floats(allow_nan=True, allow_infinity=True) | st.integers(-5, 10**400) | st.none() | st.just("much")
)
near = st.floats(-10, 1000) | anything
sectors = st.builds(Sector, st.floats(-200, 200) | anything, st.floats(-200, 200) | anything, near)
angles = st.dictionaries(st.sampled_from(["elbow_flexion", "shoulder_elevation"]), st.tuples(near, near))
limits = st.builds(
    Limits,
    sectors=st.lists(sectors, max_size=3).map(tuple),
    angles_deg=angles,
    standing=st.booleans(),
    **dict.fromkeys(WALLS, near),
)
STRICTEST = {
    "shoulder_elevation_deg": 0,
    "across_deg": 0,
    "reach": 0.15,
    "speed": 0.05,
    "hold_s": 0,
    "shift": 0.05,
    "repetitions_block": 1,
    "repetitions_day": 1,
    "minutes_work": 0.5,
    "rest_s": 1800,
    "minutes_session": 0.5,
    "break_minutes": 240,
    "minutes_day": 0.5,
    "pain_ease": 1,
    "pain_end": 1,
    "pain_stop": 1,
    "pain_rise": 0,
    "effort_hold": 1,
    "effort_rest": 1,
    "effort_end": 1,
}
LOOSEST = {
    "shoulder_elevation_deg": 180,
    "across_deg": 180,
    "reach": 1.5,
    "speed": 3,
    "hold_s": 10,
    "shift": 1,
    "repetitions_block": 1000,
    "repetitions_day": 5000,
    "minutes_work": 20,
    "rest_s": 0,
    "minutes_session": 60,
    "break_minutes": 0,
    "minutes_day": 240,
    "pain_ease": 10,
    "pain_end": 10,
    "pain_stop": 10,
    "pain_rise": 10,
    "effort_hold": 10,
    "effort_rest": 10,
    "effort_end": 10,
}
MORE_IS_STRICTER = {"rest_s", "break_minutes"}


@given(limits, limits, limits)
def test_hazard_h18_order_and_repetition_change_nothing(a: Limits, b: Limits, c: Limits) -> None:
    assert tightest(a, b) == tightest(b, a)
    assert tightest(a, tightest(b, c)) == tightest(tightest(a, b), c) == tightest(a, b, c)
    assert tightest(a, a) == tightest(a) == tightest(tightest(a))


@given(limits, limits)
def test_hazard_h18_no_field_is_looser_than_in_any_of_them(a: Limits, b: Limits) -> None:
    got = tightest(a, b)
    for each in (a, b):
        for name in WALLS:
            value = number(getattr(each, name))
            value = STRICTEST[name] if not math.isfinite(value) else value
            if name in MORE_IS_STRICTER:
                assert getattr(got, name) >= value
            else:
                assert getattr(got, name) <= value
        assert each.standing or not got.standing
    assert len(got.sectors) <= len(a.sectors) + len(b.sectors)
    assert set(got.angles_deg) == {*a.angles_deg, *b.angles_deg}


@given(limits)
def test_what_comes_out_is_finite_and_inside_the_walls(a: Limits) -> None:
    got = tightest(a)
    for name in WALLS:
        value = getattr(got, name)
        assert math.isfinite(value)
        assert value >= LOOSEST[name] if name in MORE_IS_STRICTER else value <= LOOSEST[name]
    assert type(got.repetitions_block) is type(got.repetitions_day) is int
    assert all(math.isfinite(v) for s in got.sectors for v in s)
    assert all(math.isfinite(v) for pair in got.angles_deg.values() for v in pair)


def test_no_arguments_are_the_defaults_and_defaults_stay_as_they_are() -> None:
    assert tightest() == Limits() == tightest(Limits())
    assert contradictions(Limits()) == ()


def test_every_field_of_limits_is_merged() -> None:
    assert {f.name for f in fields(Limits)} == {*WALLS, "sectors", "angles_deg", "standing"}


def of_all(value: Any) -> Limits:
    return Limits(**dict.fromkeys(WALLS, value))


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, None, "many", 10**400])
def test_what_is_no_number_is_the_strictest(value: Any) -> None:
    assert tightest(of_all(value)) == Limits(**STRICTEST)
    assert contradictions(of_all(value)) == tuple(WALLS)
    assert contradictions(tightest(of_all(value))) == ()


def test_what_is_looser_than_the_walls_is_at_the_walls() -> None:
    huge = {name: -1e9 if name in MORE_IS_STRICTER else 1e9 for name in WALLS}
    assert tightest(Limits(**huge)) == Limits(**LOOSEST)


def test_repetitions_are_whole_and_never_rounded_up() -> None:
    assert tightest(Limits(repetitions_block=7.9, repetitions_day=30.99)).repetitions_block == 7  # type: ignore[arg-type]


@pytest.mark.parametrize("name", sorted(WALLS))
def test_each_field_that_is_stricter_than_the_strictest_cannot_be_fulfilled(name: str) -> None:
    step = 1 if name in MORE_IS_STRICTER else -1
    strictest: float = STRICTEST[name]
    assert contradictions(replace(Limits(), **{name: strictest})) == ()
    beyond = replace(Limits(), **{name: strictest + 0.001 * step})
    assert contradictions(beyond) == (name,)
    assert contradictions(tightest(beyond)) == (name,)


def test_sectors_all_hold_once_and_sorted() -> None:
    one, other = Sector(0.0, 10.0, 0.5), Sector(-10.0, 5.0, 0.4)
    assert tightest(Limits(sectors=(one, one)), Limits(sectors=(other,))).sectors == (other, one)


@pytest.mark.parametrize(
    "sector",
    [
        Sector(math.nan, 10.0, 0.5),
        Sector(0.0, math.inf, 0.5),
        Sector(30.0, 20.0, 0.5),
        Sector(math.nan, math.nan, 0.5),
    ],
)
def test_a_sector_that_is_not_understood_holds_all_round(sector: Sector) -> None:
    written = Limits(sectors=(sector,))
    assert tightest(written).sectors == (Sector(-180.0, 180.0, 0.5),)
    assert contradictions(written) == ("sectors",)
    assert contradictions(tightest(written)) == ()


def test_a_sector_without_a_reach_is_as_near_as_can_be() -> None:
    written = Limits(sectors=(Sector(10.0, 10.0, math.nan), Sector(0.0, 5.0, 9.0)))
    assert tightest(written).sectors == (Sector(0.0, 5.0, 1.5), Sector(10.0, 10.0, 0.15))
    assert contradictions(written) == ("sectors",)
    assert contradictions(Limits(sectors=(Sector(10.0, 10.0, 9.0),))) == ()


def test_sectors_that_close_everything_contradict() -> None:
    assert contradictions(Limits(sectors=(Sector(-180.0, 180.0, 0.14),))) == ("sectors",)
    assert contradictions(Limits(sectors=(Sector(-180.0, 83.0, 0.14),))) == ()
    assert contradictions(Limits(sectors=(Sector(-84.0, 180.0, 0.14),))) == ()
    assert contradictions(Limits(sectors=(Sector(-85.0, 85.0, 0.0),))) == ("sectors",)


def test_of_angles_what_all_allow_is_left() -> None:
    a = Limits(angles_deg={"elbow_flexion": (10.0, 90.0), "knee_flexion": (0.0, 60.0)})
    b = Limits(angles_deg={"elbow_flexion": (20.0, 100.0)})
    assert tightest(a, b).angles_deg == {"elbow_flexion": (20.0, 90.0), "knee_flexion": (0.0, 60.0)}
    c = Limits(angles_deg={"elbow_flexion": (95.0, 100.0)})
    assert tightest(a, c).angles_deg["elbow_flexion"] == (95.0, 90.0)
    assert contradictions(tightest(a, c)) == ("angles_deg.elbow_flexion",)


def test_an_angle_that_is_no_number_allows_nothing() -> None:
    got = tightest(
        Limits(angles_deg={"b": (math.nan, 90.0), "a": (10.0, math.inf), "c": (5.0, 5.0), "d": (4, 14)})
    )
    assert got.angles_deg == {"a": (10.0, -180.0), "b": (180.0, 90.0), "c": (5.0, 5.0), "d": (4.0, 14.0)}
    assert contradictions(got) == ("angles_deg.a", "angles_deg.b", "angles_deg.c", "angles_deg.d")
    assert contradictions(Limits(angles_deg={"d": (4.0, 14.1)})) == ()


def test_standing_needs_the_word_of_all() -> None:
    yes, no = Limits(standing=True), Limits()
    assert tightest(yes, yes).standing is True
    assert tightest(yes, no).standing is False
    assert tightest(Limits(standing="yes")).standing is False  # type: ignore[arg-type]
