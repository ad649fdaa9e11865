"""What every adaptation rule does, whichever it is."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.adapt import ADAPTERS, Rule, SkillTracker, Start
from rehabgames.core.errors import UseError
from rehabgames.words import catalogue

NAMES = sorted(ADAPTERS)
DAMAGED = ["", "{", "[]", "{}", "null", '"x"', '{"format": "other/1"}', "[" * 100_000]


def made(name: str, **start: float) -> Rule:
    return ADAPTERS[name](Start(**start))  # type: ignore[arg-type]


def play(rule: Rule, rng: np.random.Generator, tries: int, *, threshold: float = 0.5) -> list[float]:
    asked = []
    for _ in range(tries):
        asked.append(rule.ask())
        margin = (threshold - asked[-1] + 0.08 * float(rng.logistic())) / (1.8 * 0.08)
        rule.tell(asked[-1], margin > 0, margin)
    return asked


@pytest.mark.parametrize("name", NAMES)
def test_it_begins_near_the_start_and_says_so(name: str) -> None:
    rule = made(name, difficulty=0.4)
    assert rule.explain().id == "adapt.start"
    if name != "quest_plus":  # which measures, and asks what tells most
        assert rule.ask() == pytest.approx(0.4, abs=0.02)


@pytest.mark.parametrize("name", NAMES)
def test_asking_twice_gives_the_same(name: str) -> None:
    rule = made(name)
    rng = np.random.default_rng(1)
    for _ in range(5):
        assert rule.ask() == rule.ask()
        play(rule, rng, 1)


@pytest.mark.parametrize("name", NAMES)
def test_its_state_goes_to_json_and_goes_on_the_same_byte_for_byte(name: str) -> None:
    rule = made(name, seed=3)
    play(rule, np.random.default_rng(2), 17)
    rule.ask()
    again = type(rule).from_json(rule.to_json())
    assert again.to_json() == rule.to_json()
    assert play(again, np.random.default_rng(5), 30) == play(rule, np.random.default_rng(5), 30)
    assert again.to_json() == rule.to_json()
    assert again.explain() == rule.explain()


@pytest.mark.parametrize("name", NAMES)
def test_a_session_fits_into_64_kib(name: str) -> None:
    rule = made(name)
    play(rule, np.random.default_rng(3), 200)
    assert len(rule.to_json()) < 65536


@pytest.mark.parametrize("state", DAMAGED, ids=range(len(DAMAGED)))
@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_state_is_one_plain_error(name: str, state: str) -> None:
    with pytest.raises(UseError, match="stored difficulty cannot be read"):
        type(made(name)).from_json(state)


@pytest.mark.parametrize("name", NAMES)
def test_no_field_can_be_lost_or_spoilt_unseen(name: str) -> None:
    rule = made(name)
    play(rule, np.random.default_rng(4), 5)
    whole = json.loads(rule.to_json())
    for field in whole:
        without = {key: value for key, value in whole.items() if key != field}
        with pytest.raises(UseError):
            type(rule).from_json(json.dumps(without))
        for spoilt in ([], {"x": 1}, "?"):
            if field == "turned":  # a flag: anything has a truth
                continue
            with pytest.raises(UseError):
                type(rule).from_json(json.dumps({**whole, field: spoilt}))


@given(
    st.sampled_from(NAMES),
    st.lists(
        st.tuples(
            st.floats(-1e9, 1e9),
            st.booleans(),
            st.none() | st.floats(allow_nan=True, allow_infinity=True),
        ),
        max_size=25,
    ),
)
def test_whatever_was_played_it_asks_for_a_difficulty(
    name: str, played: list[tuple[float, bool, float | None]]
) -> None:
    rule = made(name)
    for difficulty, success, margin in played:
        rule.tell(difficulty, success, margin)
        assert 0 <= rule.ask() <= 1
        assert rule.explain().id in catalogue("en")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("difficulty", [float("nan"), float("inf"), float("-inf")])
def test_a_difficulty_that_is_none_is_refused(name: str, difficulty: float) -> None:
    rule = made(name)
    before = rule.to_json()
    with pytest.raises(ValueError, match="finite"):
        rule.tell(difficulty, success=True)
    assert rule.to_json() == before


@pytest.mark.parametrize("target", [0.0, 1.0, -1.0, 2.0, float("nan")])
def test_a_target_that_is_none_is_refused(target: float) -> None:
    with pytest.raises(ValueError, match="target success"):
        Start(target)
    with pytest.raises(ValueError, match="target success"):
        SkillTracker(target)


@pytest.mark.parametrize(("name", "settles"), [("weighted_up_down", 0.75), ("skill", 0.75)])
def test_success_settles_at_the_target(name: str, settles: float) -> None:
    rates = []
    for seed in range(12):
        rule, rng = made(name, target_success=0.75), np.random.default_rng(seed)
        hits = []
        for _ in range(200):
            asked = rule.ask()
            margin = (0.55 - asked + 0.08 * float(rng.logistic())) / (1.8 * 0.08)
            hits.append(margin > 0)
            rule.tell(asked, margin > 0, margin)
        rates.append(np.mean(hits[40:]))
    # the tracker keeps the success near the target, and as being too hard costs more, a little above it
    assert settles - 0.02 < np.mean(rates) < settles + 0.05
