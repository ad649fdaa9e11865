"""QUEST+ with two outcomes: finds a player's curve in as few tries as it can.

Watson 2017, Journal of Vision 17(3):10; Kontsevich & Tyler 1999. The posterior over threshold, slope and
lapse of a logistic curve; the next difficulty is the one with the smallest expected entropy. It measures
and does not train: for a baseline. After TRIALS tries it stays where success is as wanted. It believes
that the player stays the same.
"""

from __future__ import annotations

import base64
import math
from functools import cache
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from rehabgames.adapt.rule import Start
from rehabgames.adapt.stored import clamped, reading, share, share_or_none, written
from rehabgames.core.message import Message

Array = npt.NDArray[np.float64]

THRESHOLDS: Final = np.linspace(-0.2, 1.2, 57)
SLOPES: Final = np.array([0.03, 0.05, 0.08, 0.12, 0.18])
LAPSES: Final = np.array([0.02, 0.05, 0.10])
CHOICES: Final = np.linspace(0.0, 1.0, 51)
TRIALS: Final = 40


class QuestPlus:
    FORMAT: Final = "quest_plus/1"

    def __init__(self, start: Start) -> None:
        self._start = start
        mean, sd = start.prior or (start.difficulty, 10.0)
        near = np.exp(-0.5 * ((THRESHOLDS - mean) / sd) ** 2) + 1e-6
        self._belief: Array = np.broadcast_to(near, (len(LAPSES), len(SLOPES), len(THRESHOLDS))).ravel()
        self._belief = self._belief / self._belief.sum()
        self._last: float | None = None
        self.trials = 0

    def ask(self) -> float:
        chances = _chances()
        if self.trials >= TRIALS:
            expected = chances @ self._belief
            return float(CHOICES[int(np.argmin(np.abs(expected - self._start.target_success)))])
        success = chances @ self._belief
        entropy = np.zeros(len(CHOICES))
        for likelihood, chance in ((chances, success), (1 - chances, 1 - success)):
            after = likelihood * self._belief / chance[:, None]
            entropy -= chance * (after * np.log(np.maximum(after, 1e-300))).sum(axis=1)
        return float(CHOICES[int(np.argmin(entropy))])

    def tell(
        self, difficulty: float, success: bool, margin: float | None = None, *, at_least: bool = False
    ) -> None:
        self._last = clamped(difficulty)
        chances = _curve(np.array([self._last]))[0]
        belief = self._belief * (chances if success else 1 - chances)
        self._belief = belief / belief.sum()
        self.trials += 1

    def explain(self) -> Message:
        target = round(100 * self._start.target_success)
        if self._last is None:
            return Message("adapt.start", {"target": target})
        if self.trials < TRIALS:
            return Message("adapt.measuring", {"done": self.trials, "of": TRIALS})
        change = self.ask() - self._last
        name = "same" if abs(change) < 1e-9 else "harder" if change > 0 else "easier"
        return Message(f"adapt.{name}", {"target": target})

    def to_json(self) -> str:
        start = self._start
        return written(
            self.FORMAT,
            {
                "target_success": start.target_success,
                "start": start.difficulty,
                "belief": base64.b64encode(self._belief.astype("<f8").tobytes()).decode(),
                "last": self._last,
                "trials": self.trials,
            },
        )

    @classmethod
    def from_json(cls, state: str) -> Self:
        with reading(state, cls.FORMAT) as held:
            rule = cls(Start(held["target_success"], share(held["start"])))
            belief = np.frombuffer(base64.b64decode(held["belief"], validate=True), dtype="<f8")
            if belief.shape != rule._belief.shape or not (np.isfinite(belief).all() and (belief >= 0).all()):
                raise ValueError("no probabilities")
            if not math.isclose(float(belief.sum()), 1.0, abs_tol=1e-6):
                raise ValueError("no probabilities")
            rule._belief = belief.astype(np.float64)
            rule._last = share_or_none(held["last"])
            rule.trials = int(held["trials"])
        return rule


def _curve(difficulty: Array) -> Array:
    """(n, lapses · slopes · thresholds) success probabilities."""
    x = (THRESHOLDS - difficulty[:, None, None, None]) / SLOPES[:, None]
    chances: Array = (1 - LAPSES[:, None, None]) / (1 + np.exp(-np.clip(x, -500, 500)))
    return chances.reshape(len(difficulty), -1)


@cache
def _chances() -> Array:
    return _curve(CHOICES)
