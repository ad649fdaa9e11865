"""What the adapter says, keeps and refuses."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.adapt import ADAPTERS, WeightedUpDown
from rehabgames.core.errors import UseError
from rehabgames.core.exercise import Axis
from rehabgames.core.trial import Outcome
from rehabgames.words import catalogue

DISTANCE = Axis("distance", 0.45, 1.25, 0.7, 0.03)
SIZE = Axis("size", easiest=0.3, hardest=0.1, start=0.2, step=0.01)


def tell(adapter: WeightedUpDown, success: bool | None, levels: dict[str, float] | None = None) -> None:
    adapter.tell(levels or adapter.ask(), Outcome(0, success, "placed" if success else "not_reached"))


def test_harder_is_the_hardest_end_whichever_way_the_axis_runs() -> None:
    for axis, sign in ((DISTANCE, 1), (SIZE, -1)):
        adapter = WeightedUpDown([axis], 0.75)
        tell(adapter, True)
        assert sign * (adapter.ask()[axis.name] - axis.start) == pytest.approx(2 * axis.step)
        tell(adapter, False)
        assert sign * (adapter.ask()[axis.name] - axis.start) == pytest.approx(2 * axis.step - 3 * axis.step)


def test_only_the_first_axis_moves() -> None:
    adapter = WeightedUpDown([DISTANCE, SIZE], 0.75)
    for success in (True, True, False):
        tell(adapter, success)
        assert adapter.ask()["size"] == SIZE.start


@pytest.mark.parametrize(("axes", "target"), [([], 0.75), ([SIZE], 0.0), ([SIZE], 1.0), ([SIZE], math.nan)])
def test_what_it_cannot_adapt_is_refused(axes: list[Axis], target: float) -> None:
    with pytest.raises(ValueError, match="target success"):
        WeightedUpDown(axes, target)


@given(st.lists(st.tuples(st.floats(-1e9, 1e9), st.sampled_from([True, False, None])), max_size=40))
def test_levels_stay_in_bounds_whatever_was_played(played: list[tuple[float, bool | None]]) -> None:
    for axis in (DISTANCE, SIZE):
        adapter = WeightedUpDown([axis], 0.75)
        for level, success in played:
            tell(adapter, success, {axis.name: level})
            assert axis.lowest <= adapter.ask()[axis.name] <= axis.highest
        again = WeightedUpDown([axis], 0.75)
        again.restore(adapter.to_json())
        assert again.to_json() == adapter.to_json()
        assert again.ask() == adapter.ask()


def test_every_reason_has_words_and_tells_the_change() -> None:
    said = catalogue("en")
    adapter = WeightedUpDown([DISTANCE], 0.75)
    assert adapter.explain().id == "adapt.start"
    tell(adapter, True)
    assert (adapter.explain().id, adapter.explain().params) == ("adapt.farther", {"percent": 6})
    ids = {"adapt.start", adapter.explain().id}
    for success in (False, None, *[False] * 20):
        tell(adapter, success)
        ids.add(adapter.explain().id)
    assert ids == {"adapt.start", "adapt.farther", "adapt.nearer", "adapt.same", "adapt.limit"}
    assert ids <= said.keys()


@given(st.text() | st.recursive(st.none() | st.floats() | st.integers(), st.lists).map(json.dumps))
def test_no_text_is_a_state_by_accident(text: str) -> None:
    adapter = WeightedUpDown([DISTANCE], 0.75)
    before = adapter.to_json()
    with pytest.raises(UseError, match="stored difficulty"):
        adapter.restore(text)
    assert adapter.to_json() == before


@pytest.mark.parametrize("level", ["NaN", "Infinity", "1" + 400 * "0", '"far"', "null", "[]", "0.44", "1.26"])
def test_a_level_that_cannot_be_is_refused(level: str) -> None:
    state = f'{{"format": "weighted_up_down/1", "last": null, "level": {level}, "turned": false}}'
    with pytest.raises(UseError, match="stored difficulty"):
        WeightedUpDown([DISTANCE], 0.75).restore(state)


def test_endless_nesting_is_refused() -> None:
    with pytest.raises(UseError, match="stored difficulty"):
        WeightedUpDown([DISTANCE], 0.75).restore("[" * 100_000)


def test_every_registered_rule_holds_to_the_protocol() -> None:
    for make in ADAPTERS.values():
        adapter = make([DISTANCE, SIZE], 0.75)
        assert adapter.ask() == adapter.ask()
        assert adapter.ask().keys() == {"distance", "size"}
        assert json.loads(adapter.to_json())["format"]
