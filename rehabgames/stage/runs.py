"""Runs: a line of text as stretches of one script each, from left to right as they are seen.

The order is that of the Unicode bidirectional algorithm (UAX #9), by python-bidi. What that leaves to whoever
draws is done here: marks stay with their letter (rule L3), brackets are mirrored (rule L4).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rehabgames.stage.scripts import (
    DIRECTIONS,
    FROM_LEFT,
    FROM_RIGHT,
    LATIN,
    Script,
    clusters,
    is_chinese,
    script_of,
)

_LEFTWARDS: Final = ("R", "AL")
# A letter with marks goes through the algorithm as one character of its own that has the same direction.
_OWN: Final = {True: 0xFBD3, False: 0xE000}
_MOST_OWN: Final = 0xFD3E - 0xFBD3
_PROBE: Final = "\u0303"  # the algorithm leaves a mark on the side of its bracket where reading goes on


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one script in the order that they are seen in, from left to right; marks follow their
    letter."""

    script: Script
    text: str


def runs(text: str, *, leftwards: bool = False) -> list[Run]:
    """One line of text from left to right, one run at least. A blank belongs to the run on its left.

    leftwards: a text that has letters which are written to the left is read from the right, whatever its
    first letter; otherwise the first letter with a direction decides.
    """
    if text.isascii():
        return [Run(LATIN, text)]
    chinese = any(is_chinese(letter) for letter in text)
    found: list[Run] = []
    for cluster in _seen(text, leftwards=leftwards):
        script = script_of(cluster[0], chinese=chinese)
        if found and (script is None or script == found[-1].script):
            found[-1] = Run(found[-1].script, found[-1].text + cluster)
        elif found and found[-1].text.isspace() and script is not None:
            found[-1] = Run(script, found[-1].text + cluster)  # blanks before the first letter
        else:
            found.append(Run(script or LATIN, cluster))
    return found or [Run(LATIN, "")]


def way_of(text: str, *, leftwards: bool = False) -> str:
    """A sign without a shape that says from which side a text is read; "" where it has letters of one way
    only. Each of its lines is to begin with it: a line may have none of the letters that decide."""
    ways = [way for letter in text if (way := unicodedata.bidirectional(letter)) in ("L", *_LEFTWARDS)]
    if not any(way in _LEFTWARDS for way in ways):
        return ""
    return FROM_RIGHT if leftwards or ways[0] in _LEFTWARDS else FROM_LEFT


def _seen(text: str, *, leftwards: bool) -> list[str]:
    way = way_of(text, leftwards=leftwards)
    return list(_ordered(text, "R" if way == FROM_RIGHT else "L")) if way else clusters(text)


def _ordered(text: str, base: str) -> Iterator[str]:
    from bidi import get_display  # noqa: PLC0415 - only who reads to the left needs it
    from bidi.mirror import MIRRORED  # noqa: PLC0415

    stood: dict[str, str] = {}
    plain: list[str] = []
    for cluster in clusters(text, keep=DIRECTIONS):
        letter = cluster[0]
        if unicodedata.mirrored(letter):
            plain.append(letter + _PROBE)
            continue
        if len(cluster) > 1 and len(stood) < _MOST_OWN:
            letter = chr(_OWN[unicodedata.bidirectional(letter) in _LEFTWARDS] + len(stood))
            stood[letter] = cluster
        plain.append(letter)
    shown = iter(get_display("".join(plain), base_dir=base))
    for letter in shown:
        if letter == _PROBE:  # left of its bracket, which is read to the left
            bracket = next(shown)
            yield MIRRORED.get(bracket, bracket)
        elif unicodedata.mirrored(letter):
            next(shown)
            yield letter
        elif letter not in DIRECTIONS:
            yield stood.get(letter, letter)
