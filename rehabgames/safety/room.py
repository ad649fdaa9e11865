"""Room: in which directions, and how far, a hand may be asked to go. Limits as `tightest` makes them."""

from __future__ import annotations

from rehabgames.core.limits import Limits
from rehabgames.safety.walls import MARGIN_DEG, NEAREST

EDGE_DEG = 1.0  # a goal turned out of a closed sector stands so far beside it
# Each of these is raised by a line shoulder → goal that rises, whatever the camera's view. Only their
# highest counts here: an arm that hangs is below every lowest.
LIFTS = ("shoulder_elevation", "shoulder_abduction", "shoulder_flexion")


def span_deg(limits: Limits) -> tuple[float, float]:
    """(lowest, highest) Goal.direction_deg that is ever asked; lowest <= 0 <= highest.

    Across the body never rises over what is allowed to the working side: it is the same joint, and
    one watch (OverRange) sees both.
    """
    lifts = [limits.angles_deg[name][1] for name in LIFTS if name in limits.angles_deg]
    out_deg = min([limits.shoulder_elevation_deg, *lifts])
    across_deg = min(limits.across_deg, out_deg)
    return -max(0.0, across_deg - MARGIN_DEG), max(0.0, out_deg - MARGIN_DEG)


def room(limits: Limits, direction_deg: float) -> float:
    """How far a goal may lie in this direction, arm lengths; less than NEAREST: there is none."""
    here = [s.reach for s in limits.sectors if s.from_deg <= direction_deg <= s.to_deg]
    return min([limits.reach, *here])


def nearest_open(limits: Limits, direction_deg: float) -> float | None:
    """The direction nearest to this one, itself inside the span, in which a goal has room, or None."""
    if room(limits, direction_deg) >= NEAREST:
        return direction_deg
    lowest, highest = span_deg(limits)
    edges = [deg for s in limits.sectors for deg in (s.from_deg - EDGE_DEG, s.to_deg + EDGE_DEG)]
    open_deg = [deg for deg in edges if lowest <= deg <= highest and room(limits, deg) >= NEAREST]
    return min(open_deg, key=lambda deg: abs(deg - direction_deg), default=None)
