"""The weighted up-down staircase holds the success rate, and its state survives."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from rehabgames.adapt import ADAPTERS, WeightedUpDown
from rehabgames.core.errors import UseError
from rehabgames.core.exercise import Axis
from rehabgames.core.trial import Outcome

DISTANCE = Axis("distance", 0.45, 1.25, 0.7, 0.03)


def outcome(success: bool | None, number: int = 0) -> Outcome:
    return Outcome(number, success, "placed" if success else "not_reached" if success is False else "stopped")


def play(adapter: WeightedUpDown, chance_of, trials: int, rng: np.random.Generator) -> list[bool]:
    done = []
    for n in range(trials):
        levels = adapter.ask()
        success = bool(rng.random() < chance_of(levels["distance"]))
        adapter.tell(levels, outcome(success, n))
        done.append(success)
    return done


@pytest.mark.parametrize("target", [0.65, 0.75, 0.85])
def test_success_settles_at_the_target_whatever_the_player(target: float) -> None:
    rng = np.random.default_rng(9)
    rates = []
    for _ in range(300):
        threshold, slope = rng.uniform(0.75, 1.05), rng.uniform(0.03, 0.08)
        adapter = WeightedUpDown([DISTANCE], target)

        def chance_of(level: float, at: float = threshold, wide: float = slope) -> float:
            return 1 / (1 + math.exp((level - at) / wide))

        rates.append(np.mean(play(adapter, chance_of, 80, rng)[20:]))
    assert np.mean(rates) == pytest.approx(target, abs=0.04)


def test_steps_are_kaernbachs_and_double_until_the_first_turn() -> None:
    adapter = WeightedUpDown([DISTANCE], 0.75)
    seen = []
    for success in (True, True, False, True):
        adapter.tell(adapter.ask(), outcome(success))
        seen.append(adapter.ask()["distance"])
    assert seen == pytest.approx([0.76, 0.82, 0.73, 0.76])


def test_what_could_not_be_judged_changes_nothing() -> None:
    adapter = WeightedUpDown([DISTANCE], 0.75)
    adapter.tell(adapter.ask(), outcome(True))
    before = adapter.to_json()
    adapter.tell(adapter.ask(), outcome(None))
    assert adapter.to_json() == before
    assert adapter.explain().id == "adapt.same"


def test_levels_stay_on_the_axis_also_where_harder_is_less() -> None:
    size = Axis("size", easiest=0.3, hardest=0.1, start=0.2, step=0.05)
    for axis in (DISTANCE, size):
        for success in (True, False):
            adapter = WeightedUpDown([axis], 0.75)
            for _ in range(50):
                adapter.tell(adapter.ask(), outcome(success))
                assert axis.lowest <= adapter.ask()[axis.name] <= axis.highest
            assert adapter.ask()[axis.name] == (axis.hardest if success else axis.easiest)
            assert adapter.explain().id == "adapt.limit"


def test_it_goes_on_from_the_level_that_was_played() -> None:
    adapter = WeightedUpDown([DISTANCE], 0.75)
    adapter.tell({"distance": 0.5}, outcome(True))
    assert adapter.ask()["distance"] == pytest.approx(0.56)


def test_state_to_json_and_back_goes_on_the_same() -> None:
    one = WeightedUpDown([DISTANCE], 0.75)
    play(one, lambda level: 1.2 - level, 17, np.random.default_rng(3))
    other = ADAPTERS["weighted_up_down"]([DISTANCE], 0.75)
    other.restore(one.to_json())
    assert other.to_json() == one.to_json()
    a = play(one, lambda level: 1.2 - level, 30, np.random.default_rng(4))
    b = play(other, lambda level: 1.2 - level, 30, np.random.default_rng(4))
    assert (a, one.to_json()) == (b, other.to_json())


@pytest.mark.parametrize(
    "damaged",
    ["", "{", "[]", "{}", '{"format": "other/1"}', json.dumps({"format": "weighted_up_down/1", "level": 9})],
)
def test_a_damaged_state_is_one_plain_error(damaged: str) -> None:
    with pytest.raises(UseError, match="stored difficulty"):
        WeightedUpDown([DISTANCE], 0.75).restore(damaged)
