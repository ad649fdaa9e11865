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
from rehabgames.games.choosing import FORGET, Choice, Orchard, kinds_of, load_of
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

Stage = Literal["idle", "reach", "carry", "saving", "shown"]


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
        self._stage: Stage = "idle"
        self._spec: TrialSpec | None = None
        self._home = NOWHERE
        self._fruit = Carried((0.0, 0.0))
        self._choice: Choice | None = None
        self._targets = self._first = 0
        self._placed: list[str] = []
        self._hand: Point = (0.0, 0.0)
        self._cues: list[Cue] = []
        self._outcome: Outcome | None = None
        self._clock_s = self._hold_s = self._shown_s = 0.0
        self._counted = False
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
        self._spec = spec
        self._stage = "reach"
        self._targets += 1
        self._first = self._targets
        self._targets += len(spec.others)  # each of them may be the one that is held
        self._choice = None
        if spec.others:
            kinds = kinds_of(self._seed, spec.number, len(spec.others))
            self._choice = Choice(spec, kinds, self._outward)
        self._outcome = None
        self._clock_s = self._hold_s = 0.0
        self._approach = Approach(spec.goal, self._outward)
        x, y = spec.goal.xy(self._outward)
        self._fruit = Carried((x, y))
        # where there is something to choose no sound may tell where it is
        self._home = spec.place or self._basket()
        self._cues.append(Cue("appear", *((x, y) if self._choice is None else self._home.xy(self._outward))))

    def step(self, hand: Point, dt_s: float, grip: float = math.nan) -> Outcome | None:
        self._hand = hand
        self._fruit.step(dt_s)
        if self._choice is not None:
            self._choice.pass_time(dt_s)
        if self._stage == "shown":
            self._shown_s += dt_s
            if self._shown_s >= SHOWN_S:
                self._stage = "idle"
        if self._spec is None or self._stage not in ("reach", "carry"):
            return None
        self._clock_s += dt_s
        if self._stage == "reach":
            self._approach.step(hand, self._clock_s)
            if self._picked(self._spec.goal, dt_s):
                if self._spec.place is None:
                    return self._end(success=True, reason="reached")
                self._stage, self._hold_s = "carry", 0.0
                self._targets += 1
                self._cues.append(Cue("pick", *hand))
            elif self._wrong is not None:
                return self._end(success=False, reason="wrong")
        else:
            self._fruit.hold(hand)
            if self._held(self._home, dt_s):
                return self._end(success=True, reason="placed")
        if self._clock_s >= self._spec.limit_s:
            return self._end(success=False, reason="not_reached" if self._stage == "reach" else "not_placed")
        return None

    def abandon(self) -> Outcome | None:
        if self._stage not in ("reach", "carry"):
            return None
        outcome = self._end(success=None, reason="stopped")
        self._stage = "idle"
        return outcome

    def settle(self, *, counted: bool) -> None:
        if self._stage != "saving" or self._spec is None:
            return
        self._stage, self._shown_s, self._counted = "shown", 0.0, counted
        if counted:
            self._placed.append(self._kind)
        if self._spec.probe:
            self._fruit.drop()  # it goes away, and nobody says whether that was well done
        elif counted:
            self._fruit.drop()
            home = self._spec.goal if self._spec.place is None else self._home
            self._cues.append(Cue("place", *home.xy(self._outward)))
        else:
            wrong = self._wrong
            self._cues.append(Cue("miss", *(self._fruit.place if wrong is None else wrong.chosen_place)))

    def target(self) -> Target | None:
        if self._spec is None or self._stage not in ("reach", "carry"):
            return None
        carrying = self._stage == "carry"
        if self._choice is not None and not carrying:
            return self._choice.target(self._first)
        goal = self._home if carrying else self._spec.goal
        x, y = goal.xy(self._outward)
        done = 1.0 if goal.hold_s <= 0 else min(1.0, self._hold_s / goal.hold_s)
        return Target("place" if carrying else "pick", x, y, goal.radius, done, self._targets)

    def things(self) -> tuple[Thing, ...]:
        if self._spec is None:
            return ()
        if self._spec.place is None:
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
        if self._stage == "reach":
            return self._asked()
        if self._stage == "carry":
            return Message("play.carry")
        if self._stage == "shown" and self._outcome is not None and not (self._spec and self._spec.probe):
            if self._wrong is not None:
                return Message("play.chosen", {"fruit": f"fruit.{self._wrong.chosen}"})
            return Message("play.well_done") if self._counted else Message("play.missed")
        return None

    def _asked(self) -> Message:
        if (self._hold_s if self._choice is None else self._choice.hold_s) > 0:
            return Message("play.hold")
        if self._choice is None:
            return Message("play.reach")
        return Message("play.choose", {"fruit": f"fruit.{self._choice.wanted}"})

    def cues(self) -> tuple[Cue, ...]:
        told, self._cues = tuple(self._cues), []
        return told

    def _shown_fruit(self) -> tuple[Thing, ...]:
        assert self._spec is not None
        missed = self._outcome is not None and not self._outcome.success
        states: dict[Stage, ThingState] = {
            "reach": "growing" if self._clock_s < GROWING_S else "ready",
            "carry": "held",
            "saving": "fading" if missed else "held",
            "shown": "fading",
        }
        if self._stage not in states:
            return ()
        if self._wrong is not None and not self._spec.probe:
            states |= {"saving": "ready", "shown": "ready"}  # this one was meant
        key, radius, state = f"fruit {self._spec.number}", self._spec.goal.radius, states[self._stage]
        if self._choice is not None and state in ("growing", "ready"):  # as still as the others
            return (Thing(key, self._kind, *self._spec.goal.xy(self._outward), radius, state=state),)
        x, y = self._fruit.place
        return (Thing(key, self._kind, x, y, radius, self._fruit.tilt_rad, state),)

    def _shown_others(self) -> tuple[Thing, ...]:
        """What else hangs there, and the picture of what is wanted."""
        choice = self._choice
        if choice is None or self._spec is None or self._stage == "idle":
            return ()
        if self._stage == "reach":
            return (choice.model(), *choice.others("growing" if self._clock_s < GROWING_S else "ready"))
        judged = self._wrong is not None and not self._spec.probe
        return (*((choice.model(),) if judged else ()), *choice.others("fading", swings=judged))

    @property
    def _kind(self) -> str:
        return "fruit" if self._choice is None else self._choice.wanted

    @property
    def _wrong(self) -> Choice | None:
        """The choice, where it was a wrong one."""
        return self._choice if self._choice is not None and self._choice.wrong is not None else None

    def _picked(self, goal: Goal, dt_s: float) -> bool:
        if self._choice is None:
            return self._held(goal, dt_s)
        return self._choice.step(self._hand, dt_s) == 0

    def _held(self, goal: Goal, dt_s: float) -> bool:
        x, y = goal.xy(self._outward)
        if math.hypot(self._hand[0] - x, self._hand[1] - y) <= goal.radius:
            self._hold_s += dt_s
            return self._hold_s >= goal.hold_s
        self._hold_s = max(0.0, self._hold_s - FORGET * dt_s)
        return False

    def _end(self, *, success: bool | None, reason: OutcomeReason) -> Outcome:
        assert self._spec is not None
        self._stage = "saving"
        self._outcome = Outcome(self._spec.number, success, reason, duration_s=self._clock_s)
        if reason != "wrong":  # the hand went where somebody meant to go: nothing to judge of that
            self._outcome = replace(
                self._outcome,
                margin=self._approach.margin,
                reached=self._approach.reached,
                reach_s=self._approach.reach_s,
                path_ratio=self._approach.path_ratio(),
            )
        return self._outcome


REACH: Final = Mechanic(
    make=ReachGame,
    settings=SETTINGS,
    optional=frozenset({"carry"}),
    controls=frozenset({"hand_position"}),
    axes=frozenset({"distance", "time", "size", "hold", "load"}),
    needs=frozenset({"distance"}),
    places=frozenset({"orchard"}),
)
