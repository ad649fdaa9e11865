"""Patient: a motor model that sees the game's picture and moves its hand, or as a guide shows.

Reaches are minimum-jerk movements (Flash & Hogan 1985) with a reaction time, a spread of the
endpoint that grows with distance, and visual corrections: what the eye sees on the screen between
hand and target is the only way the patient knows how it did. It can tell the game nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from rehabgames.core.landmarks import Side
from rehabgames.core.view import Guide, Target, View
from rehabgames.patients.body import Body, Build, Point
from rehabgames.patients.following import Ability, Following, at_rest, goal_of, shaken, with_hand
from rehabgames.patients.kinds import Kind, kind_named
from rehabgames.patients.stance import LAP, Arm, Stance, body_of, resting

STRETCHED = 0.995  # share of the arm's length to which an elbow straightens
CORRECTION_AFTER_S = 0.30  # time to see that the hand came short
BACK_AFTER_S = 0.8  # of a pause until the hand goes back to the lap
WHOLE_LIMB, WHOLE_BODY = 1.6, 2.0  # movement times of a whole lift of an arm, of standing up
CLOSE_ENOUGH = 0.45  # share of the target's radius that nobody corrects any more


@dataclass(frozen=True, slots=True)
class Movement:
    """A straight minimum-jerk movement of the hand, relative to its shoulder, metres."""

    start: Point
    end: Point
    begin_s: float
    duration_s: float

    def at(self, t_s: float) -> Point:
        share = min(1.0, max(0.0, (t_s - self.begin_s) / self.duration_s))
        s = share**3 * (10 - 15 * share + 6 * share * share)
        return (
            self.start[0] + s * (self.end[0] - self.start[0]),
            self.start[1] + s * (self.end[1] - self.start[1]),
        )

    @property
    def end_s(self) -> float:
        return self.begin_s + self.duration_s


class Patient:
    """kind: a name of KINDS; side: the working arm. The same seed and views give the same body."""

    def __init__(
        self, kind: str, side: Side, seed: int, build: Build | None = None, *, sitting: bool = True
    ) -> None:
        self.kind: Kind = kind_named(kind)
        self.side: Side = side
        self.build = build or Build()
        self.sitting = sitting
        self._rng = np.random.default_rng(seed)
        self._outward = 1.0 if side == "left" else -1.0  # +x of Body is the person's left
        rest = (self._outward * LAP[0], LAP[1])
        self._movement = Movement(rest, rest, 0.0, 1.0)
        self._seen_number: int | None = None
        self._able = 1.0  # today's reach of this try, as a share of the kind's
        self._lean = 0.0
        self._lean_goal = 0.0
        self._last_s: float | None = None
        self._paused_s: float | None = None
        self._rest = at_rest(self.build, sitting=sitting)
        self._following: Following | None = None
        self._seen_guide: tuple[int, str, Side, bool] | None = None

    def step(self, view: View | None, t_s: float) -> Body:
        """Look at the view (None: nothing to see yet) and give the body at t_s, seconds."""
        if view is not None and view.phase == "paused":
            self._wait(t_s)
        elif view is not None and view.target is not None:
            self._paused_s = None
            self._reach_for(t_s)
            self._look(view.target, view, t_s)
        elif view is not None and view.guide is not None:
            self._paused_s = None
            self._follow(view.guide, t_s)
        dt_s = 0.0 if self._last_s is None else max(0.0, t_s - self._last_s)
        self._last_s = t_s
        self._lean += (self._lean_goal - self._lean) * min(1.0, dt_s / 0.4)
        swing = self.kind.tremor_m * math.sin(2 * math.pi * self.kind.tremor_hz * t_s)
        if self._following is not None:
            turn_deg = math.degrees(swing / self.build.arm)
            return body_of(shaken(self._following.at(t_s), self.side, turn_deg), self.build)
        hand = self._movement.at(t_s)
        return self._body(_on_the_arm((hand[0] + swing, hand[1] + 0.6 * swing), self.build.arm))

    def _follow(self, guide: Guide, t_s: float) -> None:
        """Do what the guide shows, a reaction time after it was shown."""
        if self._following is None:
            hand = self._movement.at(t_s)
            now = with_hand(self._rest, self.side, (self._outward * hand[0], hand[1]), self.build)
            now = replace(now, lean_deg=math.degrees(self._lean))
            self._following = Following(now, now)
            self._seen_guide = None
        seen = (guide.number, guide.name, guide.side, guide.back)
        if seen == self._seen_guide:
            return
        if self._seen_guide is None or guide.number != self._seen_guide[0]:
            self._able = float(self._rng.normal(1.0, self.kind.reach_spread))
        self._seen_guide = seen
        goal = goal_of(guide, self._rest, Ability(self.kind, self.side, self._able))
        slow = WHOLE_BODY if guide.name in ("stand_up", "sit_down") else WHOLE_LIMB
        self._following.aim(goal, t_s + self._reaction(), slow * self.kind.movement_s)

    def _reach_for(self, t_s: float) -> None:
        """A target after guides: the hand goes on from where it is."""
        if self._following is None:
            return
        now = self._following.at(t_s)
        joints = body_of(now, self.build).joints
        (sx, sy), (wx, wy) = joints[f"{self.side}_shoulder"], joints[f"{self.side}_wrist"]
        here = (wx - sx, wy - sy)
        self._movement = Movement(here, here, t_s, 1.0)
        self._lean = math.radians(now.lean_deg)
        self.sitting = now.stand < 0.5
        self._following = None

    def _look(self, target: Target, view: View, t_s: float) -> None:
        if target.number != self._seen_number:
            self._seen_number = target.number
            self._able = float(self._rng.normal(1.0, self.kind.reach_spread))
            self._aim(self._goal_of(target), target.kind, self._reaction(), t_s)
        elif t_s > self._movement.end_s + CORRECTION_AFTER_S and view.hand is not None:
            self._correct(target, view, t_s)

    def _wait(self, t_s: float) -> None:
        """A pause: the hand goes back to the lap after a moment, and begins again when play goes on."""
        if self._paused_s is None:
            self._paused_s = t_s
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
        if math.hypot(dx, dy) < CLOSE_ENOUGH * target.radius or self._rng.random() > self.kind.attention:
            return
        hand = self._movement.at(t_s)
        self._aim((hand[0] - dx * self.build.arm, hand[1] + dy * self.build.arm), target.kind, 0.05, t_s)

    def _aim(self, goal: Point, what: str, wait_s: float, t_s: float) -> None:
        start = self._movement.at(t_s)
        goal, short = self._within_reach(goal)
        distance = math.hypot(goal[0] - start[0], goal[1] - start[1])
        spread = self.kind.noise * distance * (0.3 if what == "farthest" else 1.0)
        end = (goal[0] + float(self._rng.normal(0, spread)), goal[1] + float(self._rng.normal(0, spread)))
        duration_s = self.kind.movement_s * (0.45 + 0.55 * distance / (0.5 * self.build.arm))
        self._movement = Movement(start, end, t_s + wait_s, duration_s)
        helping = self.kind.trunk_deg * min(1.0, short / 0.1)
        self._lean_goal = math.radians(helping) * (1.0 if self.side == "right" else -1.0)

    def _within_reach(self, goal: Point) -> tuple[Point, float]:
        """Goal clamped to what this arm can do, and how many metres that is short."""
        distance = math.hypot(*goal)
        if distance < 1e-6:
            return goal, 0.0
        elevation = math.acos(max(-1.0, min(1.0, -goal[1] / distance)))
        share = min(1.0, elevation / (math.pi / 2))
        reach = self.kind.reach + (self.kind.reach_up - self.kind.reach) * share
        farthest = min(STRETCHED, max(0.1, reach * self._able)) * self.build.arm
        if distance <= farthest:
            return goal, 0.0
        return (goal[0] * farthest / distance, goal[1] * farthest / distance), distance - farthest

    def _reaction(self) -> float:
        return self.kind.reaction_s * float(np.clip(self._rng.normal(1.0, 0.15), 0.6, 1.6))

    def _body(self, hand: Point) -> Body:
        return posture(self.build, self.side, hand, self._lean, sitting=self.sitting)


def _on_the_arm(hand: Point, arm: float) -> Point:
    """A spread endpoint or a tremor cannot make the arm longer than it is."""
    distance = math.hypot(*hand)
    longest = STRETCHED * arm
    return hand if distance <= longest else (hand[0] * longest / distance, hand[1] * longest / distance)


def posture(build: Build, side: Side, hand: Point, lean_rad: float, *, sitting: bool = True) -> Body:
    """The whole body for a working hand (from its shoulder, metres) and a lean of the trunk.

    lean_rad is + to the person's right. The other hand rests. Sitting, the thighs point at the camera.
    """
    outward = 1.0 if side == "left" else -1.0  # +x of the picture is the person's left
    working, other = Arm(hand=(outward * hand[0], hand[1])), resting()
    left, right = (working, other) if side == "left" else (other, working)
    stance = Stance(left, right, math.degrees(lean_rad), stand=0.0 if sitting else 1.0)
    return body_of(stance, build)
