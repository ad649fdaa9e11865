"""Floor 2: one file per game mechanic. A game returns views and outcomes; nothing here paints."""

from __future__ import annotations

from rehabgames.games.catch import CATCH
from rehabgames.games.centre import CENTRE
from rehabgames.games.course import Course
from rehabgames.games.game import Game
from rehabgames.games.grasp import GRASP, GRASP_CLOSE
from rehabgames.games.mechanic import GameOf, Mechanic
from rehabgames.games.pour import POUR
from rehabgames.games.reach import REACH, ReachGame
from rehabgames.games.stars import STARS
from rehabgames.games.steer import STEER
from rehabgames.games.taps import TAPS
from rehabgames.games.tilt import TILT
from rehabgames.games.trace import TRACE

# name in an exercise file → mechanic; those of plug-ins are added when the program starts
GAMES: dict[str, Mechanic] = {
    "centre": CENTRE,
    "stars": STARS,
    "grasp": GRASP,
    "grasp_close": GRASP_CLOSE,
    "pour": POUR,
    "reach": REACH,
    "catch": CATCH,
    "trace": TRACE,
    "steer": STEER,
    "taps": TAPS,
    "tilt": TILT,
}
SHIPPED = frozenset(GAMES)

__all__ = ["GAMES", "SHIPPED", "Course", "Game", "GameOf", "Mechanic", "ReachGame"]
