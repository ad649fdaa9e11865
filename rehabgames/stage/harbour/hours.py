"""Colours of the harbour at four hours, and what lies and happens there; all chosen by the seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class HarbourHour:
    """CSS hex from far to near. sky, water: top, middle, low; sun_at in units of the scene.

    haze     lies over what is far; thick: how much of it, 0..1
    night    how far lamps in the windows are lit, 0..1
    """

    sky: tuple[str, str, str]
    sun: str
    sun_at: tuple[float, float]
    shine: float
    cloud: str
    hills: tuple[str, str]
    haze: str
    thick: float
    water: tuple[str, str, str]
    glint: str
    wood: tuple[str, str, str]
    shade: str
    lit: float


HOURS: Final = (
    HarbourHour(
        sky=("#7fb2dd", "#c3dfea", "#fbeacb"),
        sun="#fff6dc",
        sun_at=(690.0, 236.0),
        shine=0.95,
        cloud="#ffffff",
        hills=("#a9c3d3", "#8fb0b8"),
        haze="#e8eee6",
        thick=0.32,
        water=("#7fb0bf", "#286b86", "#174b66"),
        glint="#eaf8f6",
        wood=("#c9a276", "#9a7450", "#5f4532"),
        shade="#173d4f",
        lit=0.0,
    ),
    HarbourHour(
        sky=("#bccbd2", "#dde4e3", "#f3efe4"),
        sun="#fffaec",
        sun_at=(760.0, 190.0),
        shine=0.7,
        cloud="#f6f5f0",
        hills=("#c6d2d5", "#b3c4c7"),
        haze="#e9ebe6",
        thick=0.66,
        water=("#aebfc4", "#416a7c", "#274e60"),
        glint="#f3f6f2",
        wood=("#b8a184", "#8b745a", "#594a3c"),
        shade="#2a4a57",
        lit=0.25,
    ),
    HarbourHour(
        sky=("#56699f", "#d99c92", "#ffd79c"),
        sun="#ffe3a6",
        sun_at=(706.0, 338.0),
        shine=1.0,
        cloud="#f3b79d",
        hills=("#a98fa6", "#7d7796"),
        haze="#f2bd97",
        thick=0.36,
        water=("#d9a28c", "#4d5c86", "#27345a"),
        glint="#ffdcae",
        wood=("#a87c66", "#7a5750", "#47353c"),
        shade="#22294a",
        lit=0.85,
    ),
    HarbourHour(
        sky=("#8b9fae", "#b9c8cf", "#e0e4de"),
        sun="#fbf7e8",
        sun_at=(820.0, 150.0),
        shine=0.45,
        cloud="#eef1f0",
        hills=("#a5b5bd", "#8aa0a6"),
        haze="#d3dbdc",
        thick=0.3,
        water=("#86a0aa", "#3a6474", "#21475a"),
        glint="#e6f0f0",
        wood=("#a9957b", "#7c6851", "#4d4136"),
        shade="#1e3d4b",
        lit=0.1,
    ),
)

FLEETS: Final = ("sails", "trawlers", "dinghies")
SURPRISES: Final = ("ferry", "seal", "gull")


def hour_of(seed: int) -> HarbourHour:
    return HOURS[seed % len(HOURS)]


def fleet_of(seed: int) -> str:
    """Which boats lie here today."""
    return FLEETS[(seed // len(HOURS)) % len(FLEETS)]


def surprise_of(seed: int) -> str:
    return SURPRISES[(seed // (len(HOURS) * len(FLEETS)) + seed) % len(SURPRISES)]
