"""tightest: several sets of limits in one, of each field the stricter. Hazard H18.

The order of the sets, and how often one of them comes, change nothing.
"""

from __future__ import annotations

import math
from typing import Any

from rehabgames.core.limits import Limits, Sector
from rehabgames.safety.room import nearest_open
from rehabgames.safety.walls import MARGIN_DEG, WALLS, number

COUNTED = ("repetitions_block", "repetitions_day")
ALL_ROUND = (-180.0, 180.0)


def tightest(*limits: Limits) -> Limits:
    """The strictest of every field, all sectors, and of angles what all allow; defaults without arguments.

    A value that is not finite becomes the strictest of its field (WALLS). A sector whose directions
    are not understood holds all round. An angle's range that is not finite is (180, -180): nothing.
    """
    if not limits:
        return Limits()
    fields: dict[str, Any] = {
        name: wall.tightest([number(getattr(each, name)) for each in limits]) for name, wall in WALLS.items()
    }
    fields |= {name: math.floor(fields[name]) for name in COUNTED}
    sectors = {_understood(sector) for each in limits for sector in each.sectors}
    return Limits(
        sectors=tuple(sorted(sectors)),
        angles_deg=_angles(limits),
        standing=all(each.standing is True for each in limits),
        **fields,
    )


def contradictions(limits: Limits) -> tuple[str, ...]:
    """Names of what cannot be fulfilled as it is written; () where everything can.

    Field names, "sectors", and "angles_deg.<signal>" where nothing is left 5 degrees inside both ends.
    """
    names = [name for name, wall in WALLS.items() if not wall.fulfils(number(getattr(limits, name)))]
    safe = tightest(limits)
    unclear = any(not math.isfinite(number(value)) for sector in limits.sectors for value in sector)
    unclear = unclear or any(number(s.from_deg) > number(s.to_deg) for s in limits.sectors)
    if unclear or (limits.sectors and nearest_open(safe, 0.0) is None):
        names.append("sectors")
    # targets stay MARGIN_DEG inside both ends
    empty = sorted(name for name, (low, high) in safe.angles_deg.items() if high - low <= 2 * MARGIN_DEG)
    return (*names, *(f"angles_deg.{name}" for name in empty))


def _understood(sector: Sector) -> Sector:
    from_deg, to_deg, reach = map(number, sector)
    if not (math.isfinite(from_deg) and math.isfinite(to_deg) and from_deg <= to_deg):
        from_deg, to_deg = ALL_ROUND
    return Sector(from_deg, to_deg, WALLS["reach"].tightest([reach]))


def _angles(limits: tuple[Limits, ...]) -> dict[str, tuple[float, float]]:
    angles: dict[str, tuple[float, float]] = {}
    for name in sorted({name for each in limits for name in each.angles_deg}):
        ranges = [each.angles_deg[name] for each in limits if name in each.angles_deg]
        lows = [number(low) for low, _ in ranges]
        highs = [number(high) for _, high in ranges]
        lowest = max(low if math.isfinite(low) else 180.0 for low in lows)
        highest = min(high if math.isfinite(high) else -180.0 for high in highs)
        angles[name] = (lowest, highest)
    return angles
