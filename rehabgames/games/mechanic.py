"""Mechanic: what a game says of itself, so that exercise files can be judged without playing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rehabgames.core.landmarks import Side
from rehabgames.core.person import Profile
from rehabgames.games.game import Game


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


@dataclass(frozen=True, slots=True)
class Mechanic:
    """make       the game
    settings   name → (lowest, highest) of the numbers that an exercise file sets for it
    optional   names of settings that may be left out
    controls   names of signals.CONTROLS that can steer it
    axes       names of the axes of difficulty that it has
    places     names of the scenes that can show it
    needs      names of the axes that an exercise must have, because no setting stands in for them
    counts     names of settings that are whole numbers; between 0 and 1 that is no or yes
    directed   its goals lie in the directions of the exercise; False: there is one way only, and that is 0
    moves      ways from one place to another that a try asks for at least, with everything brought home; one
               fewer where the setting "carry" is 0. What they take is part of trial_s
    whole      margins of its outcomes are of the whole course of a try, not of the best moment
    pictures_s fewest pictures a second by which a try can be judged; with fewer it is "lost"
    """

    make: GameOf
    settings: Mapping[str, tuple[float, float]]
    controls: frozenset[str]
    axes: frozenset[str]
    places: frozenset[str]
    optional: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    counts: frozenset[str] = frozenset()
    directed: bool = True
    moves: int = 1
    whole: bool = False
    pictures_s: float = 0.0
