"""What a calibration found of this person, besides reaches, in words and units."""

from __future__ import annotations

import math
from typing import Final

from rehabgames.core.errors import UnknownNameError
from rehabgames.core.person import Profile
from rehabgames.reports.facts import Facts
from rehabgames.session.ranges import AT_REST, shift_of
from rehabgames.signals import CONTROLS, resolve

# what a share of the weight's signal is a share of
_RATIOS: Final = {"weight_shift": "of the way between the feet"}
RIGHT, LEFT = 90.0, -90.0


def calibrated_ends(facts: Facts) -> tuple[dict[float, float], str]:
    """How far the calibration came in each direction, and in which unit: a reach, or a shift from rest as far
    as it counts. Empty where neither was found."""
    if facts.space == "arm":
        return facts.reach, "arm lengths"
    control = CONTROLS.get(str(facts.row.start.get("control")))
    if facts.space != "shift" or control is None or control.x not in AT_REST:
        return {}, ""
    shift = shift_of(Profile("", "right", found=facts.found), control.x)
    ways = {RIGHT: shift.right - shift.rest, LEFT: shift.rest - shift.left}
    return {to: way for to, way in ways.items() if math.isfinite(way)}, unit_of(control.x)


def found_words(facts: Facts) -> str:
    """Every number with its unit, "" where there is none."""
    said = []
    for name, value in facts.found.items():
        signal, _, end = name.rpartition(".")
        words = ": ".join(part.replace("_", " ").replace(".", " ") for part in (signal, end) if part)
        said.append(f"{words} {round(value, 2) + 0.0:.2f} {unit_of(signal)}".rstrip())
    return ", ".join(said)


def unit_of(signal: str) -> str:
    """Of a signal, in words; "" where it has none, or is not known."""
    try:
        unit = resolve(signal)[0].unit
    except UnknownNameError:  # of a plug-in, or of an ask that counts
        return ""
    return _RATIOS.get(signal, "" if unit == "ratio" else unit)
