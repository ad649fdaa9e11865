"""Kinds of virtual patients: the numbers of the motor model, per condition and severity.

What of these numbers is evidence and what is judgement is said in docs/patients.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from rehabgames.core.errors import unknown_name
from rehabgames.core.landmarks import SIDES, Side

RANGES: Final[dict[str, tuple[float, float]]] = {
    "reaction_s": (0.1, 3.0),
    "movement_s": (0.2, 8.0),
    "reach": (0.1, 1.0),
    "reach_up": (0.1, 1.0),
    "reach_spread": (0.0, 0.4),
    "noise": (0.0, 0.4),
    "tremor_m": (0.0, 0.1),
    "tremor_hz": (1.0, 12.0),
    "trunk_deg": (0.0, 30.0),
    "attention": (0.0, 1.0),
    "lift": (0.05, 1.0),
    "bend": (0.05, 1.0),
    "grip": (0.0, 1.0),
    "balance": (0.05, 1.0),
    "synergy": (0.0, 1.0),
    "comfort": (0.1, 1.0),
    "tremor_rest": (0.0, 1.0),
    "tremor_action": (0.0, 1.0),
    "gain": (0.5, 1.6),
    "gain_spread": (0.0, 0.5),
    "bow": (0.0, 0.5),
    "intention_m": (0.0, 0.1),
    "intention_hz": (1.0, 12.0),
    "amplitude_decrement": (0.0, 0.2),
    "speed_decrement": (0.0, 0.2),
    "halts": (0.0, 1.0),
    "halt_s": (0.0, 5.0),
    "neglect_miss": (0.0, 1.0),
    "neglect_delay_s": (0.0, 10.0),
    "effort": (0.0, 10.0),
    "confusion": (0.0, 1.0),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """How somebody moves. Lengths of an arm are shoulder to wrist, stretched.

    reaction_s     from seeing a target to moving (mean; spread is 15 %)
    movement_s     for a movement of half an arm length, growing with distance
    reach          share of the arm's length that can be reached straight down
    reach_up       the same at shoulder height: lifting against gravity is harder
    reach_spread   how much that differs from try to try (SD, share of the reach)
    noise          endpoint spread, SD as a share of the movement
    tremor_m, tremor_hz  amplitude and rate of a tremor of the working hand
    trunk_deg      how far the trunk leans at most to help the arm
    attention      chance, per look, that a corrective movement is made when the hand came short
    lift           share of a full lift of the arm out to the side (165 degrees)
    bend           share of the elbow's whole range (5 to 145 degrees), at both of its ends
    grip           share of what a hand opens and closes
    balance        share of a full lean, weight shift or step
    synergy        0 none .. 1: an arm lifted to the shoulder's height cannot straighten its elbow
                   by the last 90 degrees (flexor synergy)
    comfort        share of the reach from which on the trunk begins to help
    tremor_rest, tremor_action  shares of tremor_m with the hand at rest, and when it moves or holds
    gain           amplitude of a movement over the asked one: over 1 overshoots, under 1 falls short
    gain_spread    SD of that from movement to movement
    bow            how far the path bulges sideways, share of the movement (SD)
    intention_m, intention_hz  amplitude at the target of a tremor that grows on the way there
    amplitude_decrement, speed_decrement  share of gain and of speed lost with every repetition
    halts, halt_s  chance that a movement halts on its way, and for how long (mean)
    neglect        the person's own side on which targets are seen late or missed; None for neither
    neglect_miss, neglect_delay_s  far out on that side: chance of missing it, and the delay
    effort         0..10, what a fresh body answers for comfortable work
    confusion      chance, for each other thing that hangs there, of taking that for the wanted one
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
    synergy: float = 0.0
    comfort: float = 1.0
    tremor_rest: float = 1.0
    tremor_action: float = 1.0
    gain: float = 1.0
    gain_spread: float = 0.0
    bow: float = 0.0
    intention_m: float = 0.0
    intention_hz: float = 4.0
    amplitude_decrement: float = 0.0
    speed_decrement: float = 0.0
    halts: float = 0.0
    halt_s: float = 0.0
    neglect: Side | None = None
    neglect_miss: float = 0.0
    neglect_delay_s: float = 0.0
    effort: float = 2.0
    confusion: float = 0.0

    def __post_init__(self) -> None:
        """Raises ValueError for a number out of its range, or a side that is none."""
        checked(self, RANGES)
        if self.neglect not in (None, *SIDES):
            raise ValueError(f"neglect is 'left', 'right' or None, not {self.neglect!r}")


