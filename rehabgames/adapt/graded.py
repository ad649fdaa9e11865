"""Graded: how far inside or short a try was, in typical spreads, from its outcome.

A miss is graded by distance: how short the hand was of the rim of the goal at its best moment. A success
is graded by time: the share of its time that was left over, because a hand that has arrived goes no
farther. A success that was a struggle, by a path far from straight, counts as less.
"""

from __future__ import annotations

import math
from typing import Final

from rehabgames.core.trial import Outcome

SHORT_SPREAD: Final = 0.07  # arm lengths
TIME_SPREAD: Final = 0.30  # of the time allowed
NOT_HELD: Final = -0.3  # it was reached, and then not held or brought home
WANDERED: Final = 2.0  # path ratio from where on a success counts for half
LEAST: Final = 0.05


def graded(outcome: Outcome, limit_s: float) -> float | None:
    """The margin of a judged try; None where its outcome does not say how far.

    limit_s: time that was allowed. Positive for a success, negative for a miss.
    """
    if outcome.success is None:
        return None
    if not outcome.success:
        if not math.isfinite(outcome.margin):
            return None
        return min(outcome.margin / SHORT_SPREAD, NOT_HELD) if outcome.margin < 0 else NOT_HELD
    if not (math.isfinite(outcome.duration_s) and math.isfinite(limit_s) and limit_s > 0):
        return None
    left = max(0.0, 1 - outcome.duration_s / limit_s) / TIME_SPREAD
    if math.isfinite(outcome.path_ratio) and outcome.path_ratio > 1:
        left *= min(1.0, max(0.5, 1 - 0.5 * (outcome.path_ratio - 1) / (WANDERED - 1)))
    return max(LEAST, left)
