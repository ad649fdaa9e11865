"""Evenings of the concert stage: hall or open air, its colours and what stands beside, chosen by the seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

BESIDE: Final = ("cello", "harp", "piano")


@dataclass(frozen=True, slots=True)
class Evening:
    """Colours of one evening, as CSS hex; from light to dark.

    back   what is behind the stage: panels of wood, the open air, or tall windows
    sky    of the open air and of the windows, from above to below
    """

    back: Literal["panels", "open", "windows"]
    wall: tuple[str, str, str]
    curtain: tuple[str, str, str]
    floor: tuple[str, str, str]
    sky: tuple[str, str, str]
    far: tuple[str, str]
    dark: str
    snow: bool = False


EVENINGS: Final = (
    Evening(  # a small hall in red and oak
        back="panels",
        wall=("#8f6a4e", "#6d4d38", "#3f2b22"),
        curtain=("#9c4a46", "#7a3236", "#4b1d24"),
        floor=("#d2a06a", "#a97548", "#5d3c26"),
        sky=("#31405f", "#6c6683", "#c99b86"),
        far=("#4d5b74", "#38465b"),
        dark="#261813",
    ),
    Evening(  # a stage in a park, after a warm day
        back="open",
        wall=("#7d8a8c", "#5f7074", "#3d4c52"),
        curtain=("#55756a", "#3c5a52", "#223833"),
        floor=("#c79a6d", "#9b7049", "#54392a"),
        sky=("#50648f", "#a08aa3", "#efbf95"),
        far=("#7c7c98", "#4f6069"),
        dark="#1d2524",
    ),
    Evening(  # tall windows, snow outside
        back="windows",
        wall=("#8a7b70", "#6b5e57", "#423a38"),
        curtain=("#5c6f8c", "#44536e", "#2a3347"),
        floor=("#c3a17a", "#987550", "#55402f"),
        sky=("#3d5175", "#6d83a3", "#aebccd"),
        far=("#8fa0b4", "#c3ced8"),
        dark="#20202a",
        snow=True,
    ),
    Evening(  # a hall in blue and walnut
        back="panels",
        wall=("#5f7780", "#465b65", "#2a3840"),
        curtain=("#c1985a", "#9a743f", "#5f4524"),
        floor=("#c29063", "#966642", "#4f3423"),
        sky=("#31405f", "#6c6683", "#c99b86"),
        far=("#4d5b74", "#38465b"),
        dark="#1a2025",
    ),
    Evening(  # tall windows, a clear night
        back="windows",
        wall=("#7b6378", "#5f4b60", "#392c3d"),
        curtain=("#7e4a6a", "#5f3450", "#3a1e33"),
        floor=("#c6946c", "#996a4b", "#50352b"),
        sky=("#202c52", "#3d4d7d", "#7c7fa4"),
        far=("#39466b", "#28335a"),
        dark="#211824",
    ),
)


def evening_of(seed: int) -> Evening:
    return EVENINGS[seed % len(EVENINGS)]


def beside_of(seed: int) -> str:
    """Which instrument stands beside: a part's name."""
    return BESIDE[(seed // len(EVENINGS)) % len(BESIDE)]
