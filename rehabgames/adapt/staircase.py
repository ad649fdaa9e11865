"""Staircase: what the up-down rules share: a difficulty, its steps, and their words."""

from __future__ import annotations

from typing import Any, Final, Self

from rehabgames.adapt.rule import Start
from rehabgames.adapt.stored import clamped, reading, share, written
from rehabgames.core.message import Message

SAME: Final = 1e-9


class Staircase:
    """The next difficulty starts from the one that was really played, so that one which the envelope
    lowered does not run away above it. Steps are doubled until the first turn (MEASURES section 11)."""

    FORMAT: str
    FIRST: float = 2.0  # how many times longer steps are until the first turn
    EXTRA: tuple[str, ...] = ()  # further counters of a rule, whole numbers

    def __init__(self, start: Start) -> None:
        self._start = start
        self._difficulty = start.difficulty
        self._turned = False
        self._last: bool | None = None  # whether the last step went up
        self._why = Message("adapt.start", {"target": self._target})

    @property
    def _target(self) -> int:
        return round(100 * self._start.target_success)

    def ask(self) -> float:
        return self._difficulty

    def explain(self) -> Message:
        return self._why

    def to_json(self) -> str:
        start = self._start
        return written(
            self.FORMAT,
            {
                "target_success": start.target_success,
                "start": start.difficulty,
                "step": start.step,
                "difficulty": self._difficulty,
                "turned": self._turned,
                "last": self._last,
                "why": [self._why.id, self._why.params],
                **{name: getattr(self, name) for name in self.EXTRA},
            },
        )

    @classmethod
    def from_json(cls, state: str) -> Self:
        with reading(state, cls.FORMAT) as held:
            rule = cls(Start(held["target_success"], share(held["start"]), share(held["step"])))
            rule._difficulty = share(held["difficulty"])
            rule._turned, rule._last = bool(held["turned"]), _flag(held["last"])
            rule._why = Message(str(held["why"][0]), {str(k): v for k, v in held["why"][1].items()})
            for name in cls.EXTRA:
                setattr(rule, name, int(held[name]))
        return rule

    def _move(self, played: float, step: float) -> None:
        """Go on from what was played by a step, doubled until the first turn; 0 stays."""
        played = clamped(played)
        if step:
            self._turned |= self._last is not None and self._last != (step > 0)
            self._last = step > 0
        self._difficulty = clamped(played + step * (1 if self._turned else self.FIRST))
        change = self._difficulty - played
        name = "same" if abs(change) < SAME else "harder" if change > 0 else "easier"
        self._why = Message(f"adapt.{name}", {"target": self._target})


def _flag(value: Any) -> bool | None:
    if value not in (True, False, None):
        raise ValueError(value)
    return None if value is None else bool(value)
