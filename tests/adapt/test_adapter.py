"""Adapter: a rule, its axes, and what is told to it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from rehabgames.adapt import ADAPTERS, Adapter, Path, Start
from rehabgames.adapt.graded import FIRST_PACE, FIRST_SPREAD, UNKNOWN, Grade, Spread, graded
from rehabgames.core.errors import UseError
from rehabgames.core.exercise import Axis
from rehabgames.core.plan import Aim
from rehabgames.core.trial import Goal, Learnt, Outcome, TrialSpec
from rehabgames.words import catalogue, render

AXES = (
    Axis("distance", 0.45, 1.25, 0.7, 0.03),
    Axis("time", 12.0, 4.0, 8.0, 0.5),
    Axis("size", 0.2, 0.06, 0.13, 0.01),
    Axis("hold", 0.2, 2.0, 0.6, 0.1),
)
GOAL = Goal(45.0, 0.6, 0.13, 0.6)
HIT = Outcome(0, True, "placed", margin=0.1, reached=0.6, reach_s=1.0, duration_s=3.0)
MISS = Outcome(0, False, "not_reached", margin=-0.1, reached=0.4, duration_s=8.0)


def made(rule: str = "skill", aim: Aim = "restitution", axes: tuple[Axis, ...] = AXES) -> Adapter:
    return Adapter(Path(axes), ADAPTERS[rule], Start(0.75, seed=1), aim)


def spec_of(adapter: Adapter) -> TrialSpec:
    return TrialSpec(0, adapter.ask(), GOAL, GOAL, 8.0)


def tell(adapter: Adapter, outcome: Outcome, *, probe: bool = False) -> None:
    adapter.tell(replace(spec_of(adapter), probe=probe), outcome)


@pytest.mark.parametrize("rule", sorted(ADAPTERS))
def test_every_change_is_one_plain_sentence(rule: str) -> None:
    adapter = made(rule)
    seen = set()
    for k in range(160):
        why = adapter.explain()
        assert why.id in catalogue("en")
        said = render(why)
        assert "{" not in said
        assert said.endswith(".")
        seen.add(why.id)
        tell(adapter, HIT if k < 120 else MISS)
    if rule in ("skill", "weighted_up_down"):
        assert {"adapt.distance.harder", "adapt.time.harder", "adapt.size.harder"} <= seen
        assert any(each.endswith(".easier") for each in seen)


def test_hits_lead_farther_and_misses_nearer() -> None:
    adapter = made()
    start = adapter.ask()["distance"]
    for _ in range(4):
        tell(adapter, HIT)
    assert adapter.ask()["distance"] > start
    for _ in range(12):
        tell(adapter, MISS)
    assert adapter.ask()["distance"] < start


def test_a_success_with_too_much_help_leads_nowhere_harder_where_the_arm_is_to_be_restored() -> None:
    by_trunk = replace(HIT, compensated=True, tolerated=False)
    restoring, doing = made(aim="restitution"), made(aim="compensation")
    start = restoring.ask()["distance"]
    for _ in range(10):
        tell(restoring, by_trunk)
        tell(doing, by_trunk)
    assert restoring.ask()["distance"] <= start < doing.ask()["distance"]


@pytest.mark.parametrize(
    ("outcome", "probe"),
    [
        (replace(HIT, success=None, reason="lost"), False),
        (HIT, True),
        (MISS, True),
        (replace(HIT, assisted=True), False),
    ],
)
def test_what_is_no_practice_changes_nothing(outcome: Outcome, probe: bool) -> None:
    adapter = made()
    tell(adapter, HIT)
    before = adapter.ask(), adapter.rule.to_json()
    tell(adapter, outcome, probe=probe)
    assert (adapter.ask(), adapter.rule.to_json()) == before


def test_its_state_goes_to_json_and_goes_on_the_same() -> None:
    adapter, again = made(), made()
    for outcome in (HIT, HIT, MISS):
        tell(adapter, outcome)
    again.restore(adapter.to_json())
    assert again.to_json() == adapter.to_json()
    for outcome in (HIT, MISS, HIT):
        tell(adapter, outcome)
        tell(again, outcome)
        assert again.ask() == adapter.ask()
        assert again.explain() == adapter.explain()
    assert again.to_json() == adapter.to_json()


@pytest.mark.parametrize("state", ["", "{}", "[]", '{"format": "adapter/1"}', '{"format": "adapter/2"}'])
def test_a_damaged_state_changes_nothing(state: str) -> None:
    adapter = made()
    tell(adapter, HIT)
    before = adapter.to_json()
    with pytest.raises(UseError):
        adapter.restore(state)
    assert adapter.to_json() == before


def test_levels_that_the_envelope_lowered_are_what_is_learnt_from() -> None:
    free, capped = made(), made()
    for _ in range(6):
        tell(free, HIT)
        spec = spec_of(capped)
        capped.tell(replace(spec, levels={**spec.levels, "distance": 0.6}), HIT)
    assert capped.ask()["distance"] < free.ask()["distance"]


SPEC = TrialSpec(0, {}, GOAL, GOAL, 8.0)


@pytest.mark.parametrize(
    ("outcome", "axis", "grade"),
    [
        (replace(HIT, success=None), "distance", UNKNOWN),
        (replace(MISS, margin=math.nan), "distance", UNKNOWN),
        (replace(MISS, margin=-0.12), "distance", Grade(-2.0)),
        (replace(MISS, margin=0.05, reason="not_placed"), "distance", UNKNOWN),
        (replace(HIT, margin=0.03), "distance", UNKNOWN),  # it may have stopped where it was enough
        (replace(HIT, margin=0.12), "distance", Grade(0.078 / 0.06, at_least=True)),
        (replace(HIT, margin=0.12), "hold", UNKNOWN),
        (replace(HIT, margin=0.12), None, UNKNOWN),
        (replace(HIT, duration_s=4.0), "time", Grade(math.log(2.0) / FIRST_PACE)),
        (replace(HIT, duration_s=8.0), "time", UNKNOWN),
        (replace(HIT, duration_s=math.nan), "time", UNKNOWN),
        (MISS, "time", UNKNOWN),
        (replace(MISS, reach_s=6.0), "time", UNKNOWN),
    ],
)
def test_margins_are_in_typical_spreads(outcome: Outcome, axis: str | None, grade: Grade) -> None:
    got = graded(SPEC, outcome, axis, Spread())
    assert got.at_least == grade.at_least
    assert got.margin == (grade.margin if grade.margin is None else pytest.approx(grade.margin))


@pytest.mark.parametrize(
    ("outcome", "axis", "grade"),
    [
        (replace(HIT, margin=0.03), "distance", Grade(0.5)),
        (replace(HIT, margin=0.06), "size", Grade(1.0)),
        (replace(HIT, margin=0.03, duration_s=8.0), "time", Grade(0.5)),  # it came when it came
        (replace(MISS, margin=-0.12, reason="missed"), "time", Grade(-2.0)),
        (replace(HIT, duration_s=4.0), "time", Grade(math.log(2.0) / FIRST_PACE)),
    ],
)
def test_margins_of_the_whole_course_are_what_they_are(outcome: Outcome, axis: str, grade: Grade) -> None:
    got = graded(SPEC, outcome, axis, Spread(), whole=True)
    assert got == Grade(None if grade.margin is None else pytest.approx(grade.margin))


def test_who_misses_for_other_reasons_is_no_surer_for_having_come_near() -> None:
    spread, dropped = Spread(), replace(MISS, margin=0.05, reason="not_held")
    assert graded(SPEC, replace(HIT, margin=0.12), "distance", spread).at_least
    spread.told(SPEC, dropped)
    assert graded(SPEC, replace(HIT, margin=0.12), "distance", spread).at_least, "now and then"
    spread.told(SPEC, dropped)
    assert graded(SPEC, replace(HIT, margin=0.12), "distance", spread) == UNKNOWN
    assert graded(SPEC, replace(MISS, margin=-0.12), "distance", spread).margin is not None


def spread_of(own: float, seed: int) -> Spread:
    rng, spread = np.random.default_rng(seed), Spread()
    for _ in range(12):
        spread.told(SPEC, replace(MISS, margin=-0.2 + own * float(rng.standard_normal())))
    return spread


def test_the_spread_is_the_person_s_own() -> None:
    assert Spread().of_margin(SPEC) == FIRST_SPREAD
    for own in (0.03, 0.10):
        found = np.mean([spread_of(own, seed).of_margin(SPEC) for seed in range(40)])
        assert abs(found - own) < 0.6 * abs(FIRST_SPREAD - own)


def test_the_spread_is_of_the_level_whatever_the_reach_in_a_direction() -> None:
    """Half the reach in one direction is no spread of its own."""
    spread = Spread()
    for number in range(12):
        far, noise = (0.8, 0.4)[number % 2], 0.02 * (-1) ** (number // 2)
        spec = replace(SPEC, levels={"distance": 1.0}, goal=replace(GOAL, distance=far))
        spread.told(spec, replace(MISS, margin=GOAL.radius + far * (noise - 0.2)))
    assert spread.of_margin(spec) == pytest.approx(0.4 * spread.of_margin(SPEC))
    assert spread.of_margin(SPEC) < 0.04


def test_the_spread_of_time_is_the_person_s_own() -> None:
    rng, spread = np.random.default_rng(3), Spread()
    assert spread.of_time == FIRST_PACE
    for _ in range(12):
        spread.told(SPEC, replace(HIT, duration_s=3.0 * math.exp(0.05 * float(rng.standard_normal()))))
    assert 0.03 < spread.of_time < 0.12
    before = spread.of_time
    spread.told(SPEC, replace(MISS, duration_s=0.5))
    assert spread.of_time == before, "how long it took until it was missed says nothing"
    for _ in range(4):
        spread.told(replace(SPEC, limit_s=3.3), replace(MISS, duration_s=3.3))
    assert spread.of_time > before, "those whose time was over would have taken longer"


def test_what_is_at_home_at_easy_goals_or_not_seen_says_little_of_the_spread() -> None:
    """A hand that gets there stays near the middle, however much farther it could have gone."""
    for own in (0.03, 0.08):
        found = []
        for seed in range(20):
            spread = spread_of(own, seed)
            for _ in range(6):
                before = spread.of_margin(SPEC)
                spread.told(SPEC, replace(HIT, margin=math.nan))
                assert spread.of_margin(SPEC) == before
                spread.told(replace(SPEC, goal=replace(GOAL, distance=0.1)), replace(HIT, margin=0.12))
            found.append(spread.of_margin(SPEC))
        assert 0.6 * own < np.mean(found) < 1.4 * own


def test_the_first_trial_is_where_the_file_says_and_then_the_calibration_counts() -> None:
    adapter = made()
    assert adapter.ask()["distance"] == pytest.approx(0.7)
    tell(adapter, HIT)
    assert 0.75 < adapter.ask()["distance"] < 1.1


def test_nothing_gets_harder_by_more_than_five_steps_at_once() -> None:
    adapter, path = made(), Path(AXES)
    before = path.start
    for k in range(80):
        tell(adapter, HIT if k != 40 else replace(MISS, margin=-0.5))
        after = path.difficulty(adapter.ask())
        assert after <= before + 5 * path.step + 1e-9
        before = after


def test_what_the_last_session_found_is_begun_with() -> None:
    asked = []
    for level in (0.75, 1.15):
        learnt = Learnt({"distance": level, "time": 8.0, "size": 0.13, "hold": 0.6}, 0.03)
        adapter = Adapter(Path(AXES), ADAPTERS["skill"], Start(0.75), learnt=learnt)
        for _ in range(3):
            tell(adapter, replace(HIT, margin=0.05))
        asked.append(adapter.ask()["distance"])
    assert asked[0] < 0.85 < asked[1]


def test_what_it_found_is_told_for_the_next_session() -> None:
    adapter = made()
    assert adapter.learnt() is None
    for _ in range(8):
        tell(adapter, replace(MISS, margin=-0.05))
    found = adapter.learnt()
    assert found is not None
    assert found.levels["distance"] < 0.7
    assert made("fixed").learnt() is None
