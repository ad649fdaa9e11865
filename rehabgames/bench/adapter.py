"""How near adaptation rules keep players to the success that is wanted, against the best staircase.

Every rule meets the same players, try by try. The figure is the mean distance of the true success
probability from the target, in tries 1 to 10 and in those after, divided by that of the weighted up-down
staircase whose step suits these players best, chosen for each of the two apart.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rehabgames.adapt import ADAPTERS, Rule, SkillTracker, Start
from rehabgames.adapt.weighted_up_down import WeightedUpDown
from rehabgames.bench.parallel import Progress, side_by_side
from rehabgames.bench.players import FAMILIES, SCENARIOS, TRIALS, Family, Player, Scenario, players

Array = npt.NDArray[np.float64]
Maker = Callable[[Player, int], Rule]

TARGET: Final = 0.75
BEGIN: Final = 0.5
EARLY: Final = 10
STEPS: Final = (0.015, 0.02, 0.025, 0.03, 0.035, 0.04, 0.05)
WITHIN: Final = 0.05  # of the target: mean success of a player after the first tries
PLAYERS: Final = 1000


class PlainUpDown(WeightedUpDown):
    """The staircase that others are measured by: its steps are never doubled."""

    FIRST = 1.0


@dataclass(frozen=True, slots=True)
class Kept:
    """early and late: mean distance of the true success probability from the target in tries 1 to 10
    and after; within: share of players whose mean after them is within 0.05 of it."""

    early: float
    late: float
    within: float


@dataclass(frozen=True, slots=True)
class AdapterBench:
    """results: (family, scenario, rule) → Kept. The rule "staircase" is the best one of each column."""

    n: int
    seed: int
    results: dict[tuple[Family, Scenario, str], Kept] = field(default_factory=dict)

    def ratio(self, family: Family, scenario: Scenario, rule: str) -> tuple[float, float]:
        """(early, late) of a rule over those of the best staircase."""
        mine, best = self.results[family, scenario, rule], self.results[family, scenario, "staircase"]
        return mine.early / best.early, mine.late / best.late

    def as_json(self) -> dict[str, Any]:
        table: dict[str, Any] = {}
        for family, scenario, rule in self.results:
            early, late = self.ratio(family, scenario, rule)
            kept = self.results[family, scenario, rule]
            table.setdefault(family, {}).setdefault(scenario, {})[rule] = {
                "early_ratio": round(early, 3),
                "late_ratio": round(late, 3),
                "early": round(kept.early, 4),
                "late": round(kept.late, 4),
                "within_5_percent": round(kept.within, 3),
            }
        return {"players": self.n, "seed": self.seed, "target_success": TARGET, "families": table}


def bench_adapter(
    n: int = PLAYERS,
    seed: int = 0,
    families: Sequence[Family] = FAMILIES,
    scenarios: Sequence[Scenario] = SCENARIOS,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> AdapterBench:
    """All rules on n players of each scenario and family; workers and progress as of `side_by_side`."""
    groups = list(itertools.product(families, scenarios))
    keys = [(*group, rule) for group in groups for rule in RULES]
    parts = [partial(_kept, n, seed, *key) for key in keys]
    kept = dict(zip(keys, side_by_side(parts, workers, progress), strict=True))
    bench = AdapterBench(n, seed)
    for group in groups:
        stairs = [kept[*group, rule] for rule in STAIRS]
        late = min(stairs, key=lambda each: each.late)
        bench.results[*group, "staircase"] = replace(late, early=min(each.early for each in stairs))
        bench.results.update({(*group, rule): kept[*group, rule] for rule in RULES if rule not in STAIRS})
    return bench


def _kept(n: int, seed: int, family: Family, scenario: Scenario, rule: str) -> Kept:
    group, (maker, graded) = players(n, scenario, family, seed), RULES[rule]
    return summary(group, play_all(group, maker, graded=graded))


def play_all(group: Iterable[Player], maker: Maker, *, graded: bool) -> Array:
    """(players, TRIALS) true success probability at each try."""
    rows = []
    for number, player in enumerate(group):
        rule, row = maker(player, number), np.empty(TRIALS)
        for trial in range(TRIALS):
            difficulty = rule.ask()
            row[trial] = player.chance(trial, difficulty)
            success, margin = player.play(trial, difficulty)
            rule.tell(difficulty, success, margin if graded else None)
        rows.append(row)
    return np.stack(rows)


def summary(group: Sequence[Player], chances: Array) -> Kept:
    off = np.abs(chances - TARGET)
    within = np.abs(chances[:, EARLY:].mean(axis=1) - TARGET) <= WITHIN
    return Kept(float(off[:, :EARLY].mean()), float(off[:, EARLY:].mean()), float(within.mean()))


def _staircase(step: float) -> Maker:
    return lambda player, number: PlainUpDown(Start(TARGET, BEGIN, step))


def _plain(name: str, step: float) -> Maker:
    return lambda player, number: ADAPTERS[name](Start(TARGET, BEGIN, step))


def _tracker(prior_sd: float | None) -> Maker:
    def made(player: Player, number: int) -> Rule:
        if prior_sd is None:
            return SkillTracker(TARGET, seed=number)
        return SkillTracker(
            TARGET, prior=(player.wanted(TARGET) + prior_sd * player.unit, prior_sd), seed=number
        )

    return made


# name → its maker, and whether it is told margins
STAIRS: Final = {f"staircase {step:g}": (_staircase(step), False) for step in STEPS}
RULES: Final[dict[str, tuple[Maker, bool]]] = {
    **STAIRS,
    "skill": (_tracker(None), True),
    "skill, seeded 0.10": (_tracker(0.10), True),
    "skill, seeded 0.05": (_tracker(0.05), True),
    "skill, hits only": (_tracker(None), False),
    **{
        name: (_plain(name, 0.03), False)
        for name in ("weighted_up_down", "n_down_one_up", "quest_plus", "fixed")
    },
}
