"""Hour: the colours of an hour out of doors, among trees."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hour:
    """As CSS hex. leaves: shadow, middle, lit."""

    sky: tuple[str, str, str]
    sun: str
    haze: str
    hills: tuple[str, str, str]
    trees: tuple[str, str, str]
    meadow: tuple[str, str, str]
    leaves: tuple[str, str, str]
    near: str
    shade: str
