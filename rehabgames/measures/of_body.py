"""What joints, legs, balance and hands did: ranges, symmetry, standing up, stepping, sway, grasp."""

from __future__ import annotations

import math

import numpy as np

from rehabgames.core.landmarks import SIDES
from rehabgames.core.measured import Measured
from rehabgames.measures.chair import measure_sit_to_stand
from rehabgames.measures.finger_taps import measure_tapping
from rehabgames.measures.hand import HandRange, measure_grasp
from rehabgames.measures.material import Material
from rehabgames.measures.range_of_motion import measure_range
from rehabgames.measures.repetitions import count
from rehabgames.measures.sit_to_stand import observed_levels
from rehabgames.measures.steps import measure_stepping
from rehabgames.measures.sway_camera import sway_measures
from rehabgames.measures.symmetry import symmetry
from rehabgames.signals import SIGNALS
from rehabgames.signals.noise import REST_S, detrended_rms

# whose range is a finding of its own
RANGES = (
    "shoulder_abduction",
    "shoulder_flexion",
    "shoulder_elevation",
    "elbow_flexion",
    "hip_flexion",
    "knee_flexion",
    "trunk_lean",
    "trunk_forward_lean",
    "neck_lateral_flexion",
    "neck_rotation",
    "weight_shift",
    "seated_shift",
)
COMPARED = ("shoulder_abduction", "elbow_flexion", "hand_height", "knee_lift")


def body_measures(material: Material) -> list[Measured]:
    results: list[Measured] = []
    for name in RANGES:
        for full in _names(name):
            results += measure_range(material.traces[full], noise=noise_at_rest(material, full))
    for name in COMPARED:
        results.append(_symmetry(material, name))
    hands = [material.traces[f"hand_height.{side}"] for side in SIDES]
    hips = material.traces["hip_height"]
    levels = observed_levels(hips.x)
    results += measure_sit_to_stand(hips, levels if levels.known else None, hands=hands)
    results += measure_stepping(material.traces["knee_lift.left"], material.traces["knee_lift.right"])
    return results + sway_measures(material.traces["com_x"])


def hand_measures(material: Material) -> list[Measured]:
    """Of each hand whose own landmarks were looked for."""
    if not np.isfinite(material.rec.hands_px).any():
        return []
    closed, opened = material.scale.hand_open
    results: list[Measured] = []
    for side in SIDES:
        results += measure_grasp(material.traces[f"hand_open.{side}"], HandRange(closed, opened))
        results += measure_tapping(material.traces[f"tap_angle.{side}"])
    return results


def _names(name: str) -> list[str]:
    return [f"{name}.{side}" for side in SIDES] if SIGNALS[name].sided else [name]


def _symmetry(material: Material, name: str) -> Measured:
    rises = {
        side: [
            each.rise for each in count(trace.t_s, trace.x, SIGNALS[name].swing) if math.isfinite(each.rise)
        ]
        for side in SIDES
        for trace in (material.traces[f"{name}.{side}"],)
    }
    return symmetry(
        name,
        right=rises["right"],
        left=rises["left"],
        noise=max((noise_at_rest(material, f"{name}.{side}") for side in SIDES), key=_unknown_first),
        unit=SIGNALS[name].unit,
    )


def noise_at_rest(material: Material, full: str) -> float:
    """RMS of a signal about its drift while the person rests; NaN where no rest is known."""
    trace = material.traces[full]
    if material.rested is None:
        return math.nan
    start_s, end_s = material.rested
    quiet = (trace.t_s >= start_s) & (trace.t_s <= max(end_s, start_s + REST_S)) & trace.good
    return float(detrended_rms(trace.t_s[quiet], trace.x[quiet, None])[0])


def _unknown_first(value: float) -> float:
    return math.inf if math.isnan(value) else value
