"""Profiles ↔ JSON values, as the record keeps them."""

from __future__ import annotations

import math
from typing import Any

from rehabgames.core.landmarks import Side
from rehabgames.core.person import Profile

_SIDES: dict[str, Side] = {"left": "left", "right": "right"}


def number(value: Any) -> Any:
    """JSON has no NaN: what is unknown is null."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def profile_body(profile: Profile) -> dict[str, Any]:
    """A profile as JSON; `profile_of` turns it back."""
    return {
        "protocol": profile.protocol,
        "side": profile.side,
        "arm_px": number(profile.arm_px),
        "reach": {_direction(direction): far for direction, far in sorted(profile.reach.items())},
        "noise": number(profile.noise),
        "rest_xy": [number(x) for x in profile.rest_xy],
        "found": dict(sorted(profile.found.items())),
        "refused": dict(sorted(profile.refused.items())),
        "version": profile.version,
        "made_utc": profile.made_utc,
    }


def profile_of(body: dict[str, Any]) -> Profile:
    """The profile that `profile_body` wrote. Raises ValueError where the body says something else."""
    try:
        x, y = body["rest_xy"]
        side = _SIDES[body["side"]]
        return Profile(
            protocol=str(body["protocol"]),
            side=side,
            arm_px=_real(body["arm_px"]),
            reach={float(direction): float(far) for direction, far in body["reach"].items()},
            noise=_real(body["noise"]),
            rest_xy=(_real(x), _real(y)),
            found={str(name): float(value) for name, value in body["found"].items()},
            refused={str(name): str(why) for name, why in body["refused"].items()},
            version=int(body["version"]),
            made_utc=str(body["made_utc"]),
        )
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise ValueError("this is not a profile") from error


def _direction(degrees: float) -> str:
    """Short where that says it all."""
    short = f"{degrees:g}"
    return short if float(short) == degrees else repr(float(degrees))


def _real(value: Any) -> float:
    return math.nan if value is None else float(value)
