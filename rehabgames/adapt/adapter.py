"""Adapter: what every adaptation rule can do."""

from __future__ import annotations

from typing import Protocol

from rehabgames.core.message import Message
from rehabgames.core.trial import Outcome


class Adapter(Protocol):
    """Ask it for levels, tell it what came of them.

    Levels are per axis, in the axis's own unit, inside the axis's range. A trial that could not be
    judged (`success` None) changes nothing. The whole state goes to JSON and back.
    """

    def ask(self) -> dict[str, float]:
        """Levels for the next trial; asking twice gives the same."""

    def tell(self, levels: dict[str, float], outcome: Outcome) -> None:
        """What came of a trial at these levels, after the envelope (so they may differ from asked)."""

    def explain(self) -> Message:
        """Why the next levels are what they are."""

    def to_json(self) -> str:
        """The whole state; equal states give equal text."""

    def restore(self, state: str) -> None:
        """Take over a state from `to_json`. Raises UseError where it is damaged."""
