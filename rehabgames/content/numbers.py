"""Numbers whose allowed range depends on a name: difficulty axes and a game's own settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from rehabgames.content.finding import Finding, not_known, shown
from rehabgames.content.known import AxisRange, Known
from rehabgames.content.reading import Source
from rehabgames.content.validate import unknown_key

# what the unit at the end of a setting's name allows, where its game says nothing narrower
UNITS = {"_s": (0.0, 600.0), "_deg": (-180.0, 180.0)}
ANY_NUMBER = (-1000.0, 1000.0)
MOST_SETTINGS = 64


def axis_findings(source: Source, known: Known) -> list[Finding]:
    """Axes that do not exist, that leave their range, or that get harder the wrong way round.

    Values of a wrong type are passed over: the schema reports those.
    """
    axes = source.table.get("axes")
    if not isinstance(axes, dict):
        return []
    if not axes:
        names = ", ".join(sorted(known.axes))
        return [Finding(source.file, "axes", f"must hold at least one axis, choose of: {names}")]
    findings = []
    for name, axis in axes.items():
        allowed = known.axes.get(name)
        if allowed is None:
            findings.append(Finding(source.file, f"axes.{name}", not_known("axis", name, known.axes)))
        elif isinstance(axis, dict):
            wrong = _ends(axis.get("easiest"), axis.get("hardest"), allowed)
            findings += [Finding(source.file, f"axes.{name}.{end}", what) for end, what in wrong]
    return findings


def _ends(easiest: object, hardest: object, allowed: AxisRange) -> Iterator[tuple[str, str]]:
    """(end, what) of each end of an axis that is out of range or on the wrong side of the other."""
    low, high = allowed.lowest, allowed.highest
    for end, value in (("easiest", easiest), ("hardest", hardest)):
        if is_number(value) and not low <= value <= high:
            yield end, f"must be {low:g}..{high:g}, got {shown(value)}"
    if is_number(easiest) and is_number(hardest):
        if easiest > hardest and allowed.rising:
            yield "hardest", f"must be more than easiest ({shown(easiest)}), got {shown(hardest)}"
        if easiest < hardest and not allowed.rising:
            yield "hardest", f"must be less than easiest ({shown(easiest)}), got {shown(hardest)}"


def settings_findings(source: Source, known: Known) -> list[Finding]:
    """Settings that the game does not read, lacks, or cannot take."""
    settings, game = source.table.get("settings", {}), source.table.get("game")
    if not isinstance(settings, dict):
        return []
    if len(settings) > MOST_SETTINGS:
        what = f"must hold at most {MOST_SETTINGS} settings, got {len(settings)}"
        return [Finding(source.file, "settings", what)]
    reads = known.settings.get(game) if isinstance(game, str) else None
    plays = known.plays.get(game) if isinstance(game, str) else None
    findings = []
    for name, value in settings.items():
        if reads is not None and name not in reads:
            what = unknown_key(name, reads)
        else:
            low, high = reads[name] if reads is not None else _by_unit(name)
            whole = plays is not None and name in plays.counts
            if is_number(value) and low <= value <= high and not (whole and value % 1):
                continue
            what = f"must be {_allowed(low, high, whole=whole)}, got {shown(value)}"
        findings.append(Finding(source.file, f"settings.{name}", what))
    optional = plays.optional if plays is not None else frozenset()
    missing = [name for name in reads or () if name not in settings and name not in optional]
    findings += [Finding(source.file, f"settings.{name}", "is missing") for name in missing]
    return findings


def _allowed(low: float, high: float, *, whole: bool) -> str:
    if whole and (low, high) == (0, 1):
        return "0 or 1"
    return f"a {'whole ' if whole else ''}number {low:g}..{high:g}"


def _by_unit(name: str) -> tuple[float, float]:
    return next((allowed for unit, allowed in UNITS.items() if name.endswith(unit)), ANY_NUMBER)


def is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
