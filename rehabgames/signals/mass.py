"""Centre of mass from segments: de Leva 1996, J Biomech 29:1223, tables 2 and 4 (MEASURES section 6).

The trunk is the segment mid-shoulder → mid-hip ("Trunk 3"), the head the one vertex → cervicale
("Head 2"). Mass and place are the means of women and men unless one is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import numpy as np

from rehabgames.core.pose import Array

Ends = dict[str, tuple[Array, Array]]
Sex = Literal["female", "male"]

# segment → share of the body's mass, and place of its centre from the first end; male, female
SEGMENTS: Final[Mapping[str, tuple[tuple[float, float], tuple[float, float]]]] = {
    "head": ((0.0694, 0.0668), (0.5002, 0.4841)),
    "trunk": ((0.4346, 0.4257), (0.4310, 0.3782)),
    "upper arm": ((0.0271, 0.0255), (0.5772, 0.5754)),
    "forearm": ((0.0162, 0.0138), (0.4574, 0.4559)),
    "hand": ((0.0061, 0.0056), (0.7900, 0.7474)),
    "thigh": ((0.1416, 0.1478), (0.4095, 0.3612)),
    "shank": ((0.0433, 0.0481), (0.4395, 0.4352)),
    "foot": ((0.0137, 0.0129), (0.4415, 0.4014)),
}


def _of(pair: tuple[float, float], sex: Sex | None) -> float:
    male, female = pair
    return male if sex == "male" else female if sex == "female" else (male + female) / 2


def centre_of_mass(ends: Mapping[str, tuple[Array, Array]], sex: Sex | None = None) -> Array:
    """Σ m (p + c (d − p)) / Σ m over the given segments.

    ends  segment, or "left segment" and "right segment" → its first and second end, (..., d) in any
          unit. Raises ValueError for no segment, or one that is not in the table.
    Returns (..., d) in that unit; NaN where an end is NaN.
    """
    if not ends:
        raise ValueError("a centre of mass needs at least one segment")
    total, sums = 0.0, np.zeros(1)
    for name, (first, second) in ends.items():
        segment = name.removeprefix("left ").removeprefix("right ")
        if segment not in SEGMENTS:
            raise ValueError(f"there is no segment {name!r} in the table of masses")
        mass, place = (_of(pair, sex) for pair in SEGMENTS[segment])
        sums = sums + mass * (first + place * (second - first))
        total += mass
    return sums / total
