"""Matching: whether the parts of an exercise file go together, or contradict each other.

Names that do not exist and values of a wrong type are passed over: they are reported elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rehabgames.content.amounts import amount_findings
from rehabgames.content.finding import Finding, one_of
from rehabgames.content.known import Known
from rehabgames.content.numbers import is_number
from rehabgames.content.reading import Source
from rehabgames.content.steered import steering_findings

MOST_TOLD: Final = 4  # directions of a list


def matching_findings(source: Source, known: Known) -> list[Finding]:
    """What of the file does not go with the rest of it."""
    told = (*_of_the_game(source, known), *steering_findings(source, known), *amount_findings(source, known))
    return [Finding(source.file, key, what) for key, what in told]


def _of_the_game(source: Source, known: Known) -> Iterator[tuple[str, str]]:
    """(key, what) of names that exist, and that this game cannot use or lacks."""
    table, game = source.table, source.table.get("game")
    plays = known.plays.get(game) if isinstance(game, str) else None
    if plays is None:
        return
    for key, goes, names in (
        ("control", plays.controls, known.names("control")),
        ("place", plays.places, known.places),
    ):
        value = table.get(key)
        if isinstance(value, str) and value in names and value not in goes:
            yield key, f"must be {one_of(goes)} for the game '{game}', got '{value}'"
    directions = table.get("directions_deg")
    if not plays.directed and isinstance(directions, list) and directions != [0]:
        told = [f"{each:g}" for each in directions[:MOST_TOLD] if is_number(each)]
        if told:
            got = ", ".join(told) + (", ..." if len(directions) > len(told) else "")
            yield "directions_deg", f"must be [0], the game '{game}' has one way only, got [{got}]"
    axes = table.get("axes")
    if not isinstance(axes, dict):
        return
    for name in axes:
        if name in known.axes and name not in plays.axes:
            what = f"the game '{game}' has no such axis, it has {', '.join(sorted(plays.axes))}"
            yield f"axes.{name}", what
    for name in sorted(plays.needs - axes.keys()) if axes else ():
        yield f"axes.{name}", f"is missing, and the game '{game}' cannot be played without it"