def checked(what: object, ranges: dict[str, tuple[float, float]]) -> None:
    """Raises ValueError, naming number and range, where one of `ranges` is left or is not a number."""
    for name, (lowest, highest) in ranges.items():
        value = getattr(what, name)
        if not (math.isfinite(value) and lowest <= value <= highest):
            raise ValueError(f"{name} = {value} is not from {lowest:g} to {highest:g}")


KINDS: Final[dict[str, Kind]] = {
    "healthy": Kind(0.28, 0.55, 0.98, 0.98, 0.010, 0.03),
    "mild": Kind(
        *(0.32, 0.70, 0.93, 0.90, 0.025, 0.05),
        trunk_deg=2.0,
        lift=0.85,
        bend=0.93,
        grip=0.9,
        balance=0.9,
    ),
    "moderate": Kind(
        *(0.38, 0.90, 0.86, 0.76, 0.045, 0.07),
        trunk_deg=5.0,
        attention=0.9,
        lift=0.6,
        bend=0.8,
        grip=0.7,
        balance=0.75,
        effort=3.0,
    ),
    "severe": Kind(
        *(0.50, 1.50, 0.70, 0.50, 0.080, 0.10),
        trunk_deg=10.0,
        attention=0.7,
        lift=0.4,
        bend=0.6,
        grip=0.4,
        balance=0.55,
        effort=4.0,
    ),
    "fma_mild": Kind(
        *(0.33, 0.75, 0.95, 0.93, 0.025, 0.05),
        trunk_deg=4.0,
        comfort=0.85,
        synergy=0.1,
        bow=0.10,
        lift=0.88,
        bend=0.93,
        grip=0.9,
        balance=0.9,
    ),
    "fma_moderate": Kind(
        *(0.40, 1.05, 0.90, 0.86, 0.045, 0.08),
        trunk_deg=8.0,
        comfort=0.7,
        synergy=0.4,
        attention=0.9,
        bow=0.20,
        lift=0.65,
        bend=0.8,
        grip=0.65,
        balance=0.75,
        effort=3.0,
    ),
    "fma_severe": Kind(
        *(0.50, 1.60, 0.78, 0.70, 0.075, 0.11),
        trunk_deg=13.0,
        comfort=0.5,
        synergy=0.75,
        attention=0.7,
        bow=0.30,
        lift=0.4,
        bend=0.6,
        grip=0.35,
        balance=0.55,
        effort=4.0,
    ),
    "tremor": Kind(0.34, 0.75, 0.95, 0.92, 0.020, 0.05, tremor_m=0.015, tremor_hz=5.0, lift=0.95),
    "ataxia": Kind(
        *(0.36, 0.80, 0.97, 0.95, 0.020, 0.09),
        gain=1.15,
        gain_spread=0.10,
        bow=0.30,
        intention_m=0.020,
        intention_hz=4.0,
        balance=0.7,
    ),
    "bradykinesia": Kind(
        *(0.42, 1.10, 0.94, 0.92, 0.020, 0.05),
        tremor_m=0.008,
        tremor_hz=5.0,
        tremor_action=0.2,
        gain=0.92,
        amplitude_decrement=0.006,
        speed_decrement=0.010,
        halts=0.12,
        halt_s=0.5,
        lift=0.9,
        balance=0.85,
        effort=3.0,
    ),
    "neglect": Kind(
        *(0.45, 0.80, 0.94, 0.92, 0.025, 0.05),
        neglect="left",
        neglect_miss=0.5,
        neglect_delay_s=1.5,
        confusion=0.03,
        lift=0.9,
        balance=0.85,
    ),
}


def side_named(name: str) -> Side:
    """Raises UnknownNameError where it is neither left nor right."""
    for side in SIDES:
        if name == side:
            return side
    raise unknown_name("side", str(name), SIDES)


def kind_named(name: str) -> Kind:
    """Raises UnknownNameError with the nearest name."""
    if name not in KINDS:
        raise unknown_name("patient", name, KINDS)
    return KINDS[name]
