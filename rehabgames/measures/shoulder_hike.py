"""Shoulder hike: how much higher a shoulder is lifted than this person's good one at the same elevation.

Experimental. Raising an arm lifts its shoulder anyway (MEASURES section 4: 0.128 shoulder widths),
by an amount that differs between people and grows with elevation; the published rise over rest
agreed with clinicians in half of the cases only. So the good side is the ruler: a hike reaches the
published rise and exceeds the good side, and where that never was, nothing is said. A network's own
left and right differ by up to 0.06, which is why the excess alone is not enough. It is blind to a
hike of both shoulders and to a good side that hikes, too.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from rehabgames.core.pose import Array
from rehabgames.signals.trace import Trace

BIN_DEG = 10.0
FEWEST = 5  # frames of the good side at an elevation, for its lift to be known there


def _nothing() -> Array:
    return np.zeros(0)


@dataclass(frozen=True, slots=True, eq=False)
class LiftCurve:
    """What raising the good arm lifts its shoulder.

    elevation_deg  (k,) ascending; lift (k,) shoulder widths over rest, at that elevation
    """

    elevation_deg: Array = field(default_factory=_nothing)
    lift: Array = field(default_factory=_nothing)

    def at(self, elevation_deg: Array) -> Array:
        """(n,) lift, linear in between and flat for a bin beyond; NaN farther out, where nothing was seen."""
        if not len(self.lift):
            return np.full(len(elevation_deg), np.nan)
        low, high = self.elevation_deg[0] - BIN_DEG, self.elevation_deg[-1] + BIN_DEG
        known = (elevation_deg >= low) & (elevation_deg <= high)
        return np.where(known, np.interp(elevation_deg, self.elevation_deg, self.lift), np.nan)

    @staticmethod
    def of(elevation: Trace, height: Trace, rest_height: float) -> LiftCurve:
        """From the good side's traces `shoulder_elevation.*` and `shoulder_height.*` (same frames).

        The median of each 10 degrees of elevation with 5 frames or more; empty where there is none.
        Raises ValueError where the traces are not of the same frames.
        """
        if len(elevation) != len(height):
            raise ValueError(f"elevation has {len(elevation)} frames and height {len(height)}")
        lift = height.x - rest_height
        seen = np.isfinite(lift) & np.isfinite(elevation.x)
        degrees, lift = elevation.x[seen], lift[seen]
        bins = np.floor(np.clip(degrees, -360.0, 360.0) / BIN_DEG).astype(np.intp)
        places, lifts = [], []
        for each in np.unique(bins):
            inside = bins == each
            if inside.sum() >= FEWEST:
                places.append(float(np.median(degrees[inside])))
                lifts.append(float(np.median(lift[inside])))
        return LiftCurve(np.array(places), np.array(lifts))
