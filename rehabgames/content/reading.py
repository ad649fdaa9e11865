"""One TOML file, read so that nothing a person can write into it does harm."""

from __future__ import annotations

import errno
import hashlib
import math
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rehabgames.content.finding import Finding, shown

LARGEST_BYTES = 256 * 1024
# tomllib needs time that grows with the square of the number of dots in one key
LONGEST_LINE = 2000
DEEPEST = 20
LARGEST_WHOLE = 2**63

_COMMA = re.compile(r"^\s*[\w-]+\s*=\s*-?\d+,\d")
_CURLY = re.compile("[\u2018-\u201f]")
# what stands before the place of an error, what stands at it, and what is most often meant
_DIGIT = r"\d\s*$"
_MEANT = tuple(
    (re.compile(before), re.compile(at), hint)
    for before, at, hint in (
        ("", r"[-+]?\.\d", "a digit must stand before the point: 0.75, not .75"),
        (_DIGIT, r"\.(?!\d)", "a digit must stand after the point: 75.0 or 75, not 75."),
        (_DIGIT, "%", "leave the % out: 75 of a hundred is 0.75, not 75%"),
        (_DIGIT, "[\u00b0\u00ba]", "leave the sign of degrees out: 90, not 90\u00b0"),
        (_DIGIT, r"[^\W\d_]", "leave the unit out, a number stands alone"),
        ("", "[\u2010-\u2015\u2212]", "write the minus as it is on the keyboard: -90"),
        ("", ";", "leave the semicolon out: items of a list need commas between them, a line ends with none"),
        ("", ":", "write = between a key and its value, not a colon"),
    )
)
_PLACE = re.compile(r"\s*\(at line (\d+), column (\d+)\)$")
_END = re.compile(r"\s*\(at end of document\)$")


@dataclass(frozen=True, slots=True)
class Source:
    """What a file holds: its table (empty where there are findings) and what is wrong with it.

    file    as the user gave it, for messages
    name    the file's name without .toml: the id of the exercise or protocol
    sha256  of the file's bytes, "" where it could not be read
    """

    file: str
    name: str
    sha256: str = ""
    text: str = ""
    table: dict[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


class _ReadError(Exception):
    """The reason why a file gives no table; never leaves this module."""

    def __init__(self, what: str, key: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.key = key


def read_source(path: Path, label: str | None = None) -> Source:
    """Read one TOML file. Never raises for what is in it or not there: see `Source.findings`.

    `label` is how messages call the file, `str(path)` where it is not given.
    """
    file = str(path) if label is None else label
    try:
        raw = _bytes_of(path)
    except _ReadError as wrong:
        return Source(file, path.stem, findings=(Finding(file, wrong.key, wrong.what),))
    return source_of(raw, file, path.stem)


def source_of(raw: bytes, file: str, name: str) -> Source:
    """What a file of these bytes holds; it need not be there yet. Never raises for what is in it."""
    sha256 = hashlib.sha256(raw).hexdigest()
    try:
        text = _text_of(raw)
        table = _table_of(text)
    except _ReadError as wrong:
        return Source(file, name, sha256, findings=(Finding(file, wrong.key, wrong.what),))
    findings = tuple(Finding(file, key, what) for key, what in _bad_values(table))
    return Source(file, name, sha256, text, {} if findings else table, findings)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise _ReadError("is a folder, a TOML file is needed")
        if not path.exists():
            raise _ReadError(_not_there(path))
        if not path.is_file():
            raise _ReadError("is not an ordinary file, a TOML file is needed")
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise _ReadError(f"cannot be read ({why.lower()})") from error
    if len(raw) > LARGEST_BYTES:
        raise _ReadError(f"larger than {LARGEST_BYTES // 1024} KiB, which no exercise needs")
    return raw


def _not_there(path: Path) -> str:
    if not path.is_symlink():
        return "there is no such file"
    try:
        path.stat()
    except OSError as error:
        if error.errno != errno.ENOENT:
            return "is a link that leads round in a circle, put the file itself in its place"
    return "is a link to a file that is not there, put the file itself in its place"


def _text_of(raw: bytes) -> str:
    try:
        # Windows editors begin UTF-8 files with a byte order mark
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _ReadError("not UTF-8 text, save it with the encoding UTF-8", f"line {line}") from error
    for number, content in enumerate(text.split("\n"), start=1):
        if len(content) > LONGEST_LINE:
            what = f"longer than {LONGEST_LINE} characters, break it into several lines"
            raise _ReadError(what, f"line {number}")
    return text


def _table_of(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax(error, text) from error
    except RecursionError as error:
        raise _ReadError(f"nested too deeply, at most {DEEPEST} levels are allowed") from error
    except ValueError as error:
        # a number with thousands of digits, or a date that no calendar has
        raise _ReadError(f"holds a number or a date that cannot be read ({error})") from error


def _syntax(error: tomllib.TOMLDecodeError, text: str) -> _ReadError:
    """tomllib says the place of an error at the end of its message."""
    said = str(error)
    if found := _PLACE.search(said):
        what, number = said[: found.start()], int(found[1])
        hint = _hint(what, text.split("\n")[number - 1], int(found[2]) - 1)
        return _ReadError(f"not valid TOML at column {found[2]}: {what}; {hint}", f"line {number}")
    return _ReadError(f"not valid TOML: {_END.sub('', said)}; {_hint(said, '', 0)}", "at the end")


def _hint(what: str, line: str, at: int) -> str:
    """What people who do not write TOML every day most often mean."""
    if what.startswith(("Cannot declare", "Cannot overwrite")):
        return "it stands in the file twice, delete one of the two"
    if _COMMA.search(line):
        return "write 0.6, with a point, not 0,6"
    if _CURLY.search(line):
        return 'use straight "quotes", not curly ones'
    for before, there, hint in _MEANT:
        if before.search(line[:at]) and there.match(line, at):
            return hint
    return 'text needs "quotes", items of a list need commas between them'


def _bad_values(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(key, what) of every value that no key may have, whatever it is called."""
    waiting: list[tuple[str, Any, int]] = [("", table, 0)]
    while waiting:
        key, value, depth = waiting.pop()
        if depth > DEEPEST:
            yield key[:200], f"nested too deeply, at most {DEEPEST} levels are allowed"
            return
        if isinstance(value, dict):
            inside = [(f"{key}.{name}".lstrip("."), item) for name, item in value.items()]
            waiting += [(inner, item, depth + 1) for inner, item in reversed(inside)]
        elif isinstance(value, list):
            waiting += [(f"{key}[{i}]", item, depth + 1) for i, item in reversed(list(enumerate(value)))]
        elif isinstance(value, float) and not math.isfinite(value):
            yield key, f"must be a finite number, got {shown(value)}"
        elif isinstance(value, int) and abs(value) >= LARGEST_WHOLE:
            yield key, "must be a number that fits 64 bits, got one with more digits"
