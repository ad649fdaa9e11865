"""The battery: every measure that applies to a recording, in the order in which people read them."""

from __future__ import annotations

from rehabgames.core.measured import Measured
from rehabgames.measures.material import Material
from rehabgames.measures.of_arm import arm_measures
from rehabgames.measures.of_body import body_measures, hand_measures
from rehabgames.measures.of_dose import dose_measures
from rehabgames.measures.of_practice import close_up_measures, shift_measures


def battery(material: Material) -> list[Measured]:
    """Each with its validity; what cannot be measured is in it, too, and says why. What has no meaning in
    the practice of a session is not."""
    practised = material.practised
    if practised is not None and practised.kind == "shift":
        return shift_measures(material, practised)
    if practised is not None and practised.kind == "hand":
        return close_up_measures(material, practised)
    results = dose_measures(material)
    for side in material.arms:
        results += arm_measures(material, side)
    return results + body_measures(material) + hand_measures(material)
