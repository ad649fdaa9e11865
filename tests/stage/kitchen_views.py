"""Games of the kitchen, played by a hand that is told what to do, and their views."""

from __future__ import annotations

from functools import cache

from rehabgames.app.repertoire import library
from rehabgames.core.limits import Limits
from rehabgames.core.person import Profile
from rehabgames.core.view import Hand, View
from rehabgames.games import GAMES
from rehabgames.session.shown import window_of

REACH = {-40.0: 0.9, 45.0: 0.95, 85.0: 0.9}
LEVELS = {"kitchen_grasp": {"distance": 0.8}, "kitchen_grasp_close": {"distance": 0.38}, "kitchen_pour": {}}
DIRECTIONS = {"kitchen_grasp": 65.0, "kitchen_grasp_close": 80.0, "kitchen_pour": 110.0}
NAMES = tuple(LEVELS)


@cache
def exercise(name):
    return library().exercise(name)


class Kitchen:
    """A game of an exercise file, after `placed` good tries, at the beginning of the next."""

    def __init__(self, name, side="right", seed=0, placed=0, direction=None, **levels):
        it = exercise(name)
        self.side, self.seed, self.placed = side, seed, placed
        self.out = 1.0 if side == "right" else -1.0
        self.space = "arm" if name == "kitchen_grasp" else "picture"
        profile = Profile("reach_and_grip", side, 200.0, REACH)
        self.game = GAMES[it.game].make(it.settings, profile, side, (), seed)
        easiest = {axis.name: axis.start for axis in it.axes}
        direction = DIRECTIONS[name] if direction is None else direction
        if self.space == "picture":
            direction *= self.out
        self.at, self.grip = (0.0, -0.2), 0.1
        for number in range(placed + 1):
            self.spec = self.game.propose(number, easiest | LEVELS[name] | levels, direction)
            self.game.begin(self.spec)
            if number < placed:
                self.win()

    @property
    def there(self):
        return self.spec.goal.xy(self.out)

    @property
    def home(self):
        return (self.spec.place or self.spec.goal).xy(self.out)

    def hand(self, at, grip, seconds):
        self.at, self.grip = at, grip
        for _ in range(round(seconds * 60)):
            self.game.step(at, 1 / 60, grip)
        return self

    def take(self):
        return self.hand(self.there, 0.1, 0.3).hand(self.there, 1.0, 0.6)

    def win(self):
        if self.spec.place is None:
            self.hand(self.there, 0.1, 0.3).hand(self.there, 1.0, 1.6).hand(self.there, 0.1, 0.8)
        else:
            self.take().hand(self.home, 1.0, 0.4).hand(self.home, 0.1, 0.6)
        self.game.settle(counted=True)
        self.hand(self.home, 0.1, 1.0)

    def view(self, phase="play", **more):
        given = {
            "target": self.game.target() if phase in ("play", "paused") else None,
            "things": self.game.things(),
            "hand": Hand(*self.at, 1.0, self.grip),
            "prompt": self.game.prompt(),
            "count": self.placed,
            "goal": 30,
        }
        window = window_of(self.space, self.side, Limits())
        return View(0.0, phase, "kitchen", self.side, self.seed, window, **(given | more))
