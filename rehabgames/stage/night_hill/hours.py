"""Colours of four hours of the night, three seasons of the hill, and the phases of the moon, by the seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class NightHour:
    """CSS hex. sky: top, where stars to lean to stand, above the horizon, at it; hills from far to near.

    river: 0..1, how much of the milky way is seen
    """

    sky: tuple[str, str, str, str]
    haze: str
    hills: tuple[str, str, str]
    lake: str
    ridge: tuple[str, str]
    river: float


HOURS: Final = (
    NightHour(  # dusk
        sky=("#131f4d", "#33457f", "#6f6a98", "#e0a18c"),
        haze="#7d6f98",
        hills=("#5c6597", "#434f82", "#2b386a"),
        lake="#a08399",
        ridge=("#22305a", "#0c1430"),
        river=0.25,
    ),
    NightHour(  # deep night
        sky=("#060b22", "#11204a", "#22406f", "#4a75a0"),
        haze="#5377a6",
        hills=("#2f4a7a", "#223864", "#182a50"),
        lake="#5d86b4",
        ridge=("#1a2a4c", "#081024"),
        river=1.0,
    ),
    NightHour(  # moonlight
        sky=("#0b1c3f", "#1f4170", "#3e6d96", "#86acc2"),
        haze="#668bae",
        hills=("#52769b", "#3b5d84", "#274668"),
        lake="#86abc4",
        ridge=("#22405f", "#0b1a30"),
        river=0.45,
    ),
    NightHour(  # before dawn
        sky=("#101a42", "#2c4178", "#5d7299", "#f0c29a"),
        haze="#857f9d",
        hills=("#5f729f", "#455a8a", "#2c3f6d"),
        lake="#ab959b",
        ridge=("#24365f", "#0c1632"),
        river=0.35,
    ),
)

# what covers the hill: colour, how much of it, and of the grass
SEASONS: Final = (
    ("summer", "#3c5a62", "#16283f"),
    ("autumn", "#6a5a5e", "#241f38"),
    ("winter", "#8ea3c6", "#2a3c60"),
)
PHASES: Final = (0.12, 0.3, 0.5, 0.72, 1.0)  # lit share of the moon
SURPRISES: Final = ("meteor", "owl", "train")


def hour_of(seed: int) -> NightHour:
    return HOURS[seed % len(HOURS)]


def season_of(seed: int) -> tuple[str, str, str]:
    return SEASONS[(seed // len(HOURS)) % len(SEASONS)]


def phase_of(seed: int) -> float:
    return PHASES[(seed // (len(HOURS) * len(SEASONS)) + seed) % len(PHASES)]


def surprise_of(seed: int) -> str:
    return SURPRISES[(seed // 7 + seed) % len(SURPRISES)]
