"""Hours of the kitchen: light, weather and season behind its window; tiles, drink and guest. By the seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from rehabgames.stage.weather import Falls

Guest = Literal["robin", "cake", "letter", "none"]


@dataclass(frozen=True, slots=True)
class Hour:
    """Colours as CSS hex. trees: far, middle, near; wall, wood: from the light to the shade.

    falls   what falls behind the panes; sun: how strongly the window's light lies in the room, 0..1
    lamp    how strongly a lamp of the room glows, 0..1; bare: the trees have no leaves
    """

    sky: tuple[str, str, str]
    glow: str
    hills: tuple[str, str]
    trees: tuple[str, str, str]
    lawn: tuple[str, str]
    bloom: tuple[str, str]
    wall: tuple[str, str]
    wood: tuple[str, str]
    shade: str
    ray: str
    sun: float
    falls: Falls = ""
    lamp: float = 0.0
    bare: bool = False


HOURS: Final = (
    Hour(  # a morning in May
        sky=("#8fbcd8", "#cfe1e4", "#f8ecd0"),
        glow="#fff3cf",
        hills=("#a9c3cf", "#a5c2ab"),
        trees=("#a3c08f", "#86ab72", "#64905a"),
        lawn=("#cfdc9f", "#93b56a"),
        bloom=("#ffffff", "#f1bfce"),
        wall=("#d9d6c2", "#b7b9a6"),
        wood=("#c79f70", "#8d6641"),
        shade="#4d5a4f",
        ray="#fff0c4",
        sun=0.85,
    ),
    Hour(  # rain in April
        sky=("#9fb0b8", "#c0cac9", "#d9dcd2"),
        glow="#eef0e6",
        hills=("#a7b5b9", "#9db3a6"),
        trees=("#98b08f", "#7f9f7b", "#5f8562"),
        lawn=("#b6c79a", "#86a772"),
        bloom=("#f4f1e6", "#e3d38c"),
        wall=("#c9cbbe", "#a9ada3"),
        wood=("#b8946c", "#81603f"),
        shade="#47534f",
        ray="#eef2ea",
        sun=0.25,
        falls="rain",
        lamp=0.35,
    ),
    Hour(  # noon in July
        sky=("#6fb0dc", "#aed4e8", "#e9f0dc"),
        glow="#fffbe4",
        hills=("#93bbd2", "#90bd9d"),
        trees=("#8fbb7d", "#6da063", "#4b8450"),
        lawn=("#c5d98b", "#86b159"),
        bloom=("#f7d774", "#e88f7a"),
        wall=("#dedbc8", "#bcc0ad"),
        wood=("#cda678", "#936c46"),
        shade="#48584e",
        ray="#fff8dc",
        sun=1.0,
    ),
    Hour(  # evening in October
        sky=("#a9aec9", "#e7c3a4", "#fbd79a"),
        glow="#ffdf9d",
        hills=("#b0a7b6", "#b9a58c"),
        trees=("#cfa667", "#b98346", "#8f5f38"),
        lawn=("#cbbd80", "#9a9a5c"),
        bloom=("#d9853b", "#b8543a"),
        wall=("#d3c6ab", "#ad9f88"),
        wood=("#bd9062", "#80593a"),
        shade="#54493f",
        ray="#ffdc9a",
        sun=0.9,
        lamp=0.4,
    ),
    Hour(  # snow in January
        sky=("#a9b7c6", "#cdd5db", "#e6e6e2"),
        glow="#f6f1e4",
        hills=("#bccad4", "#cdd7da"),
        trees=("#a9b6b6", "#8d9c9d", "#6c7d80"),
        lawn=("#f1f3f2", "#d5dfe4"),
        bloom=("#b34a3c", "#ffffff"),
        wall=("#cfcbbc", "#aaaaa1"),
        wood=("#bd9669", "#84603f"),
        shade="#4c5355",
        ray="#f3f3ee",
        sun=0.35,
        falls="snow",
        lamp=0.5,
        bare=True,
    ),
    Hour(  # dusk in September
        sky=("#5f76a0", "#97a0bd", "#d7b9b1"),
        glow="#f3c9a8",
        hills=("#7c88a5", "#6f8490"),
        trees=("#64807c", "#4e6e66", "#3b594f"),
        lawn=("#7f9a7c", "#5a7a60"),
        bloom=("#cfd6e6", "#c8a1b4"),
        wall=("#bdb5a3", "#928e84"),
        wood=("#b0875b", "#72513a"),
        shade="#3f4448",
        ray="#ffdca6",
        sun=0.15,
        lamp=0.85,
    ),
)
TILES: Final = (("#c5cdbf", "#b5bfb0"), ("#c3cbd0", "#b3bec6"), ("#d3c9b2", "#c6baa0"))
DRINKS: Final = ("#3f9fd6", "#d9822b", "#a83a62", "#cf9f1f")  # water, orange, berries, apple
GUESTS: Final[tuple[Guest, ...]] = ("robin", "none", "cake", "letter")


def hour_of(seed: int) -> Hour:
    return HOURS[seed % len(HOURS)]


def tiles_of(seed: int) -> tuple[str, str]:
    """Two tints of the tiles."""
    return TILES[(seed // 2) % len(TILES)]


def drink_of(seed: int) -> str:
    """Colour of what is poured."""
    return DRINKS[(seed // 3) % len(DRINKS)]


def guest_of(seed: int) -> Guest:
    """Who or what is there today; a robin comes in every weather."""
    return GUESTS[(seed // len(HOURS)) % len(GUESTS)]
