"""Limits of stability: lean to a star until it is lit, come back to the middle, then to the next.

What steers is where the weight is, a share of the own shift. The trial succeeds when the star was held and
the middle reached inside the time. The margin is of the star alone: how far inside or short of its rim the
weight was at its best, so that an adapter of the shift learns about the shift.

Things: "lamp" (x of what steers), "home" (the middle; "wanted" while it is asked for), "star" (y is only for
the eye, goals are on the ground below; "growing", "ready", "held" while it is lit and the middle is asked
for, "placed" while it rises to its place, "fading"; share: of the hold done), and for each constellation
of this session "constellation" (way: through the stars lit so far; share: lit of all; "placed" when whole).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final, Literal

import numpy as np

from rehabgames.core.landmarks import Side
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.trial import Goal, Outcome, OutcomeReason, TrialSpec
from rehabgames.core.view import Cue, Target, Thing, ThingState
from rehabgames.games.constellations import HALF, HEIGHT, Constellations
from rehabgames.games.course import Course
from rehabgames.games.game import Point
from rehabgames.games.mechanic import Mechanic

SETTINGS: Final[Mapping[str, tuple[float, float]]] = {
    "shift": (0.1, 1.0),
    "star_radius": (0.05, 0.4),
    "hold_s": (0.0, 5.0),
    "home_radius": (0.05, 0.4),
    "home_hold_s": (0.0, 5.0),
    "trial_s": (2.0, 60.0),
    "pause_s": (0.0, 10.0),
}
GROWING_S: Final = 0.4
SHOWN_S: Final = 0.9  # in which a lit star rises
LOW, HIGH = 0.13, 0.24  # how high stars stand over the middle of the screen
GROUND: Final = -0.28  # where the ridge is
LAMP_RADIUS: Final = 0.1
STEP: Final = 0.02  # share of the shift between two places of the way
NEAR: Final = 0.1  # a shorter lean has no way to speak of

_KEY: Final = 0x57

Stage = Literal["star", "home"]


class StarsGame:
    """settings: the keys of SETTINGS. See Game. directions_deg change nothing here.

    seed  of the heights of the stars and of the constellations that they join to
    """

    def __init__(
        self,
        settings: Mapping[str, float],
        profile: Profile,
        side: Side,
        directions_deg: Sequence[float] = (),
        seed: int = 0,
    ) -> None:
        self._settings, self._seed = settings, seed
        self._standing = any(name.startswith("weight_shift") for name in profile.found)
        self._sky = Constellations(seed, 1.0 if side == "right" else -1.0)
        self._course = Course[Stage](SHOWN_S)
        self._home = Goal(90.0, 0.0, 0.0, 0.0, "shift")
        self._at: float | None = None
        self._lit = 0
        self._margin = self._reached = self._reach_s = math.nan
        self._from = self._last = math.nan
        self._way = 0.0

    def propose(self, number: int, levels: dict[str, float], direction_deg: float) -> TrialSpec:
        s = self._settings
        radius, hold_s = levels.get("size", s["star_radius"]), levels.get("hold", s["hold_s"])
        side = math.copysign(90.0, direction_deg)
        return TrialSpec(
            number=number,
            levels=dict(levels),
            goal=Goal(side, levels.get("shift", s["shift"]), radius, hold_s, "shift"),
            place=self._middle(),
            limit_s=levels.get("time", s["trial_s"]),
        )

    def _middle(self) -> Goal:
        s = self._settings
        return Goal(90.0, 0.0, s["home_radius"], s["home_hold_s"], "shift")

    def begin(self, spec: TrialSpec) -> None:
        self._course.begin(spec, "star")
        self._home = spec.place or self._middle()
        self._margin = self._reached = self._reach_s = math.nan
        self._from = self._last = math.nan
        self._way = 0.0
        self._course.tell("appear", *self._star())

    def step(self, hand: Point, dt_s: float, grip: float = math.nan) -> Outcome | None:
        self._at = hand[0]
        if not self._course.step(dt_s):
            return None
        goal = self._course.spec.goal
        if self._course.stage == "star":
            self._watch(goal, hand[0])
            if self._held(goal, dt_s):
                self._course.go_on("home")
                self._course.tell("pick", *self._star())
        elif self._held(self._home, dt_s):
            return self._end(success=True, reason="reached")
        if self._course.time_is_up:
            return self._end(success=False, reason=self._missed())
        return None

    def _missed(self) -> OutcomeReason:
        if self._course.stage == "home":
            return "out_of_time"
        return "not_reached" if math.isnan(self._reach_s) else "not_held"

    def _watch(self, goal: Goal, x: float) -> None:
        middle = goal.xy(1.0)[0]
        inside = goal.radius - abs(x - middle)
        along = x * math.copysign(1.0, middle)
        self._margin = inside if math.isnan(self._margin) else max(inside, self._margin)
        self._reached = along if math.isnan(self._reached) else max(along, self._reached)
        if not math.isnan(self._reach_s):
            return
        if math.isnan(self._from):
            self._from = self._last = x
        elif abs(x - self._last) >= STEP:  # what sways in place is no way
            self._way += abs(x - self._last)
            self._last = x
        if inside >= 0.0:
            self._reach_s = self._course.clock_s

    def _path_ratio(self) -> float:
        """Way to the star over the straight line; NaN where it never came or hardly moved."""
        straight = abs(self._last - self._from)
        if math.isnan(self._reach_s) or not straight >= NEAR:
            return math.nan
        return max(1.0, self._way / straight)

    def _held(self, goal: Goal, dt_s: float) -> bool:
        at = 0.0 if self._at is None else self._at
        inside = abs(at - goal.xy(1.0)[0]) <= goal.radius
        return self._course.hold.step(dt_s, goal.hold_s, inside=inside)

    def abandon(self) -> Outcome | None:
        return self._end(success=None, reason="stopped") if self._course.playing else None

    def _end(self, *, success: bool | None, reason: OutcomeReason) -> Outcome:
        return self._course.end(
            success=success,
            reason=reason,
            margin=self._margin,
            reached=self._reached,
            reach_s=self._reach_s,
            path_ratio=self._path_ratio(),
        )

    def settle(self, *, counted: bool) -> None:
        if self._course.settle(counted=counted):
            self._lit += counted
            self._course.tell_end(*(self._sky.place(self._lit - 1) if counted else self._star()))

    def target(self) -> Target | None:
        if not self._course.playing:
            return None
        goal = self._course.spec.goal if self._course.stage == "star" else self._home
        done = self._course.hold.share(goal.hold_s)
        return Target("lean", goal.xy(1.0)[0], 0.0, goal.radius, done, self._course.targets)

    def _star(self) -> Point:
        """Where the star of this trial stands over the ridge."""
        spec = self._course.spec
        rng = np.random.default_rng([self._seed, _KEY, spec.number])
        return spec.goal.xy(1.0)[0], float(rng.uniform(LOW, HIGH))

    def things(self) -> tuple[Thing, ...]:
        if not self._course.begun:
            return ()
        called: ThingState = "wanted" if self._course.stage == "home" else "ready"
        home = Thing("home", "home", 0.0, GROUND, self._home.radius, state=called)
        lamp = () if self._at is None else (Thing("lamp", "lamp", self._at, GROUND, LAMP_RADIUS),)
        return (*self._figures(), home, *self._shown_star(), *lamp)

    def _figures(self) -> tuple[Thing, ...]:
        rising = self._course.stage == "shown" and self._course.counted
        return tuple(
            Thing(
                f"constellation {figure.name}",
                "constellation",
                figure.x,
                HEIGHT,
                HALF[0],
                state="placed" if figure.share >= 1.0 else "ready",
                share=figure.share,
                way=figure.way,
            )
            for figure in self._sky.shown(self._lit - rising)
        )

    def _shown_star(self) -> tuple[Thing, ...]:
        if self._course.stage == "idle":
            return ()
        (x, y), goal = self._star(), self._course.spec.goal
        states: dict[str, ThingState] = {
            "star": "growing" if self._course.clock_s < GROWING_S else "ready",
            "home": "held",
            "saving": "held" if self._course.won else "fading",
            "shown": "placed" if self._course.counted else "fading",
        }
        state = states[self._course.stage]
        if state == "placed":
            k = min(1.0, self._course.shown_s / SHOWN_S)
            k *= k * (3.0 - 2.0 * k)
            to = self._sky.place(self._lit - 1)
            x, y = x + (to[0] - x) * k, y + (to[1] - y) * k
        share = float(state in ("held", "placed"))
        if self._course.stage == "star":
            share = self._course.hold.share(goal.hold_s)
        return (
            Thing(f"star {self._course.spec.number}", "star", x, y, goal.radius, state=state, share=share),
        )

    def prompt(self) -> Message | None:
        if self._course.stage == "star":
            if self._course.hold.so_far_s > 0.0:
                return Message("play.hold")
            return Message("play.star_standing" if self._standing else "play.star")
        if self._course.stage == "home":
            return Message("play.star_home")
        return self._course.verdict("play.star_missed")

    def cues(self) -> tuple[Cue, ...]:
        return self._course.cues()


STARS: Final = Mechanic(
    make=StarsGame,
    settings=SETTINGS,
    controls=frozenset({"seated_shift", "weight_shift"}),
    axes=frozenset({"shift", "hold", "size", "time"}),
    places=frozenset({"night_hill"}),
    moves=2,
)
