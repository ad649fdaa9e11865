"""The library in a session: the sky in its window, its lamp, the sheet on the desk; chosen by the seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Chart = Literal["stars", "sea", "plants"]


@dataclass(frozen=True, slots=True)
class Evening:
    """Colours as CSS hex.

    sky     top, middle and foot of what the window shows; weather: what there is in it
    wall    lit and dark; wood of shelves and desk: lit, plain, dark; lamp: its shade
    chart   what the old sheet is
    """

    sky: tuple[str, str, str]
    weather: Literal["clear", "stars", "rain", "snow"]
    wall: tuple[str, str]
    wood: tuple[str, str, str]
    lamp: str
    chart: Chart


_SKIES: Final[tuple[tuple[tuple[str, str, str], Literal["clear", "stars", "rain", "snow"]], ...]] = (
    (("#5b6c9c", "#c88f86", "#f0bf8a"), "clear"),
    (("#16264a", "#2b4270", "#4a6690"), "stars"),
    (("#3c5060", "#5d7480", "#8a9a9c"), "rain"),
    (("#4c5f84", "#7d8fae", "#b3bccb"), "snow"),
)
_LAMPS: Final = ("#2f6b4f", "#8f3f30", "#a8742a")
_WOODS: Final = (
    ("#8a5f3c", "#5f3f29", "#33211a"),
    ("#7d5a44", "#553a2f", "#2e1f1d"),
    ("#85663e", "#5a442c", "#30251b"),
)
_WALLS: Final = (("#54483f", "#2b2522"), ("#4a4a47", "#262a2b"), ("#57473a", "#2c231e"))
_CHARTS: Final[tuple[Chart, ...]] = ("stars", "sea", "plants")


def evening_of(seed: int) -> Evening:
    """Four skies, each over three kinds of sheet, with a lamp and a wood of their own."""
    sky, weather = _SKIES[seed % 4]
    kind = seed // 4 % 3
    room = (seed + kind) % 3
    return Evening(sky, weather, _WALLS[room], _WOODS[room], _LAMPS[(seed + seed // 3) % 3], _CHARTS[kind])
