"""Onset: less in the first days after a stroke or an injury, unless a therapist has cleared more.

Very much very early did harm: in VECTORS three hours a day, begun some ten days after a stroke, brought less
than two; in AVERT early, frequent mobilisation from the first day on did. Whatever this program lets a
person do is far below that; the amounts here are judgement on the careful side. Hazard H3.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from rehabgames.core.limits import Limits
from rehabgames.safety.merge import tightest

FIRST_DAYS: Final = 2  # after the day of onset: nothing
EARLY_DAYS: Final = 14  # until then: EARLY
EARLY: Final = {"minutes_day": 30.0, "minutes_session": 15.0, "repetitions_day": 300}
NOTHING: Final = {"minutes_day": 0.0, "repetitions_day": 0}  # cannot be fulfilled: see merge.contradictions


def gated(limits: Limits, onset: str, today: str, *, cleared: bool = False) -> Limits:
    """The limits that hold today. onset, today: ISO dates; onset "": unknown, and nothing follows from it.

    cleared: a therapist allows the whole dose in the early days. A date that is none, and an onset that lies
    ahead, allow nothing.
    """
    if not onset or cleared:
        return tightest(limits)
    try:
        days = (date.fromisoformat(today) - date.fromisoformat(onset)).days
    except (TypeError, ValueError):
        days = -1
    if days < FIRST_DAYS:
        return _no_more_than(limits, NOTHING)
    return _no_more_than(limits, EARLY) if days < EARLY_DAYS else tightest(limits)


def _no_more_than(limits: Limits, amounts: dict[str, Any]) -> Limits:
    """Only the amounts: what the plan says of range and the rest holds as it is."""
    return tightest(limits, replace(limits, **amounts))


def allows_nothing(limits: Limits) -> bool:
    """True where these limits leave no time at all today."""
    return limits.minutes_day <= 0
