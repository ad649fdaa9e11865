"""Nearness: nothing that is to be gone to may be where the hand or the weight is already.

What a setting means is told by the end of its name: see `amounts`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final

from rehabgames.content.numbers import is_number
from rehabgames.content.times import AT_HOME, Numbers, is_carried

HOMES: Final = ("basket_direction_deg", "place_direction_deg")  # where things are carried
APART_DEG: Final = 20

Levels = Mapping[str, Numbers]


def nearness_findings(directions: Any, settings: Numbers, levels: Levels) -> Iterator[tuple[str, str]]:
    """(key, what) of goals that are too near, or too large."""
    sure = (
        [(i, each) for i, each in enumerate(directions) if is_number(each)]
        if isinstance(directions, list)
        else []
    )
    yield from _carried(sure, settings)
    yield from _beside_home([direction for _, direction in sure], settings, levels)
    yield from _middle(settings, levels)
    yield from _at_hand(settings, levels)


def _carried(directions: list[tuple[int, float]], settings: Numbers) -> Iterator[tuple[str, str]]:
    """What is to be carried must not lie where it is to go."""
    home = _home(settings)
    if home is None:
        return
    for i, direction in directions:
        if abs(direction - settings[home]) < APART_DEG:
            where = f"settings.{home} ({settings[home]:g}), or nothing has to be carried"
            what = f"must be {APART_DEG} or more degrees from {where}, got {direction:g}"
            yield f"directions_deg[{i}]", what


def _home(settings: Numbers) -> str | None:
    """The setting that says in which direction things are carried; None where nothing is."""
    return next((name for name in HOMES if name in settings), None) if is_carried(settings) else None


def _beside_home(directions: list[float], settings: Numbers, levels: Levels) -> Iterator[tuple[str, str]]:
    """A hand that has just brought something home must not be in the next goal already."""
    home, asked = _home(settings), levels.get("distance", {})
    if home is None or not {"easiest", "hardest"} <= asked.keys():
        return
    where = home.partition("_")[0]
    far = settings.get(f"{where}_distance")
    apart_deg = [abs(direction - settings[home]) for direction in directions]
    clear_deg = [each for each in apart_deg if each >= APART_DEG]  # what is nearer is said already
    if far is None or not clear_deg:
        return
    nearest = min(_nearest(far, each, asked["easiest"], asked["hardest"]) for each in clear_deg)
    for key, size in _sizes(settings, levels).items():
        if size >= nearest:
            most = math.ceil(100 * nearest) / 100 - 0.01
            why = f"or a hand that brought one to the {where} is in the next one already"
            yield key, f"must be {most:g} or less, {why}, got {size:g}"


def _nearest(far: float, apart_deg: float, low: float, high: float) -> float:
    """How near a goal between `low` and `high` comes to a place that is `far` away in another direction."""
    cos = math.cos(math.radians(min(180.0, apart_deg)))
    at = min(high, max(low, far * cos))
    return math.sqrt(max(0.0, far * far + at * at - 2.0 * far * at * cos))


def _sizes(settings: Numbers, levels: Levels) -> dict[str, float]:
    """Key and greatest radius of what is to be reached, which is not what something is carried to."""
    if "size" in levels:
        size = levels["size"].get("easiest")
        return {} if size is None else {"axes.size.easiest": size}
    return {
        f"settings.{name}": size
        for name, size in settings.items()
        if name.endswith("_radius") and not name.startswith(AT_HOME)
    }


def _middle(settings: Numbers, levels: Levels) -> Iterator[tuple[str, str]]:
    """Who shifts to a goal must not be there already: wherever it is, it has to lie clear of the middle."""
    asked = levels["shift"].get("easiest") if "shift" in levels else settings.get("shift")
    if asked is None:
        return
    sizes = {f"settings.{name}": value for name, value in settings.items() if name.endswith("_radius")}
    if "easiest" in levels.get("size", {}):
        sizes["axes.size.easiest"] = levels["size"]["easiest"]
    for key, size in sizes.items():
        if size >= asked:
            what = f"must be less than the least shift that is asked ({asked:g}), or the middle is in it"
            yield key, f"{what}, got {size:g}"


def _at_hand(settings: Numbers, levels: Levels) -> Iterator[tuple[str, str]]:
    """The same for a hand: at its nearest a goal must not hold the place from which its distance counts.

    Without an axis of distance it may hang at one of its own; at 0 nobody is to go there.
    """
    near = levels.get("distance", {}).get("easiest")
    if near is not None:
        asked_of = {key: (near, size) for key, size in _sizes(settings, levels).items()}
    else:
        own = {key: key.removeprefix("settings.").removesuffix("radius") for key in _sizes(settings, {})}
        asked_of = {
            key: (settings.get(f"{name}distance", 0.0), settings[f"{name}radius"])
            for key, name in own.items()
        }
    for key, (asked, size) in asked_of.items():
        if 0 < asked <= size:
            what = f"must be less than the nearest distance that is asked ({asked:g})"
            yield key, f"{what}, or there is no way to go, got {size:g}"
