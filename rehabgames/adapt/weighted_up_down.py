"""Weighted up-down staircase on the first axis of an exercise.

Kaernbach 1991, Perception & Psychophysics 49, 227–229: with step_easier · (1 − p) = step_harder · p
the success rate settles at p, whatever the player's curve. Deviations: steps are doubled until the
first turn (MEASURES section 11); the next level starts from the level that was really played, so a
level that the envelope lowered does not run away above it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from rehabgames.core.errors import UseError
from rehabgames.core.exercise import Axis
from rehabgames.core.message import Message
from rehabgames.core.trial import Outcome

FORMAT = "weighted_up_down/1"


class WeightedUpDown:
    """axes: the first is moved, the others stay at their start. target_success: 0..1, exclusive.

    Raises ValueError where no axis is given or the target is out of range.
    """

    def __init__(self, axes: Sequence[Axis], target_success: float) -> None:
        if not axes or not 0 < target_success < 1:
            raise ValueError("needs an axis, and a target success between 0 and 1")
        self._axis = axes[0]
        self._fixed = {axis.name: axis.start for axis in axes[1:]}
        self.target_success = target_success
        self._level = self._axis.start
        self._turned = False
        self._last: bool | None = None
        self._why = Message("adapt.start")

    def ask(self) -> dict[str, float]:
        return {self._axis.name: self._level, **self._fixed}

    def tell(self, levels: dict[str, float], outcome: Outcome) -> None:
        if outcome.success is None:
            self._why = Message("adapt.same")
            return
        if self._last is not None and self._last != outcome.success:
            self._turned = True
        self._last = outcome.success
        axis, played = self._axis, levels.get(self._axis.name, self._level)
        harder = 1.0 if axis.hardest > axis.easiest else -1.0
        p = self.target_success
        step = axis.step if outcome.success else -axis.step * p / (1 - p)
        wanted = played + harder * step * (1 if self._turned else 2)
        self._level = min(axis.highest, max(axis.lowest, wanted))
        self._why = self._reason(self._level - played, wanted)

    def explain(self) -> Message:
        return self._why

    def to_json(self) -> str:
        state = {"format": FORMAT, "level": self._level, "turned": self._turned, "last": self._last}
        return json.dumps(state, sort_keys=True)

    def restore(self, state: str) -> None:
        try:
            held = json.loads(state)
            if held["format"] != FORMAT:
                raise ValueError(held["format"])
            level, turned, last = float(held["level"]), bool(held["turned"]), held["last"]
            if not self._axis.lowest <= level <= self._axis.highest or last not in (True, False, None):
                raise ValueError(level)
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            raise UseError("The stored difficulty cannot be read.", "Calibrate again.") from error
        self._level, self._turned, self._last = level, turned, last

    def _reason(self, change: float, wanted: float) -> Message:
        if self._level != wanted:
            return Message("adapt.limit")
        percent = round(abs(change) * 100)
        return Message("adapt.farther" if change > 0 else "adapt.nearer", {"percent": percent})
