"""Times: whether there is time for what a try asks, and for all tries of the dose.

What a setting means is told by the end of its name: see `amounts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

HOLDS: Final = ("hold_s", "pour_s", "catch_s")  # ends of names: so long something is to be kept up
KEPT: Final = ("hold_s", "pour_s")  # in place of one of these stands the axis "hold"
AT_HOME: Final = ("basket_", "place_")  # beginnings of names: asked only where something is carried

# A healthy reach over an arm's length takes 0.5 to 1 s; after stroke to reach, grasp and bring takes nearly
# twice as long (a drinking task 11.4 s, not 6.5 s: Alt Murphy 2011; docs/patients.md). So whoever begins has
# a second for each way at the very least.
WAY_S: Final = 1.0
# Nobody sees something and goes there in less: simple reactions alone take 0.25 s (docs/patients.md). This is
# for the hardest level, where nobody has to come.
QUICKEST_WAY_S: Final = 0.25
SLACK_S: Final = 1e-6

Numbers = Mapping[str, float]


def time_findings(
    settings: Numbers, levels: Mapping[str, Numbers], dose: Numbers, moves: int
) -> Iterator[tuple[str, str]]:
    """(key, what). moves: ways from place to place that a try asks, of what is carried one to its place."""
    ways = max(0, moves - (not is_carried(settings)))
    time, hold = levels.get("time", {}), levels.get("hold", {})
    for end, way_s in (("start", WAY_S), ("hardest", QUICKEST_WAY_S)):
        key, given_s = f"axes.time.{end}", time.get(end)
        if "time" not in levels:
            key, given_s = "settings.trial_s", settings.get("trial_s")
        what = "" if given_s is None else _too_short(given_s, _held_s(settings, hold.get(end)), ways, way_s)
        if what:
            yield key, what
            break  # the other end would say the same
    yield from _dose(settings, levels, dose)


def is_carried(settings: Numbers) -> bool:
    return settings.get("carry", 1.0) > 0


def _too_short(given_s: float, held_s: float, ways: int, way_s: float) -> str:
    """ "" where there is time enough."""
    needed_s = held_s + ways * way_s
    if given_s > needed_s or (ways and given_s > needed_s - SLACK_S):
        return ""
    if not ways:
        return f"must be more than the {held_s:g} seconds that are to be held in it, got {given_s:g}"
    each = f"{way_s:g} for the way" if ways == 1 else f"{way_s:g} for each of {ways} ways"
    return f"must be {needed_s:g} seconds or more, {held_s:g} to hold and {each}, got {given_s:g}"


def _held_s(settings: Numbers, hold: float | None) -> float:
    """Seconds of a try that are held; hold: of the axis, where there is one."""
    held = {name: value for name, value in settings.items() if name.endswith(HOLDS)}
    if not is_carried(settings):
        held = {name: value for name, value in held.items() if not name.startswith(AT_HOME)}
    if hold is not None:
        held |= {name: hold for name in KEPT if name in held}
    return sum(held.values())


def _dose(settings: Numbers, levels: Mapping[str, Numbers], dose: Numbers) -> Iterator[tuple[str, str]]:
    if not {"repetitions", "minutes"} <= dose.keys():
        return
    beats_s = _beats_s(settings, levels)
    each_s = _held_s(settings, levels.get("hold", {}).get("easiest")) + settings.get("pause_s", 0.0) + beats_s
    needed = dose["repetitions"] * each_s / 60
    if needed > dose["minutes"]:
        kept = "beats" if beats_s else "holds"
        had = f"{kept} and pauses alone take {needed:.3g} minutes, dose.minutes is {dose['minutes']:g}"
        yield "dose.repetitions", f"cannot be done in the time: {had}; got {dose['repetitions']:g}"


def _beats_s(settings: Numbers, levels: Mapping[str, Numbers]) -> float:
    """Seconds of a try that its beats take at the very least; 0 where there are none."""
    fastest = levels.get("tempo", {}).get("hardest", settings.get("tempo", 0.0))
    return settings.get("beats", 0.0) / fastest if fastest > 0 else 0.0
