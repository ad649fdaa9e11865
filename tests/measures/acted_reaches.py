"""Drawn people who raise an arm, or both, or reach from the lap, and act signs of compensation to a known
degree; what the real pose network saw of them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path

from rehabgames.core.landmarks import SIDES, Side, other_side
from rehabgames.core.pose import Recording
from rehabgames.measures.compensation_signs import SignsOfRepetition, Task, compensation_of, rest_of
from rehabgames.measures.shoulder_hike import LiftCurve
from rehabgames.patients.body import Build
from rehabgames.patients.script import Script, there_and_back, with_arm
from rehabgames.patients.stance import Arm, Stance, resting
from rehabgames.signals import examine
from rehabgames.tracking.film import tracked
from rehabgames.tracking.looks import Look

FPS = 12
REST = (0.2, 1.2)
RAISE = (1.2, 3.6)
LOW_DEG, HIGH_DEG = 8.0, 85.0
SLACK_DEG = 8.0  # bend of an elbow that reaches as far as it can
UP_DEG = 35.0  # direction of a reach from the lap, over the horizontal
LIFT = 0.128  # shoulder widths that a clean raise lifts its shoulder (MEASURES section 4)


@dataclass(frozen=True)
class Act:
    """One repetition. The sign that is acted, or "" for a clean one or one far below the threshold.

    lap         the hand comes from the lap and goes to a place; else straight arms are raised
    lean, tilt  degrees, + towards the first arm's own side
    bend        of the elbow of the first arm, degrees
    behind      degrees that the first raised arm stays below the other
    hike        shoulder widths over a clean raise
    """

    arms: tuple[Side, ...]
    sign: str = ""
    lap: bool = False
    lean: float = 0.0
    tilt: float = 0.0
    bend: float = 0.0
    behind: float = 0.0
    hike: float = 0.0

    @property
    def clean(self) -> bool:
        return not any((self.lean, self.tilt, self.bend, self.behind, self.hike))

    @property
    def task(self) -> Task:
        return Task(self.arms, "at the farthest" if self.lap else "throughout")


def _acts_of(side: Side) -> list[Act]:
    one, both = (side,), (side, other_side(side))
    return [
        Act(one),
        Act(both),
        Act(one, lap=True),
        Act(one, "trunk_lean", lean=10.0),
        Act(one, "trunk_lean", lean=-10.0),
        Act(both, "trunk_lean", lean=10.0),
        Act(one, "trunk_lean", lap=True, lean=10.0),
        Act(one, lean=2.5),
        Act(one, "head_tilt", tilt=11.0),
        Act(one, "head_tilt", tilt=-11.0),
        Act(both, "head_tilt", tilt=11.0),
        Act(one, "head_tilt", lap=True, tilt=-11.0),
        Act(one, tilt=2.5),
        Act(one, "elbow_extension", bend=42.0),
        Act(both, "elbow_extension", bend=42.0),
        Act(one, "elbow_extension", lap=True, bend=42.0),
        Act(one, bend=12.0),
        Act(both, "arm_asymmetry", behind=20.0),
        Act(both, behind=6.0),
        Act(one, "shoulder_hike", hike=0.22),
        Act(one, hike=0.02),
    ]


ACTS = [act for side in SIDES for act in _acts_of(side)]


def script(act: Act, sitting: bool) -> Script:
    """Rest, there, held, back; arms hang straight at rest, or the hands lie in the lap."""
    stand = 0.0 if sitting else 1.0
    low = resting() if act.lap else Arm(upper_deg=LOW_DEG, flexion_deg=0.0, bend=1.0)
    rest = end = Stance(low, low, stand=stand)
    for side in act.arms:
        end = with_arm(end, side, _raised(act, first=side == act.arms[0]))
    towards = 1.0 if act.arms[0] == "right" else -1.0
    end = replace(end, lean_deg=towards * act.lean, head_tilt_deg=towards * act.tilt)
    third = (RAISE[1] - RAISE[0]) / 3
    whole = there_and_back(rest, end, times=1, move_s=third, hold_s=third, pause_s=0.0, begin_s=RAISE[0])
    return Script(whole.keys[:-1])  # without the rest after it, which nobody looks at


def _raised(act: Act, *, first: bool) -> Arm:
    hike = LIFT + (act.hike if first else 0.0)
    if act.lap:
        a, b = Build().upper_arm, Build().forearm
        bend = math.radians(max(act.bend, SLACK_DEG) if first else SLACK_DEG)
        far, up = math.sqrt(a * a + b * b + 2 * a * b * math.cos(bend)), math.radians(UP_DEG)
        return Arm(hand=(far * math.cos(up), far * math.sin(up)), hike=hike)
    return Arm(
        upper_deg=HIGH_DEG - (act.behind if first else 0.0),
        flexion_deg=act.bend if first else 0.0,
        bend=1.0,
        hike=hike,
    )


def seen(look: Look, act: Act, model: Path) -> Recording:
    """What the real network saw of this act."""
    return tracked(script(act, look.sitting), look, model, fps=FPS, seed=1).rec


def judged(rec: Recording, act: Act, good_side: LiftCurve | None = None) -> SignsOfRepetition:
    traces = examine(rec, act.task.signals)
    return compensation_of(traces, rest_of(traces, *REST), [RAISE], act.task, good_side=good_side)[0]


def lift_curve(rec: Recording, side: Side) -> LiftCurve:
    """Of a clean raise of the good side."""
    traces = examine(rec, Task((side,)).signals)
    height = f"shoulder_height.{side}"
    return LiftCurve.of(
        traces[f"shoulder_elevation.{side}"], traces[height], rest_of(traces, *REST)[height].value
    )
