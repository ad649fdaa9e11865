"""Rule: what every adaptation rule can do. It knows one difficulty and nothing of arms and targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, Self

from rehabgames.core.message import Message


@dataclass(frozen=True, slots=True)
class Start:
    """What a rule begins with; difficulties from 0 (easiest) to 1 (hardest).

    target_success  0 to 1, exclusive
    difficulty      of the first try
    step            rise after a success, where the rule has steps
    prior           (mean, sd) of the difficulty where success is as wanted, from calibration or earlier
                    sessions; None where nothing is known
    seed            of the rule's own generator, where it has one
    length          how long the way from 0 to 1 is, in units that hold 4 to 14 typical spreads of a person
    """

    target_success: float = 0.75
    difficulty: float = 0.5
    step: float = 0.03
    prior: tuple[float, float] | None = None
    seed: int = 0
    length: float = 1.0

    def __post_init__(self) -> None:
        if not (0 < self.target_success < 1 and 0 <= self.difficulty <= 1 and 0 < self.step <= 1):
            raise ValueError("needs a target success between 0 and 1, a difficulty and a step from 0 to 1")


class Rule(Protocol):
    """Ask it for a difficulty, tell it what came of it. Its whole state goes to JSON and back."""

    def ask(self) -> float:
        """The difficulty of the next try, 0 to 1; asking twice gives the same."""

    def tell(
        self, difficulty: float, success: bool, margin: float | None = None, *, at_least: bool = False
    ) -> None:
        """What came of a try at this difficulty, which need not be the one that was asked.

        margin: typical spreads inside (+) or short (-); None where unknown; at_least: it was that or
        more, because nothing showed how much more. Raises ValueError for a
        difficulty that is no finite number.
        """

    def explain(self) -> Message:
        """Why the next difficulty is what it is: "adapt.start", "adapt.harder", "adapt.easier", "adapt.same"
        with the parameters of the rule's own reason."""

    def to_json(self) -> str:
        """The whole state; equal states give equal text."""

    @classmethod
    def from_json(cls, state: str) -> Self:
        """A rule that goes on exactly as the one written down. Raises UseError where it is damaged."""
