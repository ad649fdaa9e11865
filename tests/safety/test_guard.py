"""The guard: everything a session asks goes through it, and it refuses in doubt."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from guarded import FAR, QUICK, SUCCESS, code, guard, spec

from rehabgames.core.exercise import Axis
from rehabgames.core.inputs import Answer
from rehabgames.core.limits import Limits, Sector
from rehabgames.core.message import Message
from rehabgames.core.trial import Goal, TrialSpec
from rehabgames.safety import Guard, Offer, Refusal


def test_what_is_allowed_passes_as_it_is_and_what_is_not_comes_clamped() -> None:
    g = guard()
    assert g.refusal(0.0) is None
    assert g.trial(spec(), 0.0) == spec()
    why = Message("adapt.up")
    got = g.trial(spec(1.2, clamped=("fatigue",), why=why, probe=True, number=7), 0.0)
    assert got == spec(
        1.2,
        levels={"distance": pytest.approx(1.1)},
        goal=Goal(45.0, 1.1, 0.13, 0.6),
        clamped=("fatigue", "reach"),
        why=why,
        probe=True,
        number=7,
    )


def test_levels_without_an_axis_are_dropped_from_a_trial() -> None:
    assert guard().trial(spec(levels={"distance": 0.8, "moon": 1.0}), 0.0) == spec()


def test_what_is_easier_than_the_easiest_passes_and_what_is_harder_does_not() -> None:
    assert guard().trial(spec(levels={"distance": 0.1}), 0.0) == spec(levels={"distance": 0.1})
    assert guard().trial(spec(1.0, levels={"distance": 1.2}), 0.0) == spec(1.0, levels={"distance": 1.2})
    assert code(guard().trial(spec(1.0, levels={"distance": 1.21}), 0.0)) == "levels"
    assert code(guard().trial(spec(levels={}), 0.0)) == "levels"
    quick = Guard(Limits(), [QUICK])
    assert quick.trial(spec(levels={"time": 3.0}), 0.0) == spec(levels={"time": 3.0})
    assert code(quick.trial(spec(levels={"time": 2.9}), 0.0)) == "levels"
    still = Guard(Limits(), [Axis("distance", 0.5, 0.5, 0.5, 0.1)])
    assert code(still.trial(spec(levels={"distance": 0.6}), 0.0)) == "levels"
    assert isinstance(still.trial(spec(levels={"distance": 0.4}), 0.0), TrialSpec)


def test_no_room_is_a_refusal_h1() -> None:
    g = guard(Limits(sectors=(Sector(-180.0, 180.0, 0.1),)))
    assert code(g.trial(spec(), 0.0)) == "limits"
    slit = (Sector(-180.0, -0.3, 0.1), Sector(0.3, 180.0, 0.1))
    assert code(guard(Limits(sectors=slit)).trial(spec(), 0.0)) == "no_room"
    down = Goal(0.0, 0.8, 0.13, 0.6)
    assert code(guard(Limits(sectors=slit)).trial(spec(goal=down), 0.0)) == "no_room"
    assert isinstance(guard(Limits(sectors=slit)).trial(spec(goal=down, place=down), 0.0), TrialSpec)
    # what is left open is turned to, for the goal and for the place
    g = guard(Limits(sectors=(Sector(-180.0, 80.0, 0.1),)))
    got = g.trial(spec(), 0.0)
    assert isinstance(got, TrialSpec)
    assert (got.goal.direction_deg, got.place.direction_deg) == (81.0, 81.0)


@pytest.mark.parametrize("now", [math.nan, math.inf, None, "now"])
def test_a_time_that_is_no_number_is_a_refusal(now: Any) -> None:
    assert code(guard().trial(spec(), now)) == "clock"


@pytest.mark.parametrize("field", ["easiest", "hardest", "start", "step"])
def test_axes_that_are_no_numbers_are_a_refusal(field: str) -> None:
    g = Guard(Limits(), [replace(FAR, **{field: math.nan})])
    assert code(g.trial(spec(), 0.0)) == "axes"


@pytest.mark.parametrize("limits", [None, "all", 7, Limits(sectors=3), Limits(angles_deg={"a": 1})])  # type: ignore[arg-type, dict-item]
def test_limits_that_cannot_be_read_allow_nothing(limits: Any) -> None:
    g = Guard(limits, [FAR])
    assert code(g.trial(spec(), 0.0)) == "limits"
    good = guard()
    good.trial(spec(), 0.0)
    assert good.tighten(limits) is False
    assert code(good.trial(spec(), 0.0)) == "limits"


def test_contradictory_limits_are_a_refusal_and_no_numbers_are_the_strictest() -> None:
    assert code(guard(Limits(angles_deg={"elbow_flexion": (50.0, 40.0)})).trial(spec(), 0.0)) == "limits"
    assert code(guard(Limits(reach=0.1)).trial(spec(), 0.0)) == "limits"
    got = guard(Limits(reach=math.nan)).trial(spec(), 0.0)
    assert isinstance(got, TrialSpec)
    assert got.goal.distance == 0.15


class Liar(dict[str, float]):
    def __iter__(self) -> Any:
        raise RuntimeError("no")

    def keys(self) -> Any:
        raise RuntimeError("no")

    def items(self) -> Any:
        raise RuntimeError("no")


class Heavy(float):
    def __float__(self) -> float:
        raise ValueError("no")


class Lookalike:
    number, levels, goal, place, limit_s = 0, spec().levels, spec().goal, spec().place, 8.0
    clamped, why, probe, others = (), None, False, ()

    def items(self) -> Any:
        return self.levels.items()


JUNK: list[Any] = [
    None,
    3.0,
    "trial",
    {},
    Lookalike(),
    spec(number="0"),
    spec(number=True),
    spec(number=0.0),
    spec(levels=None),
    spec(levels={"distance": math.nan}),
    spec(levels={"distance": "far"}),
    spec(levels={"distance": 0.8, "moon": math.inf}),
    spec(levels=Liar(distance=0.8)),
    spec(levels={"distance": Heavy(0.8)}),
    spec(goal=None),
    spec(place=(0.0, 1.0)),
    spec(clamped=None),
    spec(clamped=(1,)),
    spec(why="because"),
    spec(probe=1),
    spec(probe=None),
]


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
def test_what_is_no_trial_is_refused_and_replaced_by_the_last_safe_one(junk: Any) -> None:
    g = guard()
    assert code(g.trial(junk, 0.0)) == "not_a_trial"
    assert g.trial_of(lambda: junk, 0.0) == Offer(Refusal("plug_in"), "plug_in_gave_no_trial")
    g.trial(spec(number=4), 0.0)
    assert g.trial_of(lambda: junk, 0.0) == Offer(spec(number=5), "plug_in_gave_no_trial")
    assert g.trial_of(lambda: junk, math.nan) == Offer(Refusal("clock"), "plug_in_gave_no_trial")


def test_numbers_of_a_goal_that_are_none_become_the_safest() -> None:
    got = guard().trial(spec(goal=Goal("up", None, 0.1, math.nan), limit_s="long"), 0.0)  # type: ignore[arg-type]
    assert isinstance(got, TrialSpec)
    assert got.goal == Goal(0.0, 0.15, 0.1, 0.0)
    assert got.limit_s == 60.0


def test_a_plug_in_that_raises_or_goes_too_far_gets_the_last_safe_trial() -> None:
    def raises() -> TrialSpec:
        raise RuntimeError("broken")

    g = guard()
    assert g.trial_of(raises, 0.0) == Offer(Refusal("plug_in"), "plug_in_raised")
    assert g.trial_of(lambda: spec(1.0, levels={"distance": 9.0}), 0.0).event == "plug_in_went_too_far"
    assert g.trial_of(spec, 0.0) == Offer(spec(), None)
    assert g.trial_of(raises, 0.0) == Offer(spec(number=1), "plug_in_raised")
    far = lambda: spec(1.0, levels={"distance": 9.0})  # noqa: E731
    assert g.trial_of(far, 0.0) == Offer(spec(number=2), "plug_in_went_too_far")
    g.told(spec(number=2), SUCCESS)
    g.hear(Answer("effort", 6), 0.0)
    assert g.trial_of(lambda: spec(0.9), 0.0) == Offer(spec(number=3), "plug_in_went_too_far")
    g.stopped()
    assert g.trial_of(raises, 0.0) == Offer(Refusal("stopped"), "plug_in_raised")
    assert g.trial_of(spec, 0.0) == Offer(Refusal("stopped"), None)


def test_a_plug_in_without_room_gets_the_last_safe_trial() -> None:
    g = guard(Limits(sectors=(Sector(-180.0, -0.3, 0.1), Sector(0.3, 180.0, 0.1))))
    down = spec(goal=Goal(0.0, 0.8, 0.13, 0.6), place=Goal(0.0, 0.6, 0.17, 0.3))
    g.trial(down, 0.0)
    assert g.trial_of(spec, 0.0) == Offer(replace(down, number=1), "plug_in_went_too_far")


def test_before_there_is_a_safe_trial_a_refusal_says_why() -> None:
    g = guard()
    g.stopped()
    assert g.trial_of(lambda: None, 0.0) == Offer(Refusal("stopped"), "plug_in_gave_no_trial")


def test_the_last_safe_trial_is_of_this_block_and_inside_the_limits_of_now() -> None:
    g = guard()
    g.trial(spec(), 0.0)
    g.tighten(Limits(reach=0.5))
    offer = g.trial_of(lambda: None, 0.0)
    assert isinstance(offer.trial, TrialSpec)
    assert offer.trial.goal.distance == 0.5
    g.begin_block([FAR])
    assert g.trial_of(lambda: None, 0.0).trial == Refusal("plug_in")


def test_keyboard_interrupts_are_no_fault_of_a_plug_in() -> None:
    def interrupted() -> TrialSpec:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        guard().trial_of(interrupted, 0.0)


def test_levels_of_a_plug_in() -> None:
    def raises() -> dict[str, float]:
        raise RuntimeError("broken")

    g = Guard(Limits(), [FAR, QUICK])
    start = {"distance": 0.7, "time": 8.0}
    assert g.levels_of(raises) == (start, ("level",), "plug_in_raised")
    assert g.levels_of(lambda: [1, 2]) == (start, ("level",), "plug_in_gave_no_levels")
    assert g.levels_of(Lookalike) == (start, ("level",), "plug_in_gave_no_levels")
    assert g.levels_of(Liar) == (start, ("level",), "plug_in_gave_no_levels")
    assert g.levels_of(lambda: {"distance": 1.0, "time": 5.0}) == ({"distance": 1.0, "time": 5.0}, (), None)
    assert g.levels_of(lambda: {"distance": "far", 3: None}) == (
        {"distance": 0.4, "time": 8.0},
        ("level",),
        None,
    )
    g.trial(spec(levels={"distance": 0.8, "time": 6.0}), 0.0)
    assert g.levels_of(raises)[0] == start
    g.told(spec(), SUCCESS)
    assert g.levels_of(raises) == ({"distance": 0.8, "time": 6.0}, (), "plug_in_raised")


def test_levels_say_which_rule_moved_them() -> None:
    g = guard()
    assert g.levels({"distance": 0.9}) == ({"distance": 0.9}, ())
    assert g.levels({"distance": 5.0}) == ({"distance": 1.2}, ("level",))
    assert g.levels(None) == ({"distance": 0.7}, ("level",))
    g.hear(Answer("effort", 6), 0.0)
    assert g.levels({"distance": 5.0}) == ({"distance": 0.7}, ("level", "no_rise"))
    assert g.levels({"distance": 0.9}) == ({"distance": 0.7}, ("no_rise",))
    assert g.levels({"distance": 0.5}) == ({"distance": 0.5}, ())
