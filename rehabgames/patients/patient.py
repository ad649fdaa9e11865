"""Patient: a motor model that sees the game's picture and moves its hand.

Reaches are minimum-jerk movements (Flash & Hogan 1985) with a reaction time, a spread of the
endpoint that grows with distance, and visual corrections: what the eye sees on the screen between
hand and target is the only way the patient knows how it did. It can tell the game nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from rehabgames.core.landmarks import Side
from rehabgames.core.view import Target, View
from rehabgames.patients.body import Body, Build, Point, elbow_of
from rehabgames.patients.kinds import Kind, kind_named

SEAT_M, SEATED_KNEE_M, FLOOR_M = 0.47, 0.41, 0.05  # heights of hips, knees and ankles on a chair
LAP: Point = (0.10, -0.40)  # of a resting hand from its shoulder: outward, up; metres
STRETCHED = 0.995  # share of the arm's length to which an elbow straightens
CORRECTION_AFTER_S = 0.30  # time to see that the hand came short
BACK_AFTER_S = 0.8  # of a pause until the hand goes back to the lap
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

    def step(self, view: View | None, t_s: float) -> Body:
        """Look at the view (None: nothing to see yet) and give the body at t_s, seconds."""
        if view is not None and view.phase == "paused":
            self._wait(t_s)
        elif view is not None and view.target is not None:
            self._paused_s = None
            self._look(view.target, view, t_s)
        dt_s = 0.0 if self._last_s is None else max(0.0, t_s - self._last_s)
        self._last_s = t_s
        self._lean += (self._lean_goal - self._lean) * min(1.0, dt_s / 0.4)
        hand = self._movement.at(t_s)
        swing = self.kind.tremor_m * math.sin(2 * math.pi * self.kind.tremor_hz * t_s)
        return self._body(_on_the_arm((hand[0] + swing, hand[1] + 0.6 * swing), self.build.arm))

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
    hips_y = SEAT_M if sitting else build.thigh + build.shank + FLOOR_M
    knees_y = SEATED_KNEE_M if sitting else build.shank + FLOOR_M
    knees_x, ankles_x = (0.18, 0.17) if sitting else (0.10, 0.09)
    # +x of the picture is the person's left, so a lean to the right goes to -x
    up = (-math.sin(lean_rad), math.cos(lean_rad))
    across = (up[1], -up[0])
    chest = (build.trunk * up[0], hips_y + build.trunk * up[1])
    joints: dict[str, Point] = {}
    for name, sign in (("left", 1.0), ("right", -1.0)):
        half = sign * build.shoulder_width / 2
        shoulder = (chest[0] + half * across[0], chest[1] + half * across[1])
        rest = (sign * LAP[0], LAP[1])
        away = hand if name == side else rest
        wrist = (shoulder[0] + away[0], shoulder[1] + away[1])
        hip = (sign * build.hip_width / 2, hips_y)
        joints[f"{name}_shoulder"] = shoulder
        joints[f"{name}_elbow"] = elbow_of(shoulder, wrist, build, sign)
        joints[f"{name}_wrist"] = wrist
        joints[f"{name}_hip"] = hip
        joints[f"{name}_knee"] = (sign * knees_x, knees_y)
        joints[f"{name}_ankle"] = (sign * ankles_x, FLOOR_M)
    neck = build.neck + 0.33 * build.head  # up to the tip of the nose
    joints["nose"] = (chest[0] + neck * up[0], chest[1] + neck * up[1])
    return Body(joints, {"left": 0.8, "right": 0.8}, lean_rad, build)
