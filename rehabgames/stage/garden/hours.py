"""Seasons and hours of the garden, and what falls there; all chosen by the seed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from rehabgames.stage.hours import Hour
from rehabgames.stage.palette import mixed


@dataclass(frozen=True, slots=True)
class Season:
    """Colours of the garden, as CSS hex.

    falls   the part that drifts down; leaf: what the branch above bears, None where it is bare
    flowers parts of the beds, and their colours from far to near
    path    lit and shaded gravel; bed: earth and leaves of the beds
    """

    hour: Hour
    falls: str
    leaf: str | None
    tree: str
    flowers: tuple[str, ...]
    blooms: tuple[str, ...]
    path: tuple[str, str]
    bed: tuple[str, str]
    bark: tuple[str, str, str]


_SPRING: Final = Season(
    Hour(
        sky=("#a9cbe2", "#d8e6e8", "#f6ebda"),
        sun="#fff6dd",
        haze="#f3efe2",
        hills=("#bccfd8", "#b9cec2", "#bccfa8"),
        trees=("#d9cdd2", "#d9bcc8", "#d3a9ba"),
        meadow=("#dfe6b9", "#bcd490", "#86ad63"),
        leaves=("#c77f98", "#e3a4b8", "#f7cfda"),
        near="#7f8f5c",
        shade="#4a6a50",
    ),
    falls="petal",
    leaf="blossom",
    tree="tree",
    flowers=("tulip", "snowdrop"),
    blooms=("#e7b7c4", "#f0dfa2", "#e2a0ae", "#f6f0e4"),
    path=("#efe2c6", "#d6c4a2"),
    bed=("#8a7a5f", "#7fa060"),
    bark=("#a58b80", "#776059", "#463836"),
)
_SUMMER: Final = Season(
    Hour(
        sky=("#8fbfe0", "#c8e0e6", "#f3edd2"),
        sun="#fffbe2",
        haze="#eef0de",
        hills=("#a9c6d4", "#a3c4b6", "#a8c794"),
        trees=("#b6cfae", "#a0c094", "#8ab27c"),
        meadow=("#dde6b0", "#b2d084", "#78a657"),
        leaves=("#3f6d3c", "#5f9148", "#98ba57"),
        near="#2f5436",
        shade="#35644a",
    ),
    falls="linden",
    leaf="leaf_linden",
    tree="tree",
    flowers=("rose", "aster"),
    blooms=("#e6c3c6", "#efe3b4", "#d9a5ae", "#c9b3d6"),
    path=("#f1e5c8", "#dac9a4"),
    bed=("#7d7152", "#6f9a56"),
    bark=("#a58b74", "#7a6455", "#473a33"),
)
_AUTUMN: Final = Season(
    Hour(
        sky=("#b4c5d3", "#e6ddcf", "#fae2bd"),
        sun="#ffefc6",
        haze="#f6e8cf",
        hills=("#c3c8cf", "#c6c3b0", "#cbbf96"),
        trees=("#ddcb9f", "#d8b985", "#cfa36c"),
        meadow=("#e9e0b2", "#ccc585", "#98a05a"),
        leaves=("#98562b", "#c07c37", "#dfae55"),
        near="#6d4a2c",
        shade="#5f6242",
    ),
    falls="maple",
    leaf="leaf_maple",
    tree="tree",
    flowers=("aster", "rose"),
    blooms=("#cdb5d2", "#e6cf8e", "#c99a86", "#efe3cf"),
    path=("#f0dfbd", "#d8c094"),
    bed=("#8c7350", "#9a945a"),
    bark=("#a08872", "#745d4d", "#43352d"),
)
_WINTER: Final = Season(
    Hour(
        sky=("#aec6da", "#dbe6ec", "#f7eddc"),
        sun="#fff4dc",
        haze="#f1f1ee",
        hills=("#c3d0da", "#c4d1d4", "#cad5d2"),
        trees=("#c9d2d3", "#bac5c6", "#a9b5b6"),
        meadow=("#f0f2ee", "#dfe7e4", "#b9cbc6"),
        leaves=("#8fa3a6", "#c3d2d6", "#f3f8f8"),
        near="#7b8d8c",
        shade="#54717a",
    ),
    falls="feather",
    leaf=None,
    tree="tree_bare",
    flowers=("snowdrop",),
    blooms=("#ffffff", "#f3f6f2"),
    path=("#e9e4da", "#cfcabf"),
    bed=("#b7b9ac", "#a9bba6"),
    bark=("#a39690", "#75686a", "#454044"),
)
SEASONS: Final = (_SPRING, _SUMMER, _AUTUMN, _WINTER)

# morning as it is painted; noon: clearer and cooler; evening: towards gold and rose
_NOON, _EVENING = "#eaf4f6", "#f2c39a"


def _toned(colours: tuple[str, str, str], other: str, *shares: float) -> tuple[str, str, str]:
    a, b, c = (mixed(colour, other, share) for colour, share in zip(colours, shares, strict=True))
    return a, b, c


def season_of(seed: int) -> Season:
    """Four seasons, each at three hours of the day."""
    season, hour = SEASONS[seed % len(SEASONS)], seed // len(SEASONS) % 3
    if hour == 0:
        return season
    it = season.hour
    if hour == 1:
        toned = replace(it, sky=_toned(it.sky, _NOON, 0.1, 0.4, 0.6), haze=mixed(it.haze, _NOON, 0.5))
        return replace(season, hour=toned)
    toned = replace(
        it,
        sky=(
            mixed(it.sky[0], "#b7a9cf", 0.5),
            mixed(it.sky[1], "#f1c8b4", 0.6),
            mixed(it.sky[2], _EVENING, 0.6),
        ),
        sun=mixed(it.sun, "#ffd9a0", 0.6),
        haze=mixed(it.haze, "#f6d3b4", 0.5),
        hills=_toned(it.hills, "#c9a9ae", 0.4, 0.3, 0.2),
        trees=_toned(it.trees, "#d8a98a", 0.35, 0.28, 0.2),
        meadow=_toned(it.meadow, "#e3b27a", 0.3, 0.2, 0.12),
    )
    path = (mixed(season.path[0], "#f4cf9c", 0.4), mixed(season.path[1], "#c99e74", 0.35))
    return replace(season, hour=toned, path=path)
