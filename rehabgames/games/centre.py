"""Hold a centre while disturbed: a raft is kept over a mark while swells push it to the sides.

What steers is where the weight is, a share of the own shift. The raft lies where that and the water
together take it, so whoever leans against the water keeps it in the calm ring. A hold that is left drains
FORGET times as fast as it grew. Nothing is held while the water rises, in the first RISE_S.

Things: "raft" (x, angle; "held" inside the ring), "ring" (share: of the hold done; "growing" while the water
rises, "placed" when it was held), "swell" (x: how far the water will push AHEAD_S from now, share of the own
shift, + to the right; share: the same over the most that is ever asked). A player who sees no picture keeps
the middle by leaning by the raft's distance from it, against it.
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
from rehabgames.games.course import Course
from rehabgames.games.game import Point
from rehabgames.games.mechanic import Mechanic
from rehabgames.games.raft import Raft
from rehabgames.games.swell import Swell

SETTINGS: Final[Mapping[str, tuple[float, float]]] = {
    "ring_radius": (0.05, 0.4),
    "hold_s": (0.5, 10.0),
    "push": (0.0, 0.8),
    "trial_s": (4.0, 60.0),
    "pause_s": (0.0, 10.0),
}
MOST_PUSH: Final = 0.8  # share of the own shift
RISE_S: Final = 1.0  # in which the water rises, and lies down again
AHEAD_S: Final = 1.0
SHOWN_S: Final = 0.9
RAFT_RADIUS: Final = 0.11
LOOK_S: Final = 0.05  # between two looks at where the raft is
MIDDLING: Final = 80.0  # percentile of the distance by which a hold is judged
LEAST_MARGIN: Final = 1e-3  # a hold that was kept is inside, however it went in between
HEEL: Final = 0.9  # rad per share of shift and second

Stage = Literal["play"]


class CentreGame:
    """settings: the keys of SETTINGS. See Game. directions_deg and the profile change nothing here.

    seed  of the water
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
        self._raft, self._floats = Raft(), False
        self._swell = Swell(0.0, (seed,), 1.0, 1.0)
        self._sea_s = self._risen = 0.0
        self._course = Course[Stage](SHOWN_S)
        self._began_s = math.nan
        self._off: list[float] = []

    def propose(self, number: int, levels: dict[str, float], direction_deg: float) -> TrialSpec:
        """The shifts that the water will ask for stand as a way, so that limits of shifts hold for it too;
        direction_deg: to which side the gusts push."""
        s = self._settings
        push = min(MOST_PUSH, max(0.0, levels.get("push", s["push"])))
        radius, hold_s = levels.get("size", s["ring_radius"]), levels.get("hold", s["hold_s"])
        against = math.copysign(90.0, -direction_deg)
        return TrialSpec(
            number=number,
            levels=dict(levels),
            goal=Goal(90.0, 0.0, radius, hold_s, "shift"),
            place=None,
            limit_s=levels.get("time", s["trial_s"]),
            way=tuple(Goal(side, push, radius, 0.0, "shift") for side in (against, -against)),
        )

    def begin(self, spec: TrialSpec) -> None:
        self._course.begin(spec, "play")
        self._began_s = math.nan
        self._off = []
        push = min((goal.distance for goal in spec.way), default=0.0)
        side = -spec.way[0].xy(1.0)[0] if spec.way else 1.0
        self._swell = Swell(push, (self._seed, spec.number), spec.limit_s, side)
        self._sea_s = self._risen = 0.0
        self._course.tell("appear", 0.0, 0.0)

    def step(self, hand: Point, dt_s: float, grip: float = math.nan) -> Outcome | None:
        self._float(hand[0], dt_s)
        if not self._course.step(dt_s):
            return None
        if self._course.clock_s > RISE_S and self._held(self._course.spec.goal, dt_s):
            return self._end(success=True, reason="reached")
        if self._course.time_is_up:
            return self._end(success=False, reason="not_held")
        return None

    def _float(self, x: float, dt_s: float) -> None:
        """The water rises with a trial and lies down after it; the raft goes where both take it."""
        self._sea_s += dt_s
        towards = dt_s if self._course.playing else -dt_s
        self._risen = min(1.0, max(0.0, self._risen + towards / RISE_S))
        pushed = self._pushed(0.0)
        if not self._floats:  # the first look: it lies where it is seen
            self._raft.put(x + pushed)
            self._floats = True
        slope_rad = -HEEL * (self._pushed(0.5) - self._pushed(-0.5))
        self._raft.step(dt_s, x + pushed, slope_rad)

    def _pushed(self, ahead_s: float) -> float:
        """How far the water pushes so many seconds from now, as it is known."""
        rises = ahead_s if self._course.playing else -ahead_s
        risen = min(1.0, max(0.0, self._risen + rises / RISE_S))
        return self._swell.at(self._sea_s + ahead_s) * risen * risen * (3.0 - 2.0 * risen)

    def _held(self, goal: Goal, dt_s: float) -> bool:
        off, now_s, hold = abs(self._raft.x), self._course.clock_s, self._course.hold
        looks = math.floor(now_s / LOOK_S) - math.floor((now_s - dt_s) / LOOK_S)
        self._off += [off] * looks
        held = hold.step(dt_s, goal.hold_s, inside=off <= goal.radius)
        if off <= goal.radius:
            if math.isnan(self._began_s):
                self._began_s = max(0.0, now_s - dt_s)
        elif hold.so_far_s <= 0.0:
            self._began_s = math.nan
        return held

    def abandon(self) -> Outcome | None:
        return self._end(success=None, reason="stopped") if self._course.playing else None

    def settle(self, *, counted: bool) -> None:
        if self._course.settle(counted=counted):
            self._course.tell_end(0.0 if counted else self._raft.x, 0.0)

    def _margin(self, success: bool | None) -> float:
        """How far inside the rim the raft was in the best stretch that is as long as the hold; NaN where it
        was never looked at."""
        goal = self._course.spec.goal
        if not self._off:
            return math.nan
        many = min(len(self._off), max(1, round(goal.hold_s / LOOK_S)))
        stretches = np.lib.stride_tricks.sliding_window_view(np.array(self._off), many)
        margin = goal.radius - float(np.percentile(stretches, MIDDLING, axis=1).min())
        if success is None:
            return margin
        return max(LEAST_MARGIN, margin) if success else min(-LEAST_MARGIN, margin)

    def _end(self, *, success: bool | None, reason: OutcomeReason) -> Outcome:
        return self._course.end(
            success=success, reason=reason, margin=self._margin(success), reach_s=self._began_s
        )

    def _share(self) -> float:
        """Of the hold that is done, 0..1."""
        hold = self._course.hold
        return hold.share(self._course.spec.goal.hold_s, of_none=float(hold.so_far_s > 0.0))

    def target(self) -> Target | None:
        if not self._course.playing:
            return None
        return Target("lean", 0.0, 0.0, self._course.spec.goal.radius, self._share(), self._course.targets)

    def things(self) -> tuple[Thing, ...]:
        if not self._course.begun:
            return ()
        radius = self._course.spec.goal.radius
        inside = abs(self._raft.x) <= radius
        raft = Thing(
            "raft",
            "raft",
            self._raft.x,
            0.0,
            RAFT_RADIUS,
            angle_rad=self._raft.heel_rad,
            state="held" if inside and self._course.playing else "ready",
        )
        ahead = self._pushed(AHEAD_S)
        swell = Thing("swell", "swell", ahead, 0.0, radius, share=min(1.0, abs(ahead) / MOST_PUSH))
        if self._course.stage == "idle":
            return (swell, raft)
        key = f"ring {self._course.spec.number}"
        ring = Thing(key, "ring", 0.0, 0.0, radius, state=self._ring(), share=self._share())
        return (ring, swell, raft)

    def _ring(self) -> ThingState:
        if self._course.playing:
            return "growing" if self._course.clock_s < RISE_S else "ready"
        judged = self._course.won and not self._course.spec.probe
        if self._course.stage == "shown":
            return "placed" if judged and self._course.counted else "fading"
        return "ready" if judged else "fading"

    def prompt(self) -> Message | None:
        if self._course.playing:
            return Message("play.centre")
        return self._course.verdict("play.centre_missed")

    def cues(self) -> tuple[Cue, ...]:
        return self._course.cues()


CENTRE: Final = Mechanic(
    make=CentreGame,
    settings=SETTINGS,
    controls=frozenset({"seated_shift", "weight_shift"}),
    axes=frozenset({"push", "size", "hold"}),
    places=frozenset({"harbour"}),
)
