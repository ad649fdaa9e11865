"""The plain rules: steps, and where they settle."""

from __future__ import annotations

import numpy as np
import pytest

from rehabgames.adapt import ADAPTERS, Start
from rehabgames.adapt.n_down_one_up import NDownOneUp
from rehabgames.adapt.quest_plus import TRIALS, QuestPlus


def told(name: str, successes: list[bool], **start: float) -> list[float]:
    rule = ADAPTERS[name](Start(**start))  # type: ignore[arg-type]
    asked = []
    for success in successes:
        rule.tell(rule.ask(), success)
        asked.append(rule.ask())
    return asked


def test_steps_are_kaernbachs_and_double_until_the_first_turn() -> None:
    asked = told("weighted_up_down", [True, True, False, True], difficulty=0.5, step=0.03)
    assert asked == pytest.approx([0.56, 0.62, 0.53, 0.56])


def test_it_goes_on_from_what_was_played() -> None:
    rule = ADAPTERS["weighted_up_down"](Start(difficulty=0.5, step=0.03))
    rule.tell(0.2, success=True)
    assert rule.ask() == pytest.approx(0.26)


@pytest.mark.parametrize(("target", "n"), [(0.5, 1), (0.707, 2), (0.794, 3), (0.841, 4), (0.75, 2)])
def test_n_is_the_one_that_comes_nearest_to_the_target(target: float, n: int) -> None:
    assert NDownOneUp(Start(target)).n == n


def test_harder_after_n_in_a_row_easier_after_each_miss() -> None:
    asked = told("n_down_one_up", [True, True, True, False, True, True], target_success=0.707, step=0.03)
    assert asked == pytest.approx([0.5, 0.56, 0.56, 0.53, 0.53, 0.56])


def test_fixed_stays() -> None:
    assert told("fixed", [True, False, True], difficulty=0.3) == [0.3, 0.3, 0.3]


def test_quest_plus_finds_the_difficulty_of_the_target() -> None:
    off = []
    for seed in range(10):
        rule, rng = QuestPlus(Start(0.75)), np.random.default_rng(seed)
        for _ in range(TRIALS + 1):
            asked = rule.ask()
            rule.tell(asked, bool(rng.random() < 0.97 / (1 + np.exp((asked - 0.6) / 0.08))))
        off.append(rule.ask() - (0.6 - 0.08 * np.log(0.75 / 0.22)))
    assert np.abs(off).mean() < 0.06
