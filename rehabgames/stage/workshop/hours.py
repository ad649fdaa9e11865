"""Hours of the workshop: its light, what the garden bears and what falls outside, chosen by the seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rehabgames.stage.weather import Falls

SURPRISES: Final = ("cat", "robin", "mug")


@dataclass(frozen=True, slots=True)
class Hour:
    """Colours of one hour, as CSS hex; from light to dark, or from far to near.

    falls  what falls outside; lamp: the lamp over the bench is lit; beams 0..1: light across the room
    """

    sky: tuple[str, str]
    hills: tuple[str, str]
    trees: tuple[str, str, str]
    lawn: tuple[str, str]
    wall: tuple[str, str, str]
    bench: tuple[str, str, str]
    dark: str
    sun: str
    beams: float
    falls: Falls = ""
    lamp: bool = False
    bare: bool = False


HOURS: Final = (
    Hour(  # a morning in spring
        sky=("#bcdcea", "#fbeed3"),
        hills=("#b9cfd4", "#a9c6a8"),
        trees=("#f0cfd6", "#e3b3c0", "#a9bd86"),
        lawn=("#cfe0a4", "#9fc277"),
        wall=("#f3e7cf", "#e3d0ae", "#bfa680"),
        bench=("#d3a871", "#b5834e", "#7d5531"),
        dark="#4a3524",
        sun="#fff1c9",
        beams=0.5,
    ),
    Hour(  # noon in summer
        sky=("#8fc4e6", "#dff0ee"),
        hills=("#a9cbd6", "#93bd95"),
        trees=("#9fc58a", "#7aad69", "#5d9356"),
        lawn=("#c4dd92", "#8cba63"),
        wall=("#f1ead9", "#dfd3ba", "#b5a68a"),
        bench=("#cfa878", "#b08352", "#795635"),
        dark="#46362a",
        sun="#fffbe3",
        beams=0.34,
    ),
    Hour(  # rain in autumn
        sky=("#a9b7bd", "#d6d9d2"),
        hills=("#aab7b6", "#a3a88c"),
        trees=("#cf9c56", "#b97a43", "#93693c"),
        lawn=("#b6b887", "#8f9a63"),
        wall=("#e2dccd", "#cbc1ac", "#9d917c"),
        bench=("#bd9a70", "#9c774d", "#694c31"),
        dark="#3b3029",
        sun="#f4efe2",
        beams=0.12,
        falls="rain",
    ),
    Hour(  # snow
        sky=("#c3d2de", "#eef0ee"),
        hills=("#cdd9e1", "#d9e2e6"),
        trees=("#b7c2c8", "#97a4ab", "#74828a"),
        lawn=("#f6f8f8", "#dfe8ec"),
        wall=("#ece8df", "#d6cfc2", "#a89f90"),
        bench=("#c6a47c", "#a58058", "#6f523a"),
        dark="#3c342f",
        sun="#f3f6f8",
        beams=0.2,
        falls="snow",
        bare=True,
    ),
    Hour(  # an evening by the lamp
        sky=("#6d7fa6", "#e8b79d"),
        hills=("#7b86a4", "#6c7a80"),
        trees=("#66757a", "#536468", "#44565a"),
        lawn=("#7f8d74", "#5f7262"),
        wall=("#e2c193", "#bf986b", "#7d6148"),
        bench=("#c9945a", "#a36f3e", "#5f3f26"),
        dark="#33241c",
        sun="#ffd795",
        beams=0.0,
        lamp=True,
    ),
)


def hour_of(seed: int) -> Hour:
    return HOURS[seed % len(HOURS)]


def surprise_of(seed: int) -> str:
    """What is there besides: one of SURPRISES."""
    return SURPRISES[(seed // len(HOURS)) % len(SURPRISES)]
