"""Rise: nothing gets harder while it hurts or tires, or while the trunk does the arm's work. Hazard H5.

Held: after a ruling of NO_RISE or more, and after a stop, no axis is harder than the easiest level
played since; after EASE and REST it is one step easier than that. Released only before the first trial of a
block, when both pain and effort were answered in that block and the newest answers rule GO (pain under
pain_ease, effort under effort_hold): a person who is moving is not asked to talk itself out of a rest.
What soreness holds is held for the whole session, because the last time does not change.

A success that was compensated or assisted holds too, unless the plan aims at compensation and it was the
trunk that helped. The next purposeful success releases it, since
it shows that this level can be done as it ought to be.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from rehabgames.core.exercise import Axis
from rehabgames.core.trial import Outcome
from rehabgames.safety.stop_rules import Ruling, State
from rehabgames.safety.walls import number

Levels = dict[str, float]


class Rise:
    """held: something of an earlier session or block still holds. trunk_helps: it may, as the plan says."""

    def __init__(self, axes: Sequence[Axis], *, held: bool = False, trunk_helps: bool = False) -> None:
        self._trunk_helps = trunk_helps
        self._felt = held
        self._caps: Levels = {}
        self._sore = self._compensated = False
        self.begin_block(axes)

    @property
    def held(self) -> bool:
        return self._felt or self._sore or self._compensated

    def begin_block(self, axes: Sequence[Axis]) -> None:
        """Another exercise, or the same again. What holds goes on to hold: axes of the same name at
        their levels, others from their start."""
        self._axes = tuple(axes)
        starts = {axis.name: axis.start for axis in self._axes}
        kept = {name: level for name, level in self._caps.items() if name in starts and self.held}
        self._played = starts | kept
        self._caps = dict(self._played)
        self._opening = True
        self._good: set[str] = set()

    def allow(self, asked: Mapping[str, float], played: Mapping[str, float]) -> tuple[Levels, bool]:
        """One level per axis; (levels, whether one was held back). played: the last ones, {} where none.

        A level that is no number becomes the last one played.
        """
        levels, held_back = {}, False
        for axis in self._axes:
            last = _finite(played, axis.name, self._played[axis.name])
            level = _finite(asked, axis.name, last)
            most = _easier(axis, last, self._caps[axis.name]) if self.held else level
            levels[axis.name] = _easier(axis, level, most)
            held_back |= levels[axis.name] != level
        return levels, held_back

    def ruled(self, what: str, ruling: Ruling) -> None:
        """An answer was heard; what: its question."""
        if ruling.state < State.NO_RISE:
            self._good |= {what}
            if self._opening and {"pain", "effort"} <= self._good:
                self._felt = False
            return
        self._good -= {what}
        step = State.EASE <= ruling.state <= State.REST and ruling.rest_s < math.inf
        self._hold(steps=1 if step else 0)
        if what == "soreness":
            self._sore = True
        else:
            self._felt = True

    def stopped(self) -> None:
        self._hold()
        self._felt = True
        self._good = set()  # what was answered before it says nothing of now

    def told(self, levels: Mapping[str, float], outcome: Outcome) -> None:
        """A trial was played at these levels. One that could not be judged was not."""
        self._opening = False
        if outcome.success is None:
            return
        self._played |= {name: number(levels[name]) for name in self._played if name in levels}
        if self.held:
            self._hold()
        helped = outcome.assisted or (outcome.compensated and not self._trunk_helps)
        if outcome.success and helped:
            self._hold()
            self._compensated = True
        elif outcome.success:
            self._compensated = False

    def _hold(self, steps: int = 0) -> None:
        """Caps only get easier while something holds; the first hold starts them at what was played."""
        if not self.held:
            self._caps = dict(self._played)
        for axis in self._axes:
            down = _stepped(axis, self._played[axis.name]) if steps else self._played[axis.name]
            self._caps[axis.name] = _easier(axis, self._caps[axis.name], down)


def _sign(axis: Axis) -> float:
    return 1.0 if axis.hardest >= axis.easiest else -1.0


def _easier(axis: Axis, one: float, other: float) -> float:
    return other if _sign(axis) * (one - other) > 0 else one


def _stepped(axis: Axis, level: float) -> float:
    """One step easier, not beyond the easiest; a level that already is stays."""
    down = level - _sign(axis) * abs(axis.step)
    return _easier(axis, level, down if _sign(axis) * (down - axis.easiest) > 0 else axis.easiest)


def _finite(levels: Mapping[str, float], name: str, otherwise: float) -> float:
    value = number(levels.get(name))
    return value if math.isfinite(value) else otherwise
