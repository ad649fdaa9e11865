"""The contract of games, kept by every exercise that is shipped; see rehabgames.testing."""

import pytest

from rehabgames.app.repertoire import library
from rehabgames.testing import RULES, broken

EXERCISES = tuple(sorted(exercise.id for exercise in library().exercises()))
OF_EACH_SCENE = tuple({(each.place, each.game): each.id for each in library().exercises()}.values())
# of the scenes; the worst that can be asked of each place is painted in tests/stage
PLAYED = ("workshop_tilt", *OF_EACH_SCENE[::4])
QUICK = ("finishes", "winnable", "slow", "pauses", "inside")


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_rule_of_the_contract_for_each_exercise(exercise: str) -> None:
    """A sample: another rule for each, so that all of the quick ones are tried somewhere."""
    rule = QUICK[EXERCISES.index(exercise) % len(QUICK)]
    assert broken(exercise, (rule,), seed=1) == []


@pytest.mark.parametrize("exercise", PLAYED)
def test_no_scene_flashes_in_play_h6(exercise: str) -> None:
    """A sample: standing or sitting, near or far, the same game in the same place paints the same scene."""
    assert broken(exercise, ("never_flashes",), seed=1) == []


@pytest.mark.endurance
@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize("rule", RULES)
def test_the_whole_contract(exercise: str, rule: str) -> None:
    assert broken(exercise, (rule,), seed=2) == []
