"""Steer: a lean of the trunk, or the weight on one side, steers a boat along a river and through gates.

One trial is one gate. It comes into sight when the trial begins and lies at the boat, from its entry to its
exit, in the last goal.hold_s before limit_s: that is how long passing through it takes, and the river's
speed follows from it. The boat has to be in the gate's lane for SHARE_INSIDE of the passage; how far inside
the lane's edge it was for so much of it is the margin, so margin > 0 is the success.

Things it shows, all at y = 0 but for the river:
  "river"  y: how far the river has carried the boat, 1 = as far as a gate is away when it comes into sight
  "boat"   x; angle_rad: how far it heels, + counter-clockwise on the screen
  "gate"   x of the lane's middle, radius its half width; share: how near its entry is, 0 in sight .. 1 at
           the boat; way: ((x, share of the entry), (x, share of the exit)), where more than 1 lies behind the
           boat; state: "growing" into sight, "ready" ahead and while nothing is said of it, "placed" passed
           through and counted, "fading" not passed through, given up, or never judged aloud
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rehabgames.core.landmarks import Side
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.trial import Goal, Outcome, OutcomeReason, TrialSpec
from rehabgames.core.view import Cue, Target, Thing, ThingState
from rehabgames.games.boat import Boat
from rehabgames.games.course import Course
from rehabgames.games.fixed import FIXED_STEP_S
from rehabgames.games.game import Point
from rehabgames.games.mechanic import Mechanic

SETTINGS: Final[Mapping[str, tuple[float, float]]] = {
    "gate_radius": (0.05, 0.4),
    "hold_s": (0.1, 3.0),
    "boat_follow_s": (0.05, 0.6),
    "trial_s": (2.0, 60.0),
    "pause_s": (0.0, 10.0),
}
FOLLOW_S: Final = 0.25
SHARE_INSIDE: Final = 0.7  # of the passage; noise of the tracking may take the rest
SIDEWAYS_DEG: Final = 90.0
FORGIVEN_S: Final = 0.25  # out of the lane for no longer than this, the boat has stayed
GROWING_S: Final = 0.6
SHOWN_S: Final = 1.2  # how long the end of a trial is shown
GONE: Final = 0.9  # a gate so far behind the boat is seen no more
STEP: Final = 0.02  # of the shift between two places of the boat's way
NEAR: Final = 0.1  # a shorter way across has no straightness to speak of

Stage = Literal["playing"]


@dataclass(slots=True)
class _Gate:
    """A gate in the river; entry and exit as the river's own places (see "river"). number: of its target."""

    number: int
    goal: Goal
    entry: float
    exit: float
    state: ThingState = "ready"


