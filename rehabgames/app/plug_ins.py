"""Plug-ins: what other packages bring, by entry points.

"rehabgames.adapters"  an adaptation rule: called with a `rehabgames.adapt.Start` it gives a
                       `rehabgames.adapt.Rule`; docs/adaptation.md shows one
"rehabgames.games"     a `rehabgames.games.Mechanic`
"rehabgames.places"    a `rehabgames.stage.place.PlaceOf`; docs/games.md shows both

The name of the entry point is the name in an exercise file or a plan.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import cache
from importlib.metadata import entry_points
from typing import Any, Final

from rehabgames.adapt import ADAPTERS
from rehabgames.games import GAMES, Mechanic

ADAPTER_GROUP: Final = "rehabgames.adapters"
GAME_GROUP: Final = "rehabgames.games"
PLACE_GROUP: Final = "rehabgames.places"


@cache
def load_adapters() -> tuple[str, ...]:
    """Adds them to ADAPTERS, once; names that are taken stay what they are. Returns a sentence for each that
    could not be loaded."""
    return _load(ADAPTER_GROUP, "adapter", ADAPTERS, callable, "cannot be called")


@cache
def load_games() -> tuple[str, ...]:
    """The same for GAMES."""
    return _load(GAME_GROUP, "game", GAMES, lambda made: isinstance(made, Mechanic), "is no Mechanic")


@cache
def load_places() -> tuple[str, ...]:
    """The same for the scenes of the stage, which is imported now."""
    from rehabgames.stage.places import PLACES  # noqa: PLC0415 - pygame only where something is painted

    return _load(PLACE_GROUP, "place", PLACES, callable, "cannot be called")


def _load(
    group: str, what: str, table: MutableMapping[str, Any], good: Callable[[Any], bool], else_: str
) -> tuple[str, ...]:
    notes = []
    for entry in sorted(entry_points(group=group), key=lambda each: each.name):
        named = f"The {what} '{entry.name}' of {entry.value}"
        if entry.name in table:
            notes.append(f"{named} is not used: the name is taken.")
            continue
        try:
            made = entry.load()
        except Exception as error:  # an import may raise anything
            notes.append(f"{named} cannot be loaded: {error}.")
            continue
        if good(made):
            table[entry.name] = made
        else:
            notes.append(f"{named} {else_}.")
    return tuple(notes)
