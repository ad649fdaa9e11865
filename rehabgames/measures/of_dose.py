"""How much was done: repetitions, active minutes, and how much of it could be measured."""

from __future__ import annotations

import numpy as np

from rehabgames.core.landmarks import Side
from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Mask
from rehabgames.measures.dose import dose
from rehabgames.measures.ends_of_range import robust_maximum
from rehabgames.measures.material import Material
from rehabgames.measures.movement import hand_path
from rehabgames.signals import SIGNALS, Trace


def dose_measures(material: Material) -> list[Measured]:
    results = [seen_share(material.present)]
    for side in material.arms:
        results += _of_hand(material, side)
    return results


def seen_share(there: Mask) -> Measured:
    """there (n,): what was to be seen is in the picture."""
    n = len(there)
    seen = float(there.mean()) if n else 0.0
    why = Validity.GOOD if n else Validity.TOO_FEW
    return Measured("time_seen", "", 100 * seen, "%", Message("how.time_seen", {"frames": n}), why, seen)


def _of_hand(material: Material, side: Side) -> list[Measured]:
    """Repetitions are lifts of the hand by a fifth of the range that this hand used, or more."""
    lifts = material.motion[f"hand_height.{side}"]
    used = robust_maximum(lifts.t_s, lifts.x) + robust_maximum(lifts.t_s, -lifts.x)
    path = hand_path(material.rec.t_s, material.hand(side), noise=material.noise_arms(side))
    unseen = material.traces[f"hand_x.{side}"].reason
    why = np.where(np.isfinite(path.speed), Validity.GOOD, unseen or Validity.GAP).astype(np.uint8)
    speed = Trace(f"hand_speed.{side}", "arm lengths/s", path.t_s, path.speed, why)
    # a hand that rested all the time has no range to take a fifth of
    own = float(np.fmax(used, SIGNALS["hand_height"].swing.size))
    return [
        Measured(each.name, each.of or side, each.value, each.unit, each.how, each.validity, each.coverage)
        for each in dose(lifts, own, speed, path.noise_speed)
    ]