class SteerGame:
    """settings: the keys of SETTINGS. See Game. directions_deg and seed are not needed: every gate is to
    the right (90) or to the left (-90), and there is nothing else in the river."""

    def __init__(
        self,
        settings: Mapping[str, float],
        profile: Profile,
        side: Side,
        directions_deg: Sequence[float] = (),
        seed: int = 0,
    ) -> None:
        self._settings = settings
        self._boat = Boat(settings.get("boat_follow_s", FOLLOW_S))
        self._course = Course[Stage](SHOWN_S)
        self._gates: list[_Gate] = []
        self._left_s = self._travelled = 0.0
        self._speed = 1.0 / max(FIXED_STEP_S, settings["trial_s"] - settings["hold_s"])
        self._ticks = self._last = self._passing = 0
        self._away: list[float] = []
        self._entered_s, self._out_s = math.nan, 0.0
        self._reached = math.nan
        self._way: list[float] = []

    def propose(self, number: int, levels: dict[str, float], direction_deg: float) -> TrialSpec:
        s = self._settings
        radius, hold_s = levels.get("size", s["gate_radius"]), levels.get("hold", s["hold_s"])
        side_deg = -SIDEWAYS_DEG if direction_deg < 0 else SIDEWAYS_DEG
        return TrialSpec(
            number=number,
            levels=dict(levels),
            goal=Goal(side_deg, levels["shift"], radius, hold_s, "shift"),
            place=None,
            limit_s=levels.get("time", s["trial_s"]),
        )

    def begin(self, spec: TrialSpec) -> None:
        self._course.begin(spec, "playing")
        self._passing = max(1, round(spec.goal.hold_s / FIXED_STEP_S))
        self._last = max(self._passing + 1, round(spec.limit_s / FIXED_STEP_S))
        coming = self._last - self._passing
        self._speed = 1.0 / (coming * FIXED_STEP_S)
        entry = self._travelled + 1.0
        self._gates.append(_Gate(self._course.targets, spec.goal, entry, entry + self._passing / coming))
        self._ticks = 0
        self._away, self._way = [], []
        self._entered_s, self._out_s = math.nan, 0.0
        self._reached = math.nan
        self._course.tell("appear", _x(spec.goal), 0.0)

    def step(self, hand: Point, dt_s: float, grip: float = math.nan) -> Outcome | None:
        self._course.step(dt_s)
        ended: Outcome | None = None
        self._left_s += dt_s
        while self._left_s >= FIXED_STEP_S:
            self._left_s -= FIXED_STEP_S
            self._boat.step(hand[0])
            self._travelled += self._speed * FIXED_STEP_S
            if self._course.playing:
                ended = self._tick() or ended
        self._gates = [gate for gate in self._gates if self._travelled - gate.exit < GONE]
        return ended

    def abandon(self) -> Outcome | None:
        if not self._course.playing:
            return None
        self._gates[-1].state = "fading"
        return self._end(success=None, reason="stopped")

    def settle(self, *, counted: bool) -> None:
        if not self._course.settle(counted=counted):
            return
        spec = self._course.spec
        for gate in (each for each in self._gates if each.number == self._course.targets):
            gate.state = "placed" if counted and not spec.probe else "fading"
        self._course.tell_end(self._boat.x if counted else _x(spec.goal), 0.0)

    def target(self) -> Target | None:
        if not self._course.playing:
            return None
        goal = self._course.spec.goal
        done = sum(away < goal.radius for away in self._away) / self._passing
        return Target("lean", _x(goal), 0.0, goal.radius, done, self._course.targets)

    def things(self) -> tuple[Thing, ...]:
        river = Thing("river", "river", 0.0, self._travelled, 0.0)
        boat = Thing("boat", "boat", self._boat.x, 0.0, 0.0, self._boat.heel_rad)
        return (river, *(self._shown(gate) for gate in self._gates), boat)

    def prompt(self) -> Message | None:
        if self._course.playing:
            if math.isfinite(self._entered_s):
                return Message("play.steer_stay")
            side = "right" if _x(self._course.spec.goal) > self._boat.x else "left"
            return Message("play.steer", {"side": f"side.{side}"})
        return self._course.verdict("play.steer_missed")

    def cues(self) -> tuple[Cue, ...]:
        return self._course.cues()

    def _shown(self, gate: _Gate) -> Thing:
        x = _x(gate.goal)
        entry, leaving = (1.0 - (at - self._travelled) for at in (gate.entry, gate.exit))
        current = self._course.playing and gate.number == self._course.targets
        young = current and self._ticks * FIXED_STEP_S < GROWING_S
        return Thing(
            f"gate {gate.number}",
            "gate",
            x,
            0.0,
            gate.goal.radius,
            state="growing" if young else gate.state,
            share=max(0.0, min(1.0, entry)),
            way=((x, entry), (x, leaving)),
        )

    def _tick(self) -> Outcome | None:
        """One fixed step of a trial."""
        goal, x = self._course.spec.goal, self._boat.x
        self._ticks += 1
        away, along = abs(x - _x(goal)), math.copysign(1.0, _x(goal)) * x
        # NaN, before the first look, is beaten by every number
        self._reached = along if math.isnan(self._reached) else max(self._reached, along)
        if not self._way or (math.isnan(self._entered_s) and abs(x - self._way[-1]) >= STEP):
            self._way.append(x)
        self._watch_lane(inside=away < goal.radius)
        if self._ticks > self._last - self._passing:
            self._away.append(away)
        if self._ticks < self._last:
            return None
        success = self._margin() > 0
        return self._end(success=success, reason="reached" if success else "missed")

    def _watch_lane(self, *, inside: bool) -> None:
        """Since when the boat is in the lane; short slips out of it are none."""
        if inside:
            self._out_s = 0.0
            if math.isnan(self._entered_s):
                self._entered_s = self._ticks * FIXED_STEP_S
        else:
            self._out_s += FIXED_STEP_S
            if self._out_s > FORGIVEN_S:
                self._entered_s = math.nan

    def _margin(self) -> float:
        """How far inside the lane's edge the boat was for SHARE_INSIDE of the passage; before that begins,
        how far it is now."""
        goal = self._course.spec.goal
        if not self._ticks:
            return math.nan
        away = sorted(self._away) or [abs(self._boat.x - _x(goal))]
        return goal.radius - away[math.ceil(SHARE_INSIDE * len(away)) - 1]

    def _path_ratio(self) -> float:
        """Way of the boat to the lane over the straight line; NaN where it never came or hardly moved."""
        if math.isnan(self._entered_s) or len(self._way) < 2:
            return math.nan
        straight = abs(self._way[-1] - self._way[0])
        way = sum(abs(b - a) for a, b in itertools.pairwise(self._way))
        return max(1.0, way / straight) if straight >= NEAR else math.nan

    def _end(self, *, success: bool | None, reason: OutcomeReason) -> Outcome:
        return self._course.end(
            success=success,
            reason=reason,
            margin=self._margin(),
            reached=self._reached,
            reach_s=self._entered_s,
            duration_s=self._ticks * FIXED_STEP_S,
            path_ratio=self._path_ratio(),
        )


def _x(goal: Goal) -> float:
    return goal.xy(1.0)[0]


STEER: Final = Mechanic(
    make=SteerGame,
    settings=SETTINGS,
    optional=frozenset({"boat_follow_s"}),
    controls=frozenset({"seated_shift", "weight_shift"}),
    axes=frozenset({"shift", "time", "size", "hold"}),
    needs=frozenset({"shift"}),
    places=frozenset({"river"}),
    whole=True,
)
