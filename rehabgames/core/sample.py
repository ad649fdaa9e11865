"""Sample: the signals of one instant, as the game and the guards read them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sample:
    """values: signal name → number in the signal's unit, NaN where it cannot be measured.

    present is False where no person is there (a ghost is not a person); then all values are NaN.
    sure 0..1 says how far the working hand's landmarks are to be trusted.
    """

    t_s: float
    values: dict[str, float] = field(default_factory=dict)
    present: bool = False
    sure: float = 0.0

    def __getitem__(self, name: str) -> float:
        return self.values.get(name, math.nan)
