"""How near adaptation rules keep virtual patients who play real sessions: their movements, tracked, decide.

As `bench.movement`, but nothing is told to the session except landmarks: of a body as it moves, or found
by MediaPipe in pictures that it was drawn into. Calibration, control, game, guard, adapter and record are
those of every session; goals outside the limits and rises over a hold are counted from its documents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import Any, Final

import numpy as np

from rehabgames.bench.movement import EARLY, KINDS, PLAYED, TRIALS, MovementBench, Played, distances
from rehabgames.bench.parallel import Progress, side_by_side
from rehabgames.bench.seen import Seeing, as_landmarks
from rehabgames.bench.sitting import Sitting, padded, sat
from rehabgames.bench.truth import Truth, fitted
from rehabgames.session import Setup

ASKED: Final = "+pain"  # on top of a kind, where people are asked how they feel
SKILL: Final[Played] = ("skill", None)


@dataclass(slots=True)
class SessionBench(MovementBench):
    """truth: kind → how whole tries agreed with its sessions; success: (kind, rule) → share of hits in
    the tries from the 11th on, of the staircase the one that was best late. held: tries that were played
    while something held; answered: sessions in which people were asked how they feel, which are counted, but
    not compared."""

    truth: dict[str, Truth] = field(default_factory=dict)
    success: dict[tuple[str, str], float] = field(default_factory=dict)
    held: int = 0
    sessions: int = 0
    answered: int = 0

    def as_json(self) -> dict[str, Any]:
        told = MovementBench.as_json(self)
        for (kind, rule), share in self.success.items():
            told["kinds"][kind][rule]["late_success"] = round(share, 3)
        told |= {"sessions": self.sessions, "sessions_with_answers": self.answered}
        told |= {"trials_under_a_hold": self.held}
        told["truth"] = {kind: {"a": round(t.a, 3), "b": round(t.b, 3)} for kind, t in self.truth.items()}
        return told


def bench_sessions(
    setup: Setup,
    n: int = 2,
    kinds: Sequence[str] = KINDS,
    *,
    seeing: Seeing = as_landmarks,
    played: Sequence[Played] = PLAYED,
    tries: int = TRIALS,
    workers: int | None = None,
    progress: Progress | None = None,
) -> SessionBench:
    """n patients of each kind play so many tries with every rule. setup: any of the exercise.

    played: rules with their steps, a staircase with a step among them.
    """
    assert setup.exercise is not None
    keys = [(kind, each, seed) for kind, each, seed in product(kinds, played, range(n))]
    parts = [partial(sat, setup, seeing, kind, seed, each, tries=tries) for kind, each, seed in keys]
    narrow = [
        partial(sat, setup, seeing, kind + ASKED, seed, SKILL, asked=True, tries=tries)
        for kind, seed in product(kinds, range(n) if seeing is as_landmarks else ())
    ]
    sat_down = side_by_side([*parts, *narrow], workers, progress)
    bench = SessionBench(n, sessions=len(parts), answered=len(narrow))
    for sitting in sat_down:
        bench.trials += len(sitting.success)
        bench.outside += sitting.outside
        bench.over += sitting.rises
        bench.held += sitting.held
    by_key = dict(zip(keys, sat_down, strict=False))
    for kind in kinds:
        _judge(bench, kind, {each: [by_key[kind, each, seed] for seed in range(n)] for each in played}, setup)
    return bench


def _judge(
    bench: SessionBench, kind: str, sittings: Mapping[Played, Sequence[Sitting]], setup: Setup
) -> None:
    assert setup.exercise is not None
    every = [sitting for group in sittings.values() for sitting in group]
    truth = bench.truth[kind] = fitted(
        np.array([p for sitting in every for p in sitting.expected]),
        np.array([hit for sitting in every for hit in sitting.success], dtype=np.bool_),
    )
    target, off, late = setup.exercise.target_success, {}, {}
    for each, group in sittings.items():
        true = [truth.of(np.array(sitting.chances)).mean(axis=1).tolist() for sitting in group]
        off[each] = distances(padded(true), target)
        late[each] = float(np.nanmean(padded([sitting.success for sitting in group])[:, EARLY:]))
    bench.keep(kind, off)
    best = min((each for each in off if each[1] is not None), key=lambda each: off[each][1])
    bench.success[kind, "staircase"] = late[best]
    bench.success.update({(kind, rule): late[rule, step] for rule, step in off if step is None})
