"""Where load is adapted a try is a success or not; a wrong choice says nothing of distance, size or time."""

from __future__ import annotations

import pytest

from rehabgames.adapt import ADAPTERS, Adapter, Path, Start
from rehabgames.adapt.graded import UNKNOWN, Spread, graded
from rehabgames.core.exercise import Axis
from rehabgames.core.trial import Goal, Outcome, TrialSpec

GOAL = Goal(45.0, 0.7, 0.13, 0.6)
SPEC = TrialSpec(0, {"load": 2.0}, GOAL, Goal(-5.0, 0.6, 0.17, 0.3), 8.0, others=(Goal(10.0, 0.6, 0.1, 0.6),))
HIT = Outcome(0, True, "placed", margin=0.1, reached=0.7, reach_s=1.2, duration_s=3.0)
SHORT = Outcome(0, False, "not_reached", margin=-0.1, reached=0.5, duration_s=8.0)
WRONG = Outcome(0, False, "wrong", duration_s=2.0)


@pytest.mark.parametrize("outcome", [HIT, SHORT, WRONG])
def test_load_has_no_grade(outcome: Outcome) -> None:
    assert graded(SPEC, outcome, "load", Spread()) == UNKNOWN


@pytest.mark.parametrize("axis", ["distance", "size", "time", "hold", "load", None])
def test_a_wrong_choice_has_no_grade_on_any_axis(axis: str | None) -> None:
    assert graded(SPEC, WRONG, axis, Spread()) == UNKNOWN
    spread = Spread()
    spread.told(SPEC, WRONG)
    assert not spread.reached


@pytest.mark.parametrize("rule", ["skill", "weighted_up_down"])
def test_wrong_choices_make_it_easier_and_right_ones_harder(rule: str) -> None:
    path = Path((Axis("load", 0.0, 5.0, 2.0, 0.5),))
    levels = {}
    for outcome in (HIT, WRONG):
        adapter = Adapter(path, ADAPTERS[rule], Start(0.75, seed=1))
        for _ in range(8):
            adapter.tell(TrialSpec(0, adapter.ask(), GOAL, SPEC.place, 8.0), outcome)
        levels[outcome.reason] = adapter.ask()["load"]
        way = "harder" if outcome is HIT else "easier"
        assert adapter.explain().id in (f"adapt.load.{way}", "adapt.same")
    assert levels["wrong"] < 1.5
    assert levels["placed"] > 2.5
