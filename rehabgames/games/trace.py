"""Trace a path: the hand goes to the start of a line, then along it; ink follows as long as it is near.

`spec.way` is the line, its start first, and `spec.goal` its far end. Leaving the line stops the ink until the
hand comes back to where it stopped; a shortcut draws nothing. The trial succeeds when the whole line is drawn
and the hand stays at its end for `goal.hold_s`, inside the time. The margin is that of the end, as in reach:
how far inside its rim the hand was at its best; where the line was not drawn to its end, it is short by what
was missing. So it speaks of distance and never of how straight it was; path_ratio does that: the way of the
hand over the length of the line.

Settings: way_radius (half the width of the way, arm lengths), start_hold_s, end_hold_s, trial_s, pause_s,
curve (0 straight lines .. 1 whole figures; left out: 1). Axes: distance (of the end, share of the calibrated
reach that way), size (way_radius), time (trial_s).

Things: "line" (way: its places; share: how much is drawn; "growing", "ready", "held" when it is done, or
"fading"; "placed": one of this session, which is kept), "pen" (where the ink is; "held" while it flows,
"ready" while it waits for the hand), "own_way" (way: where the hand went, for whoever may see that).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal

from rehabgames.core.landmarks import Side
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.trial import Goal, Outcome, OutcomeReason, TrialSpec
from rehabgames.core.view import Cue, Target, Thing, ThingState
from rehabgames.games.approach import NOWHERE, STEP, Approach
from rehabgames.games.course import Course
from rehabgames.games.figures import Figures
from rehabgames.games.game import Point
from rehabgames.games.inked import Inked
from rehabgames.games.mechanic import Mechanic

SETTINGS: Final[Mapping[str, tuple[float, float]]] = {
    "way_radius": (0.05, 0.3),
    "start_hold_s": (0.0, 3.0),
    "end_hold_s": (0.0, 3.0),
    "curve": (0.0, 1.0),
    "trial_s": (2.0, 60.0),
    "pause_s": (0.0, 10.0),
}
GROWING_S: Final = 0.5
SHOWN_S: Final = 1.2  # how long the end of a trial is shown
LED_S: Final = 0.4  # in which the target runs ahead of the pen, or back to it
LEAST: Final = 1e-3  # a line that was drawn is inside, one that was not is short, by so much at least

Stage = Literal["start", "line", "end"]


class TraceGame:
    """settings: the keys of SETTINGS; seed: of the figures; directions_deg: between which they lie.
    See Game."""

    def __init__(
        self,
        settings: Mapping[str, float],
        profile: Profile,
        side: Side,
        directions_deg: Sequence[float] = (),
        seed: int = 0,
    ) -> None:
        self._settings, self._profile = settings, profile
        self._outward = 1.0 if side == "right" else -1.0
        directions = tuple(directions_deg) or tuple(profile.reach) or (0.0,)
        self._figures = Figures(seed, directions, profile.reach_towards)
        self._course = Course[Stage](SHOWN_S)
        self._line = Inked([(0.0, 0.0), (1.0, 0.0)], 0.1)
        self._places: tuple[Point, ...] = ()
        self._own: list[Point] = []
        self._kept: list[tuple[Point, ...]] = []
        self._seen = Approach(NOWHERE, self._outward)
        self._lead = self._moved = 0.0
        self._came_s = math.nan

    def propose(self, number: int, levels: dict[str, float], direction_deg: float) -> TrialSpec:
        s = self._settings
        distance = levels["distance"] * self._profile.reach_towards(direction_deg)
        goal = Goal(direction_deg, distance, levels.get("size", s["way_radius"]), s["end_hold_s"])
        first, *rest = self._figures.way(number, goal, s.get("curve", 1.0))
        way = (replace(first, hold_s=s["start_hold_s"]), *rest)
        return TrialSpec(number, dict(levels), goal, None, levels.get("time", s["trial_s"]), way=way)

    def begin(self, spec: TrialSpec) -> None:
        self._course.begin(spec, "start")
        goals = (*spec.way, spec.goal) if spec.way else (spec.goal, spec.goal)
        self._places = tuple(goal.xy(self._outward) for goal in goals)
        self._line = Inked(self._places, spec.goal.radius)
        self._seen = Approach(spec.goal, self._outward)
        self._own = []
        self._lead = 0.0
        self._came_s = math.nan
        self._course.tell("appear", *self._places[0])

    def step(self, hand: Point, dt_s: float, grip: float = math.nan) -> Outcome | None:
        if not self._course.step(dt_s):
            return None
        self._seen.step(hand, self._course.clock_s)
        if self._course.stage == "start":
            if self._held(hand, self._places[0], self._first, dt_s):
                self._course.go_on("line")
                self._course.tell("pick", *self._places[0])
        elif self._course.stage == "line":
            self._draw(hand, dt_s)
        if self._course.stage == "end" and self._at_the_end(hand, dt_s):
            return self._end(success=True, reason="reached")
        if self._course.time_is_up:
            return self._end(success=False, reason=self._why_not())
        return None

    def abandon(self) -> Outcome | None:
        return self._end(success=None, reason="stopped") if self._course.playing else None

    def settle(self, *, counted: bool) -> None:
        if self._course.settle(counted=counted):
            self._kept += [self._places] if counted else []
            self._course.tell_end(*self._line.place())

    def target(self) -> Target | None:
        if not self._course.playing:
            return None
        goal, at = self._course.spec.goal, self._line.place(self._lead)
        if self._course.stage == "line":
            done = self._line.share
        else:
            asked = goal if self._course.stage == "end" else self._first
            done = self._course.hold.share(asked.hold_s, of_none=1.0)
        return Target("follow", *at, goal.radius, done, self._course.targets)

    def things(self) -> tuple[Thing, ...]:
        kept = tuple(
            Thing(f"line kept {i}", "line", *way[-1], 0.1, state="placed", share=1.0, way=way)
            for i, way in enumerate(self._kept)
        )
        if self._course.stage == "idle":
            return kept
        number, radius, share = self._course.spec.number, self._course.spec.goal.radius, self._line.share
        end, state = self._places[-1], self._line_state
        line = Thing(f"line {number}", "line", *end, radius, state=state, share=share, way=self._places)
        own = Thing(f"own way {number}", "own_way", *end, radius, state=state, way=tuple(self._own))
        if self._course.stage not in ("line", "end"):
            return (*kept, line, own)
        flows: ThingState = "held" if self._line.near else "ready"
        pen = Thing(f"pen {number}", "pen", *self._line.place(), radius, state=flows, share=share)
        return (*kept, line, own, pen)

    def prompt(self) -> Message | None:
        if self._course.stage == "start":
            return Message("play.hold" if self._course.hold.so_far_s > 0 else "play.trace_start")
        if self._course.stage == "line":
            return Message("play.trace" if self._line.near else "play.trace_back")
        if self._course.stage == "end":
            return Message("play.hold")
        return self._course.verdict()

    def cues(self) -> tuple[Cue, ...]:
        return self._course.cues()

    @property
    def _first(self) -> Goal:
        spec = self._course.spec
        return spec.way[0] if spec.way else spec.goal

    def _draw(self, hand: Point, dt_s: float) -> None:
        self._line.draw(hand)
        if not self._own or math.dist(hand, self._own[-1]) >= STEP:
            self._own.append(hand)
        # it leads the eye where the hand is to go: on, or back to where the ink stopped
        on = self._line.ahead * dt_s / LED_S
        self._lead = min(self._line.ahead, max(0.0, self._lead + (on if self._line.near else -on)))
        if self._line.done:
            # the target keeps its number: it was to be gone to all along, and whoever goes there goes on
            self._course.go_on("end", targets=0)
            self._moved = self._line.moved

    def _at_the_end(self, hand: Point, dt_s: float) -> bool:
        goal, end = self._course.spec.goal, self._places[-1]
        if math.dist(hand, end) <= goal.radius and math.isnan(self._came_s):
            self._came_s = self._course.clock_s
        return self._held(hand, end, goal, dt_s)

    def _held(self, hand: Point, place: Point, goal: Goal, dt_s: float) -> bool:
        inside = math.dist(hand, place) <= goal.radius
        return self._course.hold.step(dt_s, goal.hold_s, inside=inside)

    @property
    def _line_state(self) -> ThingState:
        if self._course.stage == "saving":
            return "held" if self._line.done else "ready"
        if self._course.stage == "shown":
            return "held" if self._course.counted else "fading"
        return "growing" if self._course.clock_s < GROWING_S else "ready"

    def _why_not(self) -> OutcomeReason:
        if self._course.stage == "end":
            return "not_held"
        return "left_way" if self._course.stage == "line" and not self._line.near else "not_reached"

    def _margin(self, success: bool | None) -> float:
        inside = self._seen.margin
        if math.isnan(inside):
            return math.nan
        if self._course.stage == "end":
            return max(LEAST, inside) if success else inside
        return min(inside, -max(LEAST, self._line.missing))

    def _end(self, *, success: bool | None, reason: OutcomeReason) -> Outcome:
        came = math.isfinite(self._came_s) and self._line.length > 0
        return self._course.end(
            success=success,
            reason=reason,
            margin=self._margin(success),
            reached=self._seen.reached,
            reach_s=self._came_s,
            path_ratio=max(1.0, self._moved / self._line.length) if came else math.nan,
        )


TRACE: Final = Mechanic(
    make=TraceGame,
    settings=SETTINGS,
    optional=frozenset({"curve"}),
    controls=frozenset({"hand_position"}),
    axes=frozenset({"distance", "size", "time"}),
    needs=frozenset({"distance"}),
    places=frozenset({"library"}),
    moves=2,
)
