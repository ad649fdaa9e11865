"""Steered: whether calibration, posture, directions and guards go with the movement that plays the game."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from rehabgames.content.finding import one_of
from rehabgames.content.known import Known
from rehabgames.content.numbers import is_number
from rehabgames.content.reading import Source
from rehabgames.core.protocol import BY_HAND, MovementProtocol, Protocol, ReachProtocol
from rehabgames.signals.catalogue import Steering

SIDES_DEG: Final = (-90, 90)
BEYOND_DEG: Final = 10  # a reach that was measured says something about directions so near to it


def steering_findings(source: Source, known: Known) -> Iterator[tuple[str, str]]:
    """(key, what) of what does not go with the control."""
    table = source.table
    control = table.get("control")
    steering = known.steering.get(control) if isinstance(control, str) else None
    named = table.get("calibration")
    protocol = known.calibrations.get(named) if isinstance(named, str) else None
    if protocol is not None:
        yield from _posture(table, protocol)
    if steering is None:
        return
    fits = protocol is not None and not _misfit(steering, protocol)
    if protocol is not None and not fits:
        what = f"'{protocol.id}' {_misfit(steering, protocol)} '{control}' needs"
        others = known.calibrations.items()
        good = [name for name, other in others if not _misfit(steering, other)]
        yield "calibration", f"{what}; {f'choose {one_of(good)}' if good else 'no calibration does'}"
    for i, direction in enumerate(_list(table.get("directions_deg"))):
        if is_number(direction):
            what = _direction(direction, steering, protocol if fits else None)
            if what:
                yield f"directions_deg[{i}]", f"{what}, got {direction:g}"
    for i, guard in enumerate(_list(table.get("guards"))):
        if isinstance(guard, str) and guard in known.names("signal"):
            what = _guard(guard, steering)
            if what:
                yield f"guards[{i}]", f"{what}, so '{guard}' cannot be watched; take it out"


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _posture(table: dict[str, Any], protocol: Protocol) -> Iterator[tuple[str, str]]:
    posture = table.get("posture")
    if posture in ("sitting", "standing") and posture != protocol.posture:
        yield "posture", f"is '{posture}', but the calibration '{protocol.id}' is done {protocol.posture}"


def _misfit(steering: Steering, protocol: Protocol) -> str:
    """Why this calibration cannot come before the control, to be followed by its name and "needs"; "" where
    it can."""
    if lack := _lack(steering, protocol):
        return f"does not find {lack}, which"
    if protocol.needs_a_body and not steering.needs_a_body:
        return "cannot begin without a body, and a hand alone is in the picture that"
    return ""


def _lack(steering: Steering, protocol: Protocol) -> str:
    """What this calibration does not find and the control needs; "" where it finds all."""
    if steering.space == "arm" and not isinstance(protocol, ReachProtocol):
        return "how far the arm reaches"
    asks = protocol.asks if isinstance(protocol, MovementProtocol | ReachProtocol) else ()
    return " and ".join(sorted(set(steering.found) - {ask.name for ask in asks}))


def _direction(direction_deg: float, steering: Steering, protocol: Protocol | None) -> str:
    if steering.space == "shift":
        return "" if direction_deg in SIDES_DEG else "must be 90 (to the right) or -90 (to the left)"
    if steering.space != "arm" or not isinstance(protocol, ReachProtocol):
        return ""
    low, high = min(protocol.directions_deg), max(protocol.directions_deg)
    if low - BEYOND_DEG <= direction_deg <= high + BEYOND_DEG:
        return ""
    return f"is not measured by the calibration '{protocol.id}', which asks {low:g} to {high:g}"


def _guard(name: str, steering: Steering) -> str:
    """Why this signal is not seen while the control is played; "" where it is."""
    by_hand = name.startswith(BY_HAND)
    if by_hand and not steering.by_hand:
        return "the fingers are not looked at with this control"
    return "" if by_hand or steering.needs_a_body else "only a hand is in the picture with this control"
