"""Places: every name that exercises may use is painted, and no other."""

from __future__ import annotations

from rehabgames.games import GAMES
from rehabgames.stage.places import PLACES


def test_every_place_that_a_file_may_name_is_painted():
    assert set(PLACES) == set().union(*(game.places for game in GAMES.values()))
