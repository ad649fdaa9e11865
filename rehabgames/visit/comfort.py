"""Comfort: what a choice on the screen of that name changes. Each goes round through a few settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal, TypeVar

from rehabgames.core.landmarks import Side
from rehabgames.core.player import Comfort

DWELLS_S = (1.0, 1.5, 2.5, 4.0)
PACES = {1.0: 1.0, 1.5: 1.0, 2.5: 0.85, 4.0: 0.7}  # who wants more time to choose is spoken to more slowly
SIDES: tuple[Side | Literal[""], ...] = ("", "left", "right")
LETTERS = (1.0, 1.25, 1.5, 2.0)
VOLUMES = (0.8, 1.0, 0.4)
SWITCHES = ("contrast", "calm", "voice_stop")  # on or off

T = TypeVar("T")


def changed(comfort: Comfort, option: str, languages: Sequence[str]) -> Comfort:
    """The same with the next setting of what was chosen; as it was where that is nothing of it."""
    if option == "slower":
        dwell_s = _next(DWELLS_S, comfort.dwell_s)
        return replace(comfort, dwell_s=dwell_s, pace=PACES[dwell_s])
    if option == "letters":
        return replace(comfort, letters=_next(LETTERS, comfort.letters))
    if option == "language":
        return replace(comfort, language=_next(languages, comfort.language))
    if option == "misses":
        return replace(comfort, neglects=_next(SIDES, comfort.neglects))
    if option == "voice":
        return _voiced(comfort)
    switched: dict[str, Any] = {option: not getattr(comfort, option)} if option in SWITCHES else {}
    return replace(comfort, **switched)


def _voiced(comfort: Comfort) -> Comfort:
    """Spoken as it is, louder, softer, and not at all."""
    if not comfort.voice:
        return replace(comfort, voice=True, volume=VOLUMES[0])
    if comfort.volume == VOLUMES[-1]:
        return replace(comfort, voice=False)
    return replace(comfort, volume=_next(VOLUMES, comfort.volume))


def _next(all_of_them: Sequence[T], now: T) -> T:
    """The first one where it is none of them."""
    at = all_of_them.index(now) + 1 if now in all_of_them else 0
    return all_of_them[at % len(all_of_them)]
