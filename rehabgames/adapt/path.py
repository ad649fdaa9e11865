"""Path: many axes, one difficulty. From 0 to 1 one axis is moved at a time.

From where all axes are at their start it goes up along the first axis to its hardest, then along the
second, and so on; and down along the first to its easiest, then along the second. So amplitude comes
before speed and speed before precision where a therapist puts them in that order.

Time and tempo go by ratios, as people's speed does: from 10 s to 5 s is as far as from 4 s to 2 s.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rehabgames.core.exercise import Axis

# Level of distance where three in four succeed: there the rim of a goal of usual size (0.13 arm lengths) lies
# just inside what was comfortable. Virtual patients of eight kinds are at 1.12, with 0.01 between the kinds.
CALIBRATED: Final = 1.12
CALIBRATED_SD: Final = 0.08
STEPS: Final = 12.0  # of an axis in a unit of difficulty: steps are about as wide as people's spreads
BY_RATIO: Final = frozenset({"time", "tempo"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the path on which one axis moves, from difficulty `begin` to `end`."""

    axis: str
    begin: float
    end: float
    from_level: float
    to_level: float

    def level(self, difficulty: float) -> float:
        share = min(1.0, max(0.0, (difficulty - self.begin) / (self.end - self.begin)))
        if self.axis in BY_RATIO:
            return float(self.from_level * (self.to_level / self.from_level) ** share)
        return self.from_level + share * (self.to_level - self.from_level)

    def difficulty(self, level: float) -> float:
        if self.axis in BY_RATIO:
            if level <= 0:
                share = 1.0 if self.to_level < self.from_level else 0.0
            else:
                share = math.log(level / self.from_level) / math.log(self.to_level / self.from_level)
        else:
            share = (level - self.from_level) / (self.to_level - self.from_level)
        return self.begin + min(1.0, max(0.0, share)) * (self.end - self.begin)


class Path:
    """axes   as the exercise has them, each cut to what the envelope allows
    order  names of the axes that move, the first one first; () for all, as they stand
    locked axis → the level at which it stays; a locked axis never moves

    A stretch is as long as it has steps. Names that no axis has are ignored.
    """

    def __init__(
        self, axes: Sequence[Axis], order: Sequence[str] = (), locked: Mapping[str, float] | None = None
    ) -> None:
        self._axes = {axis.name: axis for axis in axes}
        self._locked = {
            name: _within(level, self._axes[name])
            for name, level in (locked or {}).items()
            if name in self._axes
        }
        wanted = [name for name in order if name in self._axes] if order else list(self._axes)
        moving = [self._axes[name] for name in dict.fromkeys(wanted) if name not in self._locked]
        self._start = {name: self._locked.get(name, axis.start) for name, axis in self._axes.items()}
        self.stretches, self._steps = _stretches(moving)
        first = next((s for s in self.stretches if moving and s.axis == moving[0].name), None)
        self.start = 0.0 if first is None else first.difficulty(moving[0].start)

    @property
    def length(self) -> float:
        """From difficulty 0 to 1, in units of STEPS steps."""
        return max(1.0, self._steps / STEPS)

    @property
    def step(self) -> float:
        """One step of the first axis that moves, as difficulty; 1 where none does."""
        first = next((s for s in self.stretches if s.begin <= self.start <= s.end), None)
        if first is None:
            return 1.0
        share = self._axes[first.axis].step / abs(first.to_level - first.from_level)
        return min(1.0, share * (first.end - first.begin))

    def levels(self, difficulty: float) -> dict[str, float]:
        """Levels per axis for a difficulty from 0 to 1."""
        levels = dict(self._start)
        for each in self.stretches:
            begun = each.begin < difficulty if each.begin >= self.start else difficulty < each.end
            if begun or each.begin <= self.start <= each.end:
                levels[each.axis] = each.level(difficulty)
        return levels

    def difficulty(self, levels: Mapping[str, float]) -> float:
        """The difficulty whose levels come nearest to these, which the envelope may have moved."""
        played = {name: levels[name] for name in self._axes if name in levels and math.isfinite(levels[name])}
        best, least = self.start, math.inf
        for each in self.stretches:
            if each.axis not in played:
                continue
            there = each.difficulty(played[each.axis])
            off = sum(
                abs(level - played[n]) / _span(self._axes[n])
                for n, level in self.levels(there).items()
                if n in played
            )
            if off < least - 1e-12:
                best, least = there, off
        return best

    def prior(self) -> tuple[float, float] | None:
        """What a calibration says of the wanted difficulty, mean and standard deviation: goals at the rim of
        what was comfortable succeed about as often as wanted. None where distance is not what moves first."""
        first = next((s for s in self.stretches if s.begin <= self.start <= s.end), None)
        if first is None or first.axis != "distance":
            return None
        here, off = first.difficulty(CALIBRATED), first.difficulty(CALIBRATED - CALIBRATED_SD)
        return (here, here - off) if here > off else None

    def axis_at(self, difficulty: float) -> str | None:
        """The axis that moves there, None where nothing does."""
        return next((s.axis for s in self.stretches if s.begin <= difficulty <= s.end), None)


def _stretches(moving: Sequence[Axis]) -> tuple[tuple[Stretch, ...], float]:
    """And how many steps they have together."""
    parts: list[tuple[Axis, float, float]] = [
        (axis, axis.easiest, axis.start) for axis in reversed(moving[1:])
    ]
    if moving:
        parts.append((moving[0], moving[0].easiest, moving[0].hardest))
    parts += [(axis, axis.start, axis.hardest) for axis in moving[1:]]
    parts = [part for part in parts if part[1] != part[2]]
    lengths = [abs(high - low) / axis.step for axis, low, high in parts]
    whole, begin, stretches = sum(lengths), 0.0, []
    for (axis, low, high), length in zip(parts, lengths, strict=True):
        end = begin + length / whole
        stretches.append(Stretch(axis.name, begin, end, low, high))
        begin = end
    return tuple(stretches), whole


def _span(axis: Axis) -> float:
    return max(1e-9, axis.highest - axis.lowest)


def _within(level: float, axis: Axis) -> float:
    return min(axis.highest, max(axis.lowest, level)) if math.isfinite(level) else axis.start
