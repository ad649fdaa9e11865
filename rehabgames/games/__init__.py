"""Floor 2: one file per game mechanic. A game returns views and outcomes; nothing here paints."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rehabgames.core.landmarks import Side
from rehabgames.core.person import Profile
from rehabgames.games.game import Game
from rehabgames.games.reach import SETTINGS as REACH_SETTINGS
from rehabgames.games.reach import ReachGame

GAMES: dict[str, Callable[[Mapping[str, float], Profile, Side], Game]] = {"reach": ReachGame}

# game → key → (lowest, highest) of the numbers that an exercise file sets for it
SETTINGS: dict[str, Mapping[str, tuple[float, float]]] = {"reach": REACH_SETTINGS}

PLACES = frozenset({"orchard"})

__all__ = ["GAMES", "PLACES", "SETTINGS", "Game", "ReachGame"]
