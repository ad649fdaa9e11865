"""The limits that held, in words and with their units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

_UNITS: Final = {
    "reach": "arm lengths",
    "speed": "arm lengths/s",
    "shift": "of the calibrated shift",
}
_ENDINGS: Final = (("_deg", "°"), ("_s", " s"))


def limit_words(limits: dict[str, Any]) -> Iterator[str]:
    """One piece for each limit; tables and lists that hold nothing are left out."""
    for name, value in limits.items():
        if value in ([], {}):
            continue
        if isinstance(value, bool):
            yield f"{_plain(name)} {'allowed' if value else 'not allowed'}"
        elif not isinstance(value, int | float):
            yield f"{_plain(name)} {value}"
        elif name in _UNITS:
            yield f"{_plain(name)} {value:g} {_UNITS[name]}"
        else:
            yield _measured(name, value)


def _measured(name: str, value: float) -> str:
    for ending, unit in _ENDINGS:
        if name.endswith(ending):
            return f"{_plain(name.removesuffix(ending))} {value:g}{unit}"
    return f"{_plain(name)} {value:g}"


def _plain(name: str) -> str:
    return name.replace("_", " ")
