"""Plug-ins: adaptation rules that other packages bring, by the entry point "rehabgames.adapters".

The name of the entry point is the name in an exercise file or a plan; what it loads is called with a
`rehabgames.adapt.Start` and gives a `rehabgames.adapt.Rule`. docs/adaptation.md shows one.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import Final

from rehabgames.adapt import ADAPTERS

GROUP: Final = "rehabgames.adapters"


@cache
def load_adapters() -> tuple[str, ...]:
    """Adds them to ADAPTERS, once; names that are taken stay what they are. Returns a sentence for each that
    could not be loaded."""
    notes = []
    for entry in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        if entry.name in ADAPTERS:
            notes.append(f"The adapter '{entry.name}' of {entry.value} is not used: the name is taken.")
            continue
        try:
            made = entry.load()
        except Exception as error:  # an import may raise anything
            notes.append(f"The adapter '{entry.name}' of {entry.value} cannot be loaded: {error}.")
            continue
        if callable(made):
            ADAPTERS[entry.name] = made
        else:
            notes.append(f"The adapter '{entry.name}' of {entry.value} cannot be called.")
    return tuple(notes)
