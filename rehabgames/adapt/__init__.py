"""Floor 2: how difficulty follows a person. A rule knows one difficulty; the adapter gives it axes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from rehabgames.adapt.adapter import Adapter
from rehabgames.adapt.fixed import Fixed
from rehabgames.adapt.n_down_one_up import NDownOneUp
from rehabgames.adapt.path import Path
from rehabgames.adapt.quest_plus import QuestPlus
from rehabgames.adapt.rule import Rule, Start
from rehabgames.adapt.skill_tracker import SkillTracker
from rehabgames.adapt.weighted_up_down import WeightedUpDown

SD: Final = 0.15  # of the wanted difficulty, where nothing but an exercise's start is known
BELOW: Final = 0.13  # so much under the mean a tracker begins that is that unsure


def skill(start: Start) -> SkillTracker:
    """A SkillTracker that begins at the start of the exercise, or where the prior says."""
    prior = start.prior or (start.difficulty + BELOW, SD)
    return SkillTracker(start.target_success, prior=prior, seed=start.seed, length=start.length)


# name in an exercise file or a plan → makes the rule
ADAPTERS: Final[dict[str, Callable[[Start], Rule]]] = {
    "skill": skill,
    "weighted_up_down": WeightedUpDown,
    "n_down_one_up": NDownOneUp,
    "quest_plus": QuestPlus,
    "fixed": Fixed,
}

SHIPPED: Final = frozenset(ADAPTERS)  # all others are somebody else's code

__all__ = ["ADAPTERS", "SHIPPED", "Adapter", "Path", "Rule", "SkillTracker", "Start"]
