"""Views of garden and library to paint in tests: real games, led by a scripted hand."""

from __future__ import annotations

import math

from stage_views import base

from rehabgames.core.person import Profile
from rehabgames.core.view import Hand
from rehabgames.games.catch import CatchGame
from rehabgames.games.trace import TraceGame

DIRECTIONS = (-40.0, 25.0, 45.0, 65.0, 85.0)
CATCH = {"catch_radius": 0.13, "catch_s": 0.8, "trial_s": 5.0, "pause_s": 0.8}
TRACE = {"way_radius": 0.12, "start_hold_s": 0.3, "end_hold_s": 0.4, "trial_s": 22.0, "pause_s": 0.8}
LAP = (0.15, -0.74)


def person(side):
    out = 1.0 if side == "right" else -1.0
    return Profile("reach_quick", side, 200.0, dict.fromkeys(DIRECTIONS, 0.85), 0.005, (LAP[0] * out, LAP[1]))


class Player:
    """A game with a hand that goes to its target at `speed`, arm lengths / s."""

    def __init__(self, game, place, side="right", seed=0):
        self.game, self.place, self.side, self.seed = game, place, side, seed
        self.hand = person(side).rest_xy
        self.outcome = None

    def begin(self, number=1, direction=65.0, **levels):
        self.game.begin(self.game.propose(number, {"distance": 0.9} | levels, direction))
        self.outcome = None
        return self

    def step(self, seconds=1 / 60, speed=0.5, off=(0.0, 0.0)):
        for _ in range(round(seconds * 60)):
            target = self.game.target()
            if target is not None and speed > 0:
                x, y = target.x + off[0] - self.hand[0], target.y + off[1] - self.hand[1]
                k = min(1.0, speed / 60 / max(1e-9, math.hypot(x, y)))
                self.hand = self.hand[0] + k * x, self.hand[1] + k * y
            self.outcome = self.game.step(self.hand, 1 / 60) or self.outcome
        return self

    def to_the_end(self, speed=0.8):
        while self.outcome is None:
            self.step(speed=speed)
        return self

    def view(self, **more):
        given = {
            "place": self.place,
            "target": self.game.target(),
            "things": self.game.things(),
            "prompt": self.game.prompt(),
            "hand": Hand(*self.hand, 1.0),
        }
        return base(side=self.side, seed=self.seed, **(given | more))


def catching(seconds=2.0, side="right", seed=0, direction=65.0, speed=0.0, **levels):
    game = CatchGame(CATCH, person(side), side, DIRECTIONS, seed)
    return Player(game, "garden", side, seed).begin(1, direction, **levels).step(seconds, speed)


def tracing(share=0.5, side="right", seed=0, direction=65.0, number=1, **levels):
    """Until so much of the line is drawn; 0: the hand is on its way to the start."""
    game = TraceGame(TRACE, person(side), side, DIRECTIONS, seed)
    player = Player(game, "library", side, seed).begin(number, direction, **levels).step(0.2)
    while max(t.share for t in game.things()) < share:
        player.step()
    return player
