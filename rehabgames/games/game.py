"""Game: what every game mechanic can do."""

from __future__ import annotations

import math
from typing import Protocol

from rehabgames.core.message import Message
from rehabgames.core.trial import Outcome, TrialSpec
from rehabgames.core.view import Cue, Target, Thing

Point = tuple[float, float]


class Game(Protocol):
    """Plays one trial at a time. Places are play coordinates (see core.view), times are seconds.

    A game has no clock: it advances by the `dt_s` it is given, and is not stepped while paused.
    """

    def propose(self, number: int, levels: dict[str, float], direction_deg: float) -> TrialSpec:
        """The trial that these levels mean for this person, before the envelope."""

    def begin(self, spec: TrialSpec) -> None:
        """Start a trial. The spec has passed the envelope."""

    def step(self, hand: Point, dt_s: float, grip: float = math.nan) -> Outcome | None:
        """Advance; `hand`, or what else steers, is finite. grip: how far the hand is closed, 0 open .. 1
        closed, NaN where it is not known now. Returns the outcome once, at the end of the trial."""

    def abandon(self) -> Outcome | None:
        """End the running trial without judging it; None where none runs."""

    def settle(self, *, counted: bool) -> None:
        """The last outcome is on record: show it, unless it was a probe, which is never judged aloud."""

    def target(self) -> Target | None: ...
    def things(self) -> tuple[Thing, ...]: ...
    def prompt(self) -> Message | None: ...
    def cues(self) -> tuple[Cue, ...]:
        """What happened since the last call, for ear and eye."""
