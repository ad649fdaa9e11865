"""Reach and hold, carry and place: a fruit is picked by holding the hand in it, then brought home.

The trial succeeds when the fruit is placed inside the time, or picked where nothing is to be carried
(setting "carry" 0). The margin is of the reach alone:
how far inside or short of the fruit's rim the hand was at its best, so that an adapter of distance
learns about distance. On the axis "load" other fruit hangs beside the wanted one (see choosing):
holding the hand in one of these ends the trial as "wrong".
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
from rehabgames.games.approach import NOWHERE, Approach
from rehabgames.games.carried import Carried
from rehabgames.games.choosing import Choice, Orchard, kinds_of, load_of
from rehabgames.games.course import Course
from rehabgames.games.game import Point
from rehabgames.games.mechanic import Mechanic

SETTINGS: Final[Mapping[str, tuple[float, float]]] = {
    "carry": (0.0, 1.0),
    "fruit_radius": (0.05, 0.4),
    "hold_s": (0.0, 3.0),
    "basket_radius": (0.05, 0.5),
    "basket_direction_deg": (-90.0, 90.0),
    "basket_distance": (0.2, 1.0),
    "basket_hold_s": (0.0, 3.0),
    "trial_s": (2.0, 60.0),
    "pause_s": (0.0, 10.0),
}
COMFORTABLE = 0.9  # the basket stands no farther than this share of the calibrated reach
GROWING_S = 0.4
SHOWN_S = 0.7  # how long the end of a trial is shown

Stage = Literal["reach", "carry"]


class ReachGame:
    """settings: the keys of SETTINGS. See Game.

    directions_deg  of the exercise, between which other fruit may hang; (): those of the profile
    seed            of the kinds of fruit, where there is something to choose
    """

    def __init__(
        self,
        settings: Mapping[str, float],
        profile: Profile,
        side: Side,
        directions_deg: Sequence[float] = (),
        seed: int = 0,
    ) -> None:
        self._settings = settings
        self._directions_deg = tuple(directions_deg) or tuple(profile.reach)
        self._seed = seed
        self._profile = profile
        self._outward = 1.0 if side == "right" else -1.0
        self._course = Course[Stage](SHOWN_S)
        self._home = NOWHERE
        self._fruit = Carried((0.0, 0.0))
        self._choice: Choice | None = None
        self._placed: list[str] = []
        self._hand: Point = (0.0, 0.0)
        self._approach = Approach(NOWHERE, self._outward)

    def propose(self, number: int, levels: dict[str, float], direction_deg: float) -> TrialSpec:
        s = self._settings
        distance = levels["distance"] * self._profile.reach_towards(direction_deg)
        radius, hold_s = levels.get("size", s["fruit_radius"]), levels.get("hold", s["hold_s"])
        spec = TrialSpec(
            number=number,
            levels=dict(levels),
            goal=Goal(direction_deg, distance, radius, hold_s),
            place=self._basket() if s.get("carry", 1.0) > 0 else None,
            limit_s=levels.get("time", s["trial_s"]),
        )
        load = load_of(levels)
        return self._with_others(spec, load) if load else spec

    def _basket(self) -> Goal:
        s, home_deg = self._settings, self._settings["basket_direction_deg"]
        home = min(s["basket_distance"], COMFORTABLE * self._profile.reach_towards(home_deg))
        return Goal(home_deg, home, s["basket_radius"], s["basket_hold_s"])

    def _with_others(self, spec: TrialSpec, many: int) -> TrialSpec:
        """The trial with so many other fruit, or as many as have room: the level of load says so."""
        x, y = self._profile.rest_xy
        rest = (self._outward * x, y)
        orchard = Orchard(self._seed, self._directions_deg, self._profile.reach_towards, rest)
        others = orchard.others(spec.number, many, spec.goal, spec.place or self._basket())
        levels = spec.levels if len(others) == many else spec.levels | {"load": float(len(others))}
        return replace(spec, levels=levels, others=others)

    def begin(self, spec: TrialSpec) -> None:
        self._course.begin(spec, "reach", 1 + len(spec.others))  # each of them may be the one that is held
        self._choice = None
        if spec.others:
            kinds = kinds_of(self._seed, spec.number, len(spec.others))
            self._choice = Choice(spec, kinds, self._outward)
        self._approach = Approach(spec.goal, self._outward)
        at = spec.goal.xy(self._outward)
        self._fruit = Carried(at)
        # where there is something to choose no sound may tell where it is
        self._home = spec.place or self._basket()
        self._course.tell("appear", *(at if self._choice is None else self._home.xy(self._outward)))

    def step(self, hand: Point, dt_s: float, grip: float = math.nan) -> Outcome | None:
        self._hand = hand
        self._fruit.step(dt_s)
        if self._choice is not None:
            self._choice.pass_time(dt_s)
        if not self._course.step(dt_s):
            return None
        outcome = self._reach_for(dt_s) if self._course.stage == "reach" else self._bring(dt_s)
        if outcome is not None or not self._course.time_is_up:
            return outcome
        late: OutcomeReason = "not_reached" if self._course.stage == "reach" else "not_placed"
        return self._end(success=False, reason=late)

    def _reach_for(self, dt_s: float) -> Outcome | None:
        self._approach.step(self._hand, self._course.clock_s)
        if self._picked(dt_s):
            if self._course.spec.place is None:
                return self._end(success=True, reason="reached")
            self._course.go_on("carry")
            self._course.tell("pick", *self._hand)
        elif self._wrong is not None:
            return self._end(success=False, reason="wrong")
        return None

    def _bring(self, dt_s: float) -> Outcome | None:
        self._fruit.hold(self._hand)
        return self._end(success=True, reason="placed") if self._held(self._home, dt_s) else None

    def abandon(self) -> Outcome | None:
        return self._end(success=None, reason="stopped") if self._course.playing else None

    def settle(self, *, counted: bool) -> None:
        if not self._course.settle(counted=counted):
            return
        spec, wrong = self._course.spec, self._wrong
        at = self._fruit.place if wrong is None else wrong.chosen_place
        if counted:
            self._placed.append(self._kind)
            at = (spec.goal if spec.place is None else self._home).xy(self._outward)
        if counted and spec.place is not None:
            self._fruit.hold(at)  # it goes into the basket
        elif counted or spec.probe:
            self._fruit.drop()  # of a probe it goes away, and nobody says whether that was well done
        self._course.tell_end(*at)

    def target(self) -> Target | None:
        if not self._course.playing:
            return None
        carrying, spec, number = self._course.stage == "carry", self._course.spec, self._course.targets
        if self._choice is not None and not carrying:
            return self._choice.target(number - len(spec.others))
        goal = self._home if carrying else spec.goal
        done = self._course.hold.share(goal.hold_s, of_none=1.0)
        x, y = goal.xy(self._outward)
        return Target("place" if carrying else "pick", x, y, goal.radius, done, number)

    def things(self) -> tuple[Thing, ...]:
        if not self._course.begun:
            return ()
        if self._course.spec.place is None:
            return (*self._shown_others(), *self._shown_fruit())
        home = self._home
        x, y = home.xy(self._outward)
        placed = tuple(
            Thing(f"placed {i}", kind, x, y, home.radius / 3, state="placed")
            for i, kind in enumerate(self._placed)
        )
        basket = Thing("basket", "basket", x, y, home.radius)
        return (basket, *placed, *self._shown_others(), *self._shown_fruit())

    def prompt(self) -> Message | None:
        if self._course.stage == "reach":
            return self._asked()
        if self._course.stage == "carry":
            return Message("play.carry")
        said = self._course.verdict()
        if said is not None and self._wrong is not None:
            return Message("play.chosen", {"fruit": f"fruit.{self._wrong.chosen}"})
        return said

    def _asked(self) -> Message:
        if (self._course if self._choice is None else self._choice).hold.so_far_s > 0:
            return Message("play.hold")
        if self._choice is None:
            return Message("play.reach")
        return Message("play.choose", {"fruit": f"fruit.{self._choice.wanted}"})

    def cues(self) -> tuple[Cue, ...]:
        return self._course.cues()

    def _shown_fruit(self) -> tuple[Thing, ...]:
        spec = self._course.spec
        states: dict[str, ThingState] = {
            "reach": "growing" if self._course.clock_s < GROWING_S else "ready",
            "carry": "held",
            "saving": "held" if self._course.won else "fading",
            "shown": "fading",
        }
        if self._course.stage not in states:
            return ()
        if self._wrong is not None and not spec.probe:
            states |= {"saving": "ready", "shown": "ready"}  # this one was meant
        key, radius, state = f"fruit {spec.number}", spec.goal.radius, states[self._course.stage]
        if self._choice is not None and state in ("growing", "ready"):  # as still as the others
            return (Thing(key, self._kind, *spec.goal.xy(self._outward), radius, state=state),)
        x, y = self._fruit.place
        return (Thing(key, self._kind, x, y, radius, self._fruit.tilt_rad, state),)

    def _shown_others(self) -> tuple[Thing, ...]:
        """What else hangs there, and the picture of what is wanted."""
        choice = self._choice
        if choice is None or self._course.stage == "idle":
            return ()
        if self._course.stage == "reach":
            young = self._course.clock_s < GROWING_S
            return (choice.model(), *choice.others("growing" if young else "ready"))
        judged = self._wrong is not None and not self._course.spec.probe
        return (*((choice.model(),) if judged else ()), *choice.others("fading", swings=judged))

    @property
    def _kind(self) -> str:
        return "fruit" if self._choice is None else self._choice.wanted

    @property
    def _wrong(self) -> Choice | None:
        """The choice, where it was a wrong one."""
        return self._choice if self._choice is not None and self._choice.wrong is not None else None

    def _picked(self, dt_s: float) -> bool:
        if self._choice is None:
            return self._held(self._course.spec.goal, dt_s)
        return self._choice.step(self._hand, dt_s) == 0

    def _held(self, goal: Goal, dt_s: float) -> bool:
        x, y = goal.xy(self._outward)
        inside = math.hypot(self._hand[0] - x, self._hand[1] - y) <= goal.radius
        return self._course.hold.step(dt_s, goal.hold_s, inside=inside)

    def _end(self, *, success: bool | None, reason: OutcomeReason) -> Outcome:
        if reason == "wrong":  # the hand went where somebody meant to go: nothing to judge of that
            return self._course.end(success=success, reason=reason)
        return self._course.end(success=success, reason=reason, **self._approach.measures())


REACH: Final = Mechanic(
    make=ReachGame,
    settings=SETTINGS,
    optional=frozenset({"carry"}),
    controls=frozenset({"hand_position"}),
    axes=frozenset({"distance", "time", "size", "hold", "load"}),
    needs=frozenset({"distance"}),
    places=frozenset({"orchard"}),
    counts=frozenset({"carry"}),
    moves=2,
)
