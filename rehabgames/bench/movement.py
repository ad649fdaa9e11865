"""How near adaptation rules keep people who move: virtual patients who play the reaching exercise.

Their success comes from where the hand went, not from a curve. Every rule meets the same patients with the
same seeds, behind the same guard. The figure is that of `bench.adapter`: mean distance of the true success
probability at the levels played from the target, over that of the best staircase.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rehabgames.adapt import ADAPTERS, Adapter, Path, Start
from rehabgames.bench.parallel import Progress, side_by_side
from rehabgames.core.exercise import Exercise
from rehabgames.core.limits import Limits
from rehabgames.core.person import Profile
from rehabgames.core.trial import TrialSpec
from rehabgames.games import GAMES
from rehabgames.patients import TrialPatient
from rehabgames.safety import Envelope, Guard, Refusal

Array = npt.NDArray[np.float64]

KINDS: Final = (
    "fma_mild",
    "fma_moderate",
    "fma_severe",
    "tremor",
    "ataxia",
    "bradykinesia",
    "moderate+fatigue",
    "moderate+learning",
)
STEPS: Final = (0.015, 0.02, 0.03, 0.04, 0.05)  # of the whole axis
TRIALS, EARLY = 60, 10
DRAWS: Final = 100
BETWEEN_S: Final = 1.0
RULES: Final = ("skill", "fixed")
Played = tuple[str, float | None]  # a rule, and its step where not the exercise's own
PLAYED: Final[tuple[Played, ...]] = (
    *(("weighted_up_down", step) for step in STEPS),
    *((rule, None) for rule in RULES),
)


@dataclass(slots=True)
class MovementBench:
    """off: (kind, rule) → (early, late) mean distance from the target; the rule "staircase" is the best one
    of each column. outside: goals that lay outside the limits. over: levels above those of the last trial
    though nothing was to rise."""

    patients: int
    off: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    trials: int = 0
    outside: int = 0
    over: int = 0

    def ratio(self, kind: str, rule: str) -> tuple[float, float]:
        mine, best = self.off[kind, rule], self.off[kind, "staircase"]
        return mine[0] / best[0], mine[1] / best[1]

    def mean_ratio(self, rule: str) -> tuple[float, float]:
        """Over the kinds, geometric."""
        ratios = [self.ratio(kind, each) for kind, each in self.off if each == rule]
        early, late = np.exp(np.log(ratios).mean(axis=0))
        return float(early), float(late)

    @property
    def rules(self) -> list[str]:
        return list(dict.fromkeys(rule for _, rule in self.off))

    def as_json(self) -> dict[str, Any]:
        table: dict[str, Any] = {}
        for kind, rule in self.off:
            early, late = self.ratio(kind, rule)
            table.setdefault(kind, {})[rule] = {
                "early_ratio": round(early, 3),
                "late_ratio": round(late, 3),
                "early": round(self.off[kind, rule][0], 4),
                "late": round(self.off[kind, rule][1], 4),
            }
        mean = {rule: [round(ratio, 3) for ratio in self.mean_ratio(rule)] for rule in self.rules}
        counted = {"trials": self.trials, "goals_outside": self.outside, "rises_over_a_hold": self.over}
        return {"patients_a_kind": self.patients, **counted, "kinds": table, "mean_ratios": mean}

    def keep(self, kind: str, off: Mapping[Played, tuple[float, float]]) -> None:
        """What came of every rule; of the staircases the best one, for each of the two apart."""
        stairs = [each for (_, step), each in off.items() if step is not None]
        self.off[kind, "staircase"] = min(s[0] for s in stairs), min(s[1] for s in stairs)
        self.off.update({(kind, rule): each for (rule, step), each in off.items() if step is None})


def bench_movement(
    exercise: Exercise,
    n: int = 10,
    kinds: Sequence[str] = KINDS,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> MovementBench:
    """n patients of each kind play the exercise; 60 trials each, rests as the guard asks."""
    keys = [(kind, played) for kind in kinds for played in PLAYED]
    parts = [partial(_group, exercise, kind, n, *played) for kind, played in keys]
    groups = dict(zip(keys, side_by_side(parts, workers, progress), strict=True))
    bench = MovementBench(n)
    for kind in kinds:
        bench.keep(kind, {played: groups[kind, played].off for played in PLAYED})
    for group in groups.values():
        bench.trials += group.trials
        bench.outside += group.outside
        bench.over += group.over
    return bench


@dataclass(slots=True)
class _Group:
    """Some patients with one rule."""

    off: tuple[float, float] = (math.nan, math.nan)
    trials: int = 0
    outside: int = 0
    over: int = 0


def _group(exercise: Exercise, kind: str, n: int, rule: str, step: float | None) -> _Group:
    group = _Group()
    sittings = (_Sitting(exercise, kind, seed, rule, step) for seed in range(n))
    chances = np.stack([_played(group, sitting) for sitting in sittings])
    group.off = distances(chances, exercise.target_success)
    return group


def distances(chances: Array, target: float) -> tuple[float, float]:
    """(early, late) mean distance of (patients, tries) chances from the target; NaN where nothing was
    played."""
    off = np.abs(chances - target)
    return float(np.nanmean(off[:, :EARLY])), float(np.nanmean(off[:, EARLY:]))


def with_step(exercise: Exercise, step: float | None) -> Exercise:
    """The same with steps of so much of each whole axis; None: as they are."""
    if step is None:
        return exercise
    axes = (replace(axis, step=step * (axis.highest - axis.lowest)) for axis in exercise.axes)
    return replace(exercise, axes=tuple(axes))


class _Sitting:
    """One patient, one exercise, one rule."""

    def __init__(self, exercise: Exercise, kind: str, seed: int, rule: str, step: float | None) -> None:
        self.exercise = exercise = with_step(exercise, step)
        axes = exercise.axes
        self.envelope = Envelope(Limits())
        self.guard = Guard(Limits(), axes)
        self.adapter = Adapter(
            Path(axes), ADAPTERS[rule], Start(exercise.target_success, seed=seed), "compensation"
        )
        self.patient = TrialPatient(kind, "right", seed, asks=self._asks)
        profile: Profile = self.patient.profile(exercise.directions_deg, exercise.calibration)
        self.game = GAMES[exercise.game].make(exercise.settings, profile, "right")
        self._rng = np.random.default_rng(seed)
        self._bag: list[float] = []
        self.now_s = 0.0

    def direction(self) -> float:
        if not self._bag:
            self._bag = [float(d) for d in self._rng.permutation(self.exercise.directions_deg)]
        return self._bag.pop()

    def pass_time(self, seconds: float, *, playing: bool) -> None:
        """In steps of a second at most, as a session does."""
        while seconds > 0:
            dt_s = min(1.0, seconds)
            self.now_s, seconds = self.now_s + dt_s, seconds - dt_s
            (self.guard.amounts.played if playing else self.guard.amounts.rested)(dt_s, self.now_s)

    def _asks(self, levels: Mapping[str, float]) -> list[TrialSpec]:
        return [
            self.envelope.trial(self.game.propose(0, dict(levels), direction))
            for direction in self.exercise.directions_deg
        ]


def _played(group: _Group, sitting: _Sitting) -> Array:
    """(TRIALS,) true success probability at the levels played."""
    guard, chances = sitting.guard, np.empty(TRIALS)
    guard.begin_block(sitting.exercise.axes)
    last: dict[str, float] = {}
    for trial in range(TRIALS):
        while guard.refusal(sitting.now_s) is not None:
            sitting.pass_time(5.0, playing=False)
            sitting.patient.rest(5.0)
        levels, _ = guard.levels(sitting.adapter.ask())
        spec = guard.trial(sitting.game.propose(trial, levels, sitting.direction()), sitting.now_s)
        assert not isinstance(spec, Refusal)
        group.trials += 1
        group.outside += not all(map(guard.envelope.allows, spec.goals))
        group.over += guard.held and any(spec.levels[a] > last.get(a, spec.levels[a]) + 1e-9 for a in last)
        chances[trial] = sitting.patient.true_success(spec.levels, DRAWS)
        outcome = sitting.patient.play(spec)
        sitting.pass_time(outcome.duration_s + BETWEEN_S, playing=True)
        guard.told(spec, outcome)
        sitting.adapter.tell(spec, outcome)
        last = dict(spec.levels)
    return chances
