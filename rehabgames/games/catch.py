"""Catch what falls: something light drifts down, and is caught by being there when it passes.

Where it will land is shown from the start, so that the way there can be planned. It drifts through the
goal's circle during the last moments of the trial; the hand catches it by being inside for `hold_s` of the
goal, which is half of that passage. So the margin is radius less the middle (median) distance of the hand
during the passage, or of the half that caught it: above 0 where it was caught, and nowhere else.

Settings: catch_radius (arm lengths), catch_s (how long the passage is), trial_s (until the passage ends),
pause_s. Axes: distance (share of the calibrated reach that way), time (trial_s), size (catch_radius).

Things: "seed" (whatever falls in this place; "growing", "ready", then "held" in the hand or "fading"),
"landing" (the goal's circle; share: how much of the fall is over; "ready", "fading"), and one "seed" of state
"placed" for each that was caught.
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
from rehabgames.games.approach import NOWHERE, Approach
from rehabgames.games.course import Course
from rehabgames.games.drifting import Drifting
from rehabgames.games.game import Point
from rehabgames.games.mechanic import Mechanic

SETTINGS: Final[Mapping[str, tuple[float, float]]] = {
    "catch_radius": (0.05, 0.4),
    "catch_s": (0.4, 2.0),
    "trial_s": (2.0, 60.0),
    "pause_s": (0.0, 10.0),
}
LEAST_HOLD_S: Final = 0.1  # an envelope may cut the hold: it never is nothing
GROWING_S: Final = 0.4
SHOWN_S: Final = 0.9  # how long the end of a trial is shown
_SEED = 0x63

Stage = Literal["falling"]


class CatchGame:
    """settings: the keys of SETTINGS; seed: of how things drift. See Game."""

    def __init__(
        self,
        settings: Mapping[str, float],
        profile: Profile,
        side: Side,
        directions_deg: Sequence[float] = (),
        seed: int = 0,
    ) -> None:
        self._settings, self._profile, self._seed = settings, profile, seed
        self._outward = 1.0 if side == "right" else -1.0
        self._course = Course[Stage](SHOWN_S)
        self._seen = Approach(NOWHERE, self._outward)
        self._drift: Drifting | None = None
        self._passage = Passage(1.0, 0.0, LEAST_HOLD_S)
        self._hand: Point = (0.0, 0.0)
        self._caught = 0

    def propose(self, number: int, levels: dict[str, float], direction_deg: float) -> TrialSpec:
        s = self._settings
        distance = levels["distance"] * self._profile.reach_towards(direction_deg)
        goal = Goal(direction_deg, distance, levels.get("size", s["catch_radius"]), s["catch_s"] / 2)
        return TrialSpec(number, dict(levels), goal, None, levels.get("time", s["trial_s"]))

    def begin(self, spec: TrialSpec) -> None:
        goal, place = spec.goal, spec.goal.xy(self._outward)
        hold_s = max(LEAST_HOLD_S, goal.hold_s)
        fall_s = max(0.0, spec.limit_s - 2 * hold_s)
        rng = np.random.default_rng((self._seed, _SEED, spec.number))
        self._drift = Drifting(place, goal.radius, fall_s, 2 * hold_s, rng)
        self._passage = Passage(goal.radius, fall_s, hold_s)
        self._seen = Approach(goal, self._outward)
        self._course.begin(spec, "falling")
        self._course.tell("appear", *place)

    def step(self, hand: Point, dt_s: float, grip: float = math.nan) -> Outcome | None:
        self._hand = hand
        if self._drift is not None:
            if self._course.stage in ("saving", "shown") and self._course.won:
                self._drift.hold(hand)
            self._drift.step(dt_s)
        if not self._course.step(dt_s):
            return None
        self._seen.step(hand, self._course.clock_s)
        off = self._seen.away(hand)
        self._passage.watch(off, self._course.clock_s, dt_s)
        if self._passage.caught:
            self._course.tell("pick", *hand)
            return self._end(success=True, reason="reached")
        if self._course.time_is_up:
            return self._end(success=False, reason="missed")
        return None

    def abandon(self) -> Outcome | None:
        return self._end(success=None, reason="stopped") if self._course.playing else None

    def settle(self, *, counted: bool) -> None:
        if self._course.settle(counted=counted):
            self._caught += counted
            self._course.tell_end(*self._course.spec.goal.xy(self._outward))

    def target(self) -> Target | None:
        if not self._course.playing:
            return None
        goal = self._course.spec.goal
        return Target("catch", *goal.xy(self._outward), goal.radius, self._share, self._course.targets)

    def things(self) -> tuple[Thing, ...]:
        (x, y), caught = self._hand, []
        for i in range(self._caught):
            caught.append(Thing(f"caught {i}", "seed", x, y, 0.1, state="placed"))
        if self._drift is None or self._course.stage == "idle":
            return tuple(caught)
        goal, number, share = self._course.spec.goal, self._course.spec.number, self._share
        at, place, radius = self._drift.place, goal.xy(self._outward), goal.radius
        lies: ThingState = "ready" if self._course.playing else "fading"
        landing = Thing(f"landing {number}", "landing", *place, radius, state=lies, share=share)
        turn_rad = self._drift.turn_rad
        seed = Thing(f"seed {number}", "seed", *at, radius, turn_rad, self._seed_state, share)
        return (*caught, landing, seed)

    def prompt(self) -> Message | None:
        if self._course.playing:
            goal = self._course.spec.goal
            there = math.dist(self._hand, goal.xy(self._outward)) <= goal.radius
            return Message("play.hold" if there else "play.catch")
        return self._course.verdict()

    def cues(self) -> tuple[Cue, ...]:
        return self._course.cues()

    @property
    def _share(self) -> float:
        """How much of the fall is over, until it begins to pass."""
        return min(1.0, self._course.clock_s / max(1e-3, self._passage.begin_s))

    @property
    def _seed_state(self) -> ThingState:
        if self._course.playing:
            return "growing" if self._course.clock_s < GROWING_S else "ready"
        if self._course.stage == "saving":
            return "held" if self._course.won else "ready"
        return "fading"

    def _end(self, *, success: bool | None, reason: OutcomeReason) -> Outcome:
        measures = self._seen.measures()
        if success is not None:
            measures["margin"] = self._passage.margin
        return self._course.end(success=success, reason=reason, **measures)


class Passage:
    """The moments in which it can be caught: 2 · hold_s from begin_s on; hold_s of them inside are enough."""

    def __init__(self, radius: float, begin_s: float, hold_s: float) -> None:
        self.begin_s = begin_s
        self._radius, self._hold_s = radius, hold_s
        self._seen: list[tuple[float, float]] = []  # distance, for how long
        self._inside_s = 0.0

    def watch(self, off: float, clock_s: float, dt_s: float) -> None:
        """The hand was so far away in the dt_s until now."""
        during_s = min(dt_s, clock_s - self.begin_s)
        if during_s <= 0 or self.caught:
            return
        self._seen.append((off, during_s))
        self._inside_s += during_s if off < self._radius else 0.0

    @property
    def caught(self) -> bool:
        return self._inside_s >= self._hold_s - 1e-9

    @property
    def margin(self) -> float:
        """radius less the distance that was kept for hold_s; NaN where nothing of it was seen."""
        if not self._seen:
            return math.nan
        kept_s = farthest = 0.0
        for off, for_s in sorted(self._seen):
            if kept_s >= self._hold_s - 1e-9:
                break
            kept_s, farthest = kept_s + for_s, off
        return self._radius - farthest


CATCH: Final = Mechanic(
    make=CatchGame,
    settings=SETTINGS,
    controls=frozenset({"hand_position"}),
    axes=frozenset({"distance", "time", "size"}),
    needs=frozenset({"distance"}),
    places=frozenset({"garden"}),
    whole=True,
)
