"""A hand that stays somewhere while a game is played, and the numbers of an orchard."""

from rehabgames.core.trial import Outcome
from rehabgames.core.view import Thing
from rehabgames.games.game import Game, Point

DT = 1 / 60
ORCHARD = {
    "fruit_radius": 0.13,
    "hold_s": 0.6,
    "basket_radius": 0.17,
    "basket_direction_deg": -5.0,
    "basket_distance": 0.62,
    "basket_hold_s": 0.3,
    "trial_s": 8.0,
    "pause_s": 0.6,
}


def stay(game: Game, hand: Point, seconds: float = 99.0, dt_s: float = DT) -> Outcome | None:
    """The outcome, if the trial ends in that time."""
    for _ in range(round(seconds / dt_s)):
        outcome = game.step(hand, dt_s)
        if outcome is not None:
            return outcome
    return None


def thing_of(game: Game, kind: str) -> Thing:
    return next(thing for thing in game.things() if thing.kind == kind)
