"""Script: a body that moves as it is told, so that what a tracker finds can be held against the truth."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from rehabgames.core.landmarks import Side
from rehabgames.patients.body import Point
from rehabgames.patients.stance import Arm, Stance, between, resting

LIFT: Final = 0.128  # of a clean raise, shoulder widths (MEASURES section 4)


@dataclass(frozen=True, slots=True)
class Script:
    """keys: (t_s, Stance) in order of time, joined by minimum-jerk moves (Flash & Hogan 1985)."""

    keys: tuple[tuple[float, Stance], ...]

    @property
    def seconds(self) -> float:
        return self.keys[-1][0]

    def at(self, t_s: float) -> Stance:
        """Before the first key and after the last one the body stays as it is there."""
        times = [key[0] for key in self.keys]
        i = bisect.bisect_right(times, t_s)
        if i in (0, len(times)):
            return self.keys[min(i, len(times) - 1)][1]
        (t0, a), (t1, b) = self.keys[i - 1], self.keys[i]
        share = (t_s - t0) / (t1 - t0)
        return between(a, b, share**3 * (10 - 15 * share + 6 * share * share))


def there_and_back(
    rest: Stance,
    end: Stance,
    *,
    times: int,
    move_s: float,
    hold_s: float,
    pause_s: float,
    begin_s: float = 2.0,
) -> Script:
    """From rest to the end and back, `times` over, after a rest of begin_s; the last rest is as long."""
    t_s, keys = begin_s, [(0.0, rest), (begin_s, rest)]
    for _ in range(times):
        for wait_s, stance in ((move_s, end), (hold_s, end), (move_s, rest), (pause_s, rest)):
            t_s += wait_s
            keys.append((t_s, stance))
    keys.append((t_s + begin_s, rest))
    return Script(tuple(_apart(keys)))


def _apart(keys: Sequence[tuple[float, Stance]]) -> list[tuple[float, Stance]]:
    """Without the keys that take no time."""
    kept = [keys[0]]
    kept += [key for key, before in zip(keys[1:], keys, strict=False) if key[0] > before[0]]
    return kept


def with_arm(stance: Stance, side: Side, arm: Arm) -> Stance:
    return replace(stance, left=arm) if side == "left" else replace(stance, right=arm)


def lift_of(abduction_deg: float) -> float:
    """Shoulder widths by which raising an arm lifts its own shoulder: growing up to the level arm."""
    return LIFT * min(1.0, max(0.0, abduction_deg / 90.0))


def raised(side: Side, abduction_deg: float, *, flexion_deg: float = 5.0, stand: float = 0.0) -> Stance:
    """One arm lifted sideways, with its shoulder as people do; the other hanging."""
    arm = Arm(upper_deg=abduction_deg, flexion_deg=flexion_deg, bend=1.0, hike=lift_of(abduction_deg))
    return with_arm(hanging(stand), side, arm)


def hanging(stand: float = 0.0) -> Stance:
    """Both arms at the sides, nearly straight."""
    arm = Arm(upper_deg=8.0, flexion_deg=5.0, bend=1.0)
    return Stance(arm, arm, stand=stand)


def seated() -> Stance:
    """Both hands in the lap."""
    return Stance(resting(), resting())


def reaching(side: Side, place: Point) -> Stance:
    """A hand at a place from its shoulder, (outward, up) metres; the other in the lap."""
    return with_arm(seated(), side, Arm(hand=place))
