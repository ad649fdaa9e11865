"""Grasp, carry, release: an object is taken by closing the hand around it, brought to a tray, and put down by
opening the hand there.

The hand comes open: one that has not been open since the trial began, or that closed on its way, takes
nothing until it opens. What is let go near where it stood stands there again; let go on the way it drops, and
the trial ends. A hand that is not seen (NaN) takes and drops nothing.

The margin is of the approach alone: how far inside or short of the object's rim the hand was at its best. It
goes with `success` where the object was not reached, and where it was brought home; of a hand that came and
could not close, hold or open it says nothing.

Things: the object ("cup", "mill", "onion", "jar" or "bottle"; growing, ready, held, fading; share: how far
the hand is closed, of what is asked, and while it is held 1 closed .. 0 open), "shelf" (place and radius:
middle and half of its top edge), "tray" (the same), and all that was brought home (state "placed").
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from typing import Final, Literal

import numpy as np

from rehabgames.core.landmarks import Side
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.trial import Goal, Outcome, OutcomeReason, Space, TrialSpec
from rehabgames.core.view import Cue, Target, Thing, ThingState
from rehabgames.games.approach import Approach
from rehabgames.games.course import Course
from rehabgames.games.game import Point
from rehabgames.games.grasped import Board, Grasped
from rehabgames.games.gripping import NEVER_DROPS_S, Gripping
from rehabgames.games.mechanic import Mechanic

OBJECTS: Final = ("cup", "mill", "onion", "jar", "bottle")
_SETTINGS: Final[dict[str, tuple[float, float]]] = {
    "object_radius": (0.05, 0.4),
    "grip": (0.1, 0.95),
    "release": (0.0, 0.6),
    "hold_s": (0.0, 3.0),
    "place_radius": (0.05, 0.5),
    "trial_s": (2.0, 60.0),
    "pause_s": (0.0, 10.0),
}
SETTINGS: Final[Mapping[Space, Mapping[str, tuple[float, float]]]] = {
    "arm": _SETTINGS | {"place_direction_deg": (-90.0, 90.0), "place_distance": (0.2, 1.0)},
    "picture": _SETTINGS | {"place_direction_deg": (-180.0, 180.0), "place_distance": (0.0, 0.7)},
}
AXES: Final = frozenset({"distance", "grip", "time", "size", "hold"})
COMFORTABLE: Final = 0.9  # the tray stands no farther than this share of the calibrated reach
HALF: Final = 0.8  # half the height of an object, of its radius
TRAY_BELOW: Final = 0.5  # of the place's radius: what is let go in its middle falls so far
NEAR: Final = 2.0  # radii: a hand that closes farther away than this has closed too soon
GROWING_S: Final = 0.4
SHOWN_S: Final = 0.7

Stage = Literal["reach", "carry"]


class GraspGame:
    """settings: the keys of SETTINGS[space]. See Game. space: "arm", where levels of distance are shares of
    the calibrated reach, or "picture" of a close-up, where they are half picture widths."""

    def __init__(
        self,
        settings: Mapping[str, float],
        profile: Profile,
        side: Side,
        directions_deg: Sequence[float] = (),
        seed: int = 0,
        *,
        space: Space = "arm",
    ) -> None:
        self._settings = settings
        self._profile = profile
        self._outward = 1.0 if side == "right" else -1.0
        self._seed = seed
        self._space: Space = space
        self._course = Course[Stage](SHOWN_S)
        self._home = Goal(0.0, 0.0, 0.0, 0.0, space)
        self._object = Grasped((0.0, 0.0), 1.0)
        self._grip = Gripping(1.0, 0.5)
        self._approach = Approach(self._home, self._outward)
        self._ready = False  # the hand was open, and has not closed anywhere else since
        self._placed: list[str] = []
        self._hand: Point = (0.0, 0.0)

    def propose(self, number: int, levels: dict[str, float], direction_deg: float) -> TrialSpec:
        s = self._settings
        radius, hold_s = levels.get("size", s["object_radius"]), levels.get("hold", s["hold_s"])
        distance = levels["distance"] * self._reach(direction_deg)
        return TrialSpec(
            number=number,
            levels=dict(levels),
            goal=Goal(direction_deg, distance, radius, hold_s, self._space),
            place=self._tray(),
            limit_s=levels.get("time", s["trial_s"]),
            grip=levels.get("grip", s["grip"]),
        )

    def _reach(self, direction_deg: float) -> float:
        return self._profile.reach_towards(direction_deg) if self._space == "arm" else 1.0

    def _tray(self) -> Goal:
        s, direction = self._settings, self._settings["place_direction_deg"]
        most = COMFORTABLE * self._reach(direction)
        return Goal(direction, min(s["place_distance"], most), s["place_radius"], 0.0, self._space)

    def begin(self, spec: TrialSpec) -> None:
        self._course.begin(spec, "reach")
        self._home = spec.place or self._tray()
        self._grip = Gripping(spec.grip, self._settings["release"], NEVER_DROPS_S)
        self._approach = Approach(spec.goal, self._outward)
        self._ready = False
        x, y = spec.goal.xy(self._outward)
        half = HALF * spec.goal.radius
        self._object = Grasped((x, y), half)
        self._object.stands_on(_board((x, y - half), 2.0 * half, stops=False))
        self._object.stands_on(_board(self._tray_top, self._home.radius + half, stops=True))
        self._course.tell("appear", x, y)

    def step(self, hand: Point, dt_s: float, grip: float = math.nan) -> Outcome | None:
        self._hand = hand
        self._grip.step(grip, dt_s)
        if self._course.stage == "carry":
            self._object.carry(hand)
        self._object.step(dt_s)
        if not self._course.step(dt_s):
            return None
        outcome = None
        if self._course.stage == "carry":
            outcome = self._bring()
        else:
            self._reach_for(dt_s)
        if outcome is not None or not self._course.time_is_up:
            return outcome
        if self._course.stage == "carry":
            self._object.let_go()
            return self._end(success=False, reason="not_placed")
        came = self._approach.margin >= 0  # and could not close, or not for long enough
        return self._end(success=False, reason="not_held" if came else "not_reached")

    def _reach_for(self, dt_s: float) -> None:
        goal, hold = self._course.spec.goal, self._course.hold
        self._approach.step(self._hand, self._course.clock_s)
        if self._grip.opened:
            self._ready = True
        elif self._grip.closed and not self._approach.inside(self._hand, NEAR):
            self._ready = False
        around = self._approach.inside(self._hand)
        if not (around and self._ready and self._grip.closed):
            if self._grip.opened or not around:
                hold.clear()
        elif hold.step(dt_s if self._grip.seen else 0.0, goal.hold_s, inside=True):
            self._course.go_on("carry")
            self._object.take(self._hand)
            self._course.tell("pick", *self._hand)

    def _bring(self) -> Outcome | None:
        """Opened over the tray it is put down; where it stood, put back; anywhere else it drops."""
        if not (self._grip.opened and self._grip.seen):
            return None
        if math.dist(self._hand, self._home.xy(self._outward)) <= self._home.radius:
            self._object.let_go(self._tray_top[1])
            return self._end(success=True, reason="placed")
        if self._approach.inside(self._hand):
            goal = self._course.spec.goal
            self._object.let_go(goal.xy(self._outward)[1] - HALF * goal.radius)
            self._course.go_on("reach")
            return None
        self._object.let_go()
        return self._end(success=False, reason="dropped")

    def abandon(self) -> Outcome | None:
        return self._end(success=None, reason="stopped") if self._course.playing else None

    def settle(self, *, counted: bool) -> None:
        if self._course.settle(counted=counted):
            self._placed += [self._kind] if counted else []
            self._course.tell_end(*(self._tray_top if counted else self._object.place))

    def target(self) -> Target | None:
        if not self._course.playing:
            return None
        goal, number = self._course.spec.goal, self._course.targets
        if self._course.stage == "carry":
            return Target("release", *self._home.xy(self._outward), self._home.radius, 0.0, number)
        done = self._course.hold.share(goal.hold_s)
        return Target("grasp", *goal.xy(self._outward), goal.radius, done, number)

    def things(self) -> tuple[Thing, ...]:
        if not self._course.begun:
            return ()
        tray = Thing("tray", "tray", *self._tray_top, self._home.radius)
        placed = tuple(
            Thing(f"placed {i}", kind, *self._tray_top, self._home.radius / 3, state="placed")
            for i, kind in enumerate(self._placed)
        )
        return (tray, *placed, *self._shown_object())

    def _shown_object(self) -> tuple[Thing, ...]:
        brought, stage = self._course.won, self._course.stage
        states: dict[str, ThingState] = {
            "reach": "growing" if self._course.clock_s < GROWING_S else "ready",
            "carry": "held",
            "saving": "ready" if brought else "fading",
            "shown": "fading",
        }
        if stage not in states:
            return ()
        number, goal = self._course.spec.number, self._course.spec.goal
        x, y = goal.xy(self._outward)
        half = HALF * goal.radius
        state = states[stage]
        share = {"reach": self._grip.share, "carry": self._grip.firm}.get(stage, 0.0)
        there = state if state in ("growing", "ready") and not brought else "fading"
        shelf = Thing(f"shelf {number}", "shelf", x, y - half, 2.0 * half, state=there)
        if stage == "carry":
            shelf = Thing(f"shelf {number}", "shelf", x, y - half, 2.0 * half)
        tilt = self._object.tilt_rad
        taken = Thing(
            f"object {number}", self._kind, *self._object.place, goal.radius, tilt, state, share=share
        )
        return shelf, taken

    def prompt(self) -> Message | None:
        if self._course.stage == "reach":
            return Message(self._asked())
        if self._course.stage == "carry":
            there = math.dist(self._hand, self._home.xy(self._outward)) <= self._home.radius
            return Message("play.grasp_open" if there else "play.grasp_carry")
        dropped = self._course.outcome is not None and self._course.outcome.reason == "dropped"
        return self._course.verdict("play.dropped" if dropped else "play.missed")

    def _asked(self) -> str:
        if self._grip.closed and not self._ready:
            return "play.grasp_open_first"
        return "play.grasp_close" if self._approach.inside(self._hand) else "play.grasp_go"

    def cues(self) -> tuple[Cue, ...]:
        return self._course.cues()

    @property
    def _tray_top(self) -> Point:
        x, y = self._home.xy(self._outward)
        half = HALF * self._course.spec.goal.radius
        return x, y - TRAY_BELOW * self._home.radius - half

    @property
    def _kind(self) -> str:
        """Every object once in a seeded order, then all again in another."""
        block, at = divmod(self._course.spec.number, len(OBJECTS))
        order = np.random.default_rng((self._seed, 0x6F, block)).permutation(len(OBJECTS))
        return OBJECTS[int(order[at])]

    def _end(self, *, success: bool | None, reason: OutcomeReason) -> Outcome:
        return self._course.end(success=success, reason=reason, **self._approach.measures())


def _board(middle: Point, half: float, *, stops: bool) -> Board:
    x, y = middle
    return Board((x - half, y), (x + half, y), stops=stops)


def _mechanic(space: Space, control: str) -> Mechanic:
    return Mechanic(
        make=functools.partial(GraspGame, space=space),
        settings=SETTINGS[space],
        controls=frozenset({control}),
        axes=AXES,
        needs=frozenset({"distance"}),
        places=frozenset({"kitchen"}),
        moves=2,
    )


GRASP: Final = _mechanic("arm", "hand_grip")
GRASP_CLOSE: Final = _mechanic("picture", "close_up_grip")
