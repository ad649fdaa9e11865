"""Following a guide: what somebody of this kind does when a movement is asked, as a Stance.

Only the guide that is shown on the screen is known. The affected side does its kind's share of the
whole movement; the other one loses half as much.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

from rehabgames.core.landmarks import Side
from rehabgames.core.view import Guide
from rehabgames.patients.body import Build, Point, elbow_of
from rehabgames.patients.kinds import Kind
from rehabgames.patients.motor import SYNERGY_DEG
from rehabgames.patients.script import with_arm
from rehabgames.patients.stance import LAP, Arm, Stance, between

LIFT_DEG: Final = 165.0
BENT_DEG, STRAIGHT_DEG = 145.0, 5.0
LEAN_DEG: Final = 25.0
SHIFT_M: Final = 0.07
STEP: Final = 0.45
HAND_OPEN: Final = 0.8  # of a hand at rest
RAISED: Final = Arm(upper_deg=60.0, flexion_deg=110.0, bend=1.0)  # hand at the ear, elbow under the shoulder
STRONGEST: Final = 1.0  # share that nobody is over, on a good day


@dataclass(frozen=True, slots=True)
class Ability:
    """Who does it: kind, affected side, and today's share of what that kind can do."""

    kind: Kind
    side: Side
    today: float = 1.0

    def share(self, whole: float, side: Side) -> float:
        """Of a kind's share, for this side."""
        able = whole if side == self.side else (1.0 + whole) / 2
        return min(STRONGEST, able * self.today)


def arm_at(hand: Point, build: Build) -> Arm:
    """The arm whose hand is at (outward, up) metres from its shoulder, as angles of an upright body.

    Its flexion is signed, + outward, with bend +1: so an arm can go through straight on its way.
    """
    elbow = elbow_of((0.0, 0.0), hand, build, 1.0)
    upper = math.atan2(elbow[0], -elbow[1])
    fore = math.atan2(hand[0] - elbow[0], elbow[1] - hand[1])
    flexion = math.remainder(fore - upper, 2 * math.pi)
    return Arm(math.degrees(upper), math.degrees(flexion), bend=1.0, hand_open=HAND_OPEN)


def at_rest(build: Build, *, sitting: bool) -> Stance:
    """Hands in the lap, or where a lap would be."""
    arm = arm_at(LAP, build)
    return Stance(arm, arm, stand=0.0 if sitting else 1.0)


def goal_of(guide: Guide, rest: Stance, able: Ability) -> Stance:
    """Where the asked movement ends for somebody with this rest. What needs no movement is the rest."""
    name, side = guide.name, guide.side
    if name in ("stand_up", "sit_down"):
        return replace(rest, stand=1.0 if (name == "stand_up") != guide.back else 0.0)
    if guide.back:
        return rest
    kind, right = able.kind, 1.0 if side == "right" else -1.0
    if name == "lean":
        return replace(rest, lean_deg=right * LEAN_DEG * able.share(kind.balance, side))
    if name == "shift_weight":
        return replace(rest, shift_m=right * SHIFT_M * able.share(kind.balance, side))
    if name == "step":
        lift = STEP * able.share(kind.balance, side)
        return replace(rest, lift_left=lift) if side == "left" else replace(rest, lift_right=lift)
    return with_arm(rest, side, _arm_goal(guide, rest.arm(side), able))


def _arm_goal(guide: Guide, arm: Arm, able: Ability) -> Arm:
    """Where the arm goes, no higher than the picture shows; "arm_forward" is not in the plane of the
    picture, and what is not an arm's movement moves no arm."""
    kind, side = able.kind, guide.side
    lifted_deg = min(LIFT_DEG * able.share(kind.lift, side), guide.most_deg)
    inward = math.copysign(1.0, arm.flexion_deg)
    lost_deg = (1.0 - able.share(kind.bend, side)) * (BENT_DEG - STRAIGHT_DEG) / 2
    straight_deg, grip = inward * (STRAIGHT_DEG + lost_deg), able.share(kind.grip, side)
    held_deg = SYNERGY_DEG * (kind.synergy if side == able.side else 0.0) * min(1.0, lifted_deg / 90.0)
    opened, closed = HAND_OPEN + (1 - HAND_OPEN) * grip, HAND_OPEN * (1 - grip)
    goals = {
        "arm_out": replace(arm, upper_deg=lifted_deg, flexion_deg=straight_deg + inward * held_deg),
        "elbow_bend": replace(arm, flexion_deg=inward * (BENT_DEG - lost_deg)),
        "elbow_straight": replace(arm, flexion_deg=straight_deg),
        "hand_open": replace(arm, hand_open=opened),
        "hand_close": replace(arm, hand_open=closed),
        "pinch_open": replace(arm, hand_open=opened),
        "pinch_close": replace(arm, hand_open=closed),
        "raise_hand": replace(RAISED, hand_open=arm.hand_open),
    }
    return goals.get(guide.name, arm)


@dataclass(slots=True)
class Following:
    """A minimum-jerk movement (Flash & Hogan 1985) from stance to stance; a new one begins after the
    reaction, and until then the old one goes on."""

    start: Stance
    end: Stance
    begin_s: float = 0.0
    duration_s: float = 1.0
    _next: tuple[float, Stance, float] | None = None

    def aim(self, end: Stance, begin_s: float, duration_s: float) -> None:
        self._next = (begin_s, end, duration_s)

    def at(self, t_s: float) -> Stance:
        """Ask in order of time."""
        if self._next is not None and t_s >= self._next[0]:
            self.start = self._between(t_s)
            self.begin_s, self.end, self.duration_s = t_s, self._next[1], self._next[2]
            self._next = None
        return self._between(t_s)

    def _between(self, t_s: float) -> Stance:
        share = min(1.0, max(0.0, (t_s - self.begin_s) / self.duration_s))
        return between(self.start, self.end, share**3 * (10 - 15 * share + 6 * share * share))


def shaken(stance: Stance, side: Side, turn_deg: float) -> Stance:
    """The stance with this side's arm turned at its shoulder by so much."""
    arm = stance.arm(side)
    return with_arm(stance, side, replace(arm, upper_deg=arm.upper_deg + turn_deg))


def with_hand(stance: Stance, side: Side, hand: Point, build: Build) -> Stance:
    """The stance with this side's hand at (outward, up) metres from its shoulder."""
    return with_arm(stance, side, arm_at(hand, build))
