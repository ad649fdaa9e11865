"""Path: one difficulty over many axes."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.adapt import Path
from rehabgames.core.exercise import Axis

DISTANCE = Axis("distance", 0.45, 1.25, 0.7, 0.03)
TIME = Axis("time", easiest=12.0, hardest=4.0, start=8.0, step=0.5)
SIZE = Axis("size", easiest=0.2, hardest=0.06, start=0.13, step=0.01)
AXES = (DISTANCE, TIME, SIZE)


def test_it_begins_at_the_start_of_every_axis() -> None:
    path = Path(AXES)
    assert path.levels(path.start) == pytest.approx({"distance": 0.7, "time": 8.0, "size": 0.13})


def test_its_ends_are_the_easiest_and_the_hardest_of_all() -> None:
    path = Path(AXES)
    assert path.levels(0.0) == pytest.approx({"distance": 0.45, "time": 12.0, "size": 0.2})
    assert path.levels(1.0) == pytest.approx({"distance": 1.25, "time": 4.0, "size": 0.06})


@given(st.floats(0, 1), st.floats(0, 1))
def test_harder_is_harder_on_every_axis_and_one_moves_at_a_time(one: float, other: float) -> None:
    path = Path(AXES)
    low, high = path.levels(min(one, other)), path.levels(max(one, other))
    for axis in AXES:
        rising = 1 if axis.hardest > axis.easiest else -1
        assert rising * (high[axis.name] - low[axis.name]) >= -1e-9
        assert axis.lowest <= low[axis.name] <= axis.highest
    step = path.levels(min(1.0, one + 1e-4))
    moved = [name for name, level in path.levels(one).items() if abs(step[name] - level) > 1e-9]
    between = any(abs(stretch.begin - one) < 2e-4 for stretch in path.stretches)
    assert len(moved) <= (2 if between else 1)


@given(st.floats(0, 1))
def test_levels_lead_back_to_their_difficulty(difficulty: float) -> None:
    path = Path(AXES)
    assert path.difficulty(path.levels(difficulty)) == pytest.approx(difficulty, abs=1e-6)


def test_the_order_says_which_comes_first() -> None:
    assert Path(AXES, ("time", "distance")).axis_at(Path(AXES, ("time", "distance")).start) == "time"
    first = Path(AXES, ("size",))
    assert first.levels(1.0) == pytest.approx({"distance": 0.7, "time": 8.0, "size": 0.06})


def test_a_locked_axis_never_moves() -> None:
    path = Path(AXES, locked={"distance": 0.9, "no_axis": 3.0})
    assert {path.levels(k / 20)["distance"] for k in range(21)} == {0.9}
    everything = Path(AXES, locked={axis.name: 99.0 for axis in AXES})
    assert everything.levels(0.7) == {"distance": 1.25, "time": 12.0, "size": 0.2}
    assert everything.step == 1.0
    assert everything.axis_at(0.5) is None


def test_a_level_that_the_envelope_lowered_is_less_difficult() -> None:
    path = Path(AXES)
    wanted = path.levels(0.6)
    lowered = {**wanted, "distance": wanted["distance"] - 0.2}
    assert path.difficulty(lowered) < 0.6 - 0.05


@pytest.mark.parametrize("level", [math.nan, math.inf, -math.inf])
def test_a_level_that_is_none_is_left_out(level: float) -> None:
    path = Path((DISTANCE,))
    assert path.difficulty({"distance": level}) == path.start
    assert path.difficulty({}) == path.start


def test_a_step_is_a_step_of_the_first_axis() -> None:
    path = Path(AXES)
    further = path.levels(path.start + path.step)
    assert further["distance"] == pytest.approx(0.73)


def test_an_axis_that_begins_at_an_end_still_moves() -> None:
    path = Path((Axis("distance", 0.5, 1.0, 0.5, 0.05), Axis("hold", 0.5, 2.0, 2.0, 0.1)))
    assert path.levels(path.start) == pytest.approx({"distance": 0.5, "hold": 2.0})
    assert path.levels(0.0) == pytest.approx({"distance": 0.5, "hold": 0.5})
    assert path.levels(1.0) == pytest.approx({"distance": 1.0, "hold": 2.0})


def test_time_goes_by_ratios() -> None:
    time = next(each for each in Path(AXES).stretches if each.axis == "time" and each.to_level == 4.0)
    middle = (time.begin + time.end) / 2
    assert Path(AXES).levels(middle)["time"] == pytest.approx(math.sqrt(8.0 * 4.0))


def test_a_way_of_more_steps_is_longer() -> None:
    short, long = Path((Axis("distance", 0.4, 0.8, 0.6, 0.05),)), Path(AXES)
    assert short.length == 1.0
    assert long.length == pytest.approx((0.8 / 0.03 + 8.0 / 0.5 + 0.14 / 0.01) / 12)
