"""Files that ship, as read, and the names that they may use."""

import copy
import re
from dataclasses import replace
from typing import Any

from rehabgames.content.finding import Finding
from rehabgames.content.known import Known
from rehabgames.content.reading import Source, read_source
from rehabgames.content.root import calibration_folder, exercises_folder
from rehabgames.content.schema import exercise_of
from rehabgames.core.person import Profile
from rehabgames.signals.catalogue import all_names

KNOWN = Known(
    games=frozenset({"reach"}),
    signals=frozenset({"hand_position", "shoulder_elevation.left", "shoulder_elevation.right", "trunk_lean"}),
    adapters=frozenset({"skill", "weighted_up_down"}),
    places=frozenset({"orchard"}),
    controls=frozenset({"hand_position"}),
)
EXERCISE = read_source(exercises_folder() / "orchard_reach.toml")
PROTOCOL = read_source(calibration_folder() / "reach_quick.toml")
MAP = read_source(calibration_folder() / "reach_map.toml")
MOVEMENT = read_source(calibration_folder() / "stepping.toml")
ROOM = read_source(calibration_folder() / "room_check.toml")
ALL = Known(
    KNOWN.games, frozenset(all_names()), KNOWN.adapters, KNOWN.places, controls=frozenset({"hand_position"})
)

_ENDS = {"left": -0.1, "right": 0.9, "open": 1.8, "closed": 0.8, "rest": 0.4}
_SIGNALS = ("hand_open", "pinch", "seated_shift", "weight_shift")
PROFILE = Profile(
    "any",
    "right",
    arm_px=200.0,
    reach={-40.0: 0.8, 85.0: 0.9},
    noise=0.01,
    rest_xy=(0.1, -0.8),
    found={f"{signal}.{end}": value for signal in _SIGNALS for end, value in _ENDS.items()},
)


def whats(findings: list[Finding]) -> list[str]:
    return [f"{finding.key}: {finding.what}" for finding in findings]


def with_line(source: Source, key: str, line: str) -> str:
    """The text of a good file with the line of one key replaced (a multi-line value whole)."""
    pattern = rf"^{key} *= *(\[\n.*?^\]|\"\"\".*?\"\"\"|[^\n]*)$"
    text, times = re.subn(pattern, lambda _: line, source.text, count=1, flags=re.MULTILINE | re.DOTALL)
    assert times == 1
    return text


def changed(name: str, *changes: tuple[str, Any]) -> Source:
    """A shipped exercise with the values at some dotted keys replaced; None takes a key out."""
    source = read_source(exercises_folder() / f"{name}.toml", f"{name}.toml")
    table = copy.deepcopy(source.table)
    for key, value in changes:
        *tables, last = key.split(".")
        inner = table
        for each in tables:
            inner = inner.setdefault(each, {})
        if value is None:
            del inner[last]
        else:
            inner[last] = value
    return replace(source, table=table)


def told(source: Source, known: Known) -> list[str]:
    return [str(finding).removeprefix(f"{source.file}: ") for finding in exercise_of(source, known)[1]]
