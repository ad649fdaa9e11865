"""Patient: a motor model that sees the game's picture and moves its hand, or as a guide shows.

Reaches are minimum-jerk movements (Flash & Hogan 1985) with a reaction time, a spread of the
endpoint that grows with distance, and visual corrections: what the eye sees on the screen between
hand and target is the only way the patient knows how it did. It can tell the game nothing, but for
what it answers when it is asked.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from rehabgames.core.inputs import Question
from rehabgames.core.landmarks import Side, other_side
from rehabgames.core.menu import Menu
from rehabgames.core.view import Guide, Target, View
from rehabgames.patients.body import Body, Build, Point
from rehabgames.patients.choosing import Choosing
from rehabgames.patients.condition import Before, Condition
from rehabgames.patients.following import (
    LEAN_DEG,
    SHIFT_M,
    Ability,
    Following,
    at_rest,
    goal_of,
    shaken,
    with_hand,
)
from rehabgames.patients.gripping import Gripping
from rehabgames.patients.kinds import Kind, side_named
from rehabgames.patients.motor import (
    BETWEEN_S,
    CLOSE_ENOUGH,
    CORRECTION_AFTER_S,
    LEAN_S,
    REACTION_SPREAD,
    SIDEWAYS,
    Movement,
    elevation_share,
    farthest,
    halt_of,
    lean_deg,
    made_of,
    movement_s,
    nearness,
    neglected,
    on_the_arm,
    sees_s,
)
from rehabgames.patients.pointing import MOVES_S, Pointing
from rehabgames.patients.shifting import Shifting
from rehabgames.patients.stance import LAP, Stance, body_of, posture
from rehabgames.patients.traits import Traits, person_named

BACK_AFTER_S = 0.8  # of a pause until the hand goes back to the lap
WHOLE_LIMB, WHOLE_BODY = 1.6, 2.0  # movement times of a whole lift of an arm, of standing up
TREMOR_S = 0.3  # time constant with which a tremor grows and fades
STARTS = ("pick", "follow", "catch", "grasp", "pinch", "tap")  # targets that a try begins with
ASKED = ("farthest", "rest")  # of a calibration, which is spoken, too: seen late, but never missed


@dataclass(frozen=True, slots=True)
class Begun:
    """A movement to something new, in truth: the number of its target, when that was seen, when the hand sets
    out, and how long it will take."""

    number: int
    seen_s: float
    begin_s: float
    takes_s: float


class Patient:
    """kind: a name of KINDS, with traits as in "mild+fatigue", or a Kind with its traits; side: the
    working arm; day: of practice, from 0; before: what the days before left, instead of day; points: the hand
    that chooses on screens, None the other one; means: see Pointing.

    The same seed and views give the same body. Raises UnknownNameError for a name that is none, also of a
    side, ValueError for a day that is not from 0 to LAST_DAY.
    """

    def __init__(
        self,
        kind: str | Kind,
        side: Side,
        seed: int,
        build: Build | None = None,
        *,
        sitting: bool = True,
        traits: Traits | None = None,
        day: int = 0,
        before: Before | None = None,
        points: Side | None = None,
        means: Mapping[str, str] | None = None,
    ) -> None:
        named, extra = person_named(kind) if isinstance(kind, str) else (kind, Traits())
        self.kind: Kind = named
        self.traits: Traits = extra if traits is None else traits
        self.condition = Condition(named, self.traits, before or Before.of(self.traits, day))
        self.side: Side = side_named(side)
        self.build = build or Build()
        self.sitting = sitting
        self._rng = np.random.default_rng(seed)
        self._outward = 1.0 if side == "left" else -1.0  # +x of Body is the person's left
        rest = (self._outward * LAP[0], LAP[1])
        self._movement = Movement(rest, rest, 0.0, 1.0)
        self._what = "rest"  # the kind of target that the hand goes to
        self._target: Point = rest
        self._seen_number: int | None = None
        self.answer_to: Begun | None = None
        self._choosing = Choosing()
        self._picking: tuple[int, int] | None = None  # the last thing to pick: its number, the count then
        self._missed = False
        self._looks_s = 0.0  # not before then is it seen how far the hand came
        self._able = 1.0  # today's reach of this try, as a share of the kind's
        self._lean = self._lean_goal = 0.0
        self._shake_m = named.tremor_rest * named.tremor_m
        self._last_s: float | None = None
        self._paused_s: float | None = None
        # when the hand that points has come down; None while it points
        self._lowered_s: float | None = None
        self._rest = at_rest(self.build, sitting=sitting)
        # each with draws of its own, so that none disturbs how the arm moves
        self._shifting = Shifting(np.random.default_rng((seed, 0x5F)))
        self._gripping = Gripping(np.random.default_rng((seed, 0x67)))
        self._shifts = self._grips = self._points = False
        self._following: Following | None = None
        self._seen_guide: tuple[int, str, Side, bool] | None = None
        points = points or other_side(self.side)
        self._pointing = Pointing(points, {"affected": self.side, "points": points, **(means or {})}, named)

    def step(self, view: View | None, t_s: float) -> Body:
        """Look at the view (None: nothing to see yet) and give the body at t_s, seconds."""
        dt_s = 0.0 if self._last_s is None else max(0.0, t_s - self._last_s)
        self._last_s = t_s
        target = None if view is None else self._choosing.target(view, self.kind.confusion, self._rng)
        if target is None or not self.condition.willing:
            self.condition.rested(dt_s)
        if view is not None and view.phase == "paused" and view.guide is None:
            self._wait(t_s)
        elif view is not None and view.menu is not None:
            self._point(view.menu, t_s)
        elif self._lowers(t_s):
            pass
        elif view is not None and target is not None and target.kind == "lean":
            self._paused_s = None
            self._lean_to(target, view, t_s)
        elif view is not None and target is not None:
            self._paused_s = None
            self._reach_for(t_s)
            self._look(target, view, t_s)
            self._grip(target, view, t_s)
        elif view is not None and view.guide is not None:
            self._paused_s = None
            self._follow(view.guide, t_s)
        self._lean += (self._lean_goal - self._lean) * min(1.0, dt_s / LEAN_S)
        swing = self._tremor(t_s, dt_s)
        if self._shifts and self._following is None:
            return body_of(self._shifted(t_s), self.build)
        if self._following is not None:
            turn_deg = math.degrees(swing / self.build.arm)
            return body_of(shaken(self._following.at(t_s), self.side, turn_deg), self.build)
        hand = self._movement.at(t_s)
        swing += self._intention(hand, t_s)
        return self._body(on_the_arm((hand[0] + swing, hand[1] + SIDEWAYS * swing), self.build.arm), t_s)

    def _point(self, menu: Menu, t_s: float) -> None:
        """On a screen: the hand that chooses goes to what is meant."""
        following = self._follow_from_here(t_s)
        self._lowered_s = None
        goal = self._pointing.look(menu, t_s, self._reaction())
        if goal is not None:
            side, arm = self._pointing.side, self.build.arm
            hand = with_hand(self._rest, side, (goal[0] * arm, goal[1] * arm), self.build)
            following.aim(hand, t_s, MOVES_S)
            self._points = True

    def _lowers(self, t_s: float) -> bool:
        """After a screen the hand that pointed comes down, before anything else is done."""
        if not self._points or self._following is None:
            return False
        following = self._following
        if self._lowered_s is None:
            takes_s = WHOLE_LIMB * self.kind.movement_s
            following.aim(self._rest, t_s, takes_s)
            self._lowered_s = t_s + takes_s
        self._points = t_s < self._lowered_s
        self._seen_guide = None
        return self._points

    def _lean_to(self, target: Target, view: View, t_s: float) -> None:
        if self._following is not None:
            self.sitting = self._following.at(t_s).stand < 0.5
            self._following = None
        self._shifts = True
        if not self.condition.willing:
            self._shifting.back(self.condition.now(), t_s)
            return
        home = target.x == 0.0 and self._picking is not None and target.number != self._picking[0]
        if self._shifting.look(view, target, self.condition.now(), t_s) and not home:
            if self._picking is not None:
                self.condition.came(success=view.count > self._picking[1])
            self._picking = target.number, view.count
            self.condition.repeated(abs(target.x), 0.0)

    def _shifted(self, t_s: float) -> Stance:
        """Trunk or weight where it is shifted to; the arms rest."""
        share = self._shifting.at(self.kind, t_s)
        able = Ability(self.kind, self.side).share(self.kind.balance, "right" if share > 0 else "left")
        if self.sitting:
            return replace(self._rest, lean_deg=share * LEAN_DEG * able)
        return replace(self._rest, shift_m=share * SHIFT_M * able, stand=1.0)

    def _grip(self, target: Target, view: View, t_s: float) -> None:
        if target.kind not in ("grasp", "release", "pinch", "tap"):
            return
        self._grips = True
        if view.hand is not None and not self._missed and target.number == self._seen_number:
            off = math.dist((target.x, target.y), (view.hand.x, view.hand.y))
            self._gripping.look(target, off, self.condition.now(), t_s)

    def answer(self, what: Question) -> float:
        """What the person says when it is asked: see core.inputs.Answer."""
        return self.condition.answer(what)

    def tomorrow(self) -> Before:
        """What today leaves for the next day: the `before` of the same person then."""
        return self.condition.tomorrow()

    def _tremor(self, t_s: float, dt_s: float) -> float:
        """Metres to the side."""
        kind = self.kind
        resting_ = self._what == "rest" if self._following is None else self._following.end == self._rest
        wanted = kind.tremor_m * (kind.tremor_rest if resting_ else kind.tremor_action)
        self._shake_m += (wanted - self._shake_m) * min(1.0, dt_s / TREMOR_S)
        return self._shake_m * math.sin(2 * math.pi * kind.tremor_hz * t_s)

    def _intention(self, hand: Point, t_s: float) -> float:
        kind = self.kind
        if kind.intention_m <= 0 or self._what == "rest":
            return 0.0
        near = nearness(math.dist(hand, self._target))
        return kind.intention_m * near * math.sin(2 * math.pi * kind.intention_hz * t_s)

    def _follow(self, guide: Guide, t_s: float) -> None:
        """Do what the guide shows, a reaction time after it was shown."""
        following = self._follow_from_here(t_s)
        seen = (guide.number, guide.name, guide.side, guide.back)
        if seen == self._seen_guide:
            return
        if self._seen_guide is None or guide.number != self._seen_guide[0]:
            self._able = float(self._rng.normal(1.0, self.kind.reach_spread))
        self._seen_guide = seen
        goal = goal_of(guide, self._rest, Ability(self.kind, self.side, self._able))
        slow = WHOLE_BODY if guide.name in ("stand_up", "sit_down") else WHOLE_LIMB
        following.aim(goal, t_s + self._reaction(), slow * self.kind.movement_s)

    def _follow_from_here(self, t_s: float) -> Following:
        """After a target arms and trunk go on from where they are."""
        if self._following is None:
            hand = self._movement.at(t_s)
            now = with_hand(self._rest, self.side, (self._outward * hand[0], hand[1]), self.build)
            now = self._shifted(t_s) if self._shifts else replace(now, lean_deg=math.degrees(self._lean))
            self._following = Following(now, now)
            self._seen_guide = None
        return self._following

    def _reach_for(self, t_s: float) -> None:
        """A target after guides, or after leaning: the hand goes on from where it is."""
        if self._following is None and not self._shifts:
            return
        now = self._shifted(t_s) if self._following is None else self._following.at(t_s)
        self._shifts = False
        joints = body_of(now, self.build).joints
        (sx, sy), (wx, wy) = joints[f"{self.side}_shoulder"], joints[f"{self.side}_wrist"]
        here = (wx - sx, wy - sy)
        self._movement = Movement(here, here, t_s, 1.0)
        self._lean = math.radians(now.lean_deg)
        self._what, self._target = "guide", here
        self.sitting = now.stand < 0.5
        self._following = None

    def _look(self, target: Target, view: View, t_s: float) -> None:
        if target.number != self._seen_number:
            self._seen_number = target.number
            self._take_up(target, view, t_s)
        elif self._missed or not self.condition.willing:
            return
        elif view.hand is not None and t_s > max(self._looks_s, self._movement.end_s + sees_s(target)):
            self._correct(target, view, t_s)

    def _take_up(self, target: Target, view: View, t_s: float) -> None:
        """A new target: begin to reach for it, if it is noticed and there is still the will."""
        fresh = target.kind in STARTS and (self._picking is None or target.number != self._picking[0])
        if fresh and self._picking is not None:
            self.condition.came(success=view.count > self._picking[1])
        if fresh:
            self._picking = target.number, view.count
        kind = self.condition.now()
        self._able = float(self._rng.normal(1.0, kind.reach_spread))
        goal = self._goal_of(target)
        if not self.condition.willing:
            self._aim((self._outward * LAP[0], LAP[1]), "rest", 0.0, t_s)
            return
        ignored = neglected(kind, self.side, self._outward * goal[0] / self.build.arm)
        chance = 0.0 if target.kind in ASKED else kind.neglect_miss * ignored
        self._missed = chance > 0 and float(self._rng.random()) < chance
        if self._missed:
            return
        self._aim(goal, target.kind, self._reaction() + kind.neglect_delay_s * ignored, t_s)
        if fresh:
            movement = self._movement
            self.answer_to = Begun(target.number, t_s, movement.begin_s, movement.duration_s)
            distance = math.hypot(*goal) / self.build.arm
            share = elevation_share(goal[1], math.hypot(*goal))
            self.condition.repeated(distance / float(farthest(self.kind, share, 1.0)), 90.0 * share)

    def _wait(self, t_s: float) -> None:
        """A pause: the hand goes back to the lap after a moment, and begins again when play goes on."""
        if self._paused_s is None:
            self._paused_s = t_s
            if self._shifts:
                self._shifting.back(self.condition.now(), t_s)
        elif self._following is not None and self._seen_guide and t_s - self._paused_s > BACK_AFTER_S:
            self._seen_guide = None
            self._following.aim(self._rest, t_s, WHOLE_LIMB * self.kind.movement_s)
        elif self._seen_number is not None and t_s - self._paused_s > BACK_AFTER_S:
            self._seen_number = None
            self._aim((self._outward * LAP[0], LAP[1]), "rest", 0.0, t_s)

    def _goal_of(self, target: Target) -> Point:
        """The target's place from the patient's own shoulder, in metres of its own arm."""
        if target.kind == "farthest":
            far = math.hypot(target.x, target.y) or 1.0
            x, y = target.x / far, target.y / far
        else:
            x, y = target.x, target.y
        return -x * self.build.arm, y * self.build.arm

    def _correct(self, target: Target, view: View, t_s: float) -> None:
        if target.kind in ("farthest", "rest") or view.hand is None:
            return
        dx, dy = target.x - view.hand.x, target.y - view.hand.y
        if math.hypot(dx, dy) < CLOSE_ENOUGH * target.radius:
            return
        if self._rng.random() > self.kind.attention:
            self._looks_s = t_s + CORRECTION_AFTER_S
            return
        hand = self._movement.at(t_s)
        self._aim((hand[0] - dx * self.build.arm, hand[1] + dy * self.build.arm), target.kind, BETWEEN_S, t_s)

    def _aim(self, goal: Point, what: str, wait_s: float, t_s: float) -> None:
        kind, start = self.condition.now(), self._movement.at(t_s)
        self._what, self._target = what, goal
        goal, helping_deg, reach_m = self._within_reach(goal, kind)
        distance = math.dist(start, goal)
        spread = kind.noise * distance * (0.3 if what == "farthest" else 1.0)
        end = (goal[0] + float(self._rng.normal(0, spread)), goal[1] + float(self._rng.normal(0, spread)))
        if what not in ASKED:
            end = made_of(self.condition.now(), (start, goal, end), reach_m, self._rng)
        duration_s = movement_s(kind, distance / self.build.arm)
        bow = float(self._rng.normal(0, kind.bow)) if kind.bow > 0 else 0.0
        halt_at, halt_s = halt_of(self.kind, self._rng)
        self._movement = Movement(start, end, t_s + wait_s, duration_s, bow, halt_at, halt_s)
        self._lean_goal = math.radians(helping_deg) * (1.0 if self.side == "right" else -1.0)

    def _within_reach(self, goal: Point, kind: Kind) -> tuple[Point, float, float]:
        """Goal clamped to what this arm can do, degrees the trunk helps, and that reach in metres."""
        distance, arm = math.hypot(*goal), self.build.arm
        share = elevation_share(goal[1], distance)
        reach = float(farthest(kind, share, self._able))
        helping = float(lean_deg(kind, distance / arm, reach, arm))
        most = reach * arm
        if distance <= most:
            return goal, helping, most
        return (goal[0] * most / distance, goal[1] * most / distance), helping, most

    def _reaction(self) -> float:
        return self.kind.reaction_s * float(np.clip(self._rng.normal(1.0, REACTION_SPREAD), 0.6, 1.6))

    def _body(self, hand: Point, t_s: float) -> Body:
        body = posture(self.build, self.side, hand, self._lean, sitting=self.sitting)
        if not self._grips:
            return body
        return replace(body, hand_open=body.hand_open | {self.side: self._gripping.at(t_s)})
