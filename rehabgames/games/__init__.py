"""Floor 2: one file per game mechanic. A game returns views and outcomes; nothing here paints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from rehabgames.core.landmarks import Side
from rehabgames.core.person import Profile
from rehabgames.games.game import Game
from rehabgames.games.reach import SETTINGS as REACH_SETTINGS
from rehabgames.games.reach import ReachGame


class GameOf(Protocol):
    """Makes a game for one person. directions_deg of the exercise and the session's seed matter to games
    that show more than the goal; without them they take the profile's directions, and 0."""

    def __call__(
        self,
        settings: Mapping[str, float],
        profile: Profile,
        side: Side,
        directions_deg: Sequence[float] = (),
        seed: int = 0,
    ) -> Game: ...


GAMES: dict[str, GameOf] = {"reach": ReachGame}

# game → key → (lowest, highest) of the numbers that an exercise file sets for it
SETTINGS: dict[str, Mapping[str, tuple[float, float]]] = {"reach": REACH_SETTINGS}

PLACES = frozenset({"orchard"})

__all__ = ["GAMES", "PLACES", "SETTINGS", "Game", "ReachGame"]
