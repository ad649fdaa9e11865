"""Pinch and pour: a jug pours into a glass for as long as thumb and index are pinched at its handle.

The pour begins START_S after the pinch and is constant; opening the fingers, or leaving the handle, ends it
after STOPPED_S in which it might go on. The trial succeeds when what was poured lies inside the band around
what was asked: Goal.hold_s seconds of pouring, within the share of it that the level of "size" says. While
the pinch is not seen (NaN) nothing flows and nothing ends, for no amount is to come of not being seen.

The margin is of the amount, not of the place: (half the band - what is poured beside) as a share of what was
asked, as the level of "size" is. So it is 0 at the band's edge, and less outside; it is never above 0 where
the time was over.

Things: "jug" (place of its handle; angle_rad: how far it is tipped; ready, held while it is pinched, growing,
fading), "glass" (place: middle of its foot; radius: half its width; share: how full, of its height; way: the
heights of the line, and of the lowest and highest that count, of its height; growing, ready, fading, placed).
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
from rehabgames.games.approach import Approach
from rehabgames.games.course import Course
from rehabgames.games.game import Point
from rehabgames.games.gripping import Gripping
from rehabgames.games.mechanic import Mechanic

SETTINGS: Final[Mapping[str, tuple[float, float]]] = {
    "jug_distance": (0.0, 0.6),
    "jug_radius": (0.05, 0.4),
    "pour_s": (0.3, 3.0),
    "band": (0.05, 0.4),
    "grip": (0.1, 0.95),
    "release": (0.0, 0.6),
    "trial_s": (2.0, 60.0),
    "pause_s": (0.0, 10.0),
}
START_S: Final = 0.2
OVER: Final = 2.0  # half bands over the line at which nobody waits for the fingers to open
STOPPED_S: Final = 0.25
LEFT: Final = 1.3  # radii: so far a hand that pours may stray
TIPPED_RAD: Final = 1.0
ASIDE, BELOW = 1.3, 2.9  # radii from the handle to the glass: towards the body's middle, and down to its foot
GLASS: Final = 0.62  # half the width of the glass, of the handle's radius
LINE, LINE_S, HIGHEST = 0.34, 0.13, 0.72  # height of the line: at none, more for each second, at most
LEAST_S: Final = 0.1  # a pour that is asked for is never less
GROWING_S: Final = 0.4
SHOWN_S: Final = 0.7

Stage = Literal["play"]


class PourGame:
    """settings: the keys of SETTINGS. See Game."""

    def __init__(
        self,
        settings: Mapping[str, float],
        profile: Profile,
        side: Side,
        directions_deg: Sequence[float] = (),
        seed: int = 0,
    ) -> None:
        self._settings = settings
        self._outward = 1.0 if side == "right" else -1.0
        self._course = Course[Stage](SHOWN_S)
        self._grip = Gripping(1.0, 0.5)
        self._approach = Approach(Goal(0.0, 0.0, 0.0, 0.0, "picture"), self._outward)
        self._ready = False
        self._hand: Point = (0.0, 0.0)
        self._placed: list[tuple[float, float]] = []  # how full, and where the line was
        self._pinched_s = self._poured_s = self._stopped_s = 0.0
        self._pinching = False

    def propose(self, number: int, levels: dict[str, float], direction_deg: float) -> TrialSpec:
        s = self._settings
        pour_s = levels.get("hold", s["pour_s"])
        return TrialSpec(
            number=number,
            levels=dict(levels),
            goal=Goal(direction_deg, s["jug_distance"], s["jug_radius"], pour_s, "picture"),
            place=None,
            limit_s=levels.get("time", s["trial_s"]),
            grip=levels.get("grip", s["grip"]),
        )

    def begin(self, spec: TrialSpec) -> None:
        self._course.begin(spec, "play")
        self._grip = Gripping(spec.grip, self._settings["release"])
        self._approach = Approach(spec.goal, self._outward)
        self._ready = self._pinching = False
        self._pinched_s = self._poured_s = self._stopped_s = 0.0
        self._course.tell("appear", *spec.goal.xy(self._outward))

    def step(self, hand: Point, dt_s: float, grip: float = math.nan) -> Outcome | None:
        self._hand = hand
        self._grip.step(grip, dt_s)
        if not self._course.step(dt_s):
            self._tip_back(dt_s)
            return None
        self._approach.step(hand, self._course.clock_s)
        outcome = self._pour(dt_s) if self._grip.seen else None
        if outcome is not None or not self._course.time_is_up:
            return outcome
        return self._end(success=False, reason="out_of_time")

    def _pour(self, dt_s: float) -> Outcome | None:
        self._ready = self._ready or self._grip.opened
        near = LEFT if self._pinching else 1.0
        self._pinching = self._ready and self._grip.closed and self._approach.inside(self._hand, near)
        if not self._pinching:
            self._tip_back(dt_s)
            if self._poured_s <= 0:
                return None
            self._stopped_s += dt_s
            return self._judged() if self._stopped_s >= STOPPED_S else None
        self._stopped_s = 0.0
        flowed_s = max(0.0, self._pinched_s + dt_s - START_S)
        self._pinched_s = min(START_S, self._pinched_s + dt_s)
        if flowed_s > 0 and self._poured_s <= 0:
            self._course.tell("pour", *self._glass)
        self._poured_s += flowed_s
        most_s = self._asked_s + OVER * self._half_s
        return self._end(success=False, reason="too_much") if self._poured_s > most_s else None

    def _judged(self) -> Outcome:
        least_s, most_s = self._band_s
        if self._poured_s < least_s:
            return self._end(success=False, reason="too_little")
        if self._poured_s > most_s:
            return self._end(success=False, reason="too_much")
        return self._end(success=True, reason="reached")

    def _tip_back(self, dt_s: float) -> None:
        self._pinched_s = max(0.0, self._pinched_s - dt_s)

    def abandon(self) -> Outcome | None:
        return self._end(success=None, reason="stopped") if self._course.playing else None

    def settle(self, *, counted: bool) -> None:
        if self._course.settle(counted=counted):
            self._placed += [(self._full, self._line(self._asked_s))] if counted else []
            self._course.tell_end(*self._glass)

    def target(self) -> Target | None:
        if not self._course.playing:
            return None
        goal, done = self._course.spec.goal, min(1.0, self._poured_s / self._asked_s)
        return Target("pinch", *goal.xy(self._outward), goal.radius, done, self._course.targets)

    def things(self) -> tuple[Thing, ...]:
        if not self._course.begun:
            return ()
        goal = self._course.spec.goal
        (x, y), wide = self._glass, GLASS * goal.radius
        placed = tuple(
            Thing(f"placed {i}", "glass", x, y, wide / 2, state="placed", share=full, way=((0.0, line),))
            for i, (full, line) in enumerate(self._placed)
        )
        if self._course.stage == "idle":
            return placed
        number, state = self._course.spec.number, self._state
        glass = Thing(
            f"glass {number}",
            "glass",
            x,
            y,
            wide,
            state=state,
            share=self._full,
            way=tuple((0.0, self._line(at_s)) for at_s in (self._asked_s, *self._band_s)),
        )
        tipped = self._outward * TIPPED_RAD * min(1.0, self._pinched_s / START_S)
        held: ThingState = "held" if self._pinching and self._course.playing else state
        place, share = goal.xy(self._outward), self._grip.share
        jug = Thing(f"jug {number}", "jug", *place, goal.radius, tipped, held, share=share)
        return (*placed, glass, jug)

    @property
    def _state(self) -> ThingState:
        if self._course.stage == "shown":
            return "fading"
        return "growing" if self._course.clock_s < GROWING_S else "ready"

    def prompt(self) -> Message | None:
        if self._course.playing:
            return Message(self._asked())
        reason = None if self._course.outcome is None else self._course.outcome.reason
        if reason == "too_little":
            return self._course.verdict("play.too_little")
        if reason == "too_much":
            return self._course.verdict("play.too_much")
        return self._course.verdict()

    def _asked(self) -> str:
        if self._grip.closed and not self._ready:
            return "play.pour_open_first"
        if self._poured_s > 0:
            return "play.pour_stop" if self._poured_s >= self._band_s[0] else "play.pour_keep"
        return "play.pour_pinch" if self._approach.inside(self._hand) else "play.pour_go"

    def cues(self) -> tuple[Cue, ...]:
        return self._course.cues()

    @property
    def _asked_s(self) -> float:
        return max(LEAST_S, self._course.spec.goal.hold_s)

    @property
    def _half_s(self) -> float:
        return self._course.spec.levels.get("size", self._settings["band"]) * self._asked_s

    @property
    def _band_s(self) -> tuple[float, float]:
        return self._asked_s - self._half_s, self._asked_s + self._half_s

    @property
    def _full(self) -> float:
        """How full the glass is, of its height."""
        return min(1.0, self._line(self._poured_s))

    def _line(self, poured_s: float) -> float:
        """How high so much stands in the glass, of its height."""
        return min(HIGHEST, LINE + LINE_S * self._asked_s) * poured_s / self._asked_s

    @property
    def _glass(self) -> Point:
        """The middle of its foot."""
        goal = self._course.spec.goal
        (x, y), radius = goal.xy(self._outward), goal.radius
        return x - self._outward * ASIDE * radius, y - BELOW * radius

    def _end(self, *, success: bool | None, reason: OutcomeReason) -> Outcome:
        self._pinching = False
        margin = math.nan
        if success is not None:
            beside_s = abs(self._poured_s - self._asked_s)
            margin = (self._half_s - beside_s) / self._asked_s
            margin = margin if success else min(0.0, margin)
        measures = self._approach.measures() | {"margin": margin}
        return self._course.end(success=success, reason=reason, **measures)


POUR: Final = Mechanic(
    make=PourGame,
    settings=SETTINGS,
    controls=frozenset({"close_up_pinch"}),
    axes=frozenset({"hold", "size", "time", "grip"}),
    places=frozenset({"kitchen"}),
    whole=True,
)
