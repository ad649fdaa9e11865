"""Sounding: what an exercise asks for to be heard while it is played: a beat, and a sound from where the
target is.

A beat steadies movement that has lost its own rhythm (rhythmic auditory stimulation: Thaut, McIntosh and Rice
1997, J Neurol Sci 151: 207-212); a sound from its side leads to a target that is not looked at.
"""

from __future__ import annotations

import math
from typing import Final

from rehabgames.core.exercise import Cues
from rehabgames.core.view import Cue, Target

LATE_S: Final = 0.1  # a step that comes later than this leaves out the beat: a late one confuses


class Sounding:
    """Told of every step of play; silent while it is paused, and begun anew after that."""

    def __init__(self, cues: Cues) -> None:
        self._beat_s = 60.0 / cues.beats_per_minute if cues.beats_per_minute > 0 else math.inf
        self._call_s = cues.target_calls_s if cues.target_calls_s > 0 else math.inf
        self._next_beat_s = 0.0
        self._called: tuple[int, float] | None = None  # number of the target, and when it called

    def silent(self) -> None:
        self._next_beat_s, self._called = 0.0, None

    def step(self, target: Target | None, now_s: float) -> list[Cue]:
        return [*self._beat(now_s), *self._call(target, now_s)]

    def _beat(self, now_s: float) -> list[Cue]:
        """By the clock and not by the steps, so that it does not drift."""
        if math.isinf(self._beat_s):
            return []
        if self._next_beat_s <= 0.0:
            self._next_beat_s = now_s
        if now_s < self._next_beat_s:
            return []
        late_s = now_s - self._next_beat_s
        self._next_beat_s += self._beat_s * (1 + math.floor(late_s / self._beat_s))
        return [Cue("tick")] if late_s <= LATE_S else []

    def _call(self, target: Target | None, now_s: float) -> list[Cue]:
        """Until it is held: who is there needs no leading."""
        if target is None or math.isinf(self._call_s) or target.hold > 0:
            return []
        if self._called is None or self._called[0] != target.number:
            self._called = target.number, now_s  # that it appears is heard by itself
            return []
        if now_s - self._called[1] < self._call_s:
            return []
        self._called = target.number, now_s
        return [Cue("call", target.x, target.y)]
