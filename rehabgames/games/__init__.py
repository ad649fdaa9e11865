"""Floor 2: one file per game mechanic. A game returns views and outcomes; nothing here paints."""

from __future__ import annotations

from rehabgames.games.game import Game
from rehabgames.games.mechanic import GameOf, Mechanic
from rehabgames.games.reach import REACH, ReachGame

# name in an exercise file → mechanic; those of plug-ins are added when the program starts
GAMES: dict[str, Mechanic] = {"reach": REACH}

__all__ = ["GAMES", "Game", "GameOf", "Mechanic", "ReachGame"]
