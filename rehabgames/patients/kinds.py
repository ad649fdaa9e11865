"""Kinds of virtual patients: numbers of the motor model, per severity.

The figures are plausible rather than measured: ranges and slowness follow the order of the
published groups (drinking task 6.5 s healthy, 11.4 s after stroke; peak velocity 616 and 431 mm/s;
path ratio 1.0–1.1 and 1.2–2: MEASURES section 2), tremor is 4–6 Hz as in Parkinson's disease.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rehabgames.core.errors import unknown_name


@dataclass(frozen=True, slots=True)
class Kind:
    """reaction_s     from seeing a target to moving (mean; spread is 15 %)
    movement_s     for a movement of half an arm length, growing with distance
    reach          share of the arm's length that can be reached straight down
    reach_up       the same at shoulder height: lifting against gravity is harder
    reach_spread   how much that differs from try to try (SD, share of the reach)
    noise          endpoint spread, SD as a share of the movement
    tremor_m, tremor_hz  amplitude and rate of a tremor of the working hand
    trunk_deg      how far the trunk helps when the arm cannot get there
    attention      chance that a corrective movement is made when the hand came short
    lift           share of a full lift of the arm out to the side (165 degrees)
    bend           share of the elbow's whole range (5 to 145 degrees), at both of its ends
    grip           share of what a hand opens and closes
    balance        share of a full lean, weight shift or step
    """

    reaction_s: float
    movement_s: float
    reach: float
    reach_up: float
    reach_spread: float
    noise: float
    tremor_m: float = 0.001
    tremor_hz: float = 8.0
    trunk_deg: float = 0.0
    attention: float = 1.0
    lift: float = 1.0
    bend: float = 1.0
    grip: float = 1.0
    balance: float = 1.0


KINDS: Final[dict[str, Kind]] = {
    "healthy": Kind(0.28, 0.55, 0.98, 0.98, 0.010, 0.03),
    "mild": Kind(
        0.32, 0.70, 0.93, 0.90, 0.025, 0.05, trunk_deg=2.0, lift=0.85, bend=0.93, grip=0.9, balance=0.9
    ),
    "moderate": Kind(
        0.38,
        0.90,
        0.86,
        0.76,
        0.045,
        0.07,
        trunk_deg=5.0,
        attention=0.9,
        lift=0.6,
        bend=0.8,
        grip=0.7,
        balance=0.75,
    ),
    "severe": Kind(
        0.50,
        1.50,
        0.70,
        0.50,
        0.080,
        0.10,
        trunk_deg=10.0,
        attention=0.7,
        lift=0.4,
        bend=0.6,
        grip=0.4,
        balance=0.55,
    ),
    "tremor": Kind(0.34, 0.75, 0.95, 0.92, 0.020, 0.05, tremor_m=0.015, tremor_hz=5.0, lift=0.95),
}


def kind_named(name: str) -> Kind:
    """Raises UnknownNameError with the nearest name."""
    if name not in KINDS:
        raise unknown_name("patient", name, KINDS)
    return KINDS[name]
