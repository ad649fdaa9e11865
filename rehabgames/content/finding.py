"""Finding: one thing that is wrong in a content file, said on one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rehabgames.core.errors import ContentError, nearest

LONGEST_SHOWN = 60
LONGEST_KEY = 120
MOST_NAMED = 3  # files


@dataclass(frozen=True, slots=True)
class Finding:
    """`file` as the user gave it, `key` a dotted path or "line 3" or "" for the whole file; `line`: where the
    key stands, None where that is not looked for."""

    file: str
    key: str
    what: str
    line: int | None = None

    def __str__(self) -> str:
        key = self.key if len(self.key) <= LONGEST_KEY else f"{self.key[:LONGEST_KEY]}..."
        line = f"line {self.line}" if self.line is not None else ""
        said = ": ".join(part for part in (self.file, line, key, self.what) if part)
        # a key may hold control characters, which must not reach a terminal
        return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in said)


def content_error(findings: Sequence[Finding], command: str = "rehabgames check") -> ContentError:
    """One error with every finding on a line of its own, ended by the next step: `command` and the files, or
    the folder that they are in where they are many."""
    said = [str(finding) for finding in findings]
    lines = "\n".join(line if line.endswith("?") else f"{line}." for line in said)
    return ContentError(lines, f"Correct it, then try: {command} {_named({each.file for each in findings})}")


def _named(files: set[str]) -> str:
    if len(files) <= MOST_NAMED:
        return " ".join(sorted(files))
    folders = {str(Path(file).parent) for file in files}
    return folders.pop() if len(folders) == 1 else f"with each of these {len(files)} files"


def shown(value: object) -> str:
    """A value of a TOML file as people would say it, never longer than about 60 characters."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


def not_known(kind: str, name: str, known: Iterable[str]) -> str:
    """ "there is no game 'raech', did you mean 'reach'?" or the whole list where nothing is near."""
    names = sorted(known)
    near = nearest(name, names)
    if near:
        return f"there is no {kind} {shown(name)}, did you mean '{near}'?"
    # a name with a side is not told beside the bare one, or the list would be three times as long
    told = [each for each in names if each.partition(".")[0] == each or each.partition(".")[0] not in names]
    return f"there is no {kind} {shown(name)}, choose one of: {', '.join(told) or 'none is installed'}"


def one_of(names: Iterable[str]) -> str:
    """ "'a', 'b' or 'c'", in the order of the letters; "nothing" for no names."""
    *first, last = [f"'{name}'" for name in sorted(names)] or ["nothing"]
    return f"{', '.join(first)} or {last}" if first else last
