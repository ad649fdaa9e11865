"""Theme: the colours of screens, and how much is seen of what lies behind them and behind the play."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rehabgames.core.menu import Tone
from rehabgames.stage.palette import BLUE, CREAM, GREEN, INK, INK_SOFT, VERMILLION


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours. edges: of a card of each kind, with their breadth in px of the 720 px grid.

    ground   what is behind a screen, "" for the place under a veil
    light    of letters and lines straight on that ground
    dim      how much of the place is lost behind the play, 0..1
    """

    name: str
    paper: str
    ink: str
    ink_soft: str
    edges: dict[Tone, tuple[str, float]]
    track: str  # along which a ring fills
    filled: str
    shadow: float  # strength
    sheet: str  # under what is asked
    sheet_edge: tuple[str, float]
    countdown: tuple[str, str, str]  # disc, its edge, and what is left
    ground: str = ""
    light: str = CREAM
    dim: float = 0.0


USUAL: Final = Theme(
    name="usual",
    paper="#f7f1e1",
    ink=INK,
    ink_soft=INK_SOFT,
    edges={
        "go": (VERMILLION, 8.0),
        "yes": (GREEN, 7.0),
        "no": ("#56666b", 7.0),
        "plain": ("#c3b48f", 3.0),
    },
    track="#dcd2b8",
    filled=BLUE,
    shadow=0.62,
    sheet="#e9dfc6",
    sheet_edge=("#d8caa6", 2.0),
    countdown=("#fbf7ec", "#cfc19c", "#3d6f78"),
)
STRONG: Final = Theme(
    name="strong",
    paper="#ffffff",
    ink="#000000",
    ink_soft="#1c2b2b",
    edges={
        "go": ("#a83f00", 10.0),
        "yes": ("#00513c", 9.0),
        "no": ("#30393c", 9.0),
        "plain": ("#3a3a3a", 6.0),
    },
    track="#c4c4c4",
    filled="#003f73",
    shadow=0.0,
    sheet="#ffffff",
    sheet_edge=("#3a3a3a", 5.0),
    countdown=("#ffffff", "#c4c4c4", "#003f73"),
    ground="#05090a",
    light="#ffffff",
    dim=0.84,
)
