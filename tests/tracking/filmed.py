"""Drawn people with known truth through the real pose network: what is asked of them, and what is found."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rehabgames.core.landmarks import Side
from rehabgames.measures import reach, smoothness
from rehabgames.measures.material import Material
from rehabgames.measures.reaching import find_reach
from rehabgames.measures.repetitions import count
from rehabgames.patients.script import Script, hanging, reaching, there_and_back, with_arm
from rehabgames.patients.stance import Arm, Stance, resting
from rehabgames.signals import SIGNALS, examine
from rehabgames.signals.noise import noise_floor
from rehabgames.tracking.film import tracked
from rehabgames.tracking.looks import LOOKS, Look

HOLD_S = (2.3, 2.7)  # of a raise after 1 s of rest and 1.2 s of moving
REST_S = 2.0


@dataclass(frozen=True)
class RangeFound:
    """error_deg of the range; coverage: share of frames that could be measured."""

    look: str
    asked_deg: float
    error_deg: float
    coverage: float


def one_range(
    name: str, start: Stance, end: Stance, asked_deg: float, *, look: Look, model: Path
) -> RangeFound:
    """From the rest before to the hold, by medians."""
    script = there_and_back(start, end, times=1, move_s=1.2, hold_s=0.6, pause_s=0.4, begin_s=1.0)
    rec = tracked(script, look, model).rec
    trace = examine(rec, [name])[name]
    held = trace.x[(rec.t_s > HOLD_S[0]) & (rec.t_s < HOLD_S[1])]
    found = float(np.nanmedian(held) - np.nanmedian(trace.x[rec.t_s < 0.9]))
    return RangeFound(look.name, asked_deg, found - asked_deg, trace.coverage)


def shoulder_range(look: Look, side: Side, asked_deg: float, model: Path) -> RangeFound:
    rest = hanging(0.0 if look.sitting else 1.0)
    end = with_arm(rest, side, Arm(upper_deg=8.0 + asked_deg, flexion_deg=8, bend=1.0))
    return one_range(f"shoulder_abduction.{side}", rest, end, asked_deg, look=look, model=model)


def elbow_range(look: Look, side: Side, asked_deg: float, model: Path) -> RangeFound:
    rest = hanging(0.0 if look.sitting else 1.0)
    start = with_arm(rest, side, Arm(upper_deg=45, flexion_deg=8, bend=1.0))
    end = with_arm(rest, side, Arm(upper_deg=45, flexion_deg=8 + asked_deg, bend=1.0))
    return one_range(f"elbow_flexion.{side}", start, end, asked_deg, look=look, model=model)


def repetitions(
    look: Look, side: Side, times: int, model: Path, *, range_deg: float = 70.0, move_s: float = 0.6
) -> int:
    """Counted raises of an arm."""
    rest = hanging(0.0 if look.sitting else 1.0)
    end = with_arm(rest, side, Arm(upper_deg=8.0 + range_deg, flexion_deg=8, bend=1.0))
    script = there_and_back(rest, end, times=times, move_s=move_s, hold_s=0.3, pause_s=0.3, begin_s=1.5)
    rec = tracked(script, look, model).rec
    name = f"shoulder_abduction.{side}"
    trace = examine(rec, [name], gated=False)[name]
    return len(count(trace.t_s, trace.x, SIGNALS["shoulder_abduction"].swing))


@dataclass(frozen=True)
class ReachFound:
    """Found and true values of one reach; NaN where the gate stayed shut."""

    look: str
    seconds: float
    path_ratio: float
    true_path_ratio: float
    sparc: float
    true_sparc: float


def reaches(look: Look, side: Side, seconds: list[float], seed: int, model: Path) -> list[ReachFound]:
    """Straight minimum-jerk reaches of half a metre's arc, one after the other; truth is what was drawn."""
    rng = np.random.default_rng(seed)
    rest = Stance(resting(), resting(), stand=0.0 if look.sitting else 1.0)
    keys, spans, t_s = [(0.0, rest), (REST_S + 0.2, rest)], [], REST_S + 0.2
    for lasts_s in seconds:
        angle = math.radians(float(rng.uniform(35, 95)))
        end = with_arm(rest, side, reaching(side, (0.5 * math.sin(angle), -0.5 * math.cos(angle))).arm(side))
        spans.append((t_s, t_s + lasts_s))
        for wait_s, stance in ((lasts_s, end), (0.8, end), (1.2, rest), (1.0, rest)):
            t_s += wait_s
            keys.append((t_s, stance))
    filmed = tracked(Script(tuple(keys)), look, model)
    rec = filmed.rec
    material = Material(rec, arms=(side,), rest=noise_floor(rec.only(rec.t_s < REST_S)), rested=(0.0, REST_S))
    found, truth = material.hand(side), -filmed.truth_px[f"{side}_wrist"] / material.scale.arm_px(side)
    results = []
    for start_s, end_s in spans:
        cue = {"cue_s": start_s - 0.1, "reached_s": end_s + 0.1}
        got = find_reach(rec.t_s, found, noise=material.noise_arms(side), **cue)
        true = find_reach(rec.t_s, truth, noise=0.0, wobble=0.0, **cue)
        values = [
            {each.name: each.value for each in (*reach.measured(one), *smoothness.measured(one))}
            for one in (got, true)
        ]
        results.append(
            ReachFound(
                look.name,
                end_s - start_s,
                values[0]["path_ratio"],
                values[1]["path_ratio"],
                values[0]["sparc"],
                values[1]["sparc"],
            )
        )
    return results


def look_named(name: str) -> Look:
    return next(look for look in LOOKS if look.name == name)
