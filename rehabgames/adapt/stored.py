"""Stored: the state of a rule as JSON text, written and read the same way by every rule."""

from __future__ import annotations

import binascii
import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rehabgames.core.errors import UseError


def written(format_: str, state: dict[str, Any]) -> str:
    """JSON text of a state; equal states give equal text. Raises ValueError for NaN."""
    return json.dumps({"format": format_, **state}, sort_keys=True, allow_nan=False)


@contextmanager
def reading(state: str, format_: str) -> Iterator[dict[str, Any]]:
    """The state in such a text. Whatever turns out wrong inside the block: UseError."""
    try:
        held = json.loads(state)
        if held["format"] != format_:
            raise ValueError(held["format"])
        yield held
    except (
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        OverflowError,
        RecursionError,
        binascii.Error,
    ) as error:
        raise UseError("The stored difficulty cannot be read.", "Calibrate again.") from error


def share(value: Any) -> float:
    """A number from 0 to 1. Raises ValueError or TypeError."""
    if isinstance(value, bool) or not 0 <= float(value) <= 1:
        raise ValueError(value)
    return float(value)


def share_or_none(value: Any) -> float | None:
    return None if value is None else share(value)


def clamped(difficulty: float) -> float:
    """A difficulty from 0 to 1. Raises ValueError where it is no finite number."""
    if not math.isfinite(difficulty):
        raise ValueError(f"a difficulty is a finite number, not {difficulty}")
    return min(1.0, max(0.0, float(difficulty)))
