"""Exercises of drawn people that are known to the degree: scripts, and what a measure of them has to find."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from rehabgames.core.landmarks import SIDES, Side
from rehabgames.patients.script import Script, hanging, lift_of, raised, there_and_back, with_arm
from rehabgames.patients.stance import Arm, Stance, resting
from rehabgames.tracking.looks import LOOKS, STATURE_M, Look

BEGIN_S = 0.8
REST_DEG = 8.0  # of an arm that hangs
STRAIGHT_DEG = 5.0
WHOLE_BODY_M = 3.4  # camera to somebody of average stature whose feet and raised hips are in the picture


@dataclass(frozen=True)
class Exercise:
    """signal  that the movement is measured by, with its side
    rest, end  of the signal, in its unit; NaN where its truth is not known from the script
    times      repetitions
    """

    name: str
    look: Look
    script: Script
    signal: str
    times: int
    rest: float = math.nan
    end: float = math.nan

    def __str__(self) -> str:
        moved = "" if math.isnan(self.end) else f" {self.rest:.0f} to {self.end:.0f}"
        return f"{self.look.name}: {self.times} {self.name}{moved} ({self.signal})"


def side_of(rng: np.random.Generator) -> Side:
    return SIDES[int(rng.integers(2))]


def _stand(look: Look) -> float:
    return 0.0 if look.sitting else 1.0


def _repeated(rng: np.random.Generator, rest: Stance, end: Stance, times: int) -> Script:
    move_s, hold_s, pause_s = (float(rng.uniform(*pair)) for pair in ((0.7, 1.5), (0.2, 0.6), (0.2, 0.6)))
    return there_and_back(
        rest, end, times=times, move_s=move_s, hold_s=hold_s, pause_s=pause_s, begin_s=BEGIN_S
    )


def arm_raise(
    rng: np.random.Generator,
    look: Look,
    side: Side,
    times: int,
    least_deg: float = 30.0,
    *,
    stiff: bool = False,
) -> Exercise:
    """To 30..150 degrees; stiff: the shoulder stays down, as nobody's does."""
    to_deg = float(rng.uniform(least_deg, 150.0))
    end = raised(side, to_deg, flexion_deg=STRAIGHT_DEG, stand=_stand(look))
    if stiff:
        end = with_arm(end, side, replace(end.arm(side), hike=0.0))
    script = _repeated(rng, hanging(_stand(look)), end, times)
    return Exercise("arm raises", look, script, f"shoulder_abduction.{side}", times, REST_DEG, to_deg)


def elbow_bend(
    rng: np.random.Generator, look: Look, side: Side, times: int, least_deg: float = 20.0
) -> Exercise:
    """By 20..130 degrees, forearm turning out and up, or in; the upper arm held at some elevation."""
    by_deg, upper_deg = float(rng.uniform(least_deg, 130.0)), float(rng.uniform(20.0, 80.0))
    bend = float(rng.choice([-1.0, 1.0]))
    straight, bent = (
        with_arm(
            hanging(_stand(look)), side, Arm(upper_deg, STRAIGHT_DEG + by, bend, hike=lift_of(upper_deg))
        )
        for by in (0.0, by_deg)
    )
    script = _repeated(rng, straight, bent, times)
    end_deg = STRAIGHT_DEG + by_deg
    return Exercise("elbow bends", look, script, f"elbow_flexion.{side}", times, STRAIGHT_DEG, end_deg)


def lean(rng: np.random.Generator, look: Look, side: Side, times: int, least_deg: float = 15.0) -> Exercise:
    """To the person's right, whatever the side."""
    to_deg = float(rng.uniform(least_deg, 25.0))
    rest = hanging(_stand(look))
    script = _repeated(rng, rest, replace(rest, lean_deg=to_deg), times)
    return Exercise("leans", look, script, "trunk_lean", times, 0.0, to_deg)


def stand_up(rng: np.random.Generator, look: Look, side: Side, times: int) -> Exercise:
    """From a chair and back; the repetition counts as it sits down."""
    far = whole_body(look)
    script = _repeated(rng, hanging(0.0), hanging(1.0), times)
    return Exercise("stands", far, script, "hip_height", times)


def steps(rng: np.random.Generator, look: Look, side: Side, times: int) -> Exercise:
    """On the spot, left and right in turn, beginning with this side."""
    lift, up_s, wait_s = (float(rng.uniform(*pair)) for pair in ((0.4, 1.0), (0.35, 0.7), (0.1, 0.4)))
    rest = hanging(1.0)
    ends = {"left": replace(rest, lift_left=lift), "right": replace(rest, lift_right=lift)}
    order = (side, "left" if side == "right" else "right")
    t_s, keys = BEGIN_S, [(0.0, rest), (BEGIN_S, rest)]
    for foot in order * times:
        for took_s, stance in ((up_s, ends[foot]), (up_s, rest), (wait_s, rest)):
            t_s += took_s
            keys.append((t_s, stance))
    keys.append((t_s + BEGIN_S, rest))
    return Exercise("steps a side", whole_body(look), Script(tuple(keys)), f"step_height.{side}", times)


def whole_body(look: Look) -> Look:
    """The same look from so far that the feet are seen."""
    return replace(look, distance_m=WHOLE_BODY_M * look.stature_m / STATURE_M, sitting=False, offset_m=0.0)


# what counts as a repetition is a movement by 30, 40 or 10 degrees; these are clearly more
COUNTED: tuple[Callable[[np.random.Generator, Look, Side, int], Exercise], ...] = (
    lambda rng, look, side, times: arm_raise(rng, look, side, times, 55.0),
    lambda rng, look, side, times: elbow_bend(rng, look, side, times, 60.0),
    stand_up,
    lean,
    steps,
)


def counted_runs(n: int, seed: int) -> list[Exercise]:
    """All exercises in turn, each run with another look, side, range, pace and number of repetitions."""
    runs = []
    for i in range(n):
        rng = np.random.default_rng([seed, i])
        make = COUNTED[i % len(COUNTED)]
        runs.append(make(rng, LOOKS[(seed + i) % len(LOOKS)], side_of(rng), int(rng.integers(2, 9))))
    return runs


@dataclass(frozen=True)
class ReachTask:
    """Reaches of one hand from the lap; spans (begin_s, end_s) of each, and whether it was brisk."""

    look: Look
    side: Side
    script: Script
    spans: tuple[tuple[float, float, bool], ...]


BRISK_S, SLOW_S = (0.5, 0.9), (1.6, 2.4)
RESTED_S = 2.0


def reach_task(rng: np.random.Generator, look: Look, side: Side, brisk: int, slow: int) -> ReachTask:
    """To places 0.50 m from the shoulder, out to the side, from low up to shoulder height."""
    rest = Stance(resting(), resting(), stand=_stand(look))
    t_s, keys, spans = RESTED_S, [(0.0, rest), (RESTED_S, rest)], []
    for is_brisk in [True] * brisk + [False] * slow:
        took_s = float(rng.uniform(*(BRISK_S if is_brisk else SLOW_S)))
        angle_deg = float(rng.uniform(35.0, 95.0))
        angle = math.radians(angle_deg)
        hand = 0.50 * math.sin(angle), -0.50 * math.cos(angle)
        there = with_arm(rest, side, Arm(hand=hand, hike=lift_of(angle_deg)))
        spans.append((t_s, t_s + took_s, is_brisk))
        for wait_s, stance in ((took_s, there), (0.7, there), (1.0, rest), (0.8, rest)):
            t_s += wait_s
            keys.append((t_s, stance))
    return ReachTask(look, side, Script(tuple(keys)), tuple(spans))
