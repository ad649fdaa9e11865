"""How late a movement was seen on the screen, in words: what was measured and what was not, apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from rehabgames.core.delay import delay_of
from rehabgames.core.message import Message
from rehabgames.records.rows import EventRow
from rehabgames.words import render

MOTION_TO_PHOTON: Final = "motion_to_photon"  # name of the event that holds the estimate
UNKNOWN: Final = "not known"


def delay_words(events: Sequence[EventRow]) -> str:
    """Of the last estimate of a session; records from before there was one say so, and damaged ones."""
    told = [each.body for each in events if each.name == MOTION_TO_PHOTON]
    if not told:
        return UNKNOWN
    try:
        return _words(told[-1])
    except (KeyError, TypeError, ValueError, AttributeError):
        return UNKNOWN


def _words(body: dict[str, Any]) -> str:
    outside, taken = delay_of(body), body["measured"]["capture_to_flip_ms"]
    measured = f"{taken['p50']:.0f} ms measured from picture to screen (95 % within {taken['p95']:.0f} ms)"
    if outside is None:
        return f"{measured}; camera and screen {UNKNOWN}"
    more, within = 1000 * outside.seconds, 1000 * outside.plus_minus_s
    whence = render(Message(f"delay.{outside.origin}"))
    return f"{measured}, and {more:.0f} \u00b1 {within:.0f} ms of camera and screen ({whence})"
