"""Mornings in the orchard, and what it bears; both chosen by the seed."""

from __future__ import annotations

from typing import Final

from rehabgames.stage.hours import Hour

FRUITS = ("apple", "pear", "plum")

HOURS = (
    Hour(
        sky=("#9cc3dc", "#d6e4e2", "#fbeacb"),
        sun="#fff4d2",
        haze="#f7ecd4",
        hills=("#b3c9d6", "#aac6bd", "#b4cba2"),
        trees=("#b9cfae", "#a5c193", "#8fb27b"),
        meadow=("#e6e7bb", "#bfd48d", "#85ab5f"),
        leaves=("#33603f", "#54874a", "#8fb255"),
        near="#24472f",
        shade="#3d6a4a",
    ),
    Hour(
        sky=("#b7c6dd", "#e7dbd8", "#fde0c2"),
        sun="#ffe9c4",
        haze="#fae6d3",
        hills=("#c1c5d8", "#b7c4bf", "#bcc9a4"),
        trees=("#c2ccae", "#acbf93", "#94ae79"),
        meadow=("#ece4bd", "#c8d092", "#8ba763"),
        leaves=("#37603f", "#5c864b", "#a0b154"),
        near="#29452f",
        shade="#466a4a",
    ),
    Hour(
        sky=("#86b9de", "#c4dfe8", "#f1f0db"),
        sun="#fffbe6",
        haze="#eff1e2",
        hills=("#a6c6da", "#9fc5be", "#a9cb9c"),
        trees=("#b0d0ab", "#9bc28e", "#84b376"),
        meadow=("#dfe9b8", "#b3d389", "#79a958"),
        leaves=("#2d5f40", "#4a874b", "#86b450"),
        near="#204630",
        shade="#35684a",
    ),
    Hour(
        sky=("#b9cbd2", "#dbe3e0", "#f2ece0"),
        sun="#fffaf0",
        haze="#f0ede4",
        hills=("#c0ced4", "#b6c8c2", "#b7c9aa"),
        trees=("#bfcfb6", "#abc09d", "#95b084"),
        meadow=("#e3e5c2", "#bfcf99", "#88a76a"),
        leaves=("#36604a", "#55825a", "#8dac62"),
        near="#27463a",
        shade="#416858",
    ),
)


# pictures of the kinds that can be asked for: apart by shape, by colour and by lightness
KINDS: Final = {
    "apple": "apple",
    "pear": "pear_green",
    "plum": "plum_long",
    "lemon": "lemon",
    "cherries": "cherries",
}


def hour_of(seed: int) -> Hour:
    return HOURS[seed % len(HOURS)]


def fruit_of(seed: int) -> str:
    """Which fruit this orchard bears: the name of a part."""
    return FRUITS[(seed // len(HOURS)) % len(FRUITS)]


def picture_of(kind: str, fruit: str) -> str:
    """The name of the part that shows a Thing of this kind; `fruit` is what the orchard bears."""
    return KINDS.get(kind, fruit)
