"""Plug-ins: what other packages bring, by entry points.

"rehabgames.adapters"  an adaptation rule: called with a `rehabgames.adapt.Start` it gives a
                       `rehabgames.adapt.Rule`; docs/adaptation.md shows one
"rehabgames.games"     a `rehabgames.games.Mechanic`
"rehabgames.places"    a `rehabgames.stage.place.PlaceOf`; docs/games.md shows both

The name of the entry point is the name in an exercise file or a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, Set
from functools import cache
from importlib.metadata import entry_points
from typing import Any, Final

from rehabgames.adapt import ADAPTERS
from rehabgames.app.bounded import Bounded
from rehabgames.games import GAMES, Mechanic

ADAPTER_GROUP: Final = "rehabgames.adapters"
GAME_GROUP: Final = "rehabgames.games"
PLACE_GROUP: Final = "rehabgames.places"
LONGEST_LOAD_S: Final = 10.0


@cache
def load_adapters() -> tuple[str, ...]:
    """Adds them to ADAPTERS, once; names that are taken stay what they are. Returns a sentence for each that
    could not be loaded."""
    return _load(ADAPTER_GROUP, "adapter", ADAPTERS, callable, "cannot be called")


@cache
def load_games() -> tuple[str, ...]:
    """The same for GAMES."""
    return _load(GAME_GROUP, "game", GAMES, _is_mechanic, "is no Mechanic that says what it needs")


def _is_mechanic(made: object) -> bool:
    """Every exercise file is held against what all of them say, so it has to be of the right types."""
    if not isinstance(made, Mechanic) or not callable(made.make):
        return False
    sets = (made.optional, made.controls, made.axes, made.places, made.needs, made.counts)
    named = all(isinstance(names, Set) and all(isinstance(name, str) for name in names) for names in sets)
    if not named or not isinstance(made.settings, Mapping) or not isinstance(made.pictures_s, int | float):
        return False
    plain = isinstance(made.directed, bool) and isinstance(made.moves, int)
    return plain and all(isinstance(name, str) and _is_range(ends) for name, ends in made.settings.items())


def _is_range(ends: object) -> bool:
    pair = isinstance(ends, tuple) and len(ends) == 2 and all(isinstance(end, int | float) for end in ends)
    return pair and ends[0] <= ends[1]  # type: ignore[index]  # a pair


@cache
def load_places() -> tuple[str, ...]:
    """The same for the scenes of the stage, which is imported now."""
    from rehabgames.app.borne import borne  # noqa: PLC0415 - pygame only where something is painted
    from rehabgames.stage.places import PLACES  # noqa: PLC0415

    before = set(PLACES)
    notes = _load(PLACE_GROUP, "place", PLACES, callable, "cannot be called")
    PLACES.update({name: borne(name, PLACES[name]) for name in PLACES.keys() - before})
    return notes


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
            made = Bounded(LONGEST_LOAD_S)(entry.load)
        except TimeoutError:
            notes.append(f"{named} cannot be loaded: that takes over {LONGEST_LOAD_S:.0f} s.")
            continue
        except Exception as error:  # an import may raise anything
            notes.append(f"{named} cannot be loaded: {error}.")
            continue
        if good(made):
            table[entry.name] = made
        else:
            notes.append(f"{named} {else_}.")
    return tuple(notes)
