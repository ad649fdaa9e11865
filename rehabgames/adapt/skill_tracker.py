"""SkillTracker: keeps one difficulty where this player succeeds as often as wanted.

A difficulty is a number between two bounds, hardest at the upper one. `ask` for it, `tell` what came of
it. It uses how far inside or short a try was (its margin), not only whether it succeeded; it may begin
with what a calibration or earlier sessions found; it follows practice and fatigue. See SkillGrid.
"""

from __future__ import annotations

import base64
import math
from typing import Any, Final, Self

import numpy as np

from rehabgames.adapt.skill_grid import BEYOND, CELL, LONGEST, SkillGrid
from rehabgames.adapt.stored import clamped, reading, share, written
from rehabgames.core.message import Message

FORMAT: Final = "skill_tracker/2"
NO_DIFFERENCE: Final = 0.0005  # of expected loss: so much better is no reason to prefer a difficulty
CHANGED: Final = 0.005  # units: a smaller change is none to speak of
NARROWEST: Final = 0.01  # units
MOST_TRIALS: Final = 10**9


class SkillTracker:
    """target_success  0 to 1, exclusive
    bounds          (easiest, hardest) difficulty, finite
    prior           (mean, sd) of the difficulty where success is as wanted, or None
    seed            of the generator that chooses between difficulties that are equally good
    length          units of difficulty between the bounds (see SkillGrid), of which 1 to LONGEST are used

    Raises ValueError for a target, bounds or a prior that are none.
    """

    def __init__(
        self,
        target_success: float = 0.75,
        bounds: tuple[float, float] = (0.0, 1.0),
        prior: tuple[float, float] | None = None,
        seed: int = 0,
        length: float = 1.0,
    ) -> None:
        low, high = (float(bound) for bound in bounds)
        if not 0 < target_success < 1:
            raise ValueError(f"the target success lies between 0 and 1, not at {target_success}")
        if not (math.isfinite(low) and math.isfinite(high) and low < high):
            raise ValueError(f"the bounds are two rising numbers, not {bounds}")
        if not length > 0:
            raise ValueError(f"a length is above 0, not {length}")
        self.length = round(min(LONGEST, max(1.0, length)) / CELL) * CELL
        unit = (high - low) / self.length
        scaled = None
        if prior is not None:
            mean, sd = (float(prior[0]) - low) / unit, float(prior[1]) / unit
            if not (math.isfinite(mean) and math.isfinite(sd) and sd > 0):
                raise ValueError(f"a prior is a mean and a standard deviation above 0, not {prior}")
            scaled = min(self.length + BEYOND, max(-BEYOND, mean)), max(NARROWEST, sd)
        self.target_success = float(target_success)
        self.bounds = low, high
        self._grid = SkillGrid(self.target_success, scaled, self.length)
        self._rng = np.random.default_rng(seed)
        self._asked: float | None = None
        self._last: float | None = None  # difficulty of the last try that was judged, units
        self.trials = 0

    def ask(self) -> float:
        """The difficulty of the next try. The same until something is told."""
        if self._asked is None:
            loss = self._grid.expected()
            good = np.flatnonzero(loss <= loss.min() + NO_DIFFERENCE)
            self._asked = float(self._grid.choices[self._rng.choice(good)])
        return self._of(self._asked)

    def tell(
        self, difficulty: float, success: bool, margin: float | None = None, *, at_least: bool = False
    ) -> None:
        """What came of a try at this difficulty, which need not be the one that was asked.

        margin: inside (+) or short (-) in typical spreads; None, NaN, infinite or against `success`:
        unknown. at_least: the margin of a success was that or more. Raises ValueError for a difficulty
        that is no finite number.
        """
        at = self._units(difficulty)
        try:
            margin = None if margin is None else float(margin)
        except OverflowError:  # an integer that is larger than any number
            margin = None
        self._grid.learn(at, success=bool(success), margin=margin, at_least=at_least)
        self._grid.pass_try()
        self._asked, self._last = None, at
        self.trials += 1

    @property
    def wanted(self) -> tuple[float, float]:
        """Mean and standard deviation of the difficulty where success is as wanted: the next prior."""
        low, high = self.bounds
        mean, sd = self._grid.wanted()
        unit = (high - low) / self.length
        return low + mean * unit, sd * unit

    def success(self, difficulty: float) -> float:
        """Expected success probability at a difficulty. Raises ValueError as `tell`."""
        return self._grid.success(self._units(difficulty))

    def explain(self) -> Message:
        """Why the next difficulty is what it is: "adapt.start", "adapt.harder", "adapt.easier" or
        "adapt.same", with the success that was expected where the last try was, and the target, in %."""
        target = round(100 * self.target_success)
        if self._last is None:
            return Message("adapt.start", {"target": target})
        self.ask()
        assert self._asked is not None
        change = self._asked - self._last
        expected = round(100 * self._grid.success(self._last))
        name = "same" if abs(change) < CHANGED else "harder" if change > 0 else "easier"
        return Message(f"adapt.{name}", {"expected": expected, "target": target})

    def to_json(self) -> str:
        """The whole state, the generator's too; equal states give equal text."""
        return written(
            FORMAT,
            {
                "target_success": self.target_success,
                "bounds": self.bounds,
                "length": self.length,
                "belief": base64.b64encode(self._grid.belief.astype("<f4").tobytes()).decode(),
                "asked": self._asked,
                "last": self._last,
                "trials": self.trials,
                "rng": self._rng.bit_generator.state,
            },
        )

    @classmethod
    def from_json(cls, state: str) -> Self:
        """A tracker that goes on exactly as the one that was written down.

        Raises UseError where the text is damaged or of another version.
        """
        with reading(state, FORMAT) as held:
            low, high = held["bounds"]
            tracker = cls(held["target_success"], (low, high), length=held["length"])
            belief = np.frombuffer(base64.b64decode(held["belief"], validate=True), dtype="<f4")
            belief = belief.astype(np.float32).reshape(tracker._grid.belief.shape)
            total = float(belief.sum(dtype=np.float64))
            if not (np.isfinite(belief).all() and (belief >= 0).all() and abs(total - 1) < 1e-3):
                raise ValueError("no probabilities")
            tracker._grid.belief = belief
            tracker._asked, tracker._last = (tracker._held(held[name]) for name in ("asked", "last"))
            tracker.trials = _count(held["trials"])
            tracker._rng.bit_generator.state = held["rng"]
        return tracker

    def _units(self, difficulty: float) -> float:
        low, high = self.bounds
        return self.length * clamped((float(difficulty) - low) / (high - low))

    def _of(self, units: float) -> float:
        low, high = self.bounds
        return min(high, max(low, low + units / self.length * (high - low)))

    def _held(self, units: Any) -> float | None:
        return None if units is None else self.length * share(float(units) / self.length)


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < MOST_TRIALS:
        raise ValueError(value)
    return value
