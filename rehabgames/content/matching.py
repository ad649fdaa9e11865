"""Matching: whether the parts of an exercise file go together: game, control, axes and place."""

from __future__ import annotations

from collections.abc import Iterable

from rehabgames.content.finding import Finding
from rehabgames.content.known import Known
from rehabgames.content.reading import Source


def matching_findings(source: Source, known: Known) -> list[Finding]:
    """Names that exist, and that this game cannot use. Names that do not exist are reported elsewhere."""
    table, game = source.table, source.table.get("game")
    plays = known.plays.get(game) if isinstance(game, str) else None
    if plays is None:
        return []
    findings = []
    for key, goes, names in (
        ("control", plays.controls, known.names("control")),
        ("place", plays.places, known.places),
    ):
        value = table.get(key)
        if isinstance(value, str) and value in names and value not in goes:
            what = f"must be {_one_of(goes)} for the game '{game}', got '{value}'"
            findings.append(Finding(source.file, key, what))
    axes = table.get("axes")
    for name in axes if isinstance(axes, dict) else ():
        if name in known.axes and name not in plays.axes:
            what = f"the game '{game}' has no such axis, it has {', '.join(sorted(plays.axes))}"
            findings.append(Finding(source.file, f"axes.{name}", what))
    return findings


def _one_of(names: Iterable[str]) -> str:
    return " or ".join(f"'{name}'" for name in sorted(names))
