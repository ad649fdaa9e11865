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
FORGET: Final = 2.0  # a hold that was left is lost this many times faster than it was made
GROWING_S: Final = 0.4
SHOWN_S: Final = 0.9  # how long the end of a trial is shown
BOARD: Final = 1.26  # half its length: a rim stands at either end
PIVOT_Y: Final = -0.34  # play coordinates of the board's middle

Stage = Literal["idle", "middle", "tilt", "saving", "shown"]


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
        self._stage: Stage = "idle"
        self._spec: TrialSpec | None = None
        self._way: list[Goal] = []
        self._rolling = Rolling()
        self._targets = 0
        self._cues: list[Cue] = []
        self._clock_s = self._hold_s = self._opened_s = self._shown_s = 0.0
        self._success: bool | None = None
        self._counted = False
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
        self._spec, self._way = spec, list(spec.way)
        self._success = None
        self._clock_s = self._hold_s = self._opened_s = 0.0
        self._margin = self._reached = self._reach_s = math.nan
        self._ask()

    def step(self, hand: Point, dt_s: float, grip: float = math.nan) -> Outcome | None:
        self._rolling.step(hand[0], dt_s)
        if self._stage == "shown":
            self._shown_s += dt_s
            if self._shown_s >= SHOWN_S:
                self._stage = "idle"
        if self._spec is None or self._stage not in ("middle", "tilt"):
            return None
        self._clock_s += dt_s
        if self._stage == "middle":
            if self._inside(self._way[0]) >= 0:
                self._ask()
        else:
            self._watch(self._spec.goal)
            if self._held(self._spec.goal, dt_s):
                return self._end(success=True, reason="reached")
        if self._clock_s >= self._spec.limit_s:
            arrived = math.isfinite(self._reach_s)
            return self._end(success=False, reason="not_held" if arrived else "not_reached")
        return None

    def abandon(self) -> Outcome | None:
        if self._stage not in ("middle", "tilt"):
            return None
        outcome = self._end(success=None, reason="stopped")
        self._stage = "idle"
        return outcome

    def settle(self, *, counted: bool) -> None:
        if self._stage != "saving" or self._spec is None:
            return
        self._stage, self._shown_s, self._counted = "shown", 0.0, counted
        if not self._spec.probe:
            self._cues.append(Cue("place" if counted else "miss", *self._spot(_along(self._spec.goal))))

    def target(self) -> Target | None:
        goal = self._asked()
        if goal is None:
            return None
        done = 0.0 if goal.hold_s <= 0 else min(1.0, self._hold_s / goal.hold_s)
        x, y = self._spot(_along(goal))
        return Target("lean", x, y, goal.radius, done, self._targets)

    def things(self) -> tuple[Thing, ...]:
        along = self._rolling.along
        board = Thing("board", "board", 0.0, PIVOT_Y, BOARD, self._rolling.tilt_rad)
        ball = Thing("ball", "ball", *self._spot(along), BALL, self._rolling.rolled_rad)
        return (board, *self._shown_hollow(), ball)

    def prompt(self) -> Message | None:
        if self._stage == "middle":
            return Message("play.tilt_middle")
        if self._stage == "tilt":
            return Message("play.hold" if self._hold_s > 0 else "play.tilt")
        if self._stage == "shown" and self._spec is not None and not self._spec.probe:
            return Message("play.well_done") if self._counted else Message("play.missed")
        return None

    def cues(self) -> tuple[Cue, ...]:
        told, self._cues = tuple(self._cues), []
        return told

    def _asked(self) -> Goal | None:
        if self._spec is None or self._stage not in ("middle", "tilt"):
            return None
        return self._way[0] if self._stage == "middle" else self._spec.goal

    def _ask(self) -> None:
        """The next place of the way, or the hollow."""
        assert self._spec is not None
        while self._way and self._inside(self._way[0]) >= 0:
            self._way.pop(0)  # the ball lies there already
        self._stage = "middle" if self._way else "tilt"
        self._targets += 1
        self._hold_s, self._opened_s = 0.0, self._clock_s
        if self._stage == "tilt":
            self._cues.append(Cue("appear", *self._spot(_along(self._spec.goal))))

    def _spot(self, along: float) -> Point:
        """Play coordinates of a ball's middle that lies at this place of the board."""
        return along, PIVOT_Y + self._rolling.height(along) + BALL

    def _shown_hollow(self) -> tuple[Thing, ...]:
        spec, asked = self._spec, self._asked()
        if spec is None or self._stage == "idle":
            return ()
        goal, kind = asked or spec.goal, "middle" if self._stage == "middle" else "hollow"
        along = _along(goal)
        slope = math.atan(along / BOWL + math.tan(self._rolling.tilt_rad))
        share = 0.0 if goal.hold_s <= 0 else min(1.0, self._hold_s / goal.hold_s)
        state = self._state(asked)
        return (Thing(f"{kind} {spec.number}", kind, *self._spot(along), goal.radius, slope, state, share),)

    def _state(self, asked: Goal | None) -> ThingState:
        if asked is not None:
            if self._clock_s - self._opened_s < GROWING_S:
                return "growing"
            return "held" if self._inside(asked) >= 0 else "ready"
        if self._stage == "saving":
            return "held" if self._success else "fading"
        # of a probe nobody says whether it was well done
        return "placed" if self._counted and self._spec and not self._spec.probe else "fading"

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
            self._reach_s = self._clock_s

    def _held(self, goal: Goal, dt_s: float) -> bool:
        if self._inside(goal) >= 0:
            self._hold_s += dt_s
            return self._hold_s >= goal.hold_s
        self._hold_s = max(0.0, self._hold_s - FORGET * dt_s)
        return False

    def _end(self, *, success: bool | None, reason: OutcomeReason) -> Outcome:
        assert self._spec is not None
        self._stage, self._success = "saving", success
        return Outcome(
            self._spec.number,
            success,
            reason,
            margin=self._margin,
            reached=self._reached,
            reach_s=self._reach_s,
            duration_s=self._clock_s,
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
    optional=frozenset({"shift"}),
)
