"""Gains: what one person has won since the first sessions; of a reach, split into where it came from.

The way of the hand is the arm's part plus the trunk's (Levin 2009: a movement comes back, or is compensated).
Where no arm reaches there is nothing to split: how far the weight goes to either side, or what a hand does.
Anything has changed only beyond this person's own MDC95 (see reliability.measured_change).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rehabgames.core.landmarks import Side
from rehabgames.core.measured import Measured, Validity
from rehabgames.measures.material import Practice
from rehabgames.measures.reliability import measured_change

Verdict = Literal[
    "unknown", "none", "restored", "compensated", "both", "lost", "farther", "less_far", "uneven", "changed"
]
Key = tuple[str, str]  # name and of of a Measured

ARM: Final = "arm_displacement"
TRUNK: Final = "trunk_displacement"
OF_REACHES: Final = (ARM, TRUNK, "trunk_share", "sparc")
# least SEM that is believed, however alike the first sessions were: changes under about 2 cm, 5 % and 5
# degrees, which a camera cannot tell apart, are none then
LEAST_SEM: Final = {ARM: 0.01, TRUNK: 0.01, "trunk_share": 0.02, "sparc": 0.02, "range_of_motion": 2.0}
# the same of a weight's range, trunk lengths or share of the way between the feet, and of a hand
LEAST_SEM_SHIFT: Final = {"range_of_motion": 0.01}
LEAST_SEM_HAND: Final = {
    "hand_range_used": 2.0,
    "closing_time": 0.02,
    "opening_time": 0.02,
    "tap_amplitude": 0.02,
    "tap_decrement": 2.0,
}
BEYOND_OR_NOT: Final = (Validity.GOOD, Validity.NOISE)
JOINTS: Final = ("elbow", "shoulder")


@dataclass(frozen=True, slots=True)
class Gains:
    """side: the working arm or hand; of a weight it says nothing.
    changes: "change" of each measure that both have, GOOD only beyond the person's own spread; sessions:
    how many it is compared with."""

    side: Side
    verdict: Verdict
    changes: tuple[Measured, ...]
    sessions: int
    practice: Practice = "arm"


def gains(baselines: Sequence[Mapping[Key, Measured]], now: Mapping[Key, Measured], side: Side) -> Gains:
    """baselines: the batteries of the first sessions; now: that of the newest one, all of one exercise.

    verdict  "restored": the arm's part grew, and the trunk's did not; "compensated": the other way round;
             "both"; "lost": the arm's part shrank; "none": neither is beyond chance; "unknown": it cannot be
             told
    """
    keys: list[Key] = [(name, side) for name in OF_REACHES]
    keys += [
        key
        for key in now
        if key[0] == "range_of_motion" and key[1].startswith(JOINTS) and key[1].endswith(f".{side}")
    ]
    changes = _changes(baselines, now, keys, LEAST_SEM)
    told = {each.of.partition(".")[0]: each for each in changes}
    return Gains(side, _verdict(told, len(baselines)), changes, len(baselines))


def gains_of_shift(
    baselines: Sequence[Mapping[Key, Measured]], now: Mapping[Key, Measured], side: Side
) -> Gains:
    """verdict  "farther": the weight goes farther to one side or both, "less_far", "uneven": farther to one
    and less far to the other; "none", "unknown"
    """
    keys = [key for key in now if key[0] in LEAST_SEM_SHIFT]
    changes = _changes(baselines, now, keys, LEAST_SEM_SHIFT)
    verdict: Verdict = _known(changes, len(baselines))
    if verdict == "changed":
        ways = {each.value > 0 for each in changes if each.good}
        verdict = "uneven" if len(ways) > 1 else "farther" if ways.pop() else "less_far"
    return Gains(side, verdict, changes, len(baselines), "shift")


def gains_of_hand(
    baselines: Sequence[Mapping[Key, Measured]], now: Mapping[Key, Measured], side: Side
) -> Gains:
    """verdict  "changed", "none" or "unknown": more or less of these is not better for every hand"""
    keys = [key for key in now if key[0] in LEAST_SEM_HAND]
    changes = _changes(baselines, now, keys, LEAST_SEM_HAND)
    return Gains(side, _known(changes, len(baselines)), changes, len(baselines), "hand")


def _changes(
    baselines: Sequence[Mapping[Key, Measured]],
    now: Mapping[Key, Measured],
    keys: Sequence[Key],
    least: Mapping[str, float],
) -> tuple[Measured, ...]:
    return tuple(
        measured_change([each[key] for each in baselines if key in each], now[key], floor=least[key[0]])
        for key in keys
        if key in now
    )


def _known(changes: Sequence[Measured], sessions: int) -> Verdict:
    if sessions < 2 or not any(each.validity in BEYOND_OR_NOT for each in changes):
        return "unknown"
    return "changed" if any(each.good for each in changes) else "none"


def _verdict(told: Mapping[str, Measured], sessions: int) -> Verdict:
    arm, trunk = told.get(ARM), told.get(TRUNK)
    if arm is None or trunk is None or sessions < 2:
        return "unknown"
    if any(each.validity not in BEYOND_OR_NOT for each in (arm, trunk)):
        return "unknown"
    if arm.good and arm.value < 0:
        return "lost"
    by_arm, by_trunk = (each.good and each.value > 0 for each in (arm, trunk))
    if by_arm and by_trunk:
        return "both"
    return "restored" if by_arm else "compensated" if by_trunk else "none"


Compares = Callable[[Sequence[Mapping[Key, Measured]], Mapping[Key, Measured], Side], Gains]
GAINS_OF: Final[Mapping[Practice, Compares]] = {
    "arm": gains,
    "shift": gains_of_shift,
    "hand": gains_of_hand,
}
