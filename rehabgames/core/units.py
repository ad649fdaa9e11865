"""Units: what the numbers of a goal, and the levels of a difficulty axis, are measured in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from rehabgames.core.trial import Space

# of a goal's distance and radius, and of what came of it
UNITS: Final[Mapping[Space, str]] = MappingProxyType(
    {
        "arm": "arm lengths",
        "shift": "share of the calibrated shift",
        "picture": "half picture widths",
        "grip": "share of the calibrated opening",
    }
)
REACH: Final = "share of the calibrated reach"
# of axes that mean the same wherever the goals lie
_OF_AXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "time": "s",
        "hold": "s",
        "load": "other things",
        "shift": UNITS["shift"],
        "push": UNITS["shift"],
        "grip": UNITS["grip"],
        "amplitude": UNITS["grip"],
        "tempo": "movements/s",
    }
)
# game → axis → its unit, where a game means something of its own by it
_OF_GAMES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {"pour": {"size": "share of the asked amount"}}
)


def axis_unit(axis: str, space: Space, game: str = "") -> str:
    """The unit of an axis's levels in an exercise that is steered in this space; "" where only the plug-in
    that brought the axis knows it."""
    own = _OF_GAMES.get(game, {}).get(axis) or _OF_AXES.get(axis)
    if own is not None:
        return own
    if axis == "distance":
        return REACH if space == "arm" else UNITS[space]
    return UNITS[space] if axis == "size" else ""
