"""Amounts: numbers of an exercise file that are good each by itself and cannot be had together.

What a setting means is told by the end of its name, which games of plug-ins share: hold_s, _radius,
trial_s, pause_s, a place's _direction_deg, grip and release.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehabgames.content.growth import growth_findings
from rehabgames.content.known import Known
from rehabgames.content.nearness import nearness_findings
from rehabgames.content.numbers import is_number
from rehabgames.content.reading import Source
from rehabgames.content.times import time_findings


def amount_findings(source: Source, known: Known) -> Iterator[tuple[str, str]]:
    """(key, what) of numbers that contradict each other."""
    game = source.table.get("game")
    reads = known.settings.get(game) if isinstance(game, str) else None
    if reads is None:
        return
    settings = _numbers(source.table.get("settings"))
    axes = source.table.get("axes")
    levels = {name: _numbers(axis) for name, axis in axes.items()} if isinstance(axes, dict) else {}
    dose, plays = _numbers(source.table.get("dose")), known.plays.get(str(game))
    yield from time_findings(settings, levels, dose, plays.moves if plays is not None else 1)
    tries = dose.get("repetitions", 0)
    yield from growth_findings(known.axes, levels, tries, source.table.get("adapter"))
    yield from nearness_findings(source.table.get("directions_deg"), settings, levels)
    yield from _let_go(settings, levels)


def _numbers(table: object) -> dict[str, float]:
    if not isinstance(table, dict):
        return {}
    return {name: value for name, value in table.items() if is_number(value)}


def _let_go(
    settings: Mapping[str, float], levels: Mapping[str, Mapping[str, float]]
) -> Iterator[tuple[str, str]]:
    """A hand that is closed just enough must not count as open."""
    least = levels["grip"].get("easiest") if "grip" in levels else settings.get("grip")
    release = settings.get("release")
    if least is not None and release is not None and release >= least:
        what = f"must be less than the least grip that is asked ({least:g}), or nothing can be held"
        yield "settings.release", f"{what}, got {release:g}"
