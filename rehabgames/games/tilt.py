"""Tilt: the lean tilts a curved board, a ball rolls on it and is to be kept in a hollow.

The board is so curved that the ball comes to rest where the lean says: a full own shift is its end. Every
trial first asks the ball back to the middle (spec.way), so that every repetition is a whole shift of
weight; then the hollow opens. The trial succeeds when the ball was kept in it for the goal's hold_s. The
margin is of the ball's arrival: how far inside or short of the hollow's rim it was at its best. A ball
that came and did not stay ("not_held") has a positive one, which is no success of the hold.

Things: "board" (x, y its middle, radius its half length, angle_rad + where the right end is up), "ball"
(angle_rad how far it has rolled), "middle" and "hollow" (radius of the place to be in, angle_rad the
slope there, share of the hold; states growing, ready, held while the ball is inside, placed, fading).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from rehabgames.core.landmarks import Side
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.trial import Goal, Outcome, OutcomeReason, TrialSpec
from rehabgames.core.view import Cue, Target, Thing, ThingState
from rehabgames.games.course import Course
from rehabgames.games.game import Point
from rehabgames.games.mechanic import Mechanic
from rehabgames.games.rolling import BALL, BOWL, Rolling

SETTINGS: Final[Mapping[str, tuple[float, float]]] = {
    "shift": (0.1, 1.0),
    "hollow_radius": (0.05, 0.4),
    "hold_s": (0.0, 3.0),
    "middle_radius": (0.05, 0.4),
    "trial_s": (2.0, 60.0),
    "pause_s": (0.0, 10.0),
}
SHIFT: Final = 0.6  # where neither an axis nor a setting says how far
BESIDE: Final = 90.0
GROWING_S: Final = 0.4
SHOWN_S: Final = 0.9  # how long the end of a trial is shown
BOARD: Final = 1.26  # half its length: a rim stands at either end
PIVOT_Y: Final = -0.34  # play coordinates of the board's middle

Stage = Literal["middle", "tilt"]


class TiltGame:
    """settings: the keys of SETTINGS. See Game. The lean alone steers: hand[0], share of the own shift."""

    def __init__(
        self,
        settings: Mapping[str, float],
        profile: Profile,
        side: Side,
        directions_deg: Sequence[float] = (),
        seed: int = 0,
    ) -> None:
        self._settings = settings
        self._course = Course[Stage](SHOWN_S)
        self._way: list[Goal] = []
        self._rolling = Rolling()
        self._opened_s = 0.0
        self._margin = self._reached = self._reach_s = math.nan

    def propose(self, number: int, levels: dict[str, float], direction_deg: float) -> TrialSpec:
        s = self._settings
        radius, hold_s = levels.get("size", s["hollow_radius"]), levels.get("hold", s["hold_s"])
        beside = -BESIDE if direction_deg < 0 else BESIDE
        return TrialSpec(
            number=number,
            levels=dict(levels),
            goal=Goal(beside, levels.get("shift", s.get("shift", SHIFT)), radius, hold_s, "shift"),
            place=None,
            limit_s=levels.get("time", s["trial_s"]),
            way=(Goal(beside, 0.0, s["middle_radius"], 0.0, "shift"),),
        )

    def begin(self, spec: TrialSpec) -> None:
        self._way = list(spec.way)
        self._margin = self._reached = self._reach_s = math.nan
        self._course.begin(spec, self._next())
        self._opens()

    def step(self, hand: Point, dt_s: float, grip: float = math.nan) -> Outcome | None:
        self._rolling.step(hand[0], dt_s)
        if not self._course.step(dt_s):
            return None
        if self._course.stage == "middle":
            if self._inside(self._way[0]) >= 0:
                self._course.go_on(self._next())
                self._opens()
        else:
            self._watch(self._course.spec.goal)
            if self._held(self._course.spec.goal, dt_s):
                return self._end(success=True, reason="reached")
        if self._course.time_is_up:
            arrived = math.isfinite(self._reach_s)
            return self._end(success=False, reason="not_held" if arrived else "not_reached")
        return None

    def abandon(self) -> Outcome | None:
        return self._end(success=None, reason="stopped") if self._course.playing else None

    def settle(self, *, counted: bool) -> None:
        if self._course.settle(counted=counted):
            self._course.tell_end(*self._spot(_along(self._course.spec.goal)))

    def target(self) -> Target | None:
        goal = self._asked()
        if goal is None:
            return None
        x, y = self._spot(_along(goal))
        return Target("lean", x, y, goal.radius, self._course.hold.share(goal.hold_s), self._course.targets)

    def things(self) -> tuple[Thing, ...]:
        along = self._rolling.along
        board = Thing("board", "board", 0.0, PIVOT_Y, BOARD, self._rolling.tilt_rad)
        ball = Thing("ball", "ball", *self._spot(along), BALL, self._rolling.rolled_rad)
        return (board, *self._shown_hollow(), ball)

    def prompt(self) -> Message | None:
        if self._course.stage == "middle":
            return Message("play.tilt_middle")
        if self._course.stage == "tilt":
            return Message("play.hold" if self._course.hold.so_far_s > 0 else "play.tilt")
        return self._course.verdict()

    def cues(self) -> tuple[Cue, ...]:
        return self._course.cues()

    def _asked(self) -> Goal | None:
        if not self._course.playing:
            return None
        return self._way[0] if self._course.stage == "middle" else self._course.spec.goal

    def _next(self) -> Stage:
        """The next place of the way, or the hollow."""
        while self._way and self._inside(self._way[0]) >= 0:
            self._way.pop(0)  # the ball lies there already
        return "middle" if self._way else "tilt"

    def _opens(self) -> None:
        self._opened_s = self._course.clock_s
        if self._course.stage == "tilt":
            self._course.tell("appear", *self._spot(_along(self._course.spec.goal)))

    def _spot(self, along: float) -> Point:
        """Play coordinates of a ball's middle that lies at this place of the board."""
        return along, PIVOT_Y + self._rolling.height(along) + BALL

    def _shown_hollow(self) -> tuple[Thing, ...]:
        if self._course.stage == "idle":
            return ()
        spec, asked = self._course.spec, self._asked()
        goal, kind = asked or spec.goal, "middle" if self._course.stage == "middle" else "hollow"
        along = _along(goal)
        slope = math.atan(along / BOWL + math.tan(self._rolling.tilt_rad))
        share = self._course.hold.share(goal.hold_s)
        state = self._state(asked)
        return (Thing(f"{kind} {spec.number}", kind, *self._spot(along), goal.radius, slope, state, share),)

    def _state(self, asked: Goal | None) -> ThingState:
        if asked is not None:
            if self._course.clock_s - self._opened_s < GROWING_S:
                return "growing"
            return "held" if self._inside(asked) >= 0 else "ready"
        if self._course.stage == "saving":
            return "held" if self._course.won else "fading"
        # of a probe nobody says whether it was well done
        return "placed" if self._course.counted and not self._course.spec.probe else "fading"

    def _inside(self, goal: Goal) -> float:
        """How far inside (+) or short (-) of the rim the ball is now."""
        return goal.radius - abs(self._rolling.along - _along(goal))

    def _watch(self, goal: Goal) -> None:
        inside = self._inside(goal)
        outward = math.copysign(1.0, _along(goal)) * self._rolling.along
        # NaN, before the first look, is beaten by every number
        self._margin = inside if math.isnan(self._margin) else max(inside, self._margin)
        self._reached = outward if math.isnan(self._reached) else max(outward, self._reached)
        if inside >= 0 and math.isnan(self._reach_s):
            self._reach_s = self._course.clock_s

    def _held(self, goal: Goal, dt_s: float) -> bool:
        return self._course.hold.step(dt_s, goal.hold_s, inside=self._inside(goal) >= 0)

    def _end(self, *, success: bool | None, reason: OutcomeReason) -> Outcome:
        return self._course.end(
            success=success,
            reason=reason,
            margin=self._margin,
            reached=self._reached,
            reach_s=self._reach_s,
        )


def _along(goal: Goal) -> float:
    """Where the goal is on the board."""
    return goal.xy(1.0)[0]


TILT: Final = Mechanic(
    make=TiltGame,
    settings=SETTINGS,
    controls=frozenset({"seated_shift", "weight_shift"}),
    axes=frozenset({"shift", "hold", "size", "time"}),
    places=frozenset({"workshop"}),
    moves=2,
    optional=frozenset({"shift"}),
)
