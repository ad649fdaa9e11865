"""Truth: the probability that a try in a real session succeeds, which nobody is told there.

A session shows hits and misses, not the probability behind them. Shares of hits at each level cannot stand
for it: they differ by direction, and people tire, practise and lose amplitude from try to try. What is
known is the patient as it was when the fruit came up: its kind, with all that tiredness and practice had made
of it. From there the formulas of whole tries give a probability for every direction. How these agree with
what the session shows is not taken on trust: a curve p → 1 / (1 + e^-(a + b logit p)) is fitted to hits and
misses of all tries of a kind, whichever rule asked for them, and what it says is the truth. Where whole
tries agree with sessions, a is 0 and b is 1; where they do not (a tracker that sees the hand shorter,
say) a and b put it right. Both are reported.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

Array = npt.NDArray[np.float64]

SURE = 0.005  # no probability is nearer to 0 or 1
PRIOR_SD = (0.5, 0.3)  # of a and b around 0 and 1: what a few tries cannot tell, they do not
ROUNDS = 30


class Truth(NamedTuple):
    """What a formula's probability has to be corrected by: a is added to its logit times b."""

    a: float
    b: float

    def of(self, chances: Array) -> Array:
        corrected: Array = special.expit(self.a + self.b * _logit(chances))
        return corrected


AS_IT_IS = Truth(0.0, 1.0)


def fitted(chances: Array, successes: npt.NDArray[np.bool_]) -> Truth:
    """Of n tries, the probability by the formulas, and whether they succeeded; by Newton's method."""
    x = np.stack([np.ones(len(chances)), _logit(chances)], axis=1)
    weight = np.diag(1.0 / np.square(PRIOR_SD))
    prior = np.array(AS_IT_IS)
    at = prior.copy()
    for _ in range(ROUNDS):
        p = special.expit(x @ at)
        slope = x.T @ (successes - p) - weight @ (at - prior)
        curve = (x * (p * (1 - p))[:, None]).T @ x + weight
        at += np.linalg.solve(curve, slope)
    return Truth(float(at[0]), float(at[1]))


def _logit(chances: Array) -> Array:
    logit: Array = special.logit(np.clip(chances, SURE, 1 - SURE))
    return logit
