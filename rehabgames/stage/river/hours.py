"""The river's hours and weathers, and what stands in its valley; all chosen by the seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FEATURES: Final = ("bridge", "mill", "village", "castle")
TREES: Final = ("poplar", "willow", "alder")
SECOND: Final = ("willow", "bush")  # these have the other leaves


@dataclass(frozen=True, slots=True)
class Hour:
    """Colours of one hour as CSS hex. sky, ridges, bank and water go from far to near.

    sun      its colour, and where it stands: px of the 720 px grid from where the river ends, right and down
    leaves   shade, middle, lit; other_leaves those of SECOND; reeds the same
    glint    light on the water; deep: the dark of a wave
    clouds   how dense, 0..1; mist: over the far river, 0..1; rain: a soft veil of it hangs in the distance
    """

    sky: tuple[str, str, str]
    sun: str
    sun_at: tuple[float, float]
    haze: str
    ridges: tuple[str, str, str]
    bank: tuple[str, str, str]
    water: tuple[str, str, str]
    leaves: tuple[str, str, str]
    other_leaves: tuple[str, str, str]
    reeds: tuple[str, str, str]
    glint: str
    deep: str
    shade: str
    clouds: float = 0.5
    mist: float = 0.3
    rain: bool = False
    lamp: float = 0.0


HOURS: Final = (
    Hour(  # morning mist
        sky=("#8fb2c6", "#cfdcd8", "#f7e6c6"),
        sun="#fff0cc",
        sun_at=(-170.0, -62.0),
        haze="#eee4cd",
        ridges=("#a9c1cd", "#94b2b0", "#83a58d"),
        bank=("#b9c795", "#8fae6c", "#5f8a50"),
        water=("#cfd8c8", "#5f959c", "#1d5566"),
        leaves=("#335d4b", "#527f55", "#93b069"),
        other_leaves=("#3f6a58", "#6c9467", "#b3bf7d"),
        reeds=("#3f6247", "#6a8a50", "#b1ba6c"),
        glint="#fff3d3",
        deep="#164656",
        shade="#2d5552",
        clouds=0.35,
        mist=0.85,
    ),
    Hour(  # noon
        sky=("#4f94cb", "#98c7e0", "#e2eee6"),
        sun="#fffbe8",
        sun_at=(-330.0, -205.0),
        haze="#deebe4",
        ridges=("#8fb5d0", "#7fae9f", "#76a765"),
        bank=("#b6cc7b", "#86b058", "#4f8a45"),
        water=("#a9cfdc", "#3c86a1", "#13516f"),
        leaves=("#265a3b", "#42803f", "#86b34a"),
        other_leaves=("#2f6a3a", "#5b953f", "#a6c455"),
        reeds=("#33653a", "#5f8d45", "#a9bd58"),
        glint="#eaf7f6",
        deep="#0f435f",
        shade="#235443",
        clouds=0.75,
        mist=0.2,
    ),
    Hour(  # evening gold
        sky=("#7488b3", "#e0ae8c", "#ffd894"),
        sun="#ffe7a8",
        sun_at=(-140.0, -34.0),
        haze="#f6cf9c",
        ridges=("#a99db0", "#8f8f8d", "#7e8763"),
        bank=("#c9b76e", "#97994f", "#5f7440"),
        water=("#f0c78c", "#7b7f86", "#23465f"),
        leaves=("#3b4f35", "#66743a", "#bfa24d"),
        other_leaves=("#4c5a34", "#86863c", "#d6b757"),
        reeds=("#4a5433", "#7f7d3f", "#cdb15c"),
        glint="#ffe2a4",
        deep="#1d3a50",
        shade="#3f4b3c",
        clouds=0.6,
        mist=0.4,
    ),
    Hour(  # soft rain clouds
        sky=("#7d8f9b", "#aebcc1", "#dbdfd6"),
        sun="#f6f3e4",
        sun_at=(-120.0, -120.0),
        haze="#d3dad4",
        ridges=("#9fb1ba", "#86a09f", "#779480"),
        bank=("#a5b78a", "#7f9f68", "#4e7a50"),
        water=("#bcc9c8", "#63838b", "#224f61"),
        leaves=("#2c5347", "#487156", "#7d9e6c"),
        other_leaves=("#3a6152", "#638766", "#9fb27c"),
        reeds=("#385a46", "#5f8056", "#9cae72"),
        glint="#eef3ee",
        deep="#1a4152",
        shade="#2c4f4a",
        clouds=1.0,
        mist=0.5,
        rain=True,
    ),
    Hour(  # autumn
        sky=("#7fa9cd", "#c6dbe0", "#f6e5c3"),
        sun="#fff2cf",
        sun_at=(-260.0, -130.0),
        haze="#efe0c2",
        ridges=("#a2b6c8", "#a3a894", "#a99a66"),
        bank=("#c8bd78", "#a5a65a", "#6c8346"),
        water=("#c9d6d2", "#56909c", "#1b5268"),
        leaves=("#6b4a2a", "#b0702c", "#e0aa4a"),
        other_leaves=("#5f6a35", "#94923d", "#d3bd58"),
        reeds=("#6a6136", "#9a8843", "#d6bf74"),
        glint="#fff1cd",
        deep="#164455",
        shade="#4a4f3c",
        clouds=0.5,
        mist=0.35,
    ),
    Hour(  # dusk
        sky=("#41548a", "#8f8bb2", "#f0b699"),
        sun="#ffd0a2",
        sun_at=(-60.0, -14.0),
        haze="#d5a9a0",
        ridges=("#8587ad", "#6c7492", "#57667a"),
        bank=("#8d8a80", "#61715f", "#3c5a50"),
        water=("#dba893", "#5d6890", "#1f3558"),
        leaves=("#22403f", "#37594c", "#6d7f63"),
        other_leaves=("#2b4a44", "#47664f", "#7f8a66"),
        reeds=("#2c4542", "#4b6450", "#84906a"),
        glint="#ffcfae",
        deep="#182a49",
        shade="#25383f",
        clouds=0.55,
        mist=0.4,
        lamp=1.0,
    ),
)


def hour_of(seed: int) -> Hour:
    return HOURS[seed % len(HOURS)]


def feature_of(seed: int) -> str:
    """What stands far down the river: the name of a part."""
    return FEATURES[(seed // len(HOURS)) % len(FEATURES)]


def tree_of(seed: int) -> str:
    """Which tree there is most of: the name of a part."""
    return TREES[(seed // 5) % len(TREES)]


def style_of(tones: tuple[str, str, str], more: str = "") -> str:
    """CSS for the parts of plants: leaves in three tones, as areas and as strands; classes end in `more`."""
    named = zip(("d", "m", "l"), tones, strict=True)
    return "".join(f".{n}{more}{{fill:{tone}}}.s{n}{more}{{stroke:{tone}}}" for n, tone in named)
