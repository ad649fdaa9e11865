"""Amounts: numbers of an exercise file that are good each by itself and cannot be had together.

What a setting means is told by the end of its name, which games of plug-ins share: hold_s, _radius,
trial_s, pause_s, a place's _direction_deg, grip and release.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from rehabgames.content.known import Known
from rehabgames.content.numbers import is_number
from rehabgames.content.reading import Source

HOLDS: Final = ("hold_s", "pour_s", "catch_s")  # ends of names: so long something is to be kept up
KEPT: Final = ("hold_s", "pour_s")  # in place of one of these stands the axis "hold"
HOMES: Final = ("basket_direction_deg", "place_direction_deg")  # where things are carried
APART_DEG: Final = 20


def amount_findings(source: Source, known: Known) -> Iterator[tuple[str, str]]:
    """(key, what) of numbers that contradict each other."""
    game = source.table.get("game")
    reads = known.settings.get(game) if isinstance(game, str) else None
    if reads is None:
        return
    settings = _numbers(source.table.get("settings"))
    axes = source.table.get("axes")
    levels = {name: _numbers(axis) for name, axis in axes.items()} if isinstance(axes, dict) else {}
    yield from _time(settings, levels)
    yield from _dose(_numbers(source.table.get("dose")), settings, levels)
    yield from _carried(source.table.get("directions_deg"), settings)
    yield from _middle(settings, levels)
    yield from _let_go(settings, levels)


def _numbers(table: object) -> dict[str, float]:
    if not isinstance(table, dict):
        return {}
    return {name: value for name, value in table.items() if is_number(value)}


def _held_s(settings: Mapping[str, float], hold: float | None) -> float:
    """Seconds of a try that are held; hold: of the axis, where there is one."""
    held = {name: value for name, value in settings.items() if name.endswith(HOLDS)}
    if hold is not None:
        held |= {name: hold for name in KEPT if name in held}
    return sum(held.values())


def _time(
    settings: Mapping[str, float], levels: Mapping[str, Mapping[str, float]]
) -> Iterator[tuple[str, str]]:
    """The shortest time for a try has to be longer than the longest holds in it."""
    shortest = levels.get("time", {}).get("hardest", settings.get("trial_s"))
    key = "axes.time.hardest" if "hardest" in levels.get("time", {}) else "settings.trial_s"
    held_s = _held_s(settings, levels.get("hold", {}).get("hardest"))
    if shortest is not None and shortest <= held_s:
        yield key, f"must be more than the {held_s:g} seconds that are to be held in it, got {shortest:g}"


def _dose(
    dose: Mapping[str, float], settings: Mapping[str, float], levels: Mapping[str, Mapping[str, float]]
) -> Iterator[tuple[str, str]]:
    if not {"repetitions", "minutes"} <= dose.keys():
        return
    each_s = _held_s(settings, levels.get("hold", {}).get("easiest")) + settings.get("pause_s", 0.0)
    needed = dose["repetitions"] * each_s / 60
    if needed > dose["minutes"]:
        had = f"holds and pauses alone take {needed:.3g} minutes, dose.minutes is {dose['minutes']:g}"
        yield "dose.repetitions", f"cannot be done in the time: {had}; got {dose['repetitions']:g}"


def _carried(directions: Any, settings: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """What is to be carried must not lie where it is to go."""
    home = next((name for name in HOMES if name in settings), None)
    if home is None or settings.get("carry", 1.0) <= 0 or not isinstance(directions, list):
        return
    for i, direction in enumerate(directions):
        if is_number(direction) and abs(direction - settings[home]) < APART_DEG:
            where = f"settings.{home} ({settings[home]:g}), or nothing has to be carried"
            yield (
                f"directions_deg[{i}]",
                f"must be {APART_DEG} or more degrees from {where}, got {direction:g}",
            )


def _middle(
    settings: Mapping[str, float], levels: Mapping[str, Mapping[str, float]]
) -> Iterator[tuple[str, str]]:
    """Who shifts to a goal must not be there already: at the start it has to lie clear of the middle."""
    asked = levels["shift"].get("start") if "shift" in levels else settings.get("shift")
    if asked is None:
        return
    sizes = {f"settings.{name}": value for name, value in settings.items() if name.endswith("_radius")}
    if "start" in levels.get("size", {}):
        sizes["axes.size.start"] = levels["size"]["start"]
    for key, size in sizes.items():
        if size >= asked:
            yield (
                key,
                f"must be less than the shift at the start ({asked:g}), or the middle is in it, got {size:g}",
            )


def _let_go(
    settings: Mapping[str, float], levels: Mapping[str, Mapping[str, float]]
) -> Iterator[tuple[str, str]]:
    """A hand that is closed just enough must not count as open."""
    least = levels["grip"].get("easiest") if "grip" in levels else settings.get("grip")
    release = settings.get("release")
    if least is not None and release is not None and release >= least:
        what = f"must be less than the least grip that is asked ({least:g}), or nothing can be held"
        yield "settings.release", f"{what}, got {release:g}"
