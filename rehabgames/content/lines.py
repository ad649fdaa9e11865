"""On which line of a TOML file a key stands. tomllib does not say; it is found by reading less of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from rehabgames.content.finding import Finding
from rehabgames.content.reading import Source

MOST: Final = 40  # findings of one file
LONGEST: Final = 32 * 1024  # characters; what ships has 10 000
LONGEST_VALUE: Final = 200  # lines of one value; in a longer one no line is told
_INDEX = re.compile(r"\[(\d+)\]")


def located(findings: Sequence[Finding], source: Source) -> list[Finding]:
    """The same findings, each with the line of its key; of one that is missing, with that of its table.

    None is looked for in a text longer than LONGEST, nor beyond the first MOST: that takes time, and nobody
    reads so far.
    """
    if len(source.text) > LONGEST:
        return list(findings)
    begun = _Begun(source.text)
    # a file with values that no key may have gives no table; where they stand its text still tells
    table = source.table or begun(len(begun.lines)) or {}
    near = [replace(each, line=_line(_there(each.key, table), begun)) for each in findings[:MOST]]
    return [*near, *findings[MOST:]]


def line_of(key: str, source: Source) -> int | None:
    """Where a dotted key such as exercise[0].locked.distance is given its value, counted from 1, or else the
    innermost table of it that is there. None where that is not known."""
    return _line(_there(key, source.table), _Begun(source.text))


class _Begun:
    """What the first lines of a text say; what was asked once is not read again."""

    def __init__(self, text: str) -> None:
        self.lines = text.replace("\r\n", "\n").split("\n")
        self._read: dict[int, dict[str, Any] | None] = {}

    def __call__(self, n: int) -> dict[str, Any] | None:
        if n not in self._read:
            self._read[n] = _read_to(self.lines, n)
        return self._read[n]


def _line(path: Sequence[str | int], begun: _Begun) -> int | None:
    if not path:
        return None
    first, last = 1, len(begun.lines)
    while first < last:
        middle = (first + last) // 2
        table = begun(middle)
        if table is None:
            return None
        first, last = (first, middle) if _has(table, path) else (middle + 1, last)
    return first


def _read_to(lines: Sequence[str], n: int) -> dict[str, Any] | None:
    """The first n lines, and more where line n is in the middle of a value; None where that is a long one."""
    for more in range(LONGEST_VALUE):
        try:
            return tomllib.loads("\n".join(lines[: n + more]))
        except tomllib.TOMLDecodeError:
            continue
    return None


def _has(table: dict[str, Any], path: Sequence[str | int]) -> bool:
    inner: Any = table
    for part in path:
        if isinstance(part, int):
            if not (isinstance(inner, list) and part < len(inner)):
                return False
        elif not (isinstance(inner, dict) and part in inner):
            return False
        inner = inner[part]
    return True


def _there(key: str, table: dict[str, Any]) -> tuple[str | int, ...]:
    """The key as a path, as far as the table has it. A name may hold dots: the longest one there counts."""
    path: list[str | int] = []
    inner: Any = table
    part: str | int
    while key:
        index = _INDEX.match(key)
        if index and isinstance(inner, list) and int(index[1]) < len(inner):
            part, rest = int(index[1]), key[index.end() :]
        elif isinstance(inner, dict):
            names = [name for name in inner if name and re.match(rf"{re.escape(name)}(?=[.\[]|$)", key)]
            if not names:
                break
            name = max(names, key=len)
            part, rest = name, key[len(name) :]
        else:
            break
        path.append(part)
        inner, key = inner[part], rest.removeprefix(".")
    return tuple(path)
